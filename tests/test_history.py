import json

import pytest

from jusou_nb.errors import StoreError
from jusou_nb.store import history


def forge(store, sql):
    """Change the file behind the program's back, as somebody with the file can."""
    for trigger in store.db.triggers:
        store.db.execute(f"DROP TRIGGER {trigger.name}")
    store.db.execute(sql)


def test_every_save_says_who_when_which_box_from_what_to_what(store, household):
    store.save(household)

    row = next(store.db.query("SELECT * FROM changes WHERE record_table = 'persons' LIMIT 1"))
    assert row["account"] == "tantou" and row["at"].startswith("2026-10-01T09")
    assert json.loads(row["payload"])["name"] == [None, "見本 花子"]


def test_an_honest_store_has_nothing_to_report(desk, agree, put):
    agree()
    put("multilayered")

    assert desk.store.verify() == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE changes SET payload = '{}' WHERE seq = 3", "3 番の内容が書き換えられています"),
        ("DELETE FROM changes WHERE seq = 3", "4 番の前の記録が抜けています"),
        ("UPDATE changes SET account = 'x' WHERE seq = 3", "3 番の記録がつながりません"),
        ("UPDATE persons SET name = '別人'", "persons の 1 番が、変更の記録と合いません"),
    ],
)
def test_verify_names_the_first_broken_place(store, household, sql, said):
    store.save(household)
    forge(store, sql)

    assert said in store.verify()[0]


@pytest.mark.parametrize(
    "sql", ["DELETE FROM changes", "UPDATE changes SET at = ''", "DELETE FROM readings"]
)
def test_the_program_itself_cannot_rewrite_the_chains(store, household, sql):
    store.save(household)
    store.log_reading("households", 1, "document", {})

    with pytest.raises(StoreError), store.transaction():
        store.db.execute(sql)


def test_a_disposed_payload_leaves_the_chain_whole(store, household):
    store.save(household)

    store.db.execute("UPDATE changes SET payload = NULL, salt = NULL WHERE seq = 2")

    assert history.broken(store.db, "changes") == ""


def test_papers_made_do_not_lengthen_the_chain_of_changes(store, household):
    store.save(household)
    before = store.db.table("changes").count

    store.log_reading("households", 1, "document", {"number": "A"})

    assert store.db.table("changes").count == before
    assert store.db.table("readings").count == 1


def test_the_changes_add_up_to_the_records(desk, agree):
    agree()
    state = history.replay(desk.store.db)

    row = next(desk.store.db.query("SELECT * FROM consents"))
    assert state["consents", row["id"]]["stated_on"] == row["stated_on"]
    assert list(history.differing(desk.store.db)) == []


def test_equal_payloads_hash_differently_because_of_their_salt(store):
    for _ in range(2):
        store.log_reading("cases", 1, "document", {"number": "A"})

    rows = [r["payload_hash"] for r in store.db.query("SELECT payload_hash FROM readings")]
    assert len(set(rows)) == 2
