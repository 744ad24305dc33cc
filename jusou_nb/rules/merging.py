"""May two households or cases be made one, and taken apart again? Never by itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jusou_nb.forms.case import Case
from jusou_nb.forms.household import Household, Person
from jusou_nb.problems import Problem, Strength


@dataclass(frozen=True, kw_only=True)
class Side:
    """A household with all its cases that are not struck: one of the two."""

    household: Household
    cases: tuple[Case, ...] = ()


def may_merge_households(
    kept: Side, gone: Side, same: Iterable[tuple[Person, Person]], *, is_closed: bool
) -> list[Problem]:
    """Ask: may two households become one? ``same`` are the people who are one, stays first."""
    if kept.household.id == gone.household.id:
        return [
            _stops(
                "merge.same_record", "同じ世帯を二つ選んでいます。", "別の世帯を選んでください。"
            )
        ]
    one = list(same)
    return [
        *_opponents(kept.household, gone.household),
        *_born_apart(one),
        *_two_running(kept, gone, one),
        *_relations(gone.household, one),
        *_closed(is_closed=is_closed),
    ]


def _stops(rule: str, message: str, remedy: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, strength=Strength.FORBIDDEN)


def _opponents(one: Household, other: Household) -> Iterator[Problem]:
    """Somebody hidden in one, the one they are hidden from in the other."""
    for hidden, sought in ((one, other), (other, one)):
        masked = any(person.is_masked for person in hidden.members)
        if masked and any(person.is_opponent for person in sought.members):
            yield Problem(
                rule="merge.opponents",
                message="一方の世帯に秘匿の人が、もう一方に秘匿の相手方がいます。"
                "一つの世帯にすると、居所が相手方に知られるおそれがあります。",
                remedy="別の世帯のままにしてください。それでも統合するときは、課長の判断を残してください。",
                strength=Strength.CHIEF,
            )
            return


def _born_apart(same: Sequence[tuple[Person, Person]]) -> Iterator[Problem]:
    for kept, gone in same:
        if kept.birth and gone.birth and kept.birth != gone.birth:
            yield Problem(
                rule="merge.born_apart",
                message=f"「{kept.name}」と「{gone.name}」の生年月日が違います。",
                remedy="同じ人か、もう一度確かめてください。",
            )


def _running(side: Side) -> dict[int | None, Case]:
    return {c.client_id: c for c in side.cases if c.status is None or c.status.is_open}


def _two_running(
    kept: Side, gone: Side, same: Sequence[tuple[Person, Person]]
) -> Iterator[Problem]:
    here, there = _running(kept), _running(gone)
    if any(one.id in here and other.id in there for one, other in same):
        yield Problem(
            rule="merge.two_cases",
            message="同じ人のケースが二つ動くことになります。",
            remedy="世帯のあとで、ケースも統合してください。",
        )


def _relations(gone: Household, same: Sequence[tuple[Person, Person]]) -> Iterator[Problem]:
    went = {other.id for _, other in same}
    others = [person for person in gone.members if person.id not in went]
    if others:
        yield Problem(
            rule="merge.relations",
            message=f"加わる世帯員{len(others)}人の続柄は、もとの本人からのものです。",
            remedy="統合のあと「世帯を直す」で、続柄と世帯人数を確かめてください。",
        )


def _closed(*, is_closed: bool) -> Iterator[Problem]:
    if is_closed:
        yield Problem(
            rule="merge.closed_months",
            message="締めた月の数字が変わることがあります。",
            remedy="次の締めのとき、訂正に「統合」と出ます。",
        )


def may_merge_cases(
    kept: Case, gone: Case, plans: tuple[bool, bool], *, is_closed: bool
) -> list[Problem]:
    """Ask: may two cases become one? ``plans``: whether each has an agreed plan in force."""
    if kept.id == gone.id:
        return [
            _stops(
                "merge.same_record",
                "同じケースを二つ選んでいます。",
                "別のケースを選んでください。",
            )
        ]
    return [
        *_apart(kept, gone),
        *_two_plans(plans),
        *_ended(kept, gone),
        *_closed(is_closed=is_closed),
    ]


def _apart(kept: Case, gone: Case) -> Iterator[Problem]:
    if kept.household_id != gone.household_id:
        yield _stops(
            "merge.other_household",
            "世帯の違うケースです。",
            "先に世帯を統合し、同じ人であることを確かめてください。",
        )
    elif kept.client_id != gone.client_id:
        yield _stops(
            "merge.other_client",
            "本人の違うケースです。",
            "世帯の中で本人ごとに開いたケースは、別のケースのままにしてください。",
        )


def _two_plans(plans: tuple[bool, bool]) -> Iterator[Problem]:
    if all(plans):
        yield _stops(
            "merge.two_plans",
            "どちらのケースにも、了承された実施中のプランがあります。",
            "一方のプランを評価して終えてから、統合してください。",
        )


def _ended(kept: Case, gone: Case) -> Iterator[Problem]:
    def runs(case: Case) -> bool:
        return case.status is None or case.status.is_open

    if runs(gone) and not runs(kept):
        yield _stops(
            "merge.kept_ended",
            "残すほうのケースは終わっていて、まとめるほうは続いています。",
            "続いているケースを、残すほうに選んでください。",
        )


def may_undo(*, is_undone: bool, later: Sequence[str], is_whole: bool) -> list[Problem]:
    """Ask: may a merge be taken back? ``later`` names merges of the same records since."""
    found = []
    if is_undone:
        said, remedy = (
            "この統合は、もう元に戻してあります。",
            "「重複の疑い」の一覧を確かめてください。",
        )
        found.append(_stops("merge.undone", said, remedy))
    if later:
        said = f"このあとの統合（{'、'.join(later)}）が重なっています。"
        found.append(_stops("merge.later", said, "あとの統合から順に元に戻してください。"))
    if not is_whole:
        said = "統合の記録の一部が廃棄されています。"
        remedy = "元に戻せません。世帯やケースの画面で直してください。"
        found.append(_stops("merge.disposed", said, remedy))
    return found


def may_part(crossed: Sequence[str]) -> list[Problem]:
    """Ask: can what came since the merge be told apart? ``crossed`` hangs on both."""
    if not crossed:
        return []
    named = "、".join(dict.fromkeys(crossed))
    return [
        _stops(
            "merge.crossed",
            f"統合のあとの記録が、どちらのものか決められません（{named}）。",
            "その記録を取り消すか直してから、もう一度元に戻してください。",
        )
    ]
