"""Two browsers on one case, on one PC or on two: both texts survive, both can be registered."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from jusou_nb import casework, open_store
from jusou_nb.forms import CaseNote, Household, Intake, Person
from jusou_nb.store import drafts

pytestmark = [pytest.mark.walk, pytest.mark.slow]

HERE, THERE = "こちらの窓で書いた文", "あちらの窓で書いた文"
LIVING = "生活の実態"
ONE_PC, TWO_PCS = "one-pc", "two-pcs"


def begin(store):
    """A case that is there already, with its household."""
    people = (Person(relation="本人", name="見本　花子", kana="ミホン　ハナコ"),)
    home = Household(members=people, living_note="二階建ての借家")
    intake = Intake(received_on=date(2026, 10, 1), screening="continuing")
    casework.receive_intake(store, household=home, intake=intake)


def beside(walk, lab):
    """A desk of another server, on the same store: another PC of the same worker."""
    folder = lab.root / walk.folder.name
    folder.mkdir(exist_ok=True)
    text = (walk.folder / "desk.ipynb").read_text(encoding="utf-8")
    (folder / "desk.ipynb").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(params=[ONE_PC, TWO_PCS])
def two(request, at_the_desk, at_the_lab, lab):
    """The same case open in two browsers, each signed in for itself."""
    name = f"{request.param}-{request.node.originalname}"
    other = request.getfixturevalue("lab_to_stop") if request.param == TWO_PCS else lab
    with at_the_desk(name) as here:
        with open_store(here.folder / "office.db") as store:
            begin(store)
        folder = beside(here, other)
        with at_the_lab(f"{name}-there", of=other, folder=folder) as there:
            yield [to_the_case(walk) for walk in (here, there)]


def to_the_case(walk):
    walk.open_desk()
    walk.turn("相談受付")
    walk.page.get_by_role("button", name=re.compile(r"^R\d+-0001$")).first.click()
    walk.sees("次の一手")
    return walk


def write(walks, button, label):
    """Open the same sheet in both, then type in both; give when the store holds both texts."""
    for walk in walks:
        walk.press(button)
        expect(walk.box(label)).to_be_visible()
    for walk, text in zip(walks, (HERE, THERE), strict=True):
        walk.box(label).fill(text)
    walks[0].until(lambda: {HERE, THERE} <= typed(walks[0]))


def typed(walk):
    """Give every text that stands in a draft."""
    with open_store(walk.folder / "office.db") as store:
        return {text for draft in drafts.every(store) for text in map(str, draft.boxes.values())}


def saved(walk, form, name):
    with open_store(walk.folder / "office.db") as store:
        return {getattr(record, name) for record in store.find(form)}


def test_the_notes_of_two_browsers_on_one_case_are_both_registered(two):
    here, there = two
    write(two, "経過を書く", "内容")
    here.look("two-notes-here")
    there.look("two-notes-there")
    for walk in two:
        walk.press("登録")
        walk.sees("登録しました。")
    assert saved(here, CaseNote, "content") == {HERE, THERE}
    here.until(lambda: typed(here) == set())


def test_the_second_browser_on_one_household_chooses_box_by_box(two):
    here, there = two
    write(two, "世帯を直す", LIVING)
    here.press("直した内容を登録")
    here.sees("登録しました。")
    there.press("直した内容を登録")
    asked = there.page.get_by_role("group", name=re.compile(LIVING))
    asked.get_by_role("radio", name=re.compile("両方を残す")).check()
    there.look("two-households-chosen")
    assert THERE in typed(here)
    there.press("直した内容を登録")
    there.sees("登録しました。")
    assert saved(here, Household, "living_note") == {f"{HERE}\n{THERE}"}
    here.until(lambda: typed(here) == set())
