"""No letter older than a second is lost: every form, a kernel that is busy or dies, two screens."""

import json
import os
import re
import signal

import pytest
from playwright.sync_api import expect

from jusou_nb import open_store, widgets
from jusou_nb.fields import Form, children, items
from jusou_nb.forms import Intake
from jusou_nb.store import drafts

pytestmark = [pytest.mark.walk, pytest.mark.slow]

assert widgets.desk  # loading the desk makes all of its forms known
BUSY, DEAD = "忙しい間に書いた文", "止まってから書いた文"
A_PAGE = 12


def every_form(base=Form):
    """Give every form class that any room has declared, those of the desk alone included."""
    for form in base.__subclasses__():
        yield form
        yield from every_form(form)


def sheets():
    """Give the names of all forms that are filled as a sheet, not as a row of one.

    A form without a table is of no store yet (the first day's questions): nothing keeps it.
    """
    known = [
        f for f in every_form() if f.__module__.startswith("jusou_nb.") and items(f) and f.table
    ]
    rows = {table.form for form in known for table in children(form)}
    return sorted({(f.__module__, f.__name__) for f in known if f not in rows})


PAGES = [sheets()[n : n + A_PAGE] for n in range(0, len(sheets()), A_PAGE)]
CELL = """
import importlib, os, time
from datetime import date
from pathlib import Path
from ipywidgets import VBox
from jusou_nb import open_store
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.tabs import Tabs
session = Session(open_store({store!r}), date(2026, 10, 15))
forms = [getattr(importlib.import_module(m), n) for m, n in {names!r}]
made = [Entry(session, dict(record=Sheet(form=f, key="walk")), lambda *_: None) for f in forms]
busy = Tabs("", ["暇", "忙しい"], lambda place: time.sleep(120 * place))
page = VBox([busy, *made])
page.add_class("jusou-desk")
display(page)
Path({store!r}).with_name("pid").write_text(str(os.getpid()))
"""
TYPE = """([text, last]) => [...document.querySelectorAll('.jusou-desk > .jusou-entry')]
  .map(form => {
  const boxes = [...form.querySelectorAll('textarea, input[type=text]')]
    .filter(box => box.offsetParent && !box.readOnly);
  const row = boxes.find(box => box.closest('.jusou-row'));
  for (const box of new Set([boxes[0], row].filter(Boolean))) {
    box.value = text;
    box.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: last}));
  }
  return boxes.length;
})"""


@pytest.fixture(params=PAGES, ids=lambda page: f"{page[0][1]}-{page[-1][1]}")
def page_of_forms(request, at_the_desk):
    """A dozen forms open on one page, each ready to be typed in; and the kernel behind it."""
    names = request.param
    with at_the_desk(f"letters-{names[0][1]}") as walk:
        show(walk, CELL.format(store=str(walk.folder / "office.db"), names=names))
        begin(walk)
        expect(walk.page.locator(".jusou-courier")).to_have_count(len(names), timeout=60_000)
        yield walk, names, int((walk.folder / "pid").read_text(encoding="utf-8"))


def show(walk, cell):
    """Put a cell of our own in the place of the one that opens the desk."""
    path = walk.folder / "desk.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = cell
    path.write_text(json.dumps(notebook), encoding="utf-8")


def begin(walk):
    name = (walk.folder / "desk.ipynb").relative_to(walk.lab.root)
    walk.page.goto(f"{walk.lab.address}/lab/tree/{name}?token={walk.lab.token}&reset")


def holding(walk, text):
    """Give the tables of the forms of which a draft with this text is in the store."""
    with open_store(walk.folder / "office.db") as store:
        written = {d.form: json.dumps(d.boxes, ensure_ascii=False) for d in drafts.every(store)}
    return {form for form, boxes in written.items() if text in boxes}


def test_no_form_loses_a_letter_while_the_kernel_is_busy_or_dies(page_of_forms):
    walk, names, kernel = page_of_forms
    walk.page.get_by_role("tab", name="忙しい").click()
    typed = walk.page.evaluate(TYPE, [BUSY, True])
    walk.until(lambda: holding(walk, BUSY) == tables(names, typed))
    os.kill(kernel, signal.SIGKILL)
    walk.page.evaluate(TYPE, [DEAD, True])
    walk.until(lambda: holding(walk, DEAD) == tables(names, typed))


def tables(names, typed):
    """Give the tables of the forms on a page that have a box to type in; nearly all have."""
    by_name = {(f.__module__, f.__name__): f.table for f in every_form()}
    return {by_name[tuple(name)] for name, boxes in zip(names, typed, strict=True) if boxes}


def note(walk):
    """Open a new sheet on which the worker types."""
    walk.turn("相談受付")
    walk.press("新しい相談を受け付ける")
    expect(walk.box("主訴")).to_be_visible()
    return walk.box("主訴")


def test_the_texts_of_two_screens_on_one_sheet_both_survive(at_the_desk, browser):
    with at_the_desk("two-screens") as here:
        here.open_desk()
        note(here).press_sequentially("こちらの画面の文")
        there = type(here)(here.lab, browser.new_page(locale="ja-JP"), here.folder, here.pictures)
        there.open_desk()
        note(there).fill("あちらの画面の文")
        here.box("主訴").press_sequentially("の続き")
        here.until(lambda: "の続き" in "".join(texts(here)))
        assert sorted(texts(here)) == ["あちらの画面の文", "こちらの画面の文の続き"]
        there.page.reload()
        there.stands()
        offered = there.page.get_by_text(re.compile("書きかけがあります（相談受付"))
        expect(offered).to_have_count(2)
        there.look("22-both-offered")
        there.page.close()


