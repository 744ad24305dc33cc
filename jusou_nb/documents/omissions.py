"""What a copy does not hold: a line on the copy itself, a table on the chair's."""

from collections.abc import Iterator
from dataclasses import dataclass

from jusou_nb.documents.answers import withheld_answers
from jusou_nb.documents.eyes import Eyes
from jusou_nb.documents.sitting import Entry
from jusou_nb.fields import Form, items
from jusou_nb.forms import AgendaItem, FamilyEvent, Household, Intake, Person
from jusou_nb.problems import Problem
from jusou_nb.rules import sharing
from jusou_nb.rules.chronology import MomentKind, moment_withheld

_SAID = ("consent.category", "sharing.category", "sharing.text_not_reviewed")
"""Rules that a copy may tell of without telling anything else."""

_OF_OTHERS = "本人以外の世帯員は、続柄・年代・同居の別だけを載せる決まりです"
"""The same whether somebody refused, withdrew, or was never asked: that is theirs to tell."""


@dataclass(frozen=True, kw_only=True)
class Omission:
    """What was left off whose copies of which item, and by which rule."""

    number: int
    what: str
    rule: str
    reason: str
    agencies: str


def printed_omissions(entry: Entry, eyes: Eyes) -> tuple[str, ...]:
    """Write what a copy leaves off, whether or not the boxes hold anything."""
    by_message: dict[str, dict[str, None]] = {}
    for form in (AgendaItem, Household, Intake):
        for box in items(form):
            problem = eyes.withheld(box)
            if problem is not None and problem.rule in _SAID:
                is_text = problem.rule == "sharing.text_not_reviewed"
                what = "主訴・検討事項などの文章" if is_text else box.scope.label
                by_message.setdefault(problem.message, {})[what] = None
    said = [f"{'、'.join(what)}：{message}" for message, what in by_message.items()]
    if any(_without_consent(person, eyes) for person in entry.people):
        said.append(_OF_OTHERS)
    return tuple(said)


def _without_consent(person: Person, eyes: Eyes) -> bool:
    problems = (eyes.withheld(box, person) for box in items(Person))
    return any(p is not None and p.rule == "consent.other_member" for p in problems)


def omissions_of(entry: Entry, eyes: Eyes) -> dict[tuple[str, str], list[str]]:
    """Give what a reader does not get of an item: labels of filled boxes by rule and reason."""
    if (whole := sharing.item_withheld(eyes.reader, eyes.matter)) is not None:
        return {(whole.rule, whole.message): ["案件のすべて"]}
    found: dict[tuple[str, str], list[str]] = {}
    for label, problem in _all(entry, eyes):
        labels = found.setdefault((problem.rule, problem.message), [])
        if label not in labels:
            labels.append(label)
    return found


def _all(entry: Entry, eyes: Eyes) -> Iterator[tuple[str, Problem]]:
    records: list[Form] = [entry.item, entry.household]
    records += [record for record in (entry.intake, entry.plan) if record is not None]
    records += [*entry.item.directions, *entry.item.decisions, *entry.item.agreements]
    if entry.plan:
        records += [*entry.plan.issue_rows, *entry.plan.goals, *entry.plan.roles, *entry.schemes]
    for record in records:
        yield from eyes.omissions(record)
    for person in entry.people:
        yield from eyes.omissions(person, person)
    for note in entry.notes:
        problem = sharing.note_withheld(eyes.reader, eyes.matter, note)
        if problem is not None:
            yield "支援経過", problem
    for moment in entry.moments:
        hidden = moment_withheld(eyes.reader, eyes.matter, moment, entry.household)
        if hidden is not None and moment.kind is MomentKind.EVENT:
            yield FamilyEvent.title, hidden
    yield from withheld_answers(entry, eyes)
    yield from _facts(entry, eyes)


def _facts(entry: Entry, eyes: Eyes) -> Iterator[tuple[str, Problem]]:
    """Count, without a word of them, the facts heard elsewhere that a copy does not hold."""
    if not entry.matter.basis.requires_consent:
        return
    found: dict[str, list[Problem]] = {}
    for fact in entry.matter.facts:
        problem = sharing.fact_withheld(eyes.reader, eyes.matter, fact)
        if problem is not None:
            found.setdefault(problem.rule, []).append(problem)
    for problems in found.values():
        yield f"移行の一覧の事実（{len(problems)}件）", problems[0]
