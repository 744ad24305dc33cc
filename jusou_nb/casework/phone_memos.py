"""電話メモ: what came by telephone is kept at once, and settled when it is known whose it is."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jusou_nb.casework.intakes import Received, receive_intake
from jusou_nb.casework.notes import write_note
from jusou_nb.casework.outreach_sources import UNKNOWN
from jusou_nb.checks import require
from jusou_nb.fields import Code
from jusou_nb.forms import Case, CaseNote, Consent, Form, Household, Intake, Person, PhoneMemo
from jusou_nb.forms.phone_memo import MemoOutcome
from jusou_nb.problems import Override, settle
from jusou_nb.rules import phone_memos as rules
from jusou_nb.store import Store


@dataclass(frozen=True, kw_only=True)
class MemoSheet:
    """The sheet by which a memo is received as 相談."""

    household: Household
    intake: Intake
    consent: Consent | None = None


def take_call(store: Store, memo: PhoneMemo) -> PhoneMemo:
    """Keep what came by telephone; no case is needed.

    Raises:
        Invalid: What was said, or when, is missing.
        NotAllowed: It was settled before.
    """
    require(memo)
    if memo.id is not None:
        settle(rules.may_settle(store.load(PhoneMemo, memo.id)))
    return store.save(replace(memo, taken_by=memo.taken_by or store.worker_name()))


def note_of_memo(store: Store, memo: PhoneMemo) -> CaseNote:
    """Give the 支援経過 that a memo becomes: when, with whom, what was said, what is next.

    Whom the caller spoke of stands before what was said; nothing is saved.
    """
    number = f"（{memo.telephone}）" if memo.telephone else ""
    about = f"（{memo.about}のこと）" if memo.about else ""
    return CaseNote(
        happened_at=memo.called_at,
        author=memo.taken_by,
        counterpart=f"{memo.caller or ''}{number}" or None,
        manner=_by_telephone(store),
        content=f"{about}{memo.said or ''}",
        next_action=memo.to_do,
        next_due=memo.call_back_by,
    )


def _by_telephone(store: Store) -> Code | None:
    calls = store.profile.flagged("contact_manner", "by_telephone")
    listed = [option.code for option in store.profile.codes("contact_manner").options]
    return next((Code(code) for code in listed if code in calls), None)


def attach_memo(store: Store, memo: PhoneMemo, case: Case, *, on: date) -> CaseNote:
    """Make a memo a 支援経過 of a case; both are written or neither.

    Raises:
        NotAllowed: It was settled before.
        NotFound: The memo or the case is gone.
    """
    with store.transaction():
        before = store.load(PhoneMemo, memo.id or 0)
        settle(rules.may_settle(before))
        known = store.load(Case, case.id or 0)
        note = write_note(store, known, note_of_memo(store, before))
        _settled(store, before, MemoOutcome.ATTACHED, on, case_note_id=note.id)
    return note


def sheet_of_memo(memo: PhoneMemo, *, on: date) -> MemoSheet:
    """Give the sheet by which a memo is received, with the text filled in; nothing is saved.

    Who called is the 来談者, which no agency's copy shows.
    """
    intake = Intake(
        received_on=memo.called_at.date() if memo.called_at else on,
        received_by=memo.taken_by,
        presenting_problem=memo.said,
        inquirer_name=memo.caller,
        inquirer_telephone=memo.telephone,
    )
    return MemoSheet(
        household=Household(members=(Person(name=memo.about or UNKNOWN),)), intake=intake
    )


def receive_memo(
    store: Store,
    memo: PhoneMemo,
    sheet: MemoSheet,
    *,
    on: date,
    overrides: tuple[Override, ...] = (),
) -> Received:
    """Receive a memo as 相談 by a sheet; both are written or neither.

    Raises:
        Invalid: Boxes of the sheet are missing.
        NotAllowed: It was settled before, or the 相談 may not be received so.
    """
    with store.transaction():
        before = store.load(PhoneMemo, memo.id or 0)
        settle(rules.may_settle(before))
        received = receive_intake(
            store,
            household=sheet.household,
            intake=sheet.intake,
            consent=sheet.consent,
            overrides=overrides,
        )
        _settled(store, before, MemoOutcome.RECEIVED, on, intake_id=received.intake.id)
    return received


def close_memo(store: Store, memo: PhoneMemo, reason: str, *, on: date) -> PhoneMemo:
    """Close a memo that belongs to no case (NotAllowed without a reason, or when settled)."""
    with store.transaction():
        before = store.load(PhoneMemo, memo.id or 0)
        settle(rules.may_close(before, reason))
        return _settled(store, before, MemoOutcome.DONE, on, outcome_reason=reason.strip())


def _settled(
    store: Store, memo: PhoneMemo, outcome: MemoOutcome, on: date, **came: int | str | None
) -> PhoneMemo:
    changes: dict[str, object] = {"outcome": outcome, "outcome_on": on, **came}
    return store.save(replace(memo, **changes))  # type: ignore[arg-type] # boxes by name


def give_back_memos(store: Store, record: Form) -> None:
    """Make memos unsettled again whose 支援経過 or 相談 is struck: they became it by mistake."""
    link = {CaseNote: "case_note_id", Intake: "intake_id"}.get(type(record))
    if link is None:
        return
    where: dict[str, Any] = {link: record.id}
    for memo in store.find(PhoneMemo, **where):
        store.save(replace(memo, case_note_id=None, intake_id=None, outcome=None, outcome_on=None))
