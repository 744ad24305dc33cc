"""A desk in the middle of its year: what is listed, what two workers see, what a paper shows."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from playwright.sync_api import expect

from jusou_nb import casework, open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    Case,
    CaseNote,
    Conference,
    Household,
    Improvement,
    Intake,
    SupportPlan,
)
from jusou_nb.forms.plan import PlanState
from jusou_nb.store import queries

pytestmark = pytest.mark.walk

TODAY = date(2026, 10, 15)


@pytest.fixture(scope="module")
def town(at_the_desk):
    """A desk over a town of thirty households."""
    with at_the_desk("town") as walk:
        with open_store(walk.folder / "office.db") as store:
            make_town(store, households=30, seed=1, today=TODAY)
        walk.open_desk()
        walk.turn("相談受付")
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
        town.page.get_by_role("tabpanel", name=page).get_by_role("row").nth(1).wait_for()
        town.look(f"31-{page}")

    words = masked_words(town)
    assert words
    assert [word for word in words if word in " ".join(town.read)] == []


def to_the_list(walk):
    """Show the list of 相談受付, whatever stands open there."""
    walk.turn("相談受付")
    row = walk.page.get_by_role("button", name="R8-0001", exact=True).first
    back = walk.page.get_by_role("button", name="一覧へ戻る", exact=True).first
    back.or_(row).first.wait_for()
    if back.is_visible():
        back.click()


def write(walk, **boxes):
    """Write a note of the case that began with R8-0001."""
    with open_store(walk.folder / "office.db") as store:
        (intake,) = store.find(Intake, number="R8-0001")
        (case,) = store.find(Case, intake_id=intake.id)
        note = CaseNote(happened_at=datetime(2026, 10, 15, 9), author="例示 一郎", **boxes)
        casework.write_note(store, case, note)


def test_what_was_heard_and_who_is_hidden_open_from_the_client(town):
    write(town, content="電気が止められそうだと聞いた。", learnt_on_basis="confidential")
    to_the_list(town)
    town.press("R8-0001")
    town.sees("支援経過")
    town.look("34-client")
    town.press("移行の一覧")
    town.sees("聞いたことと、その扱い")
    expect(town.page.locator(".jusou-row-tick").first).to_be_visible()
    town.look("35-transition")
    town.press("閉じる")
    town.press("秘匿")
    town.sees("世帯員と秘匿")
    town.look("36-mask")


def test_a_plan_that_runs_offers_what_comes_next(town):
    town.turn("プラン")
    with open_store(town.folder / "office.db", readonly=True) as store:
        plan = store.find(SupportPlan, state=PlanState.AGREED.value)[0]
        household = queries.household_of(store, plan.client_id)
        name = queries.person(household, plan.client_id).name
    town.press(name)
    for words in ("署名を記録", "支援決定", "再プランを作る", "プランを中断する"):
        expect(town.page.get_by_role("button", name=words, exact=True).first).to_be_visible()
    town.look("37-plan-page")


LONG = "夜間と休日の連絡先を全部の窓口で一枚にまとめる。" * 120


@pytest.fixture
def wordy(town):
    """A sitting and a case of which somebody wrote three thousand characters."""
    with open_store(town.folder / "office.db") as store:
        (sitting, *_) = store.find(Conference, body="representatives")
        owner = Ref(store.lexicon().spellings["agencies"]["社会福祉課"])
        asked = Improvement(raised_on=TODAY, what=LONG, owner=owner)
        casework.raise_improvement(store, sitting, asked)
    write(town, content=LONG)
    return town


def tables(walk):
    return walk.page.evaluate(
        """() => [...document.querySelectorAll('.jusou-desk table')].map(
             t => [t.scrollWidth - t.parentElement.clientWidth,
                   Math.max(0, ...[...t.rows].map(r => r.clientHeight))])"""
    )


def test_long_texts_make_no_list_wider_than_the_page(wordy):
    wordy.turn("会議")
    wordy.page.get_by_role("row").filter(has_text="代表者会議").last.get_by_role("button").click()
    wordy.press("アンケート・改善事項")
    wordy.sees("改善事項を出す")
    wordy.look("33-improvements")
    assert [over for over, _ in tables(wordy) if over > 0] == []


def test_a_long_note_leaves_the_list_readable(wordy):
    to_the_list(wordy)
    wordy.press("R8-0001")
    wordy.sees("支援経過")
    wordy.look("38-long-note")

    lines = wordy.page.locator(".jusou-flow-line:visible")
    expect(lines.first).to_be_visible()
    assert max(line.bounding_box()["height"] for line in lines.all()) < 300


def test_the_second_of_two_workers_is_shown_both_texts(town):
    to_the_list(town)
    town.press("R8-0001")
    town.press("受付票を直す")
    town.sees("直した内容を登録")
    town.fill("主訴", "わたしの文")
    with open_store(town.folder / "office.db") as store:
        (first,) = store.find(Intake, number="R8-0001")
        store.save(replace(first, presenting_problem="ほかの人の文"))
    town.press("直した内容を登録")

    town.sees("残す内容を選んでから登録してください")
    town.sees("ほかの人の文")
    town.look("32-conflict")
    with open_store(town.folder / "office.db", readonly=True) as store:
        assert store.find(Intake, number="R8-0001")[0].presenting_problem == "ほかの人の文"
