"""May this case go on this agenda, on this basis, that day? (domain rules 1, 7, 20)"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from jusou_nb.forms.conference import AgendaItem, Conference, ConferenceState
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.household import Person
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules import consent as consents


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A client who is to be put on a sitting, and what is known of the consent."""

    client: Person
    consents: tuple[Consent, ...] = ()
    items: Sequence[AgendaItem] = field(default_factory=tuple)


def may_put_on_agenda(
    profile: Profile, sitting: Conference, candidate: Candidate, basis_code: str
) -> list[Problem]:
    """Ask: may this client's case stand on this sitting on this basis?

    ``candidate.items`` are the items that the sitting already has.
    """
    basis = profile.basis(basis_code)
    if basis.anonymous:
        return [_anonymous(basis.label)]
    problems = [*_sitting(profile, sitting, basis_code), *_twice(candidate, basis_code)]
    if basis.requires_consent:
        day = sitting.held_on or date.max
        problems += consents.standing(candidate.consents, candidate.client, day, profile)
    if candidate.client.is_masked:
        problems.append(_masked())
    return problems


def _anonymous(label: str) -> Problem:
    return Problem(
        rule="conference.anonymous",
        message=f"{label}には個別の案件を載せられません。",
        remedy="匿名化した事例報告にしてください。",
        strength=Strength.FORBIDDEN,
    )


def _sitting(profile: Profile, sitting: Conference, basis_code: str) -> list[Problem]:
    problems = []
    if sitting.state is ConferenceState.CANCELLED:
        problems.append(
            Problem(
                rule="conference.cancelled",
                message="この会議は中止されています。",
                remedy="ほかの開催日を選んでください。",
                strength=Strength.FORBIDDEN,
            )
        )
    if sitting.body and basis_code not in profile.body(sitting.body).bases:
        problems.append(
            Problem(
                rule="conference.basis_of_body",
                message=f"「{profile.body(sitting.body).label}」は"
                f"「{profile.basis(basis_code).label}」を扱わない会議体です。",
                remedy="会議体を選び直すか、課長の判断を残してください。",
                strength=Strength.CHIEF,
            )
        )
    return problems


def _twice(candidate: Candidate, basis_code: str) -> list[Problem]:
    """One household may stand twice (mother, son); one person on one basis only once."""
    same = [
        i for i in candidate.items if i.client_id == candidate.client.id and i.basis == basis_code
    ]
    if not same:
        return []
    return [
        Problem(
            rule="conference.twice",
            message=f"この人は既に{same[0].place_in_order}番の案件に載っています。",
            remedy="その案件を開いてください。",
            strength=Strength.FORBIDDEN,
        )
    ]


def _masked() -> Problem:
    return Problem(
        rule="conference.masked",
        message="秘匿のある人です。住所・電話・学校・勤務先は資料に載りません。",
        remedy="文章の欄に居所が分かることを書いていないか確かめてください。",
    )
