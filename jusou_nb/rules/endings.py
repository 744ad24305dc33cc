"""May this case end so, today? (domain rules 5, 22; seeds: つながり続ける)"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jusou_nb.dates import wareki
from jusou_nb.forms import Case, Ending, Intake, StatutoryReport
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a case stands when it is to end.

    ``promises`` is how many things sittings settled that nobody has done yet; ``survivors``
    how many other members of the household have no running case of their own.
    """

    case: Case
    intake: Intake | None = None
    reports: Sequence[StatutoryReport] = field(default_factory=tuple)
    promises: int = 0
    survivors: int = 0


def may_end(profile: Profile, ending: Ending, standing: Standing) -> list[Problem]:
    """Ask: is what this kind of ending and its reason need recorded?"""
    return [
        *_running(standing.case),
        *_before_case(ending, standing.case),
        *_handover(ending),
        *told(profile, ending),
        *unreported(profile, standing.intake, standing.reports),
        *_promises(standing),
        *_survivors(profile, ending, standing),
    ]


def told(profile: Profile, ending: Ending) -> list[Problem]:
    """Ask: does the record itself say what its kind and reason ask for?"""
    return [*_moved(profile, ending), *_approval(profile, ending), *_check_in(ending)]


def _running(case: Case) -> list[Problem]:
    if case.status is None or case.status.is_open:
        return []
    return [
        Problem(
            rule="ending.ended_already",
            message=f"このケースは既に「{case.status.label}」です。",
            remedy="記録を直すときは、前の終結・中断の記録を取り消してください。",
            strength=Strength.FORBIDDEN,
        )
    ]


def _before_case(ending: Ending, case: Case) -> list[Problem]:
    if ending.ended_on is None or case.opened_on is None or ending.ended_on >= case.opened_on:
        return []
    return [
        Problem(
            rule="ending.before_case",
            message=f"終結・中断日が、ケースを開いた日（{wareki(case.opened_on)}）より前です。",
            remedy="日付を確かめ、違うときは記録を取り消して、もう一度書いてください。",
            box="ended_on",
        )
    ]


def is_waiting(ending: Ending) -> bool:
    """Whether a handover still waits for the agency that is to receive it."""
    return ending.kind is EndingKind.HANDOVER and ending.acceptance in (None, Acceptance.WAITING)


def _handover(ending: Ending) -> list[Problem]:
    if ending.kind is not EndingKind.HANDOVER:
        return []
    accepted = (
        ending.acceptance is Acceptance.ACCEPTED and ending.accepted_by and ending.accepted_on
    )
    if ending.receiving_agency and accepted:
        return []
    return [
        Problem(
            rule="ending.not_accepted",
            message="主担当機関の受け入れ（機関・名前・日付）がそろっていません。",
            remedy="受け入れをもらって記録するか、課長の判断を残してください。",
            strength=Strength.CHIEF,
            box="acceptance",
        )
    ]


def _moved(profile: Profile, ending: Ending) -> list[Problem]:
    if ending.reason not in profile.flagged("closure_reason", "moved") or ending.moved_to:
        return []
    return [
        Problem(
            rule="ending.moved",
            message="転出先への引継ぎが書かれていません。",
            remedy="どこへ、どの根拠で引き継いだか（引き継がないなら、その理由）を書いてください。",
            box="moved_to",
        )
    ]


def _approval(profile: Profile, ending: Ending) -> list[Problem]:
    forum = profile.codes("ending_forum").by_code.get(ending.decided_at or "")
    if forum is None or "needs_approval" not in forum.flags or ending.approved_by:
        return []
    return [
        Problem(
            rule="ending.approval",
            message=f"{forum.label}で決めたときは、決裁した人が要ります。",
            remedy="「決裁した人」を記入してください。",
            strength=Strength.CHIEF,
            box="approved_by",
        )
    ]


def unreported(
    profile: Profile, intake: Intake | None, reports: Sequence[StatutoryReport]
) -> list[Problem]:
    """Ask: was a suspicion of abuse or violence judged before the case is let go? (rule 5)"""
    if intake is None or not is_suspected(profile, intake):
        return []
    if any(report.state in (ReportState.REPORTED, ReportState.NOT_NEEDED) for report in reports):
        return []
    return [
        Problem(
            rule="report.not_judged",
            message="虐待・DV（疑いを含む）の印があり、通報・通告の判断がまだです。",
            remedy="通告済か、通告不要（理由と判断した人）を記録してください。",
            strength=Strength.CHIEF,
        )
    ]


def is_suspected(profile: Profile, intake: Intake) -> bool:
    """Whether an issue or topic of the intake is flagged as abuse or violence."""
    ticked = {*(intake.issues or ()), *(intake.topics or ())}
    return bool(ticked & (profile.flagged("issue", "abuse") | profile.flagged("topic", "abuse")))


def _check_in(ending: Ending) -> list[Problem]:
    if not ending.check_in_by or ending.check_in_until:
        return []
    return [
        Problem(
            rule="ending.check_in_end",
            message="定期連絡の終わりの日が空です。",
            remedy="日付を入れ、続けるときはその都度のばしてください。",
            box="check_in_until",
        )
    ]


def _promises(standing: Standing) -> list[Problem]:
    if not standing.promises:
        return []
    return [
        Problem(
            rule="ending.promises",
            message=f"会議で決まって済んでいないことが{standing.promises}件あります。",
            remedy="済ませるか、引き受ける機関に渡したことを記録してください。",
        )
    ]


def _survivors(profile: Profile, ending: Ending, standing: Standing) -> list[Problem]:
    died = ending.reason in profile.flagged("closure_reason", "death")
    if not died or not standing.survivors:
        return []
    return [
        Problem(
            rule="ending.survivors",
            message=f"残された世帯員が{standing.survivors}人いて、その人のケースがありません。",
            remedy="支えが要るなら、残された人のケースを開いてください。",
            box="reason",
        )
    ]


def may_answer_handover(
    ending: Ending, acceptance: Acceptance, because: str | None
) -> list[Problem]:
    """Ask: does this record wait for an agency's answer?"""
    if ending.kind is not EndingKind.HANDOVER or ending.acceptance is Acceptance.ACCEPTED:
        return [
            Problem(
                rule="ending.no_answer_due",
                message="この記録は受け入れの返事を待っていません。",
                remedy="返事を待っている引継ぎの記録を選んでください。",
                strength=Strength.FORBIDDEN,
                box="acceptance",
            )
        ]
    if acceptance is Acceptance.RETURNED and not because:
        return [
            Problem(
                rule="ending.returned_because",
                message="差戻しの理由が空です。",
                remedy="何がそろえば引き受けられるかを聞いて書いてください。",
                box="returned_because",
            )
        ]
    return []
