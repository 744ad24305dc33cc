"""May a menu be drawn, a host be approached, a matching go its next step? (rules 12, 20, 25)"""

from collections.abc import Collection, Sequence
from datetime import date

from jusou_nb.choices import Category
from jusou_nb.dates import months_after
from jusou_nb.forms.participation import (
    Host,
    HostState,
    Matching,
    MatchStage,
    MatchStep,
    ParticipationMenu,
)
from jusou_nb.forms.scheme_check import SchemeCheck
from jusou_nb.problems import Problem, Strength
from jusou_nb.rules.consent_reach import Reach

_STAGES = tuple(MatchStage)
_TAKES_A_PLACE = (MatchStage.TRIAL, MatchStage.JOINED)
SETTLED_AFTER = {MatchStage.SETTLED_3: 3, MatchStage.SETTLED_6: 6}
"""Months after 参加 at which somebody counts as settled."""


def may_draw(
    menu: ParticipationMenu, checks: Sequence[SchemeCheck], *, is_planned: bool
) -> list[Problem]:
    """Ask of a menu: what do the existing schemes not reach, and does the plan say so? (25)"""
    problems = []
    if not (checks or menu.gap):
        message = "既存の制度では届かないことが空で、既存制度の確認もありません。"
        remedy = "使えなかった制度とその理由を「既存制度の確認」に1件書いてください。"
        problems.append(_notes("participation.unchecked", message, remedy, "gap"))
    if not (menu.wish or menu.activities):
        message = "本人がやってみたいことが空です。"
        remedy = "本人の言葉で1行書くか、希望する活動を選んでください。"
        problems.append(_notes("participation.no_wish", message, remedy, "wish"))
    if not is_planned:
        message = "了承されたプランに、参加支援を使う役割がありません。"
        remedy = "次の会議で、プランの役割分担に加えてください。"
        problems.append(_notes("participation.not_planned", message, remedy, "menu"))
    return problems


def may_end_menu(running: int, because: str) -> list[Problem]:
    """Ask: may a menu end? ``running`` are its matchings that are neither stopped nor settled."""
    if not because.strip():
        return [_stops("participation.end_unexplained", "終わりの理由が空です。",
                      "1行書いてください。", "ended_because")]  # fmt: skip
    if not running:
        return []
    message = f"続いているマッチングが{running}件あります。"
    remedy = "定着を確かめるか中止にするか、課長の判断を残してください。"
    return [_chief("participation.matchings_run", message, remedy, "ended_on")]


def may_propose(
    host: Host, excluded: Collection[int], others: Sequence[Matching], free: int | None
) -> list[Problem]:
    """Ask: may a host be approached for somebody? ``others`` run between the same two."""
    problems = []
    if host.state is not HostState.READY:
        label = host.state.label if host.state else "未記入"
        message = f"受入先の状況が「{label}」です。"
        remedy = "受け入れられるかを先に確かめるか、課長の判断を残してください。"
        problems.append(_chief("matching.host_not_ready", message, remedy, "host"))
    if host.agency in excluded:
        message = "受入先を運営する機関は、この人のことを知らせない機関です。"
        remedy = "別の受入先を選ぶか、課長の判断を残してください。"
        problems.append(_chief("matching.excluded", message, remedy, "host"))
    if others:
        message = "この受入先とのマッチングが、もう続いています。"
        remedy = "そのマッチングを開いて、次の段階を記録してください。"
        problems.append(_stops("matching.runs_already", message, remedy, "host"))
    if free == 0:
        message = "受入先に、いまは空きがありません。"
        problems.append(_notes("matching.full", message, "空く時期を聞いてください。", "host"))
    return problems


