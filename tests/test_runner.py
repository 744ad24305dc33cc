"""The runner: a paper is made whole, logged and put in its place, or nothing changes."""

import fcntl
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import nbformat
import pytest

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.errors import NotFound, PaperError, TemplateError
from jusou_nb.forms import Conference, Intake
from jusou_nb.runner import export, jobs, papers, run, templates
from jusou_nb.store import Store, queries, runs

TODAY = date(2026, 10, 5)
HEAD = (
    "class Head:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        about = {'title': '題', 'kind': 'monthly', 'subject': '2026-10',\n"
    "                 'recipient': 'office', 'basis': '', 'number': '月報2026-10-7-AB'}\n"
    "        return {'text/html': f'<h1>本文{word}</h1>'}, {'jusou': about}\nHead()"
)
SAY_NO = "from jusou_nb.errors import NotFound\nraise NotFound('会議 9 番が見つかりません')"


@pytest.fixture(scope="module")
def made_town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A store with a town, its October sitting calling one agency."""
    path = tmp_path_factory.mktemp("made") / "town.db"
    with open_store(path) as store:
        town = make_town(store, households=8, seed=1, today=TODAY)
        sitting = store.load(Conference, town.conference_id)
        store.save(replace(sitting, called=(sitting.called or ())[:1]))
    return path, town.conference_id


@pytest.fixture
def town(made_town: tuple[Path, int], tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copy2(made_town[0], tmp_path / "town.db"))


@pytest.fixture
def store(town: Path) -> Iterator[Store]:
    with open_store(town, readonly=True) as opened:
        yield opened


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A template of our own: a store and a word."""
    return template(tmp_path / "small.ipynb", HEAD)


def template(path: Path, *cells: str) -> Path:
    made = [nbformat.v4.new_code_cell(cell) for cell in ('store = ""\nword = ""', *cells)]
    made[0].metadata["tags"] = ["parameters"]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": spec}), path)
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def cli(*words: object, engine: str = "jusou") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "jusou_nb", *map(str, words)]
    env = {**os.environ, "JUSOU_ENGINE": engine, "JUSOU_TODAY": TODAY.isoformat()}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


# ── what a template is given


def test_the_templates_of_the_house_are_found_by_name():
    assert {"conference_packet", "monthly_report", "desk"} <= templates.every().keys()


def test_the_desk_is_for_people_and_refused():
    with pytest.raises(TemplateError, match="jusou-nb lab"):
        templates.find("desk")
    with pytest.raises(TemplateError, match="jusou-nb lab"):
        templates.find(str(templates.every()["desk"]))


