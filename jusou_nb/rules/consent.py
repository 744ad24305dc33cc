"""What a person has agreed to on a day (domain rules 1, 9–13, 29).

Entries are read in the order in which they were stated, those of one day as entered. A
consent stands until it is refused, withdrawn or expired; asking again, or 家族の了解, does not
end it. What was withdrawn in part is taken off it. How far it carries is ``consent_reach``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jusou_nb.choices import Category
from jusou_nb.dates import wareki
from jusou_nb.fields import Ref
from jusou_nb.forms.consent import Consent, ConsentManner, ConsentState
from jusou_nb.forms.household import Person
from jusou_nb.forms.plan import SupportPlan
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.consent_manner import is_scope_known, may_confirm_scope, remarks

__all__ = [
    "WAY_OUT",
    "Standing",
    "given",
    "is_by_entitled",
    "is_partial",
    "is_scope_known",
    "latest",
    "left",
    "may_apply_for_plan",
    "may_confirm_scope",
    "remarks",
    "standing_on",
    "taken",
    "valid_on",
    "withdrawn_from",
]

WAY_OUT = "同意のいらない会議（支援会議）の案件として載せるか、本人の同意を記録してください。"
_STATES = {
    ConsentState.ASKED: "返事をまだもらっていません",
    ConsentState.REFUSED: "同意を断っています",
    ConsentState.WITHDRAWN: "同意を撤回しています",
}
_ENDS = (ConsentState.REFUSED, ConsentState.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The consent that was given last and not ended, and what was taken off it since."""

    base: Consent
    cuts: tuple[Consent, ...] = ()


def is_partial(entry: Consent) -> bool:
    """Whether a withdrawal is of some categories or agencies only."""
    some = bool(entry.withdrawn_categories) or bool(entry.withdrawn_agencies)
    return entry.state is ConsentState.WITHDRAWN and some


def is_by_entitled(entry: Consent, profile: Profile | None) -> bool:
    """Whether whoever gave it can give it; 家族の了解 is no consent. Unknown counts as 本人."""
    if entry.given_by is None or profile is None:
        return True
    return entry.given_by in profile.flagged("consent_giver", "valid")


def latest(
    consents: Sequence[Consent], day: date, profile: Profile | None = None
) -> Consent | None:
    """Give the entry that says where things stand on a day: the consent in force, else the last.

    Without a profile, whoever gave a consent counts as entitled to.
    """
    stated = _stated(consents, day)
    return _in_force(stated, day, profile) or (stated[-1] if stated else None)


def valid_on(consents: Sequence[Consent], day: date, profile: Profile) -> Consent | None:
    """Give the consent in force on a day, its expiry day included, or None.

    Its categories and agencies are what is left of them; what was withdrawn stands in
    ``withdrawn_categories`` and ``withdrawn_agencies``.
    """
    return _in_force(_stated(consents, day), day, profile)


def _stated(consents: Sequence[Consent], day: date) -> list[Consent]:
    stated = [c for c in consents if c.stated_on is not None and c.stated_on <= day]
    return sorted(stated, key=_order)


def _order(entry: Consent) -> tuple[Any, int]:
    return entry.stated_on, entry.id or 0


def _in_force(stated: Sequence[Consent], day: date, profile: Profile | None) -> Consent | None:
    standing = _standing(stated, day, profile)
    return left(standing) if standing else None


def standing_on(consents: Sequence[Consent], day: date, profile: Profile) -> Standing | None:
    """Give the consent that was given last and not ended by a day, and the cuts since."""
    return _standing(_stated(consents, day), day, profile)


def _standing(stated: Sequence[Consent], day: date, profile: Profile | None) -> Standing | None:
    standing: Standing | None = None
    for entry in stated:
        if entry.state is ConsentState.GIVEN and is_by_entitled(entry, profile):
            standing = Standing(base=entry)
        elif is_partial(entry):
            standing = standing and replace(standing, cuts=(*standing.cuts, entry))
        elif entry.state in _ENDS:
            standing = None
    until = standing.base.expires_on if standing else None
    return None if until is not None and until < day else standing


