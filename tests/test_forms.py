"""The contract of the forms: what every box must say of itself."""

from collections import Counter
from dataclasses import replace

import pytest

from jusou_nb.boxes import Kind, Stage
from jusou_nb.checks import check, require, thick_frames
from jusou_nb.choices import INFORMANT
from jusou_nb.errors import Invalid
from jusou_nb.fields import children, item, items, links
from jusou_nb.forms import FORMS, Household, Intake, Person, SupportPlan
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.forms.plan import DoerKind, RoleAssignment
from jusou_nb.store.schema import every_form

ALL = [form for form, _ in every_form()]


def test_a_box_without_a_scope_does_not_compile():
    with pytest.raises(TypeError, match="scope"):
        item("好きな食べ物")


@pytest.mark.parametrize("form", ALL, ids=lambda f: f.__name__)
def test_every_form_has_a_title_a_docstring_and_labels_of_its_own(form):
    labels = [box.label for box in items(form)]

    assert form.title and form.__doc__
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("form", ALL, ids=lambda f: f.__name__)
def test_every_code_list_and_every_table_that_a_form_names_exists(form, store):
    tables = set(store.db.table_names())

    assert all(box.options(store.profile) for box in items(form) if box.codes)
    assert {box.ref for box in items(form) if box.ref} <= tables
    assert {entry.table for entry in links(form)} <= tables


@pytest.mark.parametrize("form", ALL, ids=lambda f: f.__name__)
def test_a_box_is_asked_for_by_values_that_the_other_box_can_hold(form, store):
    boxes = {box.name: box for box in items(form)}
    for box in [b for b in items(form) if b.shown_if]:
        name, values = box.shown_if
        codes = {option.code for option in boxes[name].options(store.profile)}

        assert boxes[name].kind is Kind.FLAG or {str(v) for v in values} <= codes


def test_headings_of_one_form_mean_one_box_each():
    for form in ALL:
        headings = Counter(h for box in items(form) for h in box.headings)

        assert [h for h, count in headings.items() if count > 1] == []


def test_whatever_would_find_a_person_also_identifies_the_person():
    boxes = items(Person)

    assert {b.name for b in boxes if b.masked} == {
        "address",
        "telephone",
        "contact_note",
        "school",
        "workplace",
    }
    assert all(b.identifies for b in boxes if b.masked)


def test_whoever_told_us_is_withheld_on_every_form():
    names = {b.name for b in items(Intake) if b.scope is INFORMANT}

    assert {"inquirer_name", "inquirer_relation", "inquirer_telephone", "route"} <= names


def test_missing_boxes_are_named_with_their_rows():
    problems = check(Household(members=(Person(name="見本 花子"), Person(relation="長男"))))

    assert [(p.box, str(p)) for p in problems] == [
        ("members.1.name", "【不可】世帯員の2行目、「氏名」が空です。記入してください。")
    ]


def test_a_box_that_is_not_asked_for_is_not_missed():
    row = RoleAssignment(what="訪問", doer=DoerKind.CLIENT)
    plan = SupportPlan(roles=(row,))

    assert "roles.0.agency" not in [p.box for p in check(plan, Stage.REPORTED)]


def test_require_stops_with_every_problem_at_once():
    with pytest.raises(Invalid) as caught:
        require(SupportPlan())

    assert {p.box for p in caught.value.problems} == {"drawn_on", "state"}


def test_completeness_counts_the_thick_frames_that_are_asked_for():
    filled, asked = thick_frames(Intake(variant=IntakeVariant.WITH_CONSENT))
    one_more, _ = thick_frames(Intake(route="self"))

    assert (filled, asked, one_more) == (0, 7, 1)


def test_no_and_zero_are_answers():
    household = Household(size=0, members=(Person(name="見本 花子", is_masked=False),))

    assert thick_frames(household)[0] == 1
    assert check(replace(household, size=None)) == []


def test_every_form_that_stands_by_itself_is_listed_once():
    rows = {table.form for form in FORMS for table in children(form)}

    assert len(FORMS) == len(set(FORMS)) and not rows & set(FORMS)
