"""引継書: of one case, and of all that a worker carries, with a table of them in front."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jusou_nb.dates import wareki
from jusou_nb.documents.handover_case import CasePage, case_page
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.forms import Case, Succession, WorkerRole
from jusou_nb.rules.long_cases import labels
from jusou_nb.store import Store, household_records
from jusou_nb.store.due import due_items
from jusou_nb.store.successions import works_of
from jusou_nb.store.workload import FirstLine, first_list

CASE, AFTER, BEFORE = "引継書", "引継書（引き継いだケース）", "引継書（担当の全ケース）"


def of_case(store: Store, case_id: int, *, day: date) -> Section:
    """Print what the next worker has to know of a case.

    Raises:
        NotFound: There is no such case.
    """
    page = case_page(store, case_id, day, due_items(store, day))
    values = {**_common(store, CASE, day), "page": page}
    identity = of_record(store, CASE, (Case.table, case_id), _shown(store, [case_id]))
    return print_section("handover", CASE, values, identity)


@dataclass(frozen=True, kw_only=True)
class _Load:
    """What one worker hands to another: which paper of what, what its head tells, which cases.

    ``besides`` is work that goes on outside these cases.
    """

    name: str
    subject: tuple[str, int]
    told: Sequence[tuple[str, str]]
    cases: Sequence[FirstLine]
    besides: Sequence[tuple[str, str]] = ()


def after(store: Store, succession_id: int, *, day: date) -> Section:
    """Print the cases that one worker took over from another, as they stand.

    Raises:
        NotFound: There is no such 引継ぎ.
    """
    record = store.load(Succession, succession_id)
    handed = {row.number for row in record.works}
    theirs = first_list(store, record.taking or "", day)
    load = _Load(
        name=AFTER,
        subject=(Succession.table, succession_id),
        told=(
            ("引き継ぐ人", record.leaving or ""),
            ("引き受ける人", record.taking or ""),
            ("引継ぎの日", wareki(record.handed_on) if record.handed_on else ""),
        ),
        cases=[line for line in theirs if line.case.number in handed],
    )
    return _print(store, load, day)


def before(store: Store, role_id: int, *, day: date) -> Section:
    """Print all running cases of a worker, asked for by one of the worker's roles.

    Raises:
        NotFound: There is no such role.
    """
    worker = store.load(WorkerRole, role_id).worker or ""
    load = _Load(
        name=BEFORE,
        subject=(WorkerRole.table, role_id),
        told=(("担当", worker), ("引き受ける人", ""), ("引継ぎの日", "")),
        cases=first_list(store, worker, day),
        besides=_besides(store, worker),
    )
    return _print(store, load, day)


def _print(store: Store, load: _Load, day: date) -> Section:
    waiting = due_items(store, day)
    ordered = sorted(load.cases, key=lambda line: _pressing(store, line))
    ids = [line.case.case_id for line in ordered]
    pages = [case_page(store, case_id, day, waiting) for case_id in ids]
    values = {
        **_common(store, load.name, day),
        "told": load.told,
        "rows": [_row(store, line, page) for line, page in zip(ordered, pages, strict=True)],
        "pages": pages,
        "besides": load.besides,
    }
    shown = [load.subject, *_shown(store, ids)]
    return print_section(
        "handover_all", load.name, values, of_record(store, load.name, load.subject, shown)
    )


def _pressing(store: Store, line: FirstLine) -> tuple[int, str, int]:
    """Order by 緊急度 as the profile lists it, then by 段階."""
    codes = list(store.profile.codes("urgency").by_code)
    place = codes.index(line.case.urgency) if line.case.urgency in codes else len(codes)
    return place, line.case.status.value, line.case.case_id


def _row(store: Store, line: FirstLine, page: CasePage) -> tuple[str, ...]:
    case, urgency = line.case, store.profile.codes("urgency").by_code
    next_ = "　".join(page.course.promises[0][:2]) if page.course.promises else ""
    return (
        page.number,
        page.name,
        urgency[case.urgency].label if case.urgency in urgency else "",
        case.status.label,
        wareki(case.opened_on),
        wareki(case.contact_on) if case.contact_on else "なし",
        next_,
        str(page.course.late or ""),
        "、".join(labels(store.profile, line.problems)),
    )


def _besides(store: Store, worker: str) -> list[tuple[str, str]]:
    """Name the work that goes on outside the worker's own cases."""
    return [
        (work.form.title, f"{work.number}（副担当）" if work.box == "deputy" else work.number)
        for work in works_of(store, worker)
        if work.form is not Case or work.box != "coordinator"
    ]


def _common(store: Store, name: str, day: date) -> dict[str, Any]:
    return {
        "title": name,
        "municipality": store.profile.municipality,
        "office": store.profile.office,
        "made_on": wareki(day),
        "frame": office_frame(store, name, day=day),
    }


def _shown(store: Store, case_ids: Iterable[int]) -> list[tuple[str, int]]:
    found: dict[str, set[int]] = {}
    for home in {store.load(Case, case_id).household_id or 0 for case_id in case_ids}:
        for table, ids in household_records.records_of(store, home).items():
            found.setdefault(table, set()).update(ids)
    return household_records.shown(store, found)


PAPERS = (
    Paper(name=CASE, table=Case.table, gather=of_case),
    Paper(name=AFTER, table=Succession.table, gather=after),
    Paper(name=BEFORE, table=WorkerRole.table, gather=before),
)
