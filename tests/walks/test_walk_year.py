"""What the year asks of the desk: a month is closed, the year evaluated, papers are made."""

import re
from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.store import closings

pytestmark = pytest.mark.walk

TODAY = date(2026, 10, 15)
SLOW = 120_000


@pytest.fixture(scope="module")
def town(at_the_desk):
    with at_the_desk("year") as walk:
        with open_store(walk.folder / "office.db") as store:
            make_town(store, households=12, seed=1, today=TODAY)
        walk.open_desk()
        yield walk


def test_a_month_is_closed_with_what_the_chief_shall_read(town):
    town.turn("進行管理")
    town.press("月次締め")
    town.sees("この年度の月")
    town.look("80-months")
    town.press("令和8年7月")
    town.fill("所見", "夏休みの相談が少ない。学校をまわる。")
    town.look("81-closing")
    town.press("令和8年7月を締める")
    town.sees("令和8年7月を締めました")
    town.look("82-closed")

    with open_store(town.folder / "office.db", readonly=True) as store:
        assert closings.closing_of(store, "2026-07").remarks.startswith("夏休み")
    town.press("進行管理へ戻る")


def test_the_year_is_evaluated_for_the_public_from_the_desk(town):
    town.turn("進行管理")
    back = town.page.get_by_role("button", name="進行管理へ戻る", exact=True)
    back.or_(town.page.get_by_role("button", name="年度の評価を作る", exact=True)).first.wait_for()
    if back.is_visible():
        back.click()
    town.page.get_by_role("radio", name="公表用", exact=True).check()
    town.press("年度の評価を作る")
    town.page.get_by_role("button", name=re.compile("^evaluation.xlsx")).wait_for(timeout=SLOW)
    town.look("83-evaluation")
    with town.page.expect_popup() as tab:
        town.page.get_by_role("button", name=re.compile("^evaluation（")).first.click()
    tab.value.get_by_role("heading", name="数の読み方").wait_for()

    assert "公表用" in tab.value.inner_text("body")


def test_a_handover_is_made_from_the_client(town):
    town.turn("相談受付")
    town.page.get_by_role("button", name=re.compile("^R8-0004")).first.click()
    handover = town.page.get_by_role("button", name="引継書", exact=True).first
    handover.scroll_into_view_if_needed()
    town.look("84-client-papers")
    handover.click()
    town.page.get_by_role("button", name=re.compile("^引継書_")).first.wait_for(timeout=SLOW)
    town.look("85-handover")
