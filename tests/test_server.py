"""What JupyterLab's server answers for the desk: a real server, asked as a browser asks."""

import asyncio
import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from jusou_nb import casework, open_store
from jusou_nb.errors import StoreError
from jusou_nb.fields import Ref
from jusou_nb.forms import Intake, Referral, WorkerRole
from jusou_nb.server import counting, threads, today
from jusou_nb.server.app import HANDLERS
from jusou_nb.store import drafts
from jusou_nb.store.due import due_items
from jusou_nb.widgets import desk as open_desk

pytestmark = pytest.mark.slow

TODAY = date(2026, 10, 15)
TYPED = "隣の部屋で物音がすると話す"
TOKEN = "for-this-test-alone"  # noqa: S105 - a word for a server that lives for seconds


@dataclass
class Answer:
    """What the server said: its status and its JSON."""

    status: int
    said: dict


@dataclass
class Served:
    """A running server of one store, and what it wrote into its log."""

    address: str
    store: Path
    log: Path

    def ask(self, path, method="GET", body=None, headers=None):
        """Ask as the desk's scripts do, with the page's token."""
        told = {"Authorization": f"token {TOKEN}"} if headers is None else headers
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.address}/{path}", data, told, method=method)  # noqa: S310 - ours
        try:
            with build_opener(HTTPCookieProcessor(CookieJar())).open(request, timeout=20) as got:
                return Answer(got.status, json.load(got))
        except HTTPError as refused:
            with refused:
                return Answer(refused.code, json.load(refused))

    def put(self, opening="A", *sheets, **more):
        """Send a letter, by default of a new intake."""
        own = sheets or ({"form": Intake.table, "key": "new", "boxes": {"remarks": TYPED}},)
        body = {"opening": opening, "sheets": list(own), **more}
        return self.ask("jusou/drafts", "PUT", body)

    def left(self):
        with open_store(self.store) as store:
            return [draft.boxes for draft in drafts.every(store)]


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def wait_for(served):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            served.ask("api/status")
        except URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(served.log.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A server with our extension alone, in folders of its own."""
    home = tmp_path_factory.mktemp("server")
    open_store(home / "office.db").close()
    port, log = free_port(), home / "log"
    own = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    surroundings = {
        **os.environ, **own, "HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "run"),
        "JUSOU_STORE": str(home / "office.db"), "JUSOU_TODAY": TODAY.isoformat(),
        "JUPYTER_TOKEN": TOKEN,
    }  # fmt: skip
    words = [sys.executable, "-m", "jupyter_server", f"--ServerApp.port={port}", "--allow-root"]
    words += ["--ServerApp.jpserver_extensions={'jusou_nb.server': True}", "--no-browser"]
    words += [f"--ServerApp.root_dir={home}", "--ServerApp.ip=127.0.0.1"]
    with log.open("w") as written:
        process = subprocess.Popen(words, env=surroundings, stdout=written, stderr=written)
        served = Served(f"http://127.0.0.1:{port}", home / "office.db", log)
        try:
            wait_for(served)
            yield served
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
def served(running, tmp_path):
    """The server, and a store of this test's own in the place of the last one's."""
    open_store(tmp_path / "office.db").close()
    replace_store(running, tmp_path / "office.db")
    return running


def replace_store(served, other):
    """Put another file in the store's place, and take its log away, as an office may do."""
    for beside in served.store.parent.glob("office.db-*"):
        beside.unlink()
    shutil.move(other, served.store)


@pytest.fixture
def waiting(served, household, intake):
    """A store in which something waits for everybody."""
    with open_store(served.store) as store:
        urgent = replace(intake, urgency="immediate")
        casework.receive_intake(store, household=household, intake=urgent)
        return SimpleNamespace(served=served, due=due_items(store, TODAY))


def test_what_waits_is_told_by_kind_with_its_counts(waiting):
    kinds = waiting.served.ask("jusou/today").said["kinds"]
    assert kinds
    assert sum(kind["count"] for kind in kinds) == len(waiting.due)
    assert sum(kind["overdue"] for kind in kinds) == sum(d.overdue_days > 0 for d in waiting.due)


def test_what_an_agency_owes_is_told_with_its_name(served, household, intake):
    with open_store(served.store) as store:
        made = casework.receive_intake(store, household=household, intake=intake)
        sent = Referral(destination=Ref(1), sent_on=date(2026, 9, 1), ground="guidance_only")
        casework.refer(store, made.intake, sent)
        whose = f"{made.intake.number}　{store.lexicon().refs['agencies'][1]}"

    kinds = served.ask("jusou/today").said["kinds"]
    assert whose in [item["title"] for kind in kinds for item in kind["items"]]


def test_what_waits_tells_no_name_and_no_sentence(waiting):
    said = json.dumps(waiting.served.ask("jusou/today").said, ensure_ascii=False)
    assert not any(word in said for word in ("見本 花子", "近隣", "架空町", "部屋から出ない"))


def test_every_address_of_what_waits_opens_on_the_desk(waiting):
    kinds = waiting.served.ask("jusou/today").said["kinds"]
    made = open_desk(waiting.served.store, today=TODAY)
    for place in [item["open"] for kind in kinds for item in kind["items"]]:
        made.open_page(place["page"], tuple(place["what"]))
        shown = made.pages[made.tabs.names[made.tabs.chosen]]
        assert len(shown.children) > 1
    made.store.close()


def test_what_was_done_since_it_was_listed_is_said_so(opened):
    opened.open_page("期限", ("due", "leads", 77))
    texts = [getattr(part, "text", "") for part in opened.pages["期限"].children]
    assert any("もう済んでいます" in text for text in texts)


def test_whoever_may_open_no_case_is_told_so_and_sees_nothing(waiting):
    with open_store(waiting.served.store) as store:
        role = store.profile.codes("worker_role").options[0].code
        store.save(WorkerRole(worker="ほかの 担当", role=role, since=date(2026, 4, 1)))
    said = waiting.served.ask("jusou/today").said
    assert said["closed"] and said["kinds"] == []
    assert waiting.served.ask("jusou/drafts").said == {"drafts": []}


def test_the_last_save_is_this_workers_own(served, intake):
    later = itertools.count(2030)
    with open_store(served.store, account="someone-else", clock=years(later)) as store:
        store.save(intake)
    assert served.ask("jusou/today").said["last_save"] < "2030"
    with open_store(served.store, clock=years(later)) as store:
        store.save(replace(intake, number="R8-0009"))
    assert served.ask("jusou/today").said["last_save"] > "2030"


def years(count):
    return lambda: datetime(next(count), 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("path", [path for path, _ in HANDLERS])
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_nobody_is_answered_without_signing_in(served, path, method):
    found = served.ask(f"jusou/{path}", method, {} if method != "GET" else None, headers={})
    assert found.status in (403, 405)
    assert "kinds" not in found.said


def test_a_letter_is_in_the_store_when_the_server_has_answered(served):
    assert served.put().said["saved_at"]
    assert served.left() == [{"remarks": TYPED}]


def test_the_forms_of_one_sheet_are_kept_together_or_not_at_all(served):
    good = {"form": Intake.table, "key": "new", "boxes": {"remarks": TYPED}}
    found = served.put("A", good, {"form": "households", "key": "new", "boxes": "壊れている"})
    assert (found.status, served.left()) == (400, [])
    assert "画面を開き直してください" in found.said["message"]


@pytest.mark.parametrize("body", [[], {}, {"opening": "A"}, {"opening": "", "sheets": []}, {
    "opening": "A", "sheets": [{"form": 1, "key": "new", "boxes": {}}]}])  # fmt: skip
def test_a_letter_that_cannot_be_read_is_refused_in_words(served, body):
    found = served.ask("jusou/drafts", "PUT", body)
    assert found.status == 400
    assert "読めません" in found.said["message"]


def test_what_was_dropped_is_not_kept_again_by_a_late_letter(served):
    served.put("A")
    sheet = {"form": Intake.table, "key": "new"}
    served.ask("jusou/drafts", "DELETE", {"opening": "A", "sheets": [sheet]})
    assert served.put("A").said["saved_at"] is None
    assert served.left() == []


def test_what_was_left_is_listed_without_what_was_typed(served):
    served.put("A")
    (draft,) = served.ask("jusou/drafts").said["drafts"]
    assert (draft["form"], draft["opening"]) == (Intake.table, "A")
    assert set(draft) == {"form", "key", "opening", "saved_at"}


def test_a_store_that_is_not_there_is_said_and_not_made(served, tmp_path):
    gone = tmp_path / "gone.db"
    found = served.put(store=str(gone))
    assert found.status == 400
    assert "見つかりません" in found.said["message"]
    assert not gone.exists()


def test_a_desk_of_another_store_is_served_too(served, tmp_path):
    open_store(tmp_path / "other.db").close()
    served.put(store=str(tmp_path / "other.db"))
    assert served.left() == []
    found = served.ask(f"jusou/drafts?store={quote(str(tmp_path / 'other.db'))}")
    assert len(found.said["drafts"]) == 1


def test_after_a_backup_was_put_back_letters_go_into_the_new_file(served, tmp_path):
    served.put("A")
    open_store(tmp_path / "back.db").close()
    replace_store(served, tmp_path / "back.db")
    served.put("B")
    assert served.left() == [{"remarks": TYPED}]


def test_the_servers_log_holds_nothing_of_what_was_typed(served):
    served.put("A")
    served.put("A", {"form": Intake.table, "key": "new", "boxes": TYPED})
    assert TYPED not in served.log.read_text(encoding="utf-8")
    assert "400 PUT /jusou/drafts" in served.log.read_text(encoding="utf-8")


async def asked_while_counting(path, before, now, held):
    """Ask once, then again while the thread that counts is held up."""
    first = await counting.waiting(path, before)
    busy = threads.lane(path, "counting", writes=False).run(lambda _store: held.wait(20))
    waits = asyncio.ensure_future(busy)
    await asyncio.sleep(0)
    later = await counting.waiting(path, now)
    held.set()
    return first, later, await waits


def test_the_panel_is_answered_from_the_last_count_while_a_new_one_is_made(tmp_path):
    path = str(tmp_path / "office.db")
    with open_store(path) as store:
        before = counting.moment_of(store, TODAY)
    later = replace(before, change=before.change + 1)
    try:
        told = asyncio.run(asked_while_counting(path, before, later, threading.Event()))
        assert [is_stale for _, is_stale in told[:2]] == [False, True]
    finally:
        threads.close_all()


async def typed_while_reading(path, held):
    """Keep a letter while the thread that reads is held up."""
    reading = threads.lane(path, "reading", writes=False).run(lambda _store: held.wait(20))
    long = asyncio.ensure_future(reading)
    typing = threads.lane(path, "typing", writes=True)
    kept = await typing.run(lambda store: drafts.put(store, Intake.table, "new", {}, "A"))
    held.set()
    return kept, await long


def test_a_letter_does_not_wait_for_a_long_list(tmp_path):
    path = str(tmp_path / "office.db")
    open_store(path).close()
    try:
        assert all(asyncio.run(typed_while_reading(path, threading.Event())))
    finally:
        threads.close_all()


async def asked_while_none_can_count(now, held):
    """Begin as a server does, hold up the thread that counts, and ask."""
    await today.warm()
    counts = threads.lane(None, "counting", writes=False).run(lambda _store: held.wait(20))
    busy = asyncio.ensure_future(counts)
    await asyncio.sleep(0)
    try:
        return await asyncio.wait_for(counting.waiting(None, now), 10)
    finally:
        held.set()
        await busy


def test_what_waits_is_counted_before_the_first_panel_asks(tmp_path, monkeypatch):
    path = tmp_path / "office.db"
    monkeypatch.setenv("JUSOU_STORE", str(path))
    monkeypatch.setenv("JUSOU_TODAY", TODAY.isoformat())
    with open_store(path) as store:
        now = counting.moment_of(store, TODAY)
    try:
        assert asyncio.run(asked_while_none_can_count(now, threading.Event())) == ([], False)
    finally:
        threads.close_all()


async def typed_into_a_full_file(path):
    """Keep a long letter in a file that may not grow."""
    typing = threads.lane(path, "typing", writes=True)
    await typing.run(lambda store: store.db.execute("PRAGMA max_page_count = 1").fetchone())
    long = {"remarks": TYPED * 10_000}
    await typing.run(lambda store: drafts.put(store, Intake.table, "new", long, "A"))


def test_a_letter_for_which_there_is_no_room_is_refused_in_words(tmp_path):
    path = str(tmp_path / "office.db")
    open_store(path).close()
    try:
        with pytest.raises(StoreError, match="ディスクに空きがありません"):
            asyncio.run(typed_into_a_full_file(path))
    finally:
        threads.close_all()
