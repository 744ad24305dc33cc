"""What a menu takes over from assessment, sheet, plan and schemes, and what a step gives on."""

from datetime import date, datetime, time
from typing import Any

from jusou_nb.forms import (
    Assessment,
    Case,
    CaseNote,
    Consent,
    Host,
    Intake,
    ParticipationMenu,
    RoleAssignment,
    SchemeCheck,
    SupportPlan,
)
from jusou_nb.forms.participation import MatchStep
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.rules.consent_reach import Reach, reach
from jusou_nb.store import Store, queries


def known_of(store: Store, case: Case) -> ParticipationMenu:
    """Give what is known of a client's wishes and limits; the earlier menu knows best."""
    found: dict[str, Any] = {"wish": _wish(store, case), "gap": _gap(store, case)}
    found["limits_note"] = _considerations(store, case)
    found["contractor"] = next((r.agency for r in _own_roles(store, case) if r.agency), None)
    earlier = store.find(ParticipationMenu, order="drawn_on", case_id=case.id)
    if earlier:
        boxes = ("wish", "activities", "days", "limits", "limits_note", "gap", "contractor")
        before = {name: getattr(earlier[-1], name) for name in boxes}
        found |= {name: value for name, value in before.items() if value}
    return ParticipationMenu(case_id=case.id, client_id=case.client_id, **found)


def _wish(store: Store, case: Case) -> str | None:
    """Take the person's words from the last assessment, else from the plan."""
    sheets = store.find(Assessment, order="assessed_on", case_id=case.id)
    said = [sheet.wishes for sheet in sheets if sheet.wishes]
    if said:
        return said[-1]
    plan = _plan(store, case)
    return plan.client_wish if plan else None


def _considerations(store: Store, case: Case) -> str | None:
    return store.load(Intake, case.intake_id).considerations if case.intake_id else None


def _gap(store: Store, case: Case) -> str | None:
    """List the schemes that did not reach, with what was said of them."""
    checks = [c for c in store.find(SchemeCheck, case_id=case.id) if _fell_short(c)]
    lines = [
        f"{c.scheme}：{c.result.label if c.result else ''}（{c.reason or ''}）" for c in checks
    ]
    return "\n".join(lines) or None


def _fell_short(check: SchemeCheck) -> bool:
    return check.result in (SchemeResult.TRIED, SchemeResult.NOT_ELIGIBLE)


def _plan(store: Store, case: Case) -> SupportPlan | None:
    plans = store.find(SupportPlan, case_id=case.id, state=PlanState.AGREED.value)
    return plans[-1] if plans else None


def plan_uses(store: Store, case: Case) -> bool:
    """Whether the agreed plan of a case has a role of 参加支援."""
    return bool(_own_roles(store, case))


def _own_roles(store: Store, case: Case) -> list[RoleAssignment]:
    """List the roles of 参加支援 in the agreed plan."""
    own = store.profile.flagged("programme", "participation")
    plan = _plan(store, case)
    return [row for row in plan.roles if row.programme in own] if plan else []


def step_note(host: Host, step: MatchStep) -> CaseNote | None:
    """Write a step at which the person spoke as a note of the case: one typing for both."""
    if not step.client_voice or step.reached_on is None or step.stage is None:
        return None
    return CaseNote(
        happened_at=datetime.combine(step.reached_on, time(0)),
        counterpart="本人",
        content=f"{host.name}（{step.stage.label}）。本人の声：{step.client_voice}",
    )


def kept_out(store: Store, menu: ParticipationMenu) -> set[int]:
    """Give the agencies that are not to know of the person: 除外者, and by the person's wish."""
    case = store.load(Case, menu.case_id or 0)
    told = reach_of(store, menu.client_id, date.max)
    wished = (told.entry.excluded_agencies or ()) if told else ()
    return {*(case.excluded_agencies or ()), *wished}


def reach_of(store: Store, person_id: int | None, day: date) -> Reach | None:
    """Give how far a person's consent carries on a day; None where there is none."""
    entries = store.find(Consent, person_id=person_id)
    return reach(entries, day, store.profile, queries.signed_plans(store, person_id or 0))
