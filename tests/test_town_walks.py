"""One household's long way in each of the five towns, told as it happens there.

From a man without a name whom the town's own adviser meets in the street, through refusal,
two sittings without his consent, his consent, a plan, people who go to him, a place that
takes him in, a change of workers in April, a second plan, the handover, keeping in touch,
to his coming back.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from jusou_nb import casework, open_store
from jusou_nb.casework.agenda import roster
from jusou_nb.casework.sample_calendar import TownClock
from jusou_nb.casework.successions import hand_over_work, preview_succession
from jusou_nb.choices import Category
from jusou_nb.dates import wareki
from jusou_nb.documents.packet import copies, packet
from jusou_nb.documents.sheet import sheet
from jusou_nb.errors import NotAllowed
from jusou_nb.fields import Ref, StatedAge
from jusou_nb.forms import (
    Agency,
    AgendaItem,
    Attendee,
    Case,
    CaseNote,
    Conference,
    Consent,
    Decision,
    Ending,
    Evaluation,
    Goal,
    Host,
    HostContact,
    Household,
    Intake,
    Lead,
    Matching,
    MatchStep,
    Monitoring,
    Outreach,
    OutreachTry,
    ParticipationMenu,
    Person,
    RoleAssignment,
    Scheme,
    SchemeCheck,
    Succession,
    SupportPlan,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.evaluation import Achievement, NextStep
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.monitoring import Progress
from jusou_nb.forms.outreach import OutreachEnd, RelationStage, TryKind
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.store.due import due_items
from jusou_nb.store.figures import FIGURES, figures

TOWNS = ("nagareyama", "project_team", "project_team_city_hall", "shikaoi", "awara")
ADVISERS = {
    "nagareyama": "地域なんでも相談員",
    "project_team": "お困りごと相談員",
    "project_team_city_hall": "お困りごと相談員",
    "shikaoi": "相談の担当（福祉係）",
    "awara": "福祉まるごと相談室",
}
PLAN_BASIS = {"awara": "支援調整会議"}
UNKNOWN, NAME = "氏名不明（駅前の帽子の男性）", "例示　一郎"
OLD, NEW, DEPUTY = "見本　担当", "架空　後任", "例示　副担当"
MET, RECEIVED = date(2026, 6, 3), date(2026, 6, 24)
FIRST, SECOND = date(2026, 7, 16), date(2026, 8, 20)
AGREED, PLANNED = date(2026, 9, 1), date(2026, 9, 17)
APRIL, REPLANNED = date(2027, 4, 1), date(2027, 4, 15)
HANDED, RETURNED = date(2027, 9, 16), date(2027, 12, 6)


class Walk:
    """A town on its days: its store, its own names, and what the household has so far."""

    def __init__(self, name, store, clock):
        self.name, self.store, self.clock = name, store, clock
        self.town = store.profile
        kinds = {}
        for agency in store.find(Agency):
            kinds.setdefault(agency.kind, agency)
        self.kinds = kinds
        self.sofar = SimpleNamespace()

    def on(self, day):
        """Turn to a day, and give it."""
        self.clock.turn_to(day)
        return day

    def ref(self, kind):
        return Ref(self.kinds[kind].id)

    @property
    def case(self):
        return self.store.load(Case, self.sofar.case_id)

    def due(self, day):
        """The kinds of what waits about the household on a day."""
        mine = due_items(self.store, day, until=day)
        return {one.kind for one in mine if one.case_id == self.sofar.case_id}

    def sit(self, day, basis, *, called, plan=None, **said):
        """Convene, put on, print, hold and write down one sitting of the town's own body."""
        self.on(day)
        planned = casework.convene(self.store, Conference(body="monthly", held_on=day))
        sitting = casework.call_agencies(self.store, planned, roster(self.store, planned))
        asked = AgendaItem(basis=basis, question="役割の分担", called=called, text_reviewed_on=day)
        item = casework.put_on_agenda(self.store, sitting, self.case, asked).item
        self.check_papers(sitting, basis, called)
        came = tuple(
            Attendee(agency=one, name="出席　係員", confidentiality_explained_on=day)
            for one in called
        )
        casework.hold_sitting(self.store, sitting, today=day, attendees=came)
        item = self.store.load(AgendaItem, item.id)
        item = casework.record_result(self.store, replace(item, **said))
        self.check_papers(sitting, basis, called)
        for number, decision in enumerate(item.decisions, start=1):
            done = self.on(day + timedelta(days=7 * number))
            item = casework.finish_decision(self.store, decision, on=done, progress="実施した。")
        if plan is not None:
            return casework.agree_plan(self.store, plan, item, on=day)[0]
        return item

    def decide(self, plan, day):
        """The town decides what the sitting agreed to."""
        casework.decide_support(self.store, plan, today=self.on(day), decided_by="課長",
                                drafted_on=day, decided_on=day, starts_on=day)  # fmt: skip

    def look_at(self, plan, day, progress, next_on):
        """Monitor a plan on its day, each role alike; who had it due has it no more."""
        assert "monitorings" in self.due(self.on(day))
        seen = casework.monitoring_sheet(plan)
        rows = tuple(replace(row, progress=progress) for row in seen.roles)
        told = replace(seen, held_on=day, client_voice="眠れる。", change="通院を始めた。",
                       needs_replan=False, next_on=next_on, roles=rows)  # fmt: skip
        casework.monitor_plan(self.store, plan, told)
        assert "monitorings" not in self.due(day)

    def check_papers(self, sitting, basis, called):
        """Every copy carries this town's names, and no other town's."""
        label = self.town.basis(basis).label
        for copy in copies(self.store, sitting.id):
            made = packet(self.store, sitting.id, recipient=copy.recipient, basis=copy.basis,
                          made_on=wareki(sitting.held_on))  # fmt: skip
            parts = (made.cover(), made.agenda(), made.items(), made.minutes(), made.control())
            page = "".join(part.html for part in parts)
            assert self.town.municipality in page and label in page
            self.check_names(page)
            assert copy.recipient == "chair" or NAME not in page
        wanted = {"chair", *(f"agency-{one}" for one in called)}
        assert {copy.recipient for copy in copies(self.store, sitting.id)} >= wanted - {"chair"}

    def check_names(self, page):
        """No paper speaks with the words of another of the five towns."""
        others = {"流山市", "鹿追町", "あわら市"} - {self.town.municipality}
        if self.town.municipality != "見本市":
            others.add("見本市")
        if self.name != "awara":
            others |= {"福祉まるごと相談室", "支援調整会議"}
        assert [word for word in others if word in page] == []

    def print_sheet(self, record):
        page = sheet(self.store, record.table, record.id, made_on="令和9年4月1日").html
        assert f"{self.town.municipality}様式" in page
        assert self.town.office in page
        self.check_names(page)
        return page


