"""The head of the client's page: who, where the case stands, what must not be overlooked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jusou_nb.dates import wareki
from jusou_nb.forms import Case, Household, Intake, Outreach
from jusou_nb.forms.case import CaseStatus
from jusou_nb.rules.cautions import Caution, cautions
from jusou_nb.rules.phases import way
from jusou_nb.store import Store, merges
from jusou_nb.store.case_phases import phases
from jusou_nb.store.household_scope import find_within
from jusou_nb.values import Lexicon
from jusou_nb.widgets.client_person import Client
from jusou_nb.widgets.drawn import Said

CONFERENCE, PLAN = "会議", "プラン"
_SHORT = {CaseStatus.CONFERENCE: CONFERENCE, CaseStatus.DRAFT_PLAN: PLAN}
"""A step of the way is named by what is done there, not by the state of a paper."""


@dataclass(frozen=True, kw_only=True)
class Home:
    """What the page reads of a household once, for all its parts."""

    household: Household
    cases: tuple[Case, ...]
    intakes: tuple[Intake, ...]
    outreaches: tuple[Outreach, ...]
    words: Lexicon

    def name(self, person_id: int | None) -> str:
        """Name one of its people."""
        found = (m.name for m in self.household.members if m.id == person_id)
        return next(found, None) or ("氏名不明" if person_id else "")

    def agency(self, agency_id: int | None) -> str:
        """Name an agency."""
        return self.words.refs["agencies"].get(agency_id or 0, "")


def home_read(store: Store, household: Household) -> Home:
    """Read the household's cases, consultations and outreaches, and the words, once."""
    of = household.id or 0
    return Home(
        household=household,
        cases=tuple(find_within(store, Case, of)),
        intakes=tuple(find_within(store, Intake, of)),
        outreaches=tuple(find_within(store, Outreach, of)),
        words=store.lexicon(household),
    )


def head_said(
    store: Store, client: Client, home: Home, chips: Sequence[tuple[str, str]], next_day: str
) -> Said:
    """Describe the head: name, number, chips, facts, the way of the case, cautions.

    Args:
        store: The open store.
        client: Whom the page is about.
        home: What was read of the household.
        chips: Where the case and the consent stand, as words and tones.
        next_day: The next day on which something waits, in words.
    """
    case = client.case
    been = [p.status for p in phases(store, [case.id or 0])] if case else []
    number = client.intake.number if client.intake else ""
    return {
        "name": client.person.name or "氏名不明",
        "number": number or "番号なし",
        "chips": [list(chip) for chip in chips],
        "facts": [[label, text] for label, text in _facts(store, client, home, next_day)],
        "way": [
            {
                "label": _SHORT.get(step.status, step.status.label),
                "reached": step.reached.value,
                "word": step.reached.label,
            }
            for step in way(case.status if case else None, been)
        ],
        "cautions": [_caution(entry, home) for entry in _cautions(store, client, home)],
    }


def _formerly(store: Store, client: Client) -> Iterator[tuple[str, str]]:
    """Tell the numbers of what was merged into this household or case."""
    case_id = client.case.id if client.case else 0
    found = [
        *merges.former_numbers(store, "households", client.household.id or 0),
        *merges.former_numbers(store, "cases", case_id or 0),
    ]
    if found:
        yield "旧番号", "、".join(dict.fromkeys(found))


def _facts(store: Store, client: Client, home: Home, next_day: str) -> Iterator[tuple[str, str]]:
    case, intake = client.case, client.intake
    if case is not None:
        yield "担当（主・副）", "・".join(p for p in (case.coordinator, case.deputy) if p) or "未定"
        yield "主担当機関", home.agency(case.lead_agency) or "未定"
        if case.opened_on:
            yield "開始日", wareki(case.opened_on)
    elif intake is not None:
        yield "受付者", intake.received_by or "空欄"
        if intake.received_on:
            yield "相談受付日", wareki(intake.received_on)
    yield "次の予定", next_day or "なし"
    yield from _formerly(store, client)


def _cautions(store: Store, client: Client, home: Home) -> list[Caution]:
    cases = [client.case] if client.case else []
    return cautions(
        store.profile,
        home.household,
        intakes=home.intakes,
        outreaches=home.outreaches,
        cases=cases,
    )


def _caution(entry: Caution, home: Home) -> Said:
    said = entry.said or "、".join(home.agency(agency) for agency in entry.agencies)
    whose = "、".join(home.name(person) for person in entry.whose if person)
    return {"word": entry.kind.label, "whose": whose, "said": said}
