"""The first day: an empty folder, a new account, and a desk that stands a minute later."""

import json
import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from jusou_nb import open_store
from jusou_nb.settings import account

pytestmark = pytest.mark.walk

NAME = "見本 花子"
STEPS = 8


def first_entry(walk):
    return walk.page.get_by_role("heading", name="はじめに、業務ファイルを決めます")


def new_store(walk, name="例示町の業務.db"):
    walk.press("新しい業務ファイルを作る")
    walk.fill("自治体の名前", "例示町")
    walk.fill("窓口の名前", "まるごと相談窓口")
    walk.fill("業務ファイルの名前", name)
    walk.press("この内容で作る")


def named(walk):
    """Say who works here, as the desk asks."""
    walk.press("名前を登録する")
    walk.fill("あなたの名前", NAME)
    walk.choose("あなたの役割", "包括化推進員")
    walk.look("first-04-name")
    walk.press("名前を登録する")
    walk.sees("さんで始めます")


def step(walk, place):
    expect(walk.page.locator(".jusou-tour-count")).to_have_text(f"{place} / {STEPS}")


def toured(walk):
    """Walk the tour there and back by keyboard alone."""
    walk.page.get_by_role("button", name="5分の案内を見る").focus()
    walk.page.keyboard.press("Enter")
    for place in range(1, STEPS + 1):
        step(walk, place)
        if place == 2:
            expect(walk.page.locator("[data-jusou-tour]")).to_have_text("新しい相談を受け付ける")
        walk.look(f"first-tour-{place}")
        if place < STEPS:
            walk.page.keyboard.press("ArrowRight")
    walk.page.keyboard.press("ArrowLeft")
    step(walk, STEPS - 1)
    walk.page.keyboard.press("Escape")
    expect(walk.page.locator(".jusou-tour")).to_have_count(0)


def shown_help(walk):
    """Open the help of a form by keyboard."""
    walk.turn("相談受付")
    walk.press("新しい相談を受け付ける")
    walk.sees("？この用紙について")
    walk.page.locator("summary", has_text="？この用紙について").first.focus()
    walk.page.keyboard.press("Enter")
    walk.sees("よりどころ")
    walk.sees("社会福祉法106条の4")
    walk.look("first-05-help")


def reopened(walk):
    """Load the page anew: the chosen store opens, and nobody is asked again."""
    walk.page.reload()
    walk.stands()
    expect(walk.page.get_by_text(NAME).first).to_be_visible()
    expect(first_entry(walk)).to_have_count(0)
    expect(walk.page.get_by_role("button", name="名前を登録する")).to_have_count(0)
    walk.look("first-06-again")


def test_a_new_office_begins_with_its_own_store(first_day):
    walk = first_day()
    walk.look("first-01-ways")
    new_store(walk)
    walk.stands()
    walk.look("first-03-desk")
    named(walk)
    toured(walk)
    shown_help(walk)
    reopened(walk)

    with open_store(walk.folder / "例示町の業務.db", readonly=True) as store:
        assert (store.profile.municipality, store.worker_name()) == ("例示町", NAME)
        assert store.verify() == []
    kept = json.loads((walk.lab.home / ".local/share/jusou_nb/desk.json").read_text("utf-8"))
    assert kept["store"].endswith("例示町の業務.db") and kept["toured"]
    assert NAME not in json.dumps(kept, ensure_ascii=False)
    assert walk.strangers == []


def test_what_cannot_be_opened_or_made_is_told_and_stays_as_it_was(first_day):
    walk = first_day()
    (walk.folder / "名簿.db").write_text("氏名,住所\n", encoding="utf-8")
    with open_store(walk.folder / "新しい版.db"):
        pass
    with closing(sqlite3.connect(walk.folder / "新しい版.db")) as stored:
        stored.execute("PRAGMA user_version = 99")
    new_store(walk, "名簿.db")
    walk.sees("「名簿.db」は既にあります")
    walk.press("はじめの画面へ戻る")
    walk.press("いまある業務ファイルを開く")
    walk.press("名簿.db")
    walk.sees("「名簿.db」は業務ファイルではありません")
    walk.press("新しい版.db")
    walk.sees("新しい版（99）で作られています")
    walk.look("first-10-refused")
    walk.fill("ファイルの場所", str(walk.folder / "ない.db"))
    walk.press("このファイルを開く")
    walk.sees("「ない.db」が見つかりません")
    assert (walk.folder / "名簿.db").read_text("utf-8") == "氏名,住所\n"
    assert not (walk.folder / "ない.db").exists()


def test_the_fictional_town_stands_after_one_press(first_day):
    walk = first_day()
    walk.press("架空の町で試す")
    walk.press("架空の町を作る")
    walk.sees("作っています")
    walk.look("first-20-making")
    walk.page.get_by_role("tab", name="相談受付").wait_for(timeout=120_000)
    walk.turn("相談受付")
    walk.sees("R8-0001")
    expect(walk.page.get_by_text("業務ファイルが決まっていません")).to_have_count(0)
    walk.look("first-21-town")
    expect(walk.page.get_by_text(re.compile("いま(は|)「?" + account())).first).to_be_visible()