@pytest.fixture
def walk(request):
    clock = TownClock(MET)
    with open_store("", profile=request.param, account="tantou", clock=clock) as store:
        yield Walk(request.param, store, clock)


def at(day):
    return datetime.combine(day, time(10))


def meet_in_the_street(walk):
    """The town's adviser notices a man; nobody knows his name, and he is reached out to."""
    store, day = walk.store, walk.on(MET)
    adviser = walk.kinds["community_adviser"]
    assert adviser.name == ADVISERS[walk.name]
    lead = casework.notice_lead(
        store,
        Lead(noticed_on=day, place="駅前の広場", seen="昼も夜もベンチにいる。せきをしている。",
             source="売店の人が心配していた", brought_by=Ref(adviser.id)),
    )  # fmt: skip
    sheet_ = Outreach(known_as=UNKNOWN, found_through="street", worker=OLD, two_needed=True,
                      contractor=walk.ref("outreach_contractor"))  # fmt: skip
    begun = casework.begin_outreach(store, sheet_, lead=lead, today=day).outreach
    assert begun.lead_id == lead.id and begun.stage is RelationStage.UNKNOWN
    for day, kind in ((date(2026, 6, 5), TryKind.NOBODY), (date(2026, 6, 9), TryKind.MET)):
        told = OutreachTry(
            tried_at=at(walk.on(day)), kind=kind, workers=OLD, content="声をかけた。"
        )
        begun = casework.record_try(store, begun, told, today=day).outreach
    assert begun.first_met_on == date(2026, 6, 9)
    walk.sofar.lead, walk.sofar.outreach = lead, begun


