"""本人用の資料: the plain copy of an item for the person who attends (domain rule 19).

Only where the item needs the person's consent. It says when and where, which agencies come,
what is talked about, the plan as far as it is the person's, and afterwards what was decided;
sentences only once somebody has looked through them, as on every copy of the sitting.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from markupsafe import Markup

from jusou_nb.checks import is_blank
from jusou_nb.documents import letter_words
from jusou_nb.documents.letter_words import agency_name, day_of, printed
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.documents.plan_for_person import of_plan
from jusou_nb.forms import AgendaItem, Case, Conference, Person, SupportPlan
from jusou_nb.forms.conference import Presence
from jusou_nb.furigana import marked, of_day, of_weekday
from jusou_nb.rules.own_copy import may_hand_out, speaks_of_others
from jusou_nb.rules.sharing import Matter, Reader, ReaderKind, item_withheld
from jusou_nb.store import Store, papers, queries

OWN_ITEM = "本人用の資料"


def own_item(store: Store, item_id: int, *, day: date) -> Section:  # noqa: ARG001 - one call for all
    """Print the person's own copy of an item.

    Raises:
        NotFound: There is no such item.
    """
    item = store.load(AgendaItem, item_id)
    sitting = queries.conference(store, item.conference_id or 0)
    refused = may_hand_out(store.profile.basis(item.basis or ""))
    if refused or item.client_id is None:
        said = " ".join(f"{problem.message}{problem.remedy}" for problem in refused)
        values: dict[str, Any] = {"refusal": said or "この議題には、本人用の資料はありません。"}
        shown = [(AgendaItem.table, item_id)]
    else:
        values = {"refusal": "", **_values(store, item, sitting)}
        shown = _shown(store, item, sitting)
    identity = of_record(store, OWN_ITEM, (AgendaItem.table, item_id), shown)
    return print_section("own_item", OWN_ITEM, values, identity)


def _values(store: Store, item: AgendaItem, sitting: Conference) -> dict[str, Any]:
    home = queries.household_of(store, item.client_id or 0)
    person = queries.person(home, item.client_id)
    matter = queries.matter_of(store, item, sitting)
    plan = _plan(store, item, matter.day)
    is_read = matter.is_text_reviewed
    name = letter_words.name_of(person) or marked("本人", "ほんにん")

    def _told(text: str | None) -> str:
        return "" if speaks_of_others(home, person, text or "") else text or ""

    held = sitting.held_on
    return {
        "sheets": letter_words.sheets(store, "sitting", name=name),
        "plan_words": letter_words.first(store, "plan", name=name),
        "on": printed(of_day(held) + of_weekday(held)) if held else Markup(""),
        "hours": _own_hours(item) or sitting.hours or "",
        "place": sitting.place or "",
        "desks": list(_desks(store, item, sitting, matter)),
        "question": _told(item.question) if is_read else "",
        "plan": of_plan(store, plan, home, person) if plan and is_read else None,
        "decided": [_decided(store, r) for r in item.decisions if is_read and _told(r.what)],
    }


def _own_hours(item: AgendaItem) -> str:
    """Give the person's own time, where it is noted when they come and leave."""
    own = [row for row in item.attendances if row.presence is Presence.CLIENT and not row.agency]
    noted = next((row for row in own if row.arrived or row.left), None)
    return f"{noted.arrived or ''}〜{noted.left or ''}" if noted else ""


def _desks(store: Store, item: AgendaItem, sitting: Conference, matter: Matter) -> Iterator[Markup]:
    """Name the agencies that sit at the item: those the consent reaches, none that is kept out."""
    for agency in queries.called_to(store, item, sitting):
        if item_withheld(Reader(ReaderKind.AGENCY, agency), matter) is None:
            yield agency_name(store, agency)


def _plan(store: Store, item: AgendaItem, day: date) -> SupportPlan | None:
    """Give the plan before the sitting: its own, else the last one drawn by that day."""
    plans = store.find(SupportPlan, case_id=item.case_id, client_id=item.client_id)
    own = [plan for plan in plans if plan.agenda_item_id == item.id]
    drawn = [plan for plan in plans if plan.drawn_on is None or plan.drawn_on <= day]
    return max(own or drawn, key=lambda plan: (plan.sequence or 0, plan.id or 0), default=None)


def _decided(store: Store, row: Any) -> tuple[str, str, Markup, str, Markup]:
    named = agency_name(store, row.agency) if not is_blank(row.agency) else Markup("")
    return (row.what or "", "", named, "", day_of(row.due_on))


def _shown(store: Store, item: AgendaItem, sitting: Conference) -> list[tuple[str, int]]:
    shown = papers.shown_of_sitting(store, sitting.id or 0, item.basis or "")
    return [*shown, (Person.table, item.client_id or 0), (Case.table, item.case_id or 0)]


PAPERS = (Paper(name=OWN_ITEM, table=AgendaItem.table, gather=own_item),)
