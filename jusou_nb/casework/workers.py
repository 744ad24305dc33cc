"""A worker says once who they are: name, where they belong, what they do."""

from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.casework.office import assign_role
from jusou_nb.fields import Code, Ref
from jusou_nb.forms import WorkerRole
from jusou_nb.problems import Problem
from jusou_nb.rules.office import is_held
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store, roles, workers


@dataclass(frozen=True, kw_only=True)
class Introduced:
    """The name as it is kept, and what is to be looked at."""

    name: str
    remarks: tuple[Problem, ...] = ()


def introduce(
    store: Store, name: str, *, role: Code | None = None, agency: Ref | None = None, on: date
) -> Introduced:
    """Register how whoever works now is called, and the role where one is said.

    Roles that were recorded under the name so far go over to the new one.

    Raises:
        NotAllowed: The name is another worker's; whoever opens no case takes a role that does.
    """
    with store.transaction():
        before = squeeze(store.worker_name())
        kept = workers.register(store, name)
        for entry in roles.roles(store):
            if squeeze(entry.worker or "") == before and entry.worker != kept:
                store.save(replace(entry, worker=kept))
        if role is None or _is_held(store, kept, role, agency, on):
            return Introduced(name=kept)
        wanted = WorkerRole(worker=kept, role=role, agency=agency, since=on)
        return Introduced(name=kept, remarks=assign_role(store, wanted).remarks)


def _is_held(store: Store, name: str, role: Code, agency: Ref | None, on: date) -> bool:
    """Whether this very role is recorded already; without an agency, at whichever."""
    return any(
        entry.role == role and agency in (None, entry.agency) and is_held(entry, on)
        for entry in roles.roles_of(store, name, on)
    )


def role_of(store: Store, on: date) -> WorkerRole | None:
    """Give the role that whoever works now began last; None where there is none."""
    held = roles.roles_of(store, store.worker_name(), on)
    return held[-1] if held else None
