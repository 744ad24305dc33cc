"""The index of the search: folded texts, and which two characters stand next to each other.

SQLite's own trigram index finds no name of two characters, so each text is cut into its
overlapping pairs (佐藤花子: 佐藤 藤花 花子), and a text that has all pairs of a word is then
looked through for the word itself. The index is written in the transaction of the save, knows
no record that was struck, and holds no box that would tell who told us.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import sqlite_utils

from jusou_nb.fields import Form
from jusou_nb.forms import CaseNote, Intake, Person, PhoneMemo
from jusou_nb.names import digits_of_phone, search_key

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

RULE = 1
"""Rises when texts are folded or cut in another way; a store of another rule is indexed anew."""

NUMBER, NAME, CONTACT = "number", "name", "contact"
SAID, NOTE, MEMO = "said", "note", "memo"

FOUND_BY: Mapping[type[Form], Mapping[str, str]] = {
    Person: {
        "name": NAME,
        "kana": NAME,
        "telephone": CONTACT,
        "address": CONTACT,
        "school": CONTACT,
        "workplace": CONTACT,
    },
    Intake: {
        "number": NUMBER,
        "presenting_problem": SAID,
        "detail": SAID,
        "considerations": SAID,
        "no_consent_reason": SAID,
        "remarks": SAID,
    },
    CaseNote: {"content": NOTE, "next_action": NOTE},
    PhoneMemo: {"about": MEMO, "said": MEMO, "to_do": MEMO},
}
"""By which boxes a record is found, and in which group. None of them is of an informant."""

_BOXES = {form.table: boxes for form, boxes in FOUND_BY.items()}
_LOT = 2_000

_TEXTS = (
    "CREATE TABLE IF NOT EXISTS search_texts (id INTEGER PRIMARY KEY, record_table TEXT NOT NULL,"
    " record_id INTEGER NOT NULL, box TEXT NOT NULL, folded TEXT NOT NULL) STRICT"
)
_PAIRS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_pairs"
    " USING fts5(pairs, content='', detail='none', tokenize='ascii')"
)
_RULE_TABLE = "CREATE TABLE IF NOT EXISTS search_rules (rule INTEGER PRIMARY KEY) STRICT"
_OF_RECORD = "CREATE INDEX IF NOT EXISTS search_texts_of ON search_texts (record_table, record_id)"


def create(db: sqlite_utils.Database) -> None:
    """Make the tables of the index where they are missing; nothing is indexed by it."""
    for sql in (_TEXTS, _PAIRS, _RULE_TABLE, _OF_RECORD):
        db.execute(sql)


def is_current(db: sqlite_utils.Database) -> bool:
    """Whether the index was built by the present rule."""
    known = "SELECT 1 FROM sqlite_master WHERE name = 'search_rules'"
    if db.execute(known).fetchone() is None:
        return False
    return bool(db.execute("SELECT max(rule) FROM search_rules").fetchone()[0] == RULE)


def pairs(key: str) -> list[str]:
    """Cut a folded text into its pairs, each a word that SQLite takes as it is."""
    codes = [f"{ord(char):x}" for char in key]
    return [f"{one}z{two}" for one, two in pairwise(codes)]


def matching(group: str, words: Iterable[str]) -> str:
    """Write the question that finds the texts of a group with all pairs of some folded words."""
    return " AND ".join([_mark(group), *(pair for word in words for pair in pairs(word))])


def _mark(group: str) -> str:
    return f"q{group}"


def _cut(table: str, box: str, key: str) -> str:
    # The mark of the group stands among the pairs, so that one group is found without the rest.
    return " ".join(dict.fromkeys([_mark(_BOXES[table][box]), *pairs(key)]))


def keep(db: sqlite_utils.Database, table: str, record_id: int) -> None:
    """Bring the index up to what stands in a record now; inside the caller's transaction."""
    if table not in _BOXES:
        return
    row = next(iter(db.query(f"{_select(table)} AND id = ?", [record_id])), None)
    new = dict(_folded(table, row)) if row else {}
    sql = "SELECT box, id, folded FROM search_texts WHERE record_table = ? AND record_id = ?"
    old = {box: (id_, key) for box, id_, key in db.execute(sql, [table, record_id]).fetchall()}
    for box, (id_, key) in old.items():
        if new.get(box) != key:
            _forget(db, id_, _cut(table, box, key))
    for box, key in new.items():
        if old.get(box, (0, None))[1] != key:
            _add(db, table, record_id, box, key)


