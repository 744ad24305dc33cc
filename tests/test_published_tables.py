"""A published table, brought in through a ledger, comes back from the indicators as it was."""

import csv
import random
from collections import Counter
from datetime import date, timedelta

import openpyxl
import pytest

from jusou_nb import open_store
from jusou_nb.casework.ledger import import_ledger
from jusou_nb.dates import months_after
from jusou_nb.profile import load, parse
from jusou_nb.store.yearly import CATALOGUE, by_month, by_part, count

YEARS = (2025, 2026)
TODAY = date(2027, 3, 31)
STANDARD = load("standard")
NAMED = {agency.kind: agency.name for agency in STANDARD.agencies}
MINISTRY = [(0, 19), (20, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 150)]
HALF = 0.5
BANDS = (
    MINISTRY,
    [(0, 14), (15, 34), (35, 64), (65, 74), (75, 150)],
    [(0, 17), (18, 39), (40, 64), (65, 150)],
)
SEEDS = [(seed, bands, ending) for seed in range(2) for bands, ending in
         zip(BANDS, (".xlsx", ".csv", ".csv"), strict=True)]  # fmt: skip


def profile(bands):
    """The standard town with other age bands."""
    entries = ", ".join(
        f'["b{low}", "{low}〜{high}歳", {{ flags = ["from_{low}", "to_{high}"] }}]'
        for low, high in bands
    )
    listed = f'title = "年代"\nstatus = "INFERRED"\nsource = "試験"\nentries = [{entries}, '
    return parse(f'extends = "standard"\n[lists.age_band]\n{listed}["unknown", "不明", {{}}]]\n')


def split(chance, total, parts):
    """Share a total out among parts at random: a table whose parts add up to it."""
    cuts = sorted(chance.randint(0, total) for _ in parts[1:])
    shares = [end - begin for begin, end in zip([0, *cuts], [*cuts, total], strict=True)]
    return dict(zip(parts, shares, strict=True))


def published(chance, year, bands):
    """A table of a 年度 as a report prints it: what adds up to 件, and issues that do not."""
    total = chance.randint(20, 45)
    months = [f"{months_after(date(year, 4, 1), n):%Y-%m}" for n in range(12)]
    issues = chance.sample(list(STANDARD.codes("issue").by_code), 9)
    return {
        "month": split(chance, total, months),
        "age": split(chance, total, [*(f"b{low}" for low, _ in bands), "unknown"]),
        "route": split(chance, total, [*STANDARD.codes("route").by_code, ""]),
        "destination": split(chance, total, [*NAMED, None]),
        "issue": {code: chance.randint(0, total) for code in issues},
    }


def spread(chance, shares):
    """Give each sheet its part, in an order of chance."""
    dealt = list(Counter(shares).elements())
    chance.shuffle(dealt)
    return dealt


def day_in(chance, month):
    """Give a day of a month; its first and last are the ones that go wrong."""
    first = date.fromisoformat(f"{month}-01")
    last = months_after(first, 1) - timedelta(days=1)
    return chance.choice([first, last, first + timedelta(days=chance.randint(0, 27))])


def age_cells(chance, band, bands, day):
    """Say an age of a band as offices do: birth date, years, about, a decade, or nothing."""
    if band == "unknown":
        return {"年齢": chance.choice(["不明", ""])}
    low, high = next(span for span in bands if f"b{span[0]}" == band)
    years = chance.randint(low, min(high, 99))
    decade = years // 10 * 10
    ways = [{"年齢": str(years)}, {"年齢": f"推定{years}"}, born(chance, years, day)]
    if low <= decade >= 10 and decade + 9 <= high:
        ways.append({"年齢": f"{decade}代"})
    return chance.choice(ways)


def born(chance, years, day):
    """Give a birth date of somebody of this age: the birthday is today, tomorrow, or any day."""
    today = day.replace(year=day.year - years, day=min(day.day, 28))
    tomorrow = (day + timedelta(days=1)).replace(day=1, year=day.year - years - 1)
    if day.month < (day + timedelta(days=1)).month and chance.random() < HALF:
        return {"生年月日": f"{tomorrow:%Y/%m/%d}"}
    back = chance.choice([0, 1, chance.randint(0, 300)])
    return {"生年月日": f"{today - timedelta(days=back):%Y/%m/%d}"}


def label(name, code):
    return STANDARD.codes(name).by_code[code].label if code else ""


def rows_of(chance, table, bands):
    """Deal a table out into rows of a ledger."""
    dealt = {name: spread(chance, table[name]) for name in ("age", "route", "destination")}
    ticks = {code: set(chance.sample(range(len(dealt["age"])), n))
             for code, n in table["issue"].items()}  # fmt: skip
    for place, month in enumerate(spread(chance, table["month"])):
        day = day_in(chance, month)
        issues = [label("issue", code) for code, there in ticks.items() if place in there]
        yield {
            "相談受付日": f"{day:%Y/%m/%d}",
            "氏名": "架空 太郎",
            "生年月日": "",
            "年齢": "",
            **age_cells(chance, dealt["age"][place], bands, day),
            "相談経路": label("route", dealt["route"][place]),
            "つなぎ先": NAMED.get(dealt["destination"][place], ""),
            "課題と背景要因": "、".join(issues),
        }


def write(path, rows):
    numbered = [{"受付番号": f"P-{n:04}", **row} for n, row in enumerate(rows)]
    if path.suffix == ".csv":
        with path.open("w", encoding="cp932", newline="") as file:
            writer = csv.DictWriter(file, list(numbered[0]))
            writer.writeheader()
            writer.writerows(numbered)
        return
    book = openpyxl.Workbook()
    book.active.append(list(numbered[0]))
    for row in numbered:
        book.active.append(list(row.values()))
    book.save(path)


def evaluated(store, year):
    """Count a 年度 as its published table has it."""
    span = date(year, 4, 1), date(year + 1, 3, 31)
    parts = {
        name: by_part(store, CATALOGUE[f"{what}_by_{name}"], *span)
        for name, what in (("age", "intakes"), ("route", "intakes"), ("issue", "intakes"),
                           ("destination", "referrals"))
    }  # fmt: skip
    months = by_month(store, CATALOGUE["intakes"], *span)
    assert count(store, CATALOGUE["intakes"], *span) == sum(months.values())
    return {**parts, "month": {month: n for (_, month), n in months.items()}}


def filled(table):
    """Leave out what nobody counted, and the blanks of boxes that may be blank."""
    blank = {"destination": (None,), "issue": ("",)}
    return {
        name: {code: n for code, n in parts.items() if n and code not in blank.get(name, ())}
        for name, parts in table.items()
    }


@pytest.mark.parametrize(("seed", "bands", "ending"), SEEDS)
def test_any_published_table_comes_back_as_it_was_published(tmp_path, seed, bands, ending):
    chance = random.Random(f"{seed}{bands}")  # noqa: S311 - chance of a test, not of a secret
    tables = {year: published(chance, year, bands) for year in YEARS}
    path = tmp_path / f"published{ending}"
    write(path, [row for table in tables.values() for row in rows_of(chance, table, bands)])
    with open_store("") as store:
        store.use_profile(profile(bands))
        done = import_ledger(store, path, today=TODAY)
        assert done.refused == ()
        found = {year: filled(evaluated(store, year)) for year in YEARS}
    assert found == {year: filled(table) for year, table in tables.items()}
