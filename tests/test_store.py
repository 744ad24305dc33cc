from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.errors import Conflict, NotFound, StoreError, StoreTooNew, StoreTooOld
from jusou_nb.fields import children, items
from jusou_nb.forms import Agency, Case, Household, Intake, Person
from jusou_nb.store import connection, drafts, migrations, schema
from jusou_nb.store.numbers import next_number


def test_a_household_comes_back_with_its_members_in_order(store, household):
    saved = store.save(household)

    assert store.load(Household, saved.id) == saved
    assert [m.name for m in saved.members] == ["見本 花子", "見本 太郎"]


def test_saving_what_has_not_changed_writes_nothing(store, household):
    saved = store.save(household)
    before = store.db.table("changes").count

    again = store.save(saved)

    assert again == saved
    assert store.db.table("changes").count == before


def test_the_second_of_two_savers_is_shown_both_texts(store, household):
    opened = store.save(household)
    store.save(replace(opened, living_note="長女が隣に住む"))

    with pytest.raises(Conflict) as caught:
        store.save(replace(opened, living_note="二人暮らし"))

    assert caught.value.differences == {"生活の実態": ("長女が隣に住む", "二人暮らし")}
    assert store.load(Household, opened.id).living_note == "長女が隣に住む"


def test_a_change_in_a_row_alone_conflicts_too(store, household):
    opened = store.save(household)
    mother, son = opened.members
    store.save(replace(opened, members=(mother, replace(son, school="見本高校"))))

    with pytest.raises(Conflict) as caught:
        store.save(replace(opened, members=(mother,)))

    assert set(caught.value.differences) == {"世帯員"}


def test_a_removed_row_is_struck_and_not_erased(store, household):
    saved = store.save(household)

    store.save(replace(saved, members=saved.members[:1]))

    kept = list(store.db.query("SELECT name, struck_reason FROM persons ORDER BY id"))
    assert [(r["name"], bool(r["struck_reason"])) for r in kept] == [
        ("見本 花子", False),
        ("見本 太郎", True),
    ]


def test_a_struck_record_leaves_every_list_but_stays_in_the_file(store, household):
    saved = store.save(household)

    store.strike(saved, "二重に登録した")

    assert store.find(Household) == []
    with pytest.raises(NotFound, match="取り消されています"):
        store.load(Household, saved.id)


def test_a_failed_step_leaves_nothing_behind(store, household):
    with pytest.raises(StoreError), store.transaction():  # noqa: PT012 - the step is two saves
        store.save(household)
        store.save(Intake(received_on=date(2026, 4, 1), household_id=999))

    assert store.find(Household) == []
    assert store.verify() == []


def test_the_registers_names_are_their_own(store):
    with pytest.raises(StoreError, match="同じ値"):
        store.save(Agency(name="社会福祉協議会"))


def test_numbers_follow_the_highest_of_the_fiscal_year(store):
    for number, day in (("R8-0007", date(2026, 4, 2)), ("R7-0100", date(2026, 3, 31))):
        store.save(Intake(received_on=day, number=number))

    assert next_number(store, date(2027, 3, 31)) == "R8-0008"
    assert next_number(store, date(2027, 4, 1)) == "R9-0001"


def test_a_struck_number_never_comes_again(store):
    saved = store.save(Intake(received_on=date(2026, 4, 2), number="R8-0001"))

    store.strike(saved, "試しの入力")

    assert next_number(store, date(2026, 4, 3)) == "R8-0002"


def test_a_draft_is_kept_until_it_is_dropped(store):
    drafts.put(store, "intakes", "new", {"presenting_problem": "書きか"})
    drafts.put(store, "intakes", "new", {"presenting_problem": "書きかけ"})

    assert drafts.get(store, "intakes", "new").boxes == {"presenting_problem": "書きかけ"}
    assert len(drafts.every(store)) == 1

    drafts.drop(store, "intakes", "new")
    assert drafts.every(store) == []


