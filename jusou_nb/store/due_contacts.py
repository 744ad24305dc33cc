"""What waits of contacts: first ones, next steps, つなぐ, leads, requests, reports, emergencies.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.store.due_sql import ACCOMPANIED, later, not_ended, waiting

_REPORTED = (
    "SELECT 1 FROM statutory_reports AS r WHERE r.struck_at IS NULL"
    " AND (r.intake_id = i.id OR r.household_id = i.household_id)"
)


def first_contacts() -> str:
    """最初の連絡: a 相談 of an 緊急度 of the same day that nobody has turned to yet.

    Whose: whoever has the case, else whoever received it. Date: 相談受付日. Until: a note of
    the case, an 緊急対応 or a 通報 of the household of that day or later; the case ends.
    Imported sheets were attended to elsewhere and do not count.
    """
    noted = (
        "SELECT 1 FROM case_notes AS n JOIN cases AS k ON k.id = n.case_id"
        " WHERE n.struck_at IS NULL AND n.happened_at >= i.received_on"
        " AND k.client_id = i.client_id"
    )
    acted = (
        "SELECT 1 FROM emergencies AS e WHERE e.struck_at IS NULL"
        " AND e.household_id = i.household_id AND e.happened_at >= i.received_on"
    )
    told = f"{_REPORTED} AND r.state = '{ReportState.REPORTED.value}'"
    return waiting(
        "intakes AS i",
        "i.struck_at IS NULL AND i.batch_id IS NULL"
        " AND i.urgency IN (SELECT value FROM json_each(:same_day))"
        f" AND NOT EXISTS ({noted}) AND NOT EXISTS ({acted}) AND NOT EXISTS ({told})"
        f" AND {not_ended('i.client_id')}",
        record_id="i.id",
        due_on="i.received_on",
        client_id="i.client_id",
        intake_id="i.id",
    )


def next_actions() -> str:
    """次の対応: the next step that a note promised, with or without its day.

    Whose: the case's worker, deputy and lead agency. Date: 期限 of the note. Until: a later
    note promises a next step of its own, or is of that day or after it; the case ends.
    """
    answered = (
        "SELECT 1 FROM case_notes AS l WHERE l.case_id = n.case_id AND l.struck_at IS NULL"
        " AND (l.happened_at, l.id) > (n.happened_at, n.id)"
        " AND (l.next_due IS NOT NULL OR l.next_action IS NOT NULL OR n.next_due IS NULL"
        " OR substr(l.happened_at, 1, 10) >= n.next_due)"
    )
    return waiting(
        "case_notes AS n JOIN cases AS k ON k.id = n.case_id",
        f"n.struck_at IS NULL AND {ACCOMPANIED}"
        " AND (n.next_due IS NOT NULL OR n.next_action IS NOT NULL)"
        f" AND NOT EXISTS ({answered})",
        record_id="n.id",
        due_on="n.next_due",
        case_id="k.id",
        agency_id="k.lead_agency",
    )


def _referrals(answer: ReferralAnswer, due_on: str, more: str = "") -> str:
    return waiting(
        "referrals AS r",
        f"r.struck_at IS NULL AND r.answer = '{answer.value}'{more}",
        record_id="r.id",
        due_on=due_on,
        client_id="r.client_id",
        household_id="r.household_id",
        intake_id="r.intake_id",
        agency_id="r.destination",
    )


def unanswered_referrals() -> str:
    """つなぎの返事: sent on, and the agency has said nothing yet.

    Whose: the agency, and whoever has the case. Date: 返事の期限, else the profile's days
    after it was sent. Until: the agency answers.
    """
    due_on = f"coalesce(r.answer_due, {later('r.sent_on', 'answer_due_days')})"
    return _referrals(ReferralAnswer.SENT, due_on)


def refused_referrals() -> str:
    """受けられなかったつなぎ: the agency refused, and the person has come back to us.

    Whose: whoever has the case; the agency is done with it. Date: 返事の日. Until: its sender
    says what is done instead or sends it elsewhere, or the case ends.
    """
    again = (
        "SELECT 1 FROM referrals AS l WHERE l.struck_at IS NULL AND l.id > r.id"
        " AND (l.client_id = r.client_id OR l.intake_id = r.intake_id)"
    )
    return waiting(
        "referrals AS r",
        f"r.struck_at IS NULL AND r.answer = '{ReferralAnswer.REFUSED.value}'"
        f" AND r.after_refusal IS NULL AND NOT EXISTS ({again}) AND {not_ended('r.client_id')}",
        record_id="r.id",
        due_on="r.answered_on",
        client_id="r.client_id",
        household_id="r.household_id",
        intake_id="r.intake_id",
    )


def unsettled_referrals() -> str:
    """つながったかの確認: the agency took a person over, and nobody has seen yet that it holds.

    Whose: the agency, and whoever has the case. Date: the profile's days after the answer.
    Until: the result becomes つながった or 受けられない; the case ends.
    """
    due_on = later("r.answered_on", "answer_due_days")
    hands_over = " AND coalesce(r.kind, '') IN (SELECT value FROM json_each(:handing_over))"
    more = f"{hands_over} AND {not_ended('r.client_id')}"
    return _referrals(ReferralAnswer.RECEIVED, due_on, more)


def leads() -> str:
    """気になる世帯の見直し: noticed, and not yet received as 相談 or dropped.

    Whose: the agency that took it up. Date: 見直し日, else the profile's months after it was
    noticed. Until: received or dropped; watching on needs a new day.
    """
    return waiting(
        "leads AS l",
        f"l.struck_at IS NULL AND (l.outcome IS NULL OR l.outcome = '{LeadOutcome.WATCH.value}')",
        record_id="l.id",
        due_on=f"coalesce(l.review_on, {later('l.noticed_on', 'lead_review_months', 'months')})",
        agency_id="l.brought_by",
    )


def support_requests() -> str:
    """支援要請の返事: an agency asked for 多機関協働 and the 受理会議 has not answered.

    Whose: the office. Date: the profile's days after 要請日. Until: 受理, 助言のみ or 差戻し.
    """
    return waiting(
        "support_requests AS s",
        "s.struck_at IS NULL AND s.answer IS NULL",
        record_id="s.id",
        due_on=later("s.requested_on", "request_answer_days"),
        client_id="s.client_id",
        household_id="s.household_id",
        intake_id="s.intake_id",
    )


def open_reports() -> str:
    """通報・通告の判断: a record is open, neither 通告済 nor 通告不要.

    Whose: whoever has the case; never an agency's. Date: the day it was noticed. Until: it is
    judged. Consent, 秘匿 and ended cases do not stop it.
    """
    return waiting(
        "statutory_reports AS r LEFT JOIN intakes AS i ON i.id = r.intake_id",
        f"r.struck_at IS NULL AND r.state = '{ReportState.OPEN.value}'",
        record_id="r.id",
        due_on="coalesce(substr(r.noticed_at, 1, 10), i.received_on)",
        household_id="coalesce(r.household_id, i.household_id)",
        intake_id="r.intake_id",
    )


def unreported_suspicions() -> str:
    """通報・通告の記録: 虐待 or DV is ticked, 疑い included, and no 通報・通告 is recorded.

    Whose: whoever has the case, else whoever received it; never an agency's. Date: 相談受付日.
    Until: a 通報・通告 of the sheet or household is recorded; the case ends. Of imported sheets
    only those whose case still runs.
    """
    ticked = (
        "(EXISTS (SELECT 1 FROM json_each(i.issues) WHERE value IN"
        " (SELECT value FROM json_each(:abuse_issues))) OR EXISTS"
        " (SELECT 1 FROM json_each(i.topics) WHERE value IN"
        " (SELECT value FROM json_each(:abuse_topics))))"
    )
    ended = f"('{CaseStatus.CLOSED.value}', '{CaseStatus.SUSPENDED.value}')"
    runs = (
        "EXISTS (SELECT 1 FROM cases AS k WHERE k.client_id = i.client_id"
        f" AND k.struck_at IS NULL AND k.status NOT IN {ended})"
    )
    return waiting(
        "intakes AS i",
        f"i.struck_at IS NULL AND {ticked} AND NOT EXISTS ({_REPORTED})"
        f" AND {not_ended('i.client_id')} AND (i.batch_id IS NULL OR {runs})",
        record_id="i.id",
        due_on="i.received_on",
        client_id="i.client_id",
        intake_id="i.id",
    )


def emergencies() -> str:
    """緊急対応の次の確認: somebody promised to look again.

    Whose: whoever has the case; else everybody's. Date: 次に確かめる日時. Until: 確かめた日時.
    """
    return waiting(
        "emergencies AS e",
        "e.struck_at IS NULL AND e.checked_at IS NULL",
        record_id="e.id",
        due_on="substr(e.next_check_at, 1, 10)",
        case_id="e.case_id",
        household_id="e.household_id",
    )


def emergency_reports() -> str:
    """緊急対応の事後報告: no sitting has heard of it yet.

    Whose: whoever has the case; else everybody's. Date: the next sitting that takes items
    without consent, else none. Until: it is on an agenda.
    """
    sitting = (
        "(SELECT min(s.held_on) FROM conferences AS s WHERE s.struck_at IS NULL"
        f" AND s.state = '{ConferenceState.PLANNED.value}' AND s.held_on >= :today"
        " AND s.body IN (SELECT value FROM json_each(:open_bodies)))"
    )
    return waiting(
        "emergencies AS e",
        "e.struck_at IS NULL AND e.agenda_item_id IS NULL",
        record_id="e.id",
        due_on=sitting,
        case_id="e.case_id",
        household_id="e.household_id",
    )
