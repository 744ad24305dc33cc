"""What the texts of coded columns are read as, so that somebody can say what others mean."""

from collections import Counter
from dataclasses import dataclass

from jusou_nb import values
from jusou_nb.casework.ledger_choices import Choices
from jusou_nb.casework.ledger_columns import Place, Plan, code_of
from jusou_nb.casework.ledger_read import Table
from jusou_nb.fields import Kind
from jusou_nb.spelling import squeeze
from jusou_nb.values import NO, YES, Lexicon

_CODED = (Kind.CODE, Kind.CHOICE, Kind.FLAG)


@dataclass(frozen=True, kw_only=True)
class Value:
    """A text that stands in a coded column: how often, and what it is read as.

    ``options`` are the labels that can be chosen for it; ``read_as`` is empty where it cannot
    be read. ``chosen`` is what somebody said, or None.
    """

    code: str
    label: str
    text: str
    count: int
    read_as: str
    chosen: str | None
    options: tuple[str, ...]


def values_of(plan: Plan, table: Table, said: Choices, lexicon: Lexicon) -> tuple[Value, ...]:
    """List the texts of the coded columns, each once; those that cannot be read come first."""
    found = [
        _value(column.place, text, count, said, lexicon)
        for column in plan.columns
        if column.place and column.place[1].kind in _CODED
        for text, count in Counter(row.texts[column.index] for row in table.rows).items()
        if text.strip()
    ]
    return tuple(sorted(found, key=lambda value: bool(value.read_as)))


def _value(place: Place, text: str, count: int, said: Choices, lexicon: Lexicon) -> Value:
    box, code = place[1], code_of(place)
    chosen = said.values.get(code, {}).get(squeeze(text))
    labels = (YES, NO) if box.kind is Kind.FLAG else (o.label for o in lexicon.options(box))
    meant = text if chosen is None else chosen
    return Value(
        code=code,
        label=box.label,
        text=text,
        count=count,
        read_as=_read_as(place, meant, lexicon),
        chosen=chosen,
        options=tuple(labels),
    )


def _read_as(place: Place, text: str, lexicon: Lexicon) -> str:
    if not text.strip():
        return "（空にする）"
    try:
        return values.show(place[1], values.read(place[1], text, lexicon).value, lexicon)
    except ValueError:
        return ""
