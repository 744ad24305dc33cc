"""The page 地域・資源: lists, new sheets, records that are opened, and what was left there."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.forms import (
    Advice,
    AgendaItem,
    Conference,
    Emergency,
    Gathering,
    Household,
    Intake,
    Person,
    Place,
    ResourceGap,
    Shelter,
    SignSheet,
    by_table,
)
from jusou_nb.store import drafts
from jusou_nb.widgets.chapters import CHAPTERS, CLIENT, office_chapters
from jusou_nb.widgets.desk import PAGES
from jusou_nb.widgets.left import left_on
from jusou_nb.widgets.resources_page import PAGE

TODAY = date(2026, 10, 15)


@pytest.fixture
def page(opened):
    """The page 地域・資源."""
    opened.tabs.chosen = list(PAGES).index(PAGE)
    return opened.pages[PAGE]


def write(entry, **texts):
    for box, text in texts.items():
        entry.forms["record"].box_set.by_name[box].raw = text


def chapter(form):
    return next(c for c in CHAPTERS if c.form is form)


def acts():
    return [act for one in CHAPTERS for act in one.acts]


def press(place, words):
    next(b for b in within(place) if getattr(b, "label", "") == words).click()


def within(part):
    for child in getattr(part, "children", ()):
        yield child
        yield from within(child)


@pytest.fixture
def salon(opened):
    """An activity at a place, held in September."""
    held = Gathering(name="例示サロン", held_on=date(2026, 9, 3), helpers=4)
    return opened.store.save(held)


def test_a_new_place_stands_in_the_list_after_it_is_registered(page, opened):
    place = page.show_chapter(chapter(Place))
    press(place, "新しい拠点を登録する")
    write(place.entry, name="架空の家", address="見本市架空町1-1")
    place.entry.press()
    assert place.listing.texts() == [["架空の家", "", "", "", "令和8年10月15日", ""]]
    assert opened.store.load(Place, 1).address == "見本市架空町1-1"


def test_a_place_without_a_name_is_not_registered(page, opened):
    place = page.show_chapter(chapter(Place))
    place.show_new()
    place.entry.press()
    assert place.entry.bar.problems.label == "直すところ 1件"
    assert opened.store.find(Place) == []


def test_the_list_tells_the_latest_first_and_is_searched_by_its_words(page, opened, salon):
    opened.store.save(Gathering(name="架空食堂", held_on=TODAY))
    place = page.show_chapter(chapter(Gathering))
    assert [cells[0] for cells in place.listing.texts()] == ["架空食堂", salon.name]
    place.look("サロン")
    assert [cells[0] for cells in place.listing.texts()] == [salon.name]


def test_a_record_is_opened_and_corrected(page, opened, salon):
    place = page.show_chapter(chapter(Gathering))
    place.listing.choose(0)
    write(place.entry, helpers="6")
    place.entry.press()
    assert opened.store.load(Gathering, salon.id).helpers == 6
    assert place.said.text == "登録しました。"


def test_two_workers_who_change_one_record_are_shown_both_texts(page, opened, salon):
    place = page.show_chapter(chapter(Gathering))
    place.show_record(salon.id)
    opened.store.save(replace(salon, helpers=9))
    write(place.entry, helpers="6")
    place.entry.press()
    assert place.entry.conflict.children
    assert opened.store.load(Gathering, salon.id).helpers == 9


def test_the_next_time_of_an_activity_takes_over_what_is_known(page, opened, salon):
    place = page.show_chapter(chapter(Gathering))
    place.show_record(salon.id)
    press(place, "次の回を書く")
    place.entry.press()
    new = opened.store.load(Gathering, 2)
    assert (new.name, new.held_on, new.helpers) == ("例示サロン", TODAY, None)


@pytest.mark.parametrize(
    ("path", "box"),
    [(("new",), "name"), (("open", 1), "noticed"), (("open", 1, "act", "again"), "name")],
)
def test_what_was_typed_in_a_chapter_is_offered_again_and_goes_on(page, opened, salon, path, box):
    page.show((Gathering.table, path))
    write(page.place.entry, **{box: "書きかけの言葉"})
    page.show_groups()
    (left,) = left_on(opened.store)
    opened.open_page(left.page, left.what)
    again = page.place.entry.forms["record"].box_set.by_name[box]
    assert again.raw == "書きかけの言葉"


def test_what_was_registered_leaves_no_draft(page, opened):
    place = page.show_chapter(chapter(Gathering))
    place.show_new()
    write(place.entry, name="例示サロン")
    place.entry.press()
    assert drafts.every(opened.store) == []
    assert not place.entry.resumed.text


@pytest.fixture
def client(opened):
    """The page of a client whose case is open, and who was taken from home by night."""
    home = Household(members=(Person(name="架空 次郎"), Person(name="架空 三郎")))
    sheet = Intake(received_on=TODAY, screening="continuing")
    received = casework.receive_intake(opened.store, household=home, intake=sheet)
    told = Emergency(happened_at=datetime(2026, 10, 3, 21), who="本人", what="家を出された")
    told = replace(told, next_check_at=datetime(2026, 10, 4, 9))
    casework.respond_to_emergency(opened.store, told, household=received.household)
    opened.tabs.chosen = list(PAGES).index("相談受付")
    opened.pages["相談受付"].show_client(received.intake.id)
    return opened.pages["相談受付"].children[-1]


def test_a_chapter_of_a_case_opens_on_the_clients_page_with_what_is_known(client, opened):
    client.glance.press("緊急一時保護")
    view = client.chapters.place.entry.forms["record"]
    assert view.box_set.by_name["starts_on"].raw == "令和8年10月3日"
    assert view.box_set.by_name["people"].raw == "2"
    write(client.chapters.place.entry, why_no_other="空きがない", amount="19500")
    client.chapters.place.entry.press()
    (kept,) = opened.store.find(Shelter)
    assert (kept.case_id, kept.emergency_id) == (client.case.id, 1)
    place = client.timeline.of_kind("緊急一時保護")[0]
    assert "19,500" in client.timeline.found[place].words


def test_what_is_to_be_looked_at_is_said_after_the_step(client):
    client.chapters.show((Shelter.table, ("new",)))
    write(client.chapters.place.entry, why_no_other="空きがない", amount="19500")
    client.chapters.place.entry.press()
    assert "既存制度を確かめた記録がありません" in client.chapters.said.text


def test_over_the_budget_the_chief_decides_on_the_spot(client, opened):
    client.chapters.show((Shelter.table, ("new",)))
    entry = client.chapters.place.entry
    write(entry, why_no_other="空きがない", amount="120001")
    entry.press()
    assert "1円超えます" in entry.gate.banner.text and opened.store.find(Shelter) == []
    note = entry.gate.chief.note.box_set.by_name
    note["reason"].raw, note["allowed_by"].raw = "予備費から", "課長 例示"
    entry.gate.chief.press()
    assert len(opened.store.find(Shelter)) == 1


def test_a_chapter_of_a_case_left_unfinished_goes_on_there(client, opened):
    client.chapters.show((Advice.table, ("new",)))
    write(client.chapters.place.entry, question="相続の期限")
    (left,) = left_on(opened.store)
    assert (left.name, left.page) == ("専門家の助言", "相談受付")
    opened.open_page(left.page, left.what)
    again = opened.pages["相談受付"].children[-1].chapters.place.entry
    assert again.forms["record"].box_set.by_name["question"].raw == "相続の期限"


def test_what_waits_of_a_chapter_opens_from_the_list_of_what_waits(opened):
    opened.store.save(SignSheet(sent_on=date(2026, 10, 1), sent_by=1, noticed="水の使用がない"))
    opened.tabs.chosen = list(PAGES).index("期限")
    due = opened.pages["期限"]
    due.listing.choose(0)
    place = due.children[-1]
    write(place.entry, answer=["no_need"])
    place.entry.press()
    assert opened.store.load(SignSheet, 1).answered_on == TODAY


def test_what_a_sitting_found_missing_is_proposed_in_its_chapter(page, opened):
    sitting = casework.convene(opened.store, Conference(body="monthly", held_on=TODAY))
    item = AgendaItem(
        conference_id=sitting.id, basis="confidential", missing_resources="夜の居場所"
    )
    item = opened.store.save(item)
    opened.store.save(replace(sitting, state="held"))
    place = page.show_chapter(chapter(ResourceGap))
    proposed = place.children[-1]
    assert proposed.texts()[0][1] == "夜の居場所"
    proposed.choose(0)
    place.entry.press()
    assert opened.store.load(ResourceGap, 1).agenda_item_id == item.id


def test_a_gap_without_a_sitting_to_come_says_so_where_it_stands(page, opened):
    kept = opened.store.save(ResourceGap(raised_on=TODAY, what="移動の足", state="open"))
    place = page.show_chapter(chapter(ResourceGap))
    place.show_record(kept.id)
    press(place, "次の代表者会議に出す")
    assert "代表者会議を登録してください" in place.gate.banner.text
    casework.convene(opened.store, Conference(body="representatives", held_on=date(2026, 12, 3)))
    press(place, "次の代表者会議に出す")
    assert opened.store.load(ResourceGap, kept.id).put_forward_id == 1


def test_a_sign_is_received_as_a_consultation_from_its_sheet(page, opened):
    sign = SignSheet(sent_on=TODAY, sent_by=1, noticed="水の使用がない", known_name="架空 次郎")
    sign = opened.store.save(sign)
    place = page.show_chapter(chapter(SignSheet))
    place.show_record(sign.id)
    press(place, "相談として受け付ける")
    place.entry.press()
    (intake,) = opened.store.find(Intake)
    assert opened.store.load(SignSheet, sign.id).intake_id == intake.id
    assert not any(b.label == "相談として受け付ける" for b in place.children[0].children)


def test_every_chapter_is_found_from_the_page_or_from_a_client(page):
    shown = {c.form for found in office_chapters().values() for c in found}
    reached = {*shown, *CLIENT}
    for _ in CHAPTERS:
        reached |= {c.form for c in CHAPTERS if c.of in reached}
    assert {c.form for c in CHAPTERS} <= reached


def test_every_chapter_has_boxes_to_list_and_a_link_to_what_it_is_about():
    for one in CHAPTERS:
        assert one.order.endswith("id DESC")
        assert by_table(one.form.table) is one.form
        assert bool(one.of) == bool(one.link)


def test_the_drafts_of_acts_are_never_mixed_up():
    forms = {act.code: {c.form for c in CHAPTERS if act in c.acts} for act in acts()}
    assert {code for code, of in forms.items() if len(of) > 1} == set()
    tables = {one.form.table for one in CHAPTERS}
    assert not set(forms) & {"new", "id", "of", "proposed", *tables}


def test_a_record_entered_by_mistake_is_struck_with_its_reason(page, opened, salon):
    place = page.show_chapter(chapter(Gathering))
    place.show_record(salon.id)
    press(place, "この記録を取り消す")
    place.entry.forms["note"].box_set.by_name["struck_reason"].raw = "二重に書いた"
    place.entry.press()
    assert "取り消しました" in place.said.text
    assert place.listing.texts() == [] and opened.store.find(Gathering) == []


def test_an_unfinished_strike_goes_on_at_its_record(page, opened, salon):
    page.show((Gathering.table, ("open", salon.id, "strike")))
    page.place.entry.forms["note"].box_set.by_name["struck_reason"].raw = "二重"
    page.show_groups()
    (left,) = left_on(opened.store)
    opened.open_page(left.page, left.what)
    again = page.place.entry.forms["note"].box_set.by_name["struck_reason"]
    assert (left.name, again.raw) == ("取消（地域の活動）", "二重")


def test_while_a_sheet_of_a_chapter_is_open_the_other_buttons_wait(client):
    client.chapters.show((Advice.table, ("new",)))
    assert client.glance.layout.display == "none"
    press(client.chapters.place, "閉じる")
    assert client.glance.layout.display == ""
