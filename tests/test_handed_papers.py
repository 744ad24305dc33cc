"""A paper that somebody hands over: what it is, and who holds the others of its sitting."""

import hashlib
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfWriter

from jusou_nb import casework, cli, open_store, runner
from jusou_nb.casework import final_versions
from jusou_nb.forms import AgendaItem, Conference, Household, Intake, Person
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.store import papers_out

TODAY = date(2026, 10, 15)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A store with a sitting, and all copies of it."""
    folder = tmp_path_factory.mktemp("made")
    with open_store(folder / "office.db") as store:
        received = casework.receive_intake(
            store,
            household=Household(members=(Person(name="見本　花子"),)),
            intake=Intake(received_on=TODAY, screening="continuing", presenting_problem="家賃"),
        )
        called = store.lexicon().spellings["agencies"]["社会福祉課"]
        item = AgendaItem(basis="confidential", question="だれが訪ねるか", called=(called,))
        sitting = Conference(body="monthly", held_on=TODAY, called=(called,))
        casework.convene_now(store, sitting, [(received.case, item)])
    return folder / "office.db", runner.packets(folder / "office.db", 1, folder / "out", TODAY)


@pytest.fixture
def office(made, tmp_path):
    """A copy of that store which a test may change."""
    return Path(shutil.copy2(made[0], tmp_path / "office.db"))


def number_in(path):
    return re.findall(r"文書番号 (\S+?)</p>", path.read_text("utf-8"))[0]


@pytest.fixture
def asked(office, capsys):
    """Ask of a file at the command line: the exit code and what was said."""

    def ask(*words):
        code = cli.run(["doctor", *map(str, words)])
        return code, capsys.readouterr().out

    return ask


def test_a_paper_as_it_was_made_tells_when_by_whom_for_whom_and_from_which_change(
    asked, office, made
):
    code, said = asked(office, made[1][-1])

    assert code == 0 and "作ったものと同じです" in said
    assert "渡す先 社会福祉課　法的根拠 支援会議" in said and "会議 1番" in said
    with open_store(office) as store:
        assert re.search(rf"作成 令和.* {store.worker_name()}\n", said)
        (last,) = store.db.execute("SELECT max(seq) FROM changes").fetchone()
    assert f"もとの変更 {last}番" in said


def test_without_a_store_named_the_usual_one_is_asked(asked, office, made, monkeypatch):
    monkeypatch.setenv("JUSOU_STORE", str(office))

    assert asked(made[1][0])[0] == 0


def test_where_no_store_is_known_the_way_out_is_said(made, monkeypatch, capsys):
    monkeypatch.delenv("JUSOU_STORE", raising=False)

    assert cli.run(["doctor", str(made[1][0])]) == 1
    assert "JUSOU_STORE を設定" in capsys.readouterr().err


def test_a_changed_word_is_found(asked, office, made, tmp_path):
    changed = tmp_path / "changed.html"
    changed.write_text(made[1][0].read_text("utf-8").replace("訪ねる", "断る"), "utf-8")
    code, said = asked(office, changed)

    assert code == 1 and "作ったものと違うところがあります" in said
    assert number_in(made[1][0]) in said and "議長用・事務局控" in said


def test_a_number_copied_into_another_text_is_told(asked, office, made, tmp_path):
    letter = tmp_path / "照会.txt"
    letter.write_text(f"先日の資料（{number_in(made[1][0])}）のことです。", "cp932")
    code, said = asked(office, letter)

    assert code == 1 and "番号が書き写された別の文書です" in said and "会議 1番" in said


def test_a_number_is_found_in_a_word_file_though_it_is_cut_into_runs(asked, office, made, tmp_path):
    one, two = number_in(made[1][0])[:4], number_in(made[1][0])[4:]
    with zipfile.ZipFile(tmp_path / "返事.docx", "w") as parts:
        parts.writestr("word/document.xml", f"<w:t>{one}</w:t></w:r><w:r><w:t>{two}</w:t>")

    assert "書き写された別の文書" in asked(office, tmp_path / "返事.docx")[1]


def test_a_paper_of_another_office_is_told(asked, made, tmp_path):
    open_store(tmp_path / "other.db").close()
    code, said = asked(tmp_path / "other.db", made[1][0])

    assert code == 1 and "この業務ファイルで作った資料ではありません" in said


def test_a_page_made_without_a_record_is_told(asked, office, made, tmp_path):
    page = made[1][0].read_text("utf-8").replace(number_in(made[1][0]), "控え・記録なし")
    (tmp_path / "試し.html").write_text(page, "utf-8")
    code, said = asked(office, tmp_path / "試し.html")

    assert code == 1 and "控え・記録なしの紙面です" in said


def test_a_file_without_any_number_is_told(asked, office, tmp_path):
    (tmp_path / "メモ.txt").write_text("会議の日は15日です。", "utf-8")
    code, said = asked(office, tmp_path / "メモ.txt")

    assert code == 1 and "文書番号がありません" in said


def test_a_reprint_is_known_as_a_reprint_with_its_reason(asked, office, made, tmp_path):
    number = number_in(made[1][0])
    again = runner.reprint(office, number, tmp_path / "out", reason="監査のため")
    code, said = asked(office, again)

    assert code == 0 and "再印刷した控え" in said and "理由 監査のため" in said


def test_a_pdf_of_the_whole_sitting_tells_of_every_paper_in_it(asked, office, made, tmp_path):
    numbers = [number_in(path) for path in made[1]]
    whole = PdfWriter()
    whole.add_blank_page(595, 842)
    whole.write(tmp_path / "会議.pdf")
    content = hashlib.sha256((tmp_path / "会議.pdf").read_bytes()).hexdigest()
    with open_store(office) as store:
        told = {"kind": "pdf", "numbers": numbers, "content": content}
        store.log_reading("conferences", 1, "pdf", told)
    code, said = asked(office, tmp_path / "会議.pdf")

    assert code == 0 and all(f"文書番号 {number}" in said for number in numbers)


def test_an_edited_file_that_settled_a_paper_is_known_until_another_takes_its_place(
    asked, office, made, tmp_path
):
    number = number_in(made[1][0])
    for name in ("前.txt", "今.txt"):
        (tmp_path / name).write_text(f"{name} {number}", "utf-8")
        with open_store(office) as store:
            final_versions.attach_final(store, number, tmp_path / name, today=TODAY)

    assert asked(office, tmp_path / "前.txt")[0] == 1
    code, said = asked(office, tmp_path / "今.txt")
    assert code == 0 and "確定版として付けたファイルです" in said and "前.txt" in said


@pytest.mark.parametrize("name", ["いない.html", "途中.docx", "途中.pdf"])
def test_a_file_that_cannot_be_read_is_said_in_one_line(office, tmp_path, capsys, name):
    if name != "いない.html":
        (tmp_path / name).write_bytes(b"PK\x03\x04cut" if "docx" in name else b"%PDF-1.7 cut")

    assert cli.run(["doctor", str(office), str(tmp_path / name)]) == 1
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1 and f"「{name}」" in said


def test_who_holds_which_copy_is_listed_with_where_it_is(office, made, capsys):
    with open_store(office) as store:
        (sitting,) = store.find(Conference)
        numbers = {(p.basis, p.agency_id): p.number for p in papers_out.of_sitting(store, 1)}
        copies = [(basis, agency, 1) for basis, agency in numbers if agency]
        (recall,) = casework.open_recalls(store, sitting, copies, numbers=numbers)
        casework.settle_copy(store, recall, RecallState.RETURNED, on=TODAY)
    cli.run(["copies", str(office), "--conference", "1"])

    chair, agency = capsys.readouterr().out.splitlines()[1:]
    assert chair.startswith(number_in(made[1][0])) and chair.endswith("窓口の控え")
    assert "社会福祉課" in agency and agency.endswith(RecallState.RETURNED.label)


def test_one_number_or_one_record_is_listed_alone(office, made, capsys):
    number = number_in(made[1][-1])
    cli.run(["copies", str(office), "--number", number])
    cli.run(["copies", str(office), "--form", "intakes", "--record", "1"])

    said = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in said] == [
        "文書番号", number, "作った資料はまだありません",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", [["--number", "会議9-9-ABCDEF"], ["--conference", "9"], ["--form", "intakes"]]
)
def test_what_was_never_made_is_refused_in_one_line(office, capsys, words):
    assert cli.run(["copies", str(office), *words]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_paper_of_the_catalogue_stands_in_the_list_under_its_name(office):
    with open_store(office) as store:
        store.log_reading("visits", 1, "paper", {"number": "帳票1-1-ABCDEF", "recipient": "訪問票"})
        assert [paper.label for paper in papers_out.of_record(store, "visits", 1)] == ["訪問票"]


def test_made_once_more_after_a_change_it_is_another_number(asked, office, made, tmp_path):
    with open_store(office) as store:
        (item,) = store.find(AgendaItem)
        store.save(replace(item, question="退院後の住まい"))
    (page,) = runner.packets(office, 1, tmp_path / "new", TODAY, recipient="chair")

    assert asked(office, page)[0] == asked(office, made[1][0])[0] == 0
    assert number_in(page) != number_in(made[1][0])
