"""No typed name outside the store: typed everywhere, then looked for wherever a trace may stay."""

import base64
import json
import os
from datetime import date
from urllib.parse import quote

import pytest

from jusou_nb import casework, open_store
from jusou_nb.dates import PartialDate
from jusou_nb.documents.case_papers import COURSE
from jusou_nb.forms import CaseNote, Household, Intake, Person, PhoneMemo
from jusou_nb.store import drafts

pytestmark = pytest.mark.walk

WHERE = ("search", "memo", "intake", "note", "draft", "import", "merge", "sifted")
TYPED = {place: f"秘痕{sign}見本" for place, sign in zip(WHERE, "索控受経稿取統絞", strict=True)}
STORE = ("office.db", "office.db-wal", "office.db-shm")
LEDGER = "受付番号,相談受付日,氏名\nR8-0101,R8.4.1,{}\n"
DROP = """(zone, text) => {
  const files = new DataTransfer();
  const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  files.items.add(new File([raw], "台帳.csv"));
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true }));
}"""
# Whatever a page may leave behind in the browser.
BROWSER = """async () => {
  const kept = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  kept.push(document.cookie, location.href, JSON.stringify(history.state), document.title);
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done, fail) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = fail;
    });
    for (const table of base.objectStoreNames) {
      const asked = base.transaction(table).objectStore(table);
      const all = (what) => new Promise(done => { what.onsuccess = () => done(what.result); });
      kept.push(JSON.stringify(await all(asked.getAll())));
      kept.push(JSON.stringify(await all(asked.getAllKeys())));
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys())
      kept.push(asked.url, await (await cache.match(asked)).text());
  }
  return kept; }"""
LEAVE = """name => { localStorage.setItem("walk", name); }"""


def receive(store, name):
    person = Person(relation="本人", name=name, birth=PartialDate(1950, 4, 1))
    intake = Intake(received_on=date(2026, 10, 1), screening="continuing")
    casework.receive_intake(store, household=Household(members=(person,)), intake=intake)


def search(walk):
    walk.turn("ホーム")
    walk.page.get_by_role("combobox", name="探す", exact=True).press_sequentially(TYPED["search"])
    walk.sees("見つかりません")


def memo(walk):
    walk.page.keyboard.press("Alt+2")
    walk.box("話の内容").press_sequentially(TYPED["memo"])
    walk.press("登録")
    walk.sees("電話メモを登録しました")


def intake(walk):
    walk.page.keyboard.press("Alt+3")
    walk.tick("様式", "本人同意なし")
    walk.fill("主訴", "眠れないと話す")
    walk.choose("スクリーニング結果", "同意は未取得だが継続して働きかける")
    walk.box("氏名").press_sequentially(TYPED["intake"])
    walk.press("登録")
    walk.sees("で登録しました")


def note(walk):
    walk.press("経過を書く")
    walk.box("内容").press_sequentially(TYPED["note"])
    walk.press("登録")
    walk.sees("登録しました。")
    walk.page.get_by_label("言葉", exact=True).fill(TYPED["sifted"])


def paper(walk):
    """A finished paper holds the name, as it should."""
    walk.press(COURSE)
    walk.until(lambda: any(TYPED["note"] in text for text in walk.reports.values()))


def merge(walk):
    walk.turn("進行管理")
    walk.press("重複の疑い")
    walk.press("架空　雪子（R8-0001）")
    walk.fill("統合の理由", TYPED["merge"])
    walk.press("統合する")
    walk.sees("世帯を統合しました")


def take_in(walk):
    walk.press("進行管理へ戻る")
    walk.press("台帳の取込み")
    raw = base64.b64encode(LEDGER.format(TYPED["import"]).encode("cp932")).decode()
    walk.page.locator(".jusou-drop").evaluate(DROP, raw)
    walk.press("1行を取り込む")
    walk.sees("新しい行1")


def leave_a_draft(walk):
    """Last: typed, and left as it stands."""
    walk.page.keyboard.press("Alt+3")
    walk.box("主訴").press_sequentially(TYPED["draft"])
    walk.sees("下書き保存済")


