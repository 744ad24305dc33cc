"""電話メモ: kept at once without a case, settled once, given back when it was a mistake."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.casework.strikes import strike_record
from jusou_nb.errors import Invalid, NotAllowed, NotFound
from jusou_nb.forms import CaseNote, Intake, PhoneMemo
from jusou_nb.forms.phone_memo import MemoOutcome
from jusou_nb.store.due import due_items

DAY = date(2026, 10, 15)


@pytest.fixture
def called():
    """A call as the keyboard leaves it, not yet saved."""
    return PhoneMemo(
        called_at=datetime(2026, 10, 15, 9, 40),
        caller="例示 民子",
        telephone="090-0000-1234",
        about="見本さんの息子さん",
        said="三日ほど姿を見ない",
        to_do="折り返す",
        call_back_by=date(2026, 10, 16),
    )


@pytest.fixture
def memo(desk, called):
    """The same, kept in a store with one case."""
    return casework.take_call(desk.store, called)


def waiting(store):
    return [d for d in due_items(store, DAY) if d.kind == "phone_memos"]


def test_a_call_is_kept_without_a_case_and_names_who_took_it(store, called):
    kept = casework.take_call(store, called)

    assert store.find(PhoneMemo) == [kept]
    assert kept.taken_by == "tantou" and kept.outcome is None


@pytest.mark.parametrize("box", ["said", "called_at"])
def test_a_memo_needs_only_what_was_said_and_when(store, called, box):
    with pytest.raises(Invalid) as refused:
        casework.take_call(store, replace(called, **{box: None}))

    assert [problem.box for problem in refused.value.problems] == [box]
    assert store.find(PhoneMemo) == []


def test_an_open_memo_waits_for_who_took_it_until_it_is_to_be_called_back(desk, memo):
    (entry,) = waiting(desk.store)

    assert (entry.label, entry.due_on, entry.worker) == ("電話メモ", memo.call_back_by, "tantou")
    assert (entry.table, entry.record_id) == ("phone_memos", memo.id)


def test_a_memo_without_a_day_waits_from_the_day_of_the_call(desk, called):
    casework.take_call(desk.store, replace(called, call_back_by=None))

    assert [entry.due_on for entry in waiting(desk.store)] == [DAY]


def test_what_waits_of_a_memo_says_neither_who_called_nor_what_was_said(desk, memo):
    (entry,) = waiting(desk.store)
    told = " ".join(str(value) for value in vars(entry).values())

    assert not [t for t in (memo.caller, memo.telephone, memo.about, memo.said) if t in told]


def test_a_memo_becomes_a_note_of_the_telephone_in_the_case_that_is_chosen(desk, memo):
    note = casework.attach_memo(desk.store, memo, desk.case, on=DAY)

    assert (note.case_id, note.happened_at, note.manner) == (
        desk.case.id,
        memo.called_at,
        "telephone",
    )
    assert note.content == "（見本さんの息子さんのこと）三日ほど姿を見ない"
    assert note.counterpart == "例示 民子（090-0000-1234）"
    assert (note.next_action, note.next_due) == ("折り返す", date(2026, 10, 16))


def test_the_memo_keeps_to_which_note_it_came_and_waits_no_longer(desk, memo):
    note = casework.attach_memo(desk.store, memo, desk.case, on=DAY)

    kept = desk.store.load(PhoneMemo, memo.id)
    assert (kept.outcome, kept.outcome_on) == (MemoOutcome.ATTACHED, DAY)
    assert kept.case_note_id == note.id and kept.said == memo.said
    assert waiting(desk.store) == []


def test_a_memo_and_its_note_are_written_together_or_not_at_all(desk, memo):
    nobody = replace(desk.case, id=999)

    with pytest.raises(NotFound):
        casework.attach_memo(desk.store, memo, nobody, on=DAY)

    assert desk.store.find(CaseNote) == []
    assert len(waiting(desk.store)) == 1


def test_a_memo_is_settled_once(desk, memo):
    casework.attach_memo(desk.store, memo, desk.case, on=DAY)

    for again in (
        lambda: casework.attach_memo(desk.store, memo, desk.case, on=DAY),
        lambda: casework.close_memo(desk.store, memo, "折り返した", on=DAY),
        lambda: casework.take_call(desk.store, memo),
    ):
        with pytest.raises(NotAllowed, match="片付いて"):
            again()
    assert len(desk.store.find(CaseNote)) == 1


def test_a_memo_that_belongs_to_no_case_is_closed_with_a_reason(desk, memo):
    with pytest.raises(NotAllowed, match="理由"):
        casework.close_memo(desk.store, memo, " ", on=DAY)

    closed = casework.close_memo(desk.store, memo, "間違い電話だった", on=DAY)

    assert (closed.outcome, closed.outcome_reason) == (MemoOutcome.DONE, "間違い電話だった")
    assert waiting(desk.store) == []


def test_a_memo_is_received_with_its_text_and_who_called_stays_the_inquirer(desk, memo):
    sheet = casework.sheet_of_memo(memo, on=DAY)
    received = casework.receive_memo(desk.store, memo, sheet, on=DAY)

    assert received.intake.presenting_problem == "三日ほど姿を見ない"
    assert received.intake.inquirer_name == "例示 民子"
    assert received.household.members[0].name == "見本さんの息子さん"
    assert desk.store.load(PhoneMemo, memo.id).intake_id == received.intake.id


def test_a_call_about_nobody_known_is_received_as_of_a_person_without_a_name(called):
    sheet = casework.sheet_of_memo(replace(called, about=None), on=DAY)

    assert sheet.household.members[0].name == "氏名不明"


def test_a_sheet_that_is_refused_leaves_the_memo_waiting(desk, memo):
    sheet = casework.sheet_of_memo(memo, on=DAY)
    blank = replace(sheet, intake=replace(sheet.intake, received_on=None))
    before = len(desk.store.find(Intake))

    with pytest.raises(Invalid):
        casework.receive_memo(desk.store, memo, blank, on=DAY)

    assert len(desk.store.find(Intake)) == before and len(waiting(desk.store)) == 1


def test_a_note_attached_to_the_wrong_case_is_struck_and_the_memo_waits_again(desk, memo):
    note = casework.attach_memo(desk.store, memo, desk.case, on=DAY)

    strike_record(desk.store, note, reason="別のケースだった", on=DAY)

    kept = desk.store.load(PhoneMemo, memo.id)
    assert (kept.outcome, kept.case_note_id) == (None, None)
    assert len(waiting(desk.store)) == 1 and desk.store.verify() == []


def test_a_struck_memo_waits_no_longer_and_stays_in_the_chain(desk, memo):
    strike_record(desk.store, memo, reason="二度書いた", on=DAY)

    assert waiting(desk.store) == [] and desk.store.find(PhoneMemo) == []
    assert desk.store.verify() == []
