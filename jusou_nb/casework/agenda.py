"""会議を開く、案件に載せる、決まったことを残す。"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jusou_nb.casework.cases import move_on
from jusou_nb.casework.provenance import transition_problems
from jusou_nb.checks import require
from jusou_nb.fields import Ref
from jusou_nb.forms import AgendaItem, Case, Conference, Consent, Intake, SupportPlan
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import AgendaKind, ConferenceState, Identification
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.profile import Basis
from jusou_nb.rules import attendance
from jusou_nb.rules import conferences as rules
from jusou_nb.rules import results as result_rules
from jusou_nb.rules.text_of_others import may_speak_of_others
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store, queries, sittings


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An item on the agenda, and what is to be looked at about it."""

    item: AgendaItem
    remarks: tuple[Problem, ...] = ()


def convene(store: Store, conference: Conference) -> Conference:
    """Set a sitting (Invalid if body or day are missing)."""
    planned = replace(conference, state=conference.state or ConferenceState.PLANNED)
    require(planned)
    return store.save(planned)


def roster(store: Store, conference: Conference, *, as_needed: bool = False) -> tuple[Ref, ...]:
    """Propose whom to call: the body's standing members, with ``as_needed`` the others too."""
    known = store.lexicon().spellings["agencies"]
    members = store.profile.body(conference.body or "").members
    seated = [m for m in members if m.sits_on(conference.held_on)]
    names = [m.agency for m in seated if m.always or as_needed]
    return tuple(Ref(known[squeeze(name)]) for name in names if squeeze(name) in known)


def call_agencies(store: Store, conference: Conference, agencies: tuple[Ref, ...]) -> Conference:
    """Confirm which agencies are called; papers are made for these."""
    return store.save(replace(conference, called=agencies))


def agenda_problems(store: Store, conference: Conference, case: Case, basis: str) -> list[Problem]:
    """Ask whether a case may go on a sitting on a basis; an empty list is yes."""
    household = queries.household_of(store, case.client_id or 0)
    candidate = rules.Candidate(
        client=queries.person(household, case.client_id),
        consents=tuple(store.find(Consent, person_id=case.client_id)),
        items=queries.items_of(store, conference.id or 0),
    )
    seats = sittings.seats(store, conference, conference.called or (), told=False)
    return [
        *rules.may_put_on_agenda(store.profile, conference, candidate, basis),
        *attendance.called_problems(store.profile.basis(basis), seats.values()),
        *transition_problems(store, case, basis),
    ]


def bases_of(store: Store, conference: Conference) -> list[Basis]:
    """Give the bases of a sitting on which cases are heard, those that decide plans first."""
    codes = store.profile.body(conference.body or "").bases
    found = [store.profile.basis(code) for code in codes]
    cases = [basis for basis in found if not basis.anonymous]
    return sorted(cases, key=lambda basis: not (basis.requires_consent and basis.decides_plan))


def put_on_agenda(
    store: Store,
    conference: Conference,
    case: Case,
    item: AgendaItem,
    *,
    overrides: tuple[Override, ...] = (),
) -> Placed:
    """Put a case on a sitting, on the basis that the item names.

    Raises:
        NotAllowed: A rule forbids it; the problems say the way out.
        Invalid: The basis is missing.
    """
    require(item)
    with store.transaction():
        conference = queries.conference(store, conference.id or 0)
        problems = agenda_problems(store, conference, case, item.basis or "")
        remarks = settle(problems, overrides)
        saved = store.save(_completed(store, conference, case, item))
        store.log_overrides(saved, problems, overrides)
        since, on = (CaseStatus.INTAKE, CaseStatus.ASSESSMENT), conference.held_on
        reason = "会議の案件になった"
        move_on(store, case.id, CaseStatus.CONFERENCE, since=since, on=on, reason=reason)
        remarks = [*remarks, *text_problems(store, saved)]
    return Placed(item=saved, remarks=tuple(remarks))


