"""Which records stand on the 時間の流れ: by which of their days, and with which boxes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jusou_nb.fields import Form
from jusou_nb.forms import (
    Advice,
    AgendaItem,
    AnonymousReport,
    Assessment,
    AssessmentRequest,
    CaseNote,
    Consent,
    DisclosureRequest,
    Emergency,
    Ending,
    Evaluation,
    FamilyEvent,
    FamilyMap,
    Intake,
    Matching,
    Monitoring,
    Outreach,
    OutreachTry,
    ParticipationMenu,
    Referral,
    RoleProgress,
    SchemeCheck,
    Shelter,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
    Visit,
)
from jusou_nb.forms.monitoring import Progress


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of line.

    Attributes:
        form: The form whose records stand there.
        day: The box that says when; for what a sitting heard, the day is the sitting's.
        boxes: What the line says; with ： at its end the box stands under its label.
        kind: What it is called; by default the form's title.
        where: Which records only, as SQL.
        bound: The values that ``where`` names.
        of_sitting: Whether the day and the name are those of the sitting.
        case: The case that it belongs to, as SQL, where it has no link to one.
        opens: Table and column of the record that a line opens, where it is another.
    """

    form: type[Form]
    day: str
    boxes: tuple[str, ...]
    kind: str = ""
    where: str = ""
    bound: Mapping[str, str] = field(default_factory=dict)
    of_sitting: bool = False
    case: str = ""
    opens: tuple[str, str] = ("", "id")

    @property
    def name(self) -> str:
        """What it is called."""
        return self.kind or self.form.title


def _on(form: type[Form], day: str, kind: str, *boxes: str) -> Source:
    """Name a day that only some records have reached, such as that of an answer."""
    return Source(form=form, day=day, kind=kind, boxes=boxes, where=f"{day} IS NOT NULL")


SOURCES: tuple[Source, ...] = (
    Source(form=Intake, day="received_on", kind="相談受付",
           boxes=("number", "presenting_problem")),
    Source(form=CaseNote, day="happened_at", kind="支援経過",
           boxes=("manner", "counterpart：", "content", "next_action：", "next_due：")),
    Source(form=Consent, day="stated_on", kind="同意の記録",
           boxes=("state", "manner", "written_by：")),
    Source(form=Referral, day="sent_on", kind="つないだ先",
           boxes=("destination", "answer：", "after_refusal：")),
    _on(Referral, "answered_on", "つなぎの返事", "destination", "answer", "answer_note"),
    Source(form=StatutoryReport, day="noticed_at", kind="通報・通告の記録",
           boxes=("suspicion", "state")),
    Source(form=SupportRequest, day="requested_on", kind="支援要請",
           boxes=("requested_by", "answer：")),
    Source(form=Emergency, day="happened_at", kind="緊急対応", boxes=("what", "done：")),
    Source(form=SchemeCheck, day="checked_on", boxes=("scheme", "result")),
    Source(form=Assessment, day="assessed_on", kind="アセスメント", boxes=("author",)),
    Source(form=AssessmentRequest, day="sent_on", boxes=("agency", "what：", "due_on：")),
    _on(AssessmentRequest, "returned_on", "アセスメントの回答", "agency", "finding"),
    Source(form=FamilyMap, day="drawn_on", boxes=("author",)),
    Source(form=FamilyEvent, day="happened_on", boxes=("what", "category")),
    Source(form=AgendaItem, day="", kind="会議", of_sitting=True,
           boxes=("basis", "question：", "outcome：", "summing_up"), where="case_id IS NOT NULL"),
    Source(form=SupportPlan, day="drawn_on", kind="プラン案",
           boxes=("sequence：", "plan_goal")),
    _on(SupportPlan, "signed_on", "プランの署名", "sequence："),
    _on(SupportPlan, "outcome_on", "プランの了承", "sequence：", "state"),
    _on(SupportPlan, "decided_on", "支援決定", "sequence：", "decided_by"),
    _on(SupportPlan, "suspended_on", "プランの中断", "suspended_because"),
    Source(form=Monitoring, day="held_on", boxes=("change", "client_voice：", "next_on：")),
    Source(
        form=RoleProgress, kind="役割が済んだ", boxes=("what", "agency", "note"),
        day="(SELECT held_on FROM monitorings AS m WHERE m.id = monitoring_id)",
        case="(SELECT case_id FROM monitorings AS m WHERE m.id = monitoring_id)",
        where="progress = :done AND struck_at IS NULL", bound={"done": Progress.DONE.value},
        opens=(Monitoring.table, "monitoring_id"),
    ),
    Source(form=Evaluation, day="evaluated_on", kind="評価", boxes=("achievement", "next_step：")),
    Source(form=Ending, day="ended_on", kind="終結・中断の記録",
           boxes=("kind", "reason", "acceptance：")),
    _on(Ending, "reopened_on", "再開", "reopened_because"),
    Source(form=Outreach, day="coalesce(begun_on, found_on)", boxes=("stage", "worker：")),
    Source(form=OutreachTry, day="tried_at", boxes=("kind", "content", "next_action："),
           case="(SELECT case_id FROM outreaches AS o WHERE o.id = outreach_id)",
           where="case_note_id IS NULL"),
    Source(form=Visit, day="planned_at", boxes=("state", "worker：", "purpose")),
    Source(form=ParticipationMenu, day="drawn_on", boxes=("wish", "menu：")),
    Source(form=Matching, boxes=("host", "stage", "next_due："),
           day="(SELECT min(reached_on) FROM match_steps AS m WHERE m.matching_id = matchings.id)"),
    # 保護した場所 is on no list: who looks over a shoulder must not read it.
    Source(form=Shelter, day="starts_on", boxes=("ends_on：", "people：", "amount：")),
    Source(form=Advice, day="asked_on", boxes=("expert", "question：")),
    Source(form=AnonymousReport, day="drawn_on", boxes=("subject",)),
    Source(form=DisclosureRequest, day="received_on", boxes=("applicant", "covers：")),
)  # fmt: skip
"""In the order of the work, which is the order of the kinds to choose from."""
