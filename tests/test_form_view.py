"""The form on the screen: sections, rows, errors, drafts, for every form class."""

from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.boxes import Kind
from jusou_nb.checks import check
from jusou_nb.errors import Invalid, StoreError
from jusou_nb.fields import children, items
from jusou_nb.forms import (
    FORMS,
    Consent,
    Household,
    Intake,
    Person,
    SupportPlan,
)
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.problems import Problem
from jusou_nb.widgets.drafts import DraftKeeper
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.parts import Heading

TODAY = date(2026, 10, 1)
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)


@pytest.fixture
def store():
    """A new store in memory."""
    with open_store("", account="mihon") as store:
        yield store


@pytest.fixture
def view(full_lexicon):
    """Shows a form."""
    return lambda form, **kwargs: FormView(form, full_lexicon, today=TODAY, **kwargs)


def _box(view, name):
    return view.box_set.by_name[name]


def _fill(box):
    """Type or tick something that this box can hold."""
    texts = {
        Kind.DATE: "R8.4.1",
        Kind.MOMENT: "R8.4.1 9:30",
        Kind.PARTIAL_DATE: "S55.4",
        Kind.NUMBER: "3",
        Kind.AGE: "80代",
    }
    if box.options:
        box.chosen = [next(o["code"] for o in box.options if o["code"])]
    else:
        box.text = texts.get(box.item.kind, "例示の文")


def _fill_all(view):
    for box in view.box_set.by_name.values():
        _fill(box)
    for editor in view.rows.values():
        for box in editor.blocks[0].boxes.by_name.values():
            _fill(box)


@every_form
def test_a_blank_view_is_a_blank_record(view, form):
    assert view(form).as_it_stands() == form()


@every_form
def test_what_is_filled_in_is_in_the_record_and_shows_again(view, form):
    first = view(form)
    _fill_all(first)
    record = first.record()
    again = view(form, record=record)
    assert again.record() == record
    assert any(getattr(record, item.name) is not None for item in items(form))


@every_form
def test_a_draft_comes_back_as_it_was_left_rows_included(view, form, store):
    keeper = DraftKeeper(store, form.table)
    left = view(form, drafts=keeper)
    _fill_all(left)
    found = view(form)
    found.restore(keeper.get().boxes)
    assert found.boxes() == left.boxes()
    assert found.as_it_stands() == left.as_it_stands()


@pytest.mark.parametrize("form", [f for f in FORMS if check(f())], ids=lambda form: form.__name__)
def test_each_missing_box_is_told_beside_it_and_in_the_banner(view, form):
    shown = view(form)
    with pytest.raises(Invalid) as stop:
        shown.record()
    shown.show_problems(stop.value.problems)
    for problem in stop.value.problems:
        assert "空です" in _box(shown, problem.box).error
    assert shown.problem_count == len(shown.summary.problems) == len(stop.value.problems)


@every_form
def test_sections_stand_in_the_order_of_the_paper(view, form):
    headings = [part.label for part in view(form).children if isinstance(part, Heading)]
    declared = [part.section for part in (*items(form), *children(form)) if part.section]
    assert sorted(headings) == sorted(set(declared))
    assert headings[:1] == declared[:1]


def test_rows_stand_between_the_sections_where_the_form_declares_them(view):
    headings = [p.label for p in view(SupportPlan).children if isinstance(p, Heading)]
    assert headings.index("課題と目標（優先順）") == headings.index("期間") - 2


def test_unreadable_text_is_told_at_its_box_and_survives_in_the_draft(view):
    shown = view(Intake)
    _box(shown, "received_on").text = "8.4.10"
    with pytest.raises(Invalid) as stop:
        shown.record()
    shown.show_problems(stop.value.problems)
    assert [p.box for p in stop.value.problems] == ["received_on"]
    assert "元号" in _box(shown, "received_on").error
    assert shown.boxes()["received_on"] == "8.4.10"


def test_a_line_of_the_banner_leads_to_its_box_and_goes_when_it_is_put_right(view):
    shown = view(Intake)
    box = _box(shown, "received_on")
    shown.show_problems([Problem(rule="r", message="空です。", remedy="書く。", box="received_on")])
    assert shown.summary.problems == [{"text": "空です。書く。", "anchor": box.anchor}]
    assert shown.summary.focus_count == 1
    box.text = "R8.4.1"
    assert (shown.summary.problems, shown.problem_count, box.error) == ([], 0, "")


