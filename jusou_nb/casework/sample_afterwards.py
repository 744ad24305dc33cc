"""What comes after a sitting of the town: contact, monitoring, evaluation, a change of mind."""

from dataclasses import replace

from jusou_nb.casework.consents import record_consent, withdraw_consent
from jusou_nb.casework.monitoring import evaluate_plan, monitor_plan, monitoring_sheet
from jusou_nb.casework.notes import write_note
from jusou_nb.casework.plan_course import suspend_plan
from jusou_nb.casework.provenance import answer_provenance, transition_list
from jusou_nb.casework.sample_ends import end
from jusou_nb.casework.sample_papers import STAFF, consent_of, note_of
from jusou_nb.casework.sample_place import Course, Place
from jusou_nb.casework.sample_sitting import sit
from jusou_nb.casework.sample_stories import Asked, Finish, Story, known, one
from jusou_nb.forms import Case, Consent, Evaluation, SupportPlan
from jusou_nb.forms.consent import ConsentManner
from jusou_nb.forms.evaluation import Achievement, NextStep
from jusou_nb.forms.monitoring import Progress
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.provenance import Release

_GIVEN = (Asked.GIVEN, Asked.GIVEN_ORALLY, Asked.SCOPE_UNKNOWN)
_STEPS = {
    Finish.GOES_ON: NextStep.REPLAN,
    Finish.CLOSED: NextStep.CLOSE,
    Finish.SUSPENDED: NextStep.SUSPEND,
    Finish.REOPENED: NextStep.SUSPEND,
}


def go_on(place: Place, story: Story, case_id: int) -> Course[None]:
    """Play what comes after the sittings."""
    yield from _keep_in_touch(place, story, case_id)
    plan = _running_plan(place, case_id)
    if plan is not None:
        _monitor(place, story, plan)
        yield place.soon(story.roll.randint(20, 40))
    if story.ending is Finish.WITHDRAWN:
        yield from _change_mind(place, story, case_id)
        return
    if plan is not None:
        _evaluate(place, story, plan)
    if story.ending is Finish.GOES_ON:
        if plan is not None:
            yield from sit(place, replace(story, times=1), case_id, place.plan_basis)
    else:
        yield from end(place, story, case_id)


def _running_plan(place: Place, case_id: int) -> SupportPlan | None:
    agreed = place.store.find(SupportPlan, case_id=case_id, state=PlanState.AGREED.value)
    return agreed[-1] if agreed else None


def _keep_in_touch(place: Place, story: Story, case_id: int) -> Course[None]:
    for _ in range(story.roll.randint(1, 3)):
        yield place.soon(story.roll.randint(14, 30))
        case = place.store.load(Case, case_id)
        write_note(place.store, case, note_of(place, story))


def _monitor(place: Place, story: Story, plan: SupportPlan) -> None:
    """Look at each role: the first goes as planned, the second is late, the third is done."""
    sheet = monitoring_sheet(plan)
    how = (Progress.ON_TRACK, Progress.LATE, Progress.DONE)
    rows = tuple(
        replace(
            row,
            progress=how[number % len(how)],
            note="約束の日が二度のびた。" if number % len(how) == 1 else None,
        )
        for number, row in enumerate(sheet.roles)
    )
    seen = replace(
        sheet,
        held_on=place.day,
        manner=one(place.profile, "contact_manner", "visit"),
        client_voice=story.theme.wish,
        change="朝に起きられる日が増えた。",
        needs_replan=False,
        roles=rows,
    )
    monitor_plan(place.store, plan, seen)


def _evaluate(place: Place, story: Story, plan: SupportPlan) -> None:
    judged = Evaluation(
        evaluated_on=place.day,
        author=STAFF[0],
        achievement=story.roll.choice((Achievement.REACHED, Achievement.MOSTLY)),
        achievement_note=f"{story.theme.aim}は、おおむねできた。",
        changes=known(place.profile, "change", ("peace_of_mind", "aim")),
        remaining=story.theme.question,
        next_step=_STEPS[story.ending],
    )
    evaluate_plan(place.store, plan, judged)


def _change_mind(place: Place, story: Story, case_id: int) -> Course[None]:
    """Who had consented withdraws; who had only been asked consents after all."""
    once = replace(story, times=1)
    if story.asked in _GIVEN:
        _withdraw(place, case_id)
        yield from sit(place, once, case_id, place.confidential)
    elif story.asked is not Asked.REFUSED:
        agreed = replace(once, asked=Asked.GIVEN)
        _consent_after_all(place, agreed, case_id)
        yield from sit(place, agreed, case_id, place.plan_basis)


def _withdraw(place: Place, case_id: int) -> None:
    """Take the consent back: the plan stops, and each agency says whether it goes on."""
    case = place.store.load(Case, case_id)
    entry = Consent(stated_on=place.day, words="やはり知られたくない。")
    gone = withdraw_consent(
        place.store, case.client_id or 0, replace(entry, manner=ConsentManner.WRITTEN)
    )
    plan = _running_plan(place, case_id)
    if plan is None:
        return
    asked = {row.id for _, row in gone.roles[:1]}
    roles = tuple(replace(row, goes_on=row.id in asked) for row in plan.roles)
    suspend_plan(place.store, replace(plan, roles=roles), on=place.day, reason="同意の撤回")


def _consent_after_all(place: Place, story: Story, case_id: int) -> None:
    """Record the consent, and ask of each thing heard before whether it may be shared."""
    store, case = place.store, place.store.load(Case, case_id)
    entry = consent_of(place, story, place.day)
    if entry is not None:
        record_consent(store, case.client_id or 0, entry)
    facts = transition_list(store, case)
    may = {
        fact.id or 0: Release.RELEASE if number == 0 else Release.WITHHOLD
        for number, fact in enumerate(fact for fact in facts if fact.sort is not None)
    }
    reason = "話した機関が、ここまではよいとした。"
    answer_provenance(store, may, reason=reason, on=place.day)
