"""引継ぎ: April comes, somebody leaves, and nothing stays behind with the name of nobody."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.errors import Invalid, NotAllowed, NotFound
from jusou_nb.forms import (
    Case,
    CaseNote,
    Intake,
    Matching,
    Outreach,
    ParticipationMenu,
    Referral,
    Succession,
    Visit,
    WorkerRole,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.outreach import VisitState
from jusou_nb.problems import Override
from jusou_nb.store.due import due_items
from jusou_nb.store.successions import works_of

APRIL = date(2027, 4, 1)
LEAVING, TAKING, OTHER = "例示　前任", "架空　後任", "見本　推進"


@pytest.fixture
def succession():
    return Succession(leaving=LEAVING, taking=TAKING, handed_on=APRIL, reason="人事異動")


@pytest.fixture
def case(desk):
    """The mother's case, with the one who leaves in charge."""
    return desk.store.save(replace(desk.case, coordinator=LEAVING, deputy=OTHER))


@pytest.fixture
def busy(desk, case):
    """All that can name a worker, each naming the one who leaves."""
    store = desk.store
    reached = store.save(Outreach(case_id=case.id, known_as="見本", worker=LEAVING))
    at = datetime(2027, 4, 2, 10)
    for state in (VisitState.PLANNED, VisitState.BACK):
        visit = Visit(outreach_id=reached.id, case_id=case.id, planned_at=at, state=state)
        store.save(replace(visit, worker=LEAVING, companion=TAKING))
    menu = store.save(ParticipationMenu(case_id=case.id, drawn_on=date(2027, 1, 5), worker=LEAVING))
    store.save(Matching(menu_id=menu.id, case_id=case.id, worker=LEAVING))
    return store


def names(store, form, box):
    return [getattr(record, box) for record in store.find(form)]


def test_everything_that_names_the_worker_goes_over_at_once(busy, succession):
    made = casework.hand_over_work(busy, succession).succession

    assert works_of(busy, LEAVING) == []
    assert names(busy, Case, "coordinator") == [TAKING]
    assert names(busy, Outreach, "worker") == [TAKING]
    assert names(busy, ParticipationMenu, "worker") == [TAKING]
    assert names(busy, Matching, "worker") == [TAKING]
    assert (made.cases, len(made.works)) == (1, 6)


def test_a_visit_that_was_made_keeps_its_name_and_nobody_goes_with_oneself(busy, succession):
    casework.hand_over_work(busy, succession)
    planned, made = busy.find(Visit)

    assert (planned.worker, planned.companion) == (TAKING, None)
    assert (made.worker, made.companion) == (LEAVING, TAKING)


def test_the_preview_says_what_will_move_and_moves_nothing(busy, succession):
    seen = casework.preview_succession(busy, succession)

    assert {(row.what, row.box) for row in seen.works} == {
        ("ケース", "担当"), ("アウトリーチ対象者票", "アウトリーチの担当"), ("訪問予定", "行く人"),
        ("訪問予定", "いっしょに行く人"), ("参加支援メニュー", "参加支援の担当"),
        ("マッチング", "担当"),
    }  # fmt: skip
    assert names(busy, Case, "coordinator") == [LEAVING]
    assert busy.find(Succession) == []


def test_a_deputys_seat_goes_over_and_a_new_deputy_is_named(desk, case, succession):
    casework.hand_over_work(desk.store, replace(succession, deputy="例示　副"))
    (mine,) = desk.store.find(Case)
    assert (mine.coordinator, mine.deputy) == (TAKING, "例示　副")

    casework.hand_over_work(
        desk.store, replace(succession, leaving="例示　副", taking="架空　三人目")
    )
    assert desk.store.find(Case)[0].deputy == "架空　三人目"


def test_the_deputy_who_takes_over_is_no_longer_deputy_of_oneself(desk, case, succession):
    casework.hand_over_work(desk.store, replace(succession, taking=OTHER))
    (mine,) = desk.store.find(Case)

    assert (mine.coordinator, mine.deputy) == (OTHER, None)


def test_a_name_spaced_otherwise_is_the_same_worker(desk, case, succession):
    casework.hand_over_work(desk.store, replace(succession, leaving="例示 前任"))

    assert names(desk.store, Case, "coordinator") == [TAKING]


def test_ended_cases_and_old_papers_keep_the_old_name(desk, case, succession):
    store = desk.store
    written = CaseNote(happened_at=datetime(2026, 11, 5, 10), content="訪問した", author=LEAVING)
    casework.write_note(store, case, written)
    store.save(replace(case, status=CaseStatus.CLOSED, closed_on=date(2027, 1, 8)))

    with pytest.raises(NotAllowed, match="名前が付いた仕事はありません"):
        casework.hand_over_work(store, succession)
    assert names(store, CaseNote, "author") == [LEAVING]
    assert names(store, Case, "coordinator") == [LEAVING]