def taken(cuts: Sequence[Consent]) -> tuple[frozenset[Category], frozenset[Ref]]:
    """Give the categories and the agencies that partial withdrawals took off."""
    categories = frozenset(c for cut in cuts for c in cut.withdrawn_categories or ())
    return categories, frozenset(a for cut in cuts for a in cut.withdrawn_agencies or ())


def left(standing: Standing) -> Consent | None:
    """Take off what was withdrawn; None where nothing is left.

    Of a consent whose scope is 未確認 it is known only what was taken off.
    """
    if not standing.cuts:
        return standing.base
    base, (categories, agencies) = standing.base, taken(standing.cuts)
    open_ = [c for c in base.categories or Category if c not in categories]
    reached = [a for a in base.agencies or () if a not in agencies]
    if not open_ or (base.agencies and not reached):
        return None
    return replace(
        base,
        categories=tuple(open_) if base.categories else base.categories,
        agencies=tuple(reached) if base.agencies else base.agencies,
        withdrawn_categories=tuple(c for c in Category if c in categories),
        withdrawn_agencies=tuple(sorted(agencies)),
    )


def given(consents: Sequence[Consent], day: date, profile: Profile) -> list[Problem]:
    """Ask: is there a consent of this person on that day?"""
    if valid_on(consents, day, profile) is not None:
        return []
    return [
        Problem(
            rule="consent.none",
            message=f"{wareki(day)}の時点で、{_why_not(consents, day, profile)}。",
            remedy=WAY_OUT,
            strength=Strength.FORBIDDEN,
        )
    ]


def _why_not(consents: Sequence[Consent], day: date, profile: Profile) -> str:
    entry = latest(consents, day, profile)
    if entry is None:
        later = min((c.stated_on for c in consents if c.stated_on), default=None)
        said = f"（{wareki(later)}の記録はあります）" if later else ""
        return f"本人の同意がありません{said}"
    if entry.state in _STATES:
        return f"本人は{_STATES[entry.state]}"
    if not is_by_entitled(entry, profile):
        return "あるのは家族の了解だけで、本人の同意ではありません"
    return "同意の有効期限が切れています"


def may_apply_for_plan(
    consents: Sequence[Consent], plan: SupportPlan, day: date, profile: Profile
) -> list[Problem]:
    """Ask: does an oral consent suffice for this plan's application? (rule 11)

    The paper it waits for is a consent in writing or the signature on the plan.
    """
    entry = valid_on(consents, day, profile)
    signed = plan.signed_on is not None and plan.signed_on <= day
    if entry is None or entry.manner is not ConsentManner.ORAL or signed:
        return []
    if "plan" in profile.flagged("oral_consent", "suffices"):
        return []
    return [
        Problem(
            rule="consent.oral_for_plan",
            message="口頭の同意だけで、プランの申込みの署名がまだありません。",
            remedy="同意書かプランに署名をもらうか、課長の判断を残してください。",
            strength=Strength.CHIEF,
            box="signed_on",
        )
    ]


def withdrawn_from(
    consents: Sequence[Consent], day: date | None, profile: Profile
) -> list[Problem]:
    """Ask of a withdrawal, which is never refused: was there anything to withdraw?

    ``consents`` are the entries before it.
    """
    if day is None or valid_on(consents, day, profile) is not None:
        return []
    return [
        Problem(
            rule="consent.nothing_to_withdraw",
            message=f"{wareki(day)}の時点で、有効な同意の記録はありません。",
            remedy="撤回として記録しました。同意書の日付に誤りがないか確かめてください。",
        )
    ]


def standing(
    consents: Sequence[Consent], person: Person, day: date, profile: Profile
) -> list[Problem]:
    """Ask of a person's consent on a day: is it there, and is anything to be looked at?"""
    entry = valid_on(consents, day, profile)
    return remarks(entry, person, day, profile) if entry else given(consents, day, profile)
