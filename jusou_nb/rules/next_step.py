"""次の一手: what is to be done next about a client, each with its reason and what does it.

The rules stand in :mod:`jusou_nb.rules.course_steps`; what waits for a day is in 期限. The two
are brought together by :mod:`jusou_nb.casework.next_step`.
"""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import Choice
from jusou_nb.forms.case import Case, CaseStatus
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.intake import Intake
from jusou_nb.forms.plan import SupportPlan
from jusou_nb.profile import Profile


class Act(Choice):
    """What a worker does next; the words stand on the button."""

    OPEN_CASE = "open_case", "ケースを開く"
    INTAKE = "intake", "受付票を直す"
    CONSENT = "consent", "同意を記録"
    SCOPE = "scope", "同意の範囲を確かめる"
    REFER = "refer", "つなぐ・照会"
    ASSESS = "assess", "アセスメントシートを書く"
    SITTING = "sitting", "会議の案件を開く"
    CONVENE = "convene", "いま会議を開く"
    PLAN = "plan", "プランを見る"
    NOTE = "note", "経過を書く"
    MONITOR = "monitor", "モニタリング"
    REOPEN = "reopen", "再開"
    DUE = "due", "記録を開く"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A next step.

    Attributes:
        code: Which rule or kind of 期限 found it.
        words: What to do, one sentence.
        because: Why.
        acts: What does it, the likeliest first.
        about: The id of the record that the act is about, where it is one.
        is_late: Whether a day has passed.
    """

    code: str
    words: str
    because: str
    acts: tuple[Act, ...] = ()
    about: int = 0
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """The next sitting at which a case is heard."""

    item_id: int
    held_on: date
    body: str
    basis: str
    decides_plan: bool


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Where a client stands, as far as the next step hangs on it.

    Attributes:
        profile: The profile in force.
        today: The day to count as today.
        intake: The client's consultation.
        case: The case shown.
        consent: What the client said last that stands; None: nobody asked.
        is_scope_known: Whether it is known what the consent covers.
        has_assessment: Whether there is an assessment of the case.
        has_referral: Whether the client was sent on somewhere.
        plan: The latest plan that was not followed by another.
        sitting: The next sitting at which the case is heard.
        last_note_on: The day of the last 支援経過.
        next_day: The next day on which something waits, and what.
    """

    profile: Profile
    today: date
    intake: Intake | None = None
    case: Case | None = None
    consent: ConsentState | None = None
    is_scope_known: bool = True
    has_assessment: bool = False
    has_referral: bool = False
    plan: SupportPlan | None = None
    sitting: Sitting | None = None
    last_note_on: date | None = None
    next_day: tuple[date, str] | None = None

    @property
    def status(self) -> CaseStatus | None:
        """The 段階, where there is a case."""
        return self.case.status if self.case else None

    @property
    def runs(self) -> bool:
        """Whether there is a case and it runs."""
        return self.status is not None and self.status.is_open

    @property
    def is_given(self) -> bool:
        """Whether there is a consent."""
        return self.consent is ConsentState.GIVEN

    def screened(self, flag: str) -> bool:
        """Whether the consultation was screened to what carries a flag, such as ``refers``."""
        screening = self.intake.screening if self.intake else None
        return screening in self.profile.flagged("screening", flag)
