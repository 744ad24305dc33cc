"""写し and 戻す by real processes: whole or not there, whatever happens in the middle."""

import os
import re
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import time
import tomllib
import zipfile
from contextlib import closing

import pytest
import tomli_w

from jusou_nb import casework, open_store
from jusou_nb.forms import Agency, Household, Intake
from jusou_nb.profile import parse
from jusou_nb.store import schema
from jusou_nb.widgets import desk as open_desk

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
WITHOUT_PRIVILEGE = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all", "--")
    if os.geteuid() == 0
    else ()
)
"""Root writes into any folder; without these privileges it may do what others may."""
BULK = 30_000_000


def words(*said):
    return [sys.executable, "-m", "jusou_nb", *map(str, said)]


def typed(*said, before=(), limit=None):
    def shrink():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [*before, *words(*said)], capture_output=True, text=True, check=False, preexec_fn=shrink
    )


def refused(done, *parts):
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 1 and JAPANESE.search(lines[0]), done.stderr
    assert all(part in lines[0] for part in parts), lines[0]


@pytest.fixture
def town(tmp_path, household, intake):
    """A store with one household."""
    with open_store(tmp_path / "town.db") as store:
        casework.receive_intake(store, household=household, intake=intake)
    return tmp_path / "town.db"


@pytest.fixture
def big(town):
    """The same with so much in it that copying takes a moment."""
    with closing(sqlite3.connect(town)) as db:
        db.execute("CREATE TABLE ballast (text BLOB)")
        db.execute("INSERT INTO ballast VALUES (zeroblob(?))", [BULK])
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return town


def left(folder):
    """What stands in a folder under a name that somebody could take for a store."""
    return sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))


# ── backup


def test_a_copy_holds_what_the_store_held_and_is_for_its_owner_only(town, tmp_path):
    done = typed("backup", town, tmp_path / "copy.db")

    assert (done.returncode, "確かめました" in done.stdout) == (0, True)
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    with open_store(tmp_path / "copy.db", readonly=True) as copy:
        assert copy.find(Household)[0].members[0].name == "見本 花子"
        assert copy.verify() == []


def test_a_copy_is_taken_while_somebody_is_in_the_middle_of_saving(town, tmp_path):
    with open_store(town) as store, store.transaction():
        store.save(Agency(name="例示の家"))
        done = typed("backup", town, tmp_path / "copy.db")
        assert not list(tmp_path.glob("copy.db-*"))

    assert done.returncode == 0
    with open_store(tmp_path / "copy.db", readonly=True) as copy:
        assert copy.find(Agency, name="例示の家") == []
    with open_store(town, readonly=True) as store:
        assert len(store.find(Agency, name="例示の家")) == 1


def test_that_a_copy_left_is_kept_among_the_readings(town, tmp_path):
    typed("backup", town, tmp_path / "copy.db")

    with open_store(town, readonly=True) as store:
        rows = list(store.db.query("SELECT action, payload FROM readings"))
        assert [(r["action"], r["payload"]) for r in rows] == [("backed_up", '{"file":"copy.db"}')]
        assert store.verify() == []


def test_a_copy_in_a_folder_is_dated_and_brings_the_towns_word_files(town, tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "開催通知.docx").write_bytes(b"the town's own")
    (tmp_path / "kept").mkdir()

    assert typed("backup", town, tmp_path / "kept").returncode == 0

    copy, forms = left(tmp_path / "kept")
    assert re.fullmatch(r"town_\d{8}-\d{6}\.db", copy) and forms == f"{copy[:-3]}_様式.zip"
    with zipfile.ZipFile(tmp_path / "kept" / forms) as packed:
        assert packed.read("開催通知.docx") == b"the town's own"