def receive_a_refusal(walk):
    """He wants nothing; without his consent it goes on, towards a sitting that needs none."""
    store, day = walk.store, walk.on(RECEIVED)
    man = Person(relation="本人", name=UNKNOWN, sex="male", stated_age=StatedAge("about", 50),
                 age_stated_on=day)  # fmt: skip
    intake = Intake(
        received_on=day, received_at=walk.ref("community_adviser"), received_by=OLD,
        route="outreach", fields=("housing",), issues=("homeless", "untreated", "refusal"),
        presenting_problem="駅前で寝泊まりし、せきが続く。", screening="no_consent_yet",
        client_awareness="refused", no_consent_reason="「放っておいてくれ」と言う。",
        urgency="month", desk_level="first",
    )  # fmt: skip
    page = casework.LeadSheet(household=Household(size=1, members=(man,)), intake=intake)
    done = casework.review_lead(
        store, walk.sofar.lead, LeadOutcome.RECEIVED, on=day, sheet=page
    ).received
    walk.sofar.case_id, walk.sofar.intake = done.case.id, done.intake
    walk.sofar.person_id = done.household.members[0].id
    outreach = store.load(Outreach, walk.sofar.outreach.id)
    assert (outreach.case_id, outreach.client_id) == (done.case.id, walk.sofar.person_id)
    page = walk.print_sheet(done.intake)
    assert walk.town.codes("desk_level").by_code["first"].label in page
    assert "売店" not in page


def sit_twice_without_consent(walk):
    """Two sittings share what they know under secrecy, and decide no plan."""
    called = (walk.ref("outreach_contractor"), walk.ref("self_reliance"))
    for day in (FIRST, SECOND):
        due = date(day.year, day.month, 28)
        step = Decision(what="週に一度、声をかける", agency=called[0], due_on=due)
        item = walk.sit(day, "confidential", called=called, decisions=(step,))
        assert item.decisions[0].done_on is not None
    assert walk.case.status is CaseStatus.CONFERENCE
    plan = casework.draft_plan(walk.store, walk.case, plan_of(walk, SECOND))
    with pytest.raises(NotAllowed):
        casework.agree_plan(walk.store, plan, item, on=SECOND)
    walk.sofar.plan = plan


def plan_of(walk, day):
    doers = (("outreach_contractor", "outreach", "週に一度、会いに行く"),
             ("participation_contractor", "participation", "体を動かせる場所を探す"),
             ("self_reliance", "multi_agency", "住まいと生活費の相談を受ける"))  # fmt: skip
    roles = tuple(
        RoleAssignment(what=what, doer=DoerKind.AGENCY, agency=walk.ref(kind), programme=programme,
                       is_lead=kind == "self_reliance", due_on=date(2026, 12, 20))
        for kind, programme, what in doers
    )  # fmt: skip
    return SupportPlan(
        drawn_on=day, author=OLD, lead_agency=walk.ref("self_reliance"),
        client_wish="屋根のあるところで眠りたい。", plan_goal="冬の前に部屋が決まる。",
        several_because="体、住まい、お金の困りごとが重なる。", starts_on=PLANNED,
        ends_on=date(2027, 8, 31), next_monitoring_on=date(2026, 10, 20),
        goals=(Goal(issue="住まいがない", aim="部屋が決まる"),), roles=roles,
    )  # fmt: skip


def win_his_consent(walk):
    """He says his name, and agrees; from then on his case may be shared as he said."""
    store, day = walk.store, walk.on(AGREED)
    told = OutreachTry(tried_at=at(day), kind=TryKind.MET, workers=OLD,
                       stage=RelationStage.AGREED, content="名前を話してくれた。")  # fmt: skip
    outreach = store.load(Outreach, walk.sofar.outreach.id)
    casework.record_try(store, outreach, told, today=day)
    home = store.load(Household, walk.case.household_id)
    told_us = replace(home.members[0], name=NAME, kana="レイジ　イチロウ")
    home = casework.save_household(store, replace(home, members=(told_us,)), on=day)
    person = home.members[0]
    known = casework.become_known(store, outreach, household=home, person_id=person.id)
    assert (person.name, known.agreed_on) == (NAME, day)
    sharing = tuple(Ref(one.id) for one in walk.kinds.values())
    casework.record_consent(store, person.id, Consent(
        state=ConsentState.GIVEN, stated_on=day, manner=ConsentManner.WRITTEN, given_by="client",
        explained_by=OLD, categories=tuple(Category), agencies=sharing))  # fmt: skip


