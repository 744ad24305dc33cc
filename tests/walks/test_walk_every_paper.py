"""Every paper at its extremes in a real browser: for whoever cannot see it, and as A4 pages."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pypdf import PdfReader

from jusou_nb import open_store
from jusou_nb.casework.sample import TownClock, make_town
from jusou_nb.documents import (
    evaluation,
    flow,
    known_already,
    monthly,
    office_lists,
    packet,
    register,
)
from jusou_nb.documents.blank import blank, titles
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.documents.sheet import sheet
from jusou_nb.errors import JusouError
from jusou_nb.fields import Kind, children, items
from jusou_nb.forms import FORMS, Case, Conference, Household, Person, by_table
from jusou_nb.runner import export

pytestmark = pytest.mark.walk

TODAY = date(2026, 10, 15)
MADE_ON = "令和8年10月15日"
LONGEST = "架空乃見本山之上　寿限無五劫之擦切海砂利水魚之介太郎左衛門"
PLACES = frozenset({"address", "place"})
SENTENCES = "昨年の秋から家賃の支払いが遅れ、電気も止まりそうだと話した。" * 100
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
FAULTS = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
  .filter(v => ["serious", "critical"].includes(v.impact))
  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 90)).join(" | ")}`))"""
# Between the margins, in dots at 96 an inch: 210 − 2 × 16 mm upright, 297 − 2 × 14 mm across.
ROOM, ROOM_ACROSS = 673, 1016
WIDE = """([room, across]) => [...document.querySelectorAll("table, svg, section, pre")]
  .filter(part => Boolean(part.closest(".wide")) === across)
  .filter(part => part.getBoundingClientRect().right > room + 1)
  .map(part => part.outerHTML.slice(0, 90))"""
FOOT = re.compile(r"文書番号.*|\d+ / \d+ 頁")
FAULTY = (
    "<!DOCTYPE html><html><title>x</title><body><main><h1>見出し</h1>"
    "<p style='color:#bbb;background:#fff'>うすい字の文</p><img src='data:,'></main></body></html>"
)


@dataclass(frozen=True)
class Page:
    """A paper as a page of the program, and what it is called here."""

    name: str
    html: str


def page_of(name: str, *sections: object) -> Page:
    """Print sections as the runner does, without starting a kernel for them."""
    shown = [section._repr_mimebundle_() for section in sections]
    outputs = [new_output("display_data", data=data, metadata=told) for data, told in shown]
    notebook: nbformat.NotebookNode = new_notebook(cells=[new_code_cell(outputs=outputs)])
    return Page(name, export.to_html(notebook, recorded=True))


def longest(record):
    """Fill each text of a record and its rows: its first sentences run to 3,000 characters."""
    texts = [b for b in items(type(record)) if b.kind is Kind.TEXT and not b.many]
    said = [b.name for b in texts if b.is_free_text and b.name not in PLACES]
    # Numbers and names of a register are there once only: each text ends in the record's id.
    boxes = {b.name: f"{SENTENCES[:200] if b.name in said else LONGEST}{record.id}" for b in texts}
    boxes |= dict.fromkeys(said[:1], f"{SENTENCES}{record.id}")
    rows = {e.name: tuple(map(longest, getattr(record, e.name))) for e in children(type(record))}
    return replace(record, **boxes, **rows)


def fill_to_the_brim(store):
    """Make every household one of fifteen, and every text as long as it gets."""
    more = (Person(relation="孫（長男の長女）", name="架空"),) * 14
    for home in store.find(Household)[:3]:
        store.save(replace(home, members=(*home.members, *more)[:15]))
    for form in FORMS:
        for record in store.find(form)[:3]:
            store.save(longest(record))


def empty_everything(store):
    """Save one record of each form with nothing in it."""
    home = store.save(Household(members=(Person(),)))
    case = store.save(Case(household_id=home.id, client_id=home.members[0].id))
    store.save(Conference(body="monthly"))
    links = {"household_id": home.id, "case_id": case.id, "client_id": case.client_id,
             "person_id": case.client_id}  # fmt: skip
    for form in FORMS:
        boxes = {name: id_ for name, id_ in links.items() if name in form.__dataclass_fields__}
        if form not in (Household, Case, Conference):
            store.save(form(**boxes))


@cache
def made_up(how: str) -> tuple[Page, ...]:
    """Print every paper of a town, of one filled to the brim, or of one with nothing in it."""
    return tuple(_made_up(how))


def _made_up(how: str) -> Iterator[Page]:
    with open_store("", account="tantou", clock=TownClock(TODAY)) as store:
        if how == "empty":
            empty_everything(store)
        else:
            make_town(store, households=12, seed=3, today=TODAY)
        if how == "brim":
            fill_to_the_brim(store)
        yield from every_page(store)