def _select(table: str) -> str:
    return f"SELECT id, {', '.join(_BOXES[table])} FROM {table} WHERE struck_at IS NULL"


def _folded(table: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for box in _BOXES[table]:
        key = folded(box, row[box] or "")
        if key:
            yield box, key


def folded(box: str, text: str) -> str:
    """Give a text as the index holds it; of a telephone number its digits."""
    return (digits_of_phone(text) if box == "telephone" else "") or search_key(text)


def _forget(db: sqlite_utils.Database, id_: int, cut: str) -> None:
    sql = "INSERT INTO search_pairs (search_pairs, rowid, pairs) VALUES ('delete', ?, ?)"
    db.execute(sql, [id_, cut])
    db.execute("DELETE FROM search_texts WHERE id = ?", [id_])


def _add(db: sqlite_utils.Database, table: str, record_id: int, box: str, key: str) -> None:
    sql = "INSERT INTO search_texts (record_table, record_id, box, folded) VALUES (?, ?, ?, ?)"
    id_ = db.execute(sql, [table, record_id, box, key]).lastrowid
    db.execute(
        "INSERT INTO search_pairs (rowid, pairs) VALUES (?, ?)", [id_, _cut(table, box, key)]
    )


def rebuild(db: sqlite_utils.Database) -> None:
    """Index every record anew, by the present rule; inside the caller's transaction."""
    create(db)
    db.execute("INSERT INTO search_pairs (search_pairs) VALUES ('delete-all')")
    db.execute("DELETE FROM search_texts")
    numbered = 0
    for table in _BOXES:
        for lot in _lots(_texts(db, table)):
            rows = [(numbered + n, *text) for n, text in enumerate(lot, 1)]
            numbered += len(rows)
            db.conn.executemany("INSERT INTO search_texts VALUES (?, ?, ?, ?, ?)", rows)
            cut = [(row[0], _cut(row[1], row[3], row[4])) for row in rows]
            db.conn.executemany("INSERT INTO search_pairs (rowid, pairs) VALUES (?, ?)", cut)
    db.execute("DELETE FROM search_rules")
    db.execute("INSERT INTO search_rules VALUES (?)", [RULE])


Text = tuple[str, int, str, str]


def _texts(db: sqlite_utils.Database, table: str) -> Iterator[Text]:
    for row in db.query(f"{_select(table)} ORDER BY id"):
        for box, key in _folded(table, row):
            yield table, row["id"], box, key


def _lots(texts: Iterable[Text]) -> Iterator[list[Text]]:
    lot: list[Text] = []
    for text in texts:
        lot.append(text)
        if len(lot) == _LOT:
            yield lot
            lot = []
    yield lot


def faults(db: sqlite_utils.Database) -> Iterator[str]:
    """Say where the index does not tell what the records say; nothing is: it does."""
    if not is_current(db):
        yield "検索の索引がありません。jusou-nb upgrade で作り直してください"
        return
    for table in _BOXES:
        sql = "SELECT record_id, box, folded FROM search_texts WHERE record_table = ?"
        held = {(id_, box): key for id_, box, key in db.execute(sql, [table])}
        true = {(id_, box): key for _, id_, box, key in _texts(db, table)}
        if wrong := sorted({id_ for (id_, _), _ in held.items() ^ true.items()}):
            yield f"検索の索引が {table} の {wrong[0]} 番と合いません。{_AGAIN}"
    if _numbers(db, "search_texts", "id") != _numbers(db, "search_pairs_docsize", "id"):
        yield f"検索の索引が欠けています。{_AGAIN}"


def repair(store: "Store") -> bool:
    """Index anew where the index does not tell what the records say; say whether it was so."""
    wrong = any(True for _ in faults(store.db))
    if wrong:
        with store.transaction():
            rebuild(store.db)
    return wrong


_AGAIN = "jusou-nb upgrade で作り直してください"


def _numbers(db: sqlite_utils.Database, table: str, column: str) -> tuple[int, int]:
    sql = f"SELECT count(*), coalesce(sum({column}), 0) FROM {table}"
    count, total = db.execute(sql).fetchone()
    return int(count), int(total)
