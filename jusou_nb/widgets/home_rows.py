"""The lines of ホーム: what is to be done by kind, memos, sittings, cases."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby

from jusou_nb.dates import wareki
from jusou_nb.forms import Conference, PhoneMemo
from jusou_nb.store import Store, queries
from jusou_nb.store.due import Due
from jusou_nb.store.my_cases import MyCase
from jusou_nb.widgets.listing import Cell, day_cell

ALWAYS = frozenset({"kinds", "cases"})
"""Lists that say so when they are empty; the others are left away."""
KINDS = ("何の", "件数", "期限超過", "いちばん近い期限")
DUES = ("期限", "状況", "受付番号", "すること")
MEMOS = ("着信日時", "かけてきた人", "だれのこと", "話の内容", "いつまでに", "受けた人")
SITTINGS = ("会議日", "会議体", "状況", "案件")
CASES = ("本人", "受付番号", "段階", "次の期限", "何の", "最後の接触", "注意", "担当")
_LONG_AGO = 30


def by_kind(waiting: Iterable[Due], today: date) -> list[list[Due]]:
    """Gather what is due by today, or has no day, by its kind; the most pressing kind first."""
    now = [due for due in waiting if due.due_on is None or due.due_on <= today]
    ordered = sorted(now, key=lambda due: due.kind)
    groups = [list(group) for _, group in groupby(ordered, lambda due: due.kind)]
    return sorted(groups, key=lambda group: group[0].due_on or date.max)


def kind_cells(dues: list[Due], urgent: Collection[str]) -> list[Cell]:
    """Write a kind with how much of it waits."""
    late = sum(due.overdue_days > 0 for due in dues)
    pressing = "strong" if dues[0].kind in urgent else ""
    return [
        Cell(dues[0].label),
        Cell(f"{len(dues)}件", sort=f"{len(dues):05}", chip=pressing),
        Cell(f"{late}件" if late else "", sort=f"{late:05}", chip="strong" if late else ""),
        day_cell(dues[0].due_on),
    ]


def due_cells(due: Due) -> list[Cell]:
    """Write one thing that waits."""
    late = f"{due.overdue_days}日超過" if due.overdue_days > 0 else ""
    day = day_cell(due.due_on) if due.due_on else Cell("期限なし", sort="9999")
    return [
        day,
        Cell(late, chip="strong" if late else "", sort=f"{due.overdue_days:05}"),
        Cell(due.number),
        Cell(due.what_to_do),
    ]


def memo_cells(memo: PhoneMemo) -> list[Cell]:
    """Write a memo as one finds it again."""
    at = memo.called_at
    return [
        Cell(
            f"{wareki(at.date())} {at:%H:%M}" if at else "",
            title=at.isoformat() if at else "",
            sort=at.isoformat() if at else "",
        ),
        Cell(memo.caller or "名乗らず"),
        Cell(memo.about or ""),
        Cell(memo.said or ""),
        day_cell(memo.call_back_by),
        Cell(memo.taken_by or ""),
    ]


def sitting_cells(store: Store, sitting: Conference) -> list[Cell]:
    """Write a sitting of this week."""
    body = store.profile.body(sitting.body).label if sitting.body else "会議"
    state = sitting.state.label if sitting.state else ""
    count = len(queries.items_of(store, sitting.id or 0))
    return [day_cell(sitting.held_on), Cell(body), Cell(state, chip="plain"), Cell(f"{count}件")]


def case_cells(case: MyCase, today: date) -> list[Cell]:
    """Write a case: where it stands, what is next and why, how long nobody was in touch."""
    due = case.due
    late = due is not None and due.overdue_days > 0
    return [
        Cell(case.name),
        Cell(case.number),
        Cell(case.status.label, chip="plain"),
        day_cell(due.due_on) if due else Cell(""),
        Cell(
            f"{due.label}{'（超過）' if late else ''}" if due else "", chip="strong" if late else ""
        ),
        _contact(case.contact, today),
        Cell("・".join(case.cautions)),
        Cell(f"{case.worker}（副担当）" if case.is_deputy else "自分"),
    ]


def _contact(day: date | None, today: date) -> Cell:
    if day is None:
        return Cell("")
    days = max((today - day).days, 0)
    words = "きょう" if days == 0 else f"{days}日前"
    return Cell(words, sort=f"{days:06}", chip="strong" if days > _LONG_AGO else "")
