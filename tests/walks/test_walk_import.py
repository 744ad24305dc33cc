"""A ledger with faults: dropped on the page, matched, mended, taken in, handed back, withdrawn."""

import base64
import csv
import io
import re
import subprocess

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from jusou_nb import open_store
from jusou_nb.forms import Household, Intake
from jusou_nb.store import batches

pytestmark = pytest.mark.walk

TYPED = "秘見本 取込子"
DROP = """(zone, text) => {
  const files = new DataTransfer();
  const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  files.items.add(new File([raw], "台帳.csv"));
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true }));
}"""


def ledger():
    """Write the ledger of an office: an odd heading, an odd value, a day that is none."""
    rows = [
        ["受付番号", "受けた日", "氏名", "性別", "スクリーニング結果", "備考"],
        ["R8-0001", "R8.4.1", TYPED, "女", "継続", "=1+1"],
        ["R8-0002", "R8.4.2", "見本 花子", "女", "よくわからない", "<b>犬</b>"],
        ["R8-0003", "R8.4.31", "架空 太郎", "男", "継続", ""],
        ["R8-0004", "R8.4.4", "", "女", "継続", ""],
    ]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("cp932")


@pytest.fixture(scope="module")
def walk(at_the_desk):
    with at_the_desk("import") as walk:
        walk.open_desk()
        yield walk


def store_of(walk):
    return open_store(walk.folder / "office.db", readonly=True)


def looked(walk, name):
    """Take a picture and ask axe-core for serious faults."""
    walk.look(name)
    found = Axe().run(walk.page, context=".jusou-desk").response["violations"]
    grave = [f["id"] for f in found if f["impact"] in ("serious", "critical")]
    assert grave == [], name


def test_a_ledger_is_dropped_and_its_odd_heading_matched(walk):
    walk.turn("進行管理")
    walk.press("台帳の取込み")
    walk.sees("ここに置いても読み込めます")
    looked(walk, "90-import")
    zone = walk.page.locator(".jusou-drop")
    zone.evaluate(DROP, base64.b64encode(ledger()).decode())
    walk.sees("「相談受付日」の列が分かりません")
    looked(walk, "91-import-headings")
    walk.choose("「受けた日」を入れる欄", "相談受付日")
    walk.sees("4行を")


def test_what_is_wrong_is_mended_in_its_place(walk):
    walk.sees("暦にない日付です")
    looked(walk, "92-import-refused")
    walk.choose("スクリーニング結果の「よくわからない」の読み方", "判断保留(アセスメント継続)")
    walk.page.get_by_role("button", name="2行を取り込む").wait_for()
    box = walk.page.get_by_role("textbox", name="受けた日")
    box.fill("R8.4.30")
    box.press("Enter")
    walk.page.get_by_role("button", name="3行を取り込む").wait_for()
    looked(walk, "93-import-mended")


def test_good_rows_are_taken_in_and_refused_ones_saved(walk):
    walk.press("3行を取り込む")
    walk.sees("新しい行3")
    looked(walk, "94-import-done")
    with walk.page.expect_download() as saved:
        walk.press("取り込めない行を Excel で受け取る")
    raw = saved.value.path().read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active

    assert saved.value.suggested_filename == "台帳.csv.rejected.xlsx"
    assert sheet["A2"].value == "R8-0004"
    with store_of(walk) as store:
        assert sorted(i.remarks or "" for i in store.find(Intake)) == ["", "<b>犬</b>", "=1+1"]


def test_the_batch_is_withdrawn_whole(walk):
    walk.page.get_by_role("button", name="台帳.csv", exact=True).click()
    walk.sees("だれも触れていなければ")
    looked(walk, "95-import-batch")
    walk.press("まとめて取り消す")
    walk.sees(re.compile("まとめて取り消しました"))
    looked(walk, "96-import-withdrawn")

    with store_of(walk) as store:
        assert store.find(Household) == [] and batches.get(store, 1).withdrawn_at
    assert walk.strangers == []


def test_the_name_is_in_the_store_and_nowhere_else(walk):
    asked = ["grep", "-rlF", TYPED, str(walk.lab.home)]
    found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()

    assert {path.rpartition("/")[2] for path in found} <= {"office.db", "office.db-wal"}
    assert found
