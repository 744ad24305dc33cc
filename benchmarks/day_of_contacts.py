"""A day of 25 contacts, typed at a person's pace in the real desk over a fictional town.

    python -m compileall -q jusou_nb && python benchmarks/day_of_contacts.py [TABLE.md] [PACE]

PACE is 1 for a person; 0 types as fast as the machine can.

Counted for each contact: presses of the mouse, presses of keys, seconds in all, and seconds that
the worker WAITED: from a press until what it opened can be used. What was typed is then looked
for in the store. A Japanese character counts as two presses of a key; a press takes 90 to 140 ms.
"""

import argparse
import os
import random
import re
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bench_desk_start import FLAGS, NAME, lab

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.fields import Form
from jusou_nb.forms import (
    Case,
    CaseNote,
    Consent,
    Household,
    Intake,
    Person,
    PhoneMemo,
    Referral,
)
from jusou_nb.store import drafts

TODAY = date(2026, 10, 15)
KEY_SECONDS = (0.09, 0.14)
READING_SECONDS = (1.0, 2.5)
SETTLED_SECONDS = 0.5
"""A list that changes while one types stands still after this."""
PATIENCE = 30_000
SAVED = "登録しました。"

MEMOS = (
    "息子の家賃のことで折り返しがほしい。平日の昼がよい",
    "民生委員から。三日ほど新聞がたまっている家がある",
    "先月の面談の続きをしたい。火曜の午前なら来られる",
    "電気が止められそうだと娘から。請求書は手もとにある",
    "学校から。今週は一度も登校していない",
    "薬局から。薬を取りに来ていないので心配だ",
    "大家から。物音がしない。鍵は預かっている",
    "本人から。求人票を見て不安になった。話したい",
)
CALLS = (
    "分納の相談に水道課へ一緒に行くことにした",
    "夜は眠れている。食事は一日二回",
    "面接は来週になった。交通費が心配",
    "母の通院に付き添ったと話す。疲れが見える",
    "家計の記録を二週間つけられた",
    "引越し先の下見に行きたいと話す",
    "債務の通知が三通あった。弁護士の相談日を伝えた",
    "子の給食費は払えた。次は四月",
    "仕事は続いている。残業が多く眠い",
)
VISITS = (
    "玄関先で十分ほど話せた。部屋の片付けは進まない。次は社協と一緒に行く",
    "本人は留守。長女に会えた。来週もう一度来ると伝え、名刺を置いた",
)
INTAKES = (
    ("見本原　小夜", "家賃を三か月滞納し、電気も止められそうだと話す"),
    ("例示川　健吾", "離職して半年になり、親の年金で暮らしている"),
)
Line = tuple[str, int, int, float, float]
"""A contact as it went: its kind, clicks, keys, seconds, seconds waited."""
BACK = "三日ほど姿を見ないと近所の人から聞いた。明日見に行くと伝えた"
"""The memo that is put to its case later in the day."""


@dataclass
class Worker:
    """Whoever sits at the desk: presses, types, reads, waits."""

    page: Any
    rng: random.Random
    pace: float = 1.0
    clicks: int = 0
    keys: int = 0
    waited: float = 0.0
    slow: dict[str, list[float]] = field(default_factory=dict)

    def read(self) -> None:
        """Look at what has come before going on."""
        time.sleep(max(SETTLED_SECONDS, self.pace * self.rng.uniform(*READING_SECONDS)))

    def until(self, what: str, part: Any, began: float) -> None:
        """Wait until what a press opened is there, and count the wait."""
        part.first.wait_for(timeout=PATIENCE)
        took = time.monotonic() - began
        self.waited += took
        self.slow.setdefault(what, []).append(took)

    def click(self, part: Any, what: str = "", until: Any = None) -> None:
        """Press something; with ``until``, wait for what it opens."""
        began = time.monotonic()
        part.first.click(timeout=PATIENCE)
        self.clicks += 1
        if until is not None:
            self.until(what, until, began)

    def press(self, key: str, what: str = "", until: Any = None) -> None:
        """Press a key, or keys together; with ``until``, wait for what it opens."""
        time.sleep(self.pace * self.rng.uniform(*KEY_SECONDS))
        began = time.monotonic()
        self.page.keyboard.press(key)
        self.keys += 1
        if until is not None:
            self.until(what, until, began)

    def type(self, text: str) -> None:
        """Type at a person's pace."""
        for letter in text:
            presses = 1 if letter.isascii() else 2
            time.sleep(self.pace * sum(self.rng.uniform(*KEY_SECONDS) for _ in range(presses)))
            self.page.keyboard.insert_text(letter)
            self.keys += presses

    def button(self, name: str) -> Any:
        """Give the button that can be seen under this name."""
        return self.page.locator(".jusou-desk").get_by_role("button", name=name, exact=True)

    def box(self, label: str) -> Any:
        """Give the box whose label begins with these words."""
        return self.page.get_by_role("textbox", name=re.compile(f"^{label}"))

    def said(self, words: str) -> Any:
        """Give the message of the desk that says this."""
        return self.page.locator(".jusou-room .jusou-message:visible").get_by_text(words)

    def choose(self, label: str, option: str) -> None:
        """Choose from a box that opens a list: one press opens it, one takes the option."""
        named = self.page.get_by_role("combobox", name=label)
        named.first.select_option(label=option)
        self.clicks += 2

    def tick(self, group: str, option: str) -> None:
        """Press one of the ticks or rings of a box."""
        area = self.page.get_by_role("group", name=group)
        self.click(area.get_by_label(option, exact=True))