def _completed(store: Store, conference: Conference, case: Case, item: AgendaItem) -> AgendaItem:
    """Fill what the program knows: place in order, what is shared, how people are named."""
    basis = store.profile.basis(item.basis or "")
    met = [i for i in store.find(AgendaItem, case_id=case.id) if i.conference_id != conference.id]
    shared = None if basis.requires_consent else store.profile.shared_categories
    return replace(
        item,
        conference_id=conference.id,
        case_id=case.id,
        client_id=case.client_id,
        place_in_order=sittings.next_place(store, conference.id or 0),
        kind=item.kind or (AgendaKind.CONTINUED if met else AgendaKind.NEW),
        identification=item.identification or Identification.of(basis.identification),
        shared_categories=item.shared_categories or shared,
    )


def order_problems(store: Store, conference: Conference) -> list[Problem]:
    """Ask whether the items of a sitting may be put in another order; an empty list is yes."""
    out = bool(sittings.copies_out(store, conference.id or 0))
    return rules.may_reorder(conference, papers_out=out)


def reorder(store: Store, conference: Conference, item_ids: Sequence[int]) -> list[Problem]:
    """Put the items of a sitting in this order; give what is to be looked at.

    The items share the numbers that they had among them: one struck is not given again. An
    item that is not named keeps its place behind the others.

    Raises:
        NotAllowed: The sitting was held or is off.
    """
    with store.transaction():
        remarks = settle(order_problems(store, queries.conference(store, conference.id or 0)))
        found = store.find(AgendaItem, order="place_in_order", conference_id=conference.id)
        numbers = sorted(item.place_in_order or 0 for item in found)
        wanted = {item_id: place for place, item_id in enumerate(item_ids)}
        found.sort(key=lambda item: wanted.get(item.id or 0, len(wanted)))
        for number, item in zip(numbers, found, strict=True):
            if item.place_in_order != number:
                store.save(replace(item, place_in_order=number))
    return remarks


def text_problems(store: Store, item: AgendaItem) -> list[Problem]:
    """Ask of an item's words, where they were looked through: of whom else may they speak?"""
    if item.text_reviewed_on is None or item.case_id is None:
        return []
    matter = queries.matter_of(store, item, queries.conference(store, item.conference_id or 0))
    case = store.load(Case, item.case_id)
    intakes = store.find(Intake, id=case.intake_id) if case.intake_id else []
    plans = store.find(SupportPlan, case_id=case.id) if matter.basis.decides_plan else []
    household = queries.household_of(store, item.client_id or 0)
    return may_speak_of_others(matter, household, (item, *intakes, *plans[-1:]))


def result_problems(store: Store, item: AgendaItem) -> list[Problem]:
    """Ask of an item's words, attendance and result: is all as it should be? Empty is yes."""
    sitting = queries.conference(store, item.conference_id or 0)
    basis = store.profile.basis(item.basis or "")
    problems = [
        *text_problems(store, item),
        *result_rules.result_problems(basis, item, sitting.held_on),
    ]
    if not item.attendances or item.case_id is None:
        return problems
    matter = queries.matter_of(store, item, sitting)
    seats = sittings.seats(store, sitting, [row.agency or 0 for row in item.attendances])
    return [*problems, *attendance.attendance_problems(matter, item, seats)]


def record_result(
    store: Store, item: AgendaItem, *, overrides: tuple[Override, ...] = ()
) -> AgendaItem:
    """Keep who sat at an item and what the sitting said and decided of it.

    The 主担当 that was settled becomes the case's. What is only noted: ``result_problems``.

    Raises:
        Invalid: A decision says not what.
        NotAllowed: A table stands on the wrong basis, or somebody sat there who may not
            hear of it, and the chief has not allowed it.
    """
    require(item)
    with store.transaction():
        problems = result_problems(store, item)
        settle(problems, overrides)
        saved = store.save(item)
        store.log_overrides(saved, problems, overrides)
        if saved.lead_agency is not None and saved.case_id is not None:
            case = store.load(Case, saved.case_id)
            store.save(replace(case, lead_agency=saved.lead_agency))
    return saved
