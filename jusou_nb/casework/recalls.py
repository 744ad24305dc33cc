"""会議のあと: 資料の回収、記名式アンケート、代表者会議の改善事項。"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from jusou_nb.checks import empty, require
from jusou_nb.errors import Invalid
from jusou_nb.fields import Code, Ref
from jusou_nb.forms import Conference, CopyRecall, Improvement, Questionnaire
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.store import Store, sittings

Copied = tuple[str, int | None, int]
"""A copy that was made: 法的根拠, the agency's id (None: 議長用・事務局控), its number."""


_SIGNED = {"agency": "機関", "answered_by": "回答者"}


def open_recalls(
    store: Store,
    conference: Conference,
    copies: Iterable[Copied],
    *,
    document_number: str = "",
    numbers: Mapping[tuple[str, int | None], str] | None = None,
) -> tuple[CopyRecall, ...]:
    """Open the 資料回収確認 of a sitting: one line for each copy made, each once.

    ``numbers`` are the document numbers by 法的根拠 and agency, where they are known.
    """
    known_as = numbers or {}
    with store.transaction():
        lines = store.find(CopyRecall, conference_id=conference.id)
        known = {(line.basis, line.copy_number): line for line in lines}
        return tuple(
            known.get((Code(basis), number))
            or _open(
                store,
                conference,
                (basis, agency, number),
                known_as.get((basis, agency), document_number),
            )
            for basis, agency, number in copies
        )


def settle_rest(store: Store, conference: Conference, *, on: date) -> tuple[CopyRecall, ...]:
    """Note of every copy that is still out that it came back on this day."""
    with store.transaction():
        out = sittings.copies_out(store, conference.id or 0)
        return tuple(settle_copy(store, one, RecallState.RETURNED, on=on) for one in out)


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
    """Keep a questionnaire after a sitting; a second one of an agency replaces nothing.

    Where the body answers without a name, neither agency nor name is kept.

    Raises:
        Invalid: It is blank, or agency or name are missing where it is answered with a name.
    """
    if is_anonymous(store, conference):
        answer = replace(answer, agency=None, answered_by=None)
    elif missing := [empty(n, label) for n, label in _SIGNED.items() if not getattr(answer, n)]:
        raise Invalid(missing)
    if not (answer.helpful or answer.hard or answer.next_time):
        raise Invalid([empty("helpful", "役に立ったこと・困ったこと・次の会議に望むことのどれか")])
    require(answer)
    return store.save(replace(answer, conference_id=conference.id))


def is_anonymous(store: Store, conference: Conference) -> bool:
    """Whether a sitting's members answer the questionnaire without a name (the profile says)."""
    return (
        bool(conference.body) and store.profile.body(conference.body or "").anonymous_questionnaire
    )


def hears_no_cases(store: Store, conference: Conference) -> bool:
    """Whether a sitting's body hears no single cases: it looks at how the work is done."""
    bases = store.profile.body(conference.body).bases if conference.body else ()
    return bool(bases) and all(store.profile.basis(code).anonymous for code in bases)


def improvements_of(store: Store, conference: Conference) -> list[Improvement]:
    """Give what a sitting's body ever asked to be improved, the unanswered first."""
    found = store.find(Improvement, order="raised_on DESC")
    same = {c.id for c in store.find(Conference) if c.body == conference.body}
    mine = [one for one in found if one.conference_id in same]
    return sorted(mine, key=lambda one: one.answered_on is not None)


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
