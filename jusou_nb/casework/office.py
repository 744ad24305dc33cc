"""担当者の役割、機関の名簿、名前の変更: who works as what, and what agencies are called."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from jusou_nb.checks import require
from jusou_nb.fields import Form
from jusou_nb.forms import Agency, AgencyName, WorkerRole
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import office as rules
from jusou_nb.store import Store, roles
from jusou_nb.store import agencies as register
from jusou_nb.store.successions import works_of

F = TypeVar("F", bound=Form)
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Kept(Generic[F]):
    """A record of the office, and what is to be looked at about it."""

    record: F
    remarks: tuple[Problem, ...] = ()


def assign_role(
    store: Store, role: WorkerRole, *, overrides: tuple[Override, ...] = ()
) -> Kept[WorkerRole]:
    """Record that a worker has a role from a day on; several at once are normal (兼務).

    Raises:
        Invalid: Worker, role or its beginning is missing.
        NotAllowed: Whoever opens no case gives a role that does.
    """
    require(role)
    with store.transaction():
        known = roles.roles(store)
        problems = rules.may_assign(store.profile, known, role, roles.called(store))
        remarks = settle(problems, overrides)
        saved = store.save(role)
        store.log_overrides(saved, problems, overrides)
        if remarks and not known:
            remarks = [_naming(store, saved, remark) for remark in remarks]
    return Kept(record=saved, remarks=tuple(remarks))


def _naming(store: Store, role: WorkerRole, remark: Problem) -> Problem:
    """Name, beside the first role, the registered workers who have none yet."""
    left = roles.without_role(store, role.since or date.max)
    if remark.rule != "role.first" or not left:
        return remark
    return replace(remark, remedy=f"{remark.remedy}まだ役割のない人: {'、'.join(left)}。")


def end_role(
    store: Store, role: WorkerRole, *, until: date, overrides: tuple[Override, ...] = ()
) -> Kept[WorkerRole]:
    """Let a role end with a day; what the worker still has in hand comes back as a remark.

    Raises:
        NotAllowed: It would end before it began.
    """
    with store.transaction():
        worker = role.worker or ""
        later = roles.roles_of(store, worker, until + _DAY)
        others = [other for other in later if other.id != role.id]
        works = len(works_of(store, worker))
        problems = rules.may_end_role(role, until, others=len(others), works=works)
        remarks = settle(problems, overrides)
        saved = store.save(replace(role, until=until))
    return Kept(record=saved, remarks=tuple(remarks))


def keep_agency(
    store: Store, agency: Agency, *, overrides: tuple[Override, ...] = ()
) -> Kept[Agency]:
    """Register an agency, ours or a neighbouring town's, or change what is known of it.

    Raises:
        Invalid: It has no name.
        NotAllowed: Another town's agency counts as ours; its name was changed here.
    """
    require(agency)
    with store.transaction():
        stored = store.load(Agency, agency.id) if agency.id else None
        taken = _names_of_others(store, agency.id)
        problems = [
            *rules.agency_problems(store.profile, agency, stored),
            *(rules.may_register(agency, taken) if stored is None else ()),
        ]
        remarks = settle(problems, overrides)
        saved = store.save(agency)
    return Kept(record=saved, remarks=tuple(remarks))


def rename_agency(store: Store, agency: Agency, new_name: str, *, on: date) -> Agency:
    """Call an agency or post by a new name from a day on.

    Lists and papers to come show the new name; the papers of a sitting held before keep the
    one of its day; imports find both.

    Raises:
        NotAllowed: The name is the same, another's, or dated before the last change.
    """
    with store.transaction():
        stored = store.load(Agency, agency.id or 0)
        former = store.find(AgencyName, agency_id=stored.id)
        taken = _names_of_others(store, stored.id)
        settle(rules.may_rename(stored, new_name, on, taken=taken, former=former))
        store.save(AgencyName(agency_id=stored.id, name=stored.name, until=on - _DAY))
        return store.save(replace(stored, name=new_name.strip()))


def _names_of_others(store: Store, agency_id: int | None) -> list[str]:
    return [name for id_, name in store.lexicon().refs["agencies"].items() if id_ != agency_id]


def former_names(store: Store, agency: Agency) -> list[str]:
    """Give what an agency was called before, the latest first."""
    return register.former_names(store).get(agency.id or 0, [])
