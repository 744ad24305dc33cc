"""移行の一覧: what was heard on a basis without consent, and what may be done with each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from jusou_nb.casework.masking import save_household
from jusou_nb.checks import require
from jusou_nb.choices import INFORMANT, Category
from jusou_nb.fields import Code
from jusou_nb.forms import AgendaItem, Case, CaseNote, Household, Provenance
from jusou_nb.forms.provenance import FactSort, Release
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import provenance as rules
from jusou_nb.store import Store, heard, history, queries
from jusou_nb.store.heard import HeardBox


def transition_list(store: Store, case: Case) -> list[Provenance]:
    """Make the list of a case, or bring it up to date; give all of it.

    Proposed are notes learnt on a basis without consent, what items on such a basis decided,
    and boxes of household and intake that were last set from such a sitting. Views voiced
    there (発言の要旨, 議長のまとめ) are not proposed at all.
    """
    with store.transaction():
        listed = store.find(Provenance, case_id=case.id)
        for fact in _missing(store, case, listed):
            require(fact)
            store.save(fact)
        return store.find(Provenance, case_id=case.id)


def _missing(store: Store, case: Case, listed: list[Provenance]) -> list[Provenance]:
    known = {_origin(fact) for fact in listed}
    return [fact for fact in _heard(store, case) if _origin(fact) not in known]


def _origin(fact: Provenance) -> tuple[int | str | None, ...]:
    return fact.case_note_id, fact.decision_id, fact.direction_id, fact.change_seq, fact.box


def _heard(store: Store, case: Case) -> Iterator[Provenance]:
    for note in store.find(CaseNote, case_id=case.id):
        if note.content and rules.stays_with_its_basis(store.profile, note.learnt_on_basis):
            yield Provenance(
                case_id=case.id,
                case_note_id=note.id,
                heard_on_basis=note.learnt_on_basis,
                fact=note.content,
                sort=FactSort.OF_CLIENT,
                category=note.category,
                held_by=note.held_by,
                release=Release.OPEN,
            )
    for item in store.find(AgendaItem, case_id=case.id):
        if rules.stays_with_its_basis(store.profile, item.basis):
            yield from _decided(case, item)
    yield from _written(store, case)


def _written(store: Store, case: Case) -> Iterator[Provenance]:
    """Give what was written from a sitting into boxes, by the change that set each."""
    lexicon = store.lexicon()
    household = queries.household_of(store, case.client_id or 0)
    for found in heard.heard(store, case, household):
        scope = found.box.scope
        yield Provenance(
            case_id=case.id,
            heard_on_basis=Code(found.setting.basis or ""),
            fact=found.told(lexicon),
            sort=_sort(case, found),
            category=scope if isinstance(scope, Category) else None,
            box=found.place,
            change_seq=found.setting.seq,
            release=Release.OPEN,
        )


def _sort(case: Case, found: HeardBox) -> FactSort:
    if found.box.scope is INFORMANT:
        return FactSort.INFORMANT
    return FactSort.OF_CLIENT if found.person_id in (None, case.client_id) else FactSort.OF_OTHER


def _decided(case: Case, item: AgendaItem) -> Iterator[Provenance]:
    # Who decided of another member put the item on for that member.
    of_client = item.client_id == case.client_id
    plain = Provenance(
        case_id=case.id,
        agenda_item_id=item.id,
        heard_on_basis=item.basis,
        sort=FactSort.OF_CLIENT if of_client else FactSort.OF_OTHER,
        release=Release.OPEN,
    )
    for row in item.decisions:
        yield replace(plain, decision_id=row.id, fact=row.what, held_by=row.agency)
    for line in item.directions:
        yield replace(plain, direction_id=line.id, fact=line.what, held_by=line.agency)


def answer_provenance(
    store: Store,
    answers: Mapping[int, Release],
    *,
    reason: str,
    on: date,
    overrides: tuple[Override, ...] = (),
) -> list[Provenance]:
    """Answer facts of the list, by id, in bulk with one reason; all or none.

    Raises:
        NotAllowed: A view, the informant or another member's fact would be released, or
            there is no reason.
    """
    with store.transaction():
        facts = [(store.load(Provenance, id_), release) for id_, release in answers.items()]
        found = [p for fact, release in facts for p in rules.may_answer(fact, release, reason)]
        problems = list(dict.fromkeys(found))
        settle(problems, overrides)
        saved = [
            store.save(replace(fact, release=release, reason=reason or None, answered_on=on))
            for fact, release in facts
        ]
        for fact in saved:
            store.log_overrides(fact, problems, overrides)
    return saved


def transition_problems(store: Store, case: Case, basis_code: str) -> list[Problem]:
    """Ask before a case goes on a basis: is the 移行 list made and answered?"""
    if rules.stays_with_its_basis(store.profile, basis_code):
        return []
    listed = store.find(Provenance, case_id=case.id)
    return rules.unanswered(listed, is_listed=not _missing(store, case, listed))


def write_heard(
    store: Store,
    item: AgendaItem,
    household: Household,
    *,
    on: date,
    overrides: tuple[Override, ...] = (),
) -> Household:
    """Save a household with what an item's sitting told; the boxes changed keep its basis.

    Papers that need consent leave these boxes off; what of them was released stands there as
    a fact of the 移行の一覧. A box that the client told again (本人から再聴取済), or that was
    written anew outside of a sitting, is the office's own.

    Raises:
        Invalid: Boxes are missing.
        NotAllowed: It would lift a 秘匿 without the second person.
    """
    heard_here = rules.stays_with_its_basis(store.profile, item.basis)
    with history.heard_on(store, item.basis if heard_here else None):
        return save_household(store, household, on=on, overrides=overrides)
