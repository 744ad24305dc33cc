"""Random courses of work by the verbs alone, and what holds however the work went.

Every personal box is filled with a mark of its own, so that a page can be searched for what
it may not hold. Refusals are part of the work; each must show a way out.
"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random

import pytest

from jusou_nb import casework, open_store
from jusou_nb.checks import is_blank
from jusou_nb.choices import Category
from jusou_nb.dates import next_month
from jusou_nb.documents.packet import copies, packet
from jusou_nb.documents.sitting import bases_of, gather
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.fields import items
from jusou_nb.forms import (
    AgendaItem,
    Agreement,
    Case,
    CaseNote,
    Conference,
    Consent,
    Decision,
    DirectionRow,
    Emergency,
    Ending,
    Evaluation,
    Goal,
    Household,
    Intake,
    Lead,
    Monitoring,
    Person,
    PreparationSheet,
    Provenance,
    Referral,
    RoleAssignment,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
)
from jusou_nb.forms.conference import (
    AgreementAnswer,
    ConferenceState,
    Identification,
    Outcome,
)
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.evaluation import Achievement, NextStep
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.plan import DoerKind
from jusou_nb.forms.provenance import Release
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.problems import Override, Strength
from jusou_nb.rules import sharing
from jusou_nb.store import indicators, queries
from jusou_nb.store.due import due_items
from jusou_nb.store.history import set_by

COURSES, STEPS = 24, 150
FIRST = date(2026, 4, 1)
SOME, FEW = 6, 2
WORKERS = ("担当 一", "担当 二", "担当 三")


class NothingToDoError(Exception):
    """There is no record on which the step could be taken."""


class Office:
    """An office whose work goes as chance has it, one verb a step."""

    def __init__(self, seed):
        self.chance = Random(seed)  # noqa: S311 - the same course again for a seed
        self.ticks = count()
        self.marks = count(1)
        self.day = FIRST
        self.done, self.refused = [], []
        self.store = open_store("", account="tantou", clock=self.clock)
        self.agencies = list(self.store.lexicon().refs["agencies"])[:10]

    def clock(self):
        start = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
        return start + timedelta(seconds=next(self.ticks))

    def mark(self):
        """A text that stands nowhere else."""
        return f"印{next(self.marks):05}号"

    def pick(self, form, wanted=None, **where):
        """A record of a form that fits; where there is none the step is not taken."""
        found = [r for r in self.store.find(form, **where) if wanted is None or wanted(r)]
        if not found:
            raise NothingToDoError
        return self.chance.choice(found)

    def seldom(self, chance=0.4):
        """Take a step that would leave little to work on only now and then."""
        if self.chance.random() > chance:
            raise NothingToDoError

    def some(self, choices, most=3):
        choices = list(choices)
        return tuple(self.chance.sample(choices, self.chance.randint(1, min(most, len(choices)))))

    def code(self, name):
        return self.chance.choice(list(self.store.profile.codes(name).by_code))

    def agency(self):
        return self.chance.choice(self.agencies)

    def perhaps(self, value, chance=0.5):
        return value if self.chance.random() < chance else None

    def near(self, least=-5, most=40):
        return self.day + timedelta(days=self.chance.randint(least, most))

    def moment(self):
        return datetime.combine(self.day, datetime.min.time()) + timedelta(hours=10)

    def work(self, steps):
        for _ in range(steps):
            self.day += timedelta(days=self.chance.choice((0, 0, 1, 1, 2)))
            self.step(self.chance.choice(VERBS))

    def step(self, verb):
        """Take a step; where the chief may allow it, sometimes with what the chief says."""
        try:
            verb(self, ())
            self.done.append(verb.__name__)
        except NothingToDoError:
            return
        except (NotAllowed, Invalid) as refusal:
            self.refused += refusal.problems
            waits = [p for p in refusal.problems if p.strength is Strength.CHIEF]
            if waits and len(waits) == len(refusal.problems):
                self.again(verb, waits)

    def again(self, verb, waits):
        allowed = tuple(Override(rule=p.rule, reason="急ぐため", allowed_by="課長") for p in waits)
        try:
            verb(self, allowed)
            self.done.append(verb.__name__)
        except NothingToDoError:
            return
        except (NotAllowed, Invalid) as refusal:
            self.refused += refusal.problems

    def person(self, relation):
        return Person(
            relation=relation,
            name=self.mark(),
            address=self.mark(),
            telephone=self.mark(),
            school=self.mark(),
            workplace=self.mark(),
            condition=self.mark(),
            lives_together=True,
        )

    def intake(self):
        return Intake(
            received_on=self.day,
            received_at=self.agency(),
            screening=self.code("screening"),
            urgency=self.code("urgency"),
            issues=self.some(self.store.profile.codes("issue").by_code),
            inquirer_name=self.mark(),
            inquirer_telephone=self.mark(),
            presenting_problem=self.mark(),
            detail=self.mark(),
            remarks=self.mark(),
        )


def receives(office, allowed):
    office.seldom(0.1 if len(office.store.find(Household)) > FEW else 1)
    others = [office.person(word) for word in office.chance.sample(("長男", "母", "孫"), 2)]
    household = Household(members=(office.person("本人"), *others), living_note=office.mark())
    casework.receive_intake(
        office.store, household=household, intake=office.intake(), overrides=allowed
    )


def opens_a_case_of_another_member(office, allowed):
    office.seldom()
    household = office.pick(Household)
    member = office.chance.choice(household.members)
    casework.open_case_for(
        office.store, household, member.id, reason="世帯員にも支えが要る", on=office.day
    )


def asks_for_consent(office, allowed):
    person_id = office.pick(Case).client_id if office.perhaps(1, 0.8) else office.pick(Person).id
    entry = Consent(
        state=office.chance.choice((*[ConsentState.GIVEN] * 12, *ConsentState)),
        stated_on=office.near(-20, 0),
        given_by=office.perhaps(office.code("consent_giver"), 0.2),
        manner=office.chance.choice(list(ConsentManner)),
        categories=office.perhaps(office.some(Category, 6), 0.9),
        agencies=office.perhaps(office.some(office.agencies, 8), 0.9),
        excluded_agencies=office.perhaps(office.some(office.agencies, 1), 0.1),
        expires_on=office.perhaps(office.near(0, 200), 0.05),
    )
    casework.record_consent(office.store, person_id, entry)


def takes_a_withdrawal(office, allowed):
    office.seldom()
    entry = office.pick(Consent)
    taken = Consent(
        stated_on=office.day,
        withdrawn_categories=office.perhaps(office.some(Category, 2)),
        withdrawn_agencies=office.perhaps(office.some(office.agencies, 2)),
    )
    casework.withdraw_consent(office.store, entry.person_id, taken)


def calls_a_sitting(office, allowed):
    others = [body.code for body in office.store.profile.bodies]
    body = office.perhaps("monthly", 0.8) or office.chance.choice(others)
    sitting = casework.convene(office.store, Conference(body=body, held_on=office.near(0, 40)))
    casework.call_agencies(office.store, sitting, office.some(office.agencies, 7))


def puts_a_case_on(office, allowed):
    sitting = office.pick(Conference, lambda c: c.body != "representatives")
    item = AgendaItem(
        basis=office.chance.choice(("confidential", "multilayered", "multilayered")),
        question=office.mark(),
        text_reviewed_on=office.perhaps(office.day),
        identification=office.perhaps(Identification.REAL, 0.2),
        submitted_by=office.agency(),
    )
    casework.put_on_agenda(office.store, sitting, office.pick(Case), item, overrides=allowed)


def sends_sheets(office, allowed):
    item = office.pick(AgendaItem)
    casework.send_sheets(office.store, item, on=office.day)


def takes_an_answer(office, allowed):
    sheet = office.pick(PreparationSheet)
    told = replace(sheet, household_view=office.mark())
    casework.answer_sheet(office.store, told, on=office.day)


def writes_what_was_decided(office, allowed):
    item = office.pick(AgendaItem)
    decisions = (Decision(what=office.mark(), agency=office.perhaps(office.agency())),)
    rows = (DirectionRow(what=office.mark(), agency=office.agency(), due_on=office.near()),)
    answer = office.chance.choice(list(AgreementAnswer))
    said = replace(
        item,
        discussion=office.mark(),
        decisions=(*item.decisions, *decisions),
        directions=(*item.directions, *rows) if item.basis == "confidential" else (),
        agreements=(*item.agreements, Agreement(agency=office.agency(), answer=answer)),
    )
    casework.record_result(office.store, said, overrides=allowed)


def finishes_a_decision(office, allowed):
    item = office.pick(AgendaItem, lambda i: i.decisions)
    decision = office.chance.choice(item.decisions)
    casework.finish_decision(office.store, decision, on=office.day)


def holds_a_sitting(office, allowed):
    sitting = office.pick(Conference, lambda c: c.held_on <= office.day)
    casework.hold_sitting(office.store, sitting, today=office.day)


def calls_a_sitting_off(office, allowed):
    office.seldom(0.2)
    sitting = office.pick(Conference)
    casework.cancel_sitting(office.store, sitting, reason="集まらない")


def drafts_a_plan(office, allowed):
    case = office.pick(Case)
    roles = tuple(
        RoleAssignment(
            what=office.mark(),
            doer=DoerKind.AGENCY,
            agency=office.agency(),
            due_on=office.near(),
        )
        for _ in range(2)
    )
    plan = SupportPlan(
        drawn_on=office.day,
        client_wish=office.mark(),
        remarks=office.mark(),
        roles=roles,
        goals=(Goal(issue=office.mark(), aim=office.mark()),),
    )
    casework.draft_plan(office.store, case, plan)


def agrees_to_a_plan(office, allowed):
    decisive = office.perhaps("multilayered", 0.9) or "confidential"
    item = office.pick(AgendaItem, basis=decisive)
    drafted = office.perhaps({"state": "draft"}, 0.9) or {}
    plan = office.pick(SupportPlan, client_id=item.client_id, **drafted)
    held_on = office.store.load(Conference, item.conference_id).held_on
    on = office.perhaps(held_on, 0.6) or office.near(-90, 0)
    outcome = office.chance.choice([*Outcome, Outcome.AGREED, Outcome.AGREED])
    casework.agree_plan(office.store, plan, item, on=on, outcome=outcome, overrides=allowed)


def decides_on_support(office, allowed):
    plan = office.pick(SupportPlan)
    casework.decide_support(office.store, plan, today=office.day, decided_on=office.day)


def has_it_signed(office, allowed):
    plan = office.pick(SupportPlan)
    casework.sign_plan(office.store, plan, signed_on=office.day)


def plans_anew(office, allowed):
    plan = office.pick(SupportPlan)
    casework.replan(office.store, plan, drawn_on=office.day)


def stops_a_plan(office, allowed):
    office.seldom()
    plan = office.pick(SupportPlan)
    casework.suspend_plan(office.store, plan, on=office.day, reason="同意の撤回")


def monitors(office, allowed):
    plan = office.pick(SupportPlan)
    seen = Monitoring(held_on=office.day, client_voice=office.mark())
    casework.monitor_plan(office.store, plan, seen)


def evaluates(office, allowed):
    plan = office.pick(SupportPlan)
    judged = Evaluation(evaluated_on=office.day, achievement=Achievement.PARTLY)
    casework.evaluate_plan(
        office.store, plan, replace(judged, next_step=NextStep.REPLAN, remaining=office.mark())
    )


def ends_a_case(office, allowed):
    office.seldom()
    case = office.pick(Case)
    kept = office.perhaps({"check_in_by": "見守 担当", "check_in_until": office.near(30, 200)})
    ending = Ending(
        **(kept or {}),
        kind=office.chance.choice(list(EndingKind)),
        ended_on=office.day,
        reason=office.code("closure_reason"),
        explanation=office.mark(),
        decided_at=office.code("ending_forum"),
        receiving_agency=office.agency(),
    )
    casework.end_case(office.store, case, ending, overrides=allowed)


def takes_over(office, allowed):
    ending = office.pick(Ending, acceptance=Acceptance.WAITING.value)
    answer = office.chance.choice((Acceptance.ACCEPTED, Acceptance.RETURNED))
    casework.answer_handover(office.store, ending, answer, on=office.day, by="引受 例示")


def stops_keeping_in_touch(office, allowed):
    case = office.pick(Case, status=office.perhaps("check_in", 0.8) or "closed")
    ending = office.pick(Ending, case_id=case.id)
    casework.finish_check_in(office.store, ending, on=office.day, reason="落ち着いた")


def opens_again(office, allowed):
    case = office.pick(Case, lambda c: not c.status.is_open)
    casework.reopen_case(
        office.store, case, reason="また困っている", on=office.day, overrides=allowed
    )


def writes_a_note(office, allowed):
    case = office.pick(Case)
    note = CaseNote(
        happened_at=office.moment(),
        content=office.mark(),
        counterpart=office.mark(),
        category=office.perhaps(office.chance.choice(list(Category))),
        learnt_on_basis=office.perhaps("confidential", 0.3),
        held_by=office.agency(),
        next_due=office.perhaps(office.near(1)),
    )
    casework.write_note(office.store, case, note)


def refers(office, allowed):
    intake = office.pick(Intake)
    sent = Referral(
        destination=office.agency(),
        sent_on=office.day,
        ground=office.code("sharing_ground"),
        reason=office.perhaps(office.mark()),
    )
    casework.refer(office.store, intake, sent, overrides=allowed)


def hears_from_an_agency(office, allowed):
    sent = office.pick(Referral)
    answer = office.chance.choice(list(ReferralAnswer))
    note = office.perhaps(office.mark()) or ""
    casework.answer_referral(
        office.store, sent, answer, on=office.day, note=note, overrides=allowed
    )


def masks(office, allowed):
    person = office.pick(Person)
    casework.mask_person(office.store, person.id, because=office.mark(), on=office.day)


def confirms_a_mask(office, allowed):
    person = office.pick(Person, lambda p: p.is_masked)
    by = office.chance.choice(WORKERS)
    casework.confirm_mask(office.store, person.id, on=office.day, by=by, overrides=allowed)


def lifts_a_mask(office, allowed):
    office.seldom()
    person = office.pick(Person, lambda p: p.is_masked)
    casework.ask_unmask(office.store, person.id, because="転居した", on=office.day, by="担当 一")
    by = office.chance.choice(WORKERS)
    casework.confirm_unmask(office.store, person.id, on=office.day, by=by, overrides=allowed)


def notices_a_household(office, allowed):
    lead = Lead(noticed_on=office.day, seen=office.mark(), place=office.mark())
    casework.notice_lead(office.store, lead)


def looks_again(office, allowed):
    lead = office.pick(Lead)
    outcome = office.chance.choice(list(LeadOutcome))
    note = office.perhaps("落ち着いている") or ""
    casework.review_lead(office.store, lead, outcome, on=office.day, note=note)


def is_asked_for_support(office, allowed):
    office.seldom(0.1)
    asked = SupportRequest(requested_on=office.day, requested_by=office.agency())
    asked = replace(asked, why_not_alone=office.mark())
    asked = casework.ask_support(office.store, asked)
    answer = office.chance.choice(list(RequestAnswer))
    household = office.perhaps(Household(members=(office.person("本人"),)))
    casework.hold_acceptance(
        office.store,
        asked,
        answer,
        on=office.day,
        coordinator="担当 一",
        advice=office.mark(),
        household=household,
        overrides=allowed,
    )


def acts_in_an_emergency(office, allowed):
    office.seldom()
    household = office.pick(Household)
    happened = Emergency(
        household_id=office.perhaps(household.id, 0.8),
        happened_at=office.moment(),
        who=office.mark(),
        what=office.mark(),
        next_check_at=office.moment() + timedelta(days=1),
    )
    told = casework.respond_to_emergency(office.store, happened).emergency
    casework.report_emergency(office.store, told, on=office.day, overrides=allowed)


def judges_a_suspicion(office, allowed):
    intake = office.pick(Intake)
    report = StatutoryReport(suspicion=office.code("suspicion"), noticed_at=office.moment())
    state = office.chance.choice(list(ReportState))
    reason = office.perhaps(office.mark())
    said = replace(report, state=state, not_needed_because=reason, judged_by="課長")
    casework.record_report(office.store, said, intake=intake, overrides=allowed)


def writes_what_was_heard(office, allowed):
    item = office.pick(AgendaItem, lambda i: i.client_id)
    household = queries.household_of(office.store, item.client_id)
    at = office.chance.randrange(len(household.members))
    members = [
        replace(person, condition=office.mark()) if place == at else person
        for place, person in enumerate(household.members)
    ]
    changed = replace(household, members=tuple(members))
    casework.write_heard(office.store, item, changed, on=office.day, overrides=allowed)


def lists_what_was_heard(office, allowed):
    case = office.pick(Case)
    casework.transition_list(office.store, case)


def answers_what_was_heard(office, allowed):
    fact = office.pick(Provenance)
    answers = {fact.id: office.chance.choice((Release.RELEASE, Release.WITHHOLD))}
    casework.answer_provenance(
        office.store, answers, reason="本人も知っている", on=office.day, overrides=allowed
    )


def excludes_an_agency(office, allowed):
    office.seldom()
    case = office.pick(Case)
    office.store.save(replace(case, excluded_agencies=office.some(office.agencies, 2)))


def strikes_something(office, allowed):
    office.seldom()
    form = office.chance.choice((CaseNote, Referral, AgendaItem, SupportPlan, Ending, Consent))
    office.seldom()
    record = office.pick(form)
    casework.strike_record(office.store, record, reason="書き間違い", on=office.day)


VERBS = (
    receives,
    receives,
    opens_a_case_of_another_member,
    asks_for_consent,
    asks_for_consent,
    asks_for_consent,
    takes_a_withdrawal,
    calls_a_sitting,
    puts_a_case_on,
    puts_a_case_on,
    puts_a_case_on,
    puts_a_case_on,
    puts_a_case_on,
    puts_a_case_on,
    sends_sheets,
    takes_an_answer,
    writes_what_was_decided,
    writes_what_was_decided,
    finishes_a_decision,
    holds_a_sitting,
    calls_a_sitting_off,
    drafts_a_plan,
    drafts_a_plan,
    agrees_to_a_plan,
    agrees_to_a_plan,
    agrees_to_a_plan,
    agrees_to_a_plan,
    agrees_to_a_plan,
    decides_on_support,
    has_it_signed,
    plans_anew,
    stops_a_plan,
    monitors,
    evaluates,
    ends_a_case,
    takes_over,
    stops_keeping_in_touch,
    opens_again,
    writes_a_note,
    writes_a_note,
    refers,
    hears_from_an_agency,
    masks,
    confirms_a_mask,
    lifts_a_mask,
    notices_a_household,
    looks_again,
    is_asked_for_support,
    acts_in_an_emergency,
    judges_a_suspicion,
    writes_what_was_heard,
    lists_what_was_heard,
    answers_what_was_heard,
    excludes_an_agency,
    strikes_something,
)


@pytest.fixture(scope="module")
def offices_worked():
    """The offices after their courses of work; the seed is the number of the course."""
    offices = [Office(seed) for seed in range(COURSES)]
    for office in offices:
        office.work(STEPS)
    yield offices
    for office in offices:
        office.store.close()


@pytest.fixture(params=range(COURSES))
def office(request, offices_worked):
    """One of the offices."""
    return offices_worked[request.param]


def history(store, *tables):
    """The changes of some tables in order, each with the record as it stood after it."""
    state = {}
    sql = "SELECT record_table, record_id, payload FROM changes ORDER BY seq"
    for table, record_id, payload in store.db.execute(sql):
        if table in tables:
            changed = {name: new for name, (_, new) in json.loads(payload).items()}
            before = state.get((table, record_id), {})
            state[table, record_id] = {**before, **changed}
            yield table, record_id, changed, state


def test_no_case_ever_stands_anywhere_without_a_day_and_a_reason(office):
    moved = [
        state[table, id_]
        for table, id_, changed, state in history(office.store, "cases")
        if "status" in changed
    ]

    assert all(row["status_on"] and row["status_reason"] for row in moved)


def consents(entries, person_id, day):
    """Whether a person consents on a day: read anew, from the rows as they then stood."""
    said = [(r["stated_on"], id_, r) for id_, r in entries if r.get("person_id") == person_id]
    entitled, left = None, None
    for stated_on, _, row in sorted(said, key=lambda entry: entry[:2]):
        if stated_on > day or row.get("struck_at"):
            continue
        if row["state"] == "given" and row["given_by"] != "family_understanding":
            entitled, left = row, scope(row)
        elif row["state"] == "refused":
            entitled = None
        elif row["state"] == "withdrawn":
            taken = set(listed(row, "withdrawn_categories")), set(listed(row, "withdrawn_agencies"))
            left = [kept - gone for kept, gone in zip(left or scope({}), taken, strict=True)]
            entitled = entitled if any(taken) and left[0] else None
            if entitled and listed(entitled, "agencies") and not left[1]:
                entitled = None
    return bool(entitled) and day <= (entitled["expires_on"] or day)


def listed(row, name):
    return json.loads(row.get(name) or "[]")


def scope(row):
    categories = listed(row, "categories") or [c.value for c in Category]
    return [set(categories), set(listed(row, "agencies"))]


def test_no_plan_is_agreed_without_a_consent_of_its_client_on_that_day(office):
    for table, id_, changed, state in history(office.store, "plans", "consents", "agenda_items"):
        row = state[table, id_]
        if table == "plans" and changed.get("state") == "agreed" and "outcome_on" in changed:
            basis = state["agenda_items", row["agenda_item_id"]]["basis"]
            assert office.store.profile.basis(basis).decides_plan
            entries = [(i, r) for (name, i), r in state.items() if name == "consents"]
            assert consents(entries, row["client_id"], row["outcome_on"])


def test_every_decision_reaches_somebody_until_it_is_done(office):
    waiting = {d.record_id for d in due_items(office.store, office.day) if d.table == "decisions"}
    kept = [d for item in office.store.find(AgendaItem) for d in item.decisions]

    assert {d.id for d in kept if d.done_on is None} == waiting


def test_the_history_replays_to_the_present_state(office):
    assert office.store.verify() == []


def test_the_balance_of_every_month_closes(office):
    month = FIRST
    while month <= office.day:
        last = next_month(month) - timedelta(days=1)
        assert indicators.balance(office.store, month, last).closes
        month = next_month(month)


def test_every_refusal_of_the_course_showed_a_way_out(office):
    assert office.refused
    assert all(p.message.strip() and p.remedy.strip() for p in office.refused)


def page(store, sitting, copy):
    made = packet(
        store, sitting.id, recipient=copy.recipient, basis=copy.basis, made_on="令和8年10月1日"
    )
    sections = (made.cover(), made.agenda(), made.items(), made.minutes(), made.control())
    return "".join(section.html for section in sections)


def boxes(entry):
    """Each filled box of the records about an item, with whose it is."""
    records = [(entry.item, None), (entry.household, None), (entry.case, None)]
    records += [(record, None) for record in (entry.intake, entry.plan) if record]
    plan = entry.plan or SupportPlan()
    records += [(row, None) for row in (*plan.goals, *plan.roles)]
    records += [(person, person) for person in entry.household.members]
    for record, person in records:
        for box in items(type(record)):
            value = getattr(record, box.name)
            if isinstance(value, str) and not is_blank(value):
                yield box, value, person


def may_hold(entry, reader):
    """The marks that the sharing question lets a reader see of an item."""
    return {
        value
        for box, value, person in boxes(entry)
        if sharing.box_withheld(reader, entry.matter, box, person) is None
    }


def let_go(entry, reader):
    """The marks of boxes heard elsewhere that stand on a paper as a fact that was released."""
    return {
        fact.fact.rpartition(": ")[2]
        for fact in entry.matter.facts
        if sharing.fact_withheld(reader, entry.matter, fact) is None
    }


def marks_of(entry):
    return {value for _, value, _ in boxes(entry) if value.startswith("印")}


def test_no_copy_holds_a_box_that_the_sharing_question_denies(office):
    for sitting in office.store.find(Conference)[-SOME:]:
        found = {b.code: gather(office.store, sitting, b) for b in bases_of(office.store, sitting)}
        for copy in copies(office.store, sitting.id):
            entries = found[copy.basis].entries
            asked = [(entry, copy.reader) for entry in entries]
            allowed = set().union(*(may_hold(*one) | let_go(*one) for one in asked))
            denied = set().union(*(marks_of(entry) for entry in entries)) - allowed
            printed = page(office.store, sitting, copy)
            assert [mark for mark in denied if mark in printed] == []


def test_no_copy_holds_a_note_that_the_sharing_question_denies(office):
    for sitting in office.store.find(Conference)[-SOME:]:
        for copy in copies(office.store, sitting.id):
            printed = page(office.store, sitting, copy)
            basis = office.store.profile.basis(copy.basis)
            for entry in gather(office.store, sitting, basis).entries:
                for note in entry.notes:
                    if sharing.note_withheld(copy.reader, entry.matter, note):
                        assert note.content not in printed


def away(store):
    """Marks that stand on no paper of a sitting: what was noticed, told, judged, reported."""
    for form in (Lead, Emergency, StatutoryReport, Referral, SupportRequest, Ending):
        for record in store.find(form):
            values = [getattr(record, box.name) for box in items(form)]
            yield from (v for v in values if isinstance(v, str) and v.startswith("印"))


def test_no_agencys_copy_holds_what_was_told_elsewhere(office):
    elsewhere = set(away(office.store))
    for sitting in office.store.find(Conference)[-SOME:]:
        for copy in copies(office.store, sitting.id)[1:]:
            printed = page(office.store, sitting, copy)
            if copy.reader is not sharing.CHAIR:
                assert [mark for mark in elsewhere if mark in printed] == []


def test_what_a_sitting_without_consent_decided_is_on_no_paper_that_needs_it(office):
    released = {f.fact for f in office.store.find(Provenance) if f.release is Release.RELEASE}
    heard = {
        row.what
        for item in office.store.find(AgendaItem, basis="confidential")
        for row in (*item.decisions, *item.directions)
    }
    for sitting in office.store.find(Conference)[-SOME:]:
        for copy in [c for c in copies(office.store, sitting.id) if c.basis == "multilayered"]:
            printed = page(office.store, sitting, copy)
            assert [what for what in heard - released if what in printed] == []


def heard_boxes(store):
    """What boxes hold that were last set from a sitting without consent."""
    for person in store.find(Person):
        told = set_by(store, Person, person.id).get("condition")
        if person.condition and told and told.basis:
            yield person.condition


def test_what_a_sitting_without_consent_told_stands_in_no_box_on_a_paper_that_needs_it(office):
    answered = office.store.find(Provenance)
    let_go = {f.fact.rpartition(": ")[2] for f in answered if f.release.may_be_printed}
    heard = set(heard_boxes(office.store)) - let_go
    for sitting in office.store.find(Conference)[-SOME:]:
        for copy in [c for c in copies(office.store, sitting.id) if c.basis == "multilayered"]:
            printed = page(office.store, sitting, copy)
            assert [told for told in heard if told in printed] == []


def test_every_verb_is_taken_sooner_or_later():
    worked = Office(COURSES)
    for _ in range(STEPS * 10):
        waiting = [verb for verb in VERBS if verb.__name__ not in worked.done]
        worked.work(1)
        worked.step(worked.chance.choice([*waiting, receives, ends_a_case, opens_again]))
        if not waiting:
            break

    assert set(worked.done) == {verb.__name__ for verb in VERBS}


def test_the_courses_come_as_far_as_agreed_plans_and_sittings_held(offices_worked):
    plans = [len(o.store.find(SupportPlan, state="agreed")) for o in offices_worked]
    held = [len(o.store.find(Conference, state=ConferenceState.HELD.value)) for o in offices_worked]

    assert sum(plans) > 0 and sum(held) > COURSES // 2