def test_a_draft_is_offered_to_the_worker_who_typed_it_only(tmp_path):
    with open_store(tmp_path / "a.db", account="tantou") as mine:
        drafts.put(mine, "intakes", "new", {"number": "1"})
    with open_store(tmp_path / "a.db", account="hoka") as theirs:
        assert drafts.every(theirs) == []


def test_a_new_store_is_readable_by_its_owner_only(tmp_path):
    with open_store(tmp_path / "a.db"):
        pass

    assert (tmp_path / "a.db").stat().st_mode & 0o777 == 0o600


def test_a_shared_folder_makes_a_store_that_its_group_can_write(tmp_path):
    tmp_path.chmod(0o2770)
    with open_store(tmp_path / "a.db"):
        pass

    assert (tmp_path / "a.db").stat().st_mode & 0o777 == 0o660


def test_every_table_is_strict_and_keeps_its_triggers(store):
    strict = {t.name: t.strict for t in store.db.tables}
    triggers = {t.name for t in store.db.triggers}

    assert all(strict[form.table] for form, _ in schema.every_form())
    assert set(schema.TRIGGERS) <= triggers


def test_a_store_of_a_newer_program_is_refused(tmp_path):
    path = tmp_path / "a.db"
    with open_store(path) as opened:
        opened.db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")

    with pytest.raises(StoreTooNew, match="新しい版"):
        open_store(path)


def test_a_reader_does_not_upgrade_an_older_store(tmp_path):
    path = tmp_path / "a.db"
    with open_store(path) as opened:
        opened.db.execute("ALTER TABLE intakes DROP COLUMN considerations")

    with pytest.raises(StoreTooOld, match="upgrade"):
        open_store(path, readonly=True)


def test_an_upgrade_copies_the_store_first_and_keeps_every_record(tmp_path):
    path = tmp_path / "a.db"
    with open_store(path) as opened:
        opened.save(Intake(received_on=date(2026, 4, 1)))
        opened.db.execute("ALTER TABLE intakes DROP COLUMN considerations")

    with open_store(path) as upgraded:
        assert upgraded.copy_made is not None and upgraded.copy_made.exists()
        assert len(upgraded.find(Intake)) == 1
        assert upgraded.verify() == []


def test_a_current_store_is_not_copied(tmp_path):
    for _ in range(2):
        with open_store(tmp_path / "a.db") as opened:
            assert opened.copy_made is None


def test_growth_is_additive(store):
    store.db.execute("ALTER TABLE cases ADD COLUMN of_another_time TEXT")

    schema.create(store.db)

    assert "of_another_time" in store.db.table("cases").columns_dict
    assert migrations.is_current(store.db)


def test_a_file_that_is_no_store_says_so(tmp_path):
    path = tmp_path / "a.db"
    path.write_text("これは帳票です" * 100, encoding="utf-8")

    with pytest.raises(StoreError, match="業務ファイルではない"):
        open_store(path)


def test_reading_a_store_that_is_not_there_makes_none(tmp_path):
    with pytest.raises(NotFound, match="見つかりません"):
        open_store(tmp_path / "a.db", readonly=True)

    assert list(tmp_path.iterdir()) == []


def test_a_network_drive_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "NETWORK_FILE_SYSTEMS", {connection.file_system(tmp_path)})

    with pytest.raises(StoreError, match="ネットワークドライブ"):
        open_store(tmp_path / "a.db")


def test_the_children_of_every_form_know_their_form(store):
    for form, parent in schema.every_form():
        if parent is not None:
            columns = store.db.table(form.table).columns_dict

            assert schema.parent_column(parent) in columns
            assert form in {t.form for t in children(parent)}


def test_a_case_without_boxes_filled_is_kept_as_it_is(store):
    empty = store.save(Case())

    assert all(getattr(store.load(Case, empty.id), b.name) is None for b in items(Case))


def test_a_person_is_never_lost_with_the_row_that_a_consent_refers_to(desk, agree):
    agree()
    son_only = replace(desk.household, members=(desk.son,))

    desk.store.save(son_only)

    assert desk.store.db.execute("SELECT count(*) FROM persons").fetchone() == (2,)
    assert [p.name for p in desk.store.find(Person)] == ["見本 太郎"]
