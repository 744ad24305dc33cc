"""What a sitting told, written into boxes: who set each, and that it stays with its basis."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.documents.packet import packet
from jusou_nb.fields import get_item
from jusou_nb.forms import AgendaItem, Household, Intake, Person
from jusou_nb.forms.provenance import FactSort, Release
from jusou_nb.rules.sharing import CHAIR, Reader, ReaderKind, box_withheld, fact_withheld
from jusou_nb.store import history, queries

DAY = date(2026, 10, 15)
SAID = "通院をやめている"
CONDITION = get_item(Person, "condition")


def change(household, **members):
    """Change boxes of the mother (``mother=``) and of the son (``son=``)."""
    mother, son = household.members
    boxes = (replace(mother, **members.get("mother", {})), replace(son, **members.get("son", {})))
    return replace(household, members=boxes)


@pytest.fixture
def told(desk, put, agree):
    """A sitting without consent told of both; then the mother consents, and it goes on."""
    desk.heard_at = put("confidential")
    changed = change(
        desk.household,
        mother={"condition": SAID, "workplace": "架空商店"},
        son={"school": "架空校"},
    )
    casework.write_heard(desk.store, desk.heard_at, changed, on=DAY)
    agree()
    desk.item = put("multilayered", text_reviewed_on=DAY)
    return desk


def mother(desk):
    return queries.person(queries.household_of(desk.store, desk.mother.id), desk.mother.id)


def withheld(desk, box=CONDITION, reader=CHAIR):
    matter = queries.matter_of(desk.store, desk.item, desk.sitting)
    problem = box_withheld(reader, matter, box, mother(desk))
    return problem and problem.rule


def answer(desk, release, box="状況"):
    (fact,) = [f for f in casework.transition_list(desk.store, desk.case) if f"「{box}」" in f.box]
    return casework.answer_provenance(desk.store, {fact.id: release}, reason="社協の了解", on=DAY)[
        0
    ]


def test_each_box_knows_when_and_by_whom_it_was_set_and_where_it_was_heard(told):
    settings = history.set_by(told.store, Person, told.mother.id)

    assert (settings["condition"].worker, settings["condition"].basis) == ("tantou", "confidential")
    assert settings["name"].basis is None
    assert settings["name"].seq < settings["condition"].seq
    assert settings["condition"].at.startswith("2026-10-01T09:")


def test_a_record_that_says_where_it_was_heard_says_so_of_each_of_its_boxes(told):
    settings = history.set_by(told.store, AgendaItem, told.heard_at.id)

    assert settings["question"].basis == "confidential"
    assert history.set_by(told.store, Intake, told.intake.id)["number"].basis is None


def test_what_a_sitting_told_is_listed_without_anybody_entering_it_again(told):
    facts = casework.transition_list(told.store, told.case)

    assert [(f.fact, f.box, f.sort, f.category, f.release) for f in facts] == [
        ("勤務先（内容は世帯員の記録にあります）", "世帯員の「勤務先」",
         FactSort.OF_CLIENT, Category.FINANCE, Release.OPEN),
        (f"状況: {SAID}", "世帯員の「状況」", FactSort.OF_CLIENT, Category.HEALTH, Release.OPEN),
        ("学校・園（内容は世帯員の記録にあります）", "世帯員の「学校・園」",
         FactSort.OF_OTHER, Category.SCHOOLING, Release.OPEN),
    ]  # fmt: skip
    assert facts == casework.transition_list(told.store, told.case)


def test_a_box_told_at_a_sitting_is_on_no_paper_that_needs_consent(told):
    care = Reader(ReaderKind.AGENCY, told.sitting.called[4])

    assert withheld(told) == withheld(told, reader=care) == "sharing.learnt_elsewhere"
    assert withheld(told, get_item(Person, "address")) is None


def test_a_box_of_the_household_as_a_whole_stays_with_its_basis_too(told):
    household = queries.household_of(told.store, told.mother.id)
    said = replace(household, living_note="昼は隣町の兄の家にいる")
    casework.write_heard(told.store, told.heard_at, said, on=DAY)

    assert "隣町の兄" in printed(told, "confidential")
    assert "隣町の兄" not in printed(told, "multilayered")


def test_on_the_basis_where_it_was_heard_the_box_is_read(told):
    told.item = told.heard_at

    assert withheld(told) is None


def test_of_a_released_box_the_fact_is_on_the_paper_and_not_the_box(told):
    fact = answer(told, Release.RELEASE)

    matter = queries.matter_of(told.store, told.item, told.sitting)
    assert fact_withheld(CHAIR, matter, fact) is None
    assert withheld(told) == "sharing.learnt_elsewhere"


def test_what_the_client_told_again_is_on_the_paper_in_its_box(told):
    answer(told, Release.HEARD_AGAIN, "勤務先")

    assert withheld(told, get_item(Person, "workplace")) is None
    assert withheld(told) == "sharing.learnt_elsewhere"


def test_a_box_written_anew_outside_of_a_sitting_is_the_offices_own(told):
    now = change(queries.household_of(told.store, told.mother.id), mother={"condition": "通院中"})
    casework.save_household(told.store, now, on=DAY)

    assert withheld(told) is None


def test_what_is_told_at_a_sitting_with_consent_stays_with_nobody(told):
    now = change(queries.household_of(told.store, told.mother.id), mother={"condition": "通院中"})
    casework.write_heard(told.store, told.item, now, on=DAY)

    assert history.set_by(told.store, Person, told.mother.id)["condition"].basis is None


def test_where_a_fact_was_heard_is_in_the_chain_and_the_chain_stays_whole(told):
    assert told.store.verify() == []
    assert told.store.hearing is None
    state = history.replay(told.store.db)[Person.table, told.mother.id]
    assert state["condition"] == SAID and history.HEARD_ON not in state


def printed(desk, basis):
    made = packet(desk.store, desk.sitting.id, recipient="chair", basis=basis, made_on="10月12日")
    return "".join(part.html for part in (made.cover(), made.items(), made.minutes()))


def test_the_paper_of_each_basis_holds_what_may_be_known_there(told):
    assert SAID in printed(told, "confidential")
    assert SAID not in printed(told, "multilayered")

    answer(told, Release.RELEASE)
    assert printed(told, "multilayered").count(SAID) == 1


def test_what_the_client_told_again_is_printed_once(told):
    answer(told, Release.HEARD_AGAIN)

    assert printed(told, "multilayered").count(SAID) == 1


def test_a_household_of_a_sitting_still_asks_for_the_second_person(told):
    ticked = change(queries.household_of(told.store, told.mother.id), mother={"is_masked": True})
    saved = casework.write_heard(told.store, told.heard_at, ticked, on=DAY)

    assert isinstance(saved, Household)
    assert (saved.members[0].masked_by, saved.members[0].masked_on) == ("tantou", DAY)
