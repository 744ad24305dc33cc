"""秘匿: one sets it at once, a second confirms, two lift it, no date ends it (rule 21)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from jusou_nb.dates import wareki
from jusou_nb.fields import Item
from jusou_nb.forms.case import Case
from jusou_nb.forms.household import MASKING, Household, Person
from jusou_nb.names import fold
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.workdays import next_workday


def confirm_by(person: Person) -> date | None:
    """Give the day by which a second person confirms: the next working day."""
    waits = person.is_masked and person.mask_confirmed_on is None and person.masked_on is not None
    return next_workday(person.masked_on) if waits and person.masked_on else None


def may_confirm(person: Person, by: str) -> list[Problem]:
    """Ask: may this person confirm that somebody is to be masked?"""
    if not person.is_masked:
        return [_not_masked()]
    return [_same_person("秘匿を付けた")] if _is_same(person.masked_by, by) else []


def may_review(person: Person) -> list[Problem]:
    """Ask: is there a 秘匿 to look at again?"""
    return [] if person.is_masked else [_not_masked()]


def may_lift(person: Person, by: str) -> list[Problem]:
    """Ask: may this person lift the 秘匿? Somebody else must have asked for it."""
    if not person.is_masked:
        return [_not_masked()]
    if not person.unmask_asked_by:
        return [
            Problem(
                rule="masking.not_asked",
                message="解除を求めた人が記録されていません。解除は二人で行います。",
                remedy="一人目が解除を求め、別の人が確かめてください。",
                strength=Strength.CHIEF,
                box="unmask_asked_by",
            )
        ]
    return [_same_person("秘匿の解除を求めた")] if _is_same(person.unmask_asked_by, by) else []


def _is_same(one: str | None, other: str) -> bool:
    return one is not None and fold(one) == fold(other)


def _not_masked() -> Problem:
    return Problem(
        rule="masking.not_masked",
        message="この人に秘匿は付いていません。",
        remedy="世帯の画面で、どの世帯員か確かめてください。",
        strength=Strength.FORBIDDEN,
        box="is_masked",
    )


def _same_person(what: str) -> Problem:
    return Problem(
        rule="masking.same_person",
        message=f"{what}人と同じ人です。二人目が要ります。",
        remedy="別の人が自分の机で確かめるか、課長の判断を残してください。",
        strength=Strength.CHIEF,
        box="mask_confirmed_by",
    )


_SECOND = ("mask_confirmed_by", "mask_confirmed_on", "unmasked_by", "unmasked_on")
"""What only the second person's own step writes."""


def may_save(before: Household | None, after: Household) -> list[Problem]:
    """Ask when a household's form is saved: does it go past the two persons of a 秘匿?"""
    known = {p.id: p for p in before.members} if before else {}
    return [
        *_lifted({i for i, p in known.items() if p.is_masked}, after),
        *(_seconded() for p in after.members if _is_seconded(known.get(p.id, Person()), p)),
    ]


def _is_seconded(before: Person, after: Person) -> bool:
    return any(
        getattr(after, name) is not None and getattr(after, name) != getattr(before, name)
        for name in _SECOND
    )


def _seconded() -> Problem:
    return Problem(
        rule="masking.seconded_on_form",
        message="二人目の確認や解除を、世帯の票に書こうとしています。",
        remedy="その欄を元に戻し、二人目が自分の机の「秘匿」の画面で確かめてください。",
        strength=Strength.CHIEF,
        box="mask_confirmed_by",
    )


def _lifted(masked: set[int | None], after: Household) -> list[Problem]:
    kept = {p.id for p in after.members if p.is_masked}
    if not masked - kept:
        return []
    return [
        Problem(
            rule="masking.lifted_alone",
            message="秘匿の印を外そうとしています。解除は二人で行います。",
            remedy="「秘匿の解除を求める」で一人目が求め、別の人が確かめてください。",
            strength=Strength.CHIEF,
            box="is_masked",
        )
    ]