def check_what_there_is(walk):
    """The register proposes what fits; what was tried is noted without typing it again."""
    store, day = walk.store, walk.on(date(2026, 9, 7))
    scheme = Scheme(name="住居確保給付金", agency=walk.ref("self_reliance"), fields=("housing",),
                    issues=("homeless", "unstable_housing"))  # fmt: skip
    casework.register_scheme(store, scheme, today=day)
    (fitting,) = casework.matching_schemes(store, walk.case)
    label = walk.town.codes("issue").by_code["homeless"].label
    assert f"課題「{label}」に合う" in fitting.reasons
    check = casework.check_of_scheme(fitting.scheme, on=day)
    why = "離職から2年を過ぎている。"
    tried = replace(check, result=SchemeResult.NOT_ELIGIBLE, reason=why)
    casework.check_scheme(store, walk.case, tried)
    (kept,) = store.find(SchemeCheck, case_id=walk.case.id)
    assert (kept.scheme, kept.agency) == ("住居確保給付金", walk.ref("self_reliance"))
    assert casework.scheme_problems(store, walk.sofar.plan) == []


def agree_on_a_plan(walk):
    """The sitting that the town calls by its own name agrees to the plan; the town decides."""
    store = walk.store
    assert walk.town.basis("multilayered").label == PLAN_BASIS.get(walk.name, "重層的支援会議")
    walk.on(date(2026, 9, 10))
    plan = casework.sign_plan(store, walk.sofar.plan, signed_on=date(2026, 9, 10))
    called = (walk.ref("outreach_contractor"), walk.ref("self_reliance"),
              walk.ref("participation_contractor"))  # fmt: skip
    step = Decision(what="部屋を一緒に見に行く", agency=called[1], due_on=date(2026, 9, 30))
    plan = walk.sit(PLANNED, "multilayered", called=called, plan=plan, decisions=(step,))
    assert plan.state is PlanState.AGREED
    walk.decide(plan, date(2026, 9, 28))
    assert walk.case.status is CaseStatus.SUPPORT
    store.save(replace(walk.case, coordinator=OLD, deputy=DEPUTY))
    walk.sofar.plan = plan
    assert NAME in walk.print_sheet(store.load(SupportPlan, plan.id))


def take_part(walk):
    """A place that needs hands takes him in; only what he wishes is told there."""
    store, day = walk.store, walk.on(date(2026, 10, 5))
    host = Host(name="架空農園", kind="farm", agency=walk.ref("participation_contractor"),
                activities=("farming",), days=("mon",), accepts=("quiet",), capacity=1,
                state=HostState.APPROACHED)  # fmt: skip
    host = casework.keep_host(store, host, today=day).host
    said = HostContact(contacted_on=day, purpose="develop", worker=OLD, content="受けるという。")
    host = casework.contact_host(store, host, said, becomes=HostState.READY).host
    wished = ParticipationMenu(
        worker=OLD,
        wish="外で体を動かしたい。",
        activities=("farming",),
        days=("mon",),
        limits=("quiet",),
        menu="月曜の午前の収穫",
    )
    menu = casework.draw_menu(store, walk.case, wished, today=day).menu
    (found,) = casework.suggest_hosts(store, menu)
    why = "、".join(found.reasons)
    told = (Category.ISSUES,)
    proposal = Matching(host=Ref(found.host_id), chosen_because=why, worker=OLD, told_host=told)
    match = casework.propose_host(store, menu, proposal, today=day).matching
    days = ((12, MatchStage.TOUR), (19, MatchStage.TRIAL), (26, MatchStage.JOINED))
    for number, stage in days:
        step = MatchStep(stage=stage, reached_on=walk.on(date(2026, 10, number)),
                         client_voice="土は嫌いじゃない。", host_voice="助かる。")  # fmt: skip
        match = casework.step_matching(store, match, step).matching
    day = walk.on(date(2027, 1, 27))
    step = MatchStep(stage=MatchStage.SETTLED_3, reached_on=day, client_voice="来週も来る。")
    walk.sofar.match = casework.step_matching(store, match, step).matching
    assert walk.sofar.match.stage is MatchStage.SETTLED_3


