"""axe-core on every screen: the launcher and panel, each page of the desk, whatever opens there.

What there is to look at is asked of the program: a new page, button or form is in by itself.
"""

import json
import re
from datetime import date
from importlib import resources

import pytest
from playwright.sync_api import expect

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town

pytestmark = [pytest.mark.walk, pytest.mark.slow]

TODAY = date(2026, 10, 15)
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# The page itself has no height under JupyterLab, and what lies in it counts as out of sight.
TALL = "() => { document.body.style.minHeight = '100vh'; }"
FAULTS = """place => axe.run(place, {resultTypes: ["violations"], preload: false})
  .then(found => found.violations
  .filter(v => ["serious", "critical"].includes(v.impact))
  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 140)).join(" | ")}`))"""
# The kernel goes where it is told, and says when it is there; the desk is the program's own.
CELL = """
from datetime import date
from ipywidgets import HTML, Text, VBox
from jusou_nb.fields import Form, children, items
from jusou_nb.forms import Case, CaseNote, Conference, SupportPlan
from jusou_nb.problems import Problem
from jusou_nb.widgets.desk import PAGES, desk
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.doorway import STAY
from jusou_nb.widgets.parts import put_away

opened = desk({store!r}, "2026-10-15")
store, lexicon = opened.store, opened.store.lexicon()

def every_form(base=Form):
    for form in base.__subclasses__():
        yield form
        yield from every_form(form)

known = {{f for f in every_form() if f.__module__.startswith("jusou_nb.") and items(f)}}
rows = {{table.form for form in known for table in children(form)}}
FORMS = sorted(known - rows, key=lambda form: form.__qualname__)
fullest = max(store.find(Case), key=lambda c: len(store.find(CaseNote, case_id=c.id)))
plan = store.find(SupportPlan)[-1]
sitting = max(store.find(Conference, body="monthly"), key=lambda c: c.held_on)
PLACES = [(name, STAY) for name in PAGES] + [
    ("相談受付", None), ("相談受付", (fullest.intake_id, None, fullest.client_id)),
    ("会議", (sitting.id,)), ("プラン", plan.case_id),
]
place, order = VBox(), Text()
told = HTML("FORMS " + str(len(FORMS)) + " PLACES " + str(len(PLACES)))
place.add_class("jusou-desk")

def drawn(form):
    is_kept = form.table and form.__module__.startswith("jusou_nb.forms")
    kept = next(iter(store.find(form)[-1:]), None) if is_kept else None
    view = FormView(form, lexicon, record=kept, today=date(2026, 10, 15))
    said = dict(rule="walk", message="記入がありません。", remedy="記入してください。")
    view.show_problems([Problem(box=box.name, **said) for box in items(form)])
    return view

def show(forms):
    gone, place.children = place.children, [drawn(form) for form in forms]
    for part in gone:
        put_away(part)

def obey(change):
    what, number, turn = change["new"].split()
    opened.layout.display = "none" if what == "form" else ""
    place.layout.display = "" if what == "form" else "none"
    if what == "form":
        show(FORMS[int(number) : int(number) + {at_once}])
    if what == "place":
        name, about = PLACES[int(number)]
        page = opened.pages.pop(name, None)
        opened.open_page(name, about)
        put_away(page or VBox())
    told.value = f"done {{turn}}"

order.observe(obey, "value")
order.add_class("walk-order"); told.add_class("walk-told")
display(VBox([order, told]), opened, place)
"""
# What can be pressed on a page: of each list its first line; nothing that makes a paper.
BUTTONS = """() => {
  const lists = new Set(), names = new Set();
  return [...document.querySelectorAll(".jusou-room button")].map((part, at) => {
    const name = (part.getAttribute("aria-label") ?? part.textContent).trim();
    const list = part.closest("table, .jusou-flow");
    const paper = /紙を作る|Word にする/.test(part.closest("[role=group]")?.ariaLabel ?? "");
    if (!part.checkVisibility() || part.disabled || paper || names.has(name)) return null;
    if (list && lists.has(list)) return null;
    lists.add(list ?? part); names.add(name);
    return {at, name};
  }).filter(Boolean); }"""
# A drawing that is enlarged takes the whole screen, and nothing is told below it.
PRESS = """at => {
  document.querySelectorAll(".jusou-room button")[at]?.click();
  return document.querySelector("dialog[open]") !== null; }"""
CLOSE = "() => document.querySelectorAll('dialog[open]').forEach(each => each.close())"
MORE = """() => [...document.querySelectorAll(".jusou-desk button")]
  .filter(each => each.checkVisibility() && each.textContent.includes("の行を追加"))
  .forEach(each => each.click())"""
