"""What waits of the office itself: work that still names somebody who left.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.store.due_sql import ACCOMPANIED, Kind, waiting


def unhanded_cases() -> str:
    """ケースの引継ぎ: a case whose 担当 has no role any more, though roles were recorded of them.

    Whose: the deputy, else everybody's. Date: the last day of the last role. Until: the case
    has another 担当, a role begins anew, or the case ends. Names are compared as written.
    """
    theirs = "FROM worker_roles AS r WHERE r.struck_at IS NULL AND r.worker = k.coordinator"
    ended = f"SELECT max(r.until) {theirs}"
    holds = f"SELECT 1 {theirs} AND (r.until IS NULL OR r.until >= :today)"
    return waiting(
        "cases AS k",
        f"{ACCOMPANIED} AND NOT EXISTS ({holds}) AND ({ended}) IS NOT NULL",
        record_id="k.id",
        due_on=f"({ended})",
        case_id="k.id",
        worker="''",
    )


KINDS = (
    Kind(
        sql=unhanded_cases,
        table="cases",
        label="ケースの引継ぎ",
        what_to_do="「進行管理」の引継ぎで、新しい担当にまとめて引き継いでください。",
    ),
)
