"""Where a case stands on its way: 受付 → アセスメント → 会議 → プラン → 支援中 → 終結."""

from collections.abc import Collection
from dataclasses import dataclass

from jusou_nb.choices import Choice
from jusou_nb.forms.case import CaseStatus

WAY: tuple[CaseStatus, ...] = (
    CaseStatus.INTAKE,
    CaseStatus.ASSESSMENT,
    CaseStatus.CONFERENCE,
    CaseStatus.DRAFT_PLAN,
    CaseStatus.SUPPORT,
    CaseStatus.CLOSED,
)


class Reached(Choice):
    """How far a step of the way is; the word is said on the screen, the colour only helps."""

    DONE = "done", "済み"
    CURRENT = "current", "いまここ"
    SKIPPED = "skipped", "通らず"
    AHEAD = "ahead", "これから"


@dataclass(frozen=True, kw_only=True)
class WayStep:
    """A step of the way."""

    status: CaseStatus
    reached: Reached


def way(now: CaseStatus | None, been: Collection[CaseStatus]) -> list[WayStep]:
    """Lay out the way of a case: what lies behind, where it stands, what is to come.

    Args:
        now: The 段階 in which it stands; None: a consultation without a case.
        been: Every 段階 in which it was.
    """
    if now is None:
        return [WayStep(status=step, reached=Reached.AHEAD) for step in WAY]
    steps = (*WAY[:-1], now) if now is CaseStatus.SUSPENDED else WAY
    steps = (*steps, now) if now is CaseStatus.CHECK_IN else steps
    place = steps.index(now)
    return [
        WayStep(status=step, reached=_reached(step, n, place, been)) for n, step in enumerate(steps)
    ]


def _reached(step: CaseStatus, number: int, place: int, been: Collection[CaseStatus]) -> Reached:
    if number == place:
        return Reached.CURRENT
    if number > place:
        return Reached.AHEAD
    # A case that is kept in touch with has ended, whether or not it stood at the end before.
    ended = step is CaseStatus.CLOSED
    return Reached.DONE if step in been or ended or step is CaseStatus.INTAKE else Reached.SKIPPED
