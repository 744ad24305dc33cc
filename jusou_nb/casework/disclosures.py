"""開示請求: taken, its candidates laid out, and each record decided by a person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.checks import require
from jusou_nb.errors import NotFound
from jusou_nb.forms import FORMS, DisclosureItem, DisclosureRequest, Household, Person
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import disclosure as rules
from jusou_nb.store import Store
from jusou_nb.store.disclosure import RecordRow, rows_of

_APART = 10_000_000
"""Keeps the numbers of one form's records from those of the next."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that was taken, and what is to be looked at about it."""

    request: DisclosureRequest
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided of a record, and what is to be looked at about it."""

    item: DisclosureItem
    remarks: tuple[Problem, ...] = ()


def take_disclosure_request(
    store: Store,
    household: Household,
    request: DisclosureRequest,
    *,
    overrides: tuple[Override, ...] = (),
) -> Asked:
    """Keep that somebody asked to see the records about a person of a household.

    Raises:
        Invalid: Whose records, the day or who asks is missing.
        NotAllowed: A guardian asks who is neither asked nor told, and the chief has not
            allowed it.
        NotFound: The person is not of this household.
    """
    linked = replace(request, household_id=household.id)
    require(linked)
    with store.transaction():
        fresh = store.load(Household, household.id or 0)
        if linked.person not in {person.id for person in fresh.members}:
            raise NotFound("この人は、この世帯の記録にいません。世帯員から選び直してください")
        problems = rules.guardian_withheld(linked, fresh)
        remarks = settle(problems, overrides)
        saved = store.save(linked)
        store.log_overrides(saved, problems, overrides)
    return Asked(request=saved, remarks=tuple(remarks))


def disclosure_proposals(
    store: Store, request: DisclosureRequest, *, on: date
) -> Mapping[int, DisclosureItem]:
    """Give a sheet for each record that has candidates and is not decided, by a number of it.

    Nothing is saved and nothing decided: the sheets name the candidates.
    """
    home = store.load(Household, request.household_id or 0)
    rows = rows_of(store, request, store.lexicon(home))
    tables = [Person.table, *(form.table for form in FORMS)]
    return {
        (tables.index(row.table) + 1) * _APART + row.record_id: DisclosureItem(
            disclosure_request_id=request.id,
            what=row.title,
            record_id=row.record_id,
            candidates="、".join(problem.message for problem in row.candidates),
            judged_by=store.worker_name(),
            judged_on=on,
        )
        for row in rows
        if row.candidates and row.answer is None
    }


def decide_disclosure(
    store: Store,
    request: DisclosureRequest,
    item: DisclosureItem,
    *,
    overrides: tuple[Override, ...] = (),
) -> Decided:
    """Decide of one record: 開示, 部分開示, 不開示, or not even whether it exists.

    Raises:
        Invalid: The record or the decision is missing.
        NotFound: The list has no such record.
        NotAllowed: It opens who told us or where somebody hidden is, and the chief has not
            allowed it.
    """
    linked = replace(item, disclosure_request_id=request.id)
    require(linked)
    with store.transaction():
        row = _row(store, request, linked)
        if row.answer is not None and row.answer.id != linked.id:
            linked = replace(linked, id=row.answer.id, version=row.answer.version)
        problems = rules.may_decide(linked, row.candidates)
        remarks = settle(problems, overrides)
        saved = store.save(linked)
        store.log_overrides(saved, problems, overrides)
    return Decided(item=saved, remarks=tuple(remarks))


def _row(store: Store, request: DisclosureRequest, item: DisclosureItem) -> RecordRow:
    home = store.load(Household, request.household_id or 0)
    for row in rows_of(store, request, store.lexicon(home)):
        if (row.title, row.record_id) == (item.what, item.record_id):
            return row
    raise NotFound(
        f"「{item.what}」の {item.record_id} 番は、この請求の記録の一覧にありません。"
        "不開示の候補の一覧から選び直してください"
    )
