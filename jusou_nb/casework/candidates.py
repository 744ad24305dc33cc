"""案件の候補: which cases may come to a sitting, why, on which basis; several put on at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.casework.agenda import Placed, agenda_problems, bases_of, put_on_agenda
from jusou_nb.casework.emergencies import report_emergency
from jusou_nb.dates import wareki
from jusou_nb.errors import NotAllowed
from jusou_nb.fields import Code
from jusou_nb.forms import AgendaItem, Case, Conference, Emergency
from jusou_nb.forms.conference import AgendaKind
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Basis
from jusou_nb.rules import long_cases
from jusou_nb.store import Store, candidates
from jusou_nb.store.candidates import Ground, Line, Why

LIMIT = 100
"""So many candidates are looked at one by one; the others follow when these are dealt with."""
_KINDS = {
    Why.PLAN: None,
    Why.REPLAN: AgendaKind.CONTINUED,
    Why.ENDS: AgendaKind.REVIEW,
    Why.CLOSE: AgendaKind.CLOSURE,
    Why.MONITORING: AgendaKind.REVIEW,
}
"""The kind of the item by its first reason; else 新規 or 継続 as the case was heard before."""
_QUESTIONS = {
    Why.EMERGENCY: "緊急対応の事後報告。",
    Why.ASKED: "支援の求めを受けて、だれが何をするかを決める。",
    Why.AGAIN: "前の会議からの続き。",
    Why.PLAN: "プラン案を決める。",
    Why.REPLAN: "プランを見直す。",
    Why.ENDS: "プランの終わりに、続けるか、終えるかを決める。",
    Why.CLOSE: "終結してよいかを決める。",
    Why.MONITORING: "モニタリングの結果を共有し、続けるかを決める。",
    Why.NEW: "はじめての検討。課題を共有し、だれが何をするかを決める。",
}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A case, or an emergency without one, that may come to a sitting.

    Attributes:
        key: The case's id, or minus the emergency's.
        name: Who it is about.
        number: 受付番号; empty for an emergency without a case.
        grounds: Why, the most urgent reason first.
        bases: On which bases it may go, the proposed one first.
        barred: For each other basis, its name and what forbids it.
        stands: Where it stands on an agenda already; empty where it stands on none.
        met_on: When a sitting last heard it.
    """

    key: int
    name: str
    number: str
    grounds: tuple[Ground, ...]
    bases: tuple[Basis, ...] = ()
    barred: tuple[tuple[str, Problem], ...] = ()
    stands: str = ""
    met_on: date | None = None

    @property
    def is_free(self) -> bool:
        """Whether it can be put on the sitting now."""
        return bool(self.bases) and not self.stands


@dataclass(frozen=True, kw_only=True)
class PutOn:
    """What was put on, and what was not, by its key and with the reason."""

    placed: tuple[Placed, ...]
    refused: tuple[tuple[int, tuple[Problem, ...]], ...] = ()


def candidates_for(
    store: Store, sitting: Conference, *, today: date, limit: int = LIMIT
) -> list[Candidate]:
    """List who may come to a sitting, the most urgent reason first, then the longest unheard.

    Those who stand on an agenda already come last; those beyond the limit are the least urgent.
    """
    found = candidates.grounds(store, sitting, today)
    known = candidates.lines(store, sitting, found)
    order = list(Why)

    def place(key: int) -> tuple[bool, int, date, int]:
        line = known.get(key)
        met = line.met_on if line else None
        stands = bool(line and _stands(line))
        return stands, order.index(found[key][0].why), met or date.min, key

    keys = sorted((key for key in found if key in known or key < 0), key=place)[:limit]
    bases = bases_of(store, sitting)
    made = [_candidate(store, sitting, bases, known.get(key), (key, found[key])) for key in keys]
    return [candidate for candidate in made if candidate is not None]


def _candidate(
    store: Store,
    sitting: Conference,
    bases: Sequence[Basis],
    line: Line | None,
    told: tuple[int, list[Ground]],
) -> Candidate | None:
    key, grounds = told
    if line is None:
        return _without_case(store, bases, -key, grounds)
    made = Candidate(
        key=key,
        name=line.name,
        number=line.number,
        grounds=tuple(grounds),
        stands=_stands(line),
        met_on=line.met_on,
    )
    if made.stands:
        return made
    case = store.load(Case, key)
    asked = [(basis, _forbidding(store, sitting, case, basis)) for basis in bases]
    # What was done without consent is told where none is asked for.
    first = grounds[0].why is Why.EMERGENCY
    open_ = [basis for basis, why in asked if not why and not (first and basis.requires_consent)]
    barred = tuple((basis.label, why[0]) for basis, why in asked if why)
    return replace(made, bases=tuple(open_), barred=barred)


