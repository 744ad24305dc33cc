"""Somebody known is told while a sheet is typed; two households become one, and two again."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from jusou_nb import casework, open_store
from jusou_nb.dates import PartialDate
from jusou_nb.forms import Household, Intake, Person

pytestmark = pytest.mark.walk

TYPED = "秘見本花子"
BORN = PartialDate(1950, 4, 1)


def receive(store, *members, day):
    sheet = Intake(received_on=day, screening="continuing")
    casework.receive_intake(store, household=Household(members=members), intake=sheet)


@pytest.fixture(scope="module")
def walk(at_the_desk):
    with at_the_desk("merge") as walk:
        with open_store(walk.folder / "office.db", account="first") as store:
            receive(
                store,
                Person(relation="本人", name="秘見本　花子", birth=BORN, address="前の町1-1"),
                day=date(2026, 9, 1),
            )
            receive(
                store,
                Person(relation="本人", name="架空　雪子", birth=BORN, telephone="090-0000-0001"),
                Person(relation="長男", name="架空　一郎"),
                day=date(2026, 9, 2),
            )
            receive(
                store,
                Person(relation="本人", name="架空雪子", birth=BORN, telephone="090-0000-0002"),
                Person(relation="長女", name="架空　二葉"),
                day=date(2026, 9, 3),
            )
        walk.asked = []
        walk.page.on("request", lambda request: walk.asked.append(request.url))
        walk.open_desk()
        yield walk


def store_of(walk):
    return open_store(walk.folder / "office.db", readonly=True)


def count(walk, form):
    with store_of(walk) as store:
        return len(store.find(form))


def looked(walk, name):
    """Take a picture and ask axe-core for serious faults."""
    walk.look(name)
    found = Axe().run(walk.page, context=".jusou-desk").response["violations"]
    grave = [
        (f["id"], f["nodes"][0]["html"]) for f in found if f["impact"] in ("serious", "critical")
    ]
    assert grave == [], name


def test_somebody_known_is_told_while_the_name_is_typed(walk):
    walk.turn("相談受付")
    walk.press("新しい相談を受け付ける")
    box = walk.box("氏名")
    box.press_sequentially(TYPED)
    walk.sees("前に受けた人かもしれません（1人）")

    walk.sees("氏名が同じ　受付番号 R8-0001")
    walk.fill("生年月日", "S25.4.1")
    walk.sees("氏名が同じ・生年月日が同じ")
    assert any(url.endswith("/jusou/alike") for url in walk.asked)
    looked(walk, "95-alike")


def test_the_worker_says_that_it_is_the_same_person(walk):
    walk.fill("住所", "今の町2-2")
    walk.press("秘見本　花子: 同じ人です")
    walk.sees("「秘見本　花子」の世帯の相談として登録します")
    walk.sees("前の記録と違うところ")
    walk.page.get_by_role("group", name=re.compile("住所をどちらに")).get_by_label(
        "今回の内容", exact=True
    ).check()
    looked(walk, "96-alike-same")
    walk.press("登録")
    walk.sees("受付番号 R8-0004")

    with store_of(walk) as store:
        (home,) = (h for h in store.find(Household) if h.members[0].address)
        numbers = [i.number for i in store.find(Intake, household_id=home.id)]
    assert home.members[0].address == "今の町2-2" and numbers == ["R8-0001", "R8-0004"]


def test_two_households_are_looked_at_side_by_side(walk):
    walk.turn("進行管理")
    walk.press("重複の疑い")
    walk.sees("氏名が同じ・生年月日が同じ")
    looked(walk, "97-duplicates")
    walk.press("架空　雪子（R8-0002）")
    walk.sees("R8-0002 に R8-0003 をまとめる")
    walk.page.get_by_role("group", name=re.compile("電話番号をどちらに")).get_by_label(
        "両方", exact=True
    ).check()
    looked(walk, "98-merge")


def test_they_become_one_and_two_again(walk):
    before = count(walk, Household)
    walk.fill("統合の理由", "同じ家族だと本人から聞いた")
    walk.press("統合する")
    walk.sees("世帯を統合しました")
    assert count(walk, Household) == before - 1
    looked(walk, "99-merged")
    walk.press("元に戻す")
    walk.fill("元に戻す理由", "別の家族だった")
    looked(walk, "99-undo")
    walk.press("統合を元に戻す")
    walk.sees("統合を元に戻しました")

    assert count(walk, Household) == before


def test_no_name_was_put_into_an_address_and_nothing_left_the_machine(walk):
    assert walk.strangers == []
    assert [url for url in walk.asked if "%E7%A7%98" in url or TYPED in url] == []
    assert [word for word in walk.read if re.search(r"\b(Error|undefined|None)\b", word)] == []
