"""How a household of the town comes to a sitting: put on, prepared, decided, agreed."""

from jusou_nb.casework.agenda import put_on_agenda, record_result
from jusou_nb.casework.emergencies import report_emergency
from jusou_nb.casework.notes import write_note
from jusou_nb.casework.plan_course import decide_support, sign_plan
from jusou_nb.casework.plans import agree_plan, draft_plan, redraft_plan, replan
from jusou_nb.casework.results import approve_after
from jusou_nb.casework.sample_minutes import ask_by_sheet, minutes, tell_progress
from jusou_nb.casework.sample_papers import OWN_PROGRAMMES, heard_at, plan_of
from jusou_nb.casework.sample_place import DAY, NEVER, Course, Place, Sitting
from jusou_nb.casework.sample_stories import Asked, Story
from jusou_nb.casework.schemes import check_scheme
from jusou_nb.fields import Code
from jusou_nb.forms import AgendaItem, Case, Conference, Emergency, SchemeCheck, SupportPlan
from jusou_nb.forms.conference import AgendaKind, Outcome
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.scheme_check import SchemeResult

_REVIEWED, _RETURNED = 0.7, 0.1


def sit(place: Place, story: Story, case_id: int, basis: str) -> Course[None]:
    """Come to as many sittings as the story says, with progress told in between."""
    item: AgendaItem | None = None
    for number in range(story.times):
        sitting = yield from _wait_for_place(place)
        if item is not None:
            tell_progress(place, place.store.load(AgendaItem, item.id or 0))
        item = _put_on(place, story, case_id, basis, sitting)
        ask_by_sheet(place, story, item)
        first = number == 0 and place.profile.basis(basis).decides_plan
        plan = _draft(place, story, case_id) if first else None
        yield sitting.day + DAY
        item = _decide(place, story, item, plan, sitting)


def _wait_for_place(place: Place) -> Course[Sitting]:
    while (sitting := place.next_sitting()) is not None:
        yield sitting.prepared
        if sitting.places:
            sitting.places -= 1
            return sitting
        yield place.day + DAY
    yield NEVER
    raise RuntimeError  # a day that never comes


def _put_on(place: Place, story: Story, case_id: int, basis: str, sitting: Sitting) -> AgendaItem:
    store = place.store
    conference = store.load(Conference, sitting.conference_id)
    if basis == place.confidential:
        for emergency in store.find(Emergency, case_id=case_id):
            if emergency.agenda_item_id is None:
                return report_emergency(store, emergency, on=place.day, conference=conference).item
    kept = tuple(place.agency(name) for name in story.kept_to) or None
    reviewed = story.name or story.roll.random() < _REVIEWED
    item = AgendaItem(
        basis=Code(basis),
        question=story.theme.question,
        called=kept,
        submitted_by=place.agency(story.theme.steps[0][0]),
        text_reviewed_on=place.day if reviewed else None,
    )
    return put_on_agenda(store, conference, store.load(Case, case_id), item).item


def _draft(place: Place, story: Story, case_id: int) -> SupportPlan:
    """Write the plan of a case, or what follows from the one that it has."""
    store, case = place.store, place.store.load(Case, case_id)
    earlier = store.find(SupportPlan, case_id=case_id)
    if earlier and earlier[-1].state is PlanState.RETURNED:
        plan = redraft_plan(store, earlier[-1])
    elif earlier:
        plan = replan(store, earlier[-1], drawn_on=place.day)
    else:
        _check_schemes(place, story, case)
        plan = draft_plan(store, case, plan_of(place, story))
    if story.asked not in (Asked.GIVEN, Asked.GIVEN_ORALLY):
        return plan
    return sign_plan(store, plan, signed_on=place.day, explained_on=place.day)


def _check_schemes(place: Place, story: Story, case: Case) -> None:
    """Note what was tried before a programme of the office's own is used."""
    for name, _ in story.theme.steps:
        if name in OWN_PROGRAMMES:
            tried = SchemeCheck(
                checked_on=place.day,
                scheme="障害福祉サービス（居宅介護）",
                agency=place.agency(name),
                result=SchemeResult.NOT_ELIGIBLE,
                reason="手帳も診断もなく、対象にならないと言われた。",
            )
            check_scheme(place.store, case, tried)


def _decide(
    place: Place, story: Story, item: AgendaItem, plan: SupportPlan | None, sitting: Sitting
) -> AgendaItem:
    """Write the minutes of an item, and agree to its plan or give it back."""
    store = place.store
    fresh = store.load(AgendaItem, item.id or 0)
    kept = record_result(store, minutes(place, story, fresh, sitting.day))
    case = store.load(Case, item.case_id or 0)
    write_note(store, case, heard_at(place, story, item.basis or ""))
    if kept.kind is AgendaKind.AFTER_THE_FACT:
        return approve_after(store, kept, on=sitting.day)
    if plan is not None:
        _answer(place, story, kept, plan, sitting)
    return store.load(AgendaItem, item.id or 0)


def _answer(
    place: Place, story: Story, item: AgendaItem, plan: SupportPlan, sitting: Sitting
) -> None:
    returned = not story.name and story.roll.random() < _RETURNED
    outcome = Outcome.RETURNED if returned else Outcome.AGREED
    agreed, _ = agree_plan(place.store, plan, item, on=sitting.day, outcome=outcome)
    if not returned:
        place.begin(place.day, _decide_support(place, story, agreed))


def _decide_support(place: Place, story: Story, plan: SupportPlan) -> Course[None]:
    """Draft and decide; where the consent is spoken, the decision waits for its paper."""
    decide_support(place.store, plan, today=place.day, drafted_on=place.day)
    if story.asked is Asked.GIVEN_ORALLY:
        return
    yield place.soon(6)
    decide_support(
        place.store,
        plan,
        today=place.day,
        decided_on=place.day,
        decided_by="課長",
        starts_on=plan.starts_on or place.day,
    )
