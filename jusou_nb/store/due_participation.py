"""What waits of 参加支援: the next look at a matching, 定着, hosts that nobody has called.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.store.due_sql import Kind, codes_of, later, waiting

_BEFORE = codes_of((MatchStage.APPROACH, MatchStage.TOUR, MatchStage.TRIAL))
_RUNS = (
    "m.struck_at IS NULL AND NOT EXISTS (SELECT 1 FROM participation_menus AS e"
    " WHERE e.id = m.menu_id AND (e.ended_on IS NOT NULL OR e.struck_at IS NOT NULL))"
)


def _last_step(stages: str) -> str:
    return (
        "(SELECT max(s.reached_on) FROM match_steps AS s WHERE s.matching_id = m.id"
        f" AND s.struck_at IS NULL AND s.stage IN {stages})"
    )


def _matching(where: str, due_on: str) -> str:
    return waiting(
        "matchings AS m",
        f"{_RUNS} AND {where}",
        record_id="m.id",
        due_on=due_on,
        case_id="m.case_id",
        agency_id="(SELECT contractor FROM participation_menus AS e WHERE e.id = m.menu_id)",
        worker="m.worker",
    )


def matching_checks() -> str:
    """マッチングの次の確認: somebody is on the way to a host, between 打診 and 体験.

    Whose: who does the matching, else whoever has the case; the agency that it
    is given to. Date: 次に確かめる日, else the
    profile's days after the last step. Until: 参加 or 中止; the menu ends.
    """
    steps = later(_last_step(_BEFORE), "matching_check_days")
    return _matching(f"m.stage IN {_BEFORE}", f"coalesce(m.next_due, {steps})")


def _settles(stage: MatchStage, months: int) -> str:
    joined = _last_step(codes_of((MatchStage.JOINED,)))
    return _matching(f"m.stage = '{stage.value}'", f"date({joined}, '+{months} months')")


def settled_after_3() -> str:
    """定着の確認（3か月）: somebody takes part at a host.

    Whose: who does the matching, else whoever has the case; the agency that it
    is given to. Date: three months after 参加.
    Until: 定着（3か月） or 中止 is recorded; the menu ends.
    """
    return _settles(MatchStage.JOINED, 3)


def settled_after_6() -> str:
    """定着の確認（6か月）: somebody has taken part at a host for three months.

    Whose: who does the matching, else whoever has the case; the agency that it
    is given to. Date: six months after 参加.
    Until: 定着（6か月） or 中止 is recorded; the menu ends.
    """
    return _settles(MatchStage.SETTLED_3, 6)


def quiet_hosts() -> str:
    """受入先への連絡: a host that nobody has been in touch with for a while.

    Whose: everybody's. Date: 次の連絡 of the last contact, else
    the profile's days after it, else after it was found. Until: a contact; the host ends.
    """
    last = (
        "(SELECT {0} FROM host_contacts AS c WHERE c.host_id = h.id AND c.struck_at IS NULL"
        " ORDER BY c.contacted_on DESC, c.id DESC LIMIT 1)"
    )
    since = f"coalesce({last.format('c.contacted_on')}, h.ready_on, h.found_on)"
    due_on = f"coalesce({last.format('c.next_due')}, {later(since, 'host_quiet_days')})"
    return waiting(
        "hosts AS h",
        f"h.struck_at IS NULL AND coalesce(h.state, '') <> '{HostState.ENDED.value}'",
        record_id="h.id",
        due_on=due_on,
    )


KINDS = (
    Kind(
        sql=matching_checks,
        table="matchings",
        label="マッチングの次の確認",
        what_to_do="本人と受入先に様子を聞き、次の段階を記録してください。",
    ),
    Kind(
        sql=settled_after_3,
        table="matchings",
        label="定着の確認（3か月）",
        what_to_do="続いているかを本人と受入先に確かめ、定着か中止を記録してください。",
    ),
    Kind(
        sql=settled_after_6,
        table="matchings",
        label="定着の確認（6か月）",
        what_to_do="続いているかを本人と受入先に確かめ、定着か中止を記録してください。",
    ),
    Kind(
        sql=quiet_hosts,
        table="hosts",
        label="受入先への連絡",
        what_to_do="受入先に様子と困りごとを聞き、「受入先への支援」に書いてください。",
    ),
)
"""The kinds of this area, as the list of all of them takes them up."""
