"""One PDF for the whole sitting: its order, its front pages, its tags, and what it never holds."""

import io
import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from jusou_nb import cli, open_store, runner
from jusou_nb.casework.sample import make_town
from jusou_nb.errors import PaperError
from jusou_nb.runner import papers, pdf, pdf_browser, pdf_merge, pdf_pipe, reprinting
from jusou_nb.runner.jobs import Job, packet_jobs

TODAY = date(2026, 10, 5)
PAGE = """<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>例示</title>
<style>@page {{ size: A4 }} .sheet {{ break-before: page }}</style></head><body>
<h1>{title}</h1><table><tr><th scope="row">見出し</th><td>値</td></tr></table>{more}
<footer><p>文書番号 {title}</p></footer></body></html>"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A town in a file, with a sitting on both bases."""
    path = tmp_path_factory.mktemp("town") / "town.db"
    with open_store(path) as store:
        made = make_town(store, households=12, seed=1, today=TODAY)
    return path, made.conference_id


@pytest.fixture(scope="module")
def chairs(town: tuple[Path, int]) -> Path:
    """The chair's copies of the sitting, and one PDF of them, made by the command."""
    out = town[0].parent / "reports"
    words = ["packet", str(town[0]), str(town[1]), "--out", str(out), "--recipient", "chair"]
    assert cli.run([*words, "--pdf", "--today", TODAY.isoformat()]) == 0
    return next(out.glob("*_印刷用_chair.pdf"))


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """Two papers: one of a single page, one of two."""
    more = ("", "<section class=sheet><h2>次の頁</h2></section>")
    made = []
    for title, rest in zip(("一枚", "二枚"), more, strict=True):
        path = tmp_path / f"{title}.html"
        path.write_text(PAGE.format(title=title, more=rest), encoding="utf-8")
        made.append(path)
    return made


