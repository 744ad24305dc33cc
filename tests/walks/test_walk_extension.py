"""JupyterLab around the desk: cards, the panel of what is due, keys, the bar below, a fall."""

import json
import os
import re
import signal
import time
from contextlib import contextmanager
from datetime import date
from importlib import resources

import pytest
from playwright.sync_api import expect

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.forms import PhoneMemo, by_table
from jusou_nb.store import drafts
from jusou_nb.store.due import due_items

pytestmark = pytest.mark.walk

DAY = date(2026, 10, 15)
CARDS = ["相談受付", "電話メモ", "ケース", "会議", "プラン", "今月の資料", "期限"]
SAID = "見本 花子さんから折り返しの電話がほしいとのこと"
CLOSED = "机を閉じる前に書いた"
FALLING = "机が止まる前に書いた"
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
FAULTS = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
  .filter(v => ["serious", "critical"].includes(v.impact))
  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 90)).join(" | ")}`))"""
# Whatever can be seen, hovered or heard on the whole screen, JupyterLab's own parts included.
WORDS = """() => {
  const seen = part => part?.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const { parentElement: on, data } = texts.currentNode;
    if (!on.closest("script, style") && seen(on)) found.push(data);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const part of document.querySelectorAll(`[${name}]`))
      if (seen(part)) found.push(part.getAttribute(name));
  return found; }"""
# A menu with a separator: its list is drawn by Lumino, the same for every menu of JupyterLab.
LABS_OWN = {'aria-required-children: <ul class="lm-Menu-content" role="menu">'}
MANY = 5_000
# A kernel of its own says many things within one request; the page counts what it hears.
HEARD = """async ({token, many}) => {
  const headers = {Authorization: `token ${token}`};
  const asked = await fetch("/api/kernels", {method: "POST", headers, body: "{}"});
  const {id} = await asked.json();
  const line = new WebSocket(`ws://${location.host}/api/kernels/${id}/channels?token=${token}`);
  const heard = await new Promise((tell, refuse) => {
    let count = 0;
    line.onerror = refuse;
    line.onmessage = ({data}) => {
      const {header, parent_header, content} = JSON.parse(data);
      if (parent_header.msg_id !== "many") return;
      if (header.msg_type === "display_data") count += 1;
      if (content.execution_state === "idle") tell(count);
    };
    line.onopen = () => line.send(JSON.stringify({
      channel: "shell", parent_header: {}, metadata: {},
      header: {msg_id: "many", msg_type: "execute_request", session: "s", version: "5.3"},
      content: {code: `for n in range(${many}): display(n)`},
    }));
  });
  line.close();
  await fetch(`/api/kernels/${id}`, {method: "DELETE", headers});
  return heard; }"""
KEYS = {"Alt", "Ctrl", "Shift", "Tab", "Enter"}
NAMES = {"JupyterLab", "HTML", "PDF", "Excel", "Word", "DV", "first", "db"}


@pytest.fixture(scope="module")
def town(lab):
    """The store that the server is for, filled with a fictional town."""
    with open_store(lab.home / "first.db") as store:
        make_town(store, households=15, seed=5, today=DAY)
        yield store


@pytest.fixture
def office(town, at_the_lab):
    with at_the_lab("extension") as walk:
        walk.page.goto(f"{walk.lab.address}/lab?token={walk.lab.token}&reset")
        expect(walk.page.locator(".jp-LauncherCard").first).to_be_visible(timeout=60_000)
        expect(walk.page.locator(".jusou-today")).to_contain_text("件")
        yield walk


def card(walk, name):
    walk.page.locator(".jp-LauncherCard").get_by_text(name, exact=True).click()


def bar(walk):
    return walk.page.locator("#jp-main-statusbar .jusou-status")


def test_the_launcher_shows_the_work_and_nothing_else(office):
    office.page.screenshot(path=office.pictures / "extension-01-launcher.png")
    assert office.page.locator(".jp-LauncherCard-label").all_inner_texts() == CARDS
    assert office.page.locator(".jp-Launcher-sectionTitle").all_inner_texts() == ["相談の机"]


def test_a_card_opens_a_sheet_that_takes_text(office):
    began = time.monotonic()
    card(office, "相談受付")
    office.box("主訴").fill("眠れないと話す")
    seconds = {"カードから入力まで（秒）": round(time.monotonic() - began, 1)}
    print(seconds)  # noqa: T201 - how long it took is told and not judged
    text = json.dumps(seconds, ensure_ascii=False)
    (office.pictures / "extension-seconds.json").write_text(text, encoding="utf-8")
    expect(office.box("主訴")).to_have_value("眠れないと話す")
    assert not office.page.locator(".jp-NotebookPanel-toolbar").is_visible()
    office.look("extension-02-form")


def test_the_desk_waits_behind_the_launcher_and_brings_back_what_was_typed(office):
    behind = office.page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text="相談の机")
    expect(behind).to_be_visible(timeout=60_000)
    expect(office.page.locator(".jp-LauncherCard").first).to_be_visible()
    card(office, "相談受付")
    office.box("主訴").fill(CLOSED)
    office.sees("下書き保存済")
    behind.locator(".lm-TabBar-tabCloseIcon").click()
    expect(office.page.locator(".jusou-desk")).to_have_count(0)
    card(office, "相談受付")
    expect(office.box("主訴")).to_have_value(CLOSED, timeout=60_000)


def test_the_panel_counts_what_the_store_says_is_due(office, town):
    due = due_items(town, DAY, worker=town.worker_name())
    kinds = {entry.label: 0 for entry in due}
    for entry in due:
        kinds[entry.label] += 1
    told = office.page.locator(".jusou-today summary")
    shown = dict(zip(told.locator(".jusou-kind").all_inner_texts(),
                     told.locator(".jusou-count").all_inner_texts(), strict=True))  # fmt: skip
    assert len(kinds) > 3
    assert shown == {label: f"{count}件" for label, count in kinds.items()}
    late = sum(entry.overdue_days > 0 for entry in due)
    expect(office.page.locator(".jusou-said")).to_contain_text(
        f"{len(due)}件（うち期限超過 {late}件"
    )


def test_a_click_in_the_panel_opens_the_record_on_the_desk(office, town):
    due = due_items(town, DAY, worker=town.worker_name())
    first = next(entry for entry in due if entry.label == "窓口・制度の確かめ直し")
    record = town.load(by_table(first.table), first.record_id)
    kind = office.page.locator(".jusou-today details").filter(has_text=first.label)
    kind.evaluate("kind => { kind.open = true; }")
    kind.locator(".jusou-item").first.click()
    expect(office.box("名前")).to_have_value(record.name, timeout=60_000)
    office.look("extension-03-record")


def test_a_key_opens_the_memo_from_within_a_sheet_but_not_amid_a_conversion(office):
    card(office, "相談受付")
    office.box("主訴").focus()
    office.page.evaluate("""() => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
      {code: "Digit2", altKey: true, isComposing: true, bubbles: true}))""")
    office.page.wait_for_timeout(500)
    expect(office.box("主訴")).to_be_focused()
    office.page.keyboard.press("Alt+2")
    expect(office.box("話の内容")).to_be_focused(timeout=30_000)


def test_the_keys_of_notebooks_do_nothing_on_the_desk(office):
    card(office, "期限")
    office.page.get_by_role("tab", name="期限", exact=True).focus()
    for key in ("d", "d", "x", "a", "b", "m", "Escape", "Control+s"):
        office.page.keyboard.press(key)
    expect(office.page.locator(".jp-Cell")).to_have_count(1)
    office.sees("待っていること")
    expect(office.page.get_by_text("登録するには「登録」を押してください")).to_be_visible()


def test_the_bar_below_tells_the_store_the_worker_and_the_last_save(office, town):
    expect(bar(office)).to_contain_text("業務ファイル first.db")
    expect(bar(office)).to_contain_text(f"担当 {town.worker_name()}")
    card(office, "電話メモ")
    office.box("話の内容").fill(SAID)
    office.press("登録")
    office.until(lambda: any(memo.said == SAID for memo in town.find(PhoneMemo)))
    expect(bar(office)).to_have_text(re.compile(r"最終保存 \d+:\d\d$"))
    office.look("extension-04-saved")


def test_the_bar_below_says_at_once_when_typing_cannot_be_kept(office):
    card(office, "電話メモ")
    office.page.route("**/jusou/drafts*", lambda route: route.abort())
    office.box("話の内容").press_sequentially("あ")
    expect(bar(office)).to_contain_text("保存できません", timeout=10_000)
    office.page.unroute("**/jusou/drafts*")
    expect(bar(office)).not_to_contain_text("保存できません")


def test_the_desk_comes_back_by_itself_where_it_was_when_its_kernel_is_killed(office):
    card(office, "会議")
    office.page.get_by_role("tabpanel", name="会議", exact=True).wait_for()
    page = office.page
    for kernel in office.lab.kernels():
        os.kill(kernel, signal.SIGKILL)
    expect(page.get_by_text("机を開き直しました。")).to_be_visible(timeout=60_000)
    page.get_by_role("tabpanel", name="会議", exact=True).wait_for()
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    office.look("extension-05-risen")
    office.press("いま会議を開く（随時）")
    office.sees("はじめて聞く人のことで開く")


def test_a_desk_that_falls_again_and_again_says_so_and_opens_afresh_when_asked(office, town):
    page, told = office.page, office.page.locator(".jusou-lab-line")
    card(office, "電話メモ")
    office.box("話の内容").fill(FALLING)
    office.until(lambda: any(FALLING in str(draft) for draft in drafts.every(town)))
    office.turn("会議")
    fallen = set()
    while not told.get_by_role("button", name="開き直す", exact=True).count():
        for kernel in office.lab.kernels() - fallen:
            fallen.add(kernel)
            os.kill(kernel, signal.SIGKILL)
        page.wait_for_timeout(100)
    page.wait_for_timeout(4_000)
    expect(told).to_contain_text("机の処理が止まりました。")
    page.screenshot(path=office.pictures / "extension-06-dead.png")
    office.press("開き直す")
    page.get_by_role("tabpanel", name="会議", exact=True).wait_for(timeout=60_000)
    expect(told).not_to_contain_text("止まりました")
    expect(page.get_by_text("書きかけがあります（電話メモ")).not_to_have_count(0)
    assert any(FALLING in str(draft) for draft in drafts.every(town))


@contextmanager
def away(page):
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


def test_a_server_that_is_gone_is_told_in_words_and_found_again(office):
    with away(office.page):
        office.page.get_by_role("button", name="更新").click()
        expect(office.page.locator(".jusou-said")).to_contain_text("返事がありません")
        expect(bar(office)).to_contain_text("記録を読めません")
        office.page.screenshot(path=office.pictures / "extension-07-away.png")
    expect(office.page.locator(".jusou-said")).to_contain_text("件（", timeout=30_000)


def strange_words(walk, town):
    """Give the texts on the screen that hold a word in Latin letters which nobody allowed."""
    mine = set(re.findall("[A-Za-z]{2,}", town.worker_name()))
    texts = walk.page.evaluate(WORDS)
    return sorted({t for t in texts if set(re.findall("[A-Za-z]{2,}", t)) - KEYS - NAMES - mine})


def stations(walk):
    """Go from the launcher over the menu, the commands and the help to the desk."""
    yield "launcher"
    walk.page.get_by_role("menuitem", name="相談の机", exact=True).click()
    yield "menu"
    walk.page.keyboard.press("Escape")
    walk.page.keyboard.press("Control+Shift+C")
    expect(walk.page.locator(".lm-CommandPalette-item").first).to_be_visible()
    yield "commands"
    walk.page.keyboard.press("Escape")
    walk.page.keyboard.press("Alt+0")
    expect(walk.page.get_by_role("heading", name="困ったとき")).to_be_visible()
    yield "help"
    walk.page.keyboard.press("Alt+3")
    expect(walk.box("主訴")).to_be_visible(timeout=60_000)
    yield "desk"


def test_no_english_is_left_on_the_screen_and_nothing_leaves_the_machine(office, town):
    found = {place: strange_words(office, town) for place in stations(office)}
    assert set(found) == {"launcher", "menu", "commands", "help", "desk"}
    assert {place: words for place, words in found.items() if words} == {}
    assert office.strangers == []


def test_the_search_for_english_finds_a_word_that_was_forgotten(office, town):
    office.page.evaluate("document.querySelector('.jusou-today').title = 'Property Inspector'")
    assert strange_words(office, town) == ["Property Inspector"]


def test_no_screen_has_a_serious_fault_for_those_who_hear_it(office):
    office.page.evaluate(AXE)
    found = {place: set(office.page.evaluate(FAULTS)) - LABS_OWN for place in stations(office)}
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_terminals_are_shut_and_the_notebooks_are_one_command_away(office):
    asked = office.page.request.get(f"{office.lab.address}/api/terminals?token={office.lab.token}")
    assert asked.status == 404
    expect(office.page.locator(".jp-FileBrowser")).not_to_be_visible()
    office.page.get_by_role("menuitem", name="相談の机", exact=True).click()
    office.page.locator("[data-command='jusou:notebooks']").click()
    expect(office.page.locator(".jp-FileBrowser")).to_be_visible()
    expect(office.page.locator(".jp-LauncherCard").get_by_text("Python 3")).to_be_visible()


def test_all_that_a_kernel_says_at_once_reaches_the_page(office):
    said = {"token": office.lab.token, "many": MANY}
    assert office.page.evaluate(HEARD, said) == MANY
