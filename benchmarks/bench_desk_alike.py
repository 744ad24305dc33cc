"""How fast a town of 100,000 persons tells who may be known, beside raw SQL that looks at each.

    python -m compileall -q jusou_nb && python benchmarks/bench_desk_alike.py [FILE]

FILE is a town of ``big_town.py``; without one it is written first, into a folder that goes away.
The peer is the plainest SQL that gives the same people: every row is looked at with LIKE and
GLOB. Both run in the same process, in turn. Last come the list 重複の疑い, a merge of two
households with its preview, and the way back; they are done in a copy of the file.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jusou_nb import casework, open_store
from jusou_nb.store import Store
from jusou_nb.store.known import hints
from jusou_nb.store.suspects import suspects

sys.path.insert(0, str(Path(__file__).parent))
import big_town  # type: ignore[import-not-found]

TIMES = 20
BOXES = ("name", "kana", "birth", "address", "telephone")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "town.db"
        if len(sys.argv) > 1:
            shutil.copy(sys.argv[1], copy)
        else:
            big_town.make(copy)
        with open_store(copy, account="mihon") as store:
            measure(store)


def measure(store: Store) -> None:
    """Ask for people spread over the town: by name alone, and by all that is written."""
    people = store.db.execute("SELECT count(*) FROM persons").fetchone()[0]
    print(f"{people:,} persons, milliseconds{'':8}{'median':>9}{'most':>9}")
    sql = f"SELECT {', '.join(BOXES)} FROM persons WHERE id % (? / {TIMES}) = 1"
    typed = [dict(zip(BOXES, (b or "" for b in row), strict=True))
             for row in store.db.execute(sql, [people])]  # fmt: skip
    show("by name", [took(lambda row=row: hints(store, [{"name": row["name"]}])) for row in typed])
    show("  raw SQL", [took(lambda row=row: raw(store, row, ("name",))) for row in typed])
    show("by all boxes", [took(lambda row=row: hints(store, [row])) for row in typed])
    show("  raw SQL", [took(lambda row=row: raw(store, row, BOXES)) for row in typed])
    show("list of duplicates", [took(lambda: suspects(store)) for _ in range(3)])
    merge(store)


def raw(store: Store, row: dict[str, str], boxes: tuple[str, ...]) -> list[Any]:
    """Look at every person, as somebody with the file and no index would."""
    parts = [f"{box} LIKE ?" for box in boxes if row[box]]
    words = [f"%{row[box]}%" for box in boxes if row[box]]
    sql = f"SELECT id, name FROM persons WHERE {' OR '.join(parts)} ORDER BY id"
    return list(store.db.execute(sql, words))


def merge(store: Store) -> None:
    """Merge the first households that may be one, and take it back."""
    pairs = [one for one in suspects(store)[0] if one.table == "households"][:5]
    seen, made, undone = [], [], []
    for one in pairs:
        seen.append(took(lambda one=one: casework.preview_households(store, one.kept, one.gone)))
        start = time.perf_counter()
        merged = casework.merge_households(store, one.kept, one.gone, reason="同じ家族")
        made.append((time.perf_counter() - start) * 1000)
        back = merged.merge_id
        undone.append(took(lambda back=back: casework.undo_merge(store, back, reason="違った")))
    for words, found in (("preview", seen), ("merge", made), ("undo", undone)):
        show(words, found)


def took(do: Callable[[], Any]) -> float:
    """Give the milliseconds that something takes."""
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def show(words: str, found: list[float]) -> None:
    """Print one line of figures."""
    print(f"{words:32}{statistics.median(found):9.1f}{max(found):9.1f}", flush=True)


if __name__ == "__main__":
    main()
