"""A desk in the middle of its year: what is listed, what two workers see, what a paper shows."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.forms import Household, Intake

pytestmark = pytest.mark.walk

TODAY = date(2026, 10, 15)


@pytest.fixture(scope="module")
def town(at_the_desk):
    """A desk over a town of thirty households."""
    with at_the_desk("town") as walk:
        with open_store(walk.folder / "office.db") as store:
            make_town(store, households=30, seed=1, today=TODAY)
        walk.open_desk()
        walk.sees("R8-0001")
        walk.look("30-town")
        yield walk


def masked_words(walk):
    """Where the town's masked persons can be found."""
    with open_store(walk.folder / "office.db", readonly=True) as store:
        members = [m for house in store.find(Household) for m in house.members if m.is_masked]
    boxes = ("address", "telephone", "school", "workplace")
    return {word for m in members for box in boxes if (word := getattr(m, box))}


def test_no_whereabouts_of_a_masked_person_stand_in_the_lists(town):
    for page in ("会議", "プラン", "期限", "相談受付"):
        town.turn(page)
        town.page.wait_for_timeout(500)
        town.look(f"31-{page}")

    words = masked_words(town)
    assert words
    assert [word for word in words if word in " ".join(town.read)] == []


def test_the_second_of_two_workers_is_shown_both_texts(town):
    town.turn("相談受付")
    town.press("R8-0001")
    town.press("受付票を直す")
    town.sees("直した内容を登録")
    town.fill("主訴", "わたしの文")
    with open_store(town.folder / "office.db") as store:
        (first,) = store.find(Intake, number="R8-0001")
        store.save(replace(first, presenting_problem="ほかの人の文"))
    town.press("直した内容を登録")

    town.sees("違っている欄")
    town.sees("ほかの人の文")
    town.look("32-conflict")
    with open_store(town.folder / "office.db", readonly=True) as store:
        assert store.find(Intake, number="R8-0001")[0].presenting_problem == "ほかの人の文"
