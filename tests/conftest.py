"""Builders and fixtures: a real store in memory, fictional people, a clock of our own."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from jusou_nb import casework, open_store
from jusou_nb.casework.agenda import roster
from jusou_nb.choices import Category
from jusou_nb.forms import (
    AgendaItem,
    Conference,
    Consent,
    Gathering,
    Host,
    Household,
    Intake,
    Person,
    Place,
    Training,
)
from jusou_nb.forms.consent import ConsentState
from jusou_nb.store import Store
from jusou_nb.values import Lexicon
from jusou_nb.widgets import desk as open_desk
from jusou_nb.widgets.desk import Desk

SITTING_DAY = date(2026, 10, 15)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that starts on a Thursday in October 2026 and ticks a second a look."""
    ticks = iter(range(1_000_000))
    start = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    return lambda: start + timedelta(seconds=next(ticks))


@pytest.fixture
def store(clock: Callable[[], datetime]) -> Iterator[Store]:
    """An empty store of the standard town, in memory."""
    with open_store("", account="tantou", clock=clock) as opened:
        yield opened


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Desk]:
    """The desk over a new file of an office, on the day of the sitting."""
    made = open_desk(tmp_path / "office.db", today=SITTING_DAY)
    with closing(made.store):
        yield made


@pytest.fixture
def full_lexicon(store: Store, household: Household) -> Lexicon:
    """The words where every register holds a record, and a household of its own is open."""
    day = SITTING_DAY
    for record in (
        Host(name="架空農園"),
        Place(name="架空の家"),
        Gathering(name="例示サロン", held_on=day),
        Training(name="例示研修", held_on=day),
    ):
        store.save(record)
    return store.lexicon(store.save(household))


@pytest.fixture
def household() -> Household:
    """A mother and her son, not yet saved; the mother is the client."""
    return Household(
        size=2,
        members=(
            Person(
                relation="本人", name="見本 花子", kana="ミホン ハナコ", address="見本市架空町1-1"
            ),
            Person(
                relation="長男", name="見本 太郎", condition="自室から出ない", lives_together=True
            ),
        ),
    )


@pytest.fixture
def intake() -> Intake:
    """A sheet that goes on to support, not yet saved."""
    return Intake(
        received_on=date(2026, 10, 1),
        screening="continuing",
        presenting_problem="長男が十年以上部屋から出ない",
        issues=("eighty_fifty", "hikikomori"),
        inquirer_relation="neighbour",
        inquirer_name="近隣 通報子",
    )


@pytest.fixture
def desk(store: Store, household: Household, intake: Intake) -> SimpleNamespace:
    """A store with one case and one sitting to which the standing members are called."""
    received = casework.receive_intake(store, household=household, intake=intake)
    sitting = casework.convene(store, Conference(body="monthly", held_on=SITTING_DAY))
    sitting = casework.call_agencies(store, sitting, roster(store, sitting))
    mother, son = received.household.members
    return SimpleNamespace(
        store=store,
        household=received.household,
        intake=received.intake,
        case=received.case,
        sitting=sitting,
        mother=mother,
        son=son,
    )


@pytest.fixture
def given() -> Consent:
    """A consent in writing with everything in its scope but no agency yet."""
    return Consent(
        state=ConsentState.GIVEN, stated_on=date(2026, 10, 5), categories=tuple(Category)
    )


@pytest.fixture
def agree(desk: SimpleNamespace, given: Consent) -> Callable[..., Consent]:
    """Record a consent of the mother to all agencies called, changed as asked."""

    def record(**changes: object) -> Consent:
        entry = replace(given, agencies=desk.sitting.called)
        return casework.record_consent(desk.store, desk.mother.id, replace(entry, **changes))

    return record


@pytest.fixture
def put(desk: SimpleNamespace) -> Callable[..., AgendaItem]:
    """Put the mother's case on the sitting on a basis."""

    def place(basis: str, **boxes: object) -> AgendaItem:
        item = AgendaItem(basis=basis, question="役割の分担", **boxes)
        return casework.put_on_agenda(desk.store, desk.sitting, desk.case, item).item

    return place
