"""What a person has agreed to on a day (domain rules 1, 9–12, 29)."""

from collections.abc import Sequence
from datetime import date

from jusou_nb.dates import age_on, wareki
from jusou_nb.forms.consent import Consent, ConsentManner, ConsentState
from jusou_nb.forms.household import Person
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile

WAY_OUT = "同意のいらない会議（支援会議）の案件として載せるか、本人の同意を記録してください。"
_STATES = {
    ConsentState.ASKED: "返事をまだもらっていません",
    ConsentState.REFUSED: "同意を断っています",
    ConsentState.WITHDRAWN: "同意を撤回しています",
}


def latest(consents: Sequence[Consent], day: date) -> Consent | None:
    """Give the entry that counts on a day: the last one stated, of one day the last entered."""
    stated = [c for c in consents if c.stated_on is not None and c.stated_on <= day]
    return max(stated, key=lambda c: (c.stated_on, c.id or 0), default=None)


def valid_on(consents: Sequence[Consent], day: date, profile: Profile) -> Consent | None:
    """Give the consent in force on a day, its expiry day included, or None."""
    entry = latest(consents, day)
    if entry is None or entry.state is not ConsentState.GIVEN:
        return None
    if entry.expires_on is not None and entry.expires_on < day:
        return None
    return entry if is_by_entitled(entry, profile) else None


def is_by_entitled(entry: Consent, profile: Profile) -> bool:
    """Whether whoever gave it can give it; 家族の了解 is no consent. Unknown counts as 本人."""
    return entry.given_by is None or entry.given_by in profile.flagged("consent_giver", "valid")


def is_scope_known(entry: Consent) -> bool:
    """Whether categories and agencies were stated; an imported consent's are 未確認."""
    return bool(entry.categories) and bool(entry.agencies)


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
    entry = latest(consents, day)
    if entry is None:
        later = min((c.stated_on for c in consents if c.stated_on), default=None)
        said = f"（{wareki(later)}の記録はあります）" if later else ""
        return f"本人の同意がありません{said}"
    if entry.state in _STATES:
        return f"本人は{_STATES[entry.state]}"
    if not is_by_entitled(entry, profile):
        return "あるのは家族の了解だけで、本人の同意ではありません"
    return "同意の有効期限が切れています"


def remarks(entry: Consent, person: Person, day: date, profile: Profile) -> list[Problem]:
    """Ask of a consent that is in force: is anything about it to be looked at?"""
    return [*_scope(entry), *_oral(entry, day), *_child(entry, person, profile)]


def _scope(entry: Consent) -> list[Problem]:
    if is_scope_known(entry):
        return []
    return [
        Problem(
            rule="consent.scope_unknown",
            message="同意の範囲（情報・機関）が未確認です。機関の資料には載りません。",
            remedy="同意書の「共有してよい情報」と「共有してよい機関」を記入してください。",
        )
    ]


def _oral(entry: Consent, day: date) -> list[Problem]:
    late = entry.written_by is not None and entry.written_by < day
    if entry.manner is not ConsentManner.ORAL or not late:
        return []
    return [
        Problem(
            rule="consent.oral_overdue",
            message="口頭の同意のままで、書面の期限を過ぎています。",
            remedy="書面をもらって記録してください。",
        )
    ]


def _child(entry: Consent, person: Person, profile: Profile) -> list[Problem]:
    """Ask whether a child consented alone (rule 9; the ages are the profile's).

    A consent recorded without its giver counts as the child's own.
    """
    years = age_on(person.birth, entry.stated_on) if person.birth and entry.stated_on else None
    if years is None or years >= profile.thresholds["child_alone_from"]:
        return []
    if entry.given_by in profile.flagged("consent_giver", "guardian"):
        return []
    young = years < profile.thresholds["guardian_below"]
    return [
        Problem(
            rule="consent.child_alone",
            message=f"同意した日に{years}歳で、子ども一人の同意です。",
            remedy="親権者等の同意を記録するか、"
            "求められない事情（虐待の疑い等）があれば課長の判断を残してください。",
            strength=Strength.CHIEF if young else Strength.NOTICE,
        )
    ]


def standing(
    consents: Sequence[Consent], person: Person, day: date, profile: Profile
) -> list[Problem]:
    """Ask of a person's consent on a day: is it there, and is anything to be looked at?"""
    entry = valid_on(consents, day, profile)
    return remarks(entry, person, day, profile) if entry else given(consents, day, profile)
