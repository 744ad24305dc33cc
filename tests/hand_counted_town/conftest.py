"""Builds the town of ``town.txt`` through the verbs: a line a household, what happened when."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from jusou_nb import casework as do
from jusou_nb import open_store
from jusou_nb.casework import expenses, gaps, training
from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.fields import StatedAge
from jusou_nb.forms import (
    Advice,
    AgendaItem,
    Assessment,
    Attendee,
    Case,
    CaseNote,
    CommunitySupport,
    Conference,
    Consent,
    Emergency,
    Ending,
    Evaluation,
    Gathering,
    Goal,
    Host,
    Household,
    Intake,
    IssueMark,
    Lead,
    Matching,
    MatchStep,
    Outreach,
    OutreachTry,
    ParticipationMenu,
    Person,
    Place,
    Referral,
    ResourceGap,
    RoleAssignment,
    SchemeCheck,
    Shelter,
    SignSheet,
    SupportPlan,
    SupportRequest,
    Training,
    TrainingAttendance,
    Turnout,
)
from jusou_nb.forms.community import GapState, GatheringKind
from jusou_nb.forms.conference import AgendaKind
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.evaluation import Achievement, NextStep
from jusou_nb.forms.outreach import RelationStage, TryKind
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.forms.plan import DoerKind
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.forms.training import SignAnswer, TrainingKind
from jusou_nb.problems import Override
from jusou_nb.store.core import Store

HERE = Path(__file__).parent
LAST = date(2027, 3, 31)
AGENCIES = {
    "包括": "地域包括支援センター", "自立": "自立相談支援機関", "障害": "相談支援事業所",
    "子育て": "利用者支援事業", "社協": "社会福祉協議会", "社福": "社会福祉課",
    "医療": "医療機関",
}  # fmt: skip
SEXES = {"男": "male", "女": "female"}


def day_of(text):
    year, month, day = (int(part) for part in text.split("."))
    return date(2000 + year, month, day)


def hour(day):
    return datetime(day.year, day.month, day.day, 10)


def codes(text):
    return tuple(text.split(",")) if text and text != "-" else ()


class Town:
    """The store and what has happened; ``numbers`` gives a household's number by its id."""

    def __init__(self, store: Store):
        self.store, self.numbers, self.houses, self.sittings, self.hosts = store, {}, {}, {}, {}
        self.known = store.lexicon().spellings["agencies"]

    def agency(self, name):
        return self.known[AGENCIES.get(name, name)]

    def agencies(self, text):
        return tuple(self.agency(name) for name in codes(text))

    def allow(self, *rules):
        return tuple(Override(rule=r, reason="課内で協議", allowed_by="課長") for r in rules)


