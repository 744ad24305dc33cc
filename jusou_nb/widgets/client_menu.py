"""Everything that can be written or opened for a client: the likely first, the rest by group."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from jusou_nb.documents.catalogue import papers_of
from jusou_nb.documents.word_catalogue import word_papers_of
from jusou_nb.forms import Case, CaseNote, Consent, Household, Person, Referral
from jusou_nb.widgets.client_glance import Entry
from jusou_nb.widgets.client_tasks import GO_ON, MEMBER, RECEIVE, offers
from jusou_nb.widgets.slip_panel import PaperPanels

if TYPE_CHECKING:
    from jusou_nb.widgets.client_view import ClientView

PAPERS, IN_WORD = "紙を作る", "Word にする"
_LIKELY = (CaseNote.table, Consent.table, Referral.table, MEMBER)
_ORDER = (GO_ON, RECEIVE)


def entries(view: "ClientView") -> list[Entry]:
    """List what can be written or opened, the groups in the order of their use."""
    found = [*_offered(view), *_chapters(view), *_papers(view)]
    groups = list(dict.fromkeys([*_ORDER, *(entry.group for entry in found)]))
    last = (PAPERS, IN_WORD)
    return sorted(found, key=lambda entry: (entry.group in last, groups.index(entry.group)))


def _offered(view: "ClientView") -> Iterator[Entry]:
    if view.case is None:
        yield Entry(RECEIVE, "ケースを開く", view.open_case, likely=True)
    for offer in offers(view.session.store, view.client):
        is_likely = offer.task[0] in _LIKELY
        yield Entry(offer.group, offer.words, partial(view.open_task, offer.task), is_likely)
    if view.case is not None:
        yield Entry(GO_ON, "プランを見る", view.show_plans, likely=True)
    if view.client.runs:
        yield Entry(GO_ON, "いま会議を開く", view.convene)


def _chapters(view: "ClientView") -> Iterator[Entry]:
    for group, words, do in view.chapters.new():
        yield Entry(group, words, do)


def _papers(view: "ClientView") -> Iterator[Entry]:
    """Offer the papers of case, person and household; the panel opens when one is asked for."""
    client = view.client
    records = (
        (Case.table, client.case.id if client.case else None),
        (Person.table, client.person.id),
        (Household.table, client.household.id),
    )
    for table, record_id in records:
        if record_id is None:
            continue
        for name in [paper.name for paper in papers_of(table)]:
            yield Entry(PAPERS, name, _make(view, table, record_id, name))
        for name in [paper.name for paper in word_papers_of(table)]:
            yield Entry(IN_WORD, name, _make(view, table, record_id, name, word=True))


def _make(
    view: "ClientView", table: str, record_id: int, name: str, *, word: bool = False
) -> Callable[[], None]:
    def make() -> None:
        panel = PaperPanels(view.session, table, record_id)
        view.show_papers(panel)
        (panel.make_word if word else panel.make)(name)

    return make
