"""The plan of an item as one reader may have it, with the schemes that were checked for it."""

from dataclasses import dataclass

from jusou_nb.documents.cells import Line, lines
from jusou_nb.documents.eyes import Eyes
from jusou_nb.fields import items
from jusou_nb.forms import RoleAssignment, SchemeCheck
from jusou_nb.forms.plan import AIM, CONSENT, DECIDED, HEAD, PERIOD, SupportPlan


@dataclass(frozen=True, kw_only=True)
class RoleRow:
    """Who does what of the plan, by when."""

    what: str
    doer: str
    lead: str
    when: str
    programme: str


@dataclass(frozen=True, kw_only=True)
class PlanPart:
    """The plan as it is put before the sitting.

    ``issues`` are the lines of the 課題整理表: issue, whose, background, present help, what
    lacks. ``goals`` are issue, aim and the person's own words. ``schemes`` are day, scheme,
    agency, result and reason.
    """

    head: tuple[Line, ...]
    issues: tuple[tuple[str, ...], ...]
    goals: tuple[tuple[str, ...], ...]
    roles: tuple[RoleRow, ...]
    schemes: tuple[tuple[str, ...], ...]
    foot: tuple[Line, ...]


_ISSUE = ("issue", "whose", "background", "present_help", "lacking")
_GOAL = ("issue", "aim", "own_words")
_SCHEME = ("checked_on", "scheme", "agency", "result", "reason")


def plan_part(plan: SupportPlan, schemes: tuple[SchemeCheck, ...], eyes: Eyes) -> PlanPart:
    """Gather what a reader gets of a plan."""

    def part(*sections: str) -> tuple[Line, ...]:
        boxes = tuple(b.name for b in items(SupportPlan) if b.section in sections)
        return lines(eyes.cells(plan, boxes))

    return PlanPart(
        head=(*part(HEAD), *part(AIM)),
        issues=eyes.table(plan.issue_rows, _ISSUE, needed="issue"),
        goals=eyes.table(plan.goals, _GOAL, needed="issue"),
        roles=tuple(_role(row, eyes) for row in plan.roles),
        schemes=eyes.table(schemes, _SCHEME, needed="scheme"),
        foot=part(PERIOD, CONSENT, DECIDED),
    )


def _role(row: RoleAssignment, eyes: Eyes) -> RoleRow:
    review = eyes.text(row, "review_on")
    when = (
        eyes.text(row, "due_on"),
        eyes.text(row, "frequency"),
        f"見直し {review}" if review else "",
    )
    return RoleRow(
        what=eyes.text(row, "what"),
        doer=eyes.text(row, "agency") or eyes.text(row, "doer"),
        lead="○" if row.is_lead else "",
        when="　".join(filter(None, when)),
        programme=eyes.text(row, "programme"),
    )
