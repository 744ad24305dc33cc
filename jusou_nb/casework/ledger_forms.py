"""One form by its own headings: its boxes, its number, and the numbers it refers to."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jusou_nb.casework import ledger_columns as columns
from jusou_nb.casework.ledger_export import Sheet, value_of
from jusou_nb.casework.ledger_match import Matcher
from jusou_nb.casework.ledger_read import Table
from jusou_nb.casework.ledger_records import Writer
from jusou_nb.casework.ledger_report import Outcome
from jusou_nb.casework.ledger_rows import Entry, Reader
from jusou_nb.checks import check
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form, Item, Stage, children, items, links
from jusou_nb.forms import Case, Person, form_of
from jusou_nb.rules.sharing import listed
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store, queries
from jusou_nb.values import MASKED, Lexicon

ID = "記録番号"
_BATCH = "batch_id"


def _links(form: type[Form]) -> dict[str, str]:
    """Give the headings of a form's references: name of the link → 世帯の記録番号."""
    return {
        link.name: f"{_target(link.table).title}の{ID}"
        for link in links(form)
        if link.name != _BATCH
    }


def _target(table: str) -> type[Form]:
    return form_of(table) or Form


def _places(form: type[Form]) -> tuple[columns.Place, ...]:
    return tuple((form, box) for box in items(form))


def rows_of(store: Store, form: type[Form]) -> Sheet:
    """Give the headings and a row of texts a record; whoever told us reads 秘匿."""
    lexicon = numbered(store, form, store.lexicon())
    references, boxes = _links(form), items(form)
    rows = [
        [record.id, *(getattr(record, name) for name in references)]
        + [_cell(box, getattr(record, box.name), lexicon) for box in boxes]
        for record in store.find(form)
    ]
    return [ID, *references.values(), *(box.label for box in boxes)], rows


def numbered(store: Store, form: type[Form], lexicon: Lexicon) -> Lexicon:
    """Give the words of a file of one form: its people by number (#12), never by name."""
    if not any(box.ref == Person.table for box in items(form)):
        return lexicon
    sql = "SELECT id FROM persons WHERE struck_at IS NULL ORDER BY id"
    people = {row[0]: f"#{row[0]}" for row in store.db.execute(sql)}
    spelt = {squeeze(text): id_ for id_, text in people.items()}
    return Lexicon(
        lexicon.profile,
        {**lexicon.refs, Person.table: people},
        {**lexicon.spellings, Person.table: spelt},
    )


def _cell(box: Item, value: Any, lexicon: Lexicon) -> Any:
    if value is None:
        return ""
    return value_of(box, value, lexicon) if listed(box, None) else MASKED


def missing_of(form: type[Form]) -> Callable[[tuple[str, ...]], list[str]]:
    """Give the question which required headings a file of this form has not."""
    required = [(form, box) for box in items(form) if box.required_at is Stage.DRAFT]

    def missing(headings: tuple[str, ...]) -> list[str]:
        lacking = columns.lacking(required, headings)
        return [] if ID in headings and len(headings) > 1 else lacking or _nothing(form, headings)

    return missing


def _nothing(form: type[Form], headings: tuple[str, ...]) -> list[str]:
    """A form that requires nothing still needs one heading of its own."""
    boxes = _places(form)
    return [boxes[0][1].label] if len(columns.lacking(boxes, headings)) == len(boxes) else []


def take(store: Store, form: type[Form], table: Table, writer: Writer) -> Outcome:
    """Take in the rows of one form: known by number or unique box, else new."""
    plan = columns.plan(table.headings, _places(form))
    lexicon = numbered(store, form, writer.lexicon)
    own = {squeeze(heading): name for name, heading in {"id": ID, **_links(form)}.items()}
    numbers = {i: own[squeeze(h)] for i, h in enumerate(table.headings) if squeeze(h) in own}
    boxes = tuple(column for column in plan.columns if column.index not in numbers)
    reader = Reader(tuple(c for c in boxes if c.place), (), lexicon, several=frozenset())
    matcher = Matcher(plan.columns, lexicon)
    outcome = Outcome(plan=replace(plan, columns=boxes))
    for row in table.rows:
        entry = reader.read(row)
        stated = {name: row.texts[index].strip() for index, name in numbers.items()}
        _settle(_One(store, form, matcher, writer), entry, stated, outcome)
    return outcome


