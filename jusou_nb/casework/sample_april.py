"""The town's April: a worker leaves, a post is renamed, roles change, old cases are found."""

from dataclasses import replace
from datetime import date, timedelta

from jusou_nb.casework.cases import change_status, open_case_for
from jusou_nb.casework.office import assign_role, end_role, rename_agency
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sample_stories import one
from jusou_nb.casework.successions import hand_over_work
from jusou_nb.dates import APRIL, age_on, fiscal_year
from jusou_nb.forms import Agency, Case, Household, Person, Succession, WorkerRole
from jusou_nb.forms.case import CaseStatus
from jusou_nb.spelling import squeeze
from jusou_nb.store.successions import works_of
from jusou_nb.workdays import workday

LEFT, CHIEF, CLERK = "例示　前任", "見本　課長", "架空　事務"
_RENAMED = ("福祉事務所", "生活福祉事務所")
_LONG_YEARS = (6, 4)
_ADULT = 30
_YEAR, _WEEK, _SETTLED = timedelta(days=365), timedelta(days=7), timedelta(days=45)
_BEFORE = 4


def april(place: Place) -> date:
    """Give the first working day of the town's 年度."""
    return workday(date(fiscal_year(place.today), APRIL, 1))


def in_charge(place: Place) -> str:
    """Say who takes charge of a new case: until March somebody who has left since."""
    return LEFT if place.day < april(place) else STAFF[0]


def days_for(place: Place, number: int, days: list[date]) -> list[date]:
    """Let the first few of those who come by chance come before April, even in a small town."""
    before = [day for day in days if day < april(place) - _SETTLED]
    return before if number < _BEFORE and before else days


def change_staff(place: Place) -> Course[None]:
    """Play the office: its roles from the first day, and what changes in April."""
    yield place.day
    first = _assign(place)
    yield april(place)
    store, last = place.store, place.day - DAY
    end_role(store, first, until=last)
    _take_up(place, STAFF[0], "coordinator", "multi_agency")
    _rename(place)
    if works_of(store, LEFT):
        handed = Succession(
            leaving=LEFT, taking=STAFF[0], handed_on=place.day, reason="人事異動のため"
        )
        hand_over_work(store, handed)
    place.begin(place.day, find_on_paper(place))


def find_on_paper(place: Place) -> Course[None]:
    """Enter the cases that ran for years on paper only, as their households come to be known."""
    for years in _LONG_YEARS:
        found = _unrecorded(place)
        while found is None:
            yield workday(place.day + _WEEK)
            found = _unrecorded(place)
        _register_long_case(place, *found, years)


def _assign(place: Place) -> WorkerRole:
    """Record who works as what; two of them in two roles at once. Give the role that ends."""
    office = place.store.worker_name()
    for worker, role, programme in (
        (office, "coordinator", "multi_agency"),
        (CHIEF, "chief", ""),
        (STAFF[0], "consultant", "comprehensive_consultation"),
        (STAFF[1], "coordinator", "multi_agency"),
        (STAFF[1], "outreach", "outreach"),
        (STAFF[2], "consultant", "comprehensive_consultation"),
        (CLERK, "clerk", ""),
    ):
        _take_up(place, worker, role, programme)
    return _take_up(place, LEFT, "coordinator", "multi_agency")


def _take_up(place: Place, worker: str, role: str, programme: str) -> WorkerRole:
    taken = WorkerRole(
        worker=worker,
        role=one(place.profile, "worker_role", role),
        programme=one(place.profile, "five_programmes", programme),
        since=place.day,
    )
    return assign_role(place.store, taken).record


def _rename(place: Place) -> None:
    old, new = _RENAMED
    for agency in place.store.find(Agency):
        if squeeze(agency.name or "") == squeeze(old):
            rename_agency(place.store, agency, new, on=place.day)


def _unrecorded(place: Place) -> tuple[Household, int] | None:
    """Find whom the paper files tell of and the record does not: a member without a case."""
    for household_id in sorted(place.households.values()):
        household = place.store.load(Household, household_id)
        others = household.own_members[1:]
        if any(member.is_masked for member in household.members) or not others:
            continue
        person = others[0]
        if _is_grown(person, place.day) and not place.store.find(Case, client_id=person.id):
            return household, person.id or 0
    return None


def _is_grown(person: Person, day: date) -> bool:
    age = age_on(person.birth, day) if person.birth else None
    return age is not None and age >= _ADULT


def _register_long_case(place: Place, household: Household, person_id: int, years: int) -> None:
    """Enter a case that ran for years on paper; nobody has met the person for long."""
    begun = place.day - years * _YEAR
    reason = "紙の記録だけで続いていたケースを登録した"
    case = open_case_for(place.store, household, person_id, reason=reason, on=begun)
    mine = place.store.save(replace(case, coordinator=in_charge(place), deputy=STAFF[1]))
    change_status(place.store, mine, CaseStatus.ASSESSMENT, on=begun, reason=reason)
