"""相談を受け付ける: one sheet becomes a household, a client, an intake, perhaps a case."""

from dataclasses import dataclass, replace

from jusou_nb.casework.cases import open_case
from jusou_nb.casework.consents import record_consent
from jusou_nb.checks import require
from jusou_nb.errors import Invalid
from jusou_nb.forms import Case, Consent, Household, Intake
from jusou_nb.problems import Problem, Strength
from jusou_nb.store import Store
from jusou_nb.store.numbers import next_number


@dataclass(frozen=True, kw_only=True)
class Received:
    """What came of one sheet."""

    household: Household
    intake: Intake
    case: Case | None = None
    consent: Consent | None = None


def receive_intake(
    store: Store, *, household: Household, intake: Intake, consent: Consent | None = None
) -> Received:
    """Receive a consultation. The first member of the household is the client.

    A new 受付番号 is given where the sheet has none. A case is opened where the screening
    says that support goes on.

    Raises:
        Invalid: Boxes are missing; nothing was saved.
    """
    _require_client(household)
    require(household)
    require(intake)
    with store.transaction():
        household = store.save(household)
        client_id = household.members[0].id
        number = intake.number or _number(store, intake)
        linked = replace(intake, household_id=household.id, client_id=client_id, number=number)
        saved = store.save(linked)
        entry = record_consent(store, client_id or 0, consent) if consent else None
        goes_on = saved.screening in store.profile.flagged("screening", "continues")
        case = open_case(store, saved, reason="相談受付から継続") if goes_on else None
    return Received(household=household, intake=saved, case=case, consent=entry)


def _number(store: Store, intake: Intake) -> str | None:
    return next_number(store, intake.received_on) if intake.received_on else None


def _require_client(household: Household) -> None:
    if household.members:
        return
    problem = Problem(
        rule="check.missing",
        message="本人が記入されていません。",
        remedy="世帯構成の1行目に本人を記入してください（分からなければ「氏名不明（特徴）」）。",
        strength=Strength.FORBIDDEN,
        box="members",
    )
    raise Invalid([problem])
