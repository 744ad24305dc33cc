"""What of a row the store has already, what is missing there, and what differs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jusou_nb import values
from jusou_nb.casework.ledger_columns import Column
from jusou_nb.casework.ledger_rows import Entry, other_cells
from jusou_nb.checks import is_blank
from jusou_nb.fields import Form, Item, Kind, get_item
from jusou_nb.forms import (
    Agency,
    AgendaItem,
    Case,
    Conference,
    Consent,
    Household,
    Intake,
    Person,
    Referral,
    SupportPlan,
)
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.names import fold
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store, queries
from jusou_nb.values import MASKED, Lexicon

Records = Mapping[type[Form], Form]
"""Records that one row of a ledger describes, by form."""


@dataclass(frozen=True, kw_only=True)
class Stored:
    """An intake in the store, with all that a row of the ledger can say about it."""

    intake: Intake
    household: Household
    client: Person
    cases: tuple[Case, ...] = ()
    consents: tuple[Consent, ...] = ()
    referrals: tuple[Referral, ...] = ()
    items: tuple[tuple[AgendaItem, Conference], ...] = ()
    plans: tuple[SupportPlan, ...] = ()


def stored_of(store: Store, intake: Intake) -> Stored:
    """Load what hangs on an intake."""
    household = store.load(Household, intake.household_id or 0)
    agenda = store.find(AgendaItem, client_id=intake.client_id)
    return Stored(
        intake=intake,
        household=household,
        client=queries.person(household, intake.client_id),
        cases=tuple(store.find(Case, client_id=intake.client_id)),
        consents=tuple(store.find(Consent, "stated_on", person_id=intake.client_id)),
        referrals=tuple(store.find(Referral, intake_id=intake.id)),
        items=tuple((i, store.load(Conference, i.conference_id or 0)) for i in agenda),
        plans=tuple(store.find(SupportPlan, "drawn_on", client_id=intake.client_id)),
    )


@dataclass
class Match:
    """How a row stands to the store: boxes to fill, forms to add, or boxes that differ."""

    stored: Stored
    fills: dict[type[Form], tuple[Form, dict[str, Any]]] = field(default_factory=dict)
    adds: set[type[Form]] = field(default_factory=set)
    differences: list[str] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.fills or self.adds)


@dataclass(frozen=True)
class Matcher:
    """Compares rows with the store; ``columns`` give the headings that reasons name."""

    columns: tuple[Column, ...]
    lexicon: Lexicon

    def match(self, entry: Entry, stored: Stored) -> Match:
        """Compare a row with the intake of its number."""
        found = Match(stored)
        for forms, candidates in _groups(stored):
            given = {form: entry.of(form) for form in forms if entry.of(form)}
            if Consent in given and entry.is_bare_refusal:
                self._bare_refusal(found)
            elif given:
                self._group(found, entry, given, candidates)
        self._referrals(found, entry)
        _others(found, entry)
        return found

    def _bare_refusal(self, found: Match) -> None:
        """なし without a day says which sheet was used; an answer given since differs."""
        stored = found.stored
        if stored.intake.variant is IntakeVariant.WITHOUT_CONSENT:
            return
        if any(entry.state is ConsentState.REFUSED for entry in stored.consents):
            return
        if stored.consents or stored.intake.variant is not None:
            found.differences.append(
                self._said(get_item(Consent, "state"), "なし", ConsentState.GIVEN.label)
            )
            return
        fills = found.fills.setdefault(Intake, (stored.intake, {}))[1]
        fills["variant"] = IntakeVariant.WITHOUT_CONSENT

    def _group(
        self,
        found: Match,
        entry: Entry,
        given: Mapping[type[Form], Mapping[str, Any]],
        candidates: Sequence[Records],
    ) -> None:
        if not candidates:
            found.adds.update(given)
            return
        compared = [self.compare(entry, given, records) for records in candidates]
        differing, fills = min(compared, key=lambda pair: (len(pair[0]), len(pair[1])))
        found.differences += differing
        found.fills.update(fills)

    def compare(
        self, entry: Entry, given: Mapping[type[Form], Mapping[str, Any]], records: Records
    ) -> tuple[list[str], dict[type[Form], tuple[Form, dict[str, Any]]]]:
        """Give the boxes that differ, in words, and those to be filled."""
        differing: list[str] = []
        fills: dict[type[Form], tuple[Form, dict[str, Any]]] = {}
        for form, boxes in given.items():
            record = records[form]
            for name, value in boxes.items():
                box, kept = get_item(form, name), getattr(record, name)
                if is_blank(kept):
                    fills.setdefault(form, (record, {}))[1][name] = value
                elif not self.same(box, value, kept):
                    differing.append(self._both(entry, records, box, value, kept))
        return differing, fills

    def same(self, box: Item, written: Any, kept: Any) -> bool:
        """Whether a row and the store say the same in a box."""
        if box.many:
            return {self._key(box, v) for v in written} == {self._key(box, v) for v in kept}
        return bool(self._key(box, written) == self._key(box, kept))

    def _key(self, box: Item, value: Any) -> Any:
        if box.kind is Kind.REF and isinstance(value, str):
            return self.lexicon.spellings.get(box.ref or "", {}).get(squeeze(value))
        if box.unique:
            return fold(value)
        if box.kind is Kind.TEXT:
            return values.tidy(box, value.replace("\r\n", "\n").strip())
        return value

    def _both(self, entry: Entry, records: Records, box: Item, written: Any, kept: Any) -> str:
        client = records.get(Person)
        if box.masked and (entry.is_masked or (isinstance(client, Person) and client.is_masked)):
            return self._said(box, MASKED, MASKED)
        return self._said(box, self._text(box, written), values.show(box, kept, self.lexicon))

    def _said(self, box: Item, written: str, kept: str) -> str:
        heading = next(
            (c.heading for c in self.columns if c.place and c.place[1] is box), box.label
        )
        return differing(heading, written, kept)

    def _text(self, box: Item, value: Any) -> str:
        if box.ref == Agency.table:
            return str(value) if isinstance(value, str) else "、".join(value)
        return values.show(box, value, self.lexicon)

    def _referrals(self, found: Match, entry: Entry) -> None:
        """Each agency that the row names must be known of, or none may be."""
        named: tuple[str, ...] = entry.of(Referral).get("destination", ())
        if not named:
            return
        if not found.stored.referrals:
            found.adds.add(Referral)
            return
        box = get_item(Referral, "destination")
        kept = {r.destination for r in found.stored.referrals}
        if not {self._key(box, name) for name in named} <= kept:
            shown = "、".join(values.show(box, agency, self.lexicon) for agency in kept)
            found.differences.append(self._said(box, "、".join(named), shown))


def differing(heading: str, written: str, kept: str) -> str:
    """Say that a row and the store differ in a box, with both texts."""
    return f"「{heading}」が登録済みの内容と違います（台帳「{written}」、登録「{kept}」）"


def _others(found: Match, entry: Entry) -> None:
    """Columns that no box holds: new ones are added, a text that differs is refused."""
    kept = other_cells(found.stored.intake.other_columns)
    written = other_cells("\n".join(entry.others))
    found.differences += [
        differing(heading, text, kept[heading])
        for heading, text in written.items()
        if heading in kept and kept[heading] != text
    ]
    new = [line for line in entry.others if next(iter(other_cells(line))) not in kept]
    if new:
        before = found.stored.intake.other_columns
        fills = found.fills.setdefault(Intake, (found.stored.intake, {}))[1]
        fills["other_columns"] = "\n".join([*([before] if before else []), *new])


def _groups(stored: Stored) -> Iterator[tuple[tuple[type[Form], ...], Sequence[Records]]]:
    """Give the forms that are compared together, with the records they may be."""
    yield (Intake,), [{Intake: stored.intake}]
    yield (Household,), [{Household: stored.household}]
    yield (Person,), [{Person: stored.client}]
    yield (Case,), [{Case: case} for case in stored.cases]
    yield (Consent,), [{Consent: consent} for consent in stored.consents]
    yield (AgendaItem, Conference), [{AgendaItem: i, Conference: c} for i, c in stored.items]
    yield (SupportPlan,), [{SupportPlan: plan} for plan in stored.plans]