TWO = """
from dataclasses import replace
from datetime import date
from ipywidgets import VBox
from jusou_nb import open_store
from jusou_nb.forms import Intake
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.tabs import Tabs
session, day = Session(open_store({store!r}), date(2026, 10, 15)), date(2026, 10, 1)
saved = session.store.save(Intake(received_on=day, presenting_problem="元の文"))
made = Entry(
    session,
    dict(record=Sheet(form=Intake, key="id-1", record=saved)),
    lambda records, _allowed: session.store.save(records["record"]),
)
with open_store({store!r}, account="ほかの担当") as other:
    other.save(replace(saved, presenting_problem="相手が保存した文", remarks="折返し電話"))
page = VBox([Tabs("", ["相談受付"], lambda place: None), made])
page.add_class("jusou-desk")
display(page)
"""


def test_what_both_changed_is_chosen_side_by_side_by_keyboard(at_the_desk):
    with at_the_desk("conflict") as walk:
        show(walk, TWO.format(store=str(walk.folder / "office.db")))
        begin(walk)
        walk.fill("主訴", "自分が書いた文")
        walk.press("登録")
        asked = walk.page.get_by_role("group", name=re.compile("主訴"))
        asked.get_by_role("radio", name=re.compile("相手が保存した文")).focus()
        walk.look("26-side-by-side")
        walk.page.keyboard.press("ArrowDown")
        expect(asked.get_by_role("radio", name=re.compile("両方を残す"))).to_be_checked()
        walk.press("登録")
        walk.until(lambda: saved(walk)[0].startswith("相手が保存した文\n自分が書いた文"))
        assert saved(walk)[1] == "折返し電話"


def saved(walk):
    with open_store(walk.folder / "office.db") as store:
        (found,) = store.find(Intake)
        return found.presenting_problem, found.remarks


def test_text_that_the_input_method_still_holds_is_kept(at_the_desk):
    with at_the_desk("composing") as walk:
        walk.open_desk()
        note(walk).focus()
        keyboard = walk.page.context.new_cdp_session(walk.page)
        held = {"text": "ねむれないとはなす", "selectionStart": 9, "selectionEnd": 9}
        keyboard.send("Input.imeSetComposition", held)
        walk.until(lambda: texts(walk) == ["ねむれないとはなす"])


def test_a_server_that_stopped_is_said_at_once_and_nobody_leaves_unwarned(at_the_desk, lab_to_stop):
    with at_the_desk("server-stopped", of=lab_to_stop) as walk:
        walk.open_desk()
        box = note(walk)
        box.press_sequentially("預けた文。")
        walk.sees("下書き保存済")
        walk.until(lambda: not walk.page.evaluate(LEAVE))
        os.killpg(lab_to_stop.process.pid, signal.SIGKILL)
        lab_to_stop.process.wait(10)
        box.press_sequentially("まだ画面だけの文。")
        expect(alarm(walk, "書いたことはこの画面に残っています")).to_be_visible(timeout=5_000)
        expect(box).to_have_value("預けた文。まだ画面だけの文。")
        walk.look("23-server-stopped")
        assert texts(walk) == ["預けた文。"]
        assert walk.page.evaluate(LEAVE)


LEAVE = """() => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"""


def alarm(walk, words):
    return walk.page.get_by_role("alert").filter(has_text=words)


def test_a_letter_that_cannot_be_kept_is_said_and_kept_as_soon_as_it_can_be(at_the_desk):
    with at_the_desk("store-away") as walk:
        walk.open_desk()
        box, store = note(walk), walk.folder / "office.db"
        store.rename(walk.folder / "away.db")
        box.press_sequentially("戻るまで待つ文")
        expect(alarm(walk, "見つかりません")).to_be_visible(timeout=5_000)
        walk.look("24-store-away")
        (walk.folder / "away.db").rename(store)
        expect(alarm(walk, "見つかりません")).to_be_hidden()
        assert texts(walk) == ["戻るまで待つ文"]


def test_a_registration_that_waits_for_the_kernel_says_so_and_loses_nothing(at_the_desk, lab):
    before = lab.kernels()
    with at_the_desk("kernel-hangs") as walk:
        walk.open_desk()
        (kernel,) = lab.kernels() - before
        box = note(walk)
        os.kill(kernel, signal.SIGSTOP)
        box.press_sequentially("登録を待つ文")
        walk.press("登録")
        walk.sees("前の処理が終わりしだい進みます")
        walk.look("25-waits")
        assert texts(walk) == ["登録を待つ文"]
        os.kill(kernel, signal.SIGCONT)
        walk.sees("本人が記入されていません")
        assert "登録を待つ文" in box.input_value()


def texts(walk):
    with open_store(walk.folder / "office.db") as store:
        return [d.boxes["presenting_problem"] for d in drafts.every(store) if d.form == "intakes"]