def test_what_waited_for_the_one_who_left_waits_for_the_one_who_came(desk, case, succession):
    sent = Referral(client_id=desk.mother.id, destination=desk.sitting.called[0],
                    sent_on=date(2027, 3, 1), answer="sent")  # fmt: skip
    desk.store.save(sent)
    casework.hand_over_work(desk.store, succession)

    mine = due_items(desk.store, APRIL, worker=TAKING)
    assert "unanswered_referrals" in [entry.kind for entry in mine]
    assert not [e for e in due_items(desk.store, APRIL) if e.worker == LEAVING]


@pytest.fixture
def without_case(store, household, intake):
    """Somebody who was only referred: no case names a worker, only the sheet does."""
    sheet = replace(intake, screening="referred", received_by=LEAVING)
    received = casework.receive_intake(store, household=household, intake=sheet)
    (agency, *_) = store.lexicon().refs["agencies"]
    store.save(Referral(intake_id=received.intake.id, client_id=received.intake.client_id,
                        destination=agency, sent_on=date(2026, 10, 2), answer="sent"))  # fmt: skip
    return store


def test_a_sheet_without_a_case_keeps_its_receiver_and_its_waiting_goes_over(
    without_case, succession
):
    casework.hand_over_work(without_case, succession)

    assert names(without_case, Intake, "received_by") == [LEAVING]
    waiting = [e for e in due_items(without_case, APRIL) if e.kind == "unanswered_referrals"]
    assert [entry.worker for entry in waiting] == [TAKING]


def test_what_was_handed_on_twice_waits_for_the_last(without_case, succession):
    casework.hand_over_work(without_case, succession)
    again = replace(succession, leaving=TAKING, taking=OTHER, handed_on=date(2028, 4, 3))
    casework.hand_over_work(without_case, again)

    waiting = [e for e in due_items(without_case, APRIL) if e.kind == "unanswered_referrals"]
    assert [entry.worker for entry in waiting] == [OTHER]


def test_a_succession_is_taken_back_as_long_as_nobody_touched_it(busy, succession):
    before = [busy.find(form) for form in (Case, Outreach, Visit, ParticipationMenu, Matching)]
    made = casework.hand_over_work(busy, succession).succession
    count = casework.take_back_succession(busy, made, reason="名前を間違えた")

    after = [busy.find(form) for form in (Case, Outreach, Visit, ParticipationMenu, Matching)]
    assert count == 5
    assert [[replace(r, version=0) for r in rows] for rows in after] == [
        [replace(r, version=0) for r in rows] for rows in before
    ]
    assert busy.find(Succession) == []
    assert busy.verify() == []


def test_after_a_change_it_is_not_taken_back_and_nothing_moves(busy, succession):
    made = casework.hand_over_work(busy, succession).succession
    (mine,) = busy.find(Case)
    busy.save(replace(mine, deputy="例示　窓口"))

    with pytest.raises(NotAllowed, match=r"ケース 1番.*逆向きの引継ぎ"):
        casework.take_back_succession(busy, made, reason="やり直し")
    assert names(busy, Outreach, "worker") == [TAKING]


def test_a_succession_is_taken_back_once_and_with_a_reason(desk, case, succession):
    made = casework.hand_over_work(desk.store, succession).succession
    with pytest.raises(Invalid):
        casework.take_back_succession(desk.store, made, reason=" ")
    casework.take_back_succession(desk.store, made, reason="誤り")

    with pytest.raises(NotFound):
        casework.take_back_succession(desk.store, made, reason="誤り")


def test_nobody_hands_over_to_oneself(desk, case, succession):
    with pytest.raises(NotAllowed, match="同じです"):
        casework.hand_over_work(desk.store, replace(succession, taking="例示前任"))


def test_work_goes_to_who_opens_no_case_only_by_the_chief(desk, case, succession):
    casework.assign_role(desk.store, WorkerRole(worker=TAKING, role="clerk", since=APRIL))
    with pytest.raises(NotAllowed, match="ケースを開ける役割"):
        casework.hand_over_work(desk.store, succession)
    allowed = Override(
        rule="succession.not_a_reader", reason="役割は来週から", allowed_by="課長　見本"
    )

    casework.hand_over_work(desk.store, succession, overrides=(allowed,))
    assert names(desk.store, Case, "coordinator") == [TAKING]


def test_who_left_with_work_in_hand_leaves_it_on_the_list(desk, case):
    role = WorkerRole(worker=LEAVING, role="coordinator", since=date(2026, 4, 1))
    kept = casework.assign_role(desk.store, role).record
    ended = casework.end_role(desk.store, kept, until=date(2027, 3, 31))

    assert [p.rule for p in ended.remarks] == ["role.work_left"]
    (waiting,) = [e for e in due_items(desk.store, APRIL) if e.kind == "unhanded_cases"]
    assert (waiting.due_on, waiting.deputy) == (date(2027, 3, 31), OTHER)
