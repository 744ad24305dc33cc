"""相談を受け付ける: one sheet becomes a household, a client, an intake, perhaps a case."""

from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.casework.cases import open_case
from jusou_nb.casework.consents import record_consent
from jusou_nb.casework.masking import save_household
from jusou_nb.casework.reports import record_report, stated
from jusou_nb.checks import require
from jusou_nb.errors import Invalid
from jusou_nb.fields import Code
from jusou_nb.forms import Case, Consent, Household, Intake, StatutoryReport
from jusou_nb.problems import Override, Problem, Strength, settle
from jusou_nb.rules import family
from jusou_nb.rules import first_contact as rules
from jusou_nb.store import Store, queries
from jusou_nb.store.numbers import next_number


@dataclass(frozen=True, kw_only=True)
class Received:
    """What came of one sheet; ``remarks`` say what it wants next."""

    household: Household
    intake: Intake
    case: Case | None = None
    consent: Consent | None = None
    reports: tuple[StatutoryReport, ...] = ()
    remarks: tuple[Problem, ...] = ()


def receive_intake(
    store: Store,
    *,
    household: Household,
    intake: Intake,
    consent: Consent | None = None,
    reports: tuple[StatutoryReport, ...] = (),
    client: int = 0,
    overrides: tuple[Override, ...] = (),
) -> Received:
    """Receive a consultation; ``client`` is the place of the one whom it is about.

    A new 受付番号 is given, and a case opened where the screening says that support goes on.

    Raises:
        Invalid: Boxes are missing; nothing was saved.
        NotAllowed: It would end with 虐待 or DV ticked and 通報・通告 not judged.
    """
    _require_client(household, client)
    require(intake)
    with store.transaction():
        problems = rules.may_receive(store.profile, intake, [stated(report) for report in reports])
        remarks = settle(problems, overrides)
        household = _kept(store, household, intake, overrides)
        saved = _saved(store, household, intake, client)
        store.log_overrides(saved, problems, overrides)
        case = _go_on(store, saved, intake.received_on)
        entry = record_consent(store, saved.client_id or 0, consent) if consent else None
        received = Received(household=household, intake=saved, case=case, consent=entry)
        return _reported(store, received, reports, overrides, remarks)


def _reported(
    store: Store,
    received: Received,
    reports: tuple[StatutoryReport, ...],
    overrides: tuple[Override, ...],
    remarks: list[Problem],
) -> Received:
    kept = [record_report(store, r, intake=received.intake, overrides=overrides) for r in reports]
    return replace(
        received,
        reports=tuple(one.report for one in kept),
        remarks=(*remarks, *(problem for one in kept for problem in one.remarks)),
    )


def _kept(
    store: Store, household: Household, intake: Intake, overrides: tuple[Override, ...]
) -> Household:
    """Save the household; a 秘匿 ticked on it is set by whoever receives."""
    day = intake.received_on or date.max
    return save_household(store, household, on=day, overrides=overrides)


def _saved(store: Store, household: Household, intake: Intake, client: int) -> Intake:
    number = intake.number or _number(store, intake)
    client_id = household.members[client].id
    return store.save(
        replace(intake, household_id=household.id, client_id=client_id, number=number)
    )


def _go_on(store: Store, intake: Intake, on: date | None) -> Case | None:
    if intake.screening not in store.profile.flagged("screening", "continues"):
        return None
    return open_case(store, intake, reason="相談受付から継続", opened_on=on)


def screen(
    store: Store,
    intake: Intake,
    screening: Code,
    *,
    on: date,
    overrides: tuple[Override, ...] = (),
) -> Received:
    """Decide, or decide anew, what becomes of a consultation; a case opens on that day.

    Raises:
        NotAllowed: It would end with 虐待 or DV ticked and 通報・通告 not judged.
    """
    decided = replace(intake, screening=screening)
    with store.transaction():
        household = queries.household_of(store, intake.client_id or 0)
        problems = rules.may_screen(
            store.profile, decided, _reports(store, intake), _running(store, intake)
        )
        remarks = settle(problems, overrides)
        saved = store.save(decided)
        store.log_overrides(saved, problems, overrides)
        case = _go_on(store, saved, on)
    return Received(household=household, intake=saved, case=case, remarks=tuple(remarks))


def _reports(store: Store, intake: Intake) -> list[StatutoryReport]:
    """Give those of the sheet, and of the household those that belong to no other sheet."""
    of_household = store.find(StatutoryReport, household_id=intake.household_id)
    return [report for report in of_household if report.intake_id in (None, intake.id)]


def _running(store: Store, intake: Intake) -> Case | None:
    cases = store.find(Case, client_id=intake.client_id)
    return next((case for case in cases if case.status and case.status.is_open), None)


def _number(store: Store, intake: Intake) -> str | None:
    return next_number(store, intake.received_on) if intake.received_on else None


def _require_client(household: Household, client: int) -> None:
    if household.members:
        require(household)
        settle(family.may_be_client(household.members[client]))
        return
    problem = Problem(
        rule="check.missing",
        message="本人が記入されていません。",
        remedy="世帯構成の1行目に本人を記入してください（分からなければ「氏名不明（特徴）」）。",
        strength=Strength.FORBIDDEN,
        box="members",
    )
    raise Invalid([problem])
