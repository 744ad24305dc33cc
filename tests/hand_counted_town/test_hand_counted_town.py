"""Every indicator of two 年度 against what was counted by hand in ``counted.txt``."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from jusou_nb.store.case_moves import Balance
from jusou_nb.store.yearly import CATALOGUE, Way, by_month, by_part, count, records
from jusou_nb.store.yearly.balance import Unit, balance

YEARS = {n: (date(2000 + n, 4, 1), date(2001 + n, 3, 31)) for n in (25, 26)}
WAYS = {way.value: way for way in Way}
TEXT = (Path(__file__).parent / "counted.txt").read_text(encoding="utf-8")


def answers():
    """Read the answers: indicator, way, year, and the words of each part."""
    for line in TEXT.splitlines():
        if line and not line.startswith("#"):
            head, *parts = line.split("|")
            name, year = head.split()
            code, _, way = name.partition(".")
            one = CATALOGUE[code]
            yield one, WAYS.get(way, one.main), int(year), dict(map(part_of, parts))


def part_of(text):
    """Read ``family: 02 03 16``, or ``02 03`` of what has no parts."""
    code, sign, words = text.rpartition(":")
    return code.strip() if sign else None, words.split()


ANSWERS = [pytest.param(*answer, id=f"{answer[0].code}.{answer[1]}-{answer[2]}")
           for answer in answers()]  # fmt: skip


def weight(word):
    """Give how much a word counts: ``22=18000`` is 18000, a number alone is one."""
    return int(word.partition("=")[2] or 1)


def in_words(town, one, code):
    """Say a part as the answers do: agencies by their short names, blank as 未記入."""
    if one.codes == "agencies":
        names = {str(town.agency(name)): name for name in
                 ("包括", "自立", "障害", "子育て", "社福", "社協", "水道課")}  # fmt: skip
        return names.get(code, "未記入")
    return code or "未記入"


@pytest.mark.parametrize(("one", "way", "year", "parts"), ANSWERS)
def test_an_indicator_counts_what_was_counted_by_hand(town, one, way, year, parts):
    found = count(town.store, one, *YEARS[year], way)
    if not one.by:
        assert found == sum(map(weight, parts[None]))
        return
    parted = by_part(town.store, one, *YEARS[year], way)
    said = {code: sum(map(weight, words)) for code, words in parts.items() if code}
    assert {in_words(town, one, code): n for code, n in parted.items()} == said
    assert one.several or way in (Way.HOUSEHOLDS, Way.PERSONS) or found == sum(said.values())


@pytest.mark.parametrize(("one", "way", "year", "parts"), ANSWERS)
def test_a_figure_leads_to_the_households_that_it_counts(town, one, way, year, parts):
    for code, words in parts.items():
        if words and all(re.fullmatch(r"\d\d(=\d+)?", word) for word in words):
            part = None if code is None else code.replace("未記入", "")
            part = str(town.agency(code)) if one.codes == "agencies" and part else part
            found = records(town.store, one, *YEARS[year], part)
            homes = {town.numbers[home] for _, home in found if home is not None}
            assert homes == {word[:2] for word in words} or one.code == "expenses"


def test_every_indicator_is_counted_by_hand_in_both_years():
    counted = Counter((one.code, year) for one, way, year, _ in answers() if way is one.main)
    assert counted == Counter({(code, year): 1 for code in CATALOGUE for year in YEARS})


@pytest.mark.parametrize(
    "one", [i for i in CATALOGUE.values() if not i.stands], ids=lambda i: i.code
)
def test_the_months_of_a_year_add_up_to_it_and_nothing_falls_between_the_years(town, one):
    for first, last in YEARS.values():
        months = by_month(town.store, one, first, last)
        assert all(f"{first:%Y-%m}" <= month <= f"{last:%Y-%m}" for _, month in months)
        if not one.several:
            assert sum(months.values()) == count(town.store, one, first, last)
    both = count(town.store, one, YEARS[25][0], YEARS[26][1])
    apart = [count(town.store, one, *span) for span in YEARS.values()]
    assert both == sum(apart) or one.several


# 25年度: はじまった 18 件（25 は二人）。終結 01 22 24 27、中断 02。
# 26年度: 新規 12 19 21 23 24 26 28 32、再開 02 25、終結 05 16 23 25、中断 28。
# 人: 24 は前にも支援したので、二つ目のケースは再開。世帯: 25 は長男が続いたので、終結も再開もない。
BALANCES = [
    (25, Unit.CASES, "0 + 18 + 0 - 4 - 1 = 13"),
    (25, Unit.PERSONS, "0 + 18 + 0 - 4 - 1 = 13"),
    (25, Unit.HOUSEHOLDS, "0 + 17 + 0 - 4 - 1 = 12"),
    (26, Unit.CASES, "13 + 8 + 2 - 4 - 1 = 18"),
    (26, Unit.PERSONS, "13 + 7 + 3 - 4 - 1 = 18"),
    (26, Unit.HOUSEHOLDS, "12 + 7 + 2 - 3 - 1 = 17"),
]


@pytest.mark.parametrize(("year", "unit", "said"), BALANCES)
def test_the_balance_closes_by_cases_persons_and_households(town, year, unit, said):
    carried, new, reopened, closed, suspended, standing = map(int, re.findall(r"\d+", said))
    found = balance(town.store, *YEARS[year], unit)

    assert found == Balance(carried=carried, new=new, reopened=reopened, closed=closed,
                            suspended=suspended, standing=standing)  # fmt: skip
    assert found.closes
