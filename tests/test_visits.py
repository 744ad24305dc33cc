"""訪問: planned with two where two are needed, back in time, and nothing said at the door."""

from dataclasses import replace
from datetime import datetime

import pytest

from jusou_nb import casework
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import (
    CaseNote,
    Household,
    Outreach,
    OutreachTry,
    Person,
    Round,
    Visit,
)
from jusou_nb.forms.outreach import RelationStage, TryKind, VisitState
from jusou_nb.problems import Override
from jusou_nb.rules import visits as rules
from jusou_nb.store.outreach import late_visits

LEAVES, BACK_BY = datetime(2026, 10, 6, 14), datetime(2026, 10, 6, 15, 30)
DAY = LEAVES.date()


def rules_of(problems):
    return {problem.rule for problem in problems}


def clock(hour, minute=0):
    return datetime(2026, 10, 6, hour, minute)


def agency(store, name):
    return store.lexicon().spellings["agencies"][name]


def planned(**boxes):
    return Visit(**{"planned_at": LEAVES, "back_by": BACK_BY, **boxes})


@pytest.fixture
def outreach(store):
    """Outreach to somebody in the park, where nobody is to go alone."""
    said = Outreach(
        known_as="氏名不明（公園の人）",
        found_on=DAY,
        found_through="street",
        whereabouts="駅南の公園の東屋",
        two_needed=True,
        visit_caution="夕方は酔っている",
    )
    return casework.begin_outreach(store, said, today=DAY).outreach


@pytest.fixture
def visit(store, outreach):
    """A visit of two, planned and not yet left for."""
    return casework.plan_visit(store, planned(companion="見本 推進"), outreach=outreach).visit


def test_nobody_goes_alone_where_two_are_needed(store, outreach):
    with pytest.raises(NotAllowed, match="二人で訪問"):
        casework.plan_visit(store, planned(), outreach=outreach)
    let = Override(rule="visit.two_needed", reason="玄関先で一人が待つ", allowed_by="課長")

    assert casework.plan_visit(store, planned(), outreach=outreach, overrides=(let,)).visit.id


def test_the_persons_own_caution_asks_for_two_as_well(desk):
    mother, *others = desk.household.members
    warned = replace(mother, two_needed=True, visit_caution="大きな犬がいる")
    desk.store.save(replace(desk.household, members=(warned, *others)))

    with pytest.raises(NotAllowed, match="二人で訪問"):
        casework.plan_visit(desk.store, planned(), case=desk.case)
    gone = casework.plan_visit(desk.store, planned(companion="見本 推進"), case=desk.case)
    assert "訪問上の注意：大きな犬がいる" in " ".join(p.message for p in gone.remarks)


def test_a_visit_takes_over_who_goes_where_and_what_to_mind(store, outreach):
    made = casework.plan_visit(store, planned(companion="見本 推進"), outreach=outreach)

    assert (made.visit.worker, made.visit.destination) == ("tantou", "駅南の公園の東屋")
    assert (made.visit.state, made.visit.two_needed) == (VisitState.PLANNED, True)
    assert rules_of(made.remarks) == {"outreach.visit_caution"}


def test_the_place_of_somebody_in_hiding_is_not_copied_onto_the_visit(store, outreach):
    house = store.save(Household(members=(Person(name="仮名 秘子", is_masked=True),)))
    known = casework.become_known(store, outreach, household=house)

    made = casework.plan_visit(store, planned(companion="見本 推進"), outreach=known)
    assert made.visit.destination is None
    assert "outreach.masked_house" in rules_of(made.remarks)


def test_whoever_is_back_before_leaving_is_asked_about_the_hours(store):
    made = casework.plan_visit(store, planned(back_by=clock(13)))

    assert rules_of(made.remarks) == {"visit.back_first"}


def test_an_agency_comes_along_as_far_as_the_person_agreed(desk, agree):
    centre = agency(desk.store, "地域包括支援センター")
    along = planned(companion_agency=centre)
    with pytest.raises(NotAllowed, match="伝える同意がありません"):
        casework.plan_visit(desk.store, along, case=desk.case)
    agree(agencies=(centre,))

    assert casework.plan_visit(desk.store, along, case=desk.case).visit.id


