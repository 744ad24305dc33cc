"""What is odd about facts that were recorded elsewhere: 要確認, never a refusal.

An import takes a ledger as it is; these questions say what somebody should look at.
Sources: domain rules 1, 4, 5, 9, 21 (``docs/rules.md``).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from jusou_nb.dates import PartialDate, wareki
from jusou_nb.forms.conference import AgendaItem, Conference
from jusou_nb.forms.consent import Consent, ConsentState
from jusou_nb.forms.household import Household, Person
from jusou_nb.forms.intake import Intake
from jusou_nb.forms.referral import Referral
from jusou_nb.names import fold
from jusou_nb.problems import Problem
from jusou_nb.profile import Profile
from jusou_nb.rules import consent as consents
from jusou_nb.rules.conferences import Candidate, may_put_on_agenda

NAMESAKE = "recorded.namesake"
"""A hint so weak that lists put it last."""

NAMED = 5
"""Records that one hint names; of more it gives the number."""

_SIZES: dict[str, tuple[str, Callable[[int], bool]]] = {
    "one": ("1人", lambda size: size == 1),
    "two": ("2人", lambda size: size == 2),  # noqa: PLR2004 - 夫婦のみ are two
    "two_or_more": ("2人以上", lambda size: size >= 2),  # noqa: PLR2004 - a parent and a child
    "three_or_more": ("3人以上", lambda size: size >= 3),  # noqa: PLR2004 - and one more
}


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What one intake says together with all that hangs on it."""

    intake: Intake
    household: Household
    client: Person
    consents: tuple[Consent, ...] = ()
    referrals: tuple[Referral, ...] = ()
    items: tuple[tuple[AgendaItem, Conference], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Known:
    """A person as far as another one can be taken for them; ``number`` is the 受付番号."""

    number: str
    name: str
    kana: str = ""
    birth: PartialDate | None = None

    @property
    def is_named(self) -> bool:
        """Whether it is a name at all; 氏名不明（…） is like nobody."""
        return not self.name.startswith("氏名不明")

    @cached_property
    def name_key(self) -> str:
        """The name with its spellings folded."""
        return fold(self.name)

    @cached_property
    def kana_key(self) -> str:
        """The reading with its spellings folded."""
        return fold(self.kana)


def to_confirm(profile: Profile, said: Recorded) -> list[Problem]:
    """Ask: what of this should somebody look at? An empty list is: nothing."""
    return [
        *_size(profile, said.household),
        *_ended(profile, said.intake),
        *_consents(profile, said),
        *_sittings(profile, said),
        *_referrals(said),
    ]


def _size(profile: Profile, household: Household) -> Iterator[Problem]:
    kind = profile.codes("household_type").by_code.get(household.household_type or "")
    if kind is None or household.size is None:
        return
    for text, fits in [_SIZES[flag] for flag in sorted(kind.flags) if flag in _SIZES]:
        if not fits(household.size):
            yield Problem(
                rule="recorded.household_size",
                message=f"世帯人数が{household.size}人で、世帯類型が「{kind.label}」（{text}）です。",
                remedy="どちらが正しいか確かめてください。",
                box="size",
            )


def _ended(profile: Profile, intake: Intake) -> Iterator[Problem]:
    """Rule 5: what was urgent or violent does not end as information given."""
    if intake.screening not in profile.flagged("screening", "ends"):
        return
    result = profile.codes("screening").by_code[intake.screening].label
    for reason in _grave(profile, intake):
        yield Problem(
            rule="recorded.grave_ended",
            message=f"{reason}が「{result}」になっています。",
            remedy="その後の対応と、通報・通告の有無（不要ならその理由と判断した人）を"
            "確かめてください。",
            box="screening",
        )


def _grave(profile: Profile, intake: Intake) -> Iterator[str]:
    urgency = profile.codes("urgency").by_code
    if intake.urgency in profile.flagged("urgency", "same_day"):
        yield f"緊急度「{urgency[intake.urgency].label}」の相談"
    for name, codes in (("topic", intake.topics), ("issue", intake.issues)):
        ticked = profile.flagged(name, "abuse").intersection(codes or ())
        if ticked:
            labels = [o.label for o in profile.codes(name).options if o.code in ticked]
            yield f"「{'」「'.join(labels)}」のある相談"
            return


def _consents(profile: Profile, said: Recorded) -> Iterator[Problem]:
    for entry in said.consents:
        if entry.state is not ConsentState.GIVEN:
            continue
        if entry.stated_on is None:
            yield Problem(
                rule="recorded.consent_undated",
                message="本人同意が「あり」で、同意日がありません。",
                remedy="同意日を確かめるまで、同意のない人として扱います。",
                box="stated_on",
            )
            continue
        remarks = consents.remarks(entry, said.client, entry.stated_on, profile)
        yield from (p for p in remarks if p.rule == "consent.child_alone")


def _sittings(profile: Profile, said: Recorded) -> Iterator[Problem]:
    for item, sitting in said.items:
        candidate = Candidate(client=said.client, consents=said.consents)
        for problem in may_put_on_agenda(profile, sitting, candidate, item.basis or ""):
            if problem.rule == "consent.none":
                yield _without_consent(profile, said, item, sitting)
            elif problem.rule.startswith("conference."):
                yield problem


def _without_consent(
    profile: Profile, said: Recorded, item: AgendaItem, sitting: Conference
) -> Problem:
    day = sitting.held_on
    given = [c.stated_on for c in said.consents if c.state is ConsentState.GIVEN and c.stated_on]
    basis = profile.basis(item.basis or "").label
    held = f"{basis}（{wareki(day)}）" if day else basis
    why = f"同意日（{wareki(min(given))}）より前です" if given else "本人の同意の記録がありません"
    return Problem(
        rule="recorded.sitting_without_consent",
        message=f"{held}の案件ですが、{why}。",
        remedy="同意日か会議日の誤りでないか、同意なしで載せていないか確かめてください。",
        box="basis",
    )


def _referrals(said: Recorded) -> Iterator[Problem]:
    """Rule 4: without consent something else must carry it; a ledger does not say what."""
    if any(entry.state is ConsentState.GIVEN for entry in said.consents):
        return
    if any(referral.ground is None for referral in said.referrals):
        yield Problem(
            rule="recorded.referral_without_ground",
            message="同意の記録がないまま、つなぎ先へつないでいます。",
            remedy="情報を渡した根拠（同意・庁内利用・案内のみ など）をつなぐシートに"
            "記入してください。",
            box="destination",
        )


def same_person(person: Known, others: Sequence[Known]) -> list[Problem]:
    """Ask: who of these could be the same person? Equal names alone are a weak hint."""
    if not person.is_named:
        return []
    near = [other for other in others if other.is_named and _is_near(person, other)]
    likely = [other for other in near if _is_born_with(person, other)]
    apart = [other for other in near if other not in likely and _is_namesake(person, other)]
    return [*_likely(likely), *_namesakes(apart)]


def _is_namesake(one: Known, other: Known) -> bool:
    return one.name_key == other.name_key


def _is_near(one: Known, other: Known) -> bool:
    return _is_namesake(one, other) or bool(one.kana and one.kana_key == other.kana_key)


def _is_born_with(one: Known, other: Known) -> bool:
    """Whether both were born on one day that is known."""
    return one.birth is not None and one.birth.whole is not None and one.birth == other.birth


def _numbers(others: Sequence[Known]) -> str:
    named = "、".join(other.number for other in others[:NAMED])
    return named + (f" ほか{len(others) - NAMED}件" if len(others) > NAMED else "")


def _likely(others: Sequence[Known]) -> Iterator[Problem]:
    if others:
        yield Problem(
            rule="recorded.probably_same_person",
            message=f"生年月日と氏名（読み）が同じ記録があります（{_numbers(others)}）。",
            remedy="同じ人と思われます。確かめてください（自動ではまとめません）。",
            box="name",
        )


def _namesakes(others: Sequence[Known]) -> Iterator[Problem]:
    if others:
        yield Problem(
            rule=NAMESAKE,
            message=f"同じ氏名の記録があります（{_numbers(others)}）。",
            remedy="別の人のこともあります。取り違えに注意してください。",
            box="name",
        )
