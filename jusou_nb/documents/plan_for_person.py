"""本人用のプラン: the plan in plain words and large type, for the person's own hand.

What may stand on it is asked of ``rules/own_copy``: the wish, what is done together, by whom
and by when, whom to call, the next date; nothing of the office's view or of others.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from markupsafe import Markup

from jusou_nb.documents import letter_words
from jusou_nb.documents.letter_words import agency_name, day_of
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.forms import Agency, Household, Person, RoleAssignment, SupportPlan
from jusou_nb.forms.plan import DoerKind
from jusou_nb.furigana import marked, read
from jusou_nb.rules.own_copy import aims_of, row_is_told, wish_of, written_aims
from jusou_nb.store import Store, papers, queries

OWN_PLAN = "本人用のプラン"
_ROOM = 2
_OTHERS = {
    DoerKind.CLIENT: "me",
    DoerKind.FAMILY: "family",
    DoerKind.COMMUNITY: "community",
}


def plan_for_person(store: Store, plan_id: int, *, day: date) -> Section:
    """Print a plan for the person whose it is.

    Raises:
        NotFound: There is no such plan.
    """
    plan = store.load(SupportPlan, plan_id)
    home = queries.household_of(store, plan.client_id or 0)
    person = queries.person(home, plan.client_id)
    name = letter_words.name_of(person) or marked("本人", "ほんにん")
    values = {
        **of_plan(store, plan, home, person),
        "sheets": letter_words.sheets(store, "plan", name=name),
        "written": day_of(plan.drawn_on or day),
    }
    shown = papers.shown_of_record(store, SupportPlan, plan_id)
    shown += [(Person.table, member.id or 0) for member in home.members]
    identity = of_record(store, OWN_PLAN, (SupportPlan.table, plan_id), shown)
    return print_section("own_plan", OWN_PLAN, values, identity)


def of_plan(store: Store, plan: SupportPlan, home: Household, person: Person) -> dict[str, Any]:
    """Give what of a plan is handed to the person."""
    rows = [row for row in plan.roles if row_is_told(home, person, row)]
    aims = aims_of(home, person, plan)
    left_off = len(rows) < len(plan.roles) or len(aims) < len(set(written_aims(plan)))
    return {
        "wishes": wish_of(plan),
        "aims": aims,
        "is_partial": left_off,
        "rows": [_row(store, row) for row in rows],
        "room": 0 if rows else _ROOM,
        "calls": [] if person.is_opponent else list(_calls(store, plan)),
        "desk": _desk(store),
        "next": day_of(plan.next_monitoring_on),
        "until": day_of(plan.ends_on),
    }


def _row(store: Store, row: RoleAssignment) -> tuple[str, str, Markup, str, Markup]:
    """Give what, the word for who, the agency's name, how often, and until when."""
    doer = _OTHERS.get(row.doer, "") if row.doer else ""
    named = Markup("") if doer else agency_name(store, row.agency)
    due = row.due_on or row.review_on
    return (row.what or "", doer, named, row.frequency or "", day_of(due))


def _calls(store: Store, plan: SupportPlan) -> Iterator[tuple[Markup, str, str, bool]]:
    """Give whom to call: the lead agency first, then the others that do something."""
    doers = [row.agency for row in plan.roles if row.agency is not None]
    for agency_id in dict.fromkeys([*([plan.lead_agency] if plan.lead_agency else []), *doers]):
        agency, leads = store.load(Agency, agency_id), agency_id == plan.lead_agency
        if agency.telephone or leads:
            number = agency.telephone or letter_words.BLANK_NUMBER
            yield agency_name(store, agency_id), number, agency.open_when or "", leads


def _desk(store: Store) -> tuple[Markup, str, str]:
    profile = store.profile
    callback = profile.letters.callback
    name = f"{read(profile.municipality, profile.letters.readings)}　"
    name += read(profile.office, profile.letters.readings)
    number = callback.telephone or letter_words.BLANK_NUMBER
    return letter_words.printed(name), number, callback.hours


PAPERS = (Paper(name=OWN_PLAN, table=SupportPlan.table, gather=plan_for_person),)
