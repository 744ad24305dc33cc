"""The sheets around a case, from 通報・通告 to its end, each with the verb that registers it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from jusou_nb import casework
from jusou_nb.casework import schemes_register
from jusou_nb.casework.consents import Withdrawn
from jusou_nb.fields import Form
from jusou_nb.forms import (
    Case,
    Emergency,
    Ending,
    Evaluation,
    Household,
    Intake,
    Lead,
    Scheme,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
)
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.problems import Override
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.entry import Entry, Register, Sheet
from jusou_nb.widgets.session import NEW, Session, key_under


def _now(session: Session) -> datetime:
    clock = datetime.fromisoformat(session.store.now()).time().replace(second=0)
    return datetime.combine(session.today, clock.replace(tzinfo=None))


_AFTER_THE_END = frozenset(
    {
        "returned_because",
        "check_in_renewed_on",
        "check_in_renewed_because",
        "check_in_finished_on",
        "check_in_finished_because",
        "reopened_on",
        "reopened_because",
    }
)


def _one(
    session: Session, key: str, record: Form, register: Register, words: str = "登録"
) -> Entry:
    sheet = Sheet(form=type(record), key=key, record=record)
    return Entry(session, {"record": sheet}, register, words=words)


def report_entry(
    session: Session, intake: Intake | None, household: Household, done: Done
) -> Entry:
    """通報・通告を記録する: made, or judged not needed."""
    new = StatutoryReport(noticed_at=_now(session), state=ReportState.OPEN)

    def register(records: Mapping[str, Any], allowed: tuple[Override, ...]) -> None:
        kept = casework.record_report(
            session.store, records["record"], intake=intake, household=household, overrides=allowed
        )
        done(kept)

    key = key_under(intake.id) if intake else f"household-{household.id}"
    return _one(session, key, new, register)


def scheme_entry(session: Session, case: Case, done: Done) -> Entry:
    """既存制度を確かめる; what of the register fits best and is not tried yet is filled in."""
    fitting = schemes_register.matching_schemes(session.store, case, on=session.today)
    untried = (one.scheme for one in fitting if not one.is_checked)
    scheme = next(untried, Scheme())
    return _one(
        session,
        key_under(case.id),
        schemes_register.check_of_scheme(scheme, on=session.today),
        lambda records, _allowed: done(
            casework.check_scheme(session.store, case, records["record"])
        ),
    )


def request_entry(session: Session, household: Household, done: Done) -> Entry:
    """支援要請を受ける."""
    return _one(
        session,
        key_under(household.id),
        SupportRequest(requested_on=session.today),
        lambda records, _allowed: done(
            casework.ask_support(session.store, records["record"], household=household)
        ),
    )


def ending_entry(session: Session, case: Case, done: Done) -> Entry:
    """終結・中断・主担当機関への移行; what comes after an end has sheets of its own."""
    sheet = Sheet(
        form=Ending,
        key=key_under(case.id),
        record=Ending(ended_on=session.today),
        without=_AFTER_THE_END,
    )
    return Entry(
        session,
        {"record": sheet},
        lambda records, allowed: done(
            casework.end_case(session.store, case, records["record"], overrides=allowed)
        ),
        words="終わりを登録",
    )


def monitoring_entry(session: Session, plan: SupportPlan, done: Done) -> Entry:
    """モニタリング: one line for each role of the plan."""
    sheet = casework.monitoring_sheet(plan)
    return _one(
        session,
        key_under(plan.id),
        sheet,
        lambda records, _allowed: done(
            casework.monitor_plan(session.store, plan, records["record"])
        ),
    )


def evaluation_entry(session: Session, plan: SupportPlan, done: Done) -> Entry:
    """プランを評価する."""
    return _one(
        session,
        key_under(plan.id),
        Evaluation(evaluated_on=session.today, author=session.store.worker_name()),
        lambda records, _allowed: done(
            casework.evaluate_plan(session.store, plan, records["record"])
        ),
    )


def lead_entry(session: Session, done: Done) -> Entry:
    """気になる世帯を残す, before there is a consultation."""
    return _one(
        session,
        NEW,
        Lead(noticed_on=session.today),
        lambda records, _allowed: done(casework.notice_lead(session.store, records["record"])),
    )


def emergency_entry(session: Session, done: Done) -> Entry:
    """緊急対応: works with no consent, household or assessment."""
    return _one(
        session,
        NEW,
        Emergency(happened_at=_now(session)),
        lambda records, _allowed: done(
            casework.respond_to_emergency(session.store, records["record"])
        ),
    )


def after_withdrawal(withdrawn: Withdrawn) -> Iterator[str]:
    """Say what a withdrawal leaves to be done, one line each."""
    for paper in withdrawn.papers:
        yield f"出ている資料 {paper.label}（{paper.number}）: 連絡し、回収か差替えをしてください。"
    for item in withdrawn.taken_off:
        yield f"案件 {item.place_in_order}番を、次の会議から外しました。"
    for _, role in withdrawn.roles:
        yield f"役割「{role.what}」: 続けるか止めるかを、実施者に確かめてください。"
    yield from (f"{problem.message}{problem.remedy}" for problem in withdrawn.remarks)
