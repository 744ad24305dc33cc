"""ケース一覧 and 期限一覧 on paper, by worker: for the office's own table.

They hold no whereabouts, no sentence that anybody wrote, and no name out of a household in
which somebody is hidden or hidden from: such a case stands by its number.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from jusou_nb.choices import Choice
from jusou_nb.dates import wareki
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import Identity, PaperKind, Section, print_section
from jusou_nb.errors import NotFound
from jusou_nb.forms import Case, Household
from jusou_nb.forms.case import CaseStatus
from jusou_nb.rules.long_cases import LongCase, labels, stuck_problems
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store, papers, queries, register
from jusou_nb.store.due import Due, due_items
from jusou_nb.store.due_kinds import MASKINGS, SUSPICIONS
from jusou_nb.store.long_cases import running_cases

ALL = "all"
_NOBODY = "担当なし"
_BY_NUMBER = "（番号で確かめます）"


class OfficeList(Choice):
    """Which list."""

    CASES = "cases", "ケース一覧"
    DUE = "due", "期限一覧"


@dataclass(frozen=True, kw_only=True)
class Group:
    """The lines of one worker: texts, numbers and days in the order of the headings."""

    worker: str
    rows: tuple["Row", ...]


Row = tuple[str | int | date | None, ...]


_HEADS: Mapping[OfficeList, tuple[tuple[str, str], ...]] = {
    OfficeList.CASES: (
        ("受付番号", "q"), ("本人", "name"), ("緊急度", "kind"), ("段階", "kind"),
        ("開始日", "day"), ("主担当", "name"), ("副担当", "q"), ("最後の連絡", "day"),
        ("期限超過", "n"), ("停滞の理由", ""),
    ),
    OfficeList.DUE: (
        ("期限", "day"), ("超過日数", "n"), ("何の期限", "name"), ("受付番号", "q"),
        ("機関", "name"), ("副担当", "q"), ("すること", ""),
    ),
}  # fmt: skip


def office_list(store: Store, which: OfficeList, worker: str, *, today: date) -> Section:
    """Print a list of all workers, or of one by name.

    Raises:
        NotFound: ``worker`` has nothing on it.
    """
    groups = gathered(store, which, today)
    if worker != ALL:
        groups = [group for group in groups if squeeze(group.worker) == squeeze(worker)]
        if not groups:
            raise NotFound(
                f"「{worker}」の{which.label}は空です。担当の欄と同じ氏名で指定してください"
            )
    values = {
        "title": which.label,
        "heads": _HEADS[which],
        "groups": [_told(group) for group in groups],
        "count": sum(len(group.rows) for group in groups),
        "municipality": store.profile.municipality,
        "office": store.profile.office,
        "made_on": wareki(today),
        "frame": office_frame(store, which.label, day=today),
    }
    return print_section("office_list", which.label, values, _identity(store, which, worker))


def gathered(store: Store, which: OfficeList, today: date) -> list[Group]:
    """Give the lines of a list by worker; those that nobody has come last."""
    return _GATHER[which](store, today)


def headings(which: OfficeList) -> list[str]:
    """Name the columns of a list."""
    return [head for head, _ in _HEADS[which]]


def _told(group: Group) -> Group:
    """Write days and numbers as the page has them."""
    return Group(worker=group.worker, rows=tuple(tuple(map(_text, row)) for row in group.rows))


def _text(value: str | int | date | None) -> str:
    if isinstance(value, date):
        return wareki(value)
    return "" if value is None else str(value)


def _identity(store: Store, which: OfficeList, worker: str) -> Identity:
    return Identity(
        kind=PaperKind.LIST,
        title=which.label,
        subject=("profiles", register.profile_place(store)),
        recipient=f"{which.value}/{worker}",
        basis="",
        place=papers.last_of_all(store),
    )


def _cases(store: Store, today: date) -> list[Group]:
    found = sorted(running_cases(store, today), key=lambda case: _place(store, case))
    return _grouped((case.worker, _case(store, case, today)) for case in found)


def _place(store: Store, case: LongCase) -> tuple[int, int, date, int]:
    """Order by 緊急度 as the profile lists it, then 段階, then age."""
    codes = list(store.profile.codes("urgency").by_code)
    urgency = codes.index(case.urgency) if case.urgency in codes else len(codes)
    return urgency, list(CaseStatus).index(case.status), case.opened_on, case.case_id


def _case(store: Store, case: LongCase, today: date) -> Row:
    urgency = store.profile.codes("urgency").by_code
    lead = store.load(Case, case.case_id).lead_agency
    return (
        case.number,
        _name(queries.household_of(store, case.client_id), case.client_id),
        urgency[case.urgency].label if case.urgency in urgency else "",
        case.status.label,
        case.opened_on,
        store.lexicon().refs["agencies"].get(lead or 0, ""),
        case.deputy,
        case.contact_on or "なし",
        case.overdue or None,
        "、".join(labels(store.profile, stuck_problems(store.profile, case, today))),
    )


def _name(household: Household, client_id: int) -> str:
    if any(person.is_masked or person.is_opponent for person in household.members):
        return _BY_NUMBER
    return queries.person(household, client_id).name or ""


def _due(store: Store, today: date) -> list[Group]:
    agencies = store.lexicon().refs["agencies"]
    found = [d for d in due_items(store, today) if d.kind not in SUSPICIONS | MASKINGS]
    return _grouped((due.worker, _waits(due, agencies)) for due in found)


def _waits(due: Due, agencies: Mapping[int, str]) -> Row:
    return (
        due.due_on or "日付なし",
        due.overdue_days or None,
        due.label,
        due.number,
        agencies.get(due.agency_id or 0, ""),
        due.deputy,
        due.what_to_do,
    )


def _grouped(lines: Iterable[tuple[str, Row]]) -> list[Group]:
    """Put lines under their worker, in their order; what nobody has comes last."""
    ordered = sorted(lines, key=lambda line: (not line[0], squeeze(line[0])))
    return [
        Group(worker=of[0][0] or _NOBODY, rows=tuple(row for _, row in of))
        for _, found in groupby(ordered, key=lambda line: squeeze(line[0]))
        if (of := list(found))
    ]


_GATHER: Mapping[OfficeList, Callable[[Store, date], list[Group]]] = {
    OfficeList.CASES: _cases,
    OfficeList.DUE: _due,
}
