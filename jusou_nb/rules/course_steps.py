"""The steps that the course of a case asks for, one rule each, the likeliest first."""

from collections.abc import Callable, Iterator

from jusou_nb.dates import wareki
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.plan import SupportPlan
from jusou_nb.profile_rows import Basis
from jusou_nb.rules.next_step import Act, Stand, Step

Rule = Callable[[Stand], Step | None]
_BEFORE_PLAN = (CaseStatus.INTAKE, CaseStatus.ASSESSMENT, CaseStatus.CONFERENCE)
_NOT_ASKED = "本人にまだ聞いていません"


def course_steps(stand: Stand) -> list[Step]:
    """List what the course asks for next; never empty: that nothing presses is said as well."""
    found = [step for rule in RULES if (step := rule(stand)) is not None]
    return found or [nothing_presses(stand)]


def unscreened(stand: Stand) -> Step | None:
    """A consultation that nobody has screened: go on, or send on and end."""
    if stand.case or stand.intake is None or stand.intake.screening:
        return None
    return Step(
        code="unscreened",
        words="続けて関わるか、つないで終わるかを決めてください。",
        because="スクリーニング結果がまだ空欄です。",
        acts=(Act.INTAKE, Act.OPEN_CASE, Act.REFER),
    )


def no_case(stand: Stand) -> Step | None:
    """It was settled to go on, and there is no case."""
    if stand.case or not stand.screened("continues"):
        return None
    return Step(
        code="no_case",
        words="ケースを開いてください。",
        because="続けて関わると決めましたが、ケースがまだありません。",
        acts=(Act.OPEN_CASE,),
    )


def to_refer(stand: Stand) -> Step | None:
    """It was settled to send on, and nobody was."""
    if stand.case or stand.has_referral or not stand.screened("refers"):
        return None
    return Step(
        code="to_refer",
        words="つなぎ先に連絡し、返事の期限を決めてください。",
        because="ほかの機関につなぐと決めましたが、つないだ記録がありません。",
        acts=(Act.REFER,),
    )


def consent_missing(stand: Stand) -> Step | None:
    """No consent yet: what needs none may be done now."""
    if not stand.runs or stand.is_given or stand.status not in _BEFORE_PLAN:
        return None
    without, with_ = _bases(stand, needs=False), _bases(stand, needs=True)
    said = stand.consent.label if stand.consent else _NOT_ASKED
    on = bool(stand.sitting)
    now = "" if on or not without else f"{without}（同意のいらない会議）にはいま載せられます。"
    refused = stand.consent in (ConsentState.REFUSED, ConsentState.WITHDRAWN)
    start = "同意が得られていません。" if refused else "同意がまだです。"
    needed = f"{with_}には同意が要ります。" if with_ else ""
    return Step(
        code="consent_missing",
        words=start + now,
        because=f"本人同意：{said}。{needed}",
        acts=(Act.CONSENT,) if on else (Act.CONSENT, Act.CONVENE),
    )


def scope_unknown(stand: Stand) -> Step | None:
    """There is a consent, and nobody knows what it covers."""
    if not stand.runs or not stand.is_given or stand.is_scope_known:
        return None
    return Step(
        code="scope_unknown",
        words="同意の範囲を紙で確かめてください。",
        because="範囲が分からない同意では、機関の資料に何も載りません。",
        acts=(Act.SCOPE, Act.CONSENT),
    )


def sitting_comes(stand: Stand) -> Step | None:
    """The case is on a sitting that is to come."""
    if not stand.runs or stand.sitting is None:
        return None
    day = wareki(stand.sitting.held_on)
    return Step(
        code="sitting_comes",
        words=f"{day}の会議の案件と資料を確かめてください。",
        because=f"「{stand.sitting.basis}」の案件として載っています。",
        acts=(Act.SITTING,),
        about=stand.sitting.item_id,
    )


def assessment_missing(stand: Stand) -> Step | None:
    """Nobody has written an assessment yet."""
    if stand.status not in _BEFORE_PLAN or stand.has_assessment:
        return None
    return Step(
        code="assessment_missing",
        words="アセスメントシートを書くか、ほかの機関のシートを受け取ってください。",
        because="アセスメントシートがまだありません。",
        acts=(Act.ASSESS,),
    )


