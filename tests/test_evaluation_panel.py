"""The button 年度の評価を作る on 進行管理: year and reader chosen, three files to open."""

import sys
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from jusou_nb.documents.evaluation import Audience
from jusou_nb.widgets import desk, papers
from jusou_nb.widgets.evaluation_panel import EvaluationPanel
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.steering_page import PAGE

TODAY = date(2026, 11, 22)


@pytest.fixture
def panel(tmp_path):
    made = desk(tmp_path / "office.db", today=TODAY)
    with closing(made.store):
        yield EvaluationPanel(Session(made.store, TODAY))


def choose(panel, **boxes):
    panel.wanted.load(replace(panel.wanted.as_it_stands(), **boxes))


def test_it_stands_on_the_page_and_offers_this_year_for_the_office(tmp_path):
    with closing((opened := desk(tmp_path / "office.db", today=TODAY)).store):
        opened.open_page(PAGE, None)
        opened.pages[PAGE].show_list()
        (found,) = (p for p in opened.pages[PAGE].children if isinstance(p, EvaluationPanel))
        wanted = found.wanted.as_it_stands()

    assert (wanted.year, wanted.audience) == (2026, Audience.INTERNAL)


@pytest.mark.slow
def test_the_report_of_the_chosen_year_and_reader_is_made_in_its_own_folder(panel, tmp_path):
    choose(panel, year=2025, audience=Audience.PUBLIC)
    panel.press()
    panel.wait(120)

    folder = tmp_path / "reports" / "evaluation-2025-public"
    assert panel.progress.paths == [
        folder / name for name in ("evaluation.html", "evaluation.xlsx", "figures.json")
    ]
    assert "令和7年度 事業の評価（公表用）" in panel.progress.text_of(0)
    assert panel.progress.bytes_of(2).startswith(b"{")
    assert panel.banner.text.startswith("3部の資料を作りました。")


def test_without_a_year_nothing_is_made(panel):
    choose(panel, year=None)
    panel.press()

    assert "年度と読む人を選んで" in panel.banner.text
    assert panel.progress.paths == [] and not panel.progress.running


def test_a_second_report_waits_for_the_first(panel):
    panel.progress.running = True
    panel.press()

    assert "少し待って" in panel.banner.text


def test_what_is_to_be_heeded_before_it_goes_out_is_told_beside_the_files(panel):
    script = "print('作成 1/1 a.html'); print('注意 前に出した報告から')"
    panel.start(lambda _store, _out: [sys.executable, "-X", "utf8", "-c", script])
    panel.wait(30)

    assert panel.progress.files == ["a"]
    assert "前に出した報告から" in panel.banner.notice.lines[0]


def test_a_remark_is_no_failure_and_a_file_of_figures_is_saved():
    heeded = []
    script = "print('注意 確かめる')"
    words = [sys.executable, "-X", "utf8", "-c", script]

    assert papers.run(words, lambda _: None, heeded.append) == ""
    assert heeded == ["確かめる"]
