"""台帳の取込み on the desk: matched, judged, mended, taken in, handed back, withdrawn."""

import csv
import io
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jusou_nb.casework.ledger import import_ledger
from jusou_nb.casework.ledger_choices import AS_WRITTEN
from jusou_nb.casework.ledger_preview import Fate, open_ledger, preview
from jusou_nb.forms import Agency, Case, Household, Intake
from jusou_nb.store import batches
from jusou_nb.widgets import desk as open_desk
from jusou_nb.widgets.desk import CASE_PAGES
from jusou_nb.widgets.import_parts import ON_A_PAGE
from jusou_nb.widgets.import_view import ImportView
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.steering_page import IMPORT, PAGE

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 21)
GOOD = {"相談受付日": "2026/4/1", "氏名": "見本 花子", "受付番号": "R8-0001"}


def book(*rows):
    """Write rows as the bytes of a CSV of an office."""
    text = io.StringIO(newline="")
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    csv.writer(text).writerows([headings, *([row.get(h, "") for h in headings] for row in rows)])
    return text.getvalue().encode("cp932")


@pytest.fixture
def page(tmp_path):
    """The face of the import on the desk of a new office."""
    made = open_desk(tmp_path / "office.db", today=TODAY)
    with closing(made.store):
        made.open_page(PAGE, IMPORT)
        view = made.pages[PAGE].parts[-1]
        assert isinstance(view, ImportView)
        view.desk = made
        yield view
        view.work.wait(60)


def drop(view, raw, name="台帳.csv"):
    view.drop._heard(view.drop, {"file": name, "piece": 0, "of": 1}, [raw])
    view.work.wait(60)


def say(view, widget, **content):
    """Let the page say something, and wait until it was judged."""
    widget._heard(widget, content, [])
    view.work.wait(60)


def press(view, do):
    do()
    view.work.wait(60)


def fates(view):
    return [row["fate"] for row in view.rows.state["rows"]]


# ── what can be seen before


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger_cp932.csv"])
def test_what_is_seen_before_is_what_comes_of_it(store, tmp_path, name):
    raw = (DATA / name).read_bytes()
    (tmp_path / name).write_bytes(raw)
    seen = preview(store, open_ledger(name, raw, AS_WRITTEN), AS_WRITTEN, today=TODAY)

    assert seen.report == import_ledger(store, tmp_path / name, dry_run=True, today=TODAY)
    done = import_ledger(store, tmp_path / name, today=TODAY)
    assert replace(seen.report, dry_run=False) == replace(done, rejected=None, batch_id=None)