class Events:
    """What can stand in a line; ``t`` is the town, ``h`` the household that it is about."""

    def __init__(self, t, h):
        self.t, self.store, self.h = t, t.store, h

    def case(self):
        return self.store.load(Case, self.h.case.id)

    # --- the household

    def received(self, on, *, route=None, desk=None, at=None, fields="", issues="", **more):
        intake = Intake(received_on=on, route=route, desk_level=desk, fields=codes(fields),
                        issues=codes(issues), received_at=self.t.agency(at) if at else None,
                        **more)  # fmt: skip
        got = do.receive_intake(self.store, household=self.h.household, intake=intake)
        self.h.household, self.h.intake = got.household, got.intake
        self.h.case = got.case or self.h.case

    def strike(self, _on, what):
        record = self.h.intake if what == "intake" else self.case()
        self.store.strike(record, "誤記")

    def case_of_son(self, on):
        son = self.h.household.members[1]
        do.open_case_for(self.store, self.h.household, son.id, reason="長男を支える", on=on)

    def note(self, on, manner):
        do.write_note(self.store, self.case(), CaseNote(
            happened_at=hour(on), manner=manner, content="話を聞いた。"))  # fmt: skip

    def assessed(self, on, issues):
        marks = tuple(IssueMark(issue=issue) for issue in codes(issues))
        do.assess(self.store, self.case(), Assessment(assessed_on=on, marks=marks))

    def consent(self, on, state):
        said = Consent(state=ConsentState.of(state), stated_on=on, categories=tuple(Category),
                       agencies=tuple(sorted(set(self.t.known.values()))))  # fmt: skip
        do.record_consent(self.store, self.h.case.client_id, said)

    def withdrawn(self, on):
        do.withdraw_consent(self.store, self.h.case.client_id, Consent(
            state=ConsentState.WITHDRAWN, stated_on=on))  # fmt: skip

    def emergency(self, on):
        happened = Emergency(happened_at=hour(on), who="本人", what="行く所がない。",
                             next_check_at=hour(on + timedelta(days=1)))  # fmt: skip
        do.respond_to_emergency(self.store, happened, household=self.h.household)

    def referred(self, on, *, to, kind="referral"):
        sent = Referral(destination=self.t.agency(to), sent_on=on, ground="guidance_only",
                        kind=kind)  # fmt: skip
        self.h.referral = do.refer(self.store, self.h.intake, sent)

    def inquired(self, on, *, to):
        first, _ = self.h.referral, self.referred(on, to=to, kind="inquiry")
        self.h.referral = first

    def answer(self, on, said):
        do.answer_referral(self.store, self.h.referral, ReferralAnswer.of(said), on=on,
                           note="満員")  # fmt: skip

    def request(self, on, **who):
        asked = SupportRequest(
            requested_on=on,
            requested_by=self.t.agency(who["from"]),
            why_not_alone="分野をまたぐ",
            is_nameless=not self.h.has_client,
        )
        home = self.h.household if self.h.has_client else None
        self.h.request = do.ask_support(self.store, asked, household=home)

    def answered(self, on, said):
        got = do.hold_acceptance(self.store, self.h.request, RequestAnswer.of(said), on=on,
                                 advice="窓口を分ける。", coordinator="例示 一郎")  # fmt: skip
        self.h.case = got.case
        if got.case:
            self.h.household = self.store.load(Household, got.case.household_id)

    # --- sittings, plans, endings

    def item(self, on, basis):
        put = AgendaItem(basis=basis, question="役割の分担")
        rules = [p.rule for p in do.agenda_problems(self.store, self.t.sittings[on],
                                                    self.case(), basis)]  # fmt: skip
        self.h.item = do.put_on_agenda(self.store, self.t.sittings[on], self.case(), put,
                                       overrides=self.t.allow(*rules)).item  # fmt: skip

    def plan(self, on):
        care = self.t.agency("包括")
        self.h.plan = do.draft_plan(self.store, self.case(), SupportPlan(
            drawn_on=on, goals=(Goal(issue="暮らし", own_words="落ち着きたい"),), signed_on=on,
            roles=(RoleAssignment(what="見守り", doer=DoerKind.AGENCY, agency=care),)))  # fmt: skip

    def replan(self, on):
        self.h.plan = do.replan(self.store, self.h.plan, drawn_on=on)

    def agreed(self, on):
        self.h.plan = do.agree_plan(self.store, self.h.plan, self.h.item, on=on)[0]

    def decided(self, on):
        self.h.plan = do.decide_support(self.store, self.h.plan, today=on, decided_on=on)[0]

    def evaluated(self, on, achieved, changes):
        judged = Evaluation(evaluated_on=on, achievement=Achievement.of(achieved),
                            changes=codes(changes), next_step=NextStep.REPLAN)  # fmt: skip
        do.evaluate_plan(self.store, self.h.plan, judged)

    def _end(self, kind, on, reason, **more):
        ending = Ending(kind=kind, ended_on=on, reason=reason, explanation="話し合った。",
                        decided_at="confidential", moved_to="なし", **more)  # fmt: skip
        rules = [p.rule for p in do.ending_problems(self.store, self.case(), ending)
                 if p.rule != "ending.not_accepted"]  # fmt: skip
        self.h.ending = do.end_case(self.store, self.case(), ending,
                                    overrides=self.t.allow(*rules)).ending  # fmt: skip

    def closed(self, on, reason, *, keep=None):
        until = {"check_in_by": "例示 一郎", "check_in_until": day_of(keep)} if keep else {}
        self._end(EndingKind.CLOSURE, on, reason, **until)

    def broken(self, on, reason):
        self._end(EndingKind.SUSPENSION, on, reason)

    def handed(self, on, *, to):
        self._end(EndingKind.HANDOVER, on, "handed_over", receiving_agency=self.t.agency(to))

    def accepted(self, on):
        do.answer_handover(self.store, self.h.ending, Acceptance.ACCEPTED, on=on, by="例示 花子")

    def returned(self, on):
        do.answer_handover(self.store, self.h.ending, Acceptance.RETURNED, on=on, by="例示 花子",
                           because="人がいない")  # fmt: skip

    def finished(self, on):
        do.finish_check_in(self.store, self.h.ending, on=on, reason="落ち着いた")

    def reopened(self, on):
        do.reopen_case(self.store, self.case(), reason="また困っている", on=on)

    # --- the own programmes

    def outreach(self, on):
        begun = Outreach(found_on=on, found_through="conference", known_as="本人")
        self.h.outreach = do.begin_outreach(self.store, begun, case=self.case(), today=on).outreach

    def tried(self, on, kind, *, linked=None):
        stage = (
            {"stage": RelationStage.LINKED, "linked_to": self.t.agency(linked)} if linked else {}
        )
        made = OutreachTry(tried_at=hour(on), kind=TryKind.of(kind), content="訪ねた。", **stage)
        do.record_try(self.store, self.h.outreach, made, today=LAST)

    def scheme(self, on, result):
        said = SchemeCheck(checked_on=on, scheme="家計の相談", result=SchemeResult.of(result),
                           reason="窓口で聞いた。")  # fmt: skip
        do.check_scheme(self.store, self.case(), said)

    def menu(self, on):
        drawn = ParticipationMenu(drawn_on=on, wish="土にさわりたい")
        self.h.menu = do.draw_menu(self.store, self.case(), drawn, today=on).menu

    def match(self, on, host):
        said = Matching(host=self.t.hosts[host].id)
        self.h.match = do.propose_host(self.store, self.h.menu, said, today=on).matching

    def step(self, on, stage):
        why = {"stopped_because": "unsuitable"} if stage == "stopped" else {}
        made = MatchStep(stage=MatchStage.of(stage), reached_on=on)
        self.h.match = do.step_matching(self.store, self.h.match, made, **why).matching

    def shelter(self, on, yen):
        stay = Shelter(starts_on=on, account="hire", amount=int(yen), why_no_other="空きがない。")
        rules = ("expenses.over_budget", "expenses.no_budget", "shelter.no_scheme")
        expenses.keep_shelter(self.store, stay, case=self.case(), overrides=self.t.allow(*rules))

    def advice(self, on, yen):
        asked = Advice(
            asked_on=on,
            answered_on=on,
            expert="lawyer",
            question="家の契約のこと",
            shown="なし",
            account="honorarium",
            amount=int(yen),
            answer="続けられる。",
        )
        expenses.keep_advice(self.store, asked, case=self.case())

    # --- the town

    def sitting(self, on, *, called, came):
        met = do.convene(self.store, Conference(body="monthly", held_on=on))
        met = do.call_agencies(self.store, met, self.t.agencies(called))
        there = tuple(Attendee(agency=agency) for agency in self.t.agencies(came))
        self.t.sittings[on] = self.store.save(replace(met, attendees=there))

    def topic(self, on, *, called, came):
        self.sitting(on, called=called, came=came)
        said = AgendaItem(basis="topic", topic="研修", kind=AgendaKind.NEW)
        do.put_topic_on_agenda(self.store, self.t.sittings[on], said)

    def cancelled(self, on):
        met = do.convene(self.store, Conference(body="monthly", held_on=on))
        do.cancel_sitting(self.store, met, reason="大雨")

    def sign(self, on, *, answer=None, **who):
        sent = SignSheet(sent_on=on, sent_by=self.t.agency(who["from"]), noticed="滞納が続く。")
        kept = training.receive_sign(self.store, sent, on=on).record
        if answer:
            training.answer_sign(
                self.store, kept, SignAnswer.of(answer), on=on, text="様子を見る。"
            )

    def lead(self, on):
        do.notice_lead(self.store, Lead(noticed_on=on, seen="雨戸が閉まったまま"))

    def gap(self, on, field, *, filled=None, declined=None):
        kept = gaps.raise_gap(
            self.store, ResourceGap(raised_on=on, what="通える場", field=field)
        ).gap
        for end, state in ((filled, GapState.FILLED), (declined, GapState.DECLINED)):
            if end:
                gaps.settle_gap(self.store, kept, state, on=day_of(end), became="決まった。")

    def host(self, on, name, state="ready"):
        said = Host(name=name, capacity=2, state=HostState.of(state))
        self.t.hosts[name] = do.keep_host(self.store, said, today=on).host

    def place(self, on, name, *, closed=None):
        kept = Place(name=name, opened_on=on, closed_on=day_of(closed) if closed else None)
        do.keep_place(self.store, kept)

    def gathering(self, on, kind, *, helpers=None, **came):
        with_whom = self.t.agencies(came.pop("with"))
        rows = tuple(Turnout(band=band, count=int(n)) for band, n in came.items())
        held = Gathering(name="集まり", held_on=on, kind=GatheringKind.of(kind), turnouts=rows,
                         helpers=int(helpers) if helpers else None, agencies=with_whom)  # fmt: skip
        do.hold_gathering(self.store, held, today=LAST)

    def support(self, on, kind):
        do.support_community(self.store, CommunitySupport(supported_on=on, kind=kind))

    def training(self, on, kind, **came):
        rows = tuple(TrainingAttendance(agency=self.t.agency(who), count=int(n))
                     for who, n in came.items())  # fmt: skip
        held = Training(name="つなぎ方", kind=TrainingKind.of(kind), held_on=on, attendances=rows)
        training.keep_training(self.store, held)


