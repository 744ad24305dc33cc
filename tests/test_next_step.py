"""次の一手: what is to be done next, with its reason and what does it; each from a rule."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from jusou_nb import casework
from jusou_nb.casework.next_step import next_steps, stand_of
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    AgendaItem,
    Assessment,
    Case,
    CaseNote,
    Conference,
    Consent,
    Household,
    Intake,
    Person,
    Referral,
    SupportPlan,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.plan import PlanState
from jusou_nb.profile import load
from jusou_nb.rules.course_steps import RULES, course_steps
from jusou_nb.rules.next_step import Sitting, Stand
from jusou_nb.rules.phases import Reached, way
from jusou_nb.store.due import Due, due_items
from jusou_nb.store.household_scope import conditions, is_of_a_household

TODAY = date(2026, 10, 15)
CASE = Case(id=1, status=CaseStatus.ASSESSMENT, opened_on=date(2026, 10, 1))
SITTING = Sitting(
    item_id=7, held_on=date(2026, 10, 22), body="例示会議", basis="支援会議", decides_plan=False
)
GIVEN, DRAWN = ConsentState.GIVEN, SupportPlan(id=3, state=PlanState.DRAFT)


@pytest.fixture(scope="module")
def standard():
    return load("standard")


@pytest.fixture
def stand(standard):
    """A running case of two weeks with an assessment, of whom nobody asked for consent yet."""
    return Stand(profile=standard, today=TODAY, case=CASE, has_assessment=True)


def rules(stand):
    return [step.code for step in course_steps(stand)]


def step(stand, name):
    return next(s for s in course_steps(stand) if s.code == name)


def acts(stand, name):
    return [act.value for act in step(stand, name).acts]


# --- the course ------------------------------------------------------------------------------


def test_without_a_consent_the_conference_that_needs_none_is_offered_at_once(stand):
    found = step(stand, "consent_missing")

    assert found.words == "同意がまだです。支援会議（同意のいらない会議）にはいま載せられます。"
    assert found.because == "本人同意：本人にまだ聞いていません。重層的支援会議には同意が要ります。"
    assert acts(stand, "consent_missing") == ["consent", "convene"]


def test_what_the_town_calls_its_conferences_is_said_as_in_its_profile(stand):
    named = [replace(b, label="なかま会議") if b.code == "confidential" else b for b in
             stand.profile.bases]  # fmt: skip
    stand = replace(stand, profile=replace(stand.profile, bases=tuple(named)))

    assert "なかま会議（同意のいらない会議）" in step(stand, "consent_missing").words


def test_a_refusal_is_told_as_one_and_a_sitting_that_comes_is_not_offered_again(stand):
    refused = replace(stand, consent=ConsentState.REFUSED, sitting=SITTING)

    assert step(refused, "consent_missing").words == "同意が得られていません。"
    assert acts(refused, "consent_missing") == ["consent"]
    assert rules(refused)[0] == "sitting_comes"
    assert step(refused, "sitting_comes").about == 7
    assert "令和8年10月22日" in step(refused, "sitting_comes").words


def test_a_consultation_that_nobody_screened_asks_for_that(stand):
    new = replace(stand, case=None, intake=Intake())

    assert rules(new) == ["unscreened"]
    assert acts(new, "unscreened") == ["intake", "open_case", "refer"]


def test_whoever_is_to_be_supported_gets_a_case(stand):
    assert rules(replace(stand, case=None, intake=Intake(screening="continuing"))) == ["no_case"]


def test_whoever_is_to_be_sent_on_is_sent_on_once(stand):
    sent = replace(stand, case=None, intake=Intake(screening="referred"))

    assert rules(sent) == ["to_refer"]
    assert rules(replace(sent, has_referral=True)) == ["nothing_presses"]


def test_a_consent_of_unknown_scope_is_looked_up_on_its_paper(stand):
    unknown = replace(stand, consent=GIVEN, is_scope_known=False)

    assert "scope_unknown" in rules(unknown)
    assert "scope_unknown" not in rules(replace(unknown, is_scope_known=True))


@pytest.mark.parametrize("status", [CaseStatus.INTAKE, CaseStatus.ASSESSMENT])
def test_before_a_plan_an_assessment_is_asked_for(stand, status):
    bare = replace(stand, case=replace(CASE, status=status), has_assessment=False)

    assert "assessment_missing" in rules(bare)
    assert "assessment_missing" not in rules(replace(bare, has_assessment=True))


def test_a_consent_leads_to_a_plan_its_signature_and_its_sitting(stand):
    agreed = replace(stand, consent=GIVEN)
    drawn = replace(agreed, plan=DRAWN)
    signed = replace(agreed, plan=replace(DRAWN, signed_on=TODAY))
    heard = replace(signed, sitting=replace(SITTING, decides_plan=True))

    assert [rules(s)[0] for s in (agreed, drawn, signed, heard)] == [
        "no_plan", "plan_unsigned", "plan_unheard", "sitting_comes",
    ]  # fmt: skip


def test_a_sitting_that_decides_no_plan_does_not_settle_one(stand):
    signed = replace(stand, consent=GIVEN, plan=replace(DRAWN, signed_on=TODAY), sitting=SITTING)

    assert "plan_unheard" in rules(signed)


def test_a_quiet_case_is_told_from_the_day_that_the_profile_says(stand):
    limit = stand.profile.thresholds["days_without_contact"]
    late = replace(stand, last_note_on=TODAY - timedelta(days=limit + 1))

    assert step(late, "quiet").is_late
    assert "quiet" not in rules(replace(stand, last_note_on=TODAY - timedelta(days=limit)))


def test_support_without_a_further_day_asks_for_one(stand):
    supported = replace(stand, case=replace(CASE, status=CaseStatus.SUPPORT), consent=GIVEN)
    supported = replace(supported, plan=replace(DRAWN, state=PlanState.AGREED))
    dated = replace(supported, next_day=(date(2026, 11, 1), "モニタリング"))

    assert rules(supported) == ["no_next_day"]
    assert rules(dated) == ["nothing_presses"]
    assert step(dated, "nothing_presses").because == "次は令和8年11月1日の「モニタリング」です。"


def test_an_ended_case_asks_for_nothing_and_shows_the_way_back(stand):
    closed = replace(CASE, status=CaseStatus.CLOSED, closed_on=date(2026, 9, 1))
    ended = replace(stand, case=closed)

    assert rules(ended) == ["ended"]
    assert acts(ended, "ended") == ["reopen"]


def test_every_rule_of_the_course_is_tried_above(request):
    text = request.path.read_text(encoding="utf-8")

    assert [rule.__name__ for rule in RULES if f'"{rule.__name__}"' not in text] == []


# --- with what waits for a day ---------------------------------------------------------------


@pytest.fixture
def home(store):
    """A mother whose case has just been opened, and a household next door."""
    for name in ("見本 花子", "例示 一郎"):
        received = casework.receive_intake(
            store,
            household=Household(members=(Person(relation="本人", name=name),)),
            intake=Intake(received_on=date(2026, 10, 1), screening="continuing"),
        )
        note = CaseNote(
            happened_at=datetime(2026, 10, 2, 10), content="電話した", next_action="訪ねる",
            next_due=date(2026, 10, 10) if name == "見本 花子" else date(2026, 10, 17),
        )  # fmt: skip
        casework.write_note(store, received.case, note)
    return store.find(Household)[0]


def steps(store, home):
    (case,) = store.find(Case, household_id=home.id)
    dues = due_items(store, TODAY, household=home.id)
    found = stand_of(store, whom=(home.members[0], None, case), dues=dues, today=TODAY)
    return next_steps(found, dues)


def test_what_is_overdue_goes_before_the_course_with_its_days(store, home):
    first, second, *_ = steps(store, home)

    assert first.step.code == "due.next_actions" and first.step.is_late
    assert first.step.because == "「次の対応」の期限は令和8年10月10日（5日過ぎています）。"
    assert second.step.code == "consent_missing"


def test_what_comes_within_days_goes_after_the_course(store, home):
    del home
    rules_found = [found.step.code for found in steps(store, store.find(Household)[1])]

    assert rules_found[0] == "consent_missing"
    assert rules_found[-1] == "due.next_actions"


def test_what_is_read_of_the_record_is_what_the_rules_ask(store, home):
    (case,) = store.find(Case, household_id=home.id)
    sitting = casework.convene(store, Conference(body="monthly", held_on=date(2026, 10, 22)))
    casework.put_on_agenda(store, sitting, case, AgendaItem(basis="confidential"))
    store.save(Assessment(case_id=case.id, assessed_on=TODAY))
    store.save(Consent(person_id=case.client_id, state=GIVEN, stated_on=TODAY))
    store.save(Referral(household_id=home.id, client_id=case.client_id, destination=Ref(1)))
    found = stand_of(store, whom=(home.members[0], None, case), dues=[], today=TODAY)

    assert found.sitting is not None and found.sitting.basis == "支援会議"
    assert (found.has_assessment, found.has_referral, found.consent) == (True, True, GIVEN)
    assert found.last_note_on == date(2026, 10, 2)


# --- 期限 of one household -------------------------------------------------------------------


def test_what_waits_in_a_household_is_what_waits_of_it_in_the_office(store, home):
    every = due_items(store, TODAY)
    apart = [
        due
        for household in store.find(Household)
        for due in due_items(store, TODAY, household=household.id)
    ]

    assert len({due.case_id for due in due_items(store, TODAY, household=home.id)}) == 1
    assert set(apart) == {due for due in every if is_of_a_household(due.table)} != set()
    assert all(isinstance(due, Due) for due in apart)


def test_registers_of_the_office_belong_to_no_household():
    for table in ("agencies", "conferences", "hosts", "places", "trainings"):
        assert not is_of_a_household(table)
    assert {"case_notes", "role_progress", "consents"} <= set(conditions())


# --- the way of a case -----------------------------------------------------------------------


def test_the_way_tells_what_was_done_what_was_left_out_and_what_is_to_come():
    found = way(CaseStatus.CONFERENCE, [CaseStatus.INTAKE])

    assert [entry.reached for entry in found] == [
        Reached.DONE, Reached.SKIPPED, Reached.CURRENT, *[Reached.AHEAD] * 3,
    ]  # fmt: skip


def test_a_suspension_stands_where_the_end_would_and_keeping_in_touch_after_it():
    suspended = way(CaseStatus.SUSPENDED, list(CaseStatus))
    in_touch = way(CaseStatus.CHECK_IN, list(CaseStatus))

    assert [e.status for e in suspended if e.reached is Reached.CURRENT] == [CaseStatus.SUSPENDED]
    assert CaseStatus.CLOSED not in [entry.status for entry in suspended]
    assert [entry.reached for entry in in_touch[-2:]] == [Reached.DONE, Reached.CURRENT]


def test_a_consultation_without_a_case_has_the_whole_way_ahead():
    assert {entry.reached for entry in way(None, [])} == {Reached.AHEAD}
