from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.errors import NotAllowed, NotFound
from jusou_nb.forms import Household, Intake, Person, WorkerRole


@pytest.fixture
def town(store):
    """One masked and one open household, each told of by somebody."""
    for name, masked in (("秘匿 見本", True), ("公開 見本", None)):
        person = Person(name=name, address=f"{name}の住所", telephone="090", is_masked=masked)
        casework.receive_intake(
            store,
            household=Household(members=(person,)),
            intake=Intake(received_on=date(2026, 10, 1), inquirer_name="近隣 通報子"),
        )
    return store


def test_a_masked_persons_address_reads_masked_in_the_frame(town):
    persons = town.frame("persons").set_index("name")

    assert list(persons["address"]) == ["秘匿", "公開 見本の住所"]
    assert list(persons["telephone"]) == ["秘匿", "090"]


def test_whoever_told_us_is_masked_for_all(town):
    assert set(town.frame("intakes")["inquirer_name"]) == {"秘匿"}


def test_with_a_reason_the_frame_is_open_and_the_reading_is_logged(town):
    persons = town.frame("persons", reason="避難先の確認")

    assert "秘匿 見本の住所" in set(persons["address"])
    (row,) = town.db.query("SELECT action, payload, account FROM readings")
    assert row["action"] == "unmasked_frame" and "避難先の確認" in row["payload"]


def test_a_blank_reason_is_none(town):
    assert "秘匿" in set(town.frame("persons", reason=" ")["address"])


def test_a_table_that_is_not_there_is_named_with_those_that_are(town):
    with pytest.raises(NotFound, match="intakes"):
        town.frame("workers")


@pytest.fixture
def with_roles(town, monkeypatch):
    """The same town, where one may open cases and this account only sends papers."""
    monkeypatch.setenv("JUSOU_TODAY", "2026-10-20")
    for worker, role in (("例示　推進", "coordinator"), ("tantou", "clerk")):
        town.save(WorkerRole(worker=worker, role=role, since=date(2026, 10, 1)))
    return town


@pytest.mark.parametrize("reason", [None, "避難先の確認"])
def test_who_may_open_no_case_gets_no_frame_of_people(with_roles, reason):
    with pytest.raises(NotAllowed, match="ケースの記録を開けません"):
        with_roles.frame("persons", reason=reason)

    assert list(with_roles.frame("agencies")["name"])