def memo(worker: Worker, text: str) -> None:
    """電話メモ by its key, from wherever the worker is."""
    said = worker.page.locator(".jusou-entry textarea:focus")
    worker.press("Alt+2", "電話メモがひらく", said)
    worker.type(text)
    worker.press("Control+Enter", "電話メモの登録", worker.said("電話メモを登録しました"))


def find(worker: Worker, person: Person, what: str, until: Any) -> None:
    """Type a surname's reading, and the rest where need be; take the line by arrows and Enter."""
    hits = worker.page.locator(".jusou-found-hit")
    surname, _, given = (person.kana or "").partition("　")
    worker.type(surname)
    worker.until("検索の結果が出る", hits, time.monotonic())
    worker.read()
    if place_of(hits, person) is None:
        worker.type(f" {given}")
        mine = hits.filter(has_text=re.compile(rf"^\s*{person.name}"))
        worker.until("検索の結果が出る", mine, time.monotonic())
        worker.read()
    for _ in range((place_of(hits, person) or 0) + 1):
        worker.press("ArrowDown")
    worker.press("Enter", what, until)


def place_of(hits: Any, person: Person) -> int | None:
    """Give the place of a person's own line; others name the person as the head of a household."""
    lines = enumerate(hits.all_inner_texts())
    return next((n for n, said in lines if said.strip().startswith(person.name or "")), None)


def open_case(worker: Worker, person: Person) -> None:
    """Search by the key, and open the person's page."""
    search = worker.page.locator(".jusou-room [role=combobox]:focus")
    worker.press("Alt+4", "検索がひらく", search)
    head = worker.page.get_by_role("heading", name=person.name)
    find(worker, person, "ケースのページがひらく", head)
    worker.read()


def note(worker: Worker, person: Person, text: str, manner: int = 1) -> None:
    """A 支援経過 of a case that is found by search; ``manner`` is its place in the list."""
    open_case(worker, person)
    who = worker.page.locator(".jusou-entry input:focus")
    worker.click(worker.button("経過を書く"), "経過のシートがひらく", who)
    worker.press("Tab")
    for _ in range(manner):
        worker.press("ArrowDown")
    worker.press("Tab")
    worker.type(text)
    worker.press("Control+Enter", "経過の登録", worker.said(SAVED))


def visit(worker: Worker, person: Person, text: str) -> None:
    """A 支援経過 of a visit."""
    note(worker, person, text, 2)


def intake(worker: Worker, who: tuple[str, str]) -> None:
    """A new consultation by its key."""
    name, problem = who
    complaint = worker.box("主訴")
    worker.press("Alt+3", "受付票がひらく", complaint)
    worker.read()
    worker.tick("様式", "本人同意なし")
    worker.click(complaint)
    worker.type(problem)
    worker.tick("緊急度", "1週間以内")
    worker.choose("スクリーニング結果", "同意は未取得だが継続して働きかける")
    worker.click(worker.box("氏名"))
    worker.type(name)
    worker.press("Control+Enter", "受付の登録", worker.said("で登録しました"))
    worker.read()


