"""Two workers changed one record: what both changed is asked, the rest is put together."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from jusou_nb.fields import Form, children, items

F = TypeVar("F", bound=Form)


def clashing(base: Form, mine: Form, theirs: Form) -> list[str]:
    """Name the boxes and row tables that both changed, and not to the same."""
    form = type(base)
    boxes = [box.name for box in items(form) if _clashes(box.name, base, mine, theirs)]
    tables = [t.name for t in children(form) if _rows(t.name, base, mine, theirs)[1]]
    return [*boxes, *tables]


def taken(base: Form, mine: Form, theirs: Form) -> list[str]:
    """Name what only the other changed: it is taken over unasked."""
    form, clashes = type(base), clashing(base, mine, theirs)
    names = [box.name for box in items(form)] + [table.name for table in children(form)]
    return [n for n in names if n not in clashes and getattr(base, n) != getattr(theirs, n)]


def together(base: F, mine: F, theirs: F, *, yielding: Collection[str] = ()) -> F:
    """Put together what each changed, over the other's record as saved.

    Where both changed a box, or one row of a table, mine stays; in those ``yielding``, theirs.
    """
    form = type(base)
    changed: dict[str, Any] = {
        box.name: getattr(mine, box.name)
        for box in items(form)
        if box.name not in yielding and getattr(mine, box.name) != getattr(base, box.name)
    }
    for table in children(form):
        gives_way = table.name in yielding
        changed[table.name] = _rows(table.name, base, mine, theirs, yields=gives_way)[0]
    return replace(theirs, **changed)


def together_as_typed(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Do the same with boxes as they were typed; give them, and the names of those that clash."""
    names = list(dict.fromkeys([*base, *mine, *theirs]))
    found = {n: (base.get(n), mine.get(n), theirs.get(n)) for n in names}
    kept = {n: t if m == b else m for n, (b, m, t) in found.items()}
    clashes = [n for n, (b, m, t) in found.items() if b not in (m, t) and m != t]
    return {n: raw for n, raw in kept.items() if raw is not None}, clashes


def _clashes(name: str, *records: Form) -> bool:
    was, mine, theirs = (getattr(record, name) for record in records)
    return was not in (mine, theirs) and mine != theirs


def _rows(
    name: str, base: Form, mine: Form, theirs: Form, *, yields: bool = False
) -> tuple[tuple[Form, ...], bool]:
    """Put rows together by their ids, and say whether both changed one of them."""
    was, own, other = ({row.id: row for row in getattr(r, name)} for r in (base, mine, theirs))
    new = tuple(row for row in getattr(mine, name) if row.id is None or row.id not in was)
    kept: list[Form] = [row for row in getattr(theirs, name) if row.id not in was]
    clashed = False
    for row_id, row in was.items():
        ours, said = own.get(row_id), other.get(row_id)
        is_both = row not in (ours, said) and ours != said
        clashed |= is_both
        choice = said if ours == row or (is_both and yields) else ours
        kept += [choice] if choice is not None else []
    place = {row.id: n for n, row in enumerate(getattr(theirs, name))}
    kept.sort(key=lambda row: place.get(row.id, len(place)))
    return (*kept, *new), clashed
