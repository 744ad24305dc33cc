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
)
from jusou_nb.casework.cases import change_status, open_case
from jusou_nb.casework.consents import record_consent
from jusou_nb.casework.intakes import Received, receive_intake
from jusou_nb.casework.notes import write_note
from jusou_nb.casework.plans import agree_plan, draft_plan, plan_problems
from jusou_nb.casework.referrals import answer_referral, refer

__all__ = [
    "Received",
    "agenda_problems",
    "agree_plan",
    "answer_referral",
    "call_agencies",
    "change_status",
    "convene",
    "draft_plan",
    "open_case",
    "plan_problems",
    "put_on_agenda",
    "receive_intake",
    "record_consent",
    "record_result",
    "refer",
    "write_note",
]