def test_of_a_ledger_taken_in_twice_the_second_is_seen_to_change_nothing(store, tmp_path):
    raw = (DATA / "ledger.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(raw)
    import_ledger(store, tmp_path / "a.xlsx", today=TODAY)

    seen = preview(store, open_ledger("a.xlsx", raw, AS_WRITTEN), AS_WRITTEN, today=TODAY)

    assert [seen.count(fate) for fate in Fate] == [0, 0, 60, 6]


def test_looking_writes_nothing(page):
    before = list(page._session.store.db.iterdump())
    drop(page, (DATA / "ledger.xlsx").read_bytes(), "ledger.xlsx")

    assert page.seen.count(Fate.NEW) == 60
    assert list(page._session.store.db.iterdump()) == before


def test_a_file_in_pieces_arrives_whole_and_leaves_no_copy_on_the_disk(page, tmp_path):
    raw, before = book(GOOD), set(tmp_path.rglob("*"))
    for piece in range(len(raw)):
        message = {"file": "C:/だれかの/台帳.csv", "piece": piece, "of": len(raw)}
        page.drop._heard(page.drop, message, [raw[piece : piece + 1]])
    page.work.wait(60)

    assert (page.seen.table.file_name, fates(page)) == ("台帳.csv", ["新しく入る"])
    assert {p.name for p in set(tmp_path.rglob("*")) - before} <= {"office.db-wal", "office.db-shm"}


def test_refused_rows_stand_first_with_the_cell_that_can_be_mended(page):
    drop(page, book(GOOD, {**GOOD, "受付番号": "R8-0002", "相談受付日": "R8.2.30"}))

    (row,) = page.rows.state["rows"]
    assert "暦にない日付" in row["reasons"][0]
    assert row["cells"] == [{"index": 0, "heading": "相談受付日", "text": "R8.2.30"}]
    assert "新しく入る行 1" in page.rows.state["said"]


def test_a_formula_and_markup_are_texts(page):
    drop(page, book({**GOOD, "備考": "=1+1", "主訴": "<b>太字</b>"}))
    press(page, page.take_in)

    (intake,) = page._session.store.find(Intake)
    assert (intake.remarks, intake.presenting_problem) == ("=1+1", "<b>太字</b>")


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("旧.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "xlsx"),
        ("壊れた.xlsx", b"PK\x03\x04 broken", "「壊れた.xlsx」"),
        ("空.csv", b"", "「空.csv」"),
        ("絵.csv", bytes(range(256)) * 9, "文字コード"),
        ("手紙.csv", "拝啓 時下ますます\n敬具".encode(), "見出し"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_in_japanese(page, name, raw, said):
    drop(page, raw, name)

    assert said in page.banner.text
    assert page.ledger.children == ()


# ── what somebody says


def test_a_strange_heading_is_given_its_box_by_a_choice(page):
    drop(page, book({"受けた日": "2026/4/1", "相談者のお名前": "見本 花子", "性別": "女"}))
    assert page.seen.lacking == ("相談受付日", "氏名")

    say(page, page.matching, column=0, code="intakes.received_on")
    say(page, page.matching, column=1, code="persons.name")

    assert fates(page) == ["新しく入る"]
    assert [c["rule"] for c in page.matching.columns][:2] == ["選んだもの", "選んだもの"]


def test_a_heading_that_was_matched_wrongly_is_kept_as_other(page):
    drop(page, book({**GOOD, "備考": "犬あり"}))
    say(page, page.matching, column=3, code="")
    press(page, page.take_in)

    (intake,) = page._session.store.find(Intake)
    assert (intake.remarks, intake.other_columns) == (None, "備考：犬あり")


def test_an_unknown_value_is_given_its_meaning_and_a_cell_is_mended(page):
    bad = {**GOOD, "受付番号": "R8-0002", "スクリーニング結果": "よくわからない", "氏名": ""}
    drop(page, book({**GOOD, "スクリーニング結果": "継続"}, bad))
    (strange,) = [v for v in page.matching.values if not v["read"]]
    assert (strange["text"], strange["count"]) == ("よくわからない", 1)

    label = next(o for o in strange["options"] if o.startswith("判断保留"))
    say(page, page.matching, value=strange["code"], text=strange["text"], label=label)
    say(page, page.rows, line=3, index=1, text="氏名不明（女性）")

    assert [page.seen.count(fate) for fate in Fate] == [2, 0, 0, 0]


def test_what_a_value_means_can_be_taken_back(page):
    drop(page, book({**GOOD, "性別": "？"}))
    say(page, page.matching, value="persons.sex", text="？", label="")
    assert page.seen.count(Fate.NEW) == 1

    say(page, page.matching, value="persons.sex", text="？", label=None)

    assert page.seen.count(Fate.REFUSED) == 1


def test_what_was_chosen_is_known_at_the_next_file(page):
    drop(page, book({"受けた日": "2026/4/1", "氏名": "見本 花子", "性別": "おんな"}))
    say(page, page.matching, column=0, code="intakes.received_on")
    say(page, page.matching, value="persons.sex", text="おんな", label="女性")
    press(page, page.take_in)

    drop(page, book({"受けた日": "2026/5/1", "氏名": "見本 月子", "性別": "おんな"}))

    assert fates(page) == ["新しく入る"]
    assert page.matching.columns[0]["rule"] == "前の取込みで選んだもの"


def test_what_a_withdrawn_import_chose_is_forgotten(page):
    drop(page, book({"受けた日": "2026/4/1", "氏名": "見本 花子", "性別": "女"}))
    say(page, page.matching, column=0, code="intakes.received_on")
    press(page, page.take_in)
    press(page, lambda: page.batches.withdraw(1))

    drop(page, book({"受けた日": "2026/5/1", "氏名": "見本 月子", "性別": "女"}))

    assert page.seen.lacking == ("相談受付日",)


# ── taken in, handed back, withdrawn


def test_good_rows_are_one_batch_and_the_refused_stay_to_be_mended(page):
    drop(page, (DATA / "ledger.xlsx").read_bytes(), "ledger.xlsx")
    assert page.go.label == "60行を取り込む"

    press(page, page.take_in)

    store = page._session.store
    assert "新しい行60" in page.banner.text and len(batches.every(store)) == 1
    assert [page.seen.count(fate) for fate in Fate] == [0, 0, 60, 6]
    assert store.verify() == []


def test_refused_rows_come_back_as_a_workbook_with_the_reason_last(page, monkeypatch):
    handed = []
    monkeypatch.setattr(page.drop, "send", lambda told, buffers: handed.append((told, buffers[0])))
    drop(page, (DATA / "ledger.xlsx").read_bytes(), "ledger.xlsx")
    page.give_back()

    ((told, raw),) = handed
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
    assert told == {"save": "ledger.xlsx.rejected.xlsx"}
    assert (sheet.max_row, sheet.cell(1, sheet.max_column).value) == (7, "取り込めない理由")
    drop(page, raw, "ledger.xlsx.rejected.xlsx")
    assert page.seen.count(Fate.REFUSED) == 5


def test_a_batch_is_chosen_and_withdrawn_whole(page):
    drop(page, book(GOOD))
    press(page, page.take_in)
    page.batches.listing.choose(0)
    assert page.batches.banner.actions.children[0].label == "まとめて取り消す"
    press(page, page.batches.banner.actions.children[0].click)

    assert page.batches.listing.texts()[0][-1] == "取消済"
    assert page._session.store.find(Intake) == []


def test_a_batch_that_somebody_touched_is_not_withdrawn(page):
    drop(page, book(GOOD))
    press(page, page.take_in)
    store = page._session.store
    store.save(replace(store.find(Intake)[0], remarks="電話は長女へ"))
    press(page, lambda: page.batches.withdraw(1))

    assert "取り込んだあとに変わった記録" in page.batches.banner.text
    assert len(store.find(Intake)) == 1


def test_while_a_ledger_is_taken_in_the_desks_own_store_can_be_read(page):
    drop(page, book(*({**GOOD, "受付番号": f"R8-{n:04}"} for n in range(1, 200))))
    page.take_in()

    assert len(page._session.store.find(Agency)) > 0
    page.work.wait(60)
    assert len(page._session.store.find(Case)) == 0
    assert len(page._session.store.find(Household)) == 199


def test_of_a_long_ledger_only_one_page_travels(page):
    drop(page, book(*({**GOOD, "受付番号": f"R8-{n:04}"} for n in range(1, 121))))
    assert (len(page.rows.state["rows"]), page.rows.state["pages"]) == (ON_A_PAGE, 3)

    say(page, page.rows, kind="every", page=2)

    assert page.rows.state["rows"][0]["line"] == 102
    say(page, page.rows, kind="every", page=99)
    assert page.rows.state["page"] == 2


def test_the_face_is_closed_to_who_may_open_no_case(page):
    assert PAGE in CASE_PAGES


def test_in_memory_it_is_done_at_once(store):
    view = ImportView(Session(store, TODAY))
    view.receive("台帳.csv", book(GOOD))
    view.take_in()

    assert len(store.find(Intake)) == 1
