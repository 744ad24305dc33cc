"""Addresses from outside of the notebook: a card, the panel, a shortcut."""

from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.errors import JusouError, StoreError
from jusou_nb.forms import Intake
from jusou_nb.widgets.desk import _OPEN, PAGES, Desk, opened
from jusou_nb.widgets.doorway import PLACES, STAY, asked, place_of
from jusou_nb.widgets.messages import Banner
from jusou_nb.widgets.session import Session


class Wire:
    """Stands for the browser's end of the comm: keeps what the desk answers."""

    def __init__(self):
        self.said, self.close, self.hears = [], None, None

    def send(self, answer):
        self.said.append(answer)

    def on_msg(self, hears):
        self.hears = hears

    def on_close(self, close):
        self.close = close


def message(address):
    return {"content": {"data": address}}


@pytest.fixture
def desk():
    with open_store("") as store:
        yield Desk(Session(store, date(2026, 10, 15)))


@pytest.fixture
def wire(desk):
    made = Wire()
    desk.doorway._meet(made, message({}))
    return made


@pytest.mark.parametrize("place", sorted(PLACES))
def test_each_card_opens_a_page_and_the_desk_says_which(desk, wire, place):
    wire.hears(message({"place": place}))
    opened = wire.said[-1]["opened"]
    assert opened in PAGES
    assert desk.tabs.names[desk.tabs.chosen] == opened


def test_the_card_of_an_intake_opens_its_blank_sheet(desk):
    desk.enter({"place": "intake"})
    titles = [getattr(part, "value", "") for part in desk.pages["相談受付"].children]
    assert any("新しい相談を受け付ける" in title for title in titles)


def test_an_address_that_nobody_knows_is_refused_in_japanese_and_nothing_moves(desk, wire):
    before = desk.tabs.chosen
    wire.hears(message({"place": "nowhere"}))
    assert wire.said[1:] == [{"refused": "開く場所が分かりません。画面を読み込み直してください"}]
    assert desk.tabs.chosen == before


def test_a_record_that_is_gone_is_told_on_its_page(desk, wire):
    wire.hears(message({"page": "期限", "what": ["leads", 999]}))
    assert wire.said[-1] == {"opened": "期限"}
    (told,) = [part for part in desk.pages["期限"].children if isinstance(part, Banner)]
    assert "見つかりません" in repr(told.children[0].get_state())


def test_lists_become_tuples_again_and_no_what_leaves_the_page_as_it_was():
    assert place_of({"page": "会議", "what": [1, ["item", 2]]}) == ("会議", (1, ("item", 2)))
    assert place_of({"page": "会議"}) == ("会議", STAY)
    with pytest.raises(JusouError):
        place_of({"place": "nowhere"})


def test_a_page_that_is_turned_to_by_hand_is_told_so_that_it_can_be_opened_again(desk, wire):
    desk.tabs.chosen = list(PAGES).index("会議")
    assert wire.said == [{"at": "ホーム"}, {"at": "会議"}]


def test_outside_of_a_kernel_nothing_was_asked_for():
    assert asked() == {}


def test_a_saved_record_is_news_to_the_panel(desk):
    before = desk.tabs.told
    desk.store.save(Intake(received_on=date(2026, 10, 15)))
    assert desk.tabs.told > before


@pytest.fixture
def shown(tmp_path):
    """A desk as the notebook's line opens it, shown in one window."""
    open_store(tmp_path / "office.db").close()
    made, wire = opened(tmp_path / "office.db", date(2026, 10, 15)), Wire()
    made.doorway._meet(wire, message({}))
    return made, wire


def test_a_desk_that_no_window_shows_any_more_puts_its_widgets_and_its_store_away(shown):
    made, wire = shown
    wire.close(message({}))
    assert made not in _OPEN
    assert made.tabs.comm is None
    with pytest.raises(StoreError):
        made.store.find(Intake)


def test_a_desk_stays_while_another_window_shows_it(shown):
    made, wire = shown
    made.doorway._meet(Wire(), message({}))
    wire.close(message({}))
    assert made.store.find(Intake) == []
    made.leave()