def around(household: Household, person: Person) -> list[Problem]:
    """Ask when somebody is masked: who else of the household is to be thought of?

    Whoever lives with the masked person tells by their own address where that is.
    """
    others = [p for p in household.members if p.id != person.id]
    opponents = [p for p in others if p.is_opponent]
    open_ = [p for p in others if p.is_member and not p.is_opponent and not p.is_masked]
    problems = []
    if open_:
        problems.append(
            Problem(
                rule="masking.others",
                message=f"同じ世帯に、秘匿のない人が{len(open_)}人います。",
                remedy="一緒に避難している人や子どもにも、秘匿が要らないか確かめてください。",
            )
        )
    if opponents:
        problems.append(
            Problem(
                rule="masking.opponent",
                message="同じ世帯に、秘匿の相手方がいます。",
                remedy="相手方を本人とする案件やプランに、この人のことを書かないでください。"
                "親権者として同意を求めないでください。",
            )
        )
    return problems


def reminders(profile: Profile, person: Person, day: date) -> list[Problem]:
    """Ask of a masked person: is anything due? A date reminds; it never unmasks."""
    if not person.is_masked:
        return []
    return [*_unconfirmed(person, day), *_review(person, day), *_protection(profile, person, day)]


def _unconfirmed(person: Person, day: date) -> Iterator[Problem]:
    if person.mask_confirmed_on is None:
        due = confirm_by(person)
        late = "を過ぎています" if due is not None and due < day else "までです"
        when = f"（{wareki(due)}{late}）" if due is not None else ""
        yield Problem(
            rule="masking.unconfirmed",
            message=f"秘匿の二人目の確認がまだです{when}。",
            remedy="付けた人とは別の人が確かめてください。秘匿は効いています。",
            box="mask_confirmed_by",
        )
    if person.unmask_asked_by:
        yield Problem(
            rule="masking.lift_waits",
            message="秘匿の解除が求められています。",
            remedy="別の人が、解除してよいか確かめてください。それまで秘匿のままです。",
            box="unmask_asked_by",
        )


def _review(person: Person, day: date) -> Iterator[Problem]:
    if person.masked_until is not None and person.masked_until <= day:
        yield Problem(
            rule="masking.review",
            message=f"秘匿の見直し日（{wareki(person.masked_until)}）が来ています。",
            remedy="続けるなら日をのばし、外すなら二人で解除してください。自動では外れません。",
            box="masked_until",
        )


def _protection(profile: Profile, person: Person, day: date) -> Iterator[Problem]:
    until = person.protection_until
    if not person.has_address_protection or until is None:
        return
    notice = timedelta(days=profile.thresholds["protection_notice_days"])
    if day + notice < until:
        return
    ended = until < day
    said = "切れています" if ended else "近づいています"
    yield Problem(
        rule="masking.protection",
        message=f"住民基本台帳の支援措置の期限（{wareki(until)}）が{said}。",
        remedy="住民票の窓口への更新の申出を、本人と確かめてください。秘匿は続いています。",
        box="protection_until",
    )


def roles(profile: Profile, case: Case | None, name: str) -> frozenset[str]:
    """Give what a worker is to a case, as codes of the profile's 見てよい人."""
    flags = set()
    if case is not None and _is_same(case.coordinator, name):
        flags.add("case_coordinator")
    if case is not None and _is_same(case.deputy, name):
        flags.add("case_deputy")
    options = profile.codes("masking_reader").options
    return frozenset(option.code for option in options if option.flags & flags)


def may_see(profile: Profile, person: Person, readers: Sequence[str] | frozenset[str]) -> bool:
    """Whether somebody who is one of ``readers`` may see a masked person's whereabouts.

    Where nobody is named, those may whom the profile marks as ``by_default`` (the 担当).
    """
    if not person.is_masked:
        return True
    named = person.unmasked_for or profile.flagged("masking_reader", "by_default")
    return bool(set(named) & set(readers))


def why_unlisted(box: Item) -> str:
    """Say on the office's own sheets why a box that is not listed there is left off.

    Whereabouts, and whatever is noted about hiding somebody, are 秘匿; the rest tells who
    told us.
    """
    hidden = box.masked or box.section == MASKING
    return f"{'秘匿' if hidden else '情報源'}のため掲載なし"
