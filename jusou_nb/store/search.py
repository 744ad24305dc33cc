"""探す: who and what answers to a few words, while they are typed.

Two characters suffice; width, kana and 異体字 make no difference; a telephone number is found
however it is cut. What comes first in each group is what was most likely meant. Who may open
no case finds nothing, struck records are not found, and a masked person's whereabouts find
the person only for whom they are open.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jusou_nb.forms import Case, CaseNote, Intake, Person, PhoneMemo
from jusou_nb.names import digits_of_phone, fold, search_key
from jusou_nb.store import roles, search_coded
from jusou_nb.store import search_index as index
from jusou_nb.store.due_sql import RUNS
from jusou_nb.store.search_hits import Hit, Place, hit_of, withheld

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

SHOWN = 8
"""So many of a group are shown; the count tells of all."""
_NAMES, _TEXTS = 3_000, 300
"""So many texts of a group are weighed against each other, the latest first."""
_TWO = 2


@dataclass(frozen=True)
class Group:
    """What was found in one way: its name, the first of it, how many in all.

    ``is_more`` says that there are more than were counted.
    """

    name: str
    hits: tuple[Hit, ...]
    count: int
    is_more: bool = False


def words_of(text: str) -> tuple[str, ...]:
    """Fold what is typed into the words that are looked for; nothing where it is too short."""
    plain = unicodedata.normalize("NFKC", text)
    whole = digits_of_phone(plain)
    typed = [whole] if whole else [digits_of_phone(w) or search_key(w) for w in plain.split()]
    words = tuple(word for word in typed if word)
    return words if any(len(word) >= _TWO for word in words) else ()


def search(store: "Store", text: str, *, today: date) -> list[Group]:
    """Find what answers to the words typed, by group; groups without anything are left out.

    Raises:
        NotAllowed: This worker opens no case; it says whom to ask.
    """
    roles.refuse_unless_reader(store, today)
    words = words_of(text)
    if not words:
        return []
    found = (look(store, words, today) for look in _LOOKS)
    return [group for group in found if group.hits]


def found_by(store: "Store", text: str, *, today: date) -> dict[str, Any]:
    """Give what :func:`search` finds as it travels to the browser: JSON values only."""
    groups = [asdict(group) for group in search(store, text, today=today)]
    return {"groups": groups, "short": not words_of(text)}


def _group(
    store: "Store", name: str, places: Iterable[Place], today: date, *, is_more: bool = False
) -> Group:
    hits: list[Hit] = []
    count = 0
    for place in places:
        if len(hits) == SHOWN:
            count += 1
        elif (hit := hit_of(store, place, today)) is not None:
            hits.append(hit)
            count += 1
    return Group(name, tuple(hits), count, is_more)


def _texts(store: "Store", group: str, words: tuple[str, ...], most: int) -> list[Any]:
    """Give record, box and folded text of what has all the words, the latest first."""
    has = " AND ".join("instr(t.folded, ?)" for _ in words)
    sql = (
        "SELECT t.record_id, t.box, t.folded FROM search_pairs AS p"
        f" CROSS JOIN search_texts AS t ON t.id = p.rowid WHERE search_pairs MATCH ? AND {has}"
        " ORDER BY p.rowid DESC LIMIT ?"
    )
    return store.db.execute(sql, [index.matching(group, words), *words, most]).fetchall()


def _numbers(store: "Store", words: tuple[str, ...], today: date) -> Group:
    """受付番号 first that is the word, then those that begin with it; a case by its own number."""
    found = _texts(store, index.NUMBER, words, _TEXTS)
    found.sort(key=lambda row: (row[2] != words[0], not row[2].startswith(words[0])))
    own = fold("ケース")
    named = words[0].removeprefix(own).removeprefix("案件")
    cases = [int(named)] if named.isascii() and named.isdigit() and named != words[0] else []
    places = [
        *(Place(Case, id_, "ケースの番号", f"ケース{id_}", words) for id_ in cases),
        *(Place(Intake, row[0], "", "", words, box=row[1]) for row in found),
    ]
    return _group(store, "番号", places, today, is_more=len(found) == _TEXTS)


def _names(store: "Store", words: tuple[str, ...], today: date) -> Group:
    """Whole names first, then beginnings; of these whose case runs, their family, the latest."""
    found = _texts(store, index.NAME, words, _NAMES)
    clients, family = _running_cases(store) if found else (set(), set())
    whole = "".join(words)

    def order(row: Any) -> tuple[bool | int, ...]:
        is_whole, starts = row[2] == whole, row[2].startswith(whole)
        return not is_whole, not starts, row[0] not in clients, row[0] not in family, -row[0]

    found.sort(key=order)
    places = _once(Place(Person, row[0], "", "", words, box=row[1]) for row in found)
    return _group(store, "氏名・フリガナ", places, today, is_more=len(found) == _NAMES)


def _running_cases(store: "Store") -> tuple[set[int], set[int]]:
    """Give whom running cases are about, and all who live with them."""
    sql = (
        "SELECT k.client_id, p.id FROM cases AS k"
        f" JOIN persons AS p ON p.household_id = k.household_id WHERE {RUNS}"
    )
    found = store.db.execute(sql).fetchall()
    return {client for client, _ in found}, {person for _, person in found}


def _once(places: Iterable[Place]) -> Iterator[Place]:
    """Leave out what leads to a record a second time."""
    seen: set[tuple[type, int]] = set()
    for place in places:
        key = (place.form, place.record_id)
        if key not in seen:
            seen.add(key)
            yield place


def _contacts(store: "Store", words: tuple[str, ...], today: date) -> Group:
    """Telephone, address, school, workplace; of masked persons only for whom they are open."""
    found = _texts(store, index.CONTACT, words, _TEXTS)
    closed = withheld(store, {row[0] for row in found})
    kept = [row for row in found if row[0] not in closed]
    places = _once(Place(Person, row[0], "", "", words, box=row[1]) for row in kept)
    return _group(store, "電話・住所・学校・勤務先", places, today, is_more=len(found) == _TEXTS)


def _plain(form: Any, group: str, name: str) -> Callable[..., Group]:
    """Make what finds texts of a group, the latest first."""

    def look(store: "Store", words: tuple[str, ...], today: date) -> Group:
        found = _texts(store, group, words, _TEXTS)
        places = _once(Place(form, row[0], "", "", words, box=row[1]) for row in found)
        return _group(store, name, places, today, is_more=len(found) == _TEXTS)

    return look


def _coded(find: Callable[..., list[Place]], name: str) -> Callable[..., Group]:
    def look(store: "Store", words: tuple[str, ...], today: date) -> Group:
        places = find(store, words)
        more = len(places) >= search_coded.MOST
        return _group(store, name, _once(places), today, is_more=more)

    return look


_LOOKS: tuple[Callable[["Store", tuple[str, ...], date], Group], ...] = (
    _numbers,
    _names,
    _contacts,
    _plain(PhoneMemo, index.MEMO, "電話メモ"),
    _coded(search_coded.by_issue, "課題・相談内容"),
    _coded(search_coded.by_agency, "機関"),
    _plain(CaseNote, index.NOTE, "支援経過"),
    _plain(Intake, index.SAID, "相談の記録"),
)
"""Each way of finding, in the order in which the groups are shown."""
