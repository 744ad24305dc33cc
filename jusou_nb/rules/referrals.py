"""May this person's matters be told to this agency outside a sitting? (domain rule 4)"""

from collections.abc import Sequence

from jusou_nb.forms.agency import Agency, Sector
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.referral import Referral
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.consent import valid_on


def may_refer(
    profile: Profile, referral: Referral, agency: Agency, consents: Sequence[Consent]
) -> list[Problem]:
    """Ask: does the stated ground carry this referral?"""
    stated = profile.codes("sharing_ground").by_code.get(referral.ground or "")
    flags = stated.flags if stated else frozenset()
    if "consent" in flags:
        return _consent(profile, referral, consents)
    if "own" in flags and agency.sector is not Sector.OWN:
        return [_not_such(agency, "庁内")]
    if "public" in flags and agency.sector is Sector.PRIVATE:
        return [_not_such(agency, "公的機関")]
    if "needs_reason" in flags and not (referral.reason and referral.judged_by):
        return [_no_reason()]
    return []


def _consent(profile: Profile, referral: Referral, consents: Sequence[Consent]) -> list[Problem]:
    if referral.sent_on and valid_on(consents, referral.sent_on, profile):
        return []
    return [
        Problem(
            rule="referral.no_consent",
            message="根拠が「同意」ですが、その日に有効な同意の記録がありません。",
            remedy="同意を記録するか、ほかの根拠を選ぶか、課長の判断を残してください。",
            strength=Strength.CHIEF,
            box="ground",
        )
    ]


def _not_such(agency: Agency, what: str) -> Problem:
    return Problem(
        rule="referral.sector",
        message=f"「{agency.name}」は{what}として登録されていません。",
        remedy="根拠か、機関の区分を確かめてください。",
        box="ground",
    )


def _no_reason() -> Problem:
    return Problem(
        rule="referral.no_reason",
        message="同意によらずに情報を渡す理由か、判断した人が空です。",
        remedy="「相談内容・紹介する理由」と「判断した人」を1行ずつ記入するか、"
        "課長の判断を残してください。",
        strength=Strength.CHIEF,
        box="reason",
    )
