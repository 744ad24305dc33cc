"""Drafts: an opening of a form each, kept per worker, dropped for good."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from jusou_nb import open_store
from jusou_nb.forms import Intake
from jusou_nb.store import drafts, schema
from jusou_nb.widgets import desk as open_desk
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.session import Session

TODAY = date(2026, 10, 15)
PLACE = (Intake.table, "new")


def left(store):
    return {draft.opening: draft.boxes for draft in drafts.every(store)}


def sheet(store, record=None, resuming=""):
    session = Session(store, TODAY, resuming=resuming)
    sheets = {"record": Sheet(form=Intake, key="new", record=record)}
    return Entry(session, sheets, lambda _records, _allowed: None)


def write(entry, **texts):
    for name, text in texts.items():
        entry.forms["record"].box_set.by_name[name].raw = text


def stands(entry, name="presenting_problem"):
    return entry.forms["record"].box_set.by_name[name].raw


def test_two_openings_of_one_form_keep_a_draft_each(store):
    drafts.put(store, *PLACE, {"remarks": "一つ目"}, "A")
    drafts.put(store, *PLACE, {"remarks": "二つ目"}, "B")
    drafts.put(store, *PLACE, {"remarks": "一つ目の続き"}, "A")
    assert left(store) == {"A": {"remarks": "一つ目の続き"}, "B": {"remarks": "二つ目"}}


def test_a_late_letter_of_a_dropped_opening_is_not_kept(store):
    drafts.put(store, *PLACE, {"remarks": "登録した文"}, "A")
    drafts.drop(store, *PLACE, "A")
    assert drafts.put(store, *PLACE, {"remarks": "遅れて届いた文"}, "A") is None
    assert left(store) == {}
    assert store.db.execute("SELECT payload FROM drafts").fetchall() == [("{}",)]


def test_an_opening_that_was_never_kept_can_be_dropped_before_its_first_letter(store):
    drafts.drop(store, *PLACE, "A")
    assert drafts.put(store, *PLACE, {"remarks": "遅れて届いた文"}, "A") is None


def test_the_drafts_of_another_worker_are_not_touched(tmp_path):
    with (
        open_store(tmp_path / "a.db", account="one") as mine,
        open_store(tmp_path / "a.db", account="two") as theirs,
    ):
        drafts.put(theirs, *PLACE, {"remarks": "ほかの人"}, "A")
        drafts.drop(mine, *PLACE, "A")
        assert (left(mine), left(theirs)) == ({}, {"A": {"remarks": "ほかの人"}})


def test_what_one_screen_takes_over_the_other_screen_goes_on_with_undisturbed(store):
    drafts.put(store, *PLACE, {"remarks": "書きかけ"}, "A")
    drafts.take_over(store, [PLACE], "A", "B")
    drafts.put(store, *PLACE, {"remarks": "書きかけの続き"}, "A")
    assert left(store) == {"B": {"remarks": "書きかけ"}, "A": {"remarks": "書きかけの続き"}}


def test_dropped_openings_are_forgotten_after_a_month(tmp_path):
    days = iter(
        [datetime(2026, 10, 1, tzinfo=UTC) + timedelta(days=n // 6 * 40) for n in range(60)]
    )
    with open_store(tmp_path / "a.db", clock=lambda: next(days)) as store:
        for opening in ("A", "B", "C", "D"):
            drafts.drop(store, *PLACE, opening)
        kept = store.db.execute("SELECT count(*) FROM drafts").fetchone()[0]
        assert 0 < kept < 4


def test_a_store_of_before_keeps_its_drafts_and_learns_of_openings(tmp_path):
    path = tmp_path / "a.db"
    with open_store(path) as store:
        drafts.put(store, *PLACE, {"remarks": "前の版の書きかけ"})
        for name in ("opening", "base", "dropped_at"):
            store.db.execute("DROP INDEX IF EXISTS idx_drafts_worker_id_form_key_opening")
            store.db.execute(f"ALTER TABLE drafts DROP COLUMN {name}")
        store.db.execute("CREATE UNIQUE INDEX idx_drafts_worker_id_form_key ON drafts (form, key)")
        store.db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '0002_drafts%'")
        store.db.execute(f"PRAGMA user_version = {schema.VERSION - 1}")
    with open_store(path) as store:
        drafts.put(store, *PLACE, {"remarks": "新しい書きかけ"}, "A")
        assert len(drafts.every(store)) == 2


def test_two_screens_on_one_sheet_never_write_over_each_other(store):
    here, there = sheet(store), sheet(store)
    write(here, presenting_problem="こちらの文")
    write(there, presenting_problem="あちらの文")
    texts = sorted(draft.boxes["presenting_problem"] for draft in drafts.every(store))
    assert texts == ["あちらの文", "こちらの文"]


def test_each_draft_of_one_sheet_is_offered_and_the_chosen_one_goes_on(tmp_path):
    with open_store(tmp_path / "a.db") as store:
        drafts.put(store, *PLACE, {"presenting_problem": "古い方"}, "A")
        drafts.put(store, *PLACE, {"presenting_problem": "新しい方"}, "B")
    made = open_desk(tmp_path / "a.db", today=TODAY)
    with closing(made.store):
        old = next(b for b in made.left.children if made.left.children.index(b) == 1)
        old.actions.children[0].click()
        entry = made.pages["相談受付"].children[-1]
        assert entry.forms["intake"].as_it_stands().presenting_problem == "古い方"
        assert {draft.opening for draft in drafts.every(made.store)} == {"B", entry.opening.token}


def test_where_the_server_keeps_the_letters_the_kernel_writes_none(store):
    entry = sheet(store)
    entry.opening.courier.served = True
    write(entry, presenting_problem="ブラウザーが預ける文")
    assert drafts.every(store) == []


def test_what_the_courier_follows_is_every_box_and_row_that_is_drawn(store, household):
    saved = store.save(household)
    session = Session(store, TODAY)
    sheets = {"record": Sheet(form=type(saved), key="id-1", record=saved)}
    entry = Entry(session, sheets, lambda _records, _allowed: None)
    (told,) = entry.opening.courier.sheets
    boxes = entry.forms["record"].box_set.by_name
    assert {name: (box.model_id, box.holder) for name, box in boxes.items()} == told["boxes"]
    assert [row["id"] for row in told["rows"]["members"]] == [p.id for p in saved.members]
    assert told["base"] == entry.forms["record"].boxes()


def test_a_row_that_is_added_is_followed_at_once(store, household):
    entry = Entry(
        Session(store, TODAY),
        {"record": Sheet(form=type(household), key="new")},
        lambda _records, _allowed: None,
    )
    entry.forms["record"].rows["members"].add()
    assert len(entry.opening.courier.sheets[0]["rows"]["members"]) == 2


def test_a_sheet_that_goes_on_after_it_was_thrown_away_is_another_opening(store):
    entry = sheet(store)
    write(entry, presenting_problem="捨てる文")
    before = entry.opening.token
    entry.throw_away()
    write(entry, presenting_problem="そのあとの文")
    assert entry.opening.token != before
    assert left(store) == {entry.opening.token: {"presenting_problem": "そのあとの文"}}


def test_the_browser_may_begin_another_opening_of_its_own(store):
    entry = sheet(store)
    entry.opening.courier.opening = "neu"
    write(entry, presenting_problem="続き")
    assert list(left(store)) == ["neu"]


def resumed(store, intake, typed, then):
    """Leave a draft of a saved intake, let somebody save it, and open the sheet again."""
    saved = store.save(intake)
    first = sheet(store, saved)
    write(first, **typed)
    store.save(replace(saved, **then))
    return sheet(store, store.load(Intake, saved.id))


def test_a_draft_over_a_record_saved_since_takes_over_what_the_other_changed(store, intake):
    entry = resumed(store, intake, {"presenting_problem": "書きかけ"}, {"remarks": "折返し電話"})
    assert (stands(entry), stands(entry, "remarks")) == ("書きかけ", "折返し電話")
    (view,) = entry.conflict.children
    assert view.choices == []
    assert "備考" in view.banner.text


@pytest.mark.parametrize(
    ("answer", "text"),
    [("mine", "書きかけ"), ("theirs", "ほかの文"), ("both", "ほかの文\n書きかけ")],
)
def test_a_box_that_both_changed_is_asked_about(store, intake, answer, text):
    both = {"presenting_problem": "書きかけ"}, {"presenting_problem": "ほかの文"}
    entry = resumed(store, intake, *both)
    (choice,) = entry.conflict.children[0].choices
    entry.press()
    assert choice.error and entry.conflict.children
    choice.chosen = [answer]
    entry.press()
    assert stands(entry) == text