def _without_case(
    store: Store, bases: Sequence[Basis], emergency_id: int, grounds: Sequence[Ground]
) -> Candidate | None:
    emergency = store.load(Emergency, emergency_id)
    if emergency.household_id is None:
        return None
    found = tuple(basis for basis in bases if not basis.requires_consent)
    who = emergency.who or ""
    return Candidate(key=-emergency_id, name=who, number="", grounds=tuple(grounds), bases=found)


def _stands(line: Line) -> str:
    if line.place_here is not None:
        return f"この会議の{line.place_here}番に載っています。"
    if line.other_sitting_on is not None:
        return f"{wareki(line.other_sitting_on)}の会議に載っています。"
    return ""


def _forbidding(store: Store, sitting: Conference, case: Case, basis: Basis) -> list[Problem]:
    # Who else is called is told of every case alike: it is asked when the case is put on.
    found = agenda_problems(store, replace(sitting, called=None), case, basis.code)
    return [problem for problem in found if problem.strength is not Strength.NOTICE]


def reasons(store: Store, candidate: Candidate) -> list[str]:
    """Say in words why a candidate may come."""
    return [_said(store, ground) for ground in candidate.grounds]


def _said(store: Store, ground: Ground) -> str:
    day = wareki(ground.day) if ground.day else ""
    if ground.why is Why.STUCK:
        return f"停滞（{'、'.join(long_cases.labels(store.profile, ground.problems))}）"
    if ground.why is Why.PLAN:
        return f"プラン案がある（{day}作成、役割{ground.count}件）"
    return _PLAIN[ground.why].format(day=day)


_PLAIN = {
    Why.EMERGENCY: "緊急対応を、まだどの会議にも報告していない",
    Why.ASKED: "機関が会議を求めている（{day}に受理）",
    Why.AGAIN: "{day}の会議で、この会議に続けるとした",
    Why.REPLAN: "モニタリングで、プランの作り直しが要るとした",
    Why.ENDS: "プランの終わり（{day}）が近い",
    Why.MONITORING: "モニタリングの日（{day}）までに確かめる",
    Why.CLOSE: "評価（{day}）で、終結としている",
    Why.NEW: "まだ会議で話していない（{day}から）",
}


def put_candidates(
    store: Store,
    sitting: Conference,
    chosen: Iterable[Candidate],
    *,
    today: date,
    basis: str = "",
) -> PutOn:
    """Put candidates on a sitting, each on the basis proposed for it, or all on ``basis``.

    What no rule lets on stays off and is named; the others go.
    """
    placed: list[Placed] = []
    refused: list[tuple[int, tuple[Problem, ...]]] = []
    with store.transaction():
        for candidate in chosen:
            try:
                placed.append(_put(store, sitting, candidate, basis, today))
            except NotAllowed as fault:
                refused.append((candidate.key, fault.problems))
    return PutOn(placed=tuple(placed), refused=tuple(refused))


def _put(
    store: Store, sitting: Conference, candidate: Candidate, basis: str, today: date
) -> Placed:
    first = candidate.grounds[0]
    if first.emergency_id is not None:
        emergency = store.load(Emergency, first.emergency_id)
        return report_emergency(store, emergency, on=today, conference=sitting)
    code = basis or next((b.code for b in candidate.bases), bases_of(store, sitting)[-1].code)
    item = AgendaItem(basis=Code(code), kind=_kind(first), question=_question(store, candidate))
    return put_on_agenda(store, sitting, store.load(Case, candidate.key), item)


def _kind(ground: Ground) -> AgendaKind | None:
    reviewed = any(problem.rule in long_cases.REVIEWED for problem in ground.problems)
    return AgendaKind.REVIEW if reviewed else _KINDS.get(ground.why)


def _question(store: Store, candidate: Candidate) -> str:
    said = []
    for ground in candidate.grounds:
        if ground.why is Why.STUCK:
            labels = "、".join(long_cases.labels(store.profile, ground.problems))
            said.append(f"進行の確認（{labels}）。{long_cases.next_step(ground.problems)}")
        else:
            said.append(_QUESTIONS[ground.why])
    return "".join(dict.fromkeys(said))
