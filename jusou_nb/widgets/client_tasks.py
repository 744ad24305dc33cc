"""What can be done for a client: the buttons, by what a worker does, and their sheets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jusou_nb import casework
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form
from jusou_nb.forms import (
    Case,
    CaseNote,
    Consent,
    Ending,
    Evaluation,
    Household,
    Intake,
    Monitoring,
    Person,
    Referral,
    SchemeCheck,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
)
from jusou_nb.store import Store, queries
from jusou_nb.widgets import after_entries as after
from jusou_nb.widgets import entries
from jusou_nb.widgets import support_entries as more
from jusou_nb.widgets.after_entries import ANSWER, BACK, BEGIN, FINISH, RENEW, REOPEN
from jusou_nb.widgets.client_person import (
    Client,
    ending_of,
    is_in_touch,
    plan_of,
    waits_for_answer,
)
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.set_by_view import SET_BY, SetByView
from jusou_nb.widgets.transition_view import TRANSITION, TransitionView

Task = tuple[str, Any]
"""What is done for a client: the name of its sheet, and the id of what it is about (of a
chapter: its table and the path in it)."""

Make = Callable[[Session, Client, int, Done], Any]

RECEIVE, GO_ON, END = "受付・同意・つなぐ", "経過・会議", "終わり・再開"
MEMBER = "member"
"""つなぐ for a member of the household who never came."""
MASK = "mask"
OPEN, STRIKE = "open", "strike"
"""Tasks on a record of a list: ``open-referrals`` with its id, and so on."""


@dataclass(frozen=True)
class Screen:
    """A sheet of the client page: what its ``about`` is the id of, and how it is opened."""

    of: type[Form]
    make: Make


def _case(client: Client) -> Case:
    if client.case is None:
        raise NotFound("ケースがありません。先に「ケースを開く」を押してください")
    return client.case


def _intake(client: Client) -> Intake:
    if client.intake is None:
        raise NotFound("この人の受付票はありません。「相談受付」で新しい相談を受け付けてください")
    return client.intake


def _consent(session: Session, client: Client, about: int, done: Done) -> Any:
    person = queries.person(client.household, about or client.person.id)
    return entries.consent_entry(session, person, done)


def _plan(session: Session, client: Client, about: int) -> SupportPlan:
    found = plan_of(session.store, client.case)
    if found is not None and about in (0, found.id):
        return found
    return session.store.load(SupportPlan, about)


def _ending(session: Session, client: Client, about: int) -> Ending:
    found = ending_of(session.store, client)
    return found if found and not about else session.store.load(Ending, about)


SCREENS: dict[str, Screen] = {
    Intake.table: Screen(Intake, lambda s, c, _i, d: entries.change_entry(s, _intake(c), d)),
    Household.table: Screen(
        Household, lambda s, c, _i, d: entries.household_entry(s, c.household, d)
    ),
    Consent.table: Screen(Person, _consent),
    Referral.table: Screen(Intake, lambda s, c, _i, d: entries.referral_entry(s, c.about, d)),
    MEMBER: Screen(Person, lambda s, c, _i, d: entries.referral_entry(s, c.about, d)),
    StatutoryReport.table: Screen(
        Intake, lambda s, c, _i, d: more.report_entry(s, c.intake, c.household, d)
    ),
    SupportRequest.table: Screen(
        Household, lambda s, c, _i, d: more.request_entry(s, c.household, d)
    ),
    CaseNote.table: Screen(Case, lambda s, c, _i, d: entries.note_entry(s, _case(c), d)),
    SchemeCheck.table: Screen(Case, lambda s, c, _i, d: more.scheme_entry(s, _case(c), d)),
    Ending.table: Screen(Case, lambda s, c, _i, d: more.ending_entry(s, _case(c), d)),
    Monitoring.table: Screen(
        SupportPlan, lambda s, c, i, d: more.monitoring_entry(s, _plan(s, c, i), d)
    ),
    Evaluation.table: Screen(
        SupportPlan, lambda s, c, i, d: more.evaluation_entry(s, _plan(s, c, i), d)
    ),
    ANSWER: Screen(Ending, lambda s, c, i, d: after.answer_handover_entry(s, _ending(s, c, i), d)),
    RENEW: Screen(Ending, lambda s, c, i, d: after.renew_entry(s, _ending(s, c, i), d)),
    FINISH: Screen(Ending, lambda s, c, i, d: after.finish_entry(s, _ending(s, c, i), d)),
    REOPEN: Screen(Case, lambda s, c, _i, d: after.reopen_entry(s, _case(c), d)),
    BACK: Screen(
        Referral, lambda s, _c, i, d: after.take_back_entry(s, s.store.load(Referral, i), d)
    ),
    TRANSITION: Screen(Case, lambda s, c, _i, _d: TransitionView(s, _case(c))),
    SET_BY: Screen(
        Person, lambda s, c, _i, _d: SetByView(s, [c.person, c.household, c.intake, c.case])
    ),
    BEGIN: Screen(Person, lambda s, c, _i, d: after.begin_entry(s, c.household, c.person, d)),
}


@dataclass(frozen=True)
class Offer:
    """A button: its group, its words, the task that it opens."""

    group: str
    words: str
    task: Task
    filled: bool = False


def offers(store: Store, client: Client) -> list[Offer]:
    """Name what fits the person and the case as they stand, by group in the order of work."""
    made = [*_receiving(client), *(_going_on(store, client) if client.case else ())]
    return [*made, *(_ending_offers(store, client) if client.case else ())]


def _receiving(client: Client) -> list[Offer]:
    of, home = client.person.id or 0, client.household.id or 0
    intake = client.intake.id or 0 if client.intake else 0
    refer = (Referral.table, intake) if intake else (MEMBER, of)
    made = [("同意を記録", (Consent.table, of)), ("つなぐ・照会", refer)]
    made += [("受付票を直す", (Intake.table, intake))] if intake else []
    made += [
        ("世帯を直す", (Household.table, home)),
        ("秘匿", (MASK, of)),
        ("通報・通告", (StatutoryReport.table, intake)),
        ("支援要請", (SupportRequest.table, home)),
        ("いつ・だれが書いたか", (SET_BY, of)),
    ]
    return [Offer(RECEIVE, words, task) for words, task in made]


def _going_on(store: Store, client: Client) -> list[Offer]:
    of = (client.case.id or 0) if client.case else 0
    made = [
        Offer(GO_ON, "経過を書く", (CaseNote.table, of), filled=True),
        Offer(GO_ON, "既存制度の確認", (SchemeCheck.table, of)),
        Offer(GO_ON, "担当・除外者を直す", (f"{OPEN}-{Case.table}", of)),
        Offer(GO_ON, "移行の一覧", (TRANSITION, of)),
    ]
    plan = plan_of(store, client.case)
    if plan is not None:
        made.append(Offer(GO_ON, "モニタリング", (Monitoring.table, plan.id or 0)))
        made.append(Offer(GO_ON, "評価", (Evaluation.table, plan.id or 0)))
    return made


def _ending_offers(store: Store, client: Client) -> list[Offer]:
    of = (client.case.id or 0) if client.case else 0
    ending = ending_of(store, client)
    about = (ending.id or 0) if ending else 0
    made = []
    if waits_for_answer(ending):
        made.append(("受け入れの返事", (ANSWER, about)))
    if is_in_touch(ending, client):
        made += [("定期連絡をのばす", (RENEW, about)), ("定期連絡を終える", (FINISH, about))]
    made.append(("終結・中断", (Ending.table, of)) if client.runs else ("再開", (REOPEN, of)))
    return [Offer(END, words, task) for words, task in made]


def open_own_case(session: Session, intake: Intake) -> Case:
    """ケースを開く, for the person whom a consultation is about."""
    return casework.open_case(
        session.store, intake, reason="継続して関わることにした", opened_on=session.today
    )
