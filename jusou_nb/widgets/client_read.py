"""All that the client's page shows, read once: the same few reads for a short and a long case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jusou_nb.casework.next_step import Next, next_steps, stand_of
from jusou_nb.dates import wareki
from jusou_nb.forms import Consent, form_of
from jusou_nb.rules.next_step import Stand
from jusou_nb.store import Store, papers_out
from jusou_nb.store.due import Due, due_items
from jusou_nb.store.household_scope import find_within
from jusou_nb.store.papers_out import PaperOut
from jusou_nb.store.programmes import programmes
from jusou_nb.store.timeline import PHASE, Line, lines
from jusou_nb.store.timeline_sources import SOURCES
from jusou_nb.store.who_does_what import Task, tasks
from jusou_nb.values import Lexicon
from jusou_nb.widgets.client_head import Home, home_read
from jusou_nb.widgets.client_person import Client

PAPER = "作った資料"
KINDS = tuple(dict.fromkeys((*(source.name for source in SOURCES), PHASE, PAPER)))
"""The kinds of the 時間の流れ, in the order of the work."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """What was read of a client's household for the page."""

    home: Home
    given: dict[int, tuple[Consent, ...]]
    dues: tuple[Due, ...]
    stand: Stand
    steps: tuple[Next, ...]
    tasks: tuple[Task, ...]
    papers: tuple[PaperOut, ...]
    programmes: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]

    @property
    def next_day(self) -> str:
        """The next day on which something waits, in words."""
        found = [(day, said) for day, said in (self._sitting, self.stand.next_day or _NONE) if day]
        if not found:
            return ""
        day, said = min(found)
        return f"{wareki(day)}（{said}）"

    @property
    def _sitting(self) -> tuple[date | None, str]:
        sitting = self.stand.sitting
        return (sitting.held_on, sitting.basis) if sitting else _NONE


_NONE: tuple[date | None, str] = (None, "")


def read_client(store: Store, client: Client, today: date) -> Read:
    """Read what the page shows of a client."""
    household = client.household
    of = household.id or 0
    home = home_read(store, household)
    dues = due_items(store, today, household=of)
    stand = stand_of(
        store,
        whom=(client.person, client.intake, client.case),
        dues=dues,
        today=today,
    )
    papers = papers_out.of_household(store, of)
    return Read(
        home=home,
        given=_consents(store, of),
        dues=tuple(dues),
        stand=stand,
        steps=tuple(next_steps(stand, dues)),
        tasks=tuple(tasks(store, of, today)),
        papers=tuple(papers),
        programmes=tuple(programmes(store, of, home.words)),
        lines=_all_lines(lines(store, household, home.words), papers, home.words),
    )


def _consents(store: Store, household_id: int) -> dict[int, tuple[Consent, ...]]:
    found: dict[int, tuple[Consent, ...]] = {}
    for consent in find_within(store, Consent, household_id):
        whose = consent.person_id or 0
        found[whose] = (*found.get(whose, ()), consent)
    return found


def together(papers: Sequence[PaperOut]) -> list[tuple[PaperOut, ...]]:
    """Set the copies side by side that were made of one record on one basis on one day."""
    found: dict[tuple[str, int, str, str], list[PaperOut]] = {}
    for paper in papers:
        key = (*paper.subject, paper.basis, paper.made_last[:10])
        found.setdefault(key, []).append(paper)
    return [tuple(copies) for copies in found.values()]


def called(copies: Sequence[PaperOut], words: Lexicon) -> str:
    """Name papers that were made together: one by its number, several by what they are."""
    first = copies[0]
    if len(copies) == 1:
        return "　".join(part for part in (first.number, first.label) if part)
    form = form_of(first.subject[0])
    basis = words.profile.basis(first.basis).label if first.basis else ""
    name = basis or (form.title if form else "")
    return f"{name}の資料　{len(copies)}部"


def _all_lines(
    found: Sequence[Line], papers: Sequence[PaperOut], words: Lexicon
) -> tuple[Line, ...]:
    """Set the papers that were made among the records, by the day on which they were made."""
    made = [
        Line(
            day=copies[0].made_last[:10],
            clock=copies[0].made_last[11:16],
            kind=PAPER,
            words=called(copies, words),
            table=PAPER,
            record_id=papers.index(copies[0]),
        )
        for copies in together(papers)
    ]
    return tuple(sorted([*found, *made], key=lambda line: (line.day, line.clock), reverse=True))
