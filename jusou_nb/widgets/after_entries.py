"""The sheets of what follows an end or a refusal: the answer, 定期連絡, 再開, the next step.

Each shows only the boxes that its verb takes, over the record that they belong to.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from jusou_nb import casework
from jusou_nb.checks import empty
from jusou_nb.errors import Invalid
from jusou_nb.fields import Form, get_item
from jusou_nb.forms import Case, Ending, Household, Person, Referral
from jusou_nb.forms.ending import Acceptance
from jusou_nb.forms.referral import AfterRefusal
from jusou_nb.problems import Override
from jusou_nb.widgets.controls import REQUIRED
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.session import Session, names_of

ANSWER, RENEW, FINISH, REOPEN, BACK, BEGIN = (
    "answer", "renew", "finish", "reopen", "back", "begin",
)  # fmt: skip
TITLES = {
    ANSWER: "主担当機関の受け入れの返事",
    RENEW: "定期連絡をのばす",
    FINISH: "定期連絡を終える",
    REOPEN: "再開",
    BACK: "受けられなかったつなぎの次の一手",
    BEGIN: "ケースを開く",
}
_ANSWERS = ("acceptance", "returned_because", "accepted_by", "accepted_on")

Allowed = tuple[Override, ...]


def _sheet(
    session: Session,
    act: str,
    record: Form,
    boxes: Iterable[str],
    register: Callable[[Any, Allowed], None],
    *,
    of: int | None = None,
    about: str = "",
) -> Entry:
    form = type(record)
    sheet = Sheet(
        form=form,
        key=f"{act}-{of or record.id}",
        record=record,
        title=TITLES[act] + (f"（{about}）" if about else ""),
        without=names_of(form) - frozenset(boxes),
    )
    entry = Entry(
        session,
        {"record": sheet},
        lambda records, allowed: register(records["record"], allowed),
        words="登録",
    )
    for box in entry.forms["record"].box_set.by_name.values():
        # The step needs what the paper as a whole may leave open.
        box.needed, box.required = REQUIRED, True
    return entry


def _asked(record: Form, name: str) -> Any:
    """Give what stands in a box that this step needs."""
    value = getattr(record, name)
    if value is None:
        raise Invalid([empty(name, get_item(type(record), name).label)])
    return value


def answer_handover_entry(session: Session, ending: Ending, done: Done) -> Entry:
    """受け入れの返事: taken over, by whom and when, or sent back with the reason."""

    def register(said: Ending, _allowed: Allowed) -> None:
        answer = _asked(said, "acceptance")
        if answer is Acceptance.WAITING:
            raise Invalid([empty("acceptance", "受け入れ")])
        if answer is Acceptance.RETURNED:
            _asked(said, "returned_because")
        done(
            casework.answer_handover(
                session.store,
                said,
                answer,
                on=_asked(said, "accepted_on"),
                by=said.accepted_by or "",
                because=said.returned_because,
            )
        )

    blank = replace(ending, acceptance=None, accepted_by=None, accepted_on=session.today)
    agency = session.store.lexicon().refs["agencies"].get(ending.receiving_agency or 0, "")
    return _sheet(session, ANSWER, blank, _ANSWERS, register, about=agency)


def renew_entry(session: Session, ending: Ending, done: Done) -> Entry:
    """定期連絡をのばす: until a later day, on purpose and with a reason."""

    def register(said: Ending, _allowed: Allowed) -> None:
        done(
            casework.renew_check_in(
                session.store,
                said,
                until=_asked(said, "check_in_until"),
                on=session.today,
                reason=said.check_in_renewed_because or "",
            )
        )

    blank = replace(ending, check_in_renewed_because=None)
    boxes = ("check_in_until", "check_in_renewed_because")
    return _sheet(session, RENEW, blank, boxes, register)


def finish_entry(session: Session, ending: Ending, done: Done) -> Entry:
    """定期連絡を終える: nobody calls any more."""

    def register(said: Ending, _allowed: Allowed) -> None:
        done(
            casework.finish_check_in(
                session.store,
                said,
                on=_asked(said, "check_in_finished_on"),
                reason=said.check_in_finished_because or "",
            )
        )

    blank = replace(ending, check_in_finished_on=session.today)
    boxes = ("check_in_finished_on", "check_in_finished_because")
    return _sheet(session, FINISH, blank, boxes, register)


def reopen_entry(session: Session, case: Case, done: Done) -> Entry:
    """再開: the same case runs again, with the reason."""

    def register(said: Ending, allowed: Allowed) -> None:
        done(
            casework.reopen_case(
                session.store,
                case,
                reason=said.reopened_because or "",
                on=_asked(said, "reopened_on"),
                overrides=allowed,
            )
        )

    boxes = ("reopened_on", "reopened_because")
    blank = Ending(case_id=case.id, reopened_on=session.today)
    return _sheet(session, REOPEN, blank, boxes, register, of=case.id)


def take_back_entry(session: Session, referral: Referral, done: Done) -> Entry:
    """次の一手: what is done with a person whom an agency did not take."""

    def register(said: Referral, _allowed: Allowed) -> None:
        step = _asked(said, "after_refusal")
        on = _asked(said, "after_refusal_on")
        casework.take_back(session.store, referral, step, on=on)
        done(step)

    blank = replace(referral, after_refusal_on=referral.after_refusal_on or session.today)
    agency = session.store.lexicon().refs["agencies"].get(referral.destination or 0, "")
    boxes = ("after_refusal", "after_refusal_on")
    return _sheet(session, BACK, blank, boxes, register, about=agency)


def begin_entry(session: Session, household: Household, person: Person, done: Done) -> Entry:
    """ケースを開く, for a member of the household whom no consultation was about."""

    def register(said: Case, _allowed: Allowed) -> None:
        done(
            casework.open_case_for(
                session.store,
                household,
                person.id or 0,
                reason=_asked(said, "status_reason"),
                on=_asked(said, "opened_on"),
            )
        )

    boxes = ("opened_on", "status_reason")
    blank = Case(opened_on=session.today)
    return _sheet(session, BEGIN, blank, boxes, register, of=person.id, about=person.name or "")


AFTER_REFUSAL = {
    AfterRefusal.ANOTHER_AGENCY: "「つなぐ・照会」で別の機関を選んでください。",
    AfterRefusal.NEXT_SITTING: "「会議」でこのケースを案件に載せてください。",
    AfterRefusal.OWN_DESK: "支援経過に、次にすることと期限を書いてください。",
}
"""Where a next step goes on."""
