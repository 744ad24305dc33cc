"""気になる世帯 on the desk: what was seen stands on the sheet of the consultation already."""

from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.forms import Household, Intake, Lead
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.store import drafts
from jusou_nb.store.due import due_items
from jusou_nb.widgets.desk import PAGES
from jusou_nb.widgets.left import left_on

TODAY = date(2026, 10, 15)


@pytest.fixture
def lead(opened):
    seen = Lead(noticed_on=date(2026, 6, 1), seen="新聞がたまっている", known_name="架空　太郎",
                source="隣の人")  # fmt: skip
    return casework.notice_lead(opened.store, seen)


@pytest.fixture
def place(opened, lead):
    """The lead, as 期限 opens it."""
    opened.tabs.chosen = list(PAGES).index("期限")
    page = opened.pages["期限"]
    page.listing.choose([due.kind for due in page.found].index("leads"))
    return page.children[-1]


def press(place, words):
    part = next(b for b in within(place) if getattr(b, "label", "") == words)
    part.click()


def within(part):
    for child in getattr(part, "children", ()):
        yield child
        yield from within(child)


def test_a_lead_that_waits_is_received_and_nothing_seen_is_typed_again(opened, place, lead):
    press(place, "相談として受け付ける")
    place.entry.forms["intake"].box_set.by_name["screening"].raw = ["continuing"]
    place.entry.press()

    (intake,), (home,) = opened.store.find(Intake), opened.store.find(Household)
    assert (intake.presenting_problem, intake.received_on) == (lead.seen, TODAY)
    assert home.members[0].name == "架空　太郎"
    assert opened.store.load(Lead, lead.id).intake_id == intake.id
    assert not [due for due in due_items(opened.store, TODAY) if due.kind == "leads"]


def test_who_told_of_a_lead_is_not_copied_to_the_sheet(opened, place):
    press(place, "相談として受け付ける")
    place.entry.press()

    assert "隣の人" not in str(opened.store.find(Intake)[0])


def test_a_lead_is_not_put_down_as_received_without_a_consultation(opened, place, lead):
    place.entry.forms["record"].box_set.by_name["outcome"].raw = ["received"]
    place.entry.press()

    kept = opened.store.load(Lead, lead.id)
    assert kept.outcome is None
    assert [due.kind for due in due_items(opened.store, TODAY)] == ["leads"]


@pytest.mark.parametrize(
    ("outcome", "note", "waits"), [("watch", "", True), ("dropped", "引っ越した", False)]
)
def test_a_lead_is_watched_on_or_closed_on_its_own_sheet(opened, place, outcome, note, waits):
    boxes = place.entry.forms["record"].box_set.by_name
    boxes["outcome"].raw, boxes["remarks"].raw = [outcome], note
    place.entry.press()

    assert opened.store.find(Lead)[0].outcome is LeadOutcome(outcome)
    assert bool([d for d in due_items(opened.store, TODAY) if d.kind == "leads"]) is waits


def test_a_sheet_of_a_lead_left_unfinished_is_offered_again(opened, place, lead):
    press(place, "相談として受け付ける")
    drafts.put(opened.store, Intake.table, f"receive_lead-{lead.id}", {"detail": "書きかけ"})

    (left,) = left_on(opened.store)
    opened.open_page(left.page, left.what)
    assert left.name == "相談として受け付ける"
