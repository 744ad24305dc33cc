"""Writes good rows into the store: agencies, batch, and each row's records in their order."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from jusou_nb.casework import ledger_pieces as pieces
from jusou_nb.casework.ledger_match import Match, Stored
from jusou_nb.casework.ledger_rows import Entry
from jusou_nb.fields import Form, Ref, get_item
from jusou_nb.forms import Agency, AgendaItem, Conference, Consent, Household, Intake, Person
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.problems import Problem
from jusou_nb.rules.recorded import to_confirm
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store, agencies, batches, queries

F = TypeVar("F", bound=Form)


class Writer:
    """Writes rows into the store, all in one batch that is opened at the first of them."""

    def __init__(self, store: Store, today: date, file: tuple[str, str], form: str) -> None:
        """Write for a file (name, hash) of a form; nothing is written yet."""
        self.store, self.today = store, today
        self.lexicon = store.lexicon()
        self.made: Counter[str] = Counter()
        self.new_agencies: list[str] = []
        self.opened: int | None = None
        self._file, self._form = file, form
        self._last_places: dict[int, int] = {}

    @property
    def batch_id(self) -> int:
        """The batch of this import, opened when first asked for."""
        if self.opened is None:
            name, digest = self._file
            self.opened = batches.begin(
                self.store, file_name=name, file_hash=digest, form=self._form
            )
        return self.opened

    def save(self, record: F) -> F:
        """Save a record, and count it where it is new; one that did not change stays."""
        self.made[record.table] += record.id is None
        return self.store.save(record)

    def resolved(self, entry: Entry) -> pieces.Boxes:
        """Give the boxes with agencies as ids; unknown ones are added to the register."""
        return {
            form: {name: self._resolve(form, name, value) for name, value in boxes.items()}
            for form, boxes in entry.boxes.items()
        }

    def _resolve(self, form: type[Form], name: str, value: Any) -> Any:
        if get_item(form, name).ref != Agency.table:
            return value
        return self._agency(value) if isinstance(value, str) else tuple(map(self._agency, value))

    def _agency(self, name: str) -> Ref:
        known = self.lexicon.spellings[Agency.table].get(squeeze(name))
        if known is None:
            known, _ = agencies.find_or_add(self.store, name)
            self.lexicon = self.store.lexicon()
            self.made[Agency.table] += 1
            self.new_agencies.append(name)
        return Ref(known)

    def add(self, entry: Entry, number: str, hints: list[Problem]) -> list[Problem]:
        """Write a row that is new; give what is 要確認 of it."""
        batch_id, boxes = self.batch_id, self.resolved(entry)
        household = self.save(pieces.household(boxes))
        intake = pieces.intake(boxes, entry, number, batch_id)
        linked = replace(intake, household_id=household.id, client_id=household.members[0].id)
        start = Stored(intake=linked, household=household, client=household.members[0])
        forms = set(boxes) - ({Consent} if entry.is_bare_refusal else set())
        whole = self._with_pieces(start, boxes, forms)
        problems = [*to_confirm(self.store.profile, pieces.recorded(whole)), *hints]
        self._keep(whole, problems)
        return problems

    def fill(self, entry: Entry, match: Match) -> list[Problem]:
        """Write what the store had not; give what is 要確認 because of it."""
        _ = self.batch_id
        boxes, profile = self.resolved(entry), self.store.profile
        before = to_confirm(profile, pieces.recorded(match.stored))
        start = self._filled(match, boxes)
        whole = self._with_pieces(start, boxes, match.adds)
        after = to_confirm(profile, pieces.recorded(whole))
        new = [problem for problem in after if problem not in before]
        self.save(whole.household)
        self._keep(whole, new)
        return new

    def _filled(self, match: Match, boxes: pieces.Boxes) -> Stored:
        """Put the missing values into the boxes that were empty."""
        whole = match.stored
        for form, (record, values) in match.fills.items():
            said = boxes.get(form, {})
            new = replace(record, **{name: said.get(name, value) for name, value in values.items()})
            whole = _put(whole, new)
        return whole

    def _with_pieces(self, start: Stored, boxes: pieces.Boxes, forms: set[type[Form]]) -> Stored:
        placed = None
        if AgendaItem in forms:
            sitting = self._sitting(boxes)
            place = self._next_place(sitting.id or 0)
            item = pieces.item(self.store.profile, boxes, place=place, is_first=not start.items)
            placed = (replace(item, conference_id=sitting.id), sitting)
        return pieces.with_pieces(start, boxes, forms, placed, self.store.profile)

    def _sitting(self, boxes: pieces.Boxes) -> Conference:
        """Give the sitting of that day on whose agenda the basis stands, or a new one."""
        basis = boxes[AgendaItem]["basis"]
        for sitting in self.store.find(Conference, held_on=boxes[Conference]["held_on"]):
            called_off = sitting.state is ConferenceState.CANCELLED
            if not called_off and basis in self.store.profile.body(sitting.body or "").bases:
                return sitting
        new = pieces.sitting(self.store.profile, boxes, self.today)
        return self.save(replace(new, batch_id=self.batch_id))

    def _next_place(self, sitting_id: int) -> int:
        if sitting_id not in self._last_places:
            before = queries.items_of(self.store, sitting_id)
            self._last_places[sitting_id] = max((i.place_in_order or 0 for i in before), default=0)
        self._last_places[sitting_id] += 1
        return self._last_places[sitting_id]

    def _keep(self, whole: Stored, problems: list[Problem]) -> None:
        """Save all of an intake; what did not change is left as it is."""
        intake = self.save(_marked(whole.intake, problems))
        home = {"household_id": intake.household_id, "intake_id": intake.id}
        client = {"client_id": intake.client_id}
        case_id = None
        for case in whole.cases:
            case_id = self._linked(case, **home, **client)
        for consent in whole.consents:
            self._linked(consent, person_id=intake.client_id)
        for referral in whole.referrals:
            self._linked(referral, **home, **client)
        for item, _ in whole.items:
            self._linked(item, case_id=case_id, **client)
        for plan in whole.plans:
            self._linked(plan, case_id=case_id, **client)

    def _linked(self, record: Form, **links: int | None) -> int | None:
        """Save a record; a new one gets its links."""
        if record.id is None:
            own: dict[str, Any] = {**links, "batch_id": self.batch_id}
            record = replace(record, **own)
        return self.save(record).id


def _marked(intake: Intake, problems: list[Problem]) -> Intake:
    """Note on an intake what is 要確認, after what is noted there already."""
    noted = intake.to_confirm.split("\n") if intake.to_confirm else []
    new = [line for p in problems if (line := f"{p.message}{p.remedy}") not in noted]
    return replace(intake, to_confirm="\n".join([*noted, *new]) or None)


def _put(whole: Stored, new: Form) -> Stored:
    """Put a filled record back into its place."""
    if isinstance(new, Intake):
        return replace(whole, intake=new)
    if isinstance(new, Household):
        return replace(whole, household=replace(new, members=whole.household.members))
    if isinstance(new, Person):
        members = pieces.swapped(whole.household.members, new)
        return replace(whole, household=replace(whole.household, members=members), client=new)
    if isinstance(new, Conference):
        return whole
    return replace(
        whole,
        cases=pieces.swapped(whole.cases, new),
        consents=pieces.swapped(whole.consents, new),
        plans=pieces.swapped(whole.plans, new),
        items=tuple((pieces.swap(i, new), c) for i, c in whole.items),
    )
