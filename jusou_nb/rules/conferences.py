"""May this go on this agenda, on this basis, that day? May the sitting be held? (rules 1, 7)"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from jusou_nb.dates import wareki
from jusou_nb.forms.conference import AgendaItem, Conference, ConferenceState
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.household import Person
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.consent import standing


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
        problems += standing(candidate.consents, candidate.client, day, profile)
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
    problems = _cancelled(sitting)
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


def _cancelled(sitting: Conference) -> list[Problem]:
    if sitting.state is not ConferenceState.CANCELLED:
        return []
    return [
        Problem(
            rule="conference.cancelled",
            message="この会議は中止されています。",
            remedy="ほかの開催日を選んでください。",
            strength=Strength.FORBIDDEN,
        )
    ]


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


def may_put_topic(profile: Profile, sitting: Conference, item: AgendaItem) -> list[Problem]:
    """Ask: may this topic (議題・研修) stand on this sitting? It belongs to no case.

    A topic on a basis for single cases would be counted and copied as one of them.
    """
    problems = _cancelled(sitting)
    if item.basis and not profile.basis(item.basis).anonymous:
        problems.append(
            Problem(
                rule="conference.topic_basis",
                message=f"「{profile.basis(item.basis).label}」は個別の案件の根拠です。",
                remedy="議題・研修の根拠を選ぶか、ケースを選んで案件として載せてください。",
                strength=Strength.FORBIDDEN,
                box="basis",
            )
        )
    return problems


def may_hold(sitting: Conference, today: date) -> list[Problem]:
    """Ask: may this sitting be noted as held?"""
    problems = _cancelled(sitting)
    if sitting.held_on and sitting.held_on > today:
        problems.append(
            Problem(
                rule="conference.not_yet",
                message=f"会議日（{wareki(sitting.held_on)}）がまだ来ていません。",
                remedy="日を確かめるか、早めて開いたのなら会議日を直してください。",
                box="held_on",
            )
        )
    if not sitting.attendees:
        problems.append(
            Problem(
                rule="conference.no_attendees",
                message="出席者が記入されていません。",
                remedy="出席者を記入してください（あとからでも記入できます）。",
                box="attendees",
            )
        )
    return problems


def may_cancel(sitting: Conference) -> list[Problem]:
    """Ask: may this sitting be called off? What was held is struck, not called off."""
    if sitting.state is not ConferenceState.HELD:
        return []
    return [
        Problem(
            rule="conference.held",
            message="この会議は開催済です。",
            remedy="開催が誤りなら、会議の記録を理由を添えて取り消してください。",
            strength=Strength.FORBIDDEN,
        )
    ]


def may_reorder(sitting: Conference, *, papers_out: bool) -> list[Problem]:
    """Ask: may the items of a sitting be put in another order? Their numbers change with it."""
    problems = _cancelled(sitting)
    if sitting.state is ConferenceState.HELD:
        problems.append(
            Problem(
                rule="conference.order_held",
                message="開催済の会議の順は変えられません。会議記録の番号が変わってしまいます。",
                remedy="順が違ったときは、発言の要旨に書いてください。",
                strength=Strength.FORBIDDEN,
            )
        )
    if papers_out:
        problems.append(
            Problem(
                rule="conference.order_after_papers",
                message="資料を渡したあとです。案件の番号が、渡した資料と違ってきます。",
                remedy="資料を作り直し、渡した分と差し替えてください。",
            )
        )
    return problems


def moved(profile: Profile, asked: AgendaItem, placed: AgendaItem) -> Problem:
    """Say that a case went on another basis than was asked, for want of consent."""
    labels = [profile.basis(item.basis or "").label for item in (asked, placed)]
    return Problem(
        rule="conference.moved_to_other_basis",
        message=f"同意がないため、{labels[0]}ではなく{labels[1]}の案件として載せました。",
        remedy="同意をもらえたら、あらためて載せてください。",
        box="basis",
    )
