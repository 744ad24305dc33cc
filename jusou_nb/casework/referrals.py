"""つなぐ・照会する: not done until it is answered; a refused one comes back to its sender."""

from dataclasses import replace
from datetime import date, timedelta

from jusou_nb.checks import require
from jusou_nb.fields import Code, Stage
from jusou_nb.forms import Agency, Case, Consent, Intake, Referral, SupportPlan
from jusou_nb.forms.referral import AfterRefusal, ReferralAnswer
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import referrals as rules
from jusou_nb.rules.consent_reach import reach
from jusou_nb.store import Store


def refer(
    store: Store, intake: Intake, referral: Referral, *, overrides: tuple[Override, ...] = ()
) -> Referral:
    """Send a person on to an agency, or ask it something, and wait for the answer.

    Raises:
        Invalid: Destination, day or ground are missing.
        NotAllowed: The ground does not carry it and the chief has not allowed it.
    """
    filled = _filled(store, intake, referral)
    require(filled, Stage.SHARED)
    with store.transaction():
        problems = [*referral_problems(store, filled), *_answered(filled)]
        settle(problems, overrides)
        saved = store.save(filled)
        store.log_overrides(saved, problems, overrides)
    return saved


def _filled(store: Store, intake: Intake, referral: Referral) -> Referral:
    due = referral.answer_due
    if due is None and referral.sent_on is not None:
        due = referral.sent_on + timedelta(days=store.profile.thresholds["answer_due_days"])
    return replace(
        referral,
        household_id=intake.household_id,
        client_id=intake.client_id,
        intake_id=intake.id,
        kind=referral.kind or _handing_over(store),
        answer=referral.answer or ReferralAnswer.SENT,
        answer_due=due,
        sent_by=referral.sent_by or store.worker_name(),
    )


def _answered(referral: Referral) -> list[Problem]:
    """Ask the same of an answer that came with the sheet as of one that came later."""
    day, answer = referral.answered_on or referral.sent_on, referral.answer
    if day is None or answer is None:
        return []
    asked = replace(referral, answer=ReferralAnswer.SENT)
    return rules.may_answer(asked, answer, on=day, note=referral.answer_note or "")


def _handing_over(store: Store) -> Code | None:
    kinds = sorted(store.profile.flagged("referral_kind", "hands_over"))
    return Code(kinds[0]) if kinds else None


def referral_problems(store: Store, referral: Referral) -> list[Problem]:
    """Ask whether the ground of a つなぐ or 照会 carries it; an empty list is yes."""
    agency = store.load(Agency, referral.destination or 0)
    carried = reach(
        store.find(Consent, person_id=referral.client_id),
        referral.sent_on or date.min,
        store.profile,
        store.find(SupportPlan, client_id=referral.client_id),
    )
    excluded = {
        agency_id
        for case in store.find(Case, client_id=referral.client_id)
        for agency_id in case.excluded_agencies or ()
    }
    return rules.may_refer(store.profile, referral, agency, carried, excluded)


def answer_referral(
    store: Store,
    referral: Referral,
    answer: ReferralAnswer,
    *,
    on: date,
    note: str = "",
    overrides: tuple[Override, ...] = (),
) -> Referral:
    """Record what the agency answered: received or refused, then settled.

    A refused one waits in the due list until its sender says what is done instead.

    Raises:
        NotAllowed: Refused without a reason, or changed after it was settled.
    """
    said = note or referral.answer_note or ""
    with store.transaction():
        problems = rules.may_answer(referral, answer, on=on, note=said)
        settle(problems, overrides)
        saved = store.save(
            replace(referral, answer=answer, answered_on=on, answer_note=said or None)
        )
        store.log_overrides(saved, problems, overrides)
    return saved


def answer_problems(store: Store, referral: Referral) -> list[Problem]:
    """Ask whether an answer wants something of its sender; an empty list is no."""
    name = store.lexicon().refs["agencies"].get(referral.destination or 0, "")
    return rules.came_back(store.profile, referral, name)


def take_back(store: Store, referral: Referral, step: AfterRefusal, *, on: date) -> Referral:
    """Say what is done with a person, or a question, that an agency did not take.

    Raises:
        NotAllowed: It was not refused.
    """
    settle(rules.may_take_back(referral))
    return store.save(replace(referral, after_refusal=step, after_refusal_on=on))
