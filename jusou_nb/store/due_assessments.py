"""What waits of アセスメント: agencies that were asked, answers to copy, suspicions ticked.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.store.due_sql import ACCOMPANIED, RUNS, Kind, later, waiting

_REQUESTS = "assessment_requests AS r JOIN cases AS k ON k.id = r.case_id"


def assessment_requests() -> str:
    """アセスメントの回答: an agency was asked to assess and has not answered.

    Whose: the agency, and whoever has the case. Date: 回答の期限, else the profile's days after
    it was asked. Until: it answers or says that it cannot; the case ends.
    """
    return waiting(
        _REQUESTS,
        f"r.struck_at IS NULL AND r.returned_on IS NULL AND {RUNS}",
        record_id="r.id",
        due_on=f"coalesce(r.due_on, {later('r.sent_on', 'assessment_due_days')})",
        case_id="k.id",
        agency_id="r.agency",
    )


def assessment_answers() -> str:
    """アセスメントの回答の転記: an answer came that stands on no sheet yet.

    Whose: whoever has the case. Date: 回答の日. Until: a sheet takes it over; the case ends.
    """
    return waiting(
        _REQUESTS,
        "r.struck_at IS NULL AND r.returned_on IS NOT NULL AND r.assessment_id IS NULL"
        f" AND coalesce(r.finding, '') <> '' AND {RUNS}",
        record_id="r.id",
        due_on="r.returned_on",
        case_id="k.id",
    )


def assessment_suspicions() -> str:
    """アセスメントの印の通報・通告: abuse or DV is ticked on a sheet, and nobody has judged it.

    Whose: whoever has the case; never an agency's. Date: アセスメント日 of the first such sheet.
    Until: a 通報・通告 of the household is recorded; the case ends. A later sheet without the
    tick does not end it. A tick on the 相談受付票 waits as a kind of its own.
    """
    reported = (
        "SELECT 1 FROM statutory_reports AS r WHERE r.struck_at IS NULL"
        " AND (r.household_id = a.household_id OR r.intake_id = k.intake_id)"
    )
    earlier = (
        "SELECT 1 FROM assessments AS e WHERE e.case_id = a.case_id AND e.struck_at IS NULL"
        f" AND e.id < a.id AND {_ticked('e')}"
    )
    received = (
        "SELECT 1 FROM intakes AS i WHERE i.client_id = k.client_id AND i.struck_at IS NULL"
        " AND (EXISTS (SELECT 1 FROM json_each(i.issues) WHERE value IN"
        " (SELECT value FROM json_each(:abuse_issues)))"
        " OR EXISTS (SELECT 1 FROM json_each(i.topics) WHERE value IN"
        " (SELECT value FROM json_each(:abuse_topics))))"
    )
    return waiting(
        "assessments AS a JOIN cases AS k ON k.id = a.case_id",
        f"a.struck_at IS NULL AND {_ticked('a')} AND {ACCOMPANIED} AND NOT EXISTS ({reported})"
        f" AND NOT EXISTS ({earlier}) AND NOT EXISTS ({received})",
        record_id="a.id",
        due_on="a.assessed_on",
        case_id="k.id",
    )


def _ticked(sheet: str) -> str:
    """Say that abuse or DV is ticked on a sheet."""
    return (
        f"EXISTS (SELECT 1 FROM issue_marks AS m WHERE m.assessment_id = {sheet}.id"
        " AND m.struck_at IS NULL AND m.issue IN (SELECT value FROM json_each(:abuse_issues)))"
    )


KINDS = (
    Kind(
        sql=assessment_suspicions,
        table="assessments",
        label="アセスメントの印の通報・通告",
        what_to_do="虐待・DVの印があります。通報・通告の記録を開いて、判断を残してください。",
    ),
    Kind(
        sql=assessment_requests,
        table="assessment_requests",
        label="アセスメントの回答",
        what_to_do="頼んだ機関に催促するか、電話で聞き取って回答を記録してください。",
    ),
    Kind(
        sql=assessment_answers,
        table="assessment_requests",
        label="アセスメントの回答の転記",
        what_to_do="アセスメントシートを開いて、届いた回答を写してください。",
    ),
)
"""The kinds of this area, the more pressing first."""
