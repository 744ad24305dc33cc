"""The administrator's guide, followed literally: each command as it stands, in a fresh place."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from jusou_nb.cli import parser

ROOT = Path(__file__).parents[1]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+(?: \w+)?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACES = ("/opt/jusou", "/srv/jusou-backup", "/srv/jusou")
OF_ROOT = {"groupadd", "useradd", "install", "loginctl"}
SOURCES = (
    "jusou_nb", "notebooks", "pyproject.toml", "README.md", "constraints.txt", "labextension",
)  # fmt: skip
OPENS_WITHIN = 60


def blocks(kind, guide=ROOT / "docs" / "admin.md"):
    text = guide.read_text(encoding="utf-8")
    return [body.strip() for sort, body in FENCE.findall(text) if sort == kind]


def moved(text, place):
    """Put the guide's places under a folder of ours, and no other place."""
    for name in PLACES:
        text = re.sub(rf"(?<![\w/]){name}(?![\w-])", f"{place}{name}", text)
    return text


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Follow the guide from the folder of wheels to the monthly papers; give the place."""
    place = tmp_path_factory.mktemp("server")
    (place / "srv").mkdir()
    (place / "opt").mkdir()
    for name in SOURCES:
        source, target = ROOT / name, place / "source" / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("node_modules", "__p*"))
        elif source.exists():
            shutil.copy(source, target)
    for body in blocks("sh"):
        followed(body, place)
    return place


def surroundings(place):
    """Nothing of the developer's but where wheels are found; no byte code, which takes long."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUSOU", "JUPYTER", "PYTHON"))}
    own = {"HOME": str(place), "PIP_NO_COMPILE": "1", "XDG_DATA_HOME": str(place / "data")}
    return {**kept, **own, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


def followed(body, place):
    words = ["bash", "-euc", moved(body, place)]
    where = {"cwd": place / "source", "env": surroundings(place)}
    done = subprocess.run(words, capture_output=True, text=True, check=False, **where)
    assert done.returncode == 0, f"{body}\n{done.stdout}\n{done.stderr}"


@pytest.mark.slow
def test_the_guide_leads_to_a_working_server_without_a_network(server):
    office = server / "srv" / "jusou"
    folder, file = (oct(path.stat().st_mode)[-4:] for path in (office, office / "業務.db"))

    assert (folder, file) == ("2770", "0660")
    assert len(list((server / "srv/jusou-backup").glob("業務_*.db"))) >= 1
    assert (office / "業務.before-restore-1.db").is_file() and (office / "練習.db").is_file()
    assert list((office / "reports").glob("*.html"))


@pytest.fixture
def opened(server):
    """Open the desk as the guide says; give what the page at its address holds."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    (body,) = blocks("sh lab")
    words = shlex.split(moved(body, server).replace("8901", str(port)))
    process = subprocess.Popen(
        words, env=surroundings(server), stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        printed = next(line for line in process.stdout if "http" in line)
        yield answered(printed.partition(" ")[2].strip(), process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)


@pytest.mark.slow
def test_the_desk_opens_from_what_was_installed(opened, server):
    assert "jupyter-config-data" in opened and "jusou" in opened
    assert (server / "data/jusou_nb/desk/分析の例/経路と結果.ipynb").is_file()


def answered(address, process):
    """Ask for the page until the server answers."""
    for _ in range(OPENS_WITHIN * 5):
        with suppress(OSError):
            return urllib.request.urlopen(address, timeout=30).read().decode()  # noqa: S310
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
            break
    return ""


def test_what_asks_for_root_is_of_accounts_and_folders_only():
    lines = [line for body in blocks("console") for line in body.splitlines()]
    asked = [line.removeprefix("# ").split()[0] for line in lines if line.startswith("# ")]

    assert set(asked) == OF_ROOT
    assert all(line.startswith(("# ", "$ ssh -L ")) for line in lines)


def test_what_runs_every_night_is_the_command_that_was_followed():
    (line,) = blocks("cron")
    followed_ = "\n".join(blocks("sh"))

    assert re.match(r"\d+ \d+ \* \* \* /", line) and line.split(" * * * ")[1] in followed_


def commands(guide):
    """Give the commands of a guide that stand there whole, without a word to be filled in."""
    text = "\n".join(body for _, body in FENCE.findall(guide.read_text(encoding="utf-8")))
    found = re.findall(r"(?:^|[ /])jusou-nb ([^\n#]+)", text, re.MULTILINE)
    return [shlex.split(line) for line in found if "…" not in line]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda p: p.stem)
def test_every_command_that_a_guide_sets_apart_can_be_typed(guide):
    for words in commands(guide):
        if words[0] != "--version":
            assert parser.build().parse_args(words).run


def test_the_guide_names_no_place_but_its_own():
    text = (ROOT / "docs" / "admin.md").read_text(encoding="utf-8")

    assert not re.search(r"https?://(?!127\.0\.0\.1)", text)
    assert len(blocks("sh")) >= 9