@pytest.fixture
def opened(chairs: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(chairs) as whole:
        yield whole


def bound(pages: list[Path], *, driven: bool = True) -> bytes:
    printed = pdf_browser.print_pages(pages, driven=driven)
    copies = [pdf_merge.Copy(label=p.stem, content=c) for p, c in zip(pages, printed, strict=True)]
    return pdf_merge.merge(copies, title="例示の会議")


def job(recipient: str, basis: str) -> Job:
    return Job("t", {"recipient": recipient, "basis": basis}, f"{recipient}-{basis}.html")


def leaves(whole: pikepdf.Pdf) -> list[int]:
    """The pages on which the bookmarks of the copies stand."""
    places = {page.obj.objgen: n for n, page in enumerate(whole.pages)}
    with whole.open_outline() as outline:
        return [places[item.destination[0].objgen] for item in outline.root]


def test_an_agencys_papers_of_both_bases_lie_together_and_the_chairs_on_top():
    jobs = [job(who, basis) for basis in "ab" for who in ("chair", "agency-7", "agency-2")]
    jobs.append(job("agency-1", "b"))

    ordered = pdf.by_recipient(jobs)

    assert [j.file.removesuffix(".html") for j in ordered] == [
        "chair-a", "chair-b", "agency-7-a", "agency-7-b", "agency-2-a", "agency-2-b", "agency-1-b",
    ]  # fmt: skip


def test_a_copy_of_one_page_gets_a_blank_back(pages: list[Path]):
    with pikepdf.open(io.BytesIO(bound(pages))) as whole:
        blank = [n for n, page in enumerate(whole.pages) if not page.get("/Contents")]

        assert len(whole.pages) == 4
        assert blank == [1]
        assert leaves(whole) == [0, 2]


def test_every_copy_of_a_sitting_begins_on_a_front_page(opened: pikepdf.Pdf):
    starts = leaves(opened)

    assert len(starts) == 2
    assert all(start % 2 == 0 for start in starts)
    assert len(opened.pages) % 2 == 0


def test_the_bookmarks_say_whose_copy_it_is(opened: pikepdf.Pdf):
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
        inner = [item.title for item in outline.root[0].children]

    assert titles[0].startswith("議長用・事務局控　支援会議（")
    assert titles[1].startswith("議長用・事務局控　重層的支援会議（")
    assert inner


def test_the_tags_of_every_copy_survive(opened: pikepdf.Pdf):
    root = opened.Root

    assert root.MarkInfo.Marked and str(root.Lang) == "ja"
    assert [str(part.S) for part in root.StructTreeRoot.K.K] == ["/Part", "/Part"]
    parents = dict(pikepdf.NumberTree(root.StructTreeRoot.ParentTree).items())
    tagged = [page for page in opened.pages if page.get("/Contents")]
    assert sorted(int(page.StructParents) for page in tagged) == sorted(parents)


def test_a_cell_names_headings_of_its_own_copy(opened: pikepdf.Pdf):
    names = [str(n) for n in list(opened.Root.StructTreeRoot.IDTree.Names)[::2]]
    cells = [e for e in opened.objects if isinstance(e, pikepdf.Dictionary) and "/A" in e]
    about = [a for e in cells for a in pdf_merge._attributes(e) if "/Headers" in a]
    named = [str(head) for entry in about for head in entry.Headers]

    assert len(set(names)) == len(names) and names == sorted(names)
    assert named and set(named) <= set(names)


def test_its_properties_hold_a_title_and_nothing_else(chairs: Path, opened: pikepdf.Pdf):
    assert list(opened.docinfo.keys()) == ["/Title"]
    assert str(opened.docinfo.Title).startswith("会議")
    assert "/Metadata" not in opened.Root and b"CreationDate" not in chairs.read_bytes()


def test_made_twice_it_is_the_same_file(pages: list[Path]):
    assert bound(pages) == bound(pages)


def test_without_pipes_the_browser_prints_the_same(pages: list[Path]):
    assert bound(pages, driven=False) == bound(pages)


def test_the_log_says_which_papers_are_in_it(town: tuple[Path, int], chairs: Path):
    sql = "SELECT record_id, payload FROM readings WHERE action = 'pdf' ORDER BY seq LIMIT 1"
    with open_store(town[0], readonly=True) as store:
        record_id, payload = store.db.execute(sql).fetchone()
    told = json.loads(payload)

    assert record_id == town[1] and told["file"] == chairs.name
    assert [number[:2] for number in told["numbers"]] == ["会議", "会議"]


def test_two_sided_printing_is_asked_for(opened: pikepdf.Pdf):
    assert str(opened.Root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"


def test_it_is_for_its_owner_alone(chairs: Path):
    assert chairs.stat().st_mode & 0o077 == 0


def test_without_a_browser_one_line_says_what_to_do(
    town: tuple[Path, int], tmp_path: Path, monkeypatch, capsys
):
    monkeypatch.setenv("JUSOU_CHROMIUM", str(tmp_path / "gone"))
    words = ["packet", str(town[0]), str(town[1]), "--out", str(tmp_path), "--recipient", "chair"]

    assert cli.run([*words, "--pdf", "--today", TODAY.isoformat()]) == 1

    assert capsys.readouterr().err == "JUSOU_CHROMIUM の場所にブラウザーがありません: gone\n"
    assert len(list(tmp_path.glob("*.html"))) == 2 and not list(tmp_path.glob("*.pdf"))


def test_a_machine_without_any_browser_is_told_which_to_install(monkeypatch):
    monkeypatch.delenv("JUSOU_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(PaperError, match="Chromium か Microsoft Edge を入れるか"):
        pdf_browser.find()


def test_without_the_extra_one_line_says_what_to_install(
    town: tuple[Path, int], monkeypatch, tmp_path: Path, pages: list[Path]
):
    monkeypatch.delitem(sys.modules, "jusou_nb.runner.pdf_merge")
    monkeypatch.delattr(runner, "pdf_merge")
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    parts = [(page.stem, page) for page in pages]

    with pytest.raises(PaperError, match=r"jusou-nb\[pdf\]"):
        pdf.bind(town[0], parts, tmp_path / "a.pdf", title="例示", subject=("conferences", 1))


def a_browser(folder: Path, script: str) -> Path:
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o700)
    return path


def test_a_browser_that_goes_away_leaves_the_old_pdf_where_it_was(
    town: tuple[Path, int], monkeypatch, tmp_path: Path, pages: list[Path]
):
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    monkeypatch.setenv("JUSOU_CHROMIUM", str(a_browser(tmp_path, "exit 1")))

    with pytest.raises(PaperError, match="ブラウザーでPDFを作れませんでした"):
        pdf.bind(town[0], [("あ", pages[0])], target, title="例示", subject=("conferences", 1))

    assert target.read_bytes() == b"old"


def test_a_browser_that_says_nothing_is_ended_by_its_id(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(pdf_pipe, "_GOODBYE_SECONDS", 0.1)
    ids = tmp_path / "pid"
    browser = a_browser(tmp_path, f"echo $$ > '{ids}'; exec sleep 60")

    with pytest.raises(PaperError), pdf_pipe.Pipe.open([str(browser)], seconds=1.0):
        pass

    with pytest.raises(ProcessLookupError):
        os.kill(int(ids.read_text()), 0)


def test_no_profile_of_a_browser_is_left_behind(monkeypatch, tmp_path: Path, pages: list[Path]):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    bound(pages)

    assert not list(scratch.iterdir())


def test_a_paper_that_is_not_there_is_named(town: tuple[Path, int], tmp_path: Path):
    with open_store(town[0], readonly=True) as store:
        jobs = packet_jobs(store, town[0], town[1], TODAY)

    with pytest.raises(PaperError, match=r"議長用・事務局控.*がありません"):
        pdf.sitting(town[0], town[1], jobs, tmp_path)


def test_minutes_are_made_for_each_basis_and_found_again_by_their_number(
    town: tuple[Path, int], tmp_path: Path
):
    made = papers.minutes(town[0], town[1], tmp_path, TODAY, recipient="chair")
    number = pdf._number_of(made[0])

    again = reprinting.reprint(town[0], number, tmp_path, reason="控えの確認")

    assert [path.name.split("_")[2] for path in made] == ["支援会議", "重層的支援会議"]
    assert number.startswith("記録") and number in again.read_text(encoding="utf-8")
    assert "再印刷" in again.read_text(encoding="utf-8")


def test_a_month_has_one_pdf_a_sitting_and_one_of_the_report(
    town: tuple[Path, int], tmp_path: Path, pages: list[Path]
):
    report = tmp_path / "月次報告_2030-01.html"
    report.write_bytes(pages[0].read_bytes())

    (whole,) = pdf.month(town[0], "2030-01", [report], TODAY)

    assert whole.name == "月次報告_2030-01.pdf"
    assert whole.read_bytes().startswith(b"%PDF-")
