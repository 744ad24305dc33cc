"""What the town's office has just begun and not finished, so that 期限 shows each kind of wait.

Everything here happens on the town's last day, by the verbs, on records that are there; where
the town has no such record (it is small, or its profile other) the step is left out.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

from jusou_nb.casework.agenda import record_result
from jusou_nb.casework.assessment_sheet import assessment_sheet
from jusou_nb.casework.assessments import assess
from jusou_nb.casework.consents import withdraw_consent
from jusou_nb.casework.masking import ask_unmask
from jusou_nb.casework.monitoring import monitor_plan, monitoring_sheet
from jusou_nb.casework.office import assign_role
from jusou_nb.casework.outreach import record_try
from jusou_nb.casework.provenance import transition_list
from jusou_nb.casework.reports import record_report
from jusou_nb.casework.requests import ask_support
from jusou_nb.casework.sample_beginnings import (
    ask_before_next_sitting,
    ask_expert,
    give_shelter,
    report_at_once,
)
from jusou_nb.casework.sample_named import NAMED
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_participation import take_part
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sample_stories import one
from jusou_nb.casework.training import receive_sign
from jusou_nb.casework.visits import plan_visit
from jusou_nb.forms import (
    AgendaItem,
    Case,
    CaseNote,
    Consent,
    Household,
    IssueMark,
    Outreach,
    OutreachTry,
    Provenance,
    SignSheet,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
    Visit,
    WorkerRole,
)
from jusou_nb.forms.conference import AgendaKind
from jusou_nb.forms.consent import ConsentManner
from jusou_nb.forms.monitoring import Progress
from jusou_nb.forms.outreach import TryKind
from jusou_nb.forms.plan import DoerKind, PlanState

_TEN, _HOUR, _LEFT = time(10), timedelta(hours=1), timedelta(days=400)
_ON_THE_WAY = (195, 100, 42)
"""How many days ago somebody was thought of for a host: settled for three months, taking part
since, and on the way there."""
_PREDECESSOR = "仮名　前任"


def beginnings(place: Place) -> tuple[Course[None], ...]:
    """Give the courses of what is under way on the last day."""
    on_the_way = (take_part(place, begins=place.today - days * DAY) for days in _ON_THE_WAY)
    return (*on_the_way, leave_waiting(place))


def leave_waiting(place: Place) -> Course[None]:
    """On the last day, begin one thing of each kind that waits for somebody."""
    yield place.today
    for begin in _BEGINNINGS:
        begin(place)


def _running(place: Place) -> list[Case]:
    """The running cases of the households that chance made, in the order of their numbers."""
    named = {place.households[n] for n in range(len(NAMED)) if n in place.households}
    cases = place.store.find(Case)
    return [c for c in cases if c.status and c.status.is_open and c.household_id not in named]


def _plans(place: Place) -> list[SupportPlan]:
    """The plans in force of those cases, whose clients are not masked."""
    running = {case.id for case in _running(place)}
    agreed = place.store.find(SupportPlan, state=PlanState.AGREED.value)
    last = {plan.case_id: plan for plan in agreed if plan.case_id in running}
    return [p for p in last.values() if _is_last(place, p)]


def _is_last(place: Place, plan: SupportPlan) -> bool:
    return place.store.find(SupportPlan, case_id=plan.case_id)[-1].id == plan.id


def _be_asked(place: Place) -> None:
    asked = SupportRequest(
        requested_on=place.day,
        requested_by=place.agency("障害者支援課"),
        is_nameless=True,
        outline="三十代の人。窓口が決まらないまま、半年がたった。",
        why_not_alone="住まいとお金のことが重なっている。",
    )
    ask_support(place.store, asked)


def _receive_sign(place: Place) -> None:
    seen = SignSheet(
        sent_on=place.day,
        sent_by=place.agency("水道課"),
        noticed="検針のとき、庭に倒れた物がそのままになっている。",
    )
    receive_sign(place.store, seen, on=place.day)


def _promise(place: Place) -> None:
    """Promise somebody without a case to come back, and plan the visit."""
    running = [o for o in place.store.find(Outreach) if o.case_id is None and not o.ended_on]
    for outreach in running[:1]:
        at = datetime.combine(place.day, _TEN)
        promised = OutreachTry(
            tried_at=at, kind=TryKind.MET, workers=STAFF[0], content="靴を見に行く約束をした。",
            next_action="靴の店にいっしょに行く", next_due=place.day + 7 * DAY,
        )  # fmt: skip
        record_try(place.store, outreach, promised, today=place.day)
        then = at + DAY
        going = Visit(planned_at=then, back_by=then + _HOUR, worker=STAFF[0], companion=STAFF[1])
        plan_visit(place.store, going, outreach=outreach)


def _note_what_lacks(place: Place) -> None:
    """Note of the last item that was heard what was missing; nobody has listed it yet."""
    heard = [i for i in place.store.find(AgendaItem) if i.discussion and not i.missing_resources]
    for item in [i for i in heard if i.kind is not AgendaKind.AFTER_THE_FACT][-1:]:
        record_result(place.store, replace(item, missing_resources="休日に開いている相談先"))


def _tick_abuse(place: Place) -> None:
    """Find abuse while assessing; the sheet of the intake did not know of it."""
    assessed = [
        c
        for c in _running(place)
        if place.store.find(StatutoryReport, household_id=c.household_id) == []
    ]
    for case in assessed[:1]:
        sheet = assessment_sheet(place.store, case, on=place.day)
        found = IssueMark(issue=one(place.profile, "issue", "elder_abuse"))
        assess(place.store, case, replace(sheet, author=STAFF[0], marks=(*sheet.marks, found)))


def _judge_later(place: Place) -> None:
    """Open the record of a 通報・通告; the chief has not judged yet."""
    for case in _running(place)[1:2]:
        noticed = datetime.combine(place.day, _TEN)
        report = StatutoryReport(
            suspicion=one(place.profile, "suspicion", "elder"), noticed_at=noticed
        )
        household = place.store.load(Household, case.household_id or 0)
        record_report(place.store, report, household=household)


def _ask_to_unmask(place: Place) -> None:
    named = {place.households[n] for n in range(len(NAMED)) if n in place.households}
    homes = [home for home in place.store.find(Household) if home.id not in named]
    masked = [p for home in homes for p in home.members if p.is_masked and p.mask_confirmed_on]
    for person in masked[-1:]:
        because = "相手方が遠くへ移り、本人が解除を望んだ"
        ask_unmask(place.store, person.id or 0, because=because, on=place.day, by=STAFF[0])


def _see_that_it_changed(place: Place) -> None:
    """Monitor a plan and find that it has to be made anew."""
    for plan in _plans(place)[:1]:
        sheet = monitoring_sheet(plan)
        rows = tuple(replace(row, progress=Progress.LATE) for row in sheet.roles)
        seen = replace(sheet, held_on=place.day, change="家族が入院した。", needs_replan=True)
        manner = one(place.profile, "contact_manner", "visit")
        monitor_plan(place.store, plan, replace(seen, manner=manner, roles=rows))


def _withdraw_from_one(place: Place) -> None:
    """Take one agency of a plan out of the consent; whether its part goes on is not asked yet."""
    for plan in _plans(place)[1:2]:
        doers = [r.agency for r in plan.roles if r.doer is DoerKind.AGENCY and r.agency]
        entry = Consent(
            stated_on=place.day,
            manner=ConsentManner.WRITTEN,
            withdrawn_agencies=tuple(doers[-1:]),
            words="ここにはもう知らせないでほしい。",
        )
        withdraw_consent(place.store, plan.client_id or 0, entry)


def _begin_to_ask(place: Place) -> None:
    """Make the 移行の一覧 of a case; no agency has answered yet what may be told."""
    for case in _running(place):
        heard = [
            n
            for n in place.store.find(CaseNote, case_id=case.id)
            if n.learnt_on_basis == place.confidential
        ]
        if heard and not place.store.find(Provenance, case_id=case.id):
            transition_list(place.store, case)
            return


def _leave_office(place: Place) -> None:
    """Let a worker's role end while a case still names them."""
    for case in _running(place)[2:3]:
        place.store.save(replace(case, coordinator=_PREDECESSOR))
        role = one(place.profile, "worker_role", "coordinator")
        until = place.day - DAY
        left = WorkerRole(worker=_PREDECESSOR, role=role, since=until - _LEFT, until=until)
        assign_role(place.store, left)


_BEGINNINGS: tuple[Callable[[Place], None], ...] = (
    _be_asked,
    _receive_sign,
    _promise,
    _note_what_lacks,
    _tick_abuse,
    _judge_later,
    _ask_to_unmask,
    _see_that_it_changed,
    _withdraw_from_one,
    _begin_to_ask,
    _leave_office,
    give_shelter,
    ask_expert,
    report_at_once,
    ask_before_next_sitting,
)
