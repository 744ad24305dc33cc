"""確定版: the edited file settles the paper of a number, and can be proved later."""

import hashlib
from datetime import date

import pytest

from jusou_nb import casework, cli, open_store
from jusou_nb.casework.final_versions import attach_final, attach_read
from jusou_nb.errors import NotFound, PaperError
from jusou_nb.forms import Conference
from jusou_nb.runner.words import words
from jusou_nb.store import archive, final_versions, papers_out
from jusou_nb.store.final_versions import FinalState
from jusou_nb.widgets.final_view import FinalView
from jusou_nb.widgets.paper_list import PaperList
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.sitting_view import SittingView

TODAY = date(2026, 10, 15)
LATER = date(2026, 10, 22)


@pytest.fixture
def office(tmp_path):
    """A file of an office with the minutes of a sitting made in Word."""
    path = tmp_path / "office.db"
    with open_store(path, account="tantou") as store:
        sitting = casework.convene(store, Conference(body="monthly", held_on=TODAY))
    words(path, "会議記録", sitting.id, tmp_path / "out", TODAY, basis="confidential")
    return path


@pytest.fixture
def store(office):
    with open_store(office, account="tantou") as opened:
        yield opened


@pytest.fixture
def number(store):
    return papers_out.of_sitting(store, 1)[0].number


def edited(tmp_path, text, name="会議記録（確定）.docx"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_that_settles_a_paper_is_known_by_its_hash(store, number, tmp_path):
    path = edited(tmp_path, "直した")
    attached = attach_final(store, number, path, today=LATER)

    content = hashlib.sha256(path.read_bytes()).hexdigest()
    [found] = final_versions.find_by_hash(store, content.upper())
    assert found == attached.version == final_versions.current(store, number)
    assert (found.file, found.size, found.settled_on) == (path.name, 9, LATER)
    assert (found.worker, found.subject) == ("tantou", ("conferences", 1))


def test_a_changed_file_is_not_the_settled_one(store, number, tmp_path):
    attach_final(store, number, edited(tmp_path, "直した"), today=LATER)

    assert final_versions.find_by_hash(store, hashlib.sha256("別".encode()).hexdigest()) == []


def test_a_later_version_replaces_the_one_before_and_both_are_known(store, number, tmp_path):
    attach_final(store, number, edited(tmp_path, "一"), today=TODAY)
    second = attach_final(store, number, edited(tmp_path, "二"), today=LATER)

    states = [version.state for version in final_versions.of_number(store, number)]
    assert states == [FinalState.REPLACED, FinalState.CURRENT]
    assert second.before.settled_on == TODAY
    assert final_versions.of_record(store, ("conferences", 1)) == {number: second.version}


def test_one_attached_by_mistake_is_taken_back_with_the_reason(store, number, tmp_path):
    attach_final(store, number, edited(tmp_path, "一"), today=TODAY)
    final_versions.withdraw(store, number, "別の会議のファイルだった")

    assert final_versions.current(store, number) is None
    assert final_versions.of_number(store, number)[0].state is FinalState.WITHDRAWN
    assert store.verify() == []
    with pytest.raises(NotFound, match="確定版はありません"):
        final_versions.withdraw(store, number, "もう一度")


def test_one_file_may_settle_two_papers(store, number, tmp_path, office):
    words(office, "会議開催伺い", 1, tmp_path / "out", TODAY)
    other = next(p.number for p in papers_out.of_sitting(store, 1) if p.number != number)
    path = edited(tmp_path, "合本")
    for each in (number, other):
        attach_final(store, each, path, today=TODAY)

    content = hashlib.sha256(path.read_bytes()).hexdigest()
    assert {v.number for v in final_versions.find_by_hash(store, content)} == {number, other}


def test_a_number_that_was_never_made_here_is_refused(store, tmp_path):
    with pytest.raises(NotFound, match="作られていません"):
        attach_final(store, "文書9-9-ABCDEF", edited(tmp_path, "x"), today=TODAY)


def test_an_empty_or_missing_file_is_refused_and_nothing_is_noted(store, number, tmp_path):
    with pytest.raises(PaperError, match="空です"):
        attach_final(store, number, edited(tmp_path, ""), today=TODAY)
    with pytest.raises(PaperError, match="読めません"):
        attach_final(store, number, tmp_path / "none.docx", today=TODAY)

    assert final_versions.of_number(store, number) == []


def test_a_final_version_is_no_paper_of_its_own(store, number, tmp_path):
    before = papers_out.of_sitting(store, 1)
    attach_final(store, number, edited(tmp_path, "x"), today=TODAY)

    assert papers_out.of_sitting(store, 1) == before
    assert archive.find(store, number).number == number


def test_the_command_attaches_and_takes_back(office, store, number, tmp_path, capsys):
    path = str(edited(tmp_path, "直した"))

    assert cli.run(["attach", str(office), number, path, "--today", "2026-10-22"]) == 0
    assert "令和8年10月22日、9バイト" in capsys.readouterr().out
    assert cli.run(["attach", str(office), number, "-", "--withdraw", "  "]) == 1
    assert cli.run(["attach", str(office), number, "-", "--withdraw", "取り違え"]) == 0
    assert final_versions.current(store, number) is None


def test_the_sitting_says_that_a_paper_of_it_is_settled(store, number):
    session = Session(store, TODAY)
    before = SittingView(session, 1).children[0].children[1].value
    attach_read(store, number, "確定.docx", [b"x"], today=TODAY)

    assert "確定版あり" not in before
    assert "確定版あり（1）" in SittingView(session, 1).children[0].children[1].value


def test_a_file_is_handed_over_on_the_page(store, number):
    view = FinalView(Session(store, LATER), number)
    view.chooser._heard(None, {"file": "確定.docx"}, [memoryview(b"abc")])

    assert "「確定.docx」を確定版にしました" in view.banner.text
    assert final_versions.current(store, number).content == hashlib.sha256(b"abc").hexdigest()
    assert "確定.docx" in view.told.children[0].value


def test_the_list_of_papers_marks_the_settled_ones_and_offers_no_reprint_of_word(store, number):
    session = Session(store, TODAY)
    attach_read(store, number, "確定.docx", [b"x"], today=TODAY)
    page = PaperList(session, store.load(Conference, 1))

    assert [line[-1] for line in page.listing.texts()] == ["あり"]
    page.choose(0)
    assert page.final in page.children
    assert page.entry not in page.children
