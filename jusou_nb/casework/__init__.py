"""What a coordinator does, as verbs. Each asks the rules, saves, and gives back the record.

A verb takes the open store first and everything else by name. Where a rule forbids it
raises ``NotAllowed``; what the chief may allow passes with an ``Override``; what is only
noted comes back with the record.
"""

from jusou_nb.casework.agenda import (
    agenda_problems,
    call_agencies,
    convene,
    put_on_agenda,
    record_result,
    result_problems,
)
from jusou_nb.casework.at_once import Cause, convene_for
from jusou_nb.casework.cases import change_status, open_case, open_case_for
from jusou_nb.casework.consents import (
    ConfirmedScope,
    Withdrawn,
    confirm_scopes,
    consent_remarks,
    record_consent,
    withdraw_consent,
)
from jusou_nb.casework.corrections import correct_record
from jusou_nb.casework.emergencies import (
    Responded,
    check_emergency,
    report_emergency,
    respond_to_emergency,
)
from jusou_nb.casework.endings import (
    Ended,
    answer_handover,
    end_case,
    ending_problems,
    finish_check_in,
    last_ending,
    renew_check_in,
    reopen_case,
)
from jusou_nb.casework.intakes import Received, receive_intake, screen
from jusou_nb.casework.leads import LeadSheet, Reviewed, notice_lead, review_lead
from jusou_nb.casework.masking import (
    ask_unmask,
    confirm_mask,
    confirm_unmask,
    keep_masked,
    mask_person,
    may_see,
    review_mask,
    save_household,
)
from jusou_nb.casework.monitoring import evaluate_plan, monitor_plan, monitoring_sheet
from jusou_nb.casework.notes import write_note
from jusou_nb.casework.plan_course import (
    answer_roles,
    decide_support,
    plan_in_force,
    resume_plan,
    sign_plan,
    suspend_plan,
)
from jusou_nb.casework.plans import (
    agree_plan,
    draft_plan,
    plan_problems,
    redraft_plan,
    replan,
)
from jusou_nb.casework.provenance import (
    answer_provenance,
    transition_list,
    transition_problems,
    write_heard,
)
from jusou_nb.casework.recalls import (
    answer_improvement,
    open_recalls,
    raise_improvement,
    record_questionnaire,
    settle_copy,
    settle_rest,
)
from jusou_nb.casework.referrals import (
    answer_problems,
    answer_referral,
    refer,
    referral_problems,
    take_back,
)
from jusou_nb.casework.reports import Kept, record_report
from jusou_nb.casework.requests import Answered, ask_support, hold_acceptance
from jusou_nb.casework.results import (
    answer_agreement,
    approve_after,
    finish_decision,
    finish_direction,
    review_direction,
)
from jusou_nb.casework.schemes import check_scheme, scheme_problems
from jusou_nb.casework.sheets import answer_sheet, send_sheets, sheet_problems
from jusou_nb.casework.sittings import (
    Convened,
    call_problems,
    call_to_item,
    cancel_sitting,
    convene_now,
    hold_sitting,
    members_to_call,
    put_topic_on_agenda,
)
from jusou_nb.casework.strikes import strike_record

__all__ = [
    "Answered",
    "Cause",
    "ConfirmedScope",
    "Convened",
    "Ended",
    "Kept",
    "LeadSheet",
    "Received",
    "Responded",
    "Reviewed",
    "Withdrawn",
    "agenda_problems",
    "agree_plan",
    "answer_agreement",
    "answer_handover",
    "answer_improvement",
    "answer_problems",
    "answer_provenance",
    "answer_referral",
    "answer_roles",
    "answer_sheet",
    "approve_after",
    "ask_support",
    "ask_unmask",
    "call_agencies",
    "call_problems",
    "call_to_item",
    "cancel_sitting",
    "change_status",
    "check_emergency",
    "check_scheme",
    "confirm_mask",
    "confirm_scopes",
    "confirm_unmask",
    "consent_remarks",
    "convene",
    "convene_for",
    "convene_now",
    "correct_record",
    "decide_support",
    "draft_plan",
    "end_case",
    "ending_problems",
    "evaluate_plan",
    "finish_check_in",
    "finish_decision",
    "finish_direction",
    "hold_acceptance",
    "hold_sitting",
    "keep_masked",
    "last_ending",
    "mask_person",
    "may_see",
    "members_to_call",
    "monitor_plan",
    "monitoring_sheet",
    "notice_lead",
    "open_case",
    "open_case_for",
    "open_recalls",
    "plan_in_force",
    "plan_problems",
    "put_on_agenda",
    "put_topic_on_agenda",
    "raise_improvement",
    "receive_intake",
    "record_consent",
    "record_questionnaire",
    "record_report",
    "record_result",
    "redraft_plan",
    "refer",
    "referral_problems",
    "renew_check_in",
    "reopen_case",
    "replan",
    "report_emergency",
    "respond_to_emergency",
    "result_problems",
    "resume_plan",
    "review_direction",
    "review_lead",
    "review_mask",
    "save_household",
    "scheme_problems",
    "screen",
    "send_sheets",
    "settle_copy",
    "settle_rest",
    "sheet_problems",
    "sign_plan",
    "strike_record",
    "suspend_plan",
    "take_back",
    "transition_list",
    "transition_problems",
    "withdraw_consent",
    "write_heard",
    "write_note",
]
