"""Finished papers in a browser with the cable pulled, and as pages of A4."""

import re
import subprocess
from datetime import date

import pytest

from jusou_nb import open_store, runner
from jusou_nb.casework.sample import make_town

pytestmark = pytest.mark.walk

TODAY = date(2026, 10, 15)
OUTSIDE = re.compile(r"""(?:src|href|action)=["'](?!data:|#)|url\((?!["']?data:)|@import""")
# 210 × 297 mm, as a PDF counts: points.
A4 = re.compile(r"Page size:\s+59[45](?:\.\d+)? x 84[12]")


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """This month's packets and report of a small town."""
    folder = tmp_path_factory.mktemp("papers")
    with open_store(folder / "town.db") as store:
        make_town(store, households=10, seed=3, today=TODAY)
    return runner.monthly(folder / "town.db", "2026-10", folder / "out", TODAY)


@pytest.fixture(scope="module")
def opened(papers, browser):
    """Each kind of paper, opened offline: its path, what it asked for, what it said."""
    context = browser.new_context(offline=True)
    found = []
    for path in (papers[0], papers[-2], papers[-1]):
        page, asked, said = context.new_page(), [], []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("console", lambda message, said=said: said.append(message.text))
        page.goto(path.as_uri())
        page.pdf(path=path.with_suffix(".pdf"), prefer_css_page_size=True)
        found.append((path, asked, said, page))
    yield found
    context.close()


def test_a_paper_asks_for_nothing_but_itself(opened):
    for path, asked, said, _ in opened:
        own = [url for url in asked if not url.startswith("data:")]

        assert own == [path.as_uri()]
        assert said == []


def test_no_paper_refers_outside_or_runs_anything(papers):
    for path in papers:
        text = path.read_text(encoding="utf-8")

        assert OUTSIDE.search(text) is None, path.name
        assert "<script" not in text.lower()


def test_every_paper_prints_on_a4(opened):
    for path, *_ in opened:
        told = subprocess.run(
            ["pdfinfo", path.with_suffix(".pdf")], capture_output=True, text=True, check=True
        )

        assert A4.search(told.stdout)


def test_no_table_is_wider_than_its_sheet(opened):
    for _, _, _, page in opened:
        page.emulate_media(media="print")
        # The width between the margins of the page: 210 − 2 × 15 mm at 96 dots an inch.
        page.set_viewport_size({"width": 680, "height": 960})
        wide = page.evaluate(
            "[...document.querySelectorAll('table')].filter(t => t.scrollWidth > 682).length"
        )

        assert wide == 0


def test_the_pages_of_a_paper_hold_all_its_words(opened):
    path, _, _, page = opened[0]
    printed = subprocess.run(
        ["pdftotext", "-raw", path.with_suffix(".pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    cells = page.locator("td").all_inner_texts()
    squeezed = re.sub(r"\s", "", printed)

    lost = [c for c in cells if len(c) < 12 and re.sub(r"\s", "", c) not in squeezed]
    assert lost == []
