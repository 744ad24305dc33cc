"""What waits of アウトリーチ: quiet ones, promised next steps, visits to be closed.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.forms.outreach import VisitState
from jusou_nb.store.due_sql import Kind, codes_of, later, waiting

_RUNS = "o.struck_at IS NULL AND o.ended_on IS NULL"
_LAST = (
    "(SELECT max(substr(t.tried_at, 1, 10)) FROM outreach_tries AS t"
    " WHERE t.outreach_id = o.id AND t.struck_at IS NULL)"
)
_OVER = codes_of((VisitState.BACK, VisitState.CALLED_OFF))


def quiet_outreaches() -> str:
    """アウトリーチの続き: an outreach runs, and for a while nobody has tried.

    Whose: who does the outreach, else whoever has the case; the agency that it is given to.
    Date: the profile's days after the last try, else after it began; not while a visit is
    planned for that day or later. Until: a try, or it ends.
    """
    quiet = later(f"coalesce({_LAST}, o.begun_on)", "outreach_quiet_days")
    planned = (
        "SELECT 1 FROM visits AS v WHERE v.outreach_id = o.id AND v.struck_at IS NULL"
        f" AND coalesce(v.state, '') NOT IN {_OVER} AND substr(v.planned_at, 1, 10) >= {quiet}"
    )
    return waiting(
        "outreaches AS o",
        f"{_RUNS} AND NOT EXISTS ({planned})",
        record_id="o.id",
        due_on=quiet,
        case_id="o.case_id",
        client_id="o.client_id",
        household_id="o.household_id",
        agency_id="o.contractor",
        worker="o.worker",
    )


def outreach_promises() -> str:
    """アウトリーチで約束したこと: a try promised a next step, for somebody without a case.

    Whose: who does the outreach. Date: 期限 of the try. Until: a later try promises a step of
    its own, or is of that day or after it; the outreach ends. With a case the promise is the
    note's (次の対応).
    """
    answered = (
        "SELECT 1 FROM outreach_tries AS l WHERE l.outreach_id = t.outreach_id"
        " AND l.struck_at IS NULL AND (l.tried_at, l.id) > (t.tried_at, t.id)"
        " AND (l.next_due IS NOT NULL OR l.next_action IS NOT NULL OR t.next_due IS NULL"
        " OR substr(l.tried_at, 1, 10) >= t.next_due)"
    )
    return waiting(
        "outreach_tries AS t JOIN outreaches AS o ON o.id = t.outreach_id",
        f"t.struck_at IS NULL AND {_RUNS} AND t.case_note_id IS NULL"
        " AND (t.next_due IS NOT NULL OR t.next_action IS NOT NULL)"
        f" AND NOT EXISTS ({answered})",
        record_id="t.id",
        due_on="t.next_due",
        client_id="o.client_id",
        household_id="o.household_id",
        agency_id="o.contractor",
        worker="o.worker",
    )


def visits() -> str:
    """訪問と帰庁の確認: a visit is planned, or somebody is out on it.

    Whose: who goes. Date: the day of 戻る予定. Until: 戻った, or 取りやめ. The desk tells of
    those that are late by the minute.
    """
    return waiting(
        "visits AS v",
        f"v.struck_at IS NULL AND coalesce(v.state, '') NOT IN {_OVER}",
        record_id="v.id",
        due_on="substr(coalesce(v.back_by, v.planned_at), 1, 10)",
        case_id="v.case_id",
        agency_id="v.companion_agency",
        worker="v.worker",
    )


KINDS = (
    Kind(
        sql=visits,
        table="visits",
        label="訪問と帰庁の確認",
        what_to_do="戻ったかを確かめて一回分を書くか、取りやめにしてください。",
    ),
    Kind(
        sql=outreach_promises,
        table="outreach_tries",
        label="アウトリーチで約束したこと",
        what_to_do="約束したことを行い、アウトリーチの記録を書いてください。",
    ),
    Kind(
        sql=quiet_outreaches,
        table="outreaches",
        label="アウトリーチの続き",
        what_to_do="訪問か手紙で働きかけて記録するか、終わりの理由を書いてください。",
    ),
)
"""The kinds of this area, as the list of all of them takes them up."""