@pytest.fixture(scope="module")
def typed(lab_of_module, at_the_desk):
    """A desk at which a name was typed in every place, the window still open."""
    with at_the_desk("no-trace", of=lab_of_module) as walk:
        with open_store(walk.folder / "office.db") as store:
            receive(store, "架空　雪子")
            receive(store, "架空雪子")
        walk.asked = []
        walk.page.on("request", lambda request: walk.asked.append(request.url))
        walk.open_desk()
        for step in (search, memo, intake, note, paper, merge, take_in, leave_a_draft):
            step(walk)
            walk.look(f"no-trace-{step.__name__}")
        # JupyterLab keeps where its windows stood a moment later.
        walk.page.wait_for_timeout(2500)
        yield walk


def signs(name):
    """Give the ways in which a program may write a name."""
    escaped = json.dumps(name)[1:-1]
    texts = (name.encode("utf-8"), name.encode("utf-16-le"), name.encode("cp932"))
    return [*texts, escaped.encode(), escaped.upper().encode(), quote(name).encode()]


def holding(paths):
    """Give the files and places of the names that they hold."""
    kept = [(path, path.read_bytes()) for path in paths if path.is_file()]
    return sorted(
        (path.name, place)
        for path, raw in kept
        for place, name in TYPED.items()
        if any(sign in raw for sign in signs(name))
    )


def test_what_was_typed_is_in_the_store(typed):
    with open_store(typed.folder / "office.db", readonly=True) as store:
        texts = [memo.said for memo in store.find(PhoneMemo)]
        texts += [note.content for note in store.find(CaseNote)]
        texts += [p.name for home in store.find(Household) for p in home.members]
        left = [d.boxes for d in drafts.every(store)]
    assert {TYPED["memo"], TYPED["note"], TYPED["intake"], TYPED["import"]} <= set(texts)
    assert [b["presenting_problem"] for b in left if "presenting_problem" in b] == [TYPED["draft"]]
    names = {place for name, place in holding(typed.folder.glob("office.db*"))}
    assert names == set(TYPED) - {"search", "sifted"}


def test_no_file_beside_the_store_and_the_papers_holds_a_name(typed):
    others = [
        path
        for path in typed.lab.home.rglob("*")
        if path.name not in STORE and path.parent.name != "reports"
    ]
    assert {".workspaces", "runtime", "tmp", "server.log"} <= {path.name for path in others}
    assert any(path.suffix == ".jupyterlab-workspace" for path in others)
    assert "desk.ipynb" in {path.name for path in others}
    assert holding(others) == []


def test_the_finished_papers_hold_the_name_and_their_file_names_do_not(typed):
    papers = list((typed.folder / "reports").iterdir())
    assert "note" in {place for _, place in holding(papers)}
    assert not any(name in path.name for path in papers for name in TYPED.values())


def test_the_server_says_no_name(typed):
    said = typed.lab.process.stdout
    os.set_blocking(said.fileno(), False)
    try:
        told = os.read(said.fileno(), 1_000_000)
    except BlockingIOError:
        told = b""
    log = (typed.lab.home / "server.log").read_bytes()
    assert [n for n in TYPED.values() if any(sign in told + log for sign in signs(n))] == []


def test_the_browser_keeps_no_name(typed):
    kept = " ".join(typed.page.evaluate(BROWSER)) + json.dumps(typed.page.context.cookies())
    assert "_xsrf" in kept
    assert [name for name in TYPED.values() if name in kept or quote(name) in kept] == []


def test_no_address_that_was_asked_for_holds_a_name(typed):
    assert any("jusou/search" in url for url in typed.asked)
    assert [url for url in typed.asked for n in TYPED.values() if n in url or quote(n) in url] == []
    assert typed.strangers == []


def test_a_name_that_was_left_behind_is_found(typed, tmp_path):
    for number, sign in enumerate(signs(TYPED["memo"])):
        (tmp_path / f"{number}.log").write_bytes(b"x" + sign)
    assert len(holding(tmp_path.iterdir())) == len(signs(TYPED["memo"]))
    typed.page.evaluate(LEAVE, TYPED["memo"])
    assert TYPED["memo"] in " ".join(typed.page.evaluate(BROWSER))
