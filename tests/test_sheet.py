"""One record as its paper form, whatever its class."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.checks import is_asked
from jusou_nb.documents import sheet as sheets
from jusou_nb.documents.sheet import sheet
from jusou_nb.errors import NotFound
from jusou_nb.fields import children, items
from jusou_nb.forms import (
    FORMS,
    Agency,
    AgendaItem,
    Case,
    CaseNote,
    Conference,
    Consent,
    Decision,
    Household,
    Intake,
    Referral,
    RoleAssignment,
    SupportPlan,
)
from jusou_nb.forms.intake import IntakeVariant

MADE_ON = "令和8年10月12日"
IF_FILLED = {"other_columns", "to_confirm", "goes_on"}
"""Boxes of an import or of a withdrawal, which stand on the sheet only where they are filled."""


@pytest.fixture
def records(desk, agree, put):
    """One record of each form class, by class."""
    store, agency = desk.store, desk.sitting.called[0]
    agree()
    item = put("confidential")
    item = casework.record_result(store, replace(item, decisions=(Decision(what="声をかける"),)))
    role = RoleAssignment(what="同行", doer="agency", agency=agency)
    plan = SupportPlan(drawn_on=date(2026, 10, 7), roles=(role,))
    note = CaseNote(
        happened_at=datetime(2026, 10, 2, 9), content="電話", counterpart="隣の例示さん"
    )
    sent = Referral(destination=agency, sent_on=date(2026, 10, 3), ground="within_office")
    casework.draft_plan(store, desk.case, plan)
    casework.write_note(store, desk.case, note)
    casework.refer(store, desk.intake, sent)
    found = {form: next(iter(store.find(form)), None) or store.save(form()) for form in FORMS}
    return found | {AgendaItem: item}


def printed(store, record):
    return sheet(store, record.table, record.id, made_on=MADE_ON).html


@pytest.mark.parametrize("form", FORMS)
def test_every_form_prints_every_box_that_is_asked_for(desk, records, form):
    record = records[form]
    page = printed(desk.store, record)
    asked = [box for box in items(form) if is_asked(record, box) and box.name not in IF_FILLED]
    assert all(box.label in page for box in asked)
    for table in children(form):
        assert table.section in page
        if getattr(record, table.name):
            boxes = [b for b in items(table.form) if b.shown_if is None and b.name not in IF_FILLED]
            assert all(box.label in page for box in boxes)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_titled_and_footed_as_the_towns_own(desk, records, form):
    section = sheet(desk.store, form.table, records[form].id, made_on=MADE_ON)
    assert section.title.startswith(form.title)
    assert f">{section.title}</h1>" in section.html
    assert "見本市様式" in section.html
    assert "国様式" not in section.html


@pytest.mark.parametrize(
    ("variant", "title"),
    [
        (IntakeVariant.WITH_CONSENT, "相談受付・申込票【本人同意あり】"),
        (IntakeVariant.WITHOUT_CONSENT, "相談受付・申込票【本人同意なし】"),
        (None, "相談受付・申込票【本人同意　未確認】"),
    ],
)
def test_the_intake_sheet_is_one_of_two_variants(desk, variant, title):
    desk.store.save(replace(desk.intake, variant=variant))
    page = printed(desk.store, desk.intake)
    assert title in page
    assert ("同意が得られない理由" in page) == (variant is IntakeVariant.WITHOUT_CONSENT)


def test_the_intake_sheet_brings_household_and_client(desk):
    page = printed(desk.store, desk.intake)
    assert "見本 花子" in page
    assert "見本市架空町1-1" in page
    assert "見本 太郎" in page


def test_what_is_reported_stands_in_a_thick_frame(desk):
    page = printed(desk.store, desk.intake)
    assert '<th scope="row" class="thick">相談受付日</th>' in page
    assert '<th scope="row">主訴</th>' in page
    assert "太枠は国への報告事項です" in page


def test_dates_are_printed_in_the_japanese_calendar(desk):
    page = printed(desk.store, desk.intake)
    assert "令和8年10月1日" in page
    assert "2026" not in page


def test_whereabouts_of_a_masked_person_read_masked_even_at_the_desk(desk):
    mother, son = desk.household.members
    told = {"telephone": "000-9999-0001", "school": "秘匿小学校", "workplace": "秘匿運送"}
    mother = replace(mother, is_masked=True, **told)
    household = desk.store.save(replace(desk.household, members=(mother, son)))
    for record in (desk.intake, household):
        page = printed(desk.store, record)
        assert page.count("（秘匿のため掲載なし）") >= 5
        assert not any(text in page for text in ("見本市架空町1-1", *told.values()))


def test_whoever_told_us_is_on_no_sheet(desk, records):
    told = {"inquirer_telephone": "000-8888-0001", "information_source": "向かいの家"}
    intake = replace(records[Intake], variant=IntakeVariant.WITHOUT_CONSENT, **told)
    desk.store.save(intake)
    pages = printed(desk.store, intake) + printed(desk.store, records[CaseNote])
    for text in ("近隣 通報子", "隣の例示さん", *told.values()):
        assert text not in pages
    assert "（情報源のため掲載なし）" in pages


def test_a_record_names_whose_it_is(desk, records):
    for form in (Case, Consent, CaseNote, Referral, SupportPlan, AgendaItem):
        page = printed(desk.store, records[form])
        assert "見本 花子" in page
        assert records[Intake].number in page
    for form in (Agency, Conference):
        assert "見本 花子" not in printed(desk.store, records[form])


def test_empty_rows_say_so_and_long_rows_are_a_block_each(desk):
    assert "記入はありません" in printed(desk.store, desk.sitting)
    assert printed(desk.store, desk.household).count('<div class="block">') == 2


def test_a_sheet_made_again_is_the_same_and_changes_its_number_with_the_record(desk):
    def made():
        return sheet(desk.store, Intake.table, desk.intake.id, made_on=MADE_ON)

    first, again = made(), made()
    assert (first.html, first.identity.number) == (again.html, again.identity.number)
    mother, son = desk.household.members
    changed = (replace(mother, condition="退院した"), son)
    desk.store.save(replace(desk.household, members=changed))
    assert made().identity.number != first.identity.number


def test_the_sheet_says_what_it_is(desk):
    known = sheet(desk.store, Household.title, desk.household.id, made_on=MADE_ON)
    metadata = known.identity.metadata()
    assert metadata["kind"] == "sheet"
    assert metadata["subject"] == ["households", desk.household.id]
    assert metadata["number"].startswith(f"帳票{desk.household.id}-")


@pytest.mark.parametrize(("form", "said"), [("nothing", "様式「nothing」"), ("intakes", "99 番")])
def test_an_unknown_form_or_record_is_refused_in_one_line(desk, form, said):
    with pytest.raises(NotFound, match=said):
        sheet(desk.store, form, 99, made_on=MADE_ON)


def test_no_box_of_any_class_is_left_out_of_its_layout(desk, records):
    for record in records.values():
        labels = [c.label for p in sheets.parts(record, desk.store.lexicon()) for line in p.lines
                  for c in line]  # fmt: skip
        assert labels == [b.label for b in sorted_by_section(record) if is_asked(record, b)]


def sorted_by_section(record):
    order = list(dict.fromkeys(box.section for box in items(type(record))))
    return sorted(items(type(record)), key=lambda box: order.index(box.section))


def test_a_mark_that_turns_the_writing_round_is_not_printed(store, household):
    first, *others = household.members
    turned = replace(first, name="見本\u202e 花子\u2066")
    saved = store.save(replace(household, members=(turned, *others)))

    page = sheet(store, "households", saved.id, made_on=MADE_ON).html

    assert "見本 花子" in page
    assert not {"\u202e", "\u2066"} & set(page)
