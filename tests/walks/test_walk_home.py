"""ホーム in a browser: found by two characters, a call written down, put to its case later."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from jusou_nb import casework, open_store
from jusou_nb.forms import Case, CaseNote, Household, Intake, Person, PhoneMemo

pytestmark = pytest.mark.walk

SAID = "三日ほど姿を見ないと心配している"


@pytest.fixture(scope="module")
def home(at_the_desk):
    """A worker with three households, one of them under 秘匿, at ホーム."""
    with at_the_desk("home") as walk:
        with open_store(walk.folder / "office.db") as store:
            for name, kana, phone, masked in (
                ("髙見本　花子", "タカミホン　ハナコ", "090-0000-1111", None),
                ("見本﨑　太郎", "ミホンサキ　タロウ", "０９０（００００）２２２２", None),
                ("架空　桜", "カクウ　サクラ", "090-0000-3333", True),
            ):
                person = Person(name=name, kana=kana, telephone=phone, is_masked=masked)
                casework.receive_intake(
                    store,
                    household=Household(members=(person,)),
                    intake=Intake(received_on=date(2026, 10, 1), screening="continuing"),
                )
        walk.open_desk()
        walk.turn("ホーム")
        yield walk


def found(walk):
    return walk.page.locator(".jusou-found-hit")


def search(walk, words):
    box = walk.page.get_by_role("combobox", name="探す", exact=True)
    box.fill("")
    box.press_sequentially(words)
    return box


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("高見", "髙見本"),
        ("見本崎", "見本﨑"),
        ("みほんさき", "見本﨑"),
        ("ﾀｶﾐ", "髙見本"),
        ("09000002222", "見本﨑"),
        ("090-0000-1111", "髙見本"),
    ],
)
def test_a_person_is_found_however_the_name_or_number_is_written(home, words, name):
    search(home, words)

    expect(found(home).first).to_contain_text(name)


def test_the_arrows_and_enter_open_the_person(home):
    box = search(home, "みほん")
    expect(found(home).nth(1)).to_be_visible()
    home.look("60-found")
    box.press("ArrowDown")
    expect(found(home).first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    home.page.get_by_role("tabpanel", name="相談受付").wait_for()
    expect(home.page.get_by_role("heading", name="見本﨑　太郎").first).to_be_visible()
    home.look("61-opened")


def test_whom_a_masked_number_belongs_to_is_found_by_whoever_may_see_it_without_the_number(home):
    home.turn("ホーム")
    search(home, "09000003333")

    expect(found(home).first).to_contain_text("架空　桜")
    assert "3333" not in home.page.locator(".jusou-found").inner_text()


def test_a_call_is_written_down_in_three_actions(home):
    home.turn("ホーム")
    home.page.keyboard.press("Alt+2")  # 1
    said = home.box("話の内容")
    expect(said).to_be_focused()
    home.page.keyboard.type(SAID)  # 2
    home.look("62-memo")
    home.page.keyboard.press("Control+Enter")  # 3
    home.sees("電話メモを登録しました")
    home.sees("まだ片付いていない電話メモ")
    home.look("63-home-with-memo")


def test_the_memo_is_put_to_its_case_later(home):
    home.page.get_by_role("table", name="まだ片付いていない電話メモ").get_by_role(
        "button"
    ).last.click()
    box = home.page.get_by_role("combobox", name="どのケースに付けますか")
    box.press_sequentially("見本崎")
    expect(found(home).first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    home.sees("の支援経過にします")
    home.look("64-attach")
    home.press("このケースに付ける")
    home.sees("電話メモを支援経過に付けました")
    with open_store(home.folder / "office.db", readonly=True) as store:
        (note,), (memo,) = store.find(CaseNote), store.find(PhoneMemo)
        case = store.load(Case, note.case_id)
    assert note.content == SAID and memo.case_note_id == note.id
    assert case.coordinator and note.manner == "telephone"


def test_no_serious_fault_of_accessibility_and_no_request_that_leaves(home):
    home.turn("ホーム")
    search(home, "みほん")
    expect(found(home).first).to_be_visible()
    axe = Axe().run(home.page, context=".jusou-desk")
    hard = [v for v in axe.response["violations"] if v["impact"] in ("serious", "critical")]

    assert [(v["id"], v["nodes"][0]["html"]) for v in hard] == []
    assert home.strangers == []
