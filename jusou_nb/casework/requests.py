"""支援要請を受け、受理会議で答える: the second gate beside consent (domain rule 24)."""

from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.casework.cases import open_case_for
from jusou_nb.casework.masking import save_household
from jusou_nb.checks import require
from jusou_nb.forms import Case, Household, Intake, SupportRequest
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import first_contact as rules
from jusou_nb.store import Store


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A 支援要請 with its answer, and the case that was opened where it was 受理."""

    request: SupportRequest
    case: Case | None = None
    remarks: tuple[Problem, ...] = ()


def ask_support(
    store: Store, request: SupportRequest, *, household: Household | None = None
) -> SupportRequest:
    """Keep what an agency asks for; a nameless one has no household.

    One that is answered on the same sheet goes through the 受理会議 at once.

    Raises:
        Invalid: The day, the agency, or why it cannot do it alone is missing.
        NotAllowed: It is answered as :func:`hold_acceptance` does not allow.
    """
    require(request)
    on = request.answered_on or request.requested_on
    with store.transaction():
        asked = replace(_of_household(store, request, household, on), answer=None)
        saved = store.save(asked)
        if request.answer is None or on is None:
            return saved
        return hold_acceptance(store, saved, request.answer, on=on).request


def hold_acceptance(
    store: Store,
    request: SupportRequest,
    answer: RequestAnswer,
    *,
    on: date,
    coordinator: str = "",
    deputy: str = "",
    advice: str = "",
    household: Household | None = None,
    overrides: tuple[Override, ...] = (),
) -> Answered:
    """Answer a 支援要請 at the 受理会議.

    受理 opens the case with its 主担当・副担当, or goes on with the one that runs. 助言のみ may
    stay nameless and opens nothing; 差戻し says why.

    Raises:
        Invalid: 受理 without 主担当, 助言のみ or 差戻し without its text.
        NotAllowed: 受理 without a household, or for the second time.
    """
    filled = replace(
        replace(request, answer=answer, answered_on=on),
        coordinator=coordinator or request.coordinator,
        deputy=deputy or request.deputy,
        advice=advice or request.advice,
    )
    with store.transaction():
        return _answer(store, _of_household(store, filled, household, on), on, overrides)


def _answer(
    store: Store, request: SupportRequest, on: date, overrides: tuple[Override, ...]
) -> Answered:
    before = store.load(SupportRequest, request.id or 0)
    was_accepted = before.answer is RequestAnswer.ACCEPTED
    problems = rules.may_answer_request(request, was_accepted=was_accepted)
    remarks = settle(problems, overrides)
    require(request)
    saved = store.save(request)
    store.log_overrides(saved, problems, overrides)
    case = _open(store, saved, on) if saved.answer is RequestAnswer.ACCEPTED else None
    return Answered(request=saved, case=case, remarks=tuple(remarks))


def _of_household(
    store: Store, request: SupportRequest, household: Household | None, on: date | None
) -> SupportRequest:
    if household is None or not household.members:
        return request
    saved = save_household(store, household, on=on or date.max)
    return replace(request, household_id=saved.id, client_id=saved.members[0].id, is_nameless=False)


def _open(store: Store, request: SupportRequest, on: date) -> Case:
    case = open_case_for(
        store,
        store.load(Household, request.household_id or 0),
        request.client_id or 0,
        reason="支援要請を受理",
        on=on,
        intake=store.load(Intake, request.intake_id) if request.intake_id else None,
    )
    return store.save(replace(case, coordinator=request.coordinator, deputy=request.deputy))
