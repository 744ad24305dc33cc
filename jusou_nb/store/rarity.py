"""How many households of the record share what a report would tell of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from jusou_nb.dates import PartialDate, age_on
from jusou_nb.fields import StatedAge
from jusou_nb.forms import Case, Household, Intake, Person
from jusou_nb.forms.case_report import AnonymousReport, Fact
from jusou_nb.store import queries
from jusou_nb.store.register import issues_of

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_OLD, _CHILD = 90, 10


@dataclass(frozen=True)
class Trait:
    """Something told of a household, and its words."""

    sort: str
    code: str
    label: str


def alike(store: "Store", case: Case, report: AnonymousReport, day: date) -> list[tuple[str, int]]:
    """Count, for each trait of a case and each two of them, the households that share them.

    Traits are those the report tells: what it leaves out is not counted. The rarest come first;
    a pair is named only where neither of the two is as rare by itself.
    """
    traits = list(_traits(store, case, frozenset(report.left_out or ()), day))
    town = _town(store, day)
    single = {trait: _sharing(town, trait) for trait in traits}
    found = [(trait.label, count) for trait, count in single.items()]
    for one, two in combinations(traits, 2):
        count = _sharing(town, one, two)
        if count < min(single[one], single[two]):
            found.append((f"{one.label}×{two.label}", count))
    return sorted(found, key=lambda pair: pair[1])


def _traits(store: "Store", case: Case, left_out: frozenset[Fact], day: date) -> Iterator[Trait]:
    home = store.load(Household, case.household_id or 0)
    person = queries.person(home, case.client_id)
    band = decade(person.birth, person.stated_age, day)
    if Fact.AGE not in left_out and band is not None:
        yield Trait("age", str(band), f"{band}代" if band else "10歳未満")
    if Fact.HOUSEHOLD not in left_out and home.household_type:
        known = store.profile.codes("household_type").by_code
        code = home.household_type
        yield Trait("type", code, known[code].label if code in known else code)
    if Fact.ISSUES not in left_out:
        issues = store.profile.codes("issue").by_code
        for issue in issues_of(store, case):
            yield Trait("issue", issue, issues[issue].label if issue in issues else issue)


def decade(birth: PartialDate | None, stated: StatedAge | None, day: date) -> int | None:
    """Give the decade of an age on a day: 0, 10 … 90 for all above; None where unknown."""
    years = stated.years if stated else None
    if birth is not None:
        known = age_on(birth, day)
        years = known if known is not None else day.year - birth.year
    if years is None:
        return None
    return 0 if years < _CHILD else min(years // 10 * 10, _OLD)


def _town(store: "Store", day: date) -> dict[int, set[tuple[str, str]]]:
    """Give what is known of each household: of its clients, its type, its issues."""
    homes = {home.id: home for home in store.find(Household)}
    found: dict[int, set[tuple[str, str]]] = {}
    for intake in store.find(Intake):
        home = homes.get(intake.household_id)
        if home is None:
            continue
        known = found.setdefault(home.id or 0, {("type", home.household_type or "")})
        known |= {("issue", code) for code in intake.issues or ()}
        client = next((p for p in home.members if p.id == intake.client_id), Person())
        band = decade(client.birth, client.stated_age, day)
        known |= {("age", str(band))} if band is not None else set()
    return found


def _sharing(town: dict[int, set[tuple[str, str]]], *traits: Trait) -> int:
    wanted = {(trait.sort, trait.code) for trait in traits}
    return sum(wanted <= known for known in town.values())
