"""The store as it stood when a paper was made: its changes replayed into memory, to be read."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from jusou_nb.errors import NotFound
from jusou_nb.forms import AgendaItem, Household
from jusou_nb.profile import Profile
from jusou_nb.store import history, merges, schema, workers
from jusou_nb.store.core import Store, wall_clock

if TYPE_CHECKING:
    from jusou_nb.forms import Person

_PAPERS = (
    "SELECT seq, at, record_table, record_id, payload FROM readings"
    " WHERE action = 'paper' AND payload IS NOT NULL"
)


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A paper as the chain of readings tells of it.

    Attributes:
        place: Its row in the chain of readings.
        number: Its document number.
        kind: What sort of paper (``packet``, ``monthly``, ``sheet``).
        subject: Table and id of the record; for a month ``months`` and 202610.
        recipient: For whom.
        basis: Code of the legal basis, or nothing.
        file: The name of its file.
        made_on: The day that it bears.
        upto: Place of the last change that was in the store then.
        profile: Id of the profile in force then.
        content: Hash of the page, or nothing where it was not noted.
    """

    place: int
    number: str
    kind: str
    subject: tuple[str, int]
    recipient: str
    basis: str
    file: str
    made_on: date
    upto: int
    profile: int
    content: str


def mark(store: Store) -> dict[str, int]:
    """Say how far the store had come: its last change, and the profile in force."""
    sql = "SELECT (SELECT max(seq) FROM changes), (SELECT max(id) FROM profiles)"
    upto, profile = store.db.execute(sql).fetchone()
    return {"upto": upto or 0, "profile": profile or 0}


def find(store: Store, number: str) -> Printed:
    """Find a paper by its document number; the one made last where it was made again.

    Raises:
        NotFound: No paper of this number was made here.
    """
    sql = f"{_PAPERS} AND json_extract(payload, '$.number') = ? ORDER BY seq DESC LIMIT 1"
    row = next(iter(store.db.query(sql, [number.strip()])), None)
    if row is None:
        raise NotFound(
            f"文書番号「{number}」の資料は、この業務ファイルで作られていません。"
            "資料の左下の番号と、会議の画面の「これまでに作った資料」を確かめてください"
        )
    return _printed(store, row)


def at(store: Store, place: int) -> Printed:
    """Give the paper of a row of the chain of readings (NotFound when it is none)."""
    row = next(iter(store.db.query(f"{_PAPERS} AND seq = ?", [place])), None)
    if row is None:
        raise NotFound(f"資料の記録 {place} 番が見つかりません。文書番号から再印刷してください")
    return _printed(store, row)


def _printed(store: Store, row: Mapping[str, Any]) -> Printed:
    told = json.loads(row["payload"])
    made_on = told.get("made_on") or datetime.fromisoformat(row["at"]).date().isoformat()
    return Printed(
        place=row["seq"],
        number=told["number"],
        kind=told["kind"],
        subject=(row["record_table"], row["record_id"]),
        recipient=told.get("recipient") or "",
        basis=told.get("basis") or "",
        file=told.get("file") or "資料.html",
        made_on=date.fromisoformat(made_on),
        # Before these were noted, the number alone says up to which change the paper shows.
        upto=told.get("upto") or _place_in(told["number"]),
        profile=told.get("profile") or _profile_at(store, row["at"]),
        content=told.get("content") or "",
    )


def _place_in(number: str) -> int:
    return int(number.rsplit("-", 2)[1])


def _profile_at(store: Store, moment: str) -> int:
    sql = "SELECT coalesce(max(id), 1) FROM profiles WHERE saved_at <= ?"
    return int(store.db.execute(sql, [moment]).fetchone()[0])


class _Copy(Store):
    """A store in memory that is filled by replaying another one's changes."""

    def _prepare(self, profile: str | Profile) -> None:  # noqa: ARG002 - the profile comes with the rest
        schema.create(self.db)
        self.db.execute("PRAGMA foreign_keys = OFF")


@contextmanager
def as_of(store: Store, paper: Printed) -> Iterator[Store]:
    """Open the store as it stood when a paper was made: in memory, to read only.

    What was disposed of since is missing from it.
    """
    with _Copy(None, account=store.account, clock=wall_clock) as copy:
        with copy.transaction():
            _take(store, copy, "changes", "seq <= ?", paper.upto)
            _take(store, copy, "profiles", "id <= ?", paper.profile)
            # Who wrote is told by id; workers who came later do no harm.
            _take(store, copy, "workers", "id > ?", 0)
            workers.name_as_then(store, copy, paper.upto)
            _replay(copy)
        copy.db.execute("PRAGMA query_only = ON")
        copy.readonly = True
        yield copy


def _take(source: Store, copy: Store, table: str, where: str, bound: int) -> None:
    rows = source.db.execute(f"SELECT * FROM {table} WHERE {where}", [bound])
    names = [column[0] for column in rows.description]
    marks = ", ".join("?" * len(names))
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
    copy.db.conn.executemany(sql, rows)


def _replay(copy: Store) -> None:
    """Write every record as its changes add up to; what lost its beginning stays away."""
    shapes = {table: copy.db.table(table).columns_dict for table in copy.db.table_names()}
    for (table, record_id), boxes in history.replay(copy.db).items():
        shape = shapes.get(table, {})
        row = {"id": record_id, **{name: v for name, v in boxes.items() if name in shape}}
        if (
            not shape
            or table in ("profiles", workers.TABLE)
            or ("version" in shape and row.get("version") is None)
        ):
            continue
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
        copy.db.execute(sql, list(row.values()))


def masked_since(store: Store, then: Store, paper: Printed) -> "list[Person]":
    """Name the persons who stand on a sitting's paper and came under 秘匿 after it was made."""
    if paper.subject[0] != "conferences":
        return []
    found = []
    for entry in then.find(AgendaItem, conference_id=paper.subject[1], basis=paper.basis):
        for person in _members(then, entry.client_id):
            # Who went into another person since (統合) is masked where that one is.
            id_ = merges.now_at(store, "persons", person.id or 0)
            now = [p for p in _members(store, id_) if p.id == id_]
            if not person.is_masked and now and now[0].is_masked:
                found.append(now[0])
    return found


def _members(store: Store, person_id: int | None) -> "tuple[Person, ...]":
    sql = "SELECT household_id FROM persons WHERE id = ? AND struck_at IS NULL"
    row = store.db.execute(sql, [person_id]).fetchone()
    return store.load(Household, row[0]).members if row else ()
