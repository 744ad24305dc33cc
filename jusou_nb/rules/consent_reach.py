"""How far a consent carries: which agency may be told which categories (rules 12, 13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jusou_nb.checks import is_blank
from jusou_nb.choices import Category
from jusou_nb.fields import items
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.plan import RoleAssignment, SupportPlan
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.consent import (
    WAY_OUT,
    Standing,
    is_scope_known,
    left,
    standing_on,
    taken,
)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """What a consent carries: which agency may be told which categories."""

    entry: Consent
    categories_of: Mapping[int, frozenset[Category]]

    def carries(self, agency_id: int | None, category: Category) -> bool:
        """Whether an agency may be told of a category."""
        return category in self.categories_of.get(agency_id or 0, frozenset())


def reach(
    consents: Sequence[Consent], day: date, profile: Profile, plans: Sequence[SupportPlan] = ()
) -> Reach | None:
    """Give what a person's consent carries on a day, or None where there is none.

    ``plans`` are the person's: the one signed last, on or after the day of the consent, adds
    the agencies of its role rows with the categories printed there, unless it is
    suspended. What the person wished
    an agency not to know stays unknown to it.
    """
    standing = standing_on(consents, day, profile)
    entry = left(standing) if standing else None
    if standing is None or entry is None:
        return None
    withheld = frozenset(entry.excluded_agencies or ())
    told = frozenset(entry.categories or ())
    carried = {int(a): told for a in entry.agencies or () if told and a not in withheld}
    for agency, printed in _signed(standing, day, plans).items():
        if agency not in withheld:
            carried[agency] = carried.get(agency, frozenset()) | printed
    return Reach(entry=entry, categories_of=carried)


def _signed(
    standing: Standing, day: date, plans: Sequence[SupportPlan]
) -> dict[int, frozenset[Category]]:
    """Give what the plan signed last prints of each agency, less what was withdrawn since."""
    since = standing.base.stated_on or date.max
    signed = [(p.signed_on, p.id or 0, p) for p in plans if p.signed_on is not None]
    signed = [entry for entry in signed if since <= entry[0] <= day]
    if not signed:
        return {}
    on, _, plan = max(signed, key=lambda entry: entry[:2])
    if plan.suspended_on is not None and plan.suspended_on <= day:
        return {}
    cuts = [cut for cut in standing.cuts if cut.stated_on is not None and cut.stated_on >= on]
    categories, agencies = taken(cuts)
    rows = [row for row in plan.roles if row.agency is not None and row.agency not in agencies]
    printed: dict[int, frozenset[Category]] = {}
    for row in rows:
        before = printed.get(row.agency or 0, frozenset())
        printed[row.agency or 0] = before | (_printed(row) - categories)
    return {agency: told for agency, told in printed.items() if told}


def _printed(row: RoleAssignment) -> frozenset[Category]:
    """Give the categories of the boxes that are filled on a role row."""
    filled = [box for box in items(RoleAssignment) if not is_blank(getattr(row, box.name))]
    return frozenset(box.scope for box in filled if isinstance(box.scope, Category))


def beyond(reach: Reach | None, agency_id: int | None) -> Problem | None:
    """Say why a consent does not carry to an agency; None: it does."""
    if reach is None:
        return _beyond("consent.none", "本人の同意が確認できないため掲載なし", WAY_OUT)
    if agency_id in reach.categories_of:
        return None
    if not is_scope_known(reach.entry):
        return _beyond("consent.scope_unknown", "同意の範囲が未確認のため掲載なし")
    if agency_id in (reach.entry.excluded_agencies or ()):
        return _beyond("consent.agency_excluded", "本人の希望により掲載なし")
    if agency_id in (reach.entry.withdrawn_agencies or ()):
        return _beyond("consent.agency_withdrawn", "本人が同意を撤回した機関のため掲載なし")
    return _beyond("consent.agency", "同意の範囲に含まれない機関のため掲載なし")


def _beyond(rule: str, message: str, remedy: str = "") -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, strength=Strength.FORBIDDEN)