def attach(worker: Worker, person: Person) -> None:
    """The memo of the morning is put to its case."""
    worker.press("Alt+1", "ホームがひらく", worker.page.get_by_role("tabpanel", name="ホーム"))
    table = worker.page.get_by_role("table", name="まだ片付いていない電話メモ")
    line = table.get_by_role("row").filter(has_text=BACK[:12]).get_by_role("button")
    box = worker.page.get_by_role("combobox", name="どのケースに付けますか")
    worker.click(line, "電話メモがひらく", box)
    worker.click(box)
    find(worker, person, "付けるケースを確かめる", worker.said("の支援経過にします"))
    done = worker.said("電話メモを支援経過に付けました")
    worker.click(worker.button("このケースに付ける"), "電話メモを付ける", done)


def consent(worker: Worker, person: Person) -> None:
    """A 同意 heard on the telephone's other end is written down."""
    open_case(worker, person)
    state = worker.page.get_by_role("group", name="本人同意")
    worker.click(worker.button("同意を記録"), "同意書がひらく", state)
    worker.tick("本人同意", "同意あり")
    for what in ("氏名・性別・年齢・住所・電話・家族関係", "生活歴・過去の経験・抱えている課題"):
        worker.tick("共有してよい情報", what)
    worker.tick("共有してよい機関", "社会福祉協議会")
    worker.press("Control+Enter", "同意の登録", worker.said("同意を記録しました"))


def refer(worker: Worker, person: Person) -> None:
    """つなぐ to the council of social welfare, within the consent of the morning."""
    open_case(worker, person)
    to = worker.page.get_by_role("combobox", name="つなぎ先")
    worker.click(worker.button("つなぐ・照会"), "つなぐシートがひらく", to)
    worker.choose("つなぎ先", "社会福祉協議会")
    worker.choose("情報を渡す根拠", "本人の同意")
    worker.click(worker.box("相談内容・紹介する理由"))
    worker.type("家計の見直しと貸付の相談")
    worker.press("Control+Enter", "つなぐの登録", worker.said(SAVED))


@dataclass(frozen=True)
class Contact:
    """One contact of the day: its kind, and how it is written down."""

    kind: str
    do: Callable[[Worker], None]


def the_day(people: list[Person]) -> list[Contact]:
    """Lay out the day: what came in, in a mixed order that is the same each time."""
    who = iter(people)
    day = [Contact("電話メモ", partial(memo, text=text)) for text in MEMOS]
    for kind, do, texts in (("電話の経過", note, CALLS), ("訪問の経過", visit, VISITS)):
        day += [Contact(kind, partial(do, person=next(who), text=text)) for text in texts]
    day += [Contact("新しい相談", partial(intake, who=each)) for each in INTAKES]
    agreed = next(who)
    day.append(Contact("同意", partial(consent, person=agreed)))
    day.append(Contact("つなぐ", partial(refer, person=agreed)))
    random.Random(25).shuffle(day)  # noqa: S311 - the same day each time, nothing secret
    day.insert(0, Contact("電話メモ", partial(memo, text=BACK)))
    return [*day, Contact("メモをケースに付ける", partial(attach, person=next(who)))]


def clients(store: Path) -> list[Person]:
    """Give persons whose cases run, none masked, each name but once, in a mixed order."""
    with open_store(store, readonly=True) as opened:
        people = {p.id: p for home in opened.find(Household) for p in home.members}
        found = [people[c.client_id] for c in opened.find(Case, closed_on=None)]
    names = Counter(person.name for person in people.values())
    fit = [p for p in found if p.kana and not p.is_masked and names[p.name] == 1]
    random.Random(7).shuffle(fit)  # noqa: S311 - as above
    return fit * 3


def work(worker: Worker, day: list[Contact]) -> list[Line]:
    """Take the contacts one after the other."""
    told: list[Line] = []
    for contact in day:
        clicks, keys, waited, began = worker.clicks, worker.keys, worker.waited, time.monotonic()
        contact.do(worker)
        took = time.monotonic() - began
        line: Line = (
            contact.kind,
            worker.clicks - clicks,
            worker.keys - keys,
            took,
            worker.waited - waited,
        )
        told.append(line)
        print(
            f"{len(told):3}", *(f"{n:.1f}" if isinstance(n, float) else n for n in line), flush=True
        )
        worker.read()
    return told