def test_an_unknown_template_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(TemplateError, match="monthly_report"):
        templates.find("monthly_raport")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"month": "2026-10"}, "today がありません"),
        ({"month": "2026-10", "today": "", "store": "s"}, "today がありません"),
        ({"month": "2026-10", "today": "2026-10-05", "name": "x"}, "name を受け取りません"),
        ({"month": 202610, "today": "2026-10-05"}, "month は文字で"),
    ],
)
def test_a_missing_strange_or_wrong_parameter_is_refused(
    given: dict[str, object], said: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("JUSOU_STORE", "somewhere.db")

    with pytest.raises(TemplateError, match=said):
        templates.complete(templates.find("monthly_report"), given)


def test_true_is_no_number_of_a_conference():
    given = {"store": "s", "conference_id": True, "recipient": "chair", "basis": "b", "today": "t"}

    with pytest.raises(TemplateError, match="conference_id は整数で"):
        templates.complete(templates.find("conference_packet"), given)


def test_the_store_may_come_from_the_surroundings(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("JUSOU_STORE", "/data/town.db")

    values = templates.complete(
        templates.find("monthly_report"), {"month": "2026-10", "today": "2026-10-05"}
    )

    assert values["store"] == "/data/town.db"


def test_what_is_no_notebook_is_refused(tmp_path: Path):
    (tmp_path / "x.ipynb").write_text("no JSON")

    with pytest.raises(TemplateError, match="ノートブックとして読めません"):
        templates.parameters_of(tmp_path / "x.ipynb")


# ── one run


def test_a_run_puts_the_page_with_its_number_in_its_place(town: Path, small: Path):
    out = run(str(small), {"store": str(town), "word": "あ"}, town.with_name("out.html"))

    page = out.read_text(encoding="utf-8")
    assert "本文あ" in page
    assert "月報2026-10-7-AB" in page
    assert "記録なし" not in page
    assert mode(out) == 0o600


def test_a_run_is_noted_and_the_paper_is_in_the_chain_of_readings(town: Path, small: Path):
    run(str(small), {"store": str(town), "word": "あ"}, town.with_name("out.html"))

    with open_store(town, readonly=True) as store:
        (noted,) = runs.latest(store)
        last = next(store.db.query("SELECT * FROM readings ORDER BY seq DESC LIMIT 1"))
        assert store.verify() == []
    assert (noted["result"], json.loads(noted["parameters"])["word"]) == ("done", "あ")
    assert (last["record_table"], last["record_id"], last["action"]) == ("months", 202610, "paper")
    assert json.loads(last["payload"])["number"] == "月報2026-10-7-AB"


def test_no_executed_notebook_is_left_anywhere(
    town: Path, small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (own := tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))

    run(str(small), {"store": str(town), "word": "あ"}, town.with_name("out.html"))

    assert list(own.iterdir()) == []
    assert [path.name for path in tmp_path.rglob("*.ipynb")] == ["small.ipynb"]


def test_a_failing_notebook_leaves_the_last_good_page_and_says_its_own_reason(
    town: Path, tmp_path: Path
):
    (out := tmp_path / "out.html").write_text("the last good one")
    failing = template(tmp_path / "failing.ipynb", HEAD, SAY_NO)

    with pytest.raises(PaperError, match=r"^会議 9 番が見つかりません$"):
        run(str(failing), {"store": str(town), "word": "あ"}, out)

    assert out.read_text() == "the last good one"
    with open_store(town, readonly=True) as store:
        (noted,) = runs.latest(store)
    assert (noted["result"], noted["message"]) == ("failed", "会議 9 番が見つかりません")


def test_a_failed_notebook_is_kept_for_its_owner_alone_outside_the_papers(
    town: Path, tmp_path: Path
):
    failing = template(tmp_path / "failing.ipynb", "1 / 0")

    with pytest.raises(PaperError, match=r"ZeroDivisionError.*failed/run-1\.ipynb"):
        run(str(failing), {"store": str(town), "word": "あ"}, tmp_path / "papers" / "out.html")

    kept = town.parent / "failed" / "run-1.ipynb"
    assert "ZeroDivisionError" in kept.read_text(encoding="utf-8")
    assert (mode(kept), mode(kept.parent)) == (0o600, 0o700)


def test_a_notebook_that_does_not_say_what_it_is_makes_no_paper(town: Path, tmp_path: Path):
    silent = template(tmp_path / "silent.ipynb", "1")

    with pytest.raises(PaperError, match="名前と番号がありません"):
        run(str(silent), {"store": str(town), "word": "あ"}, tmp_path / "out.html")

    assert not (tmp_path / "out.html").exists()


def test_a_page_that_cannot_be_put_in_its_place_is_logged_as_such(town: Path, small: Path):
    (out := town.with_name("out.html")).mkdir()

    with pytest.raises(PaperError, match="同じ名前のもの"):
        run(str(small), {"store": str(town), "word": "あ"}, out)

    with open_store(town, readonly=True) as store:
        sql = "SELECT action FROM readings ORDER BY seq DESC LIMIT 2"
        assert [row[0] for row in store.db.execute(sql)] == ["paper_not_placed", "paper"]
    assert not list(town.parent.glob("*.part"))


def test_a_run_never_makes_a_store(tmp_path: Path, small: Path):
    with pytest.raises(NotFound, match="見つかりません"):
        run(str(small), {"store": str(tmp_path / "no.db"), "word": "あ"}, tmp_path / "out.html")

    assert not (tmp_path / "no.db").exists()


def test_an_unknown_engine_is_refused(town: Path, small: Path):
    with pytest.raises(TemplateError, match="jusou、papermill"):
        run(str(small), {"store": str(town), "word": "あ"}, Path("out.html"), engine="rocket")


def test_a_path_with_braces_is_a_path(town: Path, tmp_path: Path):
    (folder := tmp_path / "{pm} の資料").mkdir()
    own = template(folder / "{x}.ipynb", HEAD)

    out = run(str(own), {"store": str(town), "word": "い"}, folder / "{y}.html")

    assert "本文い" in out.read_text(encoding="utf-8")


# ── the papers of an occasion


def test_packets_are_named_by_day_sitting_basis_and_recipient_only(
    store: Store, made_town: tuple[Path, int]
):
    wanted = jobs.packet_jobs(store, Path("s.db"), made_town[1], TODAY)

    first, second = (job.file for job in wanted[:2])
    called = store.load(Conference, made_town[1]).called or ()
    sitting = f"2026-10-15_会議{made_town[1]}_支援会議"
    assert first == f"{sitting}_01_議長用・事務局控.html"
    agency = store.lexicon().refs["agencies"][called[0]]
    assert second == f"{sitting}_02_{agency}.html"
    assert len({job.file for job in wanted}) == len(wanted)


def test_one_failing_paper_does_not_keep_the_others_from_coming(town: Path, small: Path):
    values = {"store": str(town), "word": "あ"}
    wanted = [jobs.Job("no such", values, "a.html"), jobs.Job(str(small), values, "b.html")]

    with pytest.raises(PaperError, match="2部のうち1部を作れませんでした"):
        papers.make(wanted, town.parent / "papers")

    assert [path.name for path in (town.parent / "papers").iterdir()] == ["b.html"]


def test_progress_counts_the_finished_papers(town: Path, small: Path):
    values = {"store": str(town), "word": "あ"}
    wanted = [jobs.Job(str(small), values, f"{n}.html") for n in "ab"]
    seen: list[tuple[int, int, str]] = []

    papers.make(wanted, town.parent / "out", lambda d, t, path: seen.append((d, t, path.name)))

    assert seen == [(1, 2, "a.html"), (2, 2, "b.html")]


def test_two_runs_do_not_mix_in_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(papers, "WAIT_SECONDS", 0.0)
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)

    with pytest.raises(PaperError, match="別の資料作成が動いています"):
        papers.make([], tmp_path)

    os.close(handle)
    assert papers.make([], tmp_path) == []


def test_packets_that_are_not_given_out_any_more_are_found(tmp_path: Path):
    made = [tmp_path / f"2026-10-15_会議3_支援会議_{n}_a.html" for n in ("01", "02")]
    old = tmp_path / "2026-10-08_会議3_支援会議_03_b.html"
    others = [tmp_path / "2026-10-15_会議30_支援会議_03_b.html", tmp_path / "月次報告_2026-10.html"]
    for path in (*made, old, *others):
        path.touch()

    assert papers.leftovers(made) == [old]


def test_a_full_disk_while_writing_the_page_leaves_the_last_good_one(tmp_path: Path):
    (out := tmp_path / "out.html").write_text("the last good one")
    code = (
        "import resource, sys; from pathlib import Path; from jusou_nb.runner import export\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "with export.prepared('x' * 5000, Path(sys.argv[1])): print('written')"
    )

    words = [sys.executable, "-c", code, out]
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert "ディスクに空きがありません" in done.stderr
    assert (done.stdout, out.read_text()) == ("", "the last good one")
    assert list(tmp_path.iterdir()) == [out]


def test_in_a_folder_shared_by_a_group_the_page_is_the_groups(tmp_path: Path):
    tmp_path.chmod(0o2770)

    with export.prepared("x", tmp_path / "out.html") as part:
        assert mode(part) == 0o660


# ── whole programs


@pytest.fixture(scope="module")
def both(made_town: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The papers of October by both engines, and by ours once more."""
    folder = tmp_path_factory.mktemp("both")
    store = shutil.copy2(made_town[0], folder / "town.db")
    for out, engine in (("ours", "jusou"), ("again", "jusou"), ("stock", "papermill")):
        words = ("monthly", store, "--month", "2026-10", "--out", folder / out)
        assert cli(*words, engine=engine).stderr.count("Error") == 0
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_our_engine_and_stock_papermill_print_the_same_bytes(both: Path):
    ours = contents(both / "ours")

    assert "月次報告_2026-10.html" in ours
    assert any(name.endswith("_支援会議_01_議長用・事務局控.html") for name in ours)
    assert ours == contents(both / "stock")


@pytest.mark.slow
def test_made_twice_the_papers_are_the_same_bytes(both: Path):
    assert contents(both / "ours") == contents(both / "again")


@pytest.mark.slow
def test_a_form_is_printed_by_name_and_number(town: Path, tmp_path: Path):
    with open_store(town, readonly=True) as store:
        first = store.find(Intake)[0]

    path = papers.sheet(town, Intake, first.id or 0, tmp_path / "out", TODAY)

    assert path.name == f"相談受付・申込票_{first.id}.html"
    assert first.number in path.read_text(encoding="utf-8")


def test_a_month_without_a_sitting_has_no_sitting(store: Store):
    assert jobs.sittings_of(store, "2030-01") == []
    assert jobs.sittings_of(store, "2026-10") == [
        sitting.id for sitting in queries.sittings(store, date(2026, 10, 1), date(2026, 10, 31))
    ]
