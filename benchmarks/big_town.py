"""A store as large as a town gets: 100,000 fictional persons, written by raw SQL.

    python benchmarks/big_town.py FILE [--persons 100000] [--notes 10]

Of five persons make two households; every household has an 相談受付, every second a case, one
case in twelve still runs, and every case has ``notes`` notes. One person in a hundred is under
秘匿, one household in two hundred stands in the file twice under another spelling. The same
call gives the same rows. What is left out: the chain of changes (the rows were not saved one
by one), so ``verify`` says nothing of them; the index of the search is built at the end.
"""

import argparse
import compileall
import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import jusou_nb
from jusou_nb import open_store
from jusou_nb.casework.sample_people import FEMALE, MALE, MEN, SURNAMES, WOMEN
from jusou_nb.store import Store, alike, search_index

TODAY = date(2026, 11, 22)
WORKERS = 20
_MASKED = 0.01
_ENDINGS = (
    ("", ""), ("山", "ヤマ"), ("田", "ダ"), ("川", "カワ"), ("澤", "ザワ"), ("沢", "ザワ"),
    ("﨑", "サキ"), ("崎", "サキ"), ("邉", "ベ"), ("辺", "ベ"), ("嶋", "シマ"), ("島", "シマ"),
)  # fmt: skip
_RESPELT = str.maketrans({"澤": "沢", "沢": "澤", "﨑": "崎", "崎": "﨑", "邉": "辺", "辺": "邉",
                          "髙": "高", "高": "髙", "嶋": "島", "島": "嶋"})  # fmt: skip
_WANTED = (
    "家賃が払えず、退去を求められている", "仕事を辞めてから外に出ていない", "介護の負担が大きい",
    "ごみがたまり、近所から苦情がある", "学校に行けず、昼夜が逆転している", "税金の滞納がある",
    "食べるものがなく、電気が止まりそう", "親の年金で暮らし、先が見えない",
)  # fmt: skip
_SAID = (
    "電話で様子を聞いた。体調は落ち着いている", "訪問したが不在。手紙を置いた",
    "窓口に同行し、申請書を書いた", "家計の見直しを一緒に行った", "就労準備の見学に行った",
    "医療機関の受診をすすめた", "家族から、眠れていないと聞いた", "食料の支援を届けた",
)  # fmt: skip
_ISSUES = ("hikikomori", "eighty_fifty", "illness", "hoarding", "truancy", "young_carer")
_TOPICS = ("income", "debt", "housing", "health", "rent", "taxes")
_RUNNING = ("assessment", "conference", "draft_plan", "support")

Rows = Iterable[Sequence[Any]]


