"""引継ぎ: all work of a worker goes to another at once, and back while nothing was changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jusou_nb.checks import empty, require
from jusou_nb.errors import Invalid, NotFound
from jusou_nb.fields import Form, get_item, items
from jusou_nb.forms import Case, HandedWork, Succession, by_table
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import successions as rules
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store, roles
from jusou_nb.store.due import Due, due_items
from jusou_nb.store.successions import SEATS, Work, works_of


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What will go over: the boxes that change, and what waits along with them.

    Attributes:
        works: Box by box, with who is there before and after.
        cases: How many cases change their 担当 or 副担当.
        waiting: What waits for the leaving worker; it goes with the record it belongs to.
        problems: What the rules say of it.
    """

    works: tuple[HandedWork, ...]
    cases: int
    waiting: tuple[Due, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Succeeded:
    """A 引継ぎ that was made, and what is to be looked at about it."""

    succession: Succession
    remarks: tuple[Problem, ...] = ()


def preview_succession(store: Store, succession: Succession) -> Preview:
    """Show what a 引継ぎ would change, without changing it."""
    moves = _moves(store, succession)
    day = succession.handed_on or date.max
    waiting = due_items(store, day, worker=succession.leaving or "")
    name = squeeze(succession.leaving or "")
    theirs = tuple(entry for entry in waiting if squeeze(entry.worker) == name)
    cannot = roles.reading_problems(store, day, succession.taking or "")
    return Preview(
        works=tuple(row for move in moves for row in move.rows),
        cases=len({move.record.id for move in moves if isinstance(move.record, Case)}),
        waiting=theirs,
        problems=tuple(rules.may_hand_over(succession, len(moves) + len(theirs), cannot)),
    )


def hand_over_work(
    store: Store, succession: Succession, *, overrides: tuple[Override, ...] = ()
) -> Succeeded:
    """Give all running work of a worker to another, in one step.

    Cases and their deputies, outreach, visits planned, menus, matchings, 定期連絡, and with
    them what waits. Each change is in the record of changes; papers and notes of before keep
    the names under which they were written.

    Raises:
        Invalid: Who, to whom, when or why is missing.
        NotAllowed: Nothing names the worker; both are the same; the other opens no case and
            the chief has not allowed it.
    """
    require(succession)
    with store.transaction():
        before = preview_succession(store, succession)
        remarks = settle(before.problems, overrides)
        rows = [row for move in _moves(store, succession) for row in move.save(store)]
        made = replace(succession, works=tuple(rows), cases=before.cases)
        saved = store.save(made)
        store.log_overrides(saved, list(before.problems), overrides)
    return Succeeded(succession=saved, remarks=tuple(remarks))


@dataclass(frozen=True, kw_only=True)
class _Move:
    """A record that changes hands: its boxes as they will be."""

    record: Form
    number: str
    after: Mapping[str, str | None]

    @property
    def rows(self) -> tuple[HandedWork, ...]:
        """One line a box that changes."""
        return self._rows(None)

    def _rows(self, version: int | None) -> tuple[HandedWork, ...]:
        return tuple(
            HandedWork(
                number=self.number,
                what=self.record.title,
                record_id=self.record.id,
                box=get_item(type(self.record), box).label,
                before=getattr(self.record, box),
                after=name,
                saved_as=version,
            )
            for box, name in self.after.items()
            if name != getattr(self.record, box)
        )

    def save(self, store: Store) -> tuple[HandedWork, ...]:
        """Change the record, and give the lines that say so."""
        changed: dict[str, Any] = dict(self.after)
        return self._rows(store.save(replace(self.record, **changed)).version)


def _moves(store: Store, succession: Succession) -> list[_Move]:
    works: dict[tuple[type[Form], int], Work] = {}
    for work in works_of(store, succession.leaving or ""):
        works.setdefault((work.form, work.record_id), work)
    return [
        _Move(record=record, number=work.number, after=_after(record, succession))
        for (form, record_id), work in works.items()
        if (record := store.load(form, record_id))
    ]


def _after(record: Form, succession: Succession) -> dict[str, str | None]:
    """Say who will stand in each box; nobody stands in for oneself."""
    leaving = squeeze(succession.leaving or "")
    seats = SEATS[type(record)]
    now = {box: getattr(record, box) for box in seats}
    new = {
        box: succession.taking if squeeze(who or "") == leaving else who for box, who in now.items()
    }
    if len(seats) == 1:
        return new
    first, second = seats
    gone_over = new[first] != now[first]
    if isinstance(record, Case) and gone_over and succession.deputy:
        new[second] = succession.deputy
    if new[second] and squeeze(new[second] or "") == squeeze(new[first] or ""):
        other = succession.deputy or ""
        new[second] = None if squeeze(other) in ("", squeeze(new[first] or "")) else other
    return new


def take_back_succession(store: Store, succession: Succession, *, reason: str) -> int:
    """Undo a 引継ぎ as long as nobody has changed anything of it; give how many records.

    Raises:
        Invalid: No reason.
        NotAllowed: Something was changed since; it is named.
        NotFound: It was taken back already.
    """
    if not reason.strip():
        raise Invalid([empty("struck_reason", "取消の理由")])
    with store.transaction():
        fresh = store.load(Succession, succession.id or 0)
        kept = _by_record(fresh.works)
        found = {key: _unchanged(store, key, rows) for key, rows in kept.items()}
        touched = [f"{title} {id_}番" for (title, id_), record in found.items() if record is None]
        settle(rules.may_take_back(touched))
        for key, record in found.items():
            if record is not None:
                store.save(replace(record, **_back(type(record), kept[key])))
        store.strike(fresh, reason)
    return len(kept)


def _by_record(works: Sequence[HandedWork]) -> dict[tuple[str, int], list[HandedWork]]:
    found: dict[tuple[str, int], list[HandedWork]] = {}
    for row in works:
        found.setdefault((row.what or "", row.record_id or 0), []).append(row)
    return found


def _unchanged(store: Store, key: tuple[str, int], rows: Sequence[HandedWork]) -> Form | None:
    """Load a record that was handed over; None where it was changed or struck since."""
    form = by_table(key[0])
    try:
        record = store.load(form, key[1]) if form else None
    except NotFound:
        return None
    return record if record and record.version == rows[0].saved_as else None


def _back(form: type[Form], rows: Sequence[HandedWork]) -> dict[str, Any]:
    named = {box.label: box.name for box in items(form) if box.name in SEATS[form]}
    return {named[row.box or ""]: row.before for row in rows}
