"""A consultation by keyboard alone: no mouse, every stop in the order of the paper, in sight."""

import pytest
from playwright.sync_api import expect

from jusou_nb import open_store
from jusou_nb.fields import items
from jusou_nb.forms import Intake

pytestmark = pytest.mark.walk

NAME = "見本　花子"
COMPLAINT = "家賃を三か月滞納している"
STOPS = 400
"""More presses of the Tab key than any sheet has stops."""

STOP = """() => {
  const at = document.activeElement;
  const said = at.getAttribute("aria-label")
    ?? at.closest("fieldset")?.querySelector("legend .jusou-label-text")?.textContent
    ?? at.labels?.[0]?.querySelector(".jusou-label-text")?.textContent
    ?? at.textContent;
  const drawn = getComputedStyle(at);
  const ring = drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2;
  const place = at.getBoundingClientRect();
  const ours = !!at.closest(".jusou-desk");
  return { said: said.trim(), ring: ring || drawn.boxShadow !== "none", ours,
    seen: place.bottom > 0 && place.top < innerHeight };
}"""

CHOSEN = """() => {
  const at = document.activeElement;
  return (at.selectedOptions?.[0] ?? at.labels[0]).textContent.trim();
}"""


class Keys:
    """A worker who has a keyboard and nothing else."""

    def __init__(self, walk):
        self.page, self.stops = walk.page, []

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def go_to(self, said):
        """Press Tab until the stop of this name is reached, and look at each on the way."""
        for _ in range(STOPS):
            self.press("Tab")
            stop = self.page.evaluate(STOP)
            self.stops.append(stop)
            if stop["said"].startswith(said):
                return
        pytest.fail(f"{said} is not reached by the Tab key")

    def type(self, said, text):
        self.go_to(said)
        self.page.keyboard.insert_text(text)

    def choose(self, said, option):
        """Walk down the answers of a group or a list until this one is chosen."""
        self.go_to(said)
        for _ in range(STOPS):
            self.press("ArrowDown")
            if self.page.evaluate(CHOSEN) == option:
                return
        pytest.fail(f"{option} cannot be chosen by the arrow keys")


@pytest.fixture(scope="module")
def received(at_the_desk):
    """A consultation that was taken down and registered without a mouse."""
    with at_the_desk("keyboard") as walk:
        walk.open_desk()
        keys = Keys(walk)
        keys.press("Alt+3")
        expect(walk.box("主訴")).to_be_visible()
        expect(walk.page.locator(".jusou-room")).to_be_focused()
        keys.choose("様式", "本人同意なし")
        keys.type("主訴", COMPLAINT)
        keys.choose("緊急度", "1週間以内")
        keys.choose("スクリーニング結果", "同意は未取得だが継続して働きかける")
        keys.type("氏名", NAME)
        walk.look("75-by-keyboard")
        keys.press("Control+Enter")
        walk.sees("で登録しました")
        yield walk, keys


def test_a_consultation_is_registered_without_a_mouse(received):
    walk, _ = received
    with open_store(walk.folder / "office.db", readonly=True) as store:
        (intake,) = store.find(Intake)
    assert intake.presenting_problem == COMPLAINT


def test_every_stop_shows_where_the_keyboard_is(received):
    _, keys = received
    unseen = [
        stop["said"] for stop in keys.stops if stop["ours"] and not (stop["ring"] and stop["seen"])
    ]
    assert unseen == []


def test_the_stops_come_in_the_order_of_the_paper(received):
    _, keys = received
    sections = list(dict.fromkeys(box.section for box in items(Intake)))
    printed = sorted(items(Intake), key=lambda box: sections.index(box.section))
    paper = [box.label for box in printed]
    reached = list(dict.fromkeys(stop["said"] for stop in keys.stops if stop["said"] in paper))
    assert len(reached) > 5
    assert reached == sorted(reached, key=paper.index)
