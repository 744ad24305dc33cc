"""つなぐ: a referral is not done until it is answered."""

from dataclasses import replace
from datetime import date, timedelta

from jusou_nb.checks import require
from jusou_nb.fields import Stage
from jusou_nb.forms import Agency, Consent, Intake, Referral
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.problems import Override, settle
from jusou_nb.rules import referrals as rules
from jusou_nb.store import Store


def refer(
    store: Store, intake: Intake, referral: Referral, *, overrides: tuple[Override, ...] = ()
) -> Referral:
    """Send a person on to an agency, on a stated ground, and wait for the answer.

    Raises:
        Invalid: Destination, day or ground are missing.
        NotAllowed: The ground does not carry it and the chief has not allowed it.
    """
    due = referral.answer_due
    if due is None and referral.sent_on is not None:
        due = referral.sent_on + timedelta(days=store.profile.thresholds["answer_due_days"])
    filled = replace(
        referral,
        household_id=intake.household_id,
        client_id=intake.client_id,
        intake_id=intake.id,
        answer=referral.answer or ReferralAnswer.SENT,
        answer_due=due,
    )
    require(filled, Stage.SHARED)
    with store.transaction():
        agency = store.load(Agency, filled.destination or 0)
        consents = store.find(Consent, person_id=intake.client_id)
        problems = rules.may_refer(store.profile, filled, agency, consents)
        settle(problems, overrides)
        saved = store.save(filled)
        store.log_overrides(saved, problems, overrides)
    return saved


def answer_referral(
    store: Store, referral: Referral, answer: ReferralAnswer, *, on: date, note: str = ""
) -> Referral:
    """Record what the agency answered."""
    return store.save(replace(referral, answer=answer, answered_on=on, answer_note=note or None))
