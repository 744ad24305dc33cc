"""The lines for the system's clock: run in an empty environment they make the papers."""

import shlex
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.errors import PaperError
from jusou_nb.forms import Conference
from jusou_nb.runner import schedule

TODAY = date(2026, 10, 5)


def test_the_first_of_january_reports_december_of_the_year_before():
    assert schedule.months_of(date(2027, 1, 1)) == ("2027-01", "2026-12")


def test_a_per_cent_sign_is_kept_from_cron_and_doubled_for_systemd():
    command = schedule.Command.of(Path("/a b/10%.db"), Path("/out"))

    assert r"'/a b/10\%.db'" in command.cron()
    assert '"/a b/10%%.db"' in command.systemd()


def test_signs_that_systemd_reads_are_kept_from_it():
    words = schedule.Command(("/x/python", 'a"b', "c\\d", "$HOME")).systemd()

    assert words == r'"/x/python" "a\"b" "c\\d" "$$HOME"'


def test_a_line_break_in_a_path_is_refused():
    with pytest.raises(PaperError, match="改行"):
        schedule.Command.of(Path("/a\nb.db"), Path("/out"))


def test_the_printed_text_holds_all_three_ways():
    command = schedule.Command.of(Path("/a.db"), Path("/out"))

    text = schedule.text(command)

    assert "OnCalendar=*-*-01 06:00:00" in text
    assert "Persistent=true" in text
    assert command.cron() in text
    assert "schtasks /Create" in text


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town in a folder whose name every shell would stumble over."""
    folder = tmp_path_factory.mktemp("town") / "100% の 町"
    folder.mkdir(mode=0o700)
    with open_store(folder / "town.db") as store:
        town = make_town(store, households=6, seed=1, today=TODAY)
        # One agency is enough to see that papers come.
        sitting = store.load(Conference, town.conference_id)
        store.save(replace(sitting, called=(sitting.called or ())[:1]))
    return folder


def printed(town: Path, out: str) -> list[str]:
    command = [sys.executable, "-m", "jusou_nb", "schedule", "town.db", "--out", out]
    done = subprocess.run(command, cwd=town, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def cron_command(lines: list[str]) -> str:
    """What cron would hand to the shell."""
    line = next(line for line in lines if line.startswith("0 6 1 * * "))
    return line.removeprefix("0 6 1 * * ").replace(r"\%", "%")


def systemd_words(lines: list[str]) -> list[str]:
    """What systemd would start."""
    line = next(line for line in lines if line.startswith("ExecStart="))
    return shlex.split(line.removeprefix("ExecStart=").replace("%%", "%").replace("$$", "$"))


def in_nothing(words: list[str]) -> "subprocess.CompletedProcess[str]":
    # The day is the only thing that a test has to add.
    bare = ["env", "-i", "JUSOU_TODAY=2026-10-05", *words]
    return subprocess.run(bare, cwd="/", capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_cron_line_makes_the_papers_in_an_empty_environment(town: Path):
    done = in_nothing(["/bin/sh", "-c", cron_command(printed(town, "cron"))])

    names = [path.name for path in (town / "cron").iterdir()]
    assert (done.returncode, done.stderr) == (0, "")
    assert "月次報告_2026-09.html" in names
    assert any(name.startswith("2026-10-") for name in names)


@pytest.mark.slow
def test_the_systemd_unit_makes_the_papers_in_an_empty_environment(town: Path):
    done = in_nothing(systemd_words(printed(town, "systemd")))

    assert (done.returncode, done.stderr) == (0, "")
    assert (town / "systemd" / "月次報告_2026-09.html").is_file()


@pytest.mark.slow
def test_papers_that_cannot_be_made_leave_a_readable_word_that_goes_when_they_come(town: Path):
    words = systemd_words(printed(town, "later"))
    (town / "town.db").rename(town / "away.db")
    failed = in_nothing(words)
    word = town / "later" / "作成できませんでした_2026-10-05.txt"
    said = word.read_text(encoding="utf-8") if word.exists() else ""

    (town / "away.db").rename(town / "town.db")
    succeeded = in_nothing(words)

    assert (failed.returncode, succeeded.returncode) == (1, 0)
    assert "「town.db」が見つかりません" in said
    assert not word.exists()


@pytest.mark.slow
def test_where_the_papers_folder_cannot_be_used_the_word_is_beside_the_store(town: Path):
    words = systemd_words(printed(town, "taken"))
    (town / "taken").write_text("a file where the folder should be")

    failed = in_nothing(words)

    word = town / "作成できませんでした_2026-10-05.txt"
    assert failed.returncode == 1
    assert len(failed.stderr.splitlines()) == 1
    assert "taken" in word.read_text(encoding="utf-8")
