"""The household at a glance: the next step with its reason, the cards, and every form."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb.casework.next_step import Next
from jusou_nb.rules.next_step import Act
from jusou_nb.widgets import client_cards as cards
from jusou_nb.widgets.client_read import Read
from jusou_nb.widgets.drawn import Acts, Said
from jusou_nb.widgets.family_view import family_card

if TYPE_CHECKING:
    from jusou_nb.widgets.client_view import ClientView


@dataclass(frozen=True)
class Entry:
    """Something that can be written or opened: its group, its words, and what does it."""

    group: str
    words: str
    do: Callable[[], None]
    likely: bool = False


def glance_said(view: "ClientView", found: Read, entries: Iterable[Entry], acts: Acts) -> Said:
    """Describe the part of the page that steps back while a sheet is open."""
    menu = list(entries)
    steps = [_step(view, step, acts) for step in found.steps]
    return {
        "steps": steps,
        "calm": not found.steps[0].due and not found.steps[0].step.acts,
        "cards": _cards(view, found, acts),
        "first": [acts.add(entry.words, entry.do) for entry in menu if entry.likely],
        "menu": _groups([entry for entry in menu if not entry.likely], acts),
    }


def _step(view: "ClientView", found: Next, acts: Acts) -> Said:
    step = found.step

    def do(act: Act) -> Callable[[], None]:
        return lambda: view.ways.take(act, found)

    return {
        "words": step.words,
        "because": step.because,
        "late": step.is_late,
        "acts": [acts.add(act.label, do(act)) for act in step.acts if view.ways.fits(act)],
    }


def _cards(view: "ClientView", found: Read, acts: Acts) -> list[Said]:
    session, client, home = view.session, view.client, found.home
    today, ways = session.today, view.ways
    whose = cards.Whose(
        profile=session.store.profile, client=client, home=home, given=found.given, today=today
    )
    family = family_card(session, client)
    return [
        cards.people_card(whose, acts, view.turn_to),
        cards.days_card(found.dues, acts, ways.open_due, today),
        *([family] if family else []),
        cards.consent_card(whose),
        cards.tasks_card(found.tasks, home, acts, ways.open_task_row),
        cards.papers_card(found.papers, home.words, acts, ways.open_paper),
        cards.places_card(found.programmes),
    ]


def _groups(entries: Iterable[Entry], acts: Acts) -> list[Said]:
    groups: dict[str, list[Any]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(acts.add(entry.words, entry.do))
    return [{"title": title, "acts": found} for title, found in groups.items()]
