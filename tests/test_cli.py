"""The command line: what a coordinator types, what comes back, and with which exit code."""

import io
import json
import os
import re
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jusou_nb import cli, open_store
from jusou_nb.cli import lab, lab_contents
from jusou_nb.forms import Intake
from jusou_nb.profile import load

TODAY = "2026-10-05"
MONTHLY = ("monthly", "s.db", "--out", "x")
COMMANDS = (
    "demo", "init", "upgrade", "lab", "import", "imports", "export",
    "packet", "sheet", "known", "monthly", "schedule", "verify", "doctor",
)  # fmt: skip


def typed(*words: object, **env: str) -> "subprocess.CompletedProcess[str]":
    """Type a command in a terminal of its own."""
    command = [sys.executable, "-m", "jusou_nb", *map(str, words)]
    return subprocess.run(
        command, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    with open_store(tmp_path / "town.db"):
        return tmp_path / "town.db"


# ── words


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_the_help_is_japanese(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        cli.run([*command, "--help"])

    said = capsys.readouterr().out
    assert left.value.code == 0
    assert not re.search(r"usage|options|positional|show this|exit", said)
    assert "使い方: jusou-nb" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "指定が足りません"),
        (("fly",), "fly"),
        (("packet", "s.db"), "CONFERENCE_ID"),
        (("packet", "s.db", "one", "--out", "x"), "数字で"),
        (MONTHLY, "どちらかを指定"),
        ((*MONTHLY, "--month", "2026-10", "--scheduled"), "一緒に使えません"),
        (("packet", "s.db", "1", "--out", "x", "--today", "R8.10.5"), "2026-10-01 の形"),
        (("packet", "s.db", "1", "--ou", "x"), "--out"),
        (("demo", "--households", "0"), "1以上"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_one_japanese_line_and_leaves_with_2(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as left:
        cli.run(words)

    lines = capsys.readouterr().err.splitlines()
    assert left.value.code == 2
    assert len(lines) == 1
    assert said in lines[0]


def test_a_console_that_cannot_print_a_character_does_not_crash(store: Path):
    done = typed("doctor", store, PYTHONIOENCODING="ascii:strict")

    assert r"\u7f6e" in done.stdout
    assert "Traceback" not in done.stderr


def test_an_unforeseen_fault_is_one_line_and_with_debug_a_traceback(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("jusou_nb.store.core.Store.verify", lambda _: 1 / 0)

    assert cli.run(["verify", str(store)]) == 1

    assert "ZeroDivisionError" in capsys.readouterr().err
    with pytest.raises(ZeroDivisionError):
        cli.run(["verify", str(store), "--debug"])


@pytest.mark.parametrize("words", [("--help",), ("verify", "town.db")])
def test_quick_commands_load_nothing_heavy(words: tuple[str, ...], store: Path):
    command = [sys.executable, "-X", "importtime", "-m", "jusou_nb", *words]
    done = subprocess.run(command, cwd=store.parent, capture_output=True, text=True, check=True)

    heavy = r"\b(pandas|numpy|papermill|jupyterlab|IPython|matplotlib|nbconvert)$"
    assert not re.search(heavy, done.stderr, re.MULTILINE)


# ── stores


def test_a_new_store_is_made_once_and_never_overwritten(tmp_path: Path):
    first = typed("init", tmp_path / "a.db")
    before = (tmp_path / "a.db").read_bytes()
    second = typed("init", tmp_path / "a.db")

    assert (first.returncode, second.returncode) == (0, 1)
    assert "既にあります" in second.stderr
    assert (tmp_path / "a.db").read_bytes() == before


def test_an_unknown_profile_leaves_no_half_made_store(tmp_path: Path):
    done = typed("init", tmp_path / "a.db", "--profile", "nowhere")

    assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_current_store_needs_no_upgrade(store: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["upgrade", str(store)]) == 0

    assert "今の版です" in capsys.readouterr().out


def test_an_older_store_is_upgraded_after_a_copy(store: Path, capsys: pytest.CaptureFixture[str]):
    with open_store(store) as opened:
        opened.db.execute("ALTER TABLE intakes DROP COLUMN presenting_problem")

    assert cli.run(["upgrade", str(store)]) == 0

    said = capsys.readouterr().out
    copies = list(store.parent.glob("town.before-*.db"))
    assert len(copies) == 1
    assert copies[0].name in said
    assert cli.run(["verify", str(store)]) == 0


def test_verify_names_what_was_rewritten_behind_the_programs_back(
    store: Path, capsys: pytest.CaptureFixture[str]
):
    with open_store(store) as opened:
        opened.db.execute("UPDATE agencies SET name = 'すり替え' WHERE id = 1")

    assert cli.run(["verify", str(store)]) == 1

    assert "agencies の 1 番" in capsys.readouterr().err


def test_doctor_finds_a_healthy_store_healthy(store: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["doctor", str(store)]) == 0

    said = capsys.readouterr().out
    assert "×" not in said
    assert "JUSOU_STORE" in said


@pytest.mark.parametrize(
    ("folder", "file", "healthy"),
    [(0o700, 0o600, True), (0o2770, 0o660, True), (0o755, 0o600, False), (0o700, 0o644, False)],
)
def test_doctor_knows_both_ways_to_keep_a_store(
    folder: int, file: int, *, healthy: bool, store: Path, capsys: pytest.CaptureFixture[str]
):
    store.chmod(file)
    store.parent.chmod(folder)

    assert cli.run(["doctor", str(store)]) == (0 if healthy else 1)

    assert ("× 権限" in capsys.readouterr().out) is not healthy


# ── the ledger


def test_a_ledger_goes_out_and_comes_back_unchanged(store: Path):
    ledger = store.with_name("台帳.csv")
    ledger.write_text(
        "相談受付日,氏名,主訴\n令和8年4月10日,見本 花子,家計が苦しい\n", encoding="cp932"
    )

    taken = typed("import", store, ledger, "--today", TODAY)
    given = typed("export", store, store.with_name("出力.xlsx"))
    again = typed("import", store, store.with_name("出力.xlsx"), "--today", TODAY)

    assert (taken.returncode, given.returncode, again.returncode) == (0, 0, 0)
    assert "新しい行1" in taken.stdout
    assert "新しい行0" in again.stdout
    assert "変わらない行1" in again.stdout


def test_an_import_with_a_refused_row_is_done_in_part(store: Path):
    ledger = store.with_name("台帳.csv")
    ledger.write_text(
        "相談受付日,氏名\n令和8年4月10日,見本 花子\n8.4.10,架空 太郎\n", encoding="utf-8"
    )

    done = typed("import", store, ledger, "--today", TODAY)

    assert done.returncode == 1
    assert "新しい行1" in done.stdout
    assert done.stderr.splitlines() == [
        "2行のうち1行は取り込めません。「台帳.csv.rejected.xlsx」を直して、取り込んでください"
    ]


# ── the demo town


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    done = typed("demo", folder, "--households", "6", "--today", TODAY)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.mark.slow
def test_the_demo_names_what_it_made_and_how_to_go_on(demo: tuple[Path, str]):
    folder, said = demo
    made = re.findall(r"^作成 \d+/\d+ (.*)$", said, re.MULTILINE)

    files = {path for path in (folder / "reports").rglob("*") if path.is_file()}

    assert {Path(name) for name in made} == files
    assert any("_支援会議_" in name for name in made)
    assert any("_重層的支援会議_" in name for name in made)
    assert any(name.endswith("月次報告_2026-10.html") for name in made)
    assert [Path(name).name for name in made[-3:]] == [
        "evaluation.html", "evaluation.xlsx", "figures.json",
    ]  # fmt: skip
    assert re.search(rf"jusou[-_]nb lab {re.escape(str(folder))}/demo.db$", said, re.MULTILINE)


@pytest.mark.slow
def test_the_demos_papers_and_store_are_for_their_owner_alone(demo: tuple[Path, str]):
    for path in (demo[0], *demo[0].rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


@pytest.mark.slow
def test_a_second_demo_makes_the_papers_only_and_a_fresh_one_the_town_anew(
    demo: tuple[Path, str],
):
    words = ("demo", demo[0], "--households", "6", "--today", TODAY)
    second, fresh = typed(*words), typed(*words, "--fresh")

    assert "架空の町" in demo[1]
    assert "架空の町" not in second.stdout
    assert second.stdout.count("作成") == demo[1].count("作成")
    assert "架空の町" in fresh.stdout


@pytest.mark.slow
def test_a_month_without_a_sitting_is_no_failure(demo: tuple[Path, str], tmp_path: Path):
    words = ("monthly", demo[0] / "demo.db", "--month", "2030-01", "--out", tmp_path)
    done = typed(*words, "--today", "2030-01-31")

    assert (done.returncode, done.stderr) == (0, "")
    assert "2030-01 に会議はありません" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["月次報告_2030-01.html"]


@pytest.mark.slow
def test_one_recipients_packets_are_made_alone(demo: tuple[Path, str], tmp_path: Path):
    words = ("packet", demo[0] / "demo.db", "11", "--recipient", "chair", "--out", tmp_path)
    done = typed(*words, "--today", TODAY)

    assert done.stdout.count("作成") == 2
    assert all("_01_議長用・事務局控" in path.name for path in tmp_path.iterdir())


# ── JupyterLab


def test_outputs_pictures_and_widget_states_are_stripped_from_a_notebook():
    cell = {"cell_type": "code", "outputs": [1], "execution_count": 3, "source": "desk()"}
    note = {"cell_type": "markdown", "source": "", "attachments": {"a.png": 1}}
    notebook = {"metadata": {"widgets": {"x": "見本 花子"}}, "cells": [cell, note]}

    lab_contents.strip(notebook)

    bare = {"cell_type": "code", "outputs": [], "execution_count": None, "source": "desk()"}
    assert notebook["cells"] == [bare, {"cell_type": "markdown", "source": ""}]
    assert notebook["metadata"] == {}


def test_the_desk_is_copied_to_a_folder_of_the_accounts_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    copied = lab.copy_desk(lab.desk_folder())

    assert copied.name == "desk.ipynb"
    assert copied.is_relative_to(tmp_path)
    assert stat.S_IMODE(copied.stat().st_mode) == 0o600
    assert stat.S_IMODE(copied.parent.stat().st_mode) == 0o700


def test_a_port_in_use_is_passed_over():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert lab.free_port(taken.getsockname()[1]) > taken.getsockname()[1]


def test_a_lab_is_not_started_over_a_file_that_is_no_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "text.db").write_text("氏名,住所\n", encoding="utf-8")
    assert cli.run(["lab", str(tmp_path / "text.db")]) == 1

    assert "「text.db」は業務ファイルではありません" in capsys.readouterr().err


class Server:
    """A running ``jusou-nb lab``."""

    def __init__(self, store: Path) -> None:
        command = [sys.executable, "-m", "jusou_nb", "lab", str(store), "--no-browser"]
        env = {**os.environ, "XDG_DATA_HOME": str(store.parent / "home")}
        self.process = subprocess.Popen(
            [*command, "--port", "8920"], env=env, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().removeprefix("画面: ").strip()
        self.base, _, self.token = self.url.replace("/lab/tree/desk.ipynb", "").partition("?token=")

    def ask(self, path: str, content: Any = None, *, token: str | None = None) -> Any:
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(  # noqa: S310 - our own server on this machine
            self.base + path, data, {"Authorization": f"token {token or self.token}"},
            method="PUT" if content else "GET",
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)

    def wait(self) -> None:
        for _ in range(120):
            try:
                self.ask("/api/status")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.25)
            else:
                return
        pytest.fail("JupyterLab did not come up")


@pytest.fixture
def server(store: Path) -> Iterator[Server]:
    started = Server(store)
    try:
        started.wait()
        yield started
    finally:
        started.process.terminate()
        started.process.communicate(timeout=30)


@pytest.mark.slow
def test_the_lab_opens_the_desk_in_japanese_for_its_own_account_only(server: Server):
    locale = server.ask("/lab/api/settings/@jupyterlab/translation-extension:plugin")

    assert server.url.startswith("http://127.0.0.1:")
    assert "/lab/tree/desk.ipynb?token=" in server.url
    assert locale["schema"]["properties"]["locale"]["default"] == "ja_JP"
    for refused in ("/api/contents", "/api/sessions"):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            server.ask(refused, token="wrong")  # noqa: S106 - that is the point
    with pytest.raises(urllib.error.HTTPError, match="404"):
        server.ask("/api/terminals")


@pytest.mark.slow
def test_what_the_desk_shows_is_never_saved_with_the_notebook(server: Server, store: Path):
    notebook = server.ask("/api/contents/desk.ipynb")["content"]
    shown = {"output_type": "stream", "name": "stdout", "text": "見本 花子"}
    notebook["cells"][0]["outputs"] = [shown]
    notebook["metadata"]["widgets"] = {"state": {"x": "見本 花子"}}

    server.ask(
        "/api/contents/desk.ipynb", {"type": "notebook", "format": "json", "content": notebook}
    )

    written = [path for path in (store.parent / "home").rglob("*") if path.is_file()]
    assert any(path.name == "desk.ipynb" for path in written)
    for path in written:
        assert "見本 花子".encode() not in path.read_bytes()
        assert rb"\u898b\u672c" not in path.read_bytes()


def test_the_screen_puts_a_refusal_on_one_line(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", said := io.StringIO())

    assert cli.Screen().refuse("一行目\n二行目") == 1

    assert said.getvalue() == "一行目 二行目\n"


def ran(*words: object) -> int:
    """Run a command in this process; give its exit code."""
    return cli.run([str(word) for word in words])


def test_an_import_is_listed_and_taken_back_whole(tmp_path, capsys):
    store, ledger = tmp_path / "a.db", Path(__file__).parent / "data" / "ledger_cp932.csv"
    ran("init", store)
    ran("import", store, ledger)
    capsys.readouterr()

    assert ran("imports", store) == 0
    assert "ledger_cp932.csv" in capsys.readouterr().out
    assert ran("imports", store, "--withdraw", "1") == 0
    assert ran("imports", store, "--withdraw", "99") == 1
    with open_store(store, readonly=True) as opened:
        assert opened.find(Intake) == []


def test_a_new_years_profile_is_put_in_force_by_upgrade(tmp_path):
    store, mine = tmp_path / "a.db", tmp_path / "reiji.toml"
    ran("init", store)
    mine.write_text(load("standard").text.replace("見本市", "例示町"), encoding="utf-8")

    assert ran("upgrade", store, "--profile", mine) == 0

    with open_store(store, readonly=True) as opened:
        assert opened.profile.municipality == "例示町"
