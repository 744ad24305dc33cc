"""会議のあと: 資料の回収、記名式アンケート、代表者会議の改善事項。"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from jusou_nb.checks import empty, require
from jusou_nb.errors import Invalid
from jusou_nb.fields import Code, Ref
from jusou_nb.forms import Conference, CopyRecall, Improvement, Questionnaire
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.store import Store

Copied = tuple[str, int | None, int]
"""A copy that was made: 法的根拠, the agency's id (None: 議長用・事務局控), its number."""


def open_recalls(
    store: Store, conference: Conference, copies: Iterable[Copied], *, document_number: str = ""
) -> tuple[CopyRecall, ...]:
    """Open the 資料回収確認 of a sitting: one line for each copy made, each once."""
    with store.transaction():
        lines = store.find(CopyRecall, conference_id=conference.id)
        known = {(line.basis, line.copy_number): line for line in lines}
        return tuple(
            known.get((Code(basis), number))
            or _open(store, conference, (basis, agency, number), document_number)
            for basis, agency, number in copies
        )


def _open(store: Store, conference: Conference, copy: Copied, document_number: str) -> CopyRecall:
    basis, agency, number = copy
    line = CopyRecall(
        conference_id=conference.id,
        basis=Code(basis),
        agency=Ref(agency) if agency is not None else None,
        copy_number=number,
        document_number=document_number or None,
        state=RecallState.OUT,
    )
    require(line)
    return store.save(line)


def settle_copy(
    store: Store, recall: CopyRecall, state: RecallState, *, on: date | None = None
) -> CopyRecall:
    """Note where a numbered copy is: back, shredded, replaced; ``on`` is the day it was.

    Raises:
        Invalid: It is no longer out, and the day is missing.
    """
    if state is not RecallState.OUT and on is None:
        raise Invalid([empty("settled_on", "回収・裁断した日")])
    with store.transaction():
        fresh = store.load(CopyRecall, recall.id or 0)
        return store.save(replace(fresh, state=state, settled_on=on))


def record_questionnaire(
    store: Store, conference: Conference, answer: Questionnaire
) -> Questionnaire:
    """Keep a signed questionnaire after a sitting; a second one of an agency replaces nothing.

    Raises:
        Invalid: Agency or name are missing: it is answered with a name.
    """
    require(answer)
    return store.save(replace(answer, conference_id=conference.id))


def raise_improvement(
    store: Store, conference: Conference, improvement: Improvement
) -> Improvement:
    """Keep what the 代表者会議 asked to be improved, with its owner and a day for the answer.

    Without a day the answer is due after the profile's ``improvement_answer_days``.
    """
    raised = replace(
        improvement,
        conference_id=conference.id,
        raised_on=improvement.raised_on or conference.held_on,
    )
    require(raised)
    if raised.owner is None:
        raise Invalid([empty("owner", "担当する課・機関")])
    wait = timedelta(days=store.profile.thresholds["improvement_answer_days"])
    due = raised.answer_due or (raised.raised_on and raised.raised_on + wait)
    return store.save(replace(raised, answer_due=due))


def answer_improvement(
    store: Store, improvement: Improvement, *, answer: str, on: date
) -> Improvement:
    """Keep what the owner answered, as a rule a year later (Invalid without an answer)."""
    if not answer.strip():
        raise Invalid([empty("answer", "翌年度の回答")])
    fresh = store.load(Improvement, improvement.id or 0)
    return store.save(replace(fresh, answer=answer, answered_on=on))
