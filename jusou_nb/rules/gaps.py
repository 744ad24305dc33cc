"""不足資源・地域課題: what is asked on its way from a sitting to the 代表者会議 and back."""

from collections.abc import Iterable

from jusou_nb.forms.community import GapState, ResourceGap
from jusou_nb.forms.conference import Conference, ConferenceState
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Body, Profile
from jusou_nb.rules.naming import tells_names

_SETTLED = (GapState.FILLED, GapState.DECLINED)


def may_raise(gap: ResourceGap, names: Iterable[str]) -> list[Problem]:
    """Ask: does what is missing tell whose case it came from?"""
    return tells_names("gap.name_shown", "what", gap.what, names)


def may_put_forward(
    profile: Profile, gap: ResourceGap, sitting: Conference | None
) -> list[Problem]:
    """Ask: may this be put forward to a sitting of those who hear no single cases?"""
    if gap.state in _SETTLED:
        message = f"この課題は「{gap.state.label}」で終わっています。"
        remedy = "続きがあれば、新しい課題として登録してください。"
        return [_stops("gap.settled", message, remedy, "state")]
    if sitting is None or sitting.state is not ConferenceState.PLANNED:
        message = "個別の案件を扱わない会議（代表者会議など）が、この先に予定されていません。"
        remedy = "「会議」で代表者会議を登録してください。"
        return [_stops("gap.no_sitting", message, remedy, "put_forward_id")]
    if not hears_no_cases(profile, sitting):
        message = "この会議は個別の案件を扱う会議です。"
        remedy = "代表者会議など、個別の案件を扱わない会議を選んでください。"
        return [_stops("gap.hears_cases", message, remedy, "put_forward_id")]
    if gap.owner is None:
        message = "答える課・機関が空です。"
        remedy = "会議で決まったら「担当する課・機関」に記入してください。"
        return [Problem(rule="gap.no_owner", message=message, remedy=remedy, box="owner")]
    return []


def hears_no_cases(profile: Profile, sitting: Conference) -> bool:
    """Whether a sitting's body hears no single cases at all."""
    return _anonymous(profile, profile.body(sitting.body or ""))


def represents(profile: Profile, body: Body) -> bool:
    """Whether a body is one of the heads of agencies: no case is heard on any of its bases.

    A body for topics alone (話合いの場) shares its basis with those who also hear cases.
    """
    hearing = [b for b in profile.bodies if not _anonymous(profile, b)]
    shared = {code for other in hearing for code in other.bases}
    return _anonymous(profile, body) and not shared & set(body.bases)


def _anonymous(profile: Profile, body: Body) -> bool:
    return all(profile.basis(code).anonymous for code in body.bases)


def may_settle(gap: ResourceGap, state: GapState, became: str, *, has_host: bool) -> list[Problem]:
    """Ask: may a gap be ended in this way?"""
    if gap.state in _SETTLED:
        message = f"この課題は「{gap.state.label}」で終わっています。"
        remedy = "違っていたときは、記録を開いて直してください。"
        return [_stops("gap.settled", message, remedy, "state")]
    if state not in _SETTLED:
        message = "終わり方は「できた・見つかった」か「見送った」です。"
        remedy = "どちらかを選んでください。"
        return [_stops("gap.not_an_end", message, remedy, "state")]
    if not became.strip() and not has_host:
        message = "どうなったかが空です。"
        remedy = "できたものか、見送った理由を1行書いてください。"
        return [_stops("gap.unsaid", message, remedy, "became")]
    return []


def _stops(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.FORBIDDEN)
