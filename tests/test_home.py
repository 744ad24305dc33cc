"""ホーム: today, the worker's cases, what was found, and 電話メモ on the desk."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.casework.strikes import strike_record
from jusou_nb.forms import Case, CaseNote, Conference, Intake, PhoneMemo, WorkerRole
from jusou_nb.forms.phone_memo import MemoOutcome
from jusou_nb.store import drafts
from jusou_nb.widgets.home_page import HomePage
from jusou_nb.widgets.left import left_on
from jusou_nb.widgets.memo_view import CLOSE, CORRECT, RECEIVE, MemoView
from jusou_nb.widgets.search import SearchBox

DAY = date(2026, 10, 15)


@pytest.fixture
def case(opened, household, intake):
    """The case of a mother, whom this worker has."""
    received = casework.receive_intake(opened.store, household=household, intake=intake)
    return received.case


@pytest.fixture
def memo(opened, case):
    """A call that was written down."""
    at = datetime(2026, 10, 15, 9, 40)
    return casework.take_call(opened.store, PhoneMemo(called_at=at, said="三日ほど姿を見ない"))


@pytest.fixture
def home(opened, case):
    """The page ホーム, listed anew."""
    page = opened.pages["ホーム"]
    page.show_list()
    return page


def memo_view(home, memo, act=""):
    home.show(("memo", memo.id, *([act] if act else [])))
    (view,) = [part for part in home.children if isinstance(part, MemoView)]
    return view


def found(page, words, place=0):
    """The line at a place, as the browser sends it back."""
    groups = page.search.look(words)["groups"]
    return [hit for group in groups for hit in group["hits"]][place]


def test_the_desk_opens_at_home(opened):
    assert list(opened.pages) == ["ホーム"] and opened.tabs.names[0] == "ホーム"
    assert isinstance(opened.pages["ホーム"], HomePage)


def test_my_cases_say_where_they_stand_and_when_somebody_was_last_in_touch(opened, home, case):
    casework.write_note(
        opened.store, case, CaseNote(happened_at=datetime(2026, 10, 10, 10, 0), content="訪問した")
    )
    home.show_list()

    (line,) = home.listings["cases"].texts()
    assert line[0] == "見本 花子" and line[2] == "受付"
    assert "5日前" in line and line[-1] == "自分"


def test_what_is_next_stands_with_its_reason_and_what_to_beware_of(opened, home, case):
    note = CaseNote(
        happened_at=datetime(2026, 10, 10, 10, 0),
        content="電話した",
        next_action="訪問する",
        next_due=date(2026, 10, 12),
    )
    casework.write_note(opened.store, case, note)
    mother = opened.store.find(Case)[0].client_id
    opened.store.db.execute("UPDATE persons SET two_needed = 1 WHERE id = ?", [mother])
    home.show_list()

    (line,) = home.listings["cases"].texts()
    assert "次の対応（超過）" in line and "二人で訪問" in line


def test_a_case_in_which_i_stand_in_is_mine_too_and_says_whose_it_is(opened, home, case):
    stands_in = replace(
        opened.store.find(Case)[0], coordinator="架空 次郎", deputy=opened.store.worker_name()
    )
    opened.store.save(stands_in)
    home.show_list()

    assert home.listings["cases"].texts()[0][-1] == "架空 次郎（副担当）"


def test_a_case_of_somebody_else_and_one_that_was_closed_are_not_listed(opened, home, case):
    mine = opened.store.find(Case)[0]
    opened.store.save(replace(mine, coordinator="架空 次郎", deputy=None))
    home.show_list()

    assert home.listings["cases"].texts() == []


def test_a_case_of_the_list_opens_on_its_page(opened, home, case):
    home.listings["cases"].choose(0)

    assert opened.tabs.names[opened.tabs.chosen] == "相談受付"
    assert opened.pages["相談受付"].children[-1].case.id == case.id


def test_today_counts_what_is_due_by_its_kind_and_what_is_late(opened, home, case):
    note = CaseNote(
        happened_at=datetime(2026, 10, 10, 10, 0),
        content="話した",
        next_action="訪問する",
        next_due=date(2026, 10, 12),
    )
    casework.write_note(opened.store, case, note)
    home.show_list()

    lines = {line[0]: line[1:] for line in home.listings["kinds"].texts()}
    assert lines["次の対応"] == ["1件", "1件", "令和8年10月12日"]


def test_a_kind_opens_its_lines_and_a_line_opens_where_it_is_settled(opened, home, memo):
    home.show_list()
    labels = [line[0] for line in home.listings["kinds"].texts()]
    home.listings["kinds"].choose(labels.index("電話メモ"))
    home.children[-1].choose(0)

    assert opened.tabs.names[opened.tabs.chosen] == "ホーム"
    assert any(isinstance(part, MemoView) for part in home.children)


def test_the_sittings_of_this_week_are_listed_and_open(opened, home):
    casework.convene(opened.store, Conference(body="monthly", held_on=date(2026, 10, 16)))
    casework.convene(opened.store, Conference(body="monthly", held_on=date(2026, 10, 30)))
    home.show_list()

    assert len(home.listings["sittings"].texts()) == 1
    home.listings["sittings"].choose(0)
    assert opened.tabs.names[opened.tabs.chosen] == "会議"


def test_the_shortcut_opens_a_blank_memo_with_the_time_of_the_call(opened, home):
    home.show("phone")

    entry = home.children[-1]
    assert entry.forms["memo"].as_it_stands().called_at.date() == DAY
    assert entry.forms["memo"].box_set.by_name["said"].focus_count == 1


def test_a_memo_is_registered_with_what_was_said_alone_and_leaves_no_draft(opened, home):
    home.show("phone")
    entry = home.children[-1]
    entry.forms["memo"].box_set.by_name["said"].text = "三日ほど姿を見ない"
    entry.press()

    (kept,) = opened.store.find(PhoneMemo)
    assert kept.said == "三日ほど姿を見ない" and kept.outcome is None
    assert len(home.listings["memos"].texts()) == 1
    assert drafts.every(opened.store) == []


def test_a_line_that_was_found_opens_the_person(opened, home, case):
    home.search.choose(found(home, "みほん"))

    assert opened.tabs.names[opened.tabs.chosen] == "相談受付"
    assert opened.pages["相談受付"].children[-1].client.person.name == "見本 花子"


def test_a_note_that_was_found_opens_as_a_sheet(opened, home, case):
    note = CaseNote(happened_at=datetime(2026, 10, 10, 10, 0), content="物音がして眠れない")
    casework.write_note(opened.store, case, note)
    home.search.choose(found(home, "眠れない"))

    view = opened.pages["相談受付"].children[-1]
    assert view.sheet.children


def test_a_memo_is_put_to_the_case_that_was_found_after_it_was_confirmed(opened, home, memo, case):
    view = memo_view(home, memo)
    view.search.choose(found(view, "見本花子"))
    assert "支援経過にします" in view.banner.text and opened.store.find(CaseNote) == []
    view.banner.actions.children[0].click()

    (note,) = opened.store.find(CaseNote)
    assert (note.case_id, note.content) == (case.id, "三日ほど姿を見ない")
    assert "付けました" in home.banner.text


def test_a_person_without_a_case_gets_no_memo_and_the_way_is_shown(opened, home, memo, household):
    alone = replace(household, members=(replace(household.members[0], name="例示 桃"),))
    sheet = Intake(received_on=DAY)
    casework.receive_intake(opened.store, household=alone, intake=sheet)
    view = memo_view(home, memo)
    view.search.choose(found(view, "例示桃"))

    assert "ケースがありません" in view.banner.text


def test_a_memo_is_closed_with_a_reason_on_the_desk(opened, home, memo):
    view = memo_view(home, memo, CLOSE)
    entry = view.sheet.children[0]
    entry.forms["reason"].box_set.by_name["reason"].text = "間違い電話"
    entry.press()

    closed = opened.store.load(PhoneMemo, memo.id)
    assert (closed.outcome, closed.outcome_reason) == (MemoOutcome.DONE, "間違い電話")
    assert "memos" not in home.listings


def test_a_memo_is_received_on_the_desk_with_its_text_filled_in(opened, home, memo):
    view = memo_view(home, memo, RECEIVE)
    entry = view.sheet.children[0]
    entry.press()

    received = opened.store.find(Intake)[-1]
    assert received.presenting_problem == "三日ほど姿を見ない"
    assert received.number in home.banner.text


def test_a_memo_is_corrected_and_a_settled_one_shows_no_ways(opened, home, memo):
    view = memo_view(home, memo, CORRECT)
    entry = view.sheet.children[0]
    entry.forms["memo"].box_set.by_name["about"].text = "見本さん"
    entry.press()
    fresh = opened.store.load(PhoneMemo, memo.id)
    assert fresh.about == "見本さん"

    casework.close_memo(opened.store, fresh, "済んだ", on=DAY)
    assert not [w for w in memo_view(home, memo).children if isinstance(w, SearchBox)]


def test_a_blank_memo_that_was_left_is_offered_again(opened, home):
    home.show("phone")
    entry = home.children[-1]
    view = entry.forms["memo"]
    view.box_set.by_name["said"].text = "書きかけ"
    entry.opening.keepers["memo"].put(view.boxes())

    (left,) = left_on(opened.store)
    assert (left.page, left.what) == ("ホーム", ("memo", None))


def test_a_reason_that_was_left_goes_on_at_its_memo(opened, home, memo):
    entry = memo_view(home, memo, CLOSE).sheet.children[0]
    view = entry.forms["reason"]
    view.box_set.by_name["reason"].text = "書きかけ"
    entry.opening.keepers["reason"].put(view.boxes())

    (left,) = left_on(opened.store)
    assert (left.page, left.what) == ("ホーム", ("memo", memo.id, CLOSE))


def test_who_opens_no_case_sees_neither_home_nor_what_would_be_found(opened, case):
    role = WorkerRole(worker="課長 架空", role="chief", since=date(2026, 4, 1))
    opened.store.save(role)

    assert "message" in opened.pages["ホーム"].search.look("みほん")


def test_a_struck_case_is_not_on_the_list(opened, home, case):
    mine = opened.store.find(Case)[0]
    strike_record(opened.store, mine, reason="二度開いた", on=DAY)
    home.show_list()

    assert home.listings["cases"].texts() == []