def test_a_problem_without_a_box_stays_in_the_banner(view):
    shown = view(Intake)
    shown.show_problems([Problem(rule="r", message="同意がありません。", remedy="もらう。")])
    _box(shown, "received_by").text = "見本"
    assert [p["text"] for p in shown.summary.problems] == ["同意がありません。もらう。"]


def test_a_box_is_asked_for_only_when_its_condition_holds(view):
    shown = view(Intake)
    assert _box(shown, "no_consent_reason").hidden
    _box(shown, "variant").chosen = [IntakeVariant.WITHOUT_CONSENT.value]
    assert not _box(shown, "no_consent_reason").hidden


def test_the_heading_of_a_section_nobody_is_asked_for_is_hidden(view):
    shown = view(Intake)
    titled = "本人同意なしのとき"
    heading = next(p for p in shown.children if getattr(p, "label", "") == titled)
    assert heading.hidden
    _box(shown, "variant").chosen = [IntakeVariant.WITHOUT_CONSENT.value]
    assert not heading.hidden


def test_what_is_not_asked_for_is_neither_required_nor_recorded(view):
    shown = view(Consent)
    _fill_all(shown)
    _box(shown, "state").chosen = [ConsentState.GIVEN.value]
    assert shown.record().categories
    _box(shown, "state").chosen = [ConsentState.REFUSED.value]
    assert shown.record().categories is None
    assert "categories" in shown.boxes()


def test_unreadable_text_in_a_box_not_asked_for_does_not_stop_the_form(view):
    shown = view(Consent)
    _fill_all(shown)
    _box(shown, "written_by").text = "そのうち"
    _box(shown, "manner").chosen = ["written"]
    assert shown.record().written_by is None


def test_what_came_with_the_record_unasked_stays(view):
    imported = Intake(received_on=TODAY, information_source="台帳の欄")
    assert view(Intake, record=imported).record() == imported


def test_links_that_are_no_boxes_are_kept(view):
    consent = Consent(id=4, version=2, person_id=9, state=ConsentState.ASKED, stated_on=TODAY)
    assert view(Consent, record=consent).record() == consent


def test_boxes_left_out_keep_what_the_record_holds(view):
    record = Household(size=2, living_note="別棟", members=(Person(name="見本　花子"),))
    shown = view(Household, record=record, without=frozenset({"living_note", "members"}))
    assert "living_note" not in shown.box_set.by_name
    assert shown.record() == record


def test_typing_is_kept_at_once_and_said(view, store):
    keeper = DraftKeeper(store, Intake.table, "7")
    shown = view(Intake, drafts=keeper)
    _box(shown, "presenting_problem").text = "家賃が払えない"
    assert keeper.get().boxes == {"presenting_problem": "家賃が払えない"}
    assert shown.draft_status == f"下書き保存済 {keeper.get().saved_at[11:19]}"
    keeper.drop()
    assert keeper.get() is None


def test_loading_and_restoring_are_no_typing(view, store):
    keeper = DraftKeeper(store, Intake.table)
    shown = view(Intake, drafts=keeper, record=Intake(received_on=TODAY))
    shown.restore({"received_by": "見本"})
    assert keeper.get() is None


def test_a_draft_that_cannot_be_kept_is_said(view, tmp_path):
    path = tmp_path / "desk.db"
    open_store(path).close()
    with open_store(path, readonly=True) as store:
        shown = view(Intake, drafts=DraftKeeper(store, Intake.table))
        _box(shown, "received_by").text = "見本"
        with pytest.raises(StoreError):
            shown.drafts.put({})
    assert shown.draft_status.startswith("下書きを保存できません")


def test_whoever_asks_is_told_of_each_change(view):
    shown, told = view(Household), []
    shown.on_change(lambda: told.append(shown.as_it_stands().size))
    _box(shown, "size").text = "2"
    shown.rows["members"].blocks[0].boxes.by_name["name"].text = "見本　花子"
    assert told == [2, 2]


def test_a_draft_of_an_older_form_with_boxes_since_gone_still_opens(view):
    shown = view(Intake)
    shown.restore({"no_such_box": "x", "received_by": "見本"})
    assert shown.boxes() == {"received_by": "見本"}
