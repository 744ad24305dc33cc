"""Is anything about a recorded consent to be looked at? (domain rules 9–12)

A record of what somebody said is never refused; these questions are asked when it is to
carry something. Ages and what an oral consent suffices for are the profile's.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from jusou_nb.checks import is_blank
from jusou_nb.choices import Category
from jusou_nb.dates import age_on
from jusou_nb.fields import Ref, get_item
from jusou_nb.forms.consent import Consent, ConsentManner
from jusou_nb.forms.household import Person
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile


def is_scope_known(entry: Consent) -> bool:
    """Whether categories and agencies were stated; an imported consent's are 未確認."""
    return bool(entry.categories) and bool(entry.agencies)


def may_confirm_scope(
    entry: Consent, categories: Sequence[Category], agencies: Sequence[Ref]
) -> list[Problem]:
    """Ask: may the scope of an imported consent be confirmed as this?"""
    if is_scope_known(entry):
        return [
            Problem(
                rule="consent.scope_known",
                message=f"同意書{entry.id}番の範囲は、もう記録されています。",
                remedy="変わったのなら、新しい同意として記録してください。",
                strength=Strength.FORBIDDEN,
            )
        ]
    if categories and agencies:
        return []
    return [
        Problem(
            rule="consent.scope_in_part",
            message=f"同意書{entry.id}番の、情報か機関が選ばれていません。",
            remedy="両方を選ぶか、この行を外してから確かめてください。",
            strength=Strength.FORBIDDEN,
        )
    ]


def remarks(entry: Consent, person: Person, day: date, profile: Profile) -> list[Problem]:
    """Ask of a consent that is in force: is anything about it to be looked at?"""
    return [
        *_scope(entry),
        *_oral(entry, day),
        *_by_proxy_hand(entry),
        *_powers(entry, profile),
        *_child(entry, person, profile),
    ]


def _scope(entry: Consent) -> Iterator[Problem]:
    if not is_scope_known(entry):
        yield Problem(
            rule="consent.scope_unknown",
            message="同意の範囲（情報・機関）が未確認です。機関の資料には載りません。",
            remedy="同意書の「共有してよい情報」と「共有してよい機関」を記入してください。",
        )


def _oral(entry: Consent, day: date) -> Iterator[Problem]:
    if entry.manner is not ConsentManner.ORAL:
        return
    if entry.written_by is not None and entry.written_by < day:
        yield Problem(
            rule="consent.oral_overdue",
            message="口頭の同意のままで、書面の期限を過ぎています。",
            remedy="書面をもらって記録してください。",
        )
    wanted = ("stated_time", "explained_by", "second_listener", "words", "written_by")
    if missing := _blank(entry, wanted):
        yield Problem(
            rule="consent.oral_record",
            message=f"口頭の同意の記録に、{missing}がありません。",
            remedy="覚えのあるうちに同意書へ書き足してください。",
            box="words",
        )


def _by_proxy_hand(entry: Consent) -> Iterator[Problem]:
    if entry.manner is not ConsentManner.BY_PROXY_HAND:
        return
    if missing := _blank(entry, ("will_confirmed", "second_listener")):
        yield Problem(
            rule="consent.proxy_hand",
            message=f"代筆の同意書に、{missing}がありません。",
            remedy="本人の意思をどう確かめたか、誰が立ち会ったかを書くか、"
            "課長の判断を残してください。",
            strength=Strength.CHIEF,
            box="will_confirmed",
        )
    if missing := _blank(entry, ("proxy_name",)):
        yield Problem(
            rule="consent.proxy_name",
            message=f"代筆の同意書に、{missing}がありません。",
            remedy="同意書へ書き足してください。",
            box="proxy_name",
        )


def _blank(entry: Consent, names: tuple[str, ...]) -> str:
    """Name the boxes that are empty, in words: 「…」「…」, or nothing."""
    empty = [name for name in names if is_blank(getattr(entry, name))]
    return "".join(f"「{get_item(Consent, name).label}」" for name in empty)


def _powers(entry: Consent, profile: Profile) -> Iterator[Problem]:
    limited = entry.given_by in profile.flagged("consent_giver", "limited")
    if limited and not entry.giver_powers:
        yield Problem(
            rule="consent.powers",
            message="保佐人・補助人などの同意で、代理権の範囲が書かれていません。",
            remedy="登記事項証明書などで、この同意が範囲に入るか確かめてください。",
            box="giver_powers",
        )


def _child(entry: Consent, person: Person, profile: Profile) -> Iterator[Problem]:
    """Ask who consented for a child, by the age on that day (rule 9).

    A consent recorded without its giver counts as the child's own.
    """
    years = age_on(person.birth, entry.stated_on) if person.birth and entry.stated_on else None
    if years is None:
        return
    by_guardian = entry.given_by in profile.flagged("consent_giver", "guardian")
    by_self = entry.given_by is None or entry.given_by in profile.flagged("consent_giver", "self")
    young = years < profile.thresholds["guardian_below"]
    alone = years >= profile.thresholds["child_alone_from"]
    if by_guardian and person.guardian_not_asked:
        yield _asked_all_the_same()
    elif not by_guardian and not alone and not person.guardian_not_asked:
        yield _without_guardian(years, young=young)
    if by_guardian and not by_self and not young:
        yield _without_child(years, alone=alone)
    if by_guardian and not by_self and young and not entry.child_explained:
        yield _not_explained(years)


def _asked_all_the_same() -> Problem:
    return Problem(
        rule="consent.guardian_conflict",
        message="親権者等に求めない・知らせないとした子どもに、親権者等の同意が記録されています。",
        remedy="子ども本人の同意（意見）を記録するか、課長の判断を残してください。",
        strength=Strength.CHIEF,
        box="given_by",
    )


def _without_guardian(years: int, *, young: bool) -> Problem:
    return Problem(
        rule="consent.child_alone",
        message=f"同意した日に{years}歳で、子ども一人の同意です。",
        remedy="親権者等の同意を記録するか、求められない事情（虐待の疑い等）があれば、"
        "世帯員の「親権者等に求めない・知らせない理由」に書くか、課長の判断を残してください。",
        strength=Strength.CHIEF if young else Strength.NOTICE,
    )


def _without_child(years: int, *, alone: bool) -> Problem:
    return Problem(
        rule="consent.child_not_asked",
        message=f"同意した日に{years}歳で、親権者等だけの同意です。",
        remedy="本人の意見を聞いて、本人の同意を記録するか、課長の判断を残してください。",
        strength=Strength.CHIEF if alone else Strength.NOTICE,
        box="given_by",
    )


def _not_explained(years: int) -> Problem:
    return Problem(
        rule="consent.child_not_explained",
        message=f"同意した日に{years}歳の子どもへの説明が記録されていません。",
        remedy="本人に分かる言葉で説明し、「子ども本人への説明」に印を付けてください。",
        box="child_explained",
    )