def every_page(store) -> Iterator[Page]:
    """Print a paper of each sort that the store has a record for."""
    for name, paper in PAPERS.items():
        yield from first_of(store, name, paper.table,
                            lambda i, p=paper: p.gather(store, i, day=TODAY))  # fmt: skip
    for form in FORMS:

        def of_form(record_id, form=form):
            return sheet(store, form.table, record_id, made_on=MADE_ON)

        yield from first_of(store, form.title, form.table, of_form)
        for title in titles(form.table):
            yield page_of(f"{title}（白紙）", blank(store, title))
    yield from packets(store)
    yield from of_the_town(store)


def first_of(store, name, table, make) -> Iterator[Page]:
    """Print the paper of the first record of a table."""
    form = by_table(table)
    people = [person.id for home in store.find(Household) for person in home.members]
    ids = [record.id for record in store.find(form)] if form else people
    for record_id in ids[:1]:
        try:
            yield page_of(name, make(record_id))
        except JusouError:
            continue


def packets(store) -> Iterator[Page]:
    for sitting in store.find(Conference)[-2:]:
        for copy in packet.copies(store, sitting.id)[:3]:
            of = {"recipient": copy.recipient, "basis": copy.basis}
            made = packet.packet(store, sitting.id, made_on=MADE_ON, **of)
            parts = (made.cover(), made.agenda(), made.items(), made.minutes(), made.control())
            yield page_of(f"会議資料 {copy.label}", *parts)


def of_the_town(store) -> Iterator[Page]:
    report = monthly.report(store, date(2026, 9, 1), date(2026, 9, 30), today=TODAY)
    parts = (
        report.chief(),
        report.head(),
        report.intakes(),
        report.cases(),
        report.sittings(),
        report.due(),
    )
    yield page_of("月次報告", *parts)
    for audience in evaluation.Audience:
        told = evaluation.evaluation(store, 2026, audience=audience, today=TODAY)
        title = f"年度の評価（{audience.label}）"
        yield page_of(title, told.head(), told.tables(), told.asked(), told.records())
    for reader in ("staff", "citizens"):
        yield page_of("流れ図", flow.flow(store, reader, made_on=MADE_ON))
    yield page_of("窓口・制度一覧", register.register(store, "all", today=TODAY))
    for which in office_lists.OfficeList:
        made = office_lists.office_list(store, which, "all", today=TODAY)
        yield page_of(which.label, made)
    for case in store.find(Case)[:2]:
        yield page_of("既に伺ったこと", known_already.known(store, case.id, made_on=MADE_ON))


@pytest.fixture(scope="module")
def pages(request):
    """A page of each sort: of a town, filled to the brim, and with nothing in it."""
    return made_up(request.param)


@pytest.fixture(scope="module")
def window(browser):
    """A browser without a network."""
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def sheet_of_paper(window):
    """A window as wide as the room of an A4 page."""
    window.set_viewport_size({"width": ROOM, "height": 960})
    window.emulate_media(media="screen")
    return window


@pytest.mark.parametrize("pages", ["town", "empty"], indirect=True)
def test_no_page_has_a_serious_fault_for_those_who_cannot_see_it(pages, sheet_of_paper):
    found = set()
    for page in pages:
        sheet_of_paper.set_content(page.html)
        sheet_of_paper.evaluate(AXE)
        found |= {(page.name, fault) for fault in sheet_of_paper.evaluate(FAULTS)}

    assert len(pages) > 60
    assert sorted(found) == []


def test_the_inspector_sees_a_page_without_language_contrast_and_words_for_a_picture(
    sheet_of_paper,
):
    sheet_of_paper.set_content(FAULTY)
    sheet_of_paper.evaluate(AXE)
    found = {fault.partition(":")[0] for fault in sheet_of_paper.evaluate(FAULTS)}

    assert found >= {"color-contrast", "html-has-lang", "image-alt"}


@pytest.mark.parametrize("pages", ["brim", "empty"], indirect=True)
@pytest.mark.parametrize(("room", "across"), [(ROOM, False), (ROOM_ACROSS, True)])
def test_nothing_is_wider_than_its_sheet(pages, sheet_of_paper, room, across):
    sheet_of_paper.emulate_media(media="print")
    sheet_of_paper.set_viewport_size({"width": room, "height": 960})
    wide = set()
    for page in pages:
        sheet_of_paper.set_content(page.html)
        wide |= {(page.name, part) for part in sheet_of_paper.evaluate(WIDE, [room, across])}

    assert sorted(wide) == []


@pytest.mark.parametrize("pages", ["brim", "empty"], indirect=True)
def test_no_page_is_blank(pages, sheet_of_paper):
    blank_pages = set()
    for page in pages:
        sheet_of_paper.set_content(page.html)
        printed = PdfReader(io.BytesIO(sheet_of_paper.pdf(prefer_css_page_size=True)))
        for place, side in enumerate(printed.pages, start=1):
            words = FOOT.sub("", side.extract_text())
            if len("".join(words.split())) < 3:
                blank_pages.add((page.name, place))

    assert sorted(blank_pages) == []
