"""Ticks and choices are kept; a 登録 is taken back; a full disk, a login that has ended."""

import os
import re
import signal
import subprocess
from contextlib import contextmanager

import psutil
import pytest
from playwright.sync_api import expect

from jusou_nb import open_store
from jusou_nb.forms import Household, Intake
from jusou_nb.store import drafts

pytestmark = [pytest.mark.walk, pytest.mark.slow]

LEAVE = """() => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"""


def new_sheet(walk):
    """Open a new sheet on which the worker types."""
    walk.open_desk()
    walk.turn("相談受付")
    walk.press("新しい相談を受け付ける")
    expect(walk.box("主訴")).to_be_visible()
    return walk.box("主訴")


def left(walk, form=Intake):
    with open_store(walk.folder / "office.db") as store:
        return [draft.boxes for draft in drafts.every(store) if draft.form == form.table]


def alarm(walk, words):
    return walk.page.get_by_role("alert").filter(has_text=words)


def test_ticks_and_choices_are_kept_without_a_word_typed_and_come_back(at_the_desk):
    with at_the_desk("ticks") as walk:
        new_sheet(walk)
        walk.tick("相談内容", "住まいについて", "債務について")
        walk.choose("スクリーニング結果", "同意は未取得だが継続して働きかける")
        walk.until(lambda: left(walk) and len(left(walk)[0].get("topics", [])) == 2)
        walk.until(lambda: "screening" in left(walk)[0])
        walk.page.reload()
        walk.stands()
        walk.press("続きを書く")
        topics = walk.page.get_by_role("group", name=re.compile("^相談内容"))
        expect(topics.get_by_label("住まいについて", exact=True)).to_be_checked()
        chosen = walk.page.get_by_role("combobox", name=re.compile("^スクリーニング結果"))
        expect(chosen).to_have_value(left(walk)[0]["screening"][0])
        walk.look("27-ticks-back")


def test_the_last_registration_is_taken_back_and_written_anew(at_the_desk):
    with at_the_desk("taken-back") as walk:
        new_sheet(walk).fill("まちがえて登録した文")
        walk.fill("氏名", "見本　花子")
        walk.press("登録")
        walk.sees("登録しました。")
        assert len(found(walk, Intake)) == 1
        walk.look("28-registered")
        walk.press("いまの登録を取り消して書き直す")
        expect(walk.box("主訴")).to_have_value("まちがえて登録した文")
        walk.look("29-taken-back")
        assert [found(walk, form) for form in (Intake, Household)] == [[], []]
        assert left(walk)[0]["presenting_problem"] == "まちがえて登録した文"


def found(walk, form):
    with open_store(walk.folder / "office.db") as store:
        assert store.verify() == []
        return store.find(form)


@contextmanager
def full_disk(lab):
    """The server can write no byte more into any file, as on a full disk."""
    process = psutil.Process(lab.process.pid)
    before = process.rlimit(psutil.RLIMIT_FSIZE)
    process.rlimit(psutil.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        process.rlimit(psutil.RLIMIT_FSIZE, before)


def test_a_disk_that_takes_nothing_more_is_said_and_the_letter_waits_on_the_screen(
    at_the_desk, lab_to_stop
):
    with at_the_desk("full-disk", of=lab_to_stop) as walk:
        box = new_sheet(walk)
        box.press_sequentially("預けた文。")
        walk.sees("下書き保存済")
        with full_disk(lab_to_stop):
            box.press_sequentially("あふれた文。")
            expect(alarm(walk, "ディスクに書けません。空きと接続を")).to_be_visible(timeout=10_000)
            expect(alarm(walk, "この画面に残っています")).to_be_visible()
            walk.look("30-full-disk")
            assert walk.page.evaluate(LEAVE)
        expect(alarm(walk, "ディスクに書けません")).to_be_hidden()
        assert left(walk)[0]["presenting_problem"] == "預けた文。あふれた文。"


@pytest.fixture
def started_anew(lab_to_stop):
    """Give what ends the server and starts it again at its address, with another token."""
    begun = []

    def restart():
        words, process = lab_to_stop.process.args, lab_to_stop.process
        around = psutil.Process(process.pid).environ()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        begun.append(
            subprocess.Popen(
                words, env=around, stdout=subprocess.PIPE, text=True, start_new_session=True
            )
        )
        return next(line for line in begun[0].stdout if "http" in line)

    yield restart
    for process in begun:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        process.stdout.close()


def test_a_login_that_has_ended_is_said_in_words_and_nothing_leaves_the_screen(
    at_the_desk, lab_to_stop, started_anew
):
    with at_the_desk("signed-out", of=lab_to_stop) as walk:
        box = new_sheet(walk)
        box.press_sequentially("預けた文。")
        walk.sees("下書き保存済")
        address = started_anew().partition(" ")[2].strip()
        assert lab_to_stop.token not in address
        walk.page.context.clear_cookies()
        box.press_sequentially("期限が切れてからの文。")
        said = alarm(
            walk, "ログインの期限が切れました。この画面は閉じずに、別のタブで机を開いてください"
        )
        expect(said).to_be_visible(timeout=20_000)
        expect(box).to_have_value("預けた文。期限が切れてからの文。")
        walk.look("31-signed-out")
        assert walk.page.evaluate(LEAVE)
        assert left(walk)[0]["presenting_problem"] == "預けた文。"
        assert walk.page.context.request.get(address).ok
        expect(said).to_be_hidden()
        assert left(walk)[0]["presenting_problem"] == "預けた文。期限が切れてからの文。"


def test_a_desk_that_fell_is_opened_only_when_what_was_typed_is_safe(at_the_desk, lab):
    before = lab.kernels()
    with at_the_desk("fell-unsafe") as walk:
        box, store = new_sheet(walk), walk.folder / "office.db"
        (kernel,) = lab.kernels() - before
        store.rename(walk.folder / "away.db")
        box.press_sequentially("まだ画面だけの文")
        expect(alarm(walk, "見つかりません")).to_be_visible()
        os.kill(kernel, signal.SIGKILL)
        waits = walk.page.get_by_text(re.compile("書いたことをまだ保存できません"))
        expect(waits).to_be_visible(timeout=30_000)
        expect(box).to_have_value("まだ画面だけの文")
        walk.look("32-fell-unsafe")
        (walk.folder / "away.db").rename(store)
        walk.sees("書きかけがあります（相談受付", timeout=30_000)
        walk.press("続きを書く")
        expect(walk.box("主訴")).to_have_value("まだ画面だけの文")
