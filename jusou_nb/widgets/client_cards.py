"""The household at a glance: people, consent, who does what by when, days, papers, programmes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from jusou_nb.dates import wareki
from jusou_nb.documents.ages import age_text
from jusou_nb.forms import Case, Consent, Person
from jusou_nb.profile import Profile
from jusou_nb.rules import consent as consents
from jusou_nb.store.due import Due
from jusou_nb.store.papers_out import PaperOut
from jusou_nb.store.who_does_what import Task
from jusou_nb.values import Lexicon
from jusou_nb.widgets.client_head import Home
from jusou_nb.widgets.client_person import Client, consent_chips
from jusou_nb.widgets.client_read import called, together
from jusou_nb.widgets.drawn import Acts, Said

MANY = 6
"""Lines of a card; the rest is on the 時間の流れ or in 期限."""
Consents = Mapping[int, tuple[Consent, ...]]
Turn = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Whom the cards are about, and what was said of consent, by person."""

    profile: Profile
    client: Client
    home: Home
    given: Consents
    today: date


def people_card(whose: Whose, acts: Acts, turn: Turn) -> Said:
    """List the people of the household and their cases; a name turns the page to them.

    Args:
        whose: Whom it is about.
        acts: Takes what the buttons do.
        turn: Gets the ids of the person and of the case (0 where there is none).
    """
    rows = []
    for person in _shown(whose.client, whose.home):
        own = [case for case in whose.home.cases if case.client_id == person.id]
        cases: Sequence[Case | None] = own or [None]
        rows += [_person_row(whose, person, case, acts, turn) for case in cases]
    return {
        "title": "世帯の人とケース",
        "headings": ["氏名", "続柄", "年齢", "段階", "本人同意"],
        "rows": rows,
        "wide": True,
    }


def _person_row(
    whose: Whose, person: Person, case: Case | None, acts: Acts, turn: Turn
) -> list[Any]:
    is_shown = person.id == whose.client.person.id and case == whose.client.case
    name = (person.name or "氏名不明") + ("（表示中）" if is_shown else "")
    ids = (person.id or 0, (case.id or 0) if case else 0)
    status = case.status.label if case and case.status else "ケースなし"
    said = consent_chips(whose.profile, whose.given.get(person.id or 0, ()), whose.today)
    marks = [["秘匿", "caution"]] if person.is_masked else []
    return [
        acts.add(name, partial(turn, *ids), chips=marks),
        person.relation or "",
        age_text(person, whose.today),
        {"chips": [[status, "plain"]]},
        {"chips": [list(chip) for chip in said]},
    ]


def _shown(client: Client, home: Home) -> Iterator[Person]:
    """Leave out who stands on the family map only: nothing is asked of them."""
    clients = {case.client_id for case in home.cases}
    for person in home.household.members:
        if person.is_member or person.id in clients or person.id == client.person.id:
            yield person


def tasks_card(
    tasks: Iterable[Task], home: Home, acts: Acts, open_it: Callable[[Task], None]
) -> Said:
    """List who does what by when, what is late first."""
    rows = [
        [
            acts.add(task.what or "（空欄）", partial(open_it, task)),
            task.doer or home.agency(task.agency_id) or "未定",
            wareki(task.due_on) if task.due_on else "期限なし",
            {"chips": [[task.state, "late" if task.is_late else "plain"]]},
        ]
        for task in tasks
    ]
    return {
        "title": "だれが・何を・いつまでに",
        "headings": ["すること", "だれが", "いつまでに", "状況"],
        "rows": rows[: MANY * 2],
        "empty": "プランの役割も、会議で決まったことも、まだありません。",
        "wide": True,
    }


def days_card(
    dues: Iterable[Due], acts: Acts, open_due: Callable[[Due], None], today: date
) -> Said:
    """List what comes next, by its day."""
    coming = [due for due in dues if due.due_on is not None and due.due_on >= today]
    lines = [
        [acts.add(wareki(due.due_on), partial(open_due, due), about=due.label), due.label]
        for due in coming[:MANY]
        if due.due_on
    ]
    return {"title": "これからの予定", "lines": lines, "empty": "期限のある予定はありません。"}


def consent_card(whose: Whose) -> Said:
    """Say where the client's consent stands: what it covers, until when, on which paper."""
    home, today = whose.home, whose.today
    own = whose.given.get(whose.client.person.id or 0, ())
    entry = consents.latest(own, today, whose.profile)
    chips = [list(chip) for chip in consent_chips(whose.profile, own, today)]
    lines: list[list[Any]] = [[{"chips": chips}]]
    if entry is not None:
        told = (
            ("言った日", wareki(entry.stated_on) if entry.stated_on else ""),
            ("方法", entry.manner.label if entry.manner else ""),
            ("範囲", "、".join(c.aliases[0] for c in entry.categories or ())),
            ("機関", "、".join(home.agency(a) for a in entry.agencies or ())),
            ("期限", wareki(entry.expires_on) if entry.expires_on else ""),
        )
        lines += [[f"{label}：{text}"] for label, text in told if text]
    return {"title": "同意", "lines": lines, "empty": ""}


def papers_card(
    papers: Sequence[PaperOut], words: Lexicon, acts: Acts, open_it: Callable[[PaperOut], None]
) -> Said:
    """List the papers made last; each can be printed again as it was."""
    lines = [
        [
            acts.add(called(copies, words), partial(open_it, copies[0])),
            wareki(date.fromisoformat(copies[0].made_last[:10])),
        ]
        for copies in reversed(together(papers)[-MANY:])
    ]
    title = f"作った資料（{len(papers)}部）" if papers else "作った資料"
    return {"title": title, "lines": lines, "empty": "この世帯の資料はまだ作っていません。"}


def places_card(programmes: Iterable[tuple[str, str]]) -> Said:
    """List the programmes and places that the household uses now."""
    lines = [[{"chips": [[word, "plain"]]}, said] for word, said in programmes]
    return {"title": "使っている事業・場", "lines": lines, "empty": "記録はまだありません。"}
