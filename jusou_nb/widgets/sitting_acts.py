"""What is recorded of a sitting as a whole: held, called off, a topic that is no case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jusou_nb import casework
from jusou_nb.casework.sittings import common_basis
from jusou_nb.choices import OFFICE
from jusou_nb.fields import Form, Ref, Stage, item
from jusou_nb.forms import AgendaItem, Attendee, Conference
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.store import queries
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.entry import Entry, Records, Sheet
from jusou_nb.widgets.messages import button
from jusou_nb.widgets.minutes_entries import MINUTES
from jusou_nb.widgets.session import Session, key_of, names_of

HELD, CANCELLED, TOPIC, AFTER = "held", "off", "topic", "after"
_BUT_ATTENDEES = names_of(Conference) - {"attendees"}
_BUT_TOPIC = names_of(AgendaItem) - {"topic"}
_BUT_SAID = names_of(AgendaItem) - {"topic", "discussion"}


@dataclass(frozen=True, kw_only=True)
class Reason(Form, table="cancellations", title="会議の中止"):
    """Why a sitting is called off."""

    cancelled_because: str | None = item(
        "中止の理由", scope=OFFICE, lines=2, required_at=Stage.DRAFT
    )


def acts(sitting: Conference, open_task: Any, *, is_the_day: bool = False) -> list[Any]:
    """Give the buttons that fit how a sitting stands; on its day the minutes are the step."""
    of = sitting.id or 0
    if sitting.state is ConferenceState.CANCELLED:
        return []
    made = [
        button("会議中の記録", lambda: open_task(MINUTES, 0), filled=is_the_day),
        button("研修・勉強会を載せる", lambda: open_task(TOPIC, of)),
        button("開催を記録", lambda: open_task(HELD, of)),
        button("アンケート・改善事項", lambda: open_task(AFTER, of)),
    ]
    if sitting.state is ConferenceState.PLANNED:
        made.append(button("中止", lambda: open_task(CANCELLED, of)))
    return made


def is_the_day(sitting: Conference, items: Sequence[AgendaItem], today: date) -> bool:
    """Whether the day of a sitting with items has come and it is not noted as held."""
    is_planned = sitting.state is ConferenceState.PLANNED
    return bool(items) and is_planned and sitting.held_on is not None and sitting.held_on <= today


def held_entry(session: Session, sitting: Conference, done: Done) -> Entry:
    """開催を記録: who came; those called are proposed, one line each."""
    called = tuple(Attendee(agency=Ref(agency)) for agency in sitting.called or ())
    proposed = replace(sitting, attendees=sitting.attendees or called)

    def register(records: Records, _allowed: Any) -> None:
        done(
            casework.hold_sitting(
                session.store,
                sitting,
                today=session.today,
                attendees=records["sitting"].attendees,
            )
        )

    return Entry(
        session,
        {
            "sitting": Sheet(
                form=Conference,
                key=f"{HELD}-{sitting.id}",
                record=proposed,
                title="開催を記録（来なかった機関の行は消してください）",
                without=_BUT_ATTENDEES,
            )
        },
        register,
        words="開催を記録",
    )


def cancel_entry(session: Session, sitting: Conference, done: Done) -> Entry:
    """中止: only with a reason."""
    return Entry(
        session,
        {"reason": Sheet(form=Reason, key=f"{CANCELLED}-{sitting.id}", title="中止")},
        lambda records, _allowed: done(
            casework.cancel_sitting(
                session.store, sitting, reason=records["reason"].cancelled_because
            )
        ),
        words="中止を記録",
    )


def topic_entry(
    session: Session, sitting: Conference, done: Done, topic: AgendaItem | None = None
) -> Entry:
    """研修・勉強会を載せる, or write what was said at one that is there."""
    sheet = Sheet(
        form=AgendaItem,
        key=key_of(topic.id) if topic else f"{TOPIC}-{sitting.id}",
        record=topic or AgendaItem(basis=common_basis(session.store, sitting)),
        title="研修・勉強会",
        without=_BUT_SAID if topic else _BUT_TOPIC,
    )

    def register(records: Records, _allowed: Any) -> None:
        store = session.store
        if topic is not None:
            done(store.save(records["topic"]))
            return
        fresh = queries.conference(store, sitting.id or 0)
        done(casework.put_topic_on_agenda(store, fresh, records["topic"]))

    return Entry(session, {"topic": sheet}, register, words="登録" if topic else "会議に載せる")