def kept(store: Path, before: dict[type[Form], int]) -> list[tuple[str, int, int]]:
    """Give for each sort of record how many were to be kept, and how many were."""
    due = {PhoneMemo: len(MEMOS) + 1, CaseNote: len(CALLS) + len(VISITS) + 1}
    due |= {Intake: len(INTAKES), Consent: 1, Referral: 1}
    with open_store(store, readonly=True) as opened:
        return [(f.title, n, len(opened.find(f)) - before[f]) for f, n in due.items()]


def counts(store: Path) -> dict[type[Form], int]:
    """Count the records that the town began with."""
    with open_store(store, readonly=True) as opened:
        return {f: len(opened.find(f)) for f in (PhoneMemo, CaseNote, Intake, Consent, Referral)}


def lost(store: Path) -> tuple[list[str], int]:
    """Give the texts that stand in no record, and how many drafts are left over."""
    with open_store(store, readonly=True) as opened:
        found = [memo.said for memo in opened.find(PhoneMemo)]
        found += [note.content for note in opened.find(CaseNote)]
        found += [intake.presenting_problem for intake in opened.find(Intake)]
        left = len(drafts.every(opened))
    typed = [*MEMOS, *CALLS, *VISITS, BACK, *(problem for _, problem in INTAKES)]
    return [text for text in typed if text not in found], left


def table(worker: Worker, told: list[Line]) -> str:
    """Write what was seen as Markdown: by kind, and where the waiting was."""
    kinds = dict.fromkeys(line[0] for line in told)
    rows = [(kind, [line for line in told if line[0] == kind]) for kind in kinds]
    rows.append(("合計", told))
    out = ["| 対応 | 件 | クリック | 打鍵 | 秒 | うち待ち（秒） |", "|---|--:|--:|--:|--:|--:|"]
    for kind, lines in rows:
        clicks, keys, took, waited = (sum(line[n] for line in lines) for n in range(1, 5))
        out.append(f"| {kind} | {len(lines)} | {clicks} | {keys} | {took:.0f} | {waited:.1f} |")
    out += ["", "| 待ったところ | 回 | 中央（秒） | 最大（秒） |", "|---|--:|--:|--:|"]
    for what, took in sorted(worker.slow.items(), key=lambda pair: -sum(pair[1])):
        out.append(f"| {what} | {len(took)} | {statistics.median(took):.2f} | {max(took):.2f} |")
    return "\n".join(out)


def result(store: Path, before: dict[type[Form], int]) -> str:
    """Write what the store holds after the day."""
    texts, left = lost(store)
    found = [f"{title} {n}件のうち{has}件" for title, n, has in kept(store, before)]
    words = "、".join(found)
    return f"業務ファイルに残ったもの: {words}。失われた文 {len(texts)}、残った下書き {left}。\n"


def main() -> None:
    """Take the day, print it, and write it where it is asked for."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the peers need none

    asked = argparse.ArgumentParser()
    asked.add_argument("table", nargs="?", type=Path)
    asked.add_argument("pace", nargs="?", type=float, default=1.0)
    options = asked.parse_args()
    path = os.environ.get("JUSOU_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as player:
        store = Path(name) / "office.db"
        with open_store(store) as opened:
            make_town(opened, households=40, seed=5, today=TODAY)
        before = counts(store)
        browser = player.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 950}, locale="ja-JP")
        worker = Worker(page, random.Random(1), options.pace)  # noqa: S311 - as above
        with lab(Path(name), store, NAME) as address:
            page.goto(f"{address}&reset")
            page.locator(".jp-LauncherCard").first.wait_for(timeout=60_000)
            worker.read()
            home = page.get_by_role("tabpanel", name="ホーム")
            worker.press("Alt+1", "机がひらく（朝いちばん）", home)
            worker.click(page.get_by_role("button", name="あとで", exact=True))
            told = work(worker, the_day(clients(store)))
        browser.close()
        text = f"{table(worker, told)}\n\n{result(store, before)}"
    print(text)
    if options.table:
        options.table.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
