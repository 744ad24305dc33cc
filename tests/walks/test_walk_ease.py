"""From ``jusou-nb lab`` in an empty folder to the first printed packet: every press is counted.

The counts are told, not judged; where JUSOU_EASE names a file, they are written there.
"""

import json
import os
import time
from pathlib import Path

import pytest

from jusou_nb import open_store
from jusou_nb.forms import AgendaItem, Conference

pytestmark = pytest.mark.walk

COUNTED = """() => {
  window.presses = 0;
  addEventListener("click", (event) => { if (event.isTrusted) window.presses += 1; }, true);
  addEventListener("change", (event) => {
    if (event.target.tagName === "SELECT") window.presses += 1;
  }, true);
}"""
QUESTION = "家賃の滞納と、電気の停止をどう防ぐか"


class Count:
    """Presses and seconds since the last look."""

    def __init__(self, walk, began):
        self.walk, self.at, self.seen = walk, began, 0
        self.told = []

    def told_of(self, what):
        """Write down what the step cost."""
        presses, now = self.walk.page.evaluate("window.presses"), time.monotonic()
        self.told.append((what, presses - self.seen, round(now - self.at, 1)))
        self.seen, self.at = presses, now


def make_store(walk):
    walk.press("新しい業務ファイルを作る")
    walk.fill("自治体の名前", "例示町")
    walk.fill("窓口の名前", "まるごと相談窓口")
    walk.press("この内容で作る")
    walk.stands()
    walk.press("あとで")


def receive(walk):
    walk.turn("相談受付")
    walk.press("新しい相談を受け付ける")
    walk.tick("様式", "本人同意なし")
    walk.fill("主訴", "家賃を三か月滞納し、電気も止められそうだ")
    walk.choose("スクリーニング結果", "同意は未取得だが継続して働きかける")
    walk.fill("氏名", "見本　花子")
    walk.press("登録")
    walk.sees("ケースを開きました")


def convene(walk):
    walk.turn("会議")
    walk.press("10月の会議を作る")
    walk.sees("案件に載せる")


def place(walk):
    walk.press("案件に載せる")
    walk.press("見本　花子")
    walk.choose("法的根拠", "支援会議")
    walk.fill("検討したいこと", QUESTION)
    walk.press("案件に載せる")
    walk.sees("1番の案件に載せました")


def print_packets(walk):
    walk.press("資料を作成")
    walk.sees("部の資料を作りました", timeout=120_000)


WAY = (
    ("業務ファイルを作る", make_store),
    ("相談を受け付け、ケースを開く", receive),
    ("会議を作る", convene),
    ("支援会議の案件に載せる", place),
    ("資料を作る", print_packets),
)


def test_the_first_packet_is_printed_on_the_first_day(first_day):
    began = time.monotonic()
    walk = first_day()
    walk.page.evaluate(COUNTED)
    count = Count(walk, began)
    count.told_of("起動して、はじめの画面まで")
    for what, do in WAY:
        do(walk)
        count.told_of(what)
        walk.look(f"ease-{len(count.told)}")
    told = json.dumps(count.told, ensure_ascii=False)
    print(told)  # noqa: T201 - what it took is told and not judged
    if named := os.environ.get("JUSOU_EASE"):
        Path(named).write_text(told, encoding="utf-8")

    with open_store(walk.folder / "業務.db", readonly=True) as store:
        assert len(store.find(Conference)) == 1
        (item,) = store.find(AgendaItem)
        assert (item.basis, item.question) == ("confidential", QUESTION)
    assert any(QUESTION in text for text in walk.reports.values())
    assert walk.strangers == []