def test_only_the_newest_copies_are_kept_and_no_other_file_goes(town, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    names = ["town_20260401-010000.db", "town_20260402-010000.db", "町_20260401-010000.db"]
    for name in [*names, "town_20260401-010000_様式.zip", "town.db"]:
        (folder / name).write_text("older")

    typed("backup", town, folder, "--keep", "2")

    assert names[0] not in left(folder) and "town_20260401-010000_様式.zip" not in left(folder)
    assert {names[1], names[2], "town.db"} < set(left(folder)) and len(left(folder)) == 4


def test_a_file_of_that_name_goes_only_with_a_word(town, tmp_path):
    (tmp_path / "copy.db").write_text("something else")

    refused(typed("backup", town, tmp_path / "copy.db"), "copy.db", "--overwrite")
    assert (tmp_path / "copy.db").read_text() == "something else"

    assert typed("backup", town, tmp_path / "copy.db", "--overwrite").returncode == 0


def test_a_store_is_never_its_own_copy(town):
    refused(typed("backup", town, town, "--overwrite"), "そのもの")


def test_a_full_disk_leaves_neither_copy_nor_draft(town, tmp_path):
    (tmp_path / "kept").mkdir()

    refused(typed("backup", town, tmp_path / "kept", limit=200_000), "空き")

    assert list((tmp_path / "kept").iterdir()) == []


def test_a_folder_where_nobody_may_write_is_said_so(town, tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept").chmod(0o500)

    refused(typed("backup", town, tmp_path / "kept", before=WITHOUT_PRIVILEGE), "権限")


def test_a_folder_that_is_not_there_is_said_so(town, tmp_path):
    refused(typed("backup", town, tmp_path / "none" / "copy.db"), "フォルダー「none」")


def test_a_copy_killed_in_the_middle_is_not_there_and_its_draft_goes_later(big, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    killed(words("backup", big, folder / "copy.db"), lambda: any(folder.glob(".*.part")))
    assert left(folder) == []
    for draft in folder.iterdir():
        os.utime(draft, (0, 0))

    assert typed("backup", big, folder / "copy.db").returncode == 0
    assert [p.name for p in folder.iterdir()] == ["copy.db"]


def killed(command, is_so):
    """Start a command and end it hard as soon as something is so."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not is_so() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "it was over before it could be killed"


def test_a_damaged_store_gives_no_copy_and_the_older_ones_stay(town, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "town_20260401-010000.db").write_text("older")
    with closing(sqlite3.connect(town)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    spoilt = bytearray(town.read_bytes())
    spoilt[len(spoilt) // 2 : len(spoilt) // 2 + 40_000] = b"\xa5" * 40_000
    town.write_bytes(spoilt)

    refused(typed("backup", town, folder, "--keep", "1"), "town.db")

    assert left(folder) == ["town_20260401-010000.db"]


def test_a_store_that_was_tampered_with_is_copied_but_told_and_nothing_old_goes(town, tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "town_20260401-010000.db").write_text("older")
    with open_store(town) as store:
        store.db.execute("UPDATE changes SET payload = '{}' WHERE seq = 2")

    refused(typed("backup", town, tmp_path / "kept", "--keep", "1"), "changes の 2 番")

    assert len(left(tmp_path / "kept")) == 2


def test_an_older_store_is_copied_as_it_is(town, tmp_path):
    sql(town, "ALTER TABLE persons DROP COLUMN kana")

    assert typed("backup", town, tmp_path / "copy.db").returncode == 0
    with closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        assert "kana" not in [row[1] for row in db.execute("PRAGMA table_info(persons)")]


# ── restore


@pytest.fixture
def copy(town, tmp_path):
    assert typed("backup", town, tmp_path / "copy.db").returncode == 0
    return tmp_path / "copy.db"


def changed(store):
    """Write into a store what its copy has not."""
    with open_store(store) as opened:
        opened.save(Agency(name="後からの機関"))


def agencies(store):
    with open_store(store, readonly=True) as opened:
        assert opened.verify() == []
        return [agency.name for agency in opened.find(Agency)]


def test_a_restored_store_opens_on_the_desk(copy, tmp_path):
    done = typed("restore", copy, tmp_path / "again.db")

    assert done.returncode == 0
    assert stat.S_IMODE((tmp_path / "again.db").stat().st_mode) == 0o600
    made = open_desk(tmp_path / "again.db", today="2026-10-15")
    with closing(made.store):
        assert made.store.find(Intake)[0].presenting_problem == "長男が十年以上部屋から出ない"


def test_in_a_shared_folder_the_group_may_write_what_was_restored(copy, tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o2770)

    typed("restore", copy, tmp_path / "shared" / "again.db")

    assert stat.S_IMODE((tmp_path / "shared" / "again.db").stat().st_mode) == 0o660


def test_a_store_that_is_there_goes_only_with_a_word_and_is_kept_beside(copy, town, tmp_path):
    changed(town)

    refused(typed("restore", copy, town), "--overwrite")
    assert "後からの機関" in agencies(town)
    assert typed("restore", copy, town, "--overwrite").returncode == 0

    assert "後からの機関" not in agencies(town)
    assert "後からの機関" in agencies(tmp_path / "town.before-restore-1.db")


def test_a_store_that_somebody_has_open_is_not_replaced(copy, town):
    changed(town)
    with open_store(town, readonly=True):
        refused(typed("restore", copy, town, "--overwrite"), "開いています", "閉じて")

    assert "後からの機関" in agencies(town)
    assert not list(town.parent.glob("town.before-restore*"))


def test_killed_in_the_middle_the_earlier_content_stands(big, tmp_path):
    typed("backup", big, tmp_path / "copy.db")
    changed(big)
    journal = big.with_name("town.db-journal")

    killed(words("restore", tmp_path / "copy.db", big, "--overwrite"), journal_of(journal))

    assert "後からの機関" in agencies_after_rollback(big)


def journal_of(path):
    """Ask whether SQLite has begun to write: pages of before are in its journal."""
    return lambda: path.exists() and path.stat().st_size > BULK // 10


def agencies_after_rollback(store):
    with open_store(store):
        return agencies(store)


def test_a_full_disk_leaves_the_earlier_store_as_it_was(copy, town):
    changed(town)

    refused(typed("restore", copy, town, "--overwrite", limit=300_000), "空き")

    assert "後からの機関" in agencies(town)


def test_a_new_store_on_a_full_disk_is_not_there(copy, tmp_path):
    refused(typed("restore", copy, tmp_path / "again.db", limit=300_000), "空き")

    assert "again.db" not in left(tmp_path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:50_000]), "copy.db"),
        (lambda path: path.write_text("これは業務ファイルではない"), "壊れています"),
        (lambda path: path.unlink(), "見つかりません"),
        (lambda path: sql(path, f"PRAGMA user_version = {schema.VERSION + 1}"), "新しい版"),
        (lambda path: sql(path, "UPDATE changes SET payload = '{}' WHERE seq = 2"), "書き換え"),
        (lambda path: sql(path, "DROP TABLE profiles"), "業務ファイルではありません"),
    ],
    ids=["cut off", "no database", "gone", "of a newer program", "tampered", "another's"],
)
def test_a_copy_that_is_no_good_replaces_nothing(copy, town, spoil, said):
    changed(town)
    spoil(copy)

    refused(typed("restore", copy, town, "--overwrite"), said)

    assert "後からの機関" in agencies(town)


def sql(path, statement):
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()


def test_a_store_that_is_damaged_beyond_opening_is_replaced_and_kept_as_it_is(copy, town, tmp_path):
    town.write_bytes(b"spoilt" * 1000)

    assert typed("restore", copy, town, "--overwrite").returncode == 0

    assert (tmp_path / "town.before-restore-1.db").read_bytes() == b"spoilt" * 1000
    assert "社会福祉課" in agencies(town)


def test_restoring_a_file_onto_itself_is_refused(copy):
    refused(typed("restore", copy, copy, "--overwrite"), "同じファイル")


# ── upgrade: what later versions brought


@pytest.fixture
def earlier(town):
    """A town's store whose profile is of an earlier version, and changed by the town."""
    with open_store(town) as store:
        raw = tomllib.loads(store.profile.text)
        for key in ("transcripts", "national_questions"):
            del raw[key]
        del raw["lists"]["nondisclosure_ground"], raw["thresholds"]["reply_days"]
        raw["lists"]["route"]["entries"] = raw["lists"]["route"]["entries"][:2]
        raw["thresholds"]["plan_months"] = 9
        store.use_profile(parse(tomli_w.dumps(raw)))
        renamed = store.find(Agency)[0]
        store.strike(renamed, "名前が変わった")
    return town


def test_an_upgrade_says_what_the_profile_lacks_and_changes_nothing(earlier):
    done = typed("upgrade", earlier)

    assert (done.returncode, "（4件）" in done.stdout) == (0, True)
    assert all(word in done.stdout for word in ("選択肢の一覧「", "転記票", "国への報告の質問"))
    assert "--add-lists" in done.stdout
    with open_store(earlier, readonly=True) as store:
        assert "nondisclosure_ground" not in store.profile.lists


def test_an_upgrade_adds_only_what_is_missing(earlier):
    with open_store(earlier, readonly=True) as store:
        before = [agency.name for agency in store.find(Agency)]
    assert typed("upgrade", earlier, "--add-lists").returncode == 0

    with open_store(earlier, readonly=True) as store:
        told = store.profile
        assert told.transcripts and told.years.questions and told.thresholds["reply_days"]
        assert "nondisclosure_ground" in told.lists
        assert (len(told.codes("route").options), told.thresholds["plan_months"]) == (2, 9)
        assert [agency.name for agency in store.find(Agency)] == before
    assert "件）" not in typed("upgrade", earlier).stdout
