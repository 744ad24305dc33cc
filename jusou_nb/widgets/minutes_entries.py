"""The sheets typed while a sitting is held: who came, and for each item what was said and given."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jusou_nb import casework
from jusou_nb.casework import minutes
from jusou_nb.casework.minutes import NewRole, Written
from jusou_nb.choices import NOT_PERSONAL, OFFICE, Choice
from jusou_nb.fields import Form, Ref, Stage, item, rows
from jusou_nb.forms import AgendaItem, Attendee, Conference
from jusou_nb.forms.plan import DoerKind
from jusou_nb.problems import Problem
from jusou_nb.store import Store
from jusou_nb.values import Lexicon
from jusou_nb.widgets.entry import Entry, Records, Sheet
from jusou_nb.widgets.session import Session, names_of

MINUTES, MINUTES_TITLE = "minutes", "会議中の記録"
_SAID = frozenset({"discussion", "outcome", "next_on", "lead_agency", "summing_up"})
_NOT_SAID = names_of(AgendaItem) - _SAID


class OtherDoer(Choice):
    """Who does it where it is no agency."""

    CLIENT = "client", "本人"
    FAMILY = "family", "家族"
    COMMUNITY = "community", "民生委員・地域"


@dataclass(frozen=True, kw_only=True)
class QuickRole(Form, table="sitting_roles", title="役割"):
    """だれが 何を いつまでに, as it is said at the table."""

    what: str | None = item("何を", scope=OFFICE, lines=2, required_at=Stage.DRAFT)
    agency: Ref | None = item("だれが（機関）", scope=NOT_PERSONAL, ref="agencies")
    doer: OtherDoer | None = item("だれが（機関でないとき）", scope=NOT_PERSONAL)
    due_on: date | None = item("いつまでに", scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class QuickRoles(Form, table="sitting_role_rows", title="だれが 何を いつまでに"):
    """The roles that are given out of one item."""

    roles: tuple[QuickRole, ...] = rows("役割", QuickRole)


@dataclass(frozen=True, kw_only=True)
class Present(Form, table="sitting_present", title="この案件の出席"):
    """Who sat at one item, ticked; apart from the roles, which any agency may get."""

    present: tuple[Ref, ...] | None = item("この案件に出た機関", scope=NOT_PERSONAL, ref="agencies")


@dataclass(frozen=True, kw_only=True)
class Came(Form, table="sitting_came", title="来た機関"):
    """Who came to a sitting, ticked."""

    came: tuple[Ref, ...] | None = item(
        "来た機関", scope=NOT_PERSONAL, ref="agencies", required_at=Stage.DRAFT
    )


def narrowed(store: Store, agencies: Iterable[int]) -> Lexicon:
    """Give the words with these agencies only, in their order, so that few are to be ticked."""
    lexicon = store.lexicon()
    names = lexicon.refs["agencies"]
    few = {id_: names[id_] for id_ in dict.fromkeys(agencies) if id_ in names}
    return replace(lexicon, refs={**lexicon.refs, "agencies": few})


def came_entry(
    session: Session, sitting: Conference, done: Callable[[list[Problem]], None]
) -> Entry:
    """だれが来たか: ticks; 開催を記録 keeps post, name and 守秘の説明 of those noted already."""
    store = session.store
    noted = [a.agency for a in sitting.attendees if a.agency]
    proposed = tuple(noted or sitting.called or ())
    sheet = Sheet(
        form=Came,
        key=f"{MINUTES}-{sitting.id}",
        record=Came(came=tuple(Ref(a) for a in proposed) or None),
        title="だれが来たか",
        lexicon=narrowed(store, [*(sitting.called or ()), *noted]),
    )

    def register(records: Records, _allowed: Any) -> None:
        came = records["came"].came or ()
        known = {a.agency: a for a in sitting.attendees}
        attendees = tuple(known.get(agency) or Attendee(agency=agency) for agency in came)
        unnamed = tuple(a for a in sitting.attendees if a.agency is None)
        _, remarks = casework.hold_sitting(
            store, sitting, today=session.today, attendees=(*attendees, *unnamed)
        )
        done(remarks)

    return Entry(session, {"came": sheet}, register, words="開催を記録")


def minutes_entry(
    session: Session, agenda_item: AgendaItem, sitting: Conference, done: Callable[[Written], None]
) -> Entry:
    """Write what was said, decided and given out of one item."""
    store = session.store
    present = minutes.present_at(store, agenda_item, sitting)
    key = f"{MINUTES}-{agenda_item.id}"
    said = Sheet(
        form=AgendaItem, key=key, record=agenda_item, title="発言と決定", without=_NOT_SAID
    )
    called = [*casework.members_to_call(store, agenda_item), *present]
    ticks = Sheet(
        form=Present,
        key=key,
        record=Present(present=present or None),
        lexicon=narrowed(store, called),
    )
    sheets = {"item": said, "roles": Sheet(form=QuickRoles, key=key), "present": ticks}
    entry = Entry(session, sheets, _written(store, done))
    # One legend a sheet is enough, and at the table even that is in the way.
    for view in entry.forms.values():
        view.summary.support = ""
    return entry


def _written(store: Store, done: Callable[[Written], None]) -> Callable[..., None]:
    def register(records: Records, allowed: Any) -> None:
        said, roles = records["item"], [_role(row) for row in records["roles"].roles]
        present = records["present"].present or ()
        done(minutes.write_minutes(store, said, roles=roles, present=present, overrides=allowed))

    return register


def _role(row: QuickRole) -> NewRole:
    doer = DoerKind.of(row.doer.value) if row.doer else None
    return NewRole(what=row.what or "", agency=row.agency, doer=doer, due_on=row.due_on)
