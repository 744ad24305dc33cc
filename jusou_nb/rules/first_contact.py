"""What the first days ask: screening, 通報・通告, 緊急度, 支援要請 (domain rules 5, 6, 24)."""

from collections.abc import Sequence

from jusou_nb.fields import items
from jusou_nb.forms.case import Case
from jusou_nb.forms.intake import Intake
from jusou_nb.forms.statutory_report import ReportState, StatutoryReport
from jusou_nb.forms.support_request import RequestAnswer, SupportRequest
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.endings import is_suspected, unreported

_NEXT_STEPS = {
    "refers": (
        "screening.refers",
        "つなぐ先の記録がまだありません。",
        "つなぐシートを作り、返事を待ってください。",
    ),
    "without_consent": (
        "screening.without_consent",
        "本人の同意はまだありません。",
        "支援会議の案件にするか、働きかけを続け、同意が得られたら記録してください。",
    ),
    "plans": (
        "screening.plans",
        "継続支援になりました。",
        "アセスメントをし、本人の同意をもらってプランを作ってください。",
    ),
    "undecided": (
        "screening.undecided",
        "判断を保留しています。",
        "アセスメントを続け、見立てが立ったらスクリーニング結果を選び直してください。",
    ),
}
_TOLD = ("reported_to", "reported_at", "reported_by", "manner")


def may_receive(
    profile: Profile, intake: Intake, reports: Sequence[StatutoryReport] = ()
) -> list[Problem]:
    """Ask: may this sheet be received so, and what comes next?

    A sheet that ends with 虐待 or DV ticked waits for the judgement on 通報・通告.
    """
    return [
        *_suspicion(profile, intake, reports),
        *_same_day(profile, intake),
        *next_steps(profile, intake),
    ]


def may_screen(
    profile: Profile, intake: Intake, reports: Sequence[StatutoryReport], case: Case | None
) -> list[Problem]:
    """Ask: may the screening of this intake become what it now says?"""
    problems = may_receive(profile, intake, reports)
    if case is not None and _has(profile, intake, "ends"):
        problems.append(
            Problem(
                rule="screening.case_open",
                message="この人のケースが開いたままです。",
                remedy="終わらせるなら、終結・中断の記録を付けてください。",
                box="screening",
            )
        )
    return problems


def _has(profile: Profile, intake: Intake, flag: str) -> bool:
    return intake.screening in profile.flagged("screening", flag)


def _suspicion(
    profile: Profile, intake: Intake, reports: Sequence[StatutoryReport]
) -> list[Problem]:
    if _has(profile, intake, "ends"):
        return unreported(profile, intake, reports)
    return report_due(profile, intake, reports)


def report_due(
    profile: Profile, intake: Intake, reports: Sequence[StatutoryReport]
) -> list[Problem]:
    """Ask: does a tick of 虐待 or DV, 疑い included, still want its 通報・通告 or judgement?"""
    judged = any(
        report.state in (ReportState.REPORTED, ReportState.NOT_NEEDED) for report in reports
    )
    if judged or not is_suspected(profile, intake):
        return []
    return [
        Problem(
            rule="report.due",
            message="虐待・DV（疑いを含む）の印があります。",
            remedy="今日のうちに通報・通告の記録を開き、通告したか、不要とする理由を残してください。",
        )
    ]


def _same_day(profile: Profile, intake: Intake) -> list[Problem]:
    if intake.urgency not in profile.flagged("urgency", "same_day"):
        return []
    label = profile.codes("urgency").by_code[intake.urgency].label
    return [
        Problem(
            rule="contact.same_day",
            message=f"緊急度が「{label}」です。",
            remedy="今日のうちに本人に連絡し、支援経過か緊急対応に記録してください。",
            box="urgency",
        )
    ]


def next_steps(profile: Profile, intake: Intake) -> list[Problem]:
    """Ask: what does the outcome of the screening want next?"""
    if intake.screening is None:
        return [
            Problem(
                rule="screening.blank",
                message="スクリーニング結果が空です。",
                remedy="選んでください。決められないときは「判断保留」にします。",
                box="screening",
            )
        ]
    return [
        Problem(rule=rule, message=message, remedy=remedy, box="screening")
        for flag, (rule, message, remedy) in _NEXT_STEPS.items()
        if _has(profile, intake, flag)
    ]


def may_keep_report(report: StatutoryReport) -> list[Problem]:
    """Ask: does a 通報・通告 say what it should? It is kept whatever it lacks but a judgement."""
    if report.state is ReportState.NOT_NEEDED:
        return _not_needed(report)
    if report.state is not ReportState.REPORTED:
        return []
    labels = [
        b.label for b in items(StatutoryReport) if b.name in _TOLD and not getattr(report, b.name)
    ]
    late = (
        report.noticed_at
        and report.reported_at
        and (report.reported_at.date() > report.noticed_at.date())
    )
    return [*_incomplete(labels), *_late(is_late=bool(late))]


def _not_needed(report: StatutoryReport) -> list[Problem]:
    if report.not_needed_because and report.judged_by:
        return []
    return [
        Problem(
            rule="report.no_reason",
            message="通告不要とした理由か、判断した人が空です。",
            remedy="理由と名前を記入するか、課長の判断を残してください。",
            strength=Strength.CHIEF,
            box="not_needed_because",
        )
    ]


def _incomplete(labels: list[str]) -> list[Problem]:
    if not labels:
        return []
    return [
        Problem(
            rule="report.incomplete",
            message=f"通報・通告の記録に空の欄があります（{'、'.join(labels)}）。",
            remedy="通報・通告はこのまま有効です。分かりしだい書き足してください。",
        )
    ]


def _late(*, is_late: bool) -> list[Problem]:
    if not is_late:
        return []
    return [
        Problem(
            rule="report.late",
            message="知った日のうちに通報・通告されていません。",
            remedy="遅れた事情を「先方の返事」に書き添えてください。",
            box="reported_at",
        )
    ]


def may_answer_request(request: SupportRequest, *, was_accepted: bool) -> list[Problem]:
    """Ask: may the 受理会議 give this answer to a 支援要請?"""
    if was_accepted:
        return [
            Problem(
                rule="request.accepted",
                message="この支援要請は既に受理されています。",
                remedy="開いたケースを使ってください。終えるなら終結の記録を付けます。",
                strength=Strength.FORBIDDEN,
                box="answer",
            )
        ]
    return _acceptance(request) if request.answer is RequestAnswer.ACCEPTED else []


def _acceptance(request: SupportRequest) -> list[Problem]:
    if request.household_id is None:
        return [
            Problem(
                rule="request.no_household",
                message="世帯が分からないので、受理してもケースを開けません。",
                remedy="世帯構成に本人を記入するか（「氏名不明（特徴）」でもよい）、"
                "「助言のみ」にしてください。",
                strength=Strength.FORBIDDEN,
                box="answer",
            )
        ]
    lacking = [
        ("deputy", "request.no_deputy", "副担当者が決まっていません。", "決めて記入してください。"),
        (
            "schemes_tried",
            "request.schemes_untried",
            "試した制度・サービスが書かれていません。",
            "要請した機関に確かめて、既存制度の確認に残してください。",
        ),
    ]
    return [
        Problem(rule=rule, message=message, remedy=remedy, box=box)
        for box, rule, message, remedy in lacking
        if not getattr(request, box)
    ]
