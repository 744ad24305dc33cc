"""The page 進行管理: what is stuck, what each carries, cases brought to a sitting, 引継ぎ."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.forms import AgendaItem, Case, Conference, Household, Intake, Person, Succession
from jusou_nb.store import drafts
from jusou_nb.widgets import desk
from jusou_nb.widgets.client_view import ClientView
from jusou_nb.widgets.desk import PAGES
from jusou_nb.widgets.left import left_on
from jusou_nb.widgets.steering_page import PAGE

TODAY = date(2027, 4, 1)


@pytest.fixture
def opened(tmp_path):
    made = desk(tmp_path / "office.db", today=TODAY)
    with closing(made.store):
        household = Household(members=(Person(name="見本 花子"),))
        sheet = Intake(received_on=date(2026, 10, 1), screening="continuing")
        received = casework.receive_intake(made.store, household=household, intake=sheet)
        made.store.save(replace(received.case, coordinator="例示　前任", deputy="見本　推進"))
        casework.convene(made.store, Conference(body="monthly", held_on=date(2027, 4, 15)))
        yield made


@pytest.fixture
def page(opened):
    """The page 進行管理, of one case that nobody has met for half a year."""
    opened.tabs.chosen = list(PAGES).index(PAGE)
    return opened.pages[PAGE]


def write(view, **texts):
    for box, text in texts.items():
        view.box_set.by_name[box].raw = text


def test_the_stuck_case_stands_there_with_reason_and_step_and_without_a_name(page):
    (line,) = page.listing.texts()

    assert line[0] == "R8-0001"
    assert "本人に会えていない" in line[-2]
    assert "次に声をかける人" in line[-1]
    assert "見本 花子" not in str(page.listing.texts())


def test_choosing_it_opens_the_case(page):
    page.listing.choose(0)

    assert isinstance(page.parts[-1], ClientView)


def test_ticked_cases_go_to_the_next_sitting_by_one_press(page, opened):
    page.choice.load(replace(page.choice.as_it_stands(), cases=(1,)))
    page.bring()

    assert page.banner.text == "1件を会議に載せました。"
    assert len(opened.store.find(AgendaItem)) == 1


def test_without_a_tick_nothing_goes(page, opened):
    page.bring()

    assert "選ばれていません" in page.banner.text
    assert opened.store.find(AgendaItem) == []


def test_the_load_shows_who_has_it_and_who_stands_in(page):
    mine, deputy = page.load_listing.texts()

    assert mine[:5] == ["例示　前任", "2", "1", "1", ""]
    assert deputy[:5] == ["見本　推進", "", "", "", "1"]


def test_a_worker_is_chosen_looked_at_and_handed_over(page, opened):
    page.load_listing.choose(0)
    view = page.parts[-1]
    write(view.entry.forms["succession"], taking="架空　後任")
    view.look()
    assert view.preview.texts() == [["R8-0001", "ケース", "担当", "例示　前任", "架空　後任"]]
    view.entry.press()

    assert "「架空　後任」に引き継ぎました" in page.parts[-1].banner.text
    assert page.parts[-1].listing.texts()[0][0] == "R8-0001"
    assert opened.store.find(Case)[0].coordinator == "架空　後任"


def test_a_succession_is_opened_and_taken_back(page, opened):
    made = Succession(leaving="例示　前任", taking="架空　後任", handed_on=TODAY, reason="異動")
    casework.hand_over_work(opened.store, made)
    page.show_list()
    page.show_succession(1)
    record = page.parts[-1]
    write(record.note, reason="名前を間違えた")
    record.take_back()

    assert "1件を元の担当に戻しました" in page.banner.text
    assert opened.store.find(Case)[0].coordinator == "例示　前任"


def test_a_succession_half_written_goes_on_at_the_steering(page, opened):
    drafts.put(opened.store, "successions", "new", {"taking": "架空　後任"})
    (left,) = left_on(opened.store)

    assert (left.name, left.page) == ("引継ぎ", PAGE)
    opened.open_page(left.page, left.what)
    written = page.parts[-1].entry.forms["succession"].as_it_stands()
    assert written.taking == "架空　後任"
