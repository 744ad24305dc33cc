"""One row of texts as the boxes of several forms: read, tidied, and what was wrong named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jusou_nb import spelling, values
from jusou_nb.casework.ledger_columns import Column, Place
from jusou_nb.casework.ledger_read import Row
from jusou_nb.checks import is_blank
from jusou_nb.fields import Form, Item, Kind
from jusou_nb.forms import Agency, Consent, Intake, Person, Referral
from jusou_nb.forms.consent import ConsentState
from jusou_nb.rules.sharing import names_informant
from jusou_nb.values import MASKED, Lexicon

SEVERAL = (Referral,)
"""Forms of which one row may hold several, an agency each."""

_DATES = (Kind.DATE, Kind.PARTIAL_DATE)
_BETWEEN_AGENCIES = "、／/\n,，"


@dataclass(frozen=True)
class Note:
    """A value that was written otherwise than in the file: where, from what, to what."""

    line: int
    heading: str
    written: str
    kept: str
    remark: str = ""
    is_private: bool = False

    @property
    def change(self) -> str:
        """From what to what; of a box that 秘匿 withholds nothing, as it may come later."""
        return "" if self.is_private else f"{self.written} → {self.kept}"

    def __str__(self) -> str:
        """Write as one line."""
        odd = f"（{self.remark}）" if self.remark else ""
        return f"{self.line}行目「{self.heading}」{self.change}{odd}"


@dataclass
class Entry:
    """What a row says: boxes by form (empty ones left out), or the reasons to refuse it.

    A box of agencies holds their names as written until the row is found good.
    """

    row: Row
    boxes: dict[type[Form], dict[str, Any]] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    unreadable: set[Place] = field(default_factory=set)

    def of(self, form: type[Form]) -> dict[str, Any]:
        """Give the boxes that the row fills on one form."""
        return self.boxes.get(form, {})

    @property
    def number(self) -> str:
        """The 受付番号, or nothing."""
        return self.of(Intake).get("number") or ""

    @property
    def is_masked(self) -> bool:
        """Whether the row's person is under 秘匿."""
        return bool(self.of(Person).get("is_masked"))

    @property
    def is_bare_refusal(self) -> bool:
        """Whether it says 同意なし without a day: which sheet was used, no answer of a day."""
        return self.of(Consent) == {"state": ConsentState.REFUSED}


@dataclass
class Reader:
    """Reads rows by the columns of a file; remembers cells that it has read.

    ``several`` are the forms of which one row may stand for as many as it names agencies;
    ``instead`` gives, of a box, what a person said that a (squeezed) text stands for.
    """

    columns: tuple[Column, ...]
    required: tuple[Place, ...]
    lexicon: Lexicon
    several: frozenset[type[Form]] = frozenset(SEVERAL)
    instead: Mapping[Place, Mapping[str, str]] = field(default_factory=dict)
    _known: dict[tuple[int, str], values.Reading] = field(default_factory=dict)

    def read(self, row: Row) -> Entry:
        """Read one row; every fault of it is named, not only the first."""
        entry = Entry(row)
        for column in self.columns:
            text = self._meant(column, row.texts[column.index])
            if text.strip():
                self._box(entry, column, text)
        entry.reasons += _missing(entry, self.required)
        return entry

    def _meant(self, column: Column, text: str) -> str:
        if column.place is None or column.place not in self.instead:
            return text
        return self.instead[column.place].get(spelling.squeeze(text), text)

    def _box(self, entry: Entry, column: Column, text: str) -> None:
        if column.place is None:
            entry.others.append(_line(column.heading, text))
            return
        form, box = column.place
        if is_left_alone(box, text):
            return
        try:
            reading = self._reading(form, box, column.index, text)
        except ValueError as fault:
            entry.reasons.append(f"「{column.heading}」: {fault}")
            entry.unreadable.add(column.place)
            return
        entry.boxes.setdefault(form, {})[box.name] = reading.value
        if box.kind in _DATES or box.writing:
            shown = values.show(box, reading.value, self.lexicon)
            if shown != text or reading.remark:
                where = (entry.row.line, column.heading)
                entry.notes.append(Note(*where, text, shown, reading.remark, box.masked))

    def _reading(self, form: type[Form], box: Item, index: int, text: str) -> values.Reading:
        if (index, text) not in self._known:
            self._known[index, text] = self._fresh(form, box, text)
        return self._known[index, text]

    def _fresh(self, form: type[Form], box: Item, text: str) -> values.Reading:
        if box.ref == Agency.table:
            return values.Reading(self._agencies(form, box, text))
        return values.read(box, text, self.lexicon)

    def _agencies(self, form: type[Form], box: Item, text: str) -> Any:
        """Read names of agencies, known ones whole; unknown ones are cut at 、／ and breaks."""
        known = {s: s for s in self.lexicon.spellings.get(box.ref or "", {})}
        if spelling.squeeze(text) in known:
            found: tuple[str, ...] = (text.strip(),)
        else:
            found = _cut(text, known)
        if box.many or form in self.several:
            return found
        if len(found) > 1:
            raise ValueError(f"「{text}」は1つだけ書いてください")
        return found[0]


def _cut(text: str, known: dict[str, str]) -> tuple[str, ...]:
    try:
        return spelling.read_many(text, known)
    except ValueError:
        for sign in _BETWEEN_AGENCIES[1:]:
            text = text.replace(sign, _BETWEEN_AGENCIES[0])
        parts = text.split(_BETWEEN_AGENCIES[0])
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip())) or (text,)


def is_left_alone(box: Item, text: str) -> bool:
    """Whether a cell reads 秘匿 where an export puts that word in the place of a value."""
    withheld = box.masked or names_informant(box)
    return withheld and text.strip() == MASKED


def _line(heading: str, text: str) -> str:
    """Write a column that no box holds; further lines of its text are set in by a blank."""
    return f"{heading}：{text.strip()}".replace("\n", "\n　")


def other_cells(text: str | None) -> dict[str, str]:
    """Read back the columns that no box holds: texts by heading."""
    cells: dict[str, str] = {}
    heading = ""
    for line in (text or "").split("\n"):
        if line.startswith("　"):
            cells[heading] = f"{cells.get(heading, '')}\n{line[1:]}"
        elif line:
            heading, _, cells[heading] = line.partition("：")
    return cells


def _missing(entry: Entry, required: tuple[Place, ...]) -> list[str]:
    return [
        f"「{box.label}」が空です。{box.help or '記入してください'}"
        for form, box in required
        if is_blank(entry.of(form).get(box.name)) and (form, box) not in entry.unreadable
    ]