def may_tell(told: Collection[Category], host: Host, reach: Reach | None) -> list[Problem]:
    """Ask: does the person's consent carry what the host is to be told?

    Nothing told asks for nothing. A host that no registered agency runs is in no consent.
    """
    beyond = [c for c in Category if c in set(told) - carried(host, reach)]
    if not beyond:
        return []
    names = "、".join(category.label for category in beyond)
    message = f"受入先に伝えてよいこと（{names}）に、同意の範囲が届いていません。"
    remedy = "本人に聞いて同意を記録するか、伝えない区分にするか、課長の判断を残してください。"
    return [_chief("matching.told_beyond", message, remedy, "told_host")]


def carried(host: Host, reach: Reach | None) -> frozenset[Category]:
    """Give the categories of which the person's consent lets the host's agency know."""
    if reach is None or host.agency is None:
        return frozenset()
    return reach.categories_of.get(host.agency, frozenset())


def tells(match: Matching, host: Host, reach: Reach | None, category: Category) -> bool:
    """Whether a host is told of a category: the person has chosen it, and consented to it."""
    return category in (match.told_host or ()) and category in carried(host, reach)


def may_step(matching: Matching, step: MatchStep, free: int | None) -> list[Problem]:
    """Ask: may a matching come to this step on this day? ``free``: the places without it."""
    stage = step.stage or MatchStage.APPROACH
    if matching.stage is MatchStage.STOPPED:
        message, remedy = "このマッチングは中止になっています。", "新しく打診から始めてください。"
        return [_stops("matching.stopped", message, remedy, "stage")]
    return [
        *_order(matching, step, stage),
        *_full(matching, stage, free),
        *_settled(matching, step, stage),
    ]


def _order(matching: Matching, step: MatchStep, stage: MatchStage) -> list[Problem]:
    problems, before = [], matching.stage or MatchStage.APPROACH
    days = [s.reached_on for s in matching.steps if s.reached_on]
    if days and step.reached_on is not None and step.reached_on < max(days):
        message = "日が、前の段階の日より前です。"
        remedy = "どちらの日付が正しいか確かめてください。"
        problems.append(_notes("matching.days", message, remedy, "reached_on"))
    gap = _STAGES.index(stage) - _STAGES.index(before)
    if stage is not MatchStage.STOPPED and gap > 1 and stage not in SETTLED_AFTER:
        message = f"「{before.label}」から「{stage.label}」へ、段階をとばしています。"
        remedy = "本人が見てから決められたかを確かめてください。"
        problems.append(_notes("matching.skipped", message, remedy, "stage"))
    return problems


def _full(matching: Matching, stage: MatchStage, free: int | None) -> list[Problem]:
    if free != 0 or stage not in _TAKES_A_PLACE or matching.stage in _TAKES_A_PLACE:
        return []
    message = "受け入れられる人数を超えます。"
    remedy = "受入先に確かめて人数を直すか、別の曜日にするか、課長の判断を残してください。"
    return [_chief("matching.over_capacity", message, remedy, "stage")]


def _settled(matching: Matching, step: MatchStep, stage: MatchStage) -> list[Problem]:
    if stage not in SETTLED_AFTER:
        return []
    joined = joined_on(matching)
    if joined is None:
        message, remedy = (
            "参加の記録がないのに定着にしようとしています。",
            ("参加した日を先に記録するか、課長の判断を残してください。"),
        )
        return [_chief("matching.not_joined", message, remedy, "stage")]
    months = SETTLED_AFTER[stage]
    if step.reached_on is None or step.reached_on >= months_after(joined, months):
        return []
    message = f"参加からまだ{months}か月たっていません。"
    remedy = "その日を過ぎてから、本人と受入先に確かめてください。"
    return [_notes("matching.too_early", message, remedy, "reached_on")]


def joined_on(matching: Matching) -> date | None:
    """Give the day of 参加, the last one where somebody joined again."""
    days = [s.reached_on for s in matching.steps if s.stage is MatchStage.JOINED and s.reached_on]
    return max(days, default=None)


def _stops(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.FORBIDDEN)


def _chief(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.CHIEF)


def _notes(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box)
