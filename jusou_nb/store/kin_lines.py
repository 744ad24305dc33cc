"""Lines of kinship: each said once, and how many generations they lead up or down."""

from collections.abc import Iterable

from jusou_nb.forms import Kinship


def unique(kinships: Iterable[Kinship]) -> list[Kinship]:
    """Leave out lines said twice; a couple or siblings said the other way round are the same."""
    found: dict[object, Kinship] = {}
    for row in kinships:
        pair: object = (row.person, row.other)
        if row.kind is not None and not row.kind.is_parent:
            pair = frozenset({row.person, row.other})
        found.setdefault((pair, row.kind), row)
    return list(found.values())


def generations(lines: list[Kinship], client_id: int) -> dict[int, int]:
    """Count generations from the client's down; who is not linked stands beside the client."""
    steps: dict[int, list[tuple[int, int]]] = {}
    for row in lines:
        step = int(row.kind is not None and row.kind.is_parent)
        steps.setdefault(row.person or 0, []).append((row.other or 0, step))
        steps.setdefault(row.other or 0, []).append((row.person or 0, -step))
    found, open_ = {client_id: 0}, [client_id]
    while open_:
        here = open_.pop(0)
        for other, step in steps.get(here, ()):
            if other not in found:
                found[other] = found[here] + step
                open_.append(other)
    return found
