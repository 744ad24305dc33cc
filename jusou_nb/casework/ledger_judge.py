"""Which rows are new, which are known, which fill a gap, and which cannot be taken in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from jusou_nb.casework.ledger_match import Match, Matcher, stored_of
from jusou_nb.casework.ledger_pieces import body_for
from jusou_nb.casework.ledger_rows import Entry
from jusou_nb.forms import AgendaItem, Conference, Consent, Intake, Person
from jusou_nb.names import fold
from jusou_nb.problems import Problem
from jusou_nb.rules.recorded import Known, same_person
from jusou_nb.store import Store
from jusou_nb.store.numbers import Numbers, by_spelling
from jusou_nb.store.people import Directory, clients


@dataclass
class Verdict:
    """What is to be done with a row; without match and reasons it is new."""

    entry: Entry
    number: str
    match: Match | None = None
    hints: list[Problem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether it goes back."""
        return bool(self.entry.reasons)

    @property
    def is_new(self) -> bool:
        """Whether it becomes an intake."""
        return self.match is None and not self.is_refused


def judge(store: Store, matcher: Matcher, entries: Sequence[Entry]) -> list[Verdict]:
    """Judge the rows of one file, before any is written."""
    _refuse_twice(entries)
    _refuse_homeless(store, entries)
    for entry in entries:
        entry.reasons += _incomplete(entry)
    known = by_spelling(store)
    verdicts = [_compare(store, matcher, entry, known) for entry in entries]
    _give_numbers(store, verdicts)
    _give_hints(store, [verdict for verdict in verdicts if verdict.is_new])
    return verdicts


def _refuse_twice(entries: Sequence[Entry]) -> None:
    """Of two rows of one number, or two equal ones without, the second goes back."""
    seen: dict[Any, int] = {}
    for entry in entries:
        key = fold(entry.number) if entry.number else entry.row.texts
        if key not in seen:
            seen[key] = entry.row.line
        elif entry.number:
            entry.reasons.append(
                f"「受付番号」: 「{entry.number}」は{seen[key]}行目にもあります。"
                "番号を直してください"
            )
        else:
            entry.reasons.append(
                f"「受付番号」: {seen[key]}行目と同じ内容です。"
                "別の相談なら受付番号を付け、二重なら消してください"
            )


def _refuse_homeless(store: Store, entries: Sequence[Entry]) -> None:
    """A basis that no body of the town sits on cannot have a sitting."""
    for entry in entries:
        basis = entry.of(AgendaItem).get("basis")
        if basis and body_for(store.profile, basis) is None:
            label = store.profile.basis(basis).label
            entry.reasons.append(
                f"「会議」: 「{label}」を扱う会議体がありません。"
                "プロファイルの会議体に加えるか、会議を確かめてください"
            )


def _compare(store: Store, matcher: Matcher, entry: Entry, known: dict[str, int]) -> Verdict:
    verdict = Verdict(entry, entry.number)
    if verdict.is_refused:
        return verdict
    if not entry.number:
        return _without_number(store, matcher, verdict)
    found = known.get(fold(entry.number))
    if found is not None:
        verdict.match = matcher.match(entry, stored_of(store, store.load(Intake, found)))
        entry.reasons += verdict.match.differences
    return verdict


def _without_number(store: Store, matcher: Matcher, verdict: Verdict) -> Verdict:
    """A row without a number is known only where all that it says is in the store."""
    day = verdict.entry.of(Intake)["received_on"]
    for intake in store.find(Intake, received_on=day):
        match = matcher.match(verdict.entry, stored_of(store, intake))
        if not match.differences and not match.changes:
            verdict.match, verdict.number = match, intake.number or ""
            break
    return verdict


def _give_numbers(store: Store, verdicts: Sequence[Verdict]) -> None:
    """Number the new rows that have none, past every number of the file, refused ones too."""
    numbers = Numbers(store, [v.entry.number for v in verdicts if v.entry.number])
    for verdict in [v for v in verdicts if v.is_new and not v.number]:
        verdict.number = numbers.next(verdict.entry.of(Intake)["received_on"])


def _give_hints(store: Store, verdicts: Sequence[Verdict]) -> None:
    """Point out who may be the same person, in the store or in this file."""
    if not verdicts:
        return
    people = [_known(verdict) for verdict in verdicts]
    directory = Directory([*clients(store), *people])
    for verdict, person in zip(verdicts, people, strict=True):
        verdict.hints = same_person(person, directory.near(person))


def _known(verdict: Verdict) -> Known:
    said = verdict.entry.of(Person)
    return Known(
        number=verdict.number,
        name=said["name"],
        kana=said.get("kana") or "",
        birth=said.get("birth"),
    )


def _incomplete(entry: Entry) -> list[str]:
    """A sitting needs day and basis, a consent what was said: half of one is given back."""
    if entry.reasons:
        return []
    day, basis = bool(entry.of(Conference)), bool(entry.of(AgendaItem))
    lacking = []
    if day and not basis:
        lacking.append("「会議日」があるのに「会議」が空です。どちらの会議か記入してください")
    if basis and not day:
        lacking.append("「会議」があるのに「会議日」が空です。会議の日を記入してください")
    if entry.of(Consent) and not entry.of(Consent).get("state"):
        lacking.append("「同意日」があるのに「本人同意」が空です。あり・なしを記入してください")
    return lacking
