"""Walk 3: the page of a case, from its list to what is next, what is late, and what was."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from jusou_nb import casework, open_store
from jusou_nb.forms import AgendaItem, CaseNote, Conference, Household, Intake, Person
from jusou_nb.forms.family import FamilyMap, KinKind, Kinship

pytestmark = pytest.mark.walk

HIDDEN = "見本　太郎"
RARE = "珍しい皿を並べた"
FIRST = datetime(2026, 3, 1, 10)


def town(path):
    """A mother of 80 and her son of 50 who must not be found; forty contacts, a sitting."""
    with open_store(path) as store:
        people = (
            Person(relation="本人", name="見本　花子", kana="ミホン　ハナコ"),
            Person(relation="長男", name=HIDDEN, is_masked=True, visit_caution="犬がいる"),
        )
        intake = Intake(received_on=date(2026, 3, 1), screening="continuing")
        received = casework.receive_intake(
            store, household=Household(members=people), intake=intake
        )
        for number in range(40):
            told = RARE if number == 7 else f"電話で様子を聞いた。{number}回目"
            at = FIRST + timedelta(days=5 * number)
            casework.write_note(store, received.case, CaseNote(happened_at=at, content=told))
        sitting = casework.convene(store, Conference(body="monthly", held_on=date(2026, 10, 22)))
        casework.put_on_agenda(store, sitting, received.case, AgendaItem(basis="confidential"))
        draw(store, received.household)


def draw(store, household):
    mother, son = household.members
    row = Kinship(person=mother.id, other=son.id, kind=KinKind.PARENT)
    drawn = casework.family_sheet(store, household, on=date(2026, 9, 1))
    casework.draw_family(store, household, replace(drawn, kinships=(row,)))
    assert store.find(FamilyMap)


@pytest.fixture(scope="module")
def walk(at_the_desk):
    with at_the_desk("case-page") as walk:
        town(walk.folder / "office.db")
        walk.open_desk()
        walk.turn("相談受付")
        walk.press("R7-0001")
        walk.sees("次の一手")
        yield walk


def lines(walk):
    return walk.page.locator(".jusou-flow-line:visible")


def test_the_page_tells_at_once_what_is_next_and_what_is_to_be_minded(walk):
    walk.look("case-01-page")
    strip = walk.page.locator(".jusou-case-strip")
    expect(strip).to_contain_text("見本　花子")
    expect(strip).to_contain_text("秘匿")
    expect(walk.page.locator("[aria-current=step]")).to_contain_text("会議")
    expect(walk.page.locator(".jusou-next")).to_contain_text("理由")


def test_the_cautions_stay_in_sight_all_the_way_down(walk):
    lines(walk).last.scroll_into_view_if_needed()
    walk.look("case-02-down")
    expect(walk.page.locator(".jusou-case-strip")).to_be_in_viewport()


def test_typing_sifts_the_lines_and_the_kernel_is_not_asked(walk):
    sent = []
    walk.page.on("request", lambda request: sent.append(request.url))
    before = lines(walk).count()
    walk.page.get_by_label("言葉", exact=True).fill("めずらしい")
    expect(lines(walk)).to_have_count(0)
    walk.page.get_by_label("言葉", exact=True).fill("皿")
    expect(lines(walk)).to_have_count(1)
    walk.look("case-03-sifted")

    expect(walk.page.locator(".jusou-sift-count")).to_contain_text(f"{before}件のうち 1件")
    assert not any("皿" in url or "%E7%9A%BF" in url for url in sent)
    walk.press("絞り込みをやめる")
    expect(lines(walk)).to_have_count(before)


def test_days_are_written_as_people_write_them(walk):
    walk.page.get_by_label("いつから", exact=True).fill("Ｒ8.9.1")
    few = lines(walk).count()
    walk.page.get_by_label("いつから", exact=True).fill("令和8年9月1日")
    expect(lines(walk)).to_have_count(few)
    walk.page.get_by_label("いつまで", exact=True).fill("きのう")
    walk.sees("＊日付は R8.4.1 や 2026/4/1 のように入れてください")
    walk.look("case-04-days")
    walk.press("絞り込みをやめる")


def test_kind_and_person_choose_together(walk):
    walk.page.locator(".jusou-sift-kinds").get_by_label("会議", exact=True).check()
    walk.page.get_by_label("だれの", exact=True).select_option("見本　花子")
    expect(lines(walk)).to_have_count(1)
    walk.press("絞り込みをやめる")


def test_a_line_opens_its_record_by_keyboard_and_the_page_comes_back(walk):
    walk.page.get_by_label("言葉", exact=True).fill("皿")
    lines(walk).first.get_by_role("button").focus()
    walk.page.keyboard.press("Enter")
    expect(walk.box("内容")).to_have_value(RARE)
    walk.look("case-05-record")
    walk.press("閉じる")
    walk.sees("次の一手")


def test_the_drawing_is_enlarged_and_closed_by_the_keyboard(walk):
    small = walk.page.get_by_role("button", name="家族関係図（ジェノグラム）を大きく見る")
    small.focus()
    walk.page.keyboard.press("Enter")
    dialog = walk.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    walk.look("case-06-drawing")
    walk.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_next_step_opens_the_sheet_that_it_names(walk):
    walk.page.locator(".jusou-next .jusou-button-filled").first.click()
    expect(walk.page.locator(".jusou-next")).to_be_hidden()
    walk.sees("世帯員と秘匿")
    walk.look("case-07-next")


def test_nothing_serious_stands_in_the_way_of_a_screen_reader(walk):
    back = walk.page.get_by_role("button", name="一覧へ戻る", exact=True)
    if back.count():
        back.first.click()
    walk.press("R7-0001")
    walk.sees("次の一手")
    found = Axe().run(walk.page, context=".jusou-room").response["violations"]
    grave = [v for v in found if v["impact"] in ("serious", "critical")]

    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in grave] == []


def test_at_200_percent_nothing_is_cut_off(walk):
    walk.page.set_viewport_size({"width": 700, "height": 475})
    walk.page.wait_for_timeout(500)
    walk.look("case-08-zoomed")
    over = walk.page.locator(".jusou-room").first.evaluate("r => r.scrollWidth - r.clientWidth")

    assert over <= 0


def test_nothing_was_asked_of_another_machine(walk):
    assert walk.strangers == []
