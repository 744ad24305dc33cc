"""May this person's matters be told to this agency outside a sitting? (domain rules 4, 8, 20)"""

from collections.abc import Collection
from datetime import date

from jusou_nb.checks import is_blank
from jusou_nb.choices import Category
from jusou_nb.fields import items
from jusou_nb.forms.agency import Agency, Sector
from jusou_nb.forms.referral import Referral, ReferralAnswer
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.consent_reach import Reach, beyond


def may_refer(
    profile: Profile,
    referral: Referral,
    agency: Agency,
    carried: Reach | None,
    excluded: Collection[int] = (),
) -> list[Problem]:
    """Ask: does the stated ground carry this referral?

    ``carried`` is what the client's consent carries on the day; ``excluded`` the case's 除外者.
    """
    stated = profile.codes("sharing_ground").by_code.get(referral.ground or "")
    flags = stated.flags if stated else frozenset()
    return [
        *_excluded(agency, excluded),
        *_ground(referral, agency, carried, flags),
        *_visit_only(profile, agency, carried, flags),
        *_question(profile, referral),
    ]


def _ground(
    referral: Referral, agency: Agency, carried: Reach | None, flags: frozenset[str]
) -> list[Problem]:
    if "consent" in flags:
        return _consent(referral, agency, carried)
    if "own" in flags and agency.sector is not Sector.OWN:
        return [_not_such(agency, "庁内")]
    if "public" in flags and agency.sector is Sector.PRIVATE:
        return [_not_such(agency, "公的機関")]
    if "needs_reason" in flags and not (referral.reason and referral.judged_by):
        return [_no_reason()]
    return []


def _consent(referral: Referral, agency: Agency, carried: Reach | None) -> list[Problem]:
    """Ask of a consent: is it there, does it reach this agency, and with what is written?"""
    if carried is None:
        said = "根拠が「同意」ですが、その日に有効な同意の記録がありません。"
        return [_too_far("referral.no_consent", said, "ground")]
    name = f"「{agency.name}」"
    if (why := beyond(carried, agency.id)) is not None:
        said = _WHY.get(why.rule, "{0}は、本人の同意の範囲にありません。").format(name)
        return [_too_far("referral.beyond_consent", said, "destination")]
    written = [b for b in items(Referral) if not is_blank(getattr(referral, b.name))]
    open_ = [
        b for b in written
        if isinstance(b.scope, Category) and not carried.carries(agency.id, b.scope)
    ]  # fmt: skip
    return [
        _too_far(
            "referral.beyond_category",
            f"「{box.label}」は、本人が{name}へ伝えてよいとした情報にありません。",
            box.name,
        )
        for box in open_
    ]


_WHY = {
    "consent.scope_unknown": "本人の同意に{0}が入っているか、まだ確かめていません（範囲未確認）。",
    "consent.agency_excluded": "本人は、{0}には知らせないよう望んでいます。",
    "consent.agency_withdrawn": "本人は、{0}への同意を撤回しています。",
}


def _too_far(rule: str, message: str, box: str) -> Problem:
    return Problem(
        rule=rule,
        message=message,
        remedy="同意とその範囲を記録するか、ほかの根拠を選ぶか、課長の判断を残してください。",
        strength=Strength.CHIEF,
        box=box,
    )


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


def _excluded(agency: Agency, excluded: Collection[int]) -> list[Problem]:
    if agency.id not in excluded:
        return []
    return [
        Problem(
            rule="referral.excluded",
            message="この機関は、このケースの除外者です。",
            remedy="別の機関を選ぶか、課長の判断を残してください。",
            strength=Strength.CHIEF,
            box="destination",
        )
    ]


def _visit_only(
    profile: Profile, agency: Agency, carried: Reach | None, flags: frozenset[str]
) -> list[Problem]:
    """Rule 8: without consent a desk of tax or water is only pointed out to the person."""
    if agency.kind not in profile.flagged("agency_kind", "visit_only"):
        return []
    if flags & {"guidance", "conference"} or beyond(carried, agency.id) is None:
        return []
    return [
        Problem(
            rule="referral.visit_only",
            message=f"「{agency.name}」とは、同意なしに滞納や使用の状況をやりとりできません。",
            remedy="根拠を「案内のみ」にして訪ねてもらうか、支援会議の案件にしてください。",
            box="ground",
        )
    ]


def is_inquiry(profile: Profile, referral: Referral) -> bool:
    """Whether it asks an agency something (照会) and hands nobody over."""
    return referral.kind in profile.flagged("referral_kind", "asks")


def _question(profile: Profile, referral: Referral) -> list[Problem]:
    if referral.reason or not is_inquiry(profile, referral):
        return []
    return [
        Problem(
            rule="referral.no_question",
            message="照会で聞くことが空です。",
            remedy="「相談内容・紹介する理由」に、聞きたいことだけを書いてください。",
            box="reason",
        )
    ]


def may_answer(before: Referral, answer: ReferralAnswer, *, on: date, note: str) -> list[Problem]:
    """Ask: may this be the agency's answer?"""
    return [*_because(answer, note), *_settled(before, answer), *_too_early(before, on)]


def _because(answer: ReferralAnswer, note: str) -> list[Problem]:
    if answer is not ReferralAnswer.REFUSED or note.strip():
        return []
    return [
        Problem(
            rule="referral.refused_because",
            message="受けられない理由が空です。",
            remedy="先方に聞いた理由を1行書いてください（「理由は言わない」でもよい）。",
            strength=Strength.FORBIDDEN,
            box="answer_note",
        )
    ]


def _settled(before: Referral, answer: ReferralAnswer) -> list[Problem]:
    if before.answer is not ReferralAnswer.SETTLED or answer is ReferralAnswer.SETTLED:
        return []
    return [
        Problem(
            rule="referral.settled",
            message="「つながった」と記録されています。",
            remedy="途切れたのなら新しくつなぐか、誤りなら課長の判断を残して直してください。",
            strength=Strength.CHIEF,
            box="answer",
        )
    ]


def _too_early(before: Referral, on: date) -> list[Problem]:
    if before.sent_on is None or on >= before.sent_on:
        return []
    return [
        Problem(
            rule="referral.answered_before_sent",
            message="返事の日が、つないだ日より前です。",
            remedy="どちらの日付が正しいか確かめてください。",
            box="answered_on",
        )
    ]


def came_back(profile: Profile, referral: Referral, name: str) -> list[Problem]:
    """Ask: does a refused one wait for its sender to say what is done now?"""
    if referral.answer is not ReferralAnswer.REFUSED or referral.after_refusal is not None:
        return []
    back = referral.sent_by or "窓口"
    ways = (
        "別の機関に聞くか、支援会議の案件にして聞いて"
        if is_inquiry(profile, referral)
        else ("別の機関へつなぐか、次の会議の案件にして")
    )
    return [
        Problem(
            rule="referral.came_back",
            message=f"「{name}」は受けられないとのことで、{back}に戻りました。",
            remedy=f"{ways}、決めた次の一手を記録してください。",
            box="after_refusal",
        )
    ]


def may_take_back(referral: Referral) -> list[Problem]:
    """Ask: is there anything to take back?"""
    if referral.answer is ReferralAnswer.REFUSED:
        return []
    return [
        Problem(
            rule="referral.not_refused",
            message="この記録は「受けられない」になっていません。",
            remedy="先に、先方の返事とその理由を記録してください。",
            strength=Strength.FORBIDDEN,
            box="after_refusal",
        )
    ]