def watch_over_the_plan(walk):
    """The plan is looked at on its day, and judged: it needs a second one."""
    store = walk.store
    walk.look_at(walk.sofar.plan, date(2026, 10, 20), Progress.ON_TRACK, date(2027, 4, 20))
    day = walk.on(date(2027, 3, 10))
    judged = Evaluation(evaluated_on=day, author=OLD, achievement=Achievement.MOSTLY,
                        achievement_note="部屋が決まった。", changes=("housing",),
                        remaining="金曜から先の食べもの", next_step=NextStep.REPLAN)  # fmt: skip
    casework.evaluate_plan(store, walk.sofar.plan, judged)
    assert len(store.find(Monitoring, case_id=walk.case.id)) == 1


def change_hands_in_april(walk):
    """The worker moves on; all at once another has the case, and he is not asked twice."""
    store, day = walk.store, walk.on(APRIL)
    sheet_ = Succession(leaving=OLD, taking=NEW, handed_on=day, reason="人事異動")
    shown = preview_succession(store, sheet_)
    assert shown.cases == 1
    done = hand_over_work(store, sheet_).succession
    assert (walk.case.coordinator, walk.case.deputy) == (NEW, DEPUTY)
    assert store.load(Outreach, walk.sofar.outreach.id).worker == NEW
    assert done.cases == 1
    assert walk.store.load(SupportPlan, walk.sofar.plan.id).author == OLD


def plan_again(walk):
    """The second plan carries over what stands, and supersedes the first when agreed."""
    store = walk.store
    first = store.load(SupportPlan, walk.sofar.plan.id)
    plan = casework.replan(store, first, drawn_on=walk.on(date(2027, 4, 8)))
    assert [role.what for role in plan.roles] == [role.what for role in first.roles]
    plan = store.save(replace(plan, author=NEW, starts_on=REPLANNED, ends_on=date(2028, 3, 31),
                              next_monitoring_on=date(2027, 7, 15)))  # fmt: skip
    plan = casework.sign_plan(store, plan, signed_on=date(2027, 4, 9))
    called = (walk.ref("outreach_contractor"), walk.ref("self_reliance"),
              walk.ref("participation_contractor"))  # fmt: skip
    agreed = walk.sit(REPLANNED, "multilayered", called=called, plan=plan,
                      decisions=(Decision(what="食料を届ける", agency=called[1],
                                          due_on=date(2027, 4, 30)),))  # fmt: skip
    assert agreed.state is PlanState.AGREED
    assert store.load(SupportPlan, first.id).state is PlanState.SUPERSEDED
    walk.decide(agreed, date(2027, 4, 26))
    step = MatchStep(stage=MatchStage.SETTLED_6, reached_on=walk.on(date(2027, 4, 27)))
    casework.step_matching(store, walk.sofar.match, step)
    walk.look_at(agreed, date(2027, 7, 15), Progress.DONE, date(2027, 12, 20))


def end_the_outreach(walk):
    """He is linked to an agency and it holds: nobody needs to go after him any more."""
    store, day = walk.store, walk.on(date(2027, 7, 1))
    outreach = store.load(Outreach, walk.sofar.outreach.id)
    linked = OutreachTry(tried_at=at(day), kind=TryKind.ACCOMPANIED, workers=NEW,
                         stage=RelationStage.LINKED, linked_to=walk.ref("self_reliance"),
                         content="窓口に一緒に行った。")  # fmt: skip
    outreach = casework.record_try(store, outreach, linked, today=day).outreach
    day = walk.on(date(2027, 8, 31))
    ended = casework.end_outreach(store, outreach, OutreachEnd.LINKED_STABLE, on=day,
                                  note="毎週、自分から窓口に来る。").outreach  # fmt: skip
    assert (ended.linked_on, ended.ended_on) == (date(2027, 7, 1), day)