def no_plan(stand: Stand) -> Step | None:
    """There is a consent and no plan."""
    if not stand.runs or not stand.is_given or stand.plan is not None:
        return None
    return Step(
        code="no_plan",
        words="プラン案をつくってください。",
        because="同意があり、プランがまだありません。",
        acts=(Act.PLAN,),
    )


def plan_unsigned(stand: Stand) -> Step | None:
    """A plan is drawn and not signed."""
    draft = _draft(stand)
    if draft is None or draft.signed_on is not None:
        return None
    return Step(
        code="plan_unsigned",
        words="本人にプラン案を説明し、署名をもらってください。",
        because="プラン案に、同意・申込の署名日がありません。",
        acts=(Act.PLAN,),
    )


def plan_unheard(stand: Stand) -> Step | None:
    """A plan is signed and on no sitting that decides plans."""
    draft, is_heard = _draft(stand), stand.sitting is not None and stand.sitting.decides_plan
    if draft is None or draft.signed_on is None or is_heard:
        return None
    return Step(
        code="plan_unheard",
        words=f"プラン案を{_bases(stand, needs=True)}の案件に載せてください。",
        because="署名のあるプラン案が、どの会議にも載っていません。",
        acts=(Act.CONVENE, Act.PLAN),
    )


def quiet(stand: Stand) -> Step | None:
    """A running case without a note for longer than the profile's days."""
    if not stand.runs or stand.case is None:
        return None
    limit = stand.profile.thresholds["days_without_contact"]
    last = stand.last_note_on or stand.case.opened_on
    if last is None or (stand.today - last).days <= limit:
        return None
    since = "最後の支援経過" if stand.last_note_on else "ケースの開始日"
    days = (stand.today - last).days
    return Step(
        code="quiet",
        words="連絡をとり、支援経過に書いてください。",
        because=f"{since}（{wareki(last)}）から{days}日たっています。",
        acts=(Act.NOTE,),
        is_late=True,
    )


def no_next_day(stand: Stand) -> Step | None:
    """Support runs, and no day is set on which anybody looks again."""
    if stand.status is not CaseStatus.SUPPORT or stand.next_day or stand.sitting:
        return None
    return Step(
        code="no_next_day",
        words="次に様子を確かめる日を決めてください。",
        because="支援中ですが、これからの予定が一つもありません。",
        acts=(Act.NOTE, Act.MONITOR),
    )


def ended(stand: Stand) -> Step | None:
    """The case has ended: nothing is asked, the way back is shown."""
    if stand.case is None or stand.runs or stand.status is CaseStatus.CHECK_IN:
        return None
    day = f"（{wareki(stand.case.closed_on)}）" if stand.case.closed_on else ""
    label = stand.status.label if stand.status else ""
    return Step(
        code="ended",
        words="いますることはありません。",
        because=f"ケースは「{label}」です{day}。また関わるときは「再開」で始めます。",
        acts=(Act.REOPEN,),
    )


def nothing_presses(stand: Stand) -> Step:
    """Say that nothing presses, and when something waits next."""
    if stand.next_day:
        day, label = stand.next_day
        because = f"次は{wareki(day)}の「{label}」です。"
    else:
        because = "期限のあるものも、足りない記録もありません。"
    acts = (Act.NOTE,) if stand.case else ()
    words = "いま急ぐことはありません。"
    return Step(code="nothing_presses", words=words, because=because, acts=acts)


RULES: tuple[Rule, ...] = (
    unscreened,
    no_case,
    to_refer,
    sitting_comes,
    consent_missing,
    scope_unknown,
    quiet,
    plan_unsigned,
    plan_unheard,
    no_plan,
    assessment_missing,
    no_next_day,
    ended,
)


def _draft(stand: Stand) -> SupportPlan | None:
    plan = stand.plan
    return plan if plan and stand.runs and (plan.state is None or plan.state.is_editable) else None


def _bases(stand: Stand, *, needs: bool) -> str:
    """Name the first basis of single cases that decides plans by consent, or that needs none."""

    def fits(basis: Basis) -> bool:
        if basis.anonymous:
            return False
        return (
            basis.requires_consent and basis.decides_plan if needs else not basis.requires_consent
        )

    return next(_labels(stand, fits), "")


def _labels(stand: Stand, fits: Callable[[Basis], bool]) -> Iterator[str]:
    return (basis.label for basis in stand.profile.bases if fits(basis))
