"""One reader's eyes on one item: which boxes are printed, and what was left off and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jusou_nb.checks import is_asked, is_blank
from jusou_nb.documents.ages import age_band, age_text
from jusou_nb.documents.cells import Cell, cell_of
from jusou_nb.fields import Form, Item, get_item, items
from jusou_nb.forms import Person
from jusou_nb.forms.conference import Identification
from jusou_nb.problems import Problem
from jusou_nb.rules import sharing
from jusou_nb.rules.sharing import AgeDetail, Matter, Reader, ReaderKind
from jusou_nb.values import MASKED, Lexicon

_MASK = "sharing.masked"


@dataclass(frozen=True, kw_only=True)
class Eyes:
    """Asks of each box, before it is printed, whether this reader may see it."""

    reader: Reader
    matter: Matter
    lexicon: Lexicon
    letters: dict[int, str]

    @property
    def are_the_chairs(self) -> bool:
        """Whether this is the copy that holds all of its basis."""
        return self.reader.kind is ReaderKind.CHAIR

    def withheld(self, box: Item, person: Person | None = None) -> Problem | None:
        """Say why a box is left off; None: it is printed."""
        return sharing.box_withheld(self.reader, self.matter, box, person)

    def cells(
        self, record: Form, names: tuple[str, ...] = (), without: frozenset[str] = frozenset()
    ) -> tuple[Cell, ...]:
        """Give the filled boxes of a record that may be seen, in the order of the form."""
        wanted = [
            box
            for box in items(type(record))
            if (not names or box.name in names) and box.name not in without
        ]
        filled = [b for b in wanted if is_asked(record, b) and not is_blank(_value(record, b))]
        return tuple(
            cell_of(box, _value(record, box), self.lexicon)
            for box in filled
            if self.withheld(box) is None
        )

    def text(self, record: Form, name: str, person: Person | None = None) -> str:
        """Write one box as it may be seen: its value, 秘匿, or nothing."""
        box = get_item(type(record), name)
        problem = self.withheld(box, person)
        if problem is not None:
            return MASKED if problem.rule == _MASK else ""
        return cell_of(box, _value(record, box), self.lexicon).value

    def table(
        self, records: Iterable[Form], names: tuple[str, ...], *, needed: str
    ) -> tuple[tuple[str, ...], ...]:
        """Write boxes of rows; a row whose ``needed`` box may not be read is left out."""
        return tuple(
            tuple(self.text(record, name) for name in names)
            for record in records
            if not needed or self.text(record, needed)
        )

    def agency(self, agency_id: int | None) -> str:
        """Name an agency."""
        return self.lexicon.refs["agencies"].get(agency_id or 0, "")

    def age(self, person: Person) -> str:
        """Write an age as exactly as this reader may know it on the day of the sitting."""
        box = get_item(Person, "stated_age")
        detail = sharing.age_detail(self.reader, self.matter, box, person)
        if detail is AgeDetail.NONE:
            return ""
        write = age_text if detail is AgeDetail.YEARS else age_band
        return write(person, self.matter.day)

    def name(self, person: Person) -> str:
        """Name a person: by letter, by name, and on the chair's copy by both."""
        letter = self.letters.get(person.id or 0, "")
        real = self.text(person, "name", person)
        if not real:
            return letter
        lettered = self.matter.identification is Identification.LETTERED
        return f"{real}（{letter}）" if lettered else real

    def omissions(
        self, record: Form, person: Person | None = None
    ) -> Iterator[tuple[str, Problem]]:
        """Name the filled boxes of a record that this reader does not get, and why."""
        for box in items(type(record)):
            problem = self.withheld(box, person)
            if problem is not None and not is_blank(_value(record, box)):
                yield box.label, problem


def _value(record: Form, box: Item) -> object:
    return getattr(record, box.name)