def make(path: Path | str, persons: int = 100_000, notes: int = 10) -> Path:
    """Write the town into a new store and give its path.

    Args:
        path: Where the new file goes; what is there already is refused.
        persons: How many persons; two households of five.
        notes: How many notes each case has.
    """
    target = Path(path)
    if target.exists():
        raise SystemExit(f"{target} exists")
    with open_store(target, account="mihon") as store:
        store.db.execute("PRAGMA synchronous = OFF")
        with store.transaction():
            _write(store, persons * 2 // 5, notes)
            search_index.rebuild(store.db)
            alike.fill(store.db)
        store.db.execute("ANALYZE")
    return target


def _write(store: Store, households: int, notes: int) -> None:
    town = Town(store, households)
    for number in range(WORKERS):
        worker = {"id": number + 100, "account": town.worker(number), "name": town.worker(number)}
        store.db.table("workers").insert({**worker, "registered_at": TODAY.isoformat()})
    _many(store, "households", "id version size household_type", town.homes())
    _many(
        store,
        "persons",
        "id household_id position version relation name kana sex birth address telephone"
        " lives_together is_masked masked_by masked_on mask_confirmed_by mask_confirmed_on",
        town.people(),
    )
    _many(
        store,
        "intakes",
        "id household_id client_id version number received_on received_by route variant topics"
        " issues presenting_problem detail urgency screening",
        town.intakes(),
    )
    _many(
        store,
        "cases",
        "id household_id client_id intake_id version status status_on status_reason opened_on"
        " lead_agency coordinator deputy closed_on closure_reason",
        town.cases(),
    )
    _many(
        store,
        "case_notes",
        "case_id version happened_at author manner content next_action next_due",
        town.notes(notes),
    )
    _many(
        store,
        "consents",
        "person_id version state stated_on given_by categories agencies manner",
        town.consents(),
    )
    _many(
        store,
        "plans",
        "id case_id client_id version drawn_on author sequence state lead_agency client_wish"
        " plan_goal starts_on ends_on next_monitoring_on signed_on decided_on",
        town.plans(),
    )
    _many(
        store,
        "role_assignments",
        "plan_id position version what doer agency due_on",
        town.roles(),
    )


def _many(store: Store, table: str, names: str, rows: Rows) -> None:
    columns = names.split()
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    store.db.conn.executemany(sql, rows)


class Town:
    """Gives the rows of each table; a household's are told from its number alone."""

    def __init__(self, store: Store, households: int) -> None:
        """Take the number of households."""
        self.count = households
        sql = "SELECT id FROM agencies ORDER BY id"
        self.agencies = [row[0] for row in store.db.execute(sql)]

    def worker(self, number: int) -> str:
        """Name one of the workers."""
        return f"担当{number % WORKERS + 1:02}"

    def _dice(self, home: int, what: str = "") -> Random:
        return Random(f"{home}/{what}")  # noqa: S311 - chance, not a secret

    def homes(self) -> Iterator[Sequence[Any]]:
        """Households: of two and three persons in turn."""
        for home in range(1, self.count + 1):
            kind = "couple" if home % 2 else "parent_and_child"
            yield home, 1, 2 + (home % 2 == 0), kind

    def first_of(self, home: int) -> int:
        """Give the id of a household's client."""
        pairs, rest = divmod(home - 1, 2)
        return pairs * 5 + rest * 2 + 1

    def people(self) -> Iterator[Sequence[Any]]:
        """Persons; each two-hundredth household is the one before it in another spelling."""
        for home in range(1, self.count + 1):
            again = home % 200 == 0
            roll = self._dice(home - 1 if again else home)
            surname, reading = (a + b for a, b in zip(*self._surname(roll), strict=True))
            for place in range(2 + (home % 2 == 0)):
                person = self._person(roll, (surname, reading), home - again, place)
                name, phone = person["name"], person["phone"]
                if again:
                    name, phone = (
                        name.translate(_RESPELT).replace("　", " "),
                        phone.replace("-", ""),
                    )
                masked = roll.random() < _MASKED
                yield (
                    self.first_of(home) + place, home, place, 1, ("本人", "母", "長男")[place],
                    name, person["kana"], person["sex"], person["birth"], person["address"], phone,
                    1, masked or None, "担当01" if masked else None,
                    "2026-06-01" if masked else None,
                    "担当02" if masked else None, "2026-06-02" if masked else None,
                )  # fmt: skip

    def _surname(self, roll: Random) -> tuple[tuple[str, str], tuple[str, str]]:
        return roll.choice(SURNAMES), roll.choice(_ENDINGS)

    def _person(
        self, roll: Random, surname: tuple[str, str], home: int, place: int
    ) -> dict[str, str]:
        sex = roll.choice((FEMALE, MALE)) if place != 1 else FEMALE
        name, kana = roll.choice(WOMEN if sex == FEMALE else MEN)
        age = (roll.randint(20, 60), roll.randint(60, 92), roll.randint(3, 18))[place]
        born = TODAY - timedelta(days=age * 365 + roll.randrange(365))
        phone = (home * 7_919 + place * 131) % 10_000_000
        chome, block, house = roll.randint(1, 9), roll.randint(1, 40), roll.randint(1, 30)
        return {
            "name": f"{surname[0]}　{name}",
            "kana": f"{surname[1]}　{kana}",
            "sex": sex,
            "birth": born.isoformat(),
            "address": f"見本市架空町{chome}丁目{block}番{house}号",
            "phone": f"090-0{phone // 10_000:03}-{phone % 10_000:04}",
        }

    def _received(self, home: int) -> date:
        return TODAY - timedelta(days=(self.count - home) * 3_000 // self.count)

    def intakes(self) -> Iterator[Sequence[Any]]:
        """One a household, the last ones of these days."""
        for home in range(1, self.count + 1):
            roll = self._dice(home, "intake")
            topics, issues = roll.sample(_TOPICS, 2), roll.sample(_ISSUES, roll.randint(1, 3))
            yield (
                home, home, self.first_of(home), 1, f"R8-{home:06}",
                self._received(home).isoformat(), self.worker(home), "self", "with_consent",
                json.dumps(topics), json.dumps(issues), f"{roll.choice(_WANTED)}。",
                f"{roll.choice(_WANTED)}。本人は{roll.choice(_WANTED)}と話す。",
                "week" if home % 9 == 0 else "normal",
                "continuing" if home % 2 == 0 else "information_only",
            )  # fmt: skip

    def _of_cases(self) -> range:
        return range(2, self.count + 1, 2)

    def _runs(self, home: int) -> bool:
        return home % 24 == 0

    def cases(self) -> Iterator[Sequence[Any]]:
        """One for every second household; one in twelve runs."""
        for home in self._of_cases():
            roll, runs, opened = self._dice(home, "case"), self._runs(home), self._received(home)
            closed = None if runs else min(opened + timedelta(days=300), TODAY).isoformat()
            yield (
                home // 2, home, self.first_of(home), home, 1,
                roll.choice(_RUNNING) if runs else "closed", closed or opened.isoformat(),
                "支援を始めた" if runs else "目標を達した", opened.isoformat(),
                roll.choice(self.agencies), self.worker(home // 24), self.worker(home // 24 + 1),
                closed, None if runs else "solved",
            )  # fmt: skip

    def notes(self, each: int) -> Iterator[Sequence[Any]]:
        """So many notes a case; the last of a running one promises something."""
        for home in self._of_cases():
            roll, opened = self._dice(home, "notes"), self._received(home)
            for number in range(each):
                day = min(opened + timedelta(days=25 * number), TODAY)
                promises = self._runs(home) and number == each - 1
                yield (
                    home // 2, 1, f"{day.isoformat()}T10:{number % 60:02}:00",
                    self.worker(home // 24), roll.choice(("telephone", "visit", "interview")),
                    f"{roll.choice(_SAID)}。{roll.choice(_SAID)}。",
                    "次の連絡をする" if promises else None,
                    (TODAY + timedelta(days=home % 61 - 30)).isoformat() if promises else None,
                )  # fmt: skip

    def consents(self) -> Iterator[Sequence[Any]]:
        """One of each client with a case."""
        named = json.dumps(self.agencies[:3])
        for home in self._of_cases():
            yield (
                self.first_of(home), 1, "given", self._received(home).isoformat(), "client",
                '["identity", "issues"]', named, "written",
            )  # fmt: skip

    def _planned(self) -> Iterator[int]:
        return (home for home in self._of_cases() if home % 4 == 0)

    def plans(self) -> Iterator[Sequence[Any]]:
        """One for every second case, agreed; those of running ones are to be looked at."""
        for home in self._planned():
            drawn = self._received(home) + timedelta(days=30)
            look = TODAY + timedelta(days=home % 81 - 20)
            yield (
                home // 4, home // 2, self.first_of(home), 1, drawn.isoformat(),
                self.worker(home // 24), 1, "agreed", self.agencies[home % len(self.agencies)],
                "いまの家で暮らしたい", "家賃の滞納を解消する", drawn.isoformat(),
                (max(drawn, TODAY) + timedelta(days=180)).isoformat(),
                look.isoformat() if self._runs(home) else None, drawn.isoformat(),
                drawn.isoformat(),
            )  # fmt: skip

    def roles(self) -> Iterator[Sequence[Any]]:
        """Two a plan."""
        for home in self._planned():
            for place in range(2):
                agency = self.agencies[(home + place) % len(self.agencies)]
                due = (TODAY + timedelta(days=home % 91 - 30)).isoformat()
                kept = due if self._runs(home) else None
                yield home // 4, place, 1, "家計の相談を続ける", "agency", agency, kept


def asked(words: str | None) -> argparse.Namespace:
    """Read the words of a benchmark over this town; all byte code is compiled by then."""
    told = argparse.ArgumentParser(description=words)
    told.add_argument("--persons", type=int, default=100_000)
    told.add_argument("--notes", type=int, default=10)
    told.add_argument("--store", type=Path, help="a town that was written before")
    options = told.parse_args()
    compileall.compile_dir(str(Path(jusou_nb.__file__).parent), quiet=2)
    print(f".pyc compiled first; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    return options


def main() -> None:
    """Write the town and say how long it took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file", type=Path)
    asked.add_argument("--persons", type=int, default=100_000)
    asked.add_argument("--notes", type=int, default=10)
    options = asked.parse_args()
    start = time.perf_counter()
    make(options.file, options.persons, options.notes)
    size = options.file.stat().st_size / 1e6
    print(f"{options.persons:,} persons, {size:.0f} MB, {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
