"""The lists of a client: every record opens; what was struck stays, with its reason."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jusou_nb import values
from jusou_nb.fields import Form, get_item
from jusou_nb.forms import (
    Case,
    CaseNote,
    Consent,
    Ending,
    Evaluation,
    Monitoring,
    Referral,
    SchemeCheck,
    StatutoryReport,
    SupportRequest,
)
from jusou_nb.store import Store
from jusou_nb.store.struck import struck
from jusou_nb.values import Lexicon
from jusou_nb.widgets.client_person import Client
from jusou_nb.widgets.listing import Cell, Listing, day_cell

OF_PERSON, OF_CLIENT, OF_CASE, OF_HOUSEHOLD = "person_id", "client_id", "case_id", "household_id"


@dataclass(frozen=True)
class Kept:
    """A list: its caption, the form, whose it is, what it is ordered by, and its columns."""

    caption: str
    form: type[Form]
    of: str
    order: str
    columns: tuple[tuple[str, str], ...]
    always: bool = False


LISTS = (
    Kept(
        "支援経過", CaseNote, OF_CASE, "happened_at DESC",
        (("日時", "happened_at"), ("内容", "content"), ("次にすること", "next_action"),
         ("期限", "next_due")), always=True,
    ),
    Kept(
        "同意の記録", Consent, OF_PERSON, "stated_on DESC",
        (("同意日", "stated_on"), ("本人同意", "state"), ("方法", "manner"),
         ("書面をもらう期限", "written_by")), always=True,
    ),
    Kept(
        "つないだ先", Referral, OF_CLIENT, "sent_on DESC",
        (("つないだ日", "sent_on"), ("つなぎ先", "destination"), ("結果", "answer"),
         ("次の一手", "after_refusal")), always=True,
    ),
    Kept(
        "通報・通告の記録", StatutoryReport, OF_HOUSEHOLD, "noticed_at DESC",
        (("知った日時", "noticed_at"), ("種別", "suspicion"), ("結果", "state")),
    ),
    Kept(
        "支援要請", SupportRequest, OF_HOUSEHOLD, "requested_on DESC",
        (("要請日", "requested_on"), ("要請した機関", "requested_by"), ("結果", "answer")),
    ),
    Kept(
        "既存制度の確認", SchemeCheck, OF_CASE, "checked_on DESC",
        (("確認日", "checked_on"), ("制度・サービス", "scheme"), ("結果", "result")),
    ),
    Kept(
        "モニタリング", Monitoring, OF_CASE, "held_on DESC",
        (("実施日", "held_on"), ("世帯の変化", "change"), ("次回", "next_on")),
    ),
    Kept(
        "評価", Evaluation, OF_CASE, "evaluated_on DESC",
        (("評価日", "evaluated_on"), ("目標の達成状況", "achievement"), ("次の段階", "next_step")),
    ),
    Kept(
        "終結・中断の記録", Ending, OF_CASE, "ended_on DESC",
        (("終結・中断日", "ended_on"), ("種別", "kind"), ("理由", "reason"),
         ("受け入れ", "acceptance"), ("再開日", "reopened_on")),
    ),
)  # fmt: skip

Open = Callable[[str, int], None]


def lists_of(store: Store, client: Client, choose: Open) -> Iterator[Listing]:
    """Draw the lists of a client; ``choose`` gets the table and id of the record chosen."""
    ids = {
        OF_PERSON: client.person.id,
        OF_CLIENT: client.person.id,
        OF_CASE: client.case.id if client.case else 0,
        OF_HOUSEHOLD: client.household.id,
    }
    for kept in LISTS:
        rows = _rows(store, kept, {kept.of: ids[kept.of]})
        if rows or kept.always:
            yield _drawn(kept, rows, choose)


def name_of(store: Store, record: Form) -> str:
    """Name a record as its list does, by caption and first column; one in no list by its title."""
    kept = next((kept for kept in LISTS if kept.form is type(record)), None)
    if kept is None:
        return record.title
    return f"{kept.caption}　{_cells(record, kept, store.lexicon())[0].text}"


def _drawn(kept: Kept, rows: list[tuple[int, list[Cell]]], choose: Open) -> Listing:
    headings = [heading for heading, _ in kept.columns]
    if any(cells[0].struck for _, cells in rows):
        headings.append("取消の理由")
    listing = Listing(kept.caption, headings, lambda about: choose(kept.form.table, about))
    listing.fill(rows)
    return listing


def _rows(store: Store, kept: Kept, where: dict[str, Any]) -> list[tuple[int, list[Cell]]]:
    words = store.lexicon()
    found = [
        (record.id or 0, _cells(record, kept, words))
        for record in store.find(kept.form, order=kept.order, **where)
    ]
    gone = [
        (old.record.id or 0, [*map(_through, _cells(old.record, kept, words)), Cell(old.reason)])
        for old in struck(store, kept.form, order=kept.order, **where)
    ]
    blank = [Cell("")] if gone else []
    return [*[(about, [*cells, *blank]) for about, cells in found], *gone]


def _through(cell: Cell) -> Cell:
    return replace(cell, struck=True)


def _cells(record: Form, kept: Kept, words: Lexicon) -> list[Cell]:
    cells = [_cell(record, name, words) for _, name in kept.columns]
    # The first cell is what opens the record: it always has words to press.
    first = cells[0] if cells[0].text else Cell("（日付なし）")
    return [first, *cells[1:]]


def _cell(record: Form, name: str, words: Lexicon) -> Cell:
    value = getattr(record, name)
    if name.endswith(("_on", "_due", "written_by")):
        return day_cell(value)
    if name.endswith("_at"):
        return day_cell(value.date() if value else None)
    return Cell(values.show(get_item(type(record), name), value, words))


HOME = ("氏名", "続柄", "段階", "段階が変わった日", "本人同意")


def home_of(
    store: Store,
    client: Client,
    say: Callable[[int | None], str],
    choose: Callable[[int, int], None],
) -> Listing | None:
    """List the people of a household and their cases; None where there is only one line.

    Args:
        store: The open store.
        client: Who is shown now.
        say: Gives the words for where a person's consent stands.
        choose: Gets the ids of the person and of the case (0 where there is none).
    """
    lines = list(_home_lines(store, client, say))
    if len(lines) < 2:  # noqa: PLR2004 - one line leads nowhere else
        return None

    def chosen(place: int) -> None:
        person_id, case_id, _ = lines[place]
        choose(person_id, case_id)

    listing = Listing("世帯の人とケース（氏名を選ぶと、その人に切り替わります）", HOME, chosen)
    listing.fill([(place, cells) for place, (_, _, cells) in enumerate(lines)])
    return listing


def _home_lines(
    store: Store, client: Client, say: Callable[[int | None], str]
) -> Iterator[tuple[int, int, list[Cell]]]:
    for person in client.household.members:
        own = store.find(Case, client_id=person.id)
        if not (own or person.is_member or person.id == client.person.id):
            # On the family map only: nothing is asked of them and nothing opened for them.
            continue
        cases: Sequence[Case | None] = own or [None]
        for case in cases:
            shown = person.id == client.person.id and case == client.case
            status = case.status.label if case and case.status else "ケースなし"
            cells = [
                Cell((person.name or "氏名不明") + ("（表示中）" if shown else "")),
                Cell(person.relation or ""),
                Cell(status, chip="plain"),
                day_cell(case.status_on if case else None),
                Cell(say(person.id)),
            ]
            yield person.id or 0, (case.id or 0) if case else 0, cells