class _One:
    """Takes one row of a form."""

    def __init__(self, store: Store, form: type[Form], matcher: Matcher, writer: Writer) -> None:
        self.store, self.form, self.matcher, self.writer = store, form, matcher, writer

    def find(self, entry: Entry, stated: dict[str, str]) -> Form | None:
        """Find the record that a row is about (ValueError when its number is none)."""
        if stated.get("id"):
            return self._load(self.form, stated["id"], ID)
        for box in [b for b in items(self.form) if b.unique]:
            value = entry.of(self.form).get(box.name)
            found = self.store.find(self.form, **{box.name: value}) if value else []
            if found:
                return found[0]
        return None

    def _load(self, form: type[Form], number: str, heading: str) -> Form:
        try:
            return self.store.load(form, int(number))
        except (NotFound, ValueError):
            raise ValueError(f"「{heading}」: 「{number}」番の{form.title}がありません") from None

    def links_of(self, stated: dict[str, str]) -> dict[str, int | None]:
        """Read the numbers to which a new row refers (ValueError when one is missing)."""
        found: dict[str, int | None] = {}
        tables = {link.name: link.table for link in links(self.form)}
        for name, heading in _links(self.form).items():
            if not stated.get(name):
                raise ValueError(f"「{heading}」が空です。どの記録のものか番号を記入してください")
            found[name] = self._load(_target(tables[name]), stated[name], heading).id
        return found

    def fill(self, entry: Entry, record: Form) -> bool:
        """Fill the empty boxes of a known record; name those that differ as reasons."""
        if not entry.of(self.form):
            return False
        differing, fills = self.matcher.compare(
            entry, {self.form: entry.of(self.form)}, {self.form: record}
        )
        entry.reasons += differing
        entry.reasons += self._strangers(entry, record)
        if entry.reasons or not fills:
            return False
        _ = self.writer.batch_id
        said = self.writer.resolved(entry)[self.form]
        names = fills[self.form][1]
        self.store.save(replace(record, **{name: said[name] for name in names}))
        return True

    def add(self, entry: Entry, stated: dict[str, str]) -> None:
        """Write a new record, or name what it lacks as reasons (ValueError: a link)."""
        if children(self.form):
            raise ValueError(f"新しい{self.form.title}は画面から登録してください（明細があるため）")
        found: dict[str, Any] = self.links_of(stated)
        lacking = check(self.form(**entry.of(self.form)))
        entry.reasons += self._strangers(entry, self.form(**found))
        entry.reasons += [f"{problem.message}{problem.remedy}" for problem in lacking]
        if entry.reasons:
            return
        if any(link.name == _BATCH for link in links(self.form)):
            found[_BATCH] = self.writer.batch_id
        _ = self.writer.batch_id
        self.writer.save(self.form(**self.writer.resolved(entry)[self.form], **found))

    def _strangers(self, entry: Entry, record: Form) -> list[str]:
        """Name the people of a row who are of another household than its record."""
        home = _home(self.store, record)
        said = entry.of(self.form)
        people = [b for b in items(self.form) if b.ref == Person.table and b.name in said]
        return [
            f"「{box.label}」: #{said[box.name]} は、この世帯の人ではありません"
            for box in people
            if home is not None and queries.household_of(self.store, said[box.name]).id != home
        ]


def _home(store: Store, record: Form) -> int | None:
    """Give the household of a record by its own link or its case's."""
    case_id = getattr(record, "case_id", None)
    own: int | None = getattr(record, "household_id", None)
    return own if own is not None or case_id is None else store.load(Case, case_id).household_id


def _settle(one: _One, entry: Entry, stated: dict[str, str], outcome: Outcome) -> None:
    number = stated.get("id", "")
    is_new = is_filled = False
    try:
        if not entry.reasons:
            record = one.find(entry, stated)
            is_new = record is None
            if record is None:
                one.add(entry, stated)
            else:
                is_filled = one.fill(entry, record)
    except ValueError as fault:
        entry.reasons.append(str(fault))
    if entry.reasons:
        outcome.refuse(entry, number)
    elif is_new:
        outcome.add(entry, number, ())
    elif is_filled:
        outcome.fill(entry, number, ())
    else:
        outcome.unchanged += 1
