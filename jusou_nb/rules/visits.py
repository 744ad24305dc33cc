"""May this visit be made as it is planned, and who is not back? (issue C 2; rules 4, 20)"""

from collections.abc import Collection, Iterable
from datetime import datetime

from jusou_nb.forms.agency import Agency, Sector
from jusou_nb.forms.household import Person
from jusou_nb.forms.outreach import Outreach, Round, Visit, VisitState
from jusou_nb.problems import Problem, Strength

_OVER = (VisitState.BACK, VisitState.CALLED_OFF)


def needs_two(outreach: Outreach | None, person: Person | None) -> bool:
    """Whether nobody is to go there alone: of the outreach, or of the person."""
    return bool((outreach and outreach.two_needed) or (person and person.two_needed))


def may_plan(visit: Visit) -> list[Problem]:
    """Ask: does the plan of a visit hold together, and do two go where two are needed?"""
    problems = may_move(visit, VisitState.PLANNED)
    if visit.two_needed and not (visit.companion or visit.companion_agency):
        problems.append(
            Problem(
                rule="visit.two_needed",
                message="二人で訪問することになっていますが、いっしょに行く人が空です。",
                remedy="いっしょに行く人か機関を入れるか、課長の判断を残してください。",
                strength=Strength.CHIEF,
                box="companion",
            )
        )
    ordered = visit.planned_at and visit.back_by and visit.planned_at < visit.back_by
    if not ordered:
        problems.append(
            Problem(
                rule="visit.back_first",
                message="戻る予定が、訪問する日時より後になっていません。",
                remedy="戻る予定の日時を確かめてください。",
                box="back_by",
            )
        )
    return problems


def may_bring(agency: Agency | None, excluded: Collection[int], *, is_told: bool) -> list[Problem]:
    """Ask: may an agency come along? ``is_told``: the person's consent reaches it that day."""
    if agency is None:
        return []
    if agency.id in excluded:
        return [
            Problem(
                rule="visit.excluded",
                message="いっしょに行く機関は、このケースの除外者です。",
                remedy="別の機関を選ぶか、課長の判断を残してください。",
                strength=Strength.CHIEF,
                box="companion_agency",
            )
        ]
    if is_told or agency.sector is Sector.OWN:
        return []
    return [
        Problem(
            rule="visit.beyond_consent",
            message=f"「{agency.name}」に、この人のことを伝える同意がありません。",
            remedy="同意をもらうか、つなぐ・照会の記録で根拠を残すか、課長の判断を残してください。",
            strength=Strength.CHIEF,
            box="companion_agency",
        )
    ]


def may_leave_paper(people: Iterable[Person]) -> bool:
    """Whether a paper may be sent to, or left at, a house (domain §5.3, rule 21).

    Not where somebody is in hiding or hidden from: whoever else finds it learns that somebody
    of the city comes.
    """
    return not any(person.is_masked or person.is_opponent for person in people)


def may_move(visit: Visit, to: VisitState, *, because: str = "") -> list[Problem]:
    """Ask: may a visit be left for, come back from, or called off?"""
    state = visit.state
    if state in _OVER or (to is VisitState.OUT and state is VisitState.OUT):
        message = f"この訪問は「{state.label if state else ''}」になっています。"
        remedy = "次の訪問は、新しい訪問予定に書いてください。"
        return [_stops("visit.over", message, remedy, "state")]
    if to is VisitState.CALLED_OFF and not because.strip():
        message, remedy = "取りやめの理由が空です。", "1行書いてください（例 本人の都合）。"
        return [_stops("visit.why_off", message, remedy, "called_off_because")]
    if to is VisitState.BACK and state is VisitState.PLANNED:
        return [
            Problem(
                rule="visit.not_left",
                message="出た時刻の記録がありません。",
                remedy="次からは、出るときに「出発」を押してください。",
                box="left_at",
            )
        ]
    return []


def _stops(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.FORBIDDEN)


def minutes_late(visit: Visit, now: datetime) -> int:
    """Count the minutes past 戻る予定 of a visit that is not over; 0 before it."""
    if visit.state in _OVER or visit.back_by is None:
        return 0
    return max(int((now.replace(tzinfo=None) - visit.back_by).total_seconds() // 60), 0)


def may_keep_round(held: Round) -> list[Problem]:
    """Ask of a 巡回・出張相談: do its numbers hold together?"""
    if (held.consulted or 0) <= (held.spoken_to or 0) or held.spoken_to is None:
        return []
    return [
        Problem(
            rule="round.more_than_spoken_to",
            message="相談を受けた人数が、声をかけた人数より多くなっています。",
            remedy="どちらの人数が正しいか確かめてください。",
            box="consulted",
        )
    ]