def age_of(words):
    """Read ``1945-06-01``, ``80代``, ``推定45``, ``不明`` or nothing of an age."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return {"birth": PartialDate.from_iso(words)}
    manners = (("代", "decade"), ("推定", "about"), ("不明", "unknown"))
    manner = next((manner for sign, manner in manners if sign in words), None)
    years = re.sub(r"\D", "", words)
    said = StatedAge(manner, int(years) if years else None) if manner else None
    return {"stated_age": said}


def household_of(words):
    """Read ``女 1948-12-12 息子 1975-05-05``: the client, and a son where there is one."""
    said = words.split()
    client = Person(name="架空 本人", sex=SEXES[said[0]], **age_of(said[1]))
    sons = (Person(name="架空 長男", relation="長男", **age_of(said[3])),) if said[2:] else ()
    return Household(members=(client, *sons))


def happen(town, house, text):
    """Let one event of a line happen: its day, what it is, its words and boxes."""
    when, what, *rest = text.split()
    words = [word for word in rest if "=" not in word]
    boxes = dict(word.split("=", 1) for word in rest if "=" in word)
    getattr(Events(town, house), what)(day_of(when), *words, **boxes)


def lines():
    """Read the lines of the town: number, who, and what happened in its order."""
    text = re.sub(r"\n +", " ", (HERE / "town.txt").read_text(encoding="utf-8"))
    for line in text.splitlines():
        if line and not line.startswith("#"):
            number, *who, events = (part.strip() for part in line.split("|"))
            yield number, "".join(who), [event.strip() for event in events.split(";")]


@pytest.fixture(scope="session")
def town():
    """The hand-counted town at the end of its second 年度."""
    moments = iter(range(1_000_000))
    clock = lambda: datetime(2027, 4, 1, 9) + timedelta(seconds=next(moments))  # noqa: E731
    with open_store("", account="tantou", clock=clock) as store:
        yield built(Town(store))


def built(town):
    for number, who, events in lines():
        has_client = who not in ("", "-")
        household = household_of(who) if has_client else None
        house = SimpleNamespace(household=household, case=None, has_client=has_client)
        for event in events:
            happen(town, house, event)
        town.houses[number] = house
        if house.household and house.household.id:
            town.numbers[house.household.id] = number
    return town