def test_an_office_of_the_city_comes_along_without_a_consent(desk):
    own = planned(companion_agency=agency(desk.store, "高齢者支援課"))

    assert casework.plan_visit(desk.store, own, case=desk.case).visit.id


def test_who_is_kept_from_the_case_does_not_come_along(desk):
    own = agency(desk.store, "高齢者支援課")
    case = desk.store.save(replace(desk.case, excluded_agencies=(own,)))

    with pytest.raises(NotAllowed, match="除外者"):
        casework.plan_visit(desk.store, planned(companion_agency=own), case=case)


def test_leaving_shows_once_more_what_to_mind(store, visit):
    left = casework.leave(store, visit, at=clock(14, 5))

    assert (left.visit.state, left.visit.left_at) == (VisitState.OUT, clock(14, 5))
    assert rules_of(left.remarks) == {"outreach.visit_caution"}


def test_coming_back_writes_the_try_with_its_hour_and_who_went(store, visit):
    out = casework.leave(store, visit, at=clock(14, 5)).visit
    back = casework.come_back(
        store, out, at=clock(15), attempt=OutreachTry(kind=TryKind.MET, content="話せた")
    )

    (met,) = store.find(Outreach)
    assert (back.visit.state, back.visit.returned_at) == (VisitState.BACK, clock(15))
    assert (back.attempt.tried_at, back.attempt.visit_id) == (clock(14, 5), visit.id)
    assert back.attempt.workers == "tantou、見本 推進"
    assert met.stage is RelationStage.MET


def test_a_visit_to_a_client_comes_back_with_a_note(desk):
    out = casework.plan_visit(desk.store, planned(), case=desk.case).visit
    back = casework.come_back(desk.store, out, at=clock(15), note=CaseNote(content="元気だった"))

    assert (back.note.case_id, back.note.happened_at) == (desk.case.id, LEAVES)
    assert rules_of(back.remarks) == {"visit.not_left"}


def test_a_visit_that_is_over_is_neither_left_for_nor_called_off(store, visit):
    back = casework.come_back(store, visit, at=clock(15)).visit

    for step in (
        lambda: casework.leave(store, back, at=clock(16)),
        lambda: casework.come_back(store, back, at=clock(16)),
        lambda: casework.call_off(store, back, because="雨"),
        lambda: casework.plan_visit(store, back),
    ):
        with pytest.raises(NotAllowed, match="新しい訪問予定"):
            step()


def test_a_visit_is_called_off_with_its_reason(store, visit):
    with pytest.raises(NotAllowed, match="取りやめの理由"):
        casework.call_off(store, visit, because=" ")

    assert casework.call_off(store, visit, because="本人の都合").state is VisitState.CALLED_OFF


@pytest.mark.parametrize(("now", "late"), [((15, 59), []), ((16, 0), [30]), ((17, 30), [120])])
def test_who_is_not_back_half_an_hour_after_the_time_is_looked_for(store, visit, now, late):
    casework.leave(store, visit, at=clock(14))

    assert [found.minutes for found in late_visits(store, clock(*now))] == late


def test_who_forgot_to_say_that_they_left_is_looked_for_all_the_same(store, visit):
    (found,) = late_visits(store, clock(18))
    assert not found.has_left
    casework.come_back(store, visit, at=clock(18))

    assert late_visits(store, clock(20)) == []


def test_the_minutes_of_patience_are_the_profiles(store, visit):
    told = {**store.profile.thresholds, "visit_late_minutes": 0}
    store.use_profile(replace(store.profile, thresholds=told))

    assert [found.minutes for found in late_visits(store, BACK_BY)] == [0]


@pytest.mark.parametrize("state", [VisitState.BACK, VisitState.CALLED_OFF])
def test_a_visit_that_is_over_is_never_late(state):
    assert rules.minutes_late(planned(state=state), clock(23)) == 0


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [("10:00〜12:00", 120), ("9:30-10:15", 45), ("午前中", None), ("12:00〜10:00", None)],
)
def test_the_minutes_of_a_round_come_from_its_hours(store, hours, minutes):
    held, _, _ = casework.hold_round(store, Round(held_on=DAY, venue="駅前", hours=hours))

    assert held.minutes == minutes
