"""Writing Japanese: conversions, readings, numbers and days, as people type them."""

import re

import pytest
from playwright.sync_api import expect

from jusou_nb import open_store
from jusou_nb.forms import Intake

pytestmark = pytest.mark.walk


class Converter:
    """An input method: what is typed stands unconverted, is converted, and is put down."""

    def __init__(self, page):
        self.page, self.session = page, page.context.new_cdp_session(page)

    def holds(self, text):
        end = len(text)
        words = {"text": text, "selectionStart": end, "selectionEnd": end}
        self.session.send("Input.imeSetComposition", words)

    def converts(self, kana, written):
        for end in range(1, len(kana) + 1):
            self.holds(kana[:end])
        self.holds(written)
        self.puts_down(written)

    def puts_down(self, text):
        self.session.send("Input.insertText", {"text": text})


@pytest.fixture(scope="module")
def sheet(at_the_desk):
    """A new consultation on the desk, and an input method."""
    with at_the_desk("writing") as walk:
        walk.open_desk()
        walk.turn("相談受付")
        walk.press("新しい相談を受け付ける")
        expect(walk.box("氏名")).to_be_visible()
        yield walk, Converter(walk.page)


def test_the_reading_of_a_name_is_heard_while_it_is_converted(sheet):
    walk, method = sheet
    walk.box("氏名").click()
    method.converts("みほん", "見本")
    method.puts_down("　")
    method.converts("はなこ", "花子")
    expect(walk.box("氏名")).to_have_value("見本　花子")
    expect(walk.box("フリガナ")).to_have_value("ミホン　ハナコ")
    walk.sees("変換する前の読みを入れました")
    walk.look("76-reading")


def test_a_reading_that_somebody_typed_is_left_alone(sheet):
    walk, method = sheet
    walk.fill("フリガナ", "けんぽん")
    walk.box("氏名").click()
    walk.page.keyboard.press("End")
    method.converts("じろう", "次郎")
    walk.box("住所").click()
    expect(walk.box("フリガナ")).to_have_value("ケンポン")


def test_enter_within_a_conversion_registers_nothing(sheet):
    walk, method = sheet
    walk.box("主訴").click()
    method.holds("やちんを")
    walk.page.keyboard.press("Control+Enter")
    method.puts_down("家賃を")
    expect(walk.box("主訴")).to_have_value("家賃を")
    with open_store(walk.folder / "office.db", readonly=True) as store:
        assert store.find(Intake) == []


@pytest.mark.parametrize("typed", ["R8.4.1", "令和8年4月1日", "2026/4/1", "２０２６年４月１日"])
def test_a_day_is_typed_as_people_write_it(sheet, typed):
    walk, _ = sheet
    walk.fill("相談受付日", typed)
    walk.box("主訴").click()
    walk.sees("令和8年4月1日（水）")


def test_a_day_is_picked_from_a_calendar_opened_by_the_keyboard(sheet):
    walk, _ = sheet
    walk.box("相談受付日").focus()
    opened = walk.page.evaluate("""() => new Promise(done => {
      HTMLInputElement.prototype.showPicker = function () {
        done(this.value); this.value = "2026-10-02"; this.dispatchEvent(new Event("change")); };
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
        { key: "ArrowDown", altKey: true, bubbles: true, cancelable: true }));
    })""")
    assert opened == "2026-04-01"
    expect(walk.box("相談受付日")).to_have_value("2026/10/02")
    expect(walk.box("相談受付日")).to_be_focused()


def test_a_birth_may_be_known_by_its_year_and_the_age_is_told(sheet):
    walk, _ = sheet
    walk.fill("生年月日", "昭和21年")
    walk.box("氏名").click()
    expect(walk.box("生年月日")).to_have_accessible_description(re.compile("昭和21年$"))
    walk.fill("生年月日", "S21.10.15")
    walk.box("氏名").click()
    walk.sees("80歳")


def test_a_number_is_written_alike_and_one_that_cannot_be_is_told(sheet):
    walk, _ = sheet
    walk.fill("来談者の電話番号", "０９０１２３４５６７８")
    walk.fill("相談受付日", "きのう")
    walk.box("氏名").click()
    expect(walk.box("来談者の電話番号")).to_have_value("090-1234-5678")
    expect(walk.box("相談受付日")).to_have_attribute("aria-invalid", "true")
    described = walk.box("相談受付日").get_attribute("aria-describedby").split()
    assert "＊" in walk.page.locator(f"#{described[-1]}").inner_text()


def test_at_two_hundred_per_cent_nothing_leaves_the_sheet(sheet):
    walk, _ = sheet
    walk.page.set_viewport_size({"width": 700, "height": 475})
    wide = walk.page.evaluate("""() => {
      const edge = document.querySelector(".jusou-desk").getBoundingClientRect().right;
      return [...document.querySelectorAll(".jusou-desk *")].filter(part =>
        part.getBoundingClientRect().right > edge + 1
        && getComputedStyle(part).position !== "absolute").length;
    }""")
    walk.look("77-at-two-hundred-per-cent")
    walk.page.set_viewport_size({"width": 1400, "height": 950})
    assert wide == 0