def hand_him_on(walk):
    """The 主担当機関 takes over by name; until then the case stays where it was."""
    store = walk.store
    called = (walk.ref("outreach_contractor"), walk.ref("self_reliance"))
    step = Decision(what="主担当を移す", agency=called[1], due_on=HANDED)
    walk.sit(HANDED, "multilayered", called=called, decisions=(step,))
    ending = Ending(
        kind=EndingKind.HANDOVER, ended_on=HANDED, reason="handed_over",
        explanation="役割分担が整い、主担当機関の見守りに移る。", decided_at="multilayered",
        receiving_agency=called[1], acceptance_due=HANDED, check_in_by=NEW,
        check_in_every="月1回、電話", check_in_until=date(2028, 3, 31),
    )  # fmt: skip
    waits = casework.end_case(store, walk.case, ending)
    assert walk.case.status is CaseStatus.SUPPORT
    assert "handovers" in walk.due(HANDED)
    day = walk.on(date(2027, 9, 24))
    casework.answer_handover(store, waits.ending, Acceptance.ACCEPTED, on=day, by="受入　主任")
    assert walk.case.status is CaseStatus.CHECK_IN
    assert walk.due(date(2027, 10, 1)) == set()


def keep_in_touch(walk):
    """解決してもしなくても、つながり続ける: a call every month, on the list when it is late."""
    late = date(2028, 1, 20)
    assert "check_ins" in walk.due(late)
    day = walk.on(date(2027, 10, 25))
    called = CaseNote(happened_at=at(day), manner="telephone", counterpart="本人", author=NEW,
                      content="元気にしている。農園に通っている。")  # fmt: skip
    casework.write_note(walk.store, walk.case, called)
    assert "check_ins" not in walk.due(date(2027, 11, 20))


def come_back(walk):
    """He is ill and rings the worker; the same case runs again with all that was."""
    day = walk.on(RETURNED)
    before = walk.case
    again = casework.reopen_case(
        walk.store, before, reason="本人から電話。仕事を休んでいる。", on=day
    )
    assert again.id == before.id and again.status.is_open
    assert again.coordinator == NEW
    page = walk.print_sheet(walk.store.load(Household, again.household_id))
    assert NAME in page and UNKNOWN not in page


BY_HAND = (
    "intakes", "second_desk", "plans_agreed", "rounds", "outreach_persons", "persons_met",
    "persons_linked", "participants", "settled", "hosts_found", "places", "turnouts",
    "from_gatherings", "community_supports", "gaps", "trained", "signs", "in_touch", "stuck",
)  # fmt: skip


def count_the_years(walk):
    """One man's two years, counted by hand and by the figures that towns look at."""
    this, next_ = (
        {code: FIGURES[code](walk.store, date(year, 4, 1), date(year + 1, 3, 31))
         for code in BY_HAND} for year in (2026, 2027)
    )  # fmt: skip
    assert {code: n for code, n in this.items() if n} == {
        "intakes": 1, "plans_agreed": 1, "outreach_persons": 1, "persons_met": 1, "hosts_found": 1,
        "participants": 1, "settled": 1,
    }  # fmt: skip
    assert (next_["plans_agreed"], next_["settled"], next_["persons_linked"]) == (1, 1, 1)
    assert (next_["intakes"], next_["hosts_found"], next_["in_touch"]) == (0, 0, 0)
    assert [figure.code for figure in figures(walk.store, APRIL, RETURNED)] == [
        row.code for row in walk.town.indicators
    ]


@pytest.mark.parametrize("walk", TOWNS, indirect=True)
def test_a_man_met_in_the_street_is_walked_with_all_the_way_and_back_again(walk):
    for chapter in (
        meet_in_the_street, receive_a_refusal, sit_twice_without_consent, win_his_consent,
        check_what_there_is, agree_on_a_plan, take_part, watch_over_the_plan,
        change_hands_in_april, plan_again, end_the_outreach, hand_him_on, keep_in_touch, come_back,
        count_the_years,
    ):  # fmt: skip
        chapter(walk)

    assert walk.store.verify() == []
    told = [note.content for note in walk.store.find(CaseNote, case_id=walk.case.id)]
    assert "名前を話してくれた。" in "".join(told)