AT_ONCE = 8
"""Forms on one screen."""
QUIET = """() => new Promise(done => {
  let timer = setTimeout(end, 150);
  const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, 150); });
  function end() { watch.disconnect(); done(); }
  watch.observe(document.body, {childList: true, subtree: true, attributes: true});
  setTimeout(end, 3000);
})"""
MAKES = re.compile("作成|作る$|Word|Excel|PDF|印刷|取り込む|^戻す|統合する|この日に")
"""Words of buttons that start a paper or end something; what they lead to is walked elsewhere."""


class Rounds:
    """Goes from screen to screen, and has each looked at."""

    def __init__(self, walk):
        self.walk, self.page, self.turn = walk, walk.page, 0
        self.seen, self.faults = [], {}

    def tell(self, what="echo", number=0):
        """Have the kernel go somewhere; it has drawn whatever it was asked before that too."""
        self.turn += 1
        self.page.locator(".walk-order input").fill(f"{what} {number} {self.turn}")
        self.page.locator(".walk-order input").dispatch_event("change")
        expect(self.page.locator(".walk-told")).to_have_text(f"done {self.turn}", timeout=30_000)
        self.page.evaluate(QUIET)

    def look(self, name, place=".jusou-desk"):
        """Ask axe-core; faults seen on an earlier screen are told but once."""
        self.seen.append(name)
        before = {fault for faults in self.faults.values() for fault in faults}
        found = [f for f in self.page.evaluate(FAULTS, place) if f not in before]
        if found:
            self.faults[name] = found

    def forms(self, number):
        """Look at some forms, a row added to each of their tables, each box said to be wrong."""
        self.tell("form", number)
        self.page.evaluate(MORE)
        self.tell()
        self.look(f"forms from {number}")

    def place(self, number):
        """Look at a page as it opens, then press each of its buttons, from the start each time."""
        self.tell("place", number)
        self.look(f"place {number}")
        for button in self.page.evaluate(BUTTONS):
            if MAKES.search(button["name"]):
                continue
            self.tell("place", number)
            if not self.page.evaluate(PRESS, button["at"]):
                self.tell()
            self.look(f"place {number} {button['name']}")
            self.page.evaluate(CLOSE)


@pytest.fixture(scope="module")
def office(lab_of_module, at_the_lab):
    """A town, and the desk over it beside what leads the way."""
    store = lab_of_module.home / "first.db"
    with open_store(store) as opened:
        make_town(opened, households=20, seed=5, today=TODAY)
    path = lab_of_module.root / "screens.ipynb"
    notebook = json.loads((lab_of_module.root / "desk.ipynb").read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = CELL.format(store=str(store), at_once=AT_ONCE)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with at_the_lab("every-screen", lab_of_module) as walk:
        walk.page.goto(f"{walk.lab.address}/lab?token={walk.lab.token}&reset")
        expect(walk.page.locator(".jp-LauncherCard").first).to_be_visible(timeout=60_000)
        expect(walk.page.locator(".jusou-today")).to_contain_text("件")
        yield walk


def test_the_launcher_and_the_panel_have_no_serious_fault(office):
    office.page.evaluate(AXE)
    office.page.evaluate(TALL)
    for kind in office.page.locator(".jusou-today details").all():
        kind.evaluate("kind => { kind.open = true; }")
    assert office.page.evaluate(FAULTS, "body") == []


@pytest.fixture(scope="module")
def rounds(office):
    """The desk of the cell above, in the same window."""
    office.page.goto(f"{office.lab.address}/lab/tree/screens.ipynb?token={office.lab.token}")
    told = office.page.locator(".walk-told")
    expect(told).to_contain_text("FORMS", timeout=60_000)
    office.page.evaluate(AXE)
    office.page.evaluate(TALL)
    return Rounds(office), [int(n) for n in re.findall(r"\d+", told.inner_text())]


def test_no_form_has_a_serious_fault_blank_filled_or_wrong(rounds):
    going, (forms, _) = rounds
    for number in range(0, forms, AT_ONCE):
        going.forms(number)

    assert forms > 60
    assert going.faults == {}


def test_no_page_and_nothing_that_a_button_opens_has_a_serious_fault(rounds):
    going, (_, places) = rounds
    going.faults, going.seen = {}, []
    for number in range(places):
        going.place(number)

    print(len(going.seen), "screens")  # noqa: T201 - how much was looked at is told
    assert len(going.seen) > 100
    assert going.faults == {}


def test_the_inspector_sees_a_box_without_a_name_and_letters_too_faint(rounds):
    going, _ = rounds
    going.tell("place", 0)
    going.page.locator(".jusou-room").first.evaluate(
        "room => { room.innerHTML = '<input><p style=\"color:#bbb\">うすい字の文</p><img src=x>'; }"
    )
    found = {fault.partition(":")[0] for fault in going.page.evaluate(FAULTS, ".jusou-desk")}

    assert found >= {"label", "color-contrast", "image-alt"}
