"""A worker keeps what belongs to no single case, and what a case costs, on a real desk."""

import re
from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.forms import Gathering, Place, Shelter, SignSheet

pytestmark = pytest.mark.walk

TODAY = date(2026, 10, 15)


@pytest.fixture(scope="module")
def town(at_the_desk):
    """A desk over a town of a few households."""
    with at_the_desk("resources") as walk:
        with open_store(walk.folder / "office.db") as store:
            make_town(store, households=14, seed=1, today=TODAY)
        walk.open_desk()
        yield walk


def kept(walk, form):
    with open_store(walk.folder / "office.db", readonly=True) as store:
        return store.find(form)


def chapter(walk, name):
    walk.turn("地域・資源")
    back = walk.page.get_by_role("button", name="地域・資源のはじめへ", exact=True)
    back.or_(walk.page.get_by_role("button", name=name, exact=True)).first.wait_for()
    if back.is_visible():
        back.click()
    walk.press(name)


def test_a_place_and_its_activity_are_kept_and_counted(town):
    chapter(town, "居場所・拠点")
    town.press("新しい拠点を登録する")
    town.fill("拠点の名前", "例示ひろば")
    town.press("登録")
    town.sees("登録しました。")
    chapter(town, "地域の活動")
    town.press("活動を記録する")
    town.fill("活動の名前", "例示サロン")
    town.choose("拠点", "例示ひろば")
    town.press("登録")
    town.sees("登録しました。")
    town.look("60-activity")
    (place,) = [p for p in kept(town, Place) if p.name == "例示ひろば"]
    assert [g.place for g in kept(town, Gathering) if g.name == "例示サロン"] == [place.id]


def test_a_sign_from_a_window_is_answered_on_its_sheet(town):
    chapter(town, "気づきシート")
    town.press("気づきシートを受け取る")
    town.choose("届けた部署", "水道課")
    town.fill("気づいたこと", "三か月、水の使用がほとんどない")
    town.press("登録")
    town.sees("登録しました。")
    town.look("61-sign")
    town.page.get_by_role("radio", name="今は関わらない").check()
    town.press("登録")
    town.until(lambda: kept(town, SignSheet)[-1].answered_on == TODAY)


def test_a_stay_beyond_the_budget_waits_for_the_chief_and_then_stands_in_the_list(town):
    town.turn("相談受付")
    town.page.get_by_role("button", name=re.compile("^R8-0010")).click()
    town.press("緊急一時保護")
    town.fill("ほかの事業で支出できない理由", "一時生活支援に空きがない")
    town.fill("保護した場所", "架空温泉ホテル")
    town.fill("金額", "999999")
    town.press("登録")
    town.sees("円超えます")
    town.fill("課長の判断の理由", "予備費から流用する")
    town.fill("判断した人", "課長 例示")
    town.press("課長の判断を残して続ける")
    town.sees("999,999")
    town.look("62-stay")
    assert kept(town, Shelter)[-1].amount == 999999
    assert not any("温泉" in words for words in town.read)
    assert town.strangers == []
