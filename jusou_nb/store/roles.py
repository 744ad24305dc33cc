"""Who works as what, since when: asked before anybody opens a case."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.fields import Form
from jusou_nb.forms import WorkerRole
from jusou_nb.problems import Problem, settle
from jusou_nb.rules import office as rules
from jusou_nb.spelling import squeeze
from jusou_nb.store import workers

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def roles(store: "Store") -> list[WorkerRole]:
    """Give every role that is recorded, in the order of their beginning."""
    return store.find(WorkerRole, order="since")


def roles_of(store: "Store", worker: str, day: date) -> list[WorkerRole]:
    """Give the roles that a worker holds on a day; several at once are normal (兼務)."""
    name = squeeze(worker)
    return [
        role
        for role in roles(store)
        if squeeze(role.worker or "") == name and rules.is_held(role, day)
    ]


def called(store: "Store", worker: str | None = None) -> set[str]:
    """Say how a worker is or was called: name and account; without a name, whoever works now."""
    if worker is None:
        return {store.worker_name(), store.account, *workers.former_names(store)}
    sql = "SELECT account FROM workers WHERE name = ?"
    return {worker, *(row[0] for row in store.db.execute(sql, [worker]))}


def reading_problems(store: "Store", day: date, worker: str | None = None) -> list[Problem]:
    """Ask: may a worker (by default whoever works now) open cases on a day?"""
    return rules.may_read_cases(store.profile, roles(store), called(store, worker), day)


def may_read_cases(store: "Store", worker: str | None, day: date) -> bool:
    """Whether a worker (None: whoever works now) may open cases on a day."""
    return not reading_problems(store, day, worker)


def refuse_unless_reader(store: "Store", day: date, forms: Iterable[type[Form]] = ()) -> None:
    """Stop who may not open cases; with ``forms`` only where one of them tells of people.

    Raises:
        NotAllowed: It says whom to ask.
    """
    named = list(forms)
    if not named or any(rules.concerns_people(form) for form in named):
        settle(reading_problems(store, day))


def without_role(store: "Store", day: date) -> list[str]:
    """Name the registered workers who hold no role on a day."""
    held = {squeeze(role.worker or "") for role in roles(store) if rules.is_held(role, day)}
    rows = store.db.execute("SELECT name, account FROM workers ORDER BY id")
    return [name for name, account in rows if not held & {squeeze(name), squeeze(account)}]
