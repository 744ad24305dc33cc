"""A worker assesses, reaches out and finds a place, from the page of one client."""

import re
from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.forms import Assessment, Outreach, ParticipationMenu

pytestmark = pytest.mark.walk

TODAY = date(2026, 10, 15)


@pytest.fixture(scope="module")
def town(at_the_desk):
    """A desk over a town of a few households, on the page of one of them."""
    with at_the_desk("programmes") as walk:
        with open_store(walk.folder / "office.db") as store:
            make_town(store, households=14, seed=1, today=TODAY)
        walk.open_desk()
        yield walk


def client(walk):
    walk.turn("相談受付")
    row = walk.page.get_by_role("button", name=re.compile("^R8-0010")).first
    back = walk.page.get_by_role("button", name="一覧へ戻る", exact=True).first
    back.or_(row).first.wait_for()
    if back.is_visible():
        back.click()
    row.click()


def kept(walk, form):
    with open_store(walk.folder / "office.db", readonly=True) as store:
        return store.find(form)


def test_an_assessment_takes_over_what_is_known_and_is_kept(town):
    before = len(kept(town, Assessment))
    client(town)
    town.press("アセスメントシートを書く")
    town.sees("課題と背景要因")
    town.look("70-assessment")
    town.fill("本人・世帯の強み", "毎朝、庭に水をやっている")
    town.press("登録")
    town.sees("登録しました。")
    town.look("71-assessed")

    made = kept(town, Assessment)[-1]
    assert len(kept(town, Assessment)) == before + 1
    assert made.marks and made.strengths == "毎朝、庭に水をやっている"


def test_outreach_begins_with_what_is_known(town):
    before = len(kept(town, Outreach))
    client(town)
    town.press("アウトリーチを始める")
    town.choose("把握の経路", "家族から")
    town.look("72-outreach")
    town.press("登録")
    town.sees("登録しました。")
    town.look("73-outreach-kept")

    begun = kept(town, Outreach)
    assert len(begun) == before + 1
    assert begun[-1].known_as and begun[-1].case_id


def test_a_menu_takes_over_the_wish_and_proposes_places_with_reasons(town):
    client(town)
    town.press("参加支援メニューをつくる")
    town.look("74-menu")
    town.fill("やってみたいこと", "土にさわる仕事を少しずつ")
    town.press("登録")
    town.sees("登録しました。")
    town.look("75-menu-kept")

    assert "土にさわる" in kept(town, ParticipationMenu)[-1].wish
    assert town.strangers == []


def test_the_page_of_long_cases_says_why_each_is_stuck(town):
    town.turn("進行管理")
    town.sees("停滞しているケース")
    town.look("76-steering")

    assert any("本人に会えていない" in words for words in town.read)
