"""All that a paper's template imports: opens the store to read, gathers, and gives sections.

Each function checks what it is given and says in one Japanese line what is wrong with it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from jusou_nb import settings
from jusou_nb.dates import month_of, wareki
from jusou_nb.documents import blank as blanks
from jusou_nb.documents import evaluation as evaluations
from jusou_nb.documents import flow as flows
from jusou_nb.documents import known_already
from jusou_nb.documents import monthly as reports
from jusou_nb.documents import office_lists as lists
from jusou_nb.documents import packet as packets
from jusou_nb.documents import record as records
from jusou_nb.documents import register as registers
from jusou_nb.documents import sheet as sheets
from jusou_nb.documents.audience import Audience
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.documents.monthly import Report
from jusou_nb.documents.packet import Packet
from jusou_nb.documents.paper import Section
from jusou_nb.errors import TemplateError
from jusou_nb.store import Store, archive, open_store


def packet(
    store: str, conference_id: int, recipient: str, basis: str, today: str, *, as_of: int = 0
) -> Packet:
    """Gather one copy of a sitting's papers.

    Args:
        store: Path of the store.
        conference_id: Which sitting.
        recipient: ``chair`` or ``agency-<id>``.
        basis: Code of the legal basis.
        today: The day on which the paper is made, ISO.
        as_of: For a reprint, the row of the paper in the chain of readings; 0 is now.
    """
    day = _day(today)
    _check_copy(conference_id, recipient)
    with _opened(store, as_of) as opened:
        return packets.packet(
            opened, conference_id, recipient=recipient, basis=basis, made_on=wareki(day)
        )


def minutes(
    store: str, conference_id: int, recipient: str, basis: str, today: str, *, as_of: int = 0
) -> Section:
    """Print 会議記録 of a sitting for one recipient and basis; arguments as in :func:`packet`."""
    day = _day(today)
    _check_copy(conference_id, recipient)
    with _opened(store, as_of) as opened:
        return records.record(opened, conference_id, recipient=recipient, basis=basis, day=day)


def _check_copy(conference_id: int, recipient: str) -> None:
    if isinstance(conference_id, bool) or not isinstance(conference_id, int):
        raise TemplateError(f"会議の番号「{conference_id}」は数で指定してください")
    if not re.fullmatch(r"chair|agency-\d+", recipient):
        raise TemplateError(f"宛先「{recipient}」は chair か agency-番号 で指定してください")


def monthly(store: str, month: str, today: str, *, as_of: int = 0) -> Report:
    """Gather the monthly report of a month such as ``2026-10``; ``as_of`` as in :func:`packet`."""
    day = _day(today)
    try:
        first, last = month_of(month)
    except ValueError as fault:
        raise TemplateError(str(fault)) from None
    with _opened(store, as_of) as opened:
        return reports.report(opened, first, last, today=day)


def sheet(store: str, form: str, record_id: int, today: str, *, as_of: int = 0) -> Section:
    """Print one record as its form (a table, class or title), or a paper of the catalogue.

    Record 0 is the blank of a form (its title). ``as_of`` as in :func:`packet`.
    """
    day = _day(today)
    with _opened(store, as_of) as opened:
        if form in PAPERS:
            return PAPERS[form].gather(opened, record_id, day=day)
        if record_id == 0:
            return blanks.blank(opened, form)
        return sheets.sheet(opened, form, record_id, made_on=wareki(day))


def known(store: str, case_id: int, today: str, *, as_of: int = 0) -> Section:
    """Print what the people of a case have told already; ``as_of`` as in :func:`packet`."""
    day = _day(today)
    with _opened(store, as_of) as opened:
        return known_already.known(opened, case_id, made_on=wareki(day))


def flow(store: str, reader: str, today: str, *, as_of: int = 0) -> Section:
    """Draw 支援の流れ図 for ``staff`` or ``citizens``; ``as_of`` as in :func:`packet`."""
    day = _day(today)
    with _opened(store, as_of) as opened:
        return flows.flow(opened, reader, made_on=wareki(day))


def register(store: str, field: str, today: str, *, as_of: int = 0) -> Section:
    """List the desks and schemes (窓口・制度一覧) of a field by its code, or of ``all``."""
    day = _day(today)
    with _opened(store, as_of) as opened:
        return registers.register(opened, field, today=day)


def office_list(store: str, which: str, worker: str, today: str, *, as_of: int = 0) -> Section:
    """Print ケース一覧 (``cases``) or 期限一覧 (``due``), of a worker by name or of ``all``.

    ``as_of`` as in :func:`packet`.
    """
    day = _day(today)
    known = {one.value: one for one in lists.OfficeList}
    if which not in known:
        raise TemplateError(f"一覧「{which}」はありません（あるもの: {'、'.join(known)}）")
    with _opened(store, as_of) as opened:
        return lists.office_list(opened, known[which], worker, today=day)


def evaluation(
    store: str, year: int, audience: str, today: str, *, as_of: int = 0
) -> evaluations.Evaluation:
    """Gather the report of a 年度 (its western year) for an audience.

    Args:
        store: Path of the store.
        year: Such as 2026 for 令和8年度.
        audience: ``internal``, ``representatives`` or ``public``.
        today: The day on which it is made, ISO.
        as_of: As in :func:`packet`.
    """
    day = _day(today)
    if isinstance(year, bool) or not isinstance(year, int):
        raise TemplateError(f"年度「{year}」は 2026 のような数で指定してください")
    known = {reader.value: reader for reader in Audience}
    if audience not in known:
        raise TemplateError(f"読む人「{audience}」はありません（{'、'.join(known)} から選びます）")
    with _opened(store, 0) as live:
        earlier = evaluations.already_out(live, year, before=as_of)
    with _opened(store, as_of) as opened:
        return evaluations.evaluation(
            opened, year, audience=known[audience], today=day, earlier=earlier
        )


@contextmanager
def _opened(path: str, as_of: int) -> Iterator[Store]:
    named = path or settings.STORE.get()
    if not named:
        raise TemplateError("業務ファイルの場所（store）を指定してください")
    with open_store(Path(named), readonly=True) as store:
        if not as_of:
            yield store
            return
        with archive.as_of(store, archive.at(store, as_of)) as then:
            yield then


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise TemplateError(f"今日の日付「{text}」は 2026-10-15 の形で指定してください") from None
