"""How near a person has let us come; when outreach begins, goes on, ends (rules 4, 23, 25)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jusou_nb.forms.household import Household, Person
from jusou_nb.forms.outreach import Outreach, OutreachEnd, OutreachTry, RelationStage, TryKind
from jusou_nb.forms.scheme_check import SchemeCheck
from jusou_nb.problems import Problem, Strength

_STAGES = tuple(RelationStage)
_COMES_TO = {
    TryKind.MET: RelationStage.MET,
    TryKind.ACCOMPANIED: RelationStage.MET,
    TryKind.FAMILY_ONLY: RelationStage.FAMILY,
}
_LEAVES_TRACE = (
    TryKind.ABSENCE_NOTE, TryKind.LETTER, TryKind.TELEPHONE, TryKind.MAIL, TryKind.SNS,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Relation:
    """What all tries together say of a relation, in the order in which they were made."""

    stage: RelationStage = RelationStage.UNKNOWN
    first_met_on: date | None = None
    agreed_on: date | None = None
    linked_on: date | None = None
    linked_to: int | None = None


def relation_of(tries: Iterable[OutreachTry]) -> Relation:
    """Work out a relation from its tries; one entered late takes its place by its hour.

    A try that states no stage moves it up to what it reached and never down.
    """
    ordered = [t for t in tries if t.tried_at is not None]
    ordered.sort(key=lambda t: (t.tried_at, t.id or 0))
    found = Relation()
    for attempt in ordered:
        found = _after(found, attempt)
    return found


def _after(before: Relation, attempt: OutreachTry) -> Relation:
    day = attempt.tried_at.date() if attempt.tried_at else None
    stage = attempt.stage or _further(before.stage, attempt.kind)
    met = attempt.kind is not None and attempt.kind.reaches_client
    linked = stage is RelationStage.LINKED
    newly = linked and before.stage is not RelationStage.LINKED
    return Relation(
        stage=stage,
        first_met_on=before.first_met_on or (day if met else None),
        agreed_on=before.agreed_on or (day if attempt.stage is RelationStage.AGREED else None),
        linked_on=(day if newly else before.linked_on) if linked else None,
        linked_to=(attempt.linked_to or before.linked_to) if linked else None,
    )


def _further(stage: RelationStage, kind: TryKind | None) -> RelationStage:
    reached = _COMES_TO.get(kind, stage) if kind else stage
    return max(stage, reached, key=_STAGES.index)


def may_begin(
    outreach: Outreach, running: Sequence[Outreach], checks: Sequence[SchemeCheck]
) -> list[Problem]:
    """Ask: may outreach begin? ``running`` are those of the same person, lead or case.

    Of somebody whose case runs, existing schemes are asked about first (rule 25).
    """
    if running:
        return [_stops(
            "outreach.runs_already",
            "この人へのアウトリーチは、もう始まっています。",
            "その対象者票を開いて、続きを記録してください。",
            "known_as",
        )]  # fmt: skip
    if outreach.case_id is None or checks:
        return []
    return [
        Problem(
            rule="outreach.unchecked",
            message="既存制度の確認がないまま、アウトリーチを始めようとしています。",
            remedy="使えなかった制度とその理由を「既存制度の確認」に1件書いてください。",
            box="case_id",
        )
    ]


def may_try(outreach: Outreach, attempt: OutreachTry, today: date) -> list[Problem]:
    """Ask of a try: does the outreach run, and does what was written hold together?"""
    if outreach.ended_on is not None:
        return [_ended()]
    day = attempt.tried_at.date() if attempt.tried_at else today
    problems = []
    if day > today:
        message, remedy = "日時が先の日です。", "これからの訪問は「訪問予定」に書いてください。"
        problems.append(_notes("outreach.later", message, remedy, "tried_at"))
    if outreach.found_on is not None and day < outreach.found_on:
        message = "日時が、把握した日より前です。"
        remedy = "どちらの日付が正しいか確かめてください。"
        problems.append(_notes("outreach.before_found", message, remedy, "tried_at"))
    if attempt.stage is RelationStage.LINKED and attempt.linked_to is None:
        message, remedy = "つながった先が空です。", "つながった機関を選んでください。"
        problems.append(_notes("outreach.linked_where", message, remedy, "linked_to"))
    return problems


def asks_for_consent(*, given: bool) -> list[Problem]:
    """Ask when somebody says yes to support: is their consent in the record too?"""
    if given:
        return []
    message = "「支援に同意した」段階ですが、同意書の記録がありません。"
    remedy = "共有してよい情報と機関を本人に聞いて、同意を記録してください。"
    return [_notes("outreach.consent_next", message, remedy, "stage")]


def leaves_trace(kind: TryKind | None) -> bool:
    """Whether a way of trying leaves something that others of the house may see or hear."""
    return kind in _LEAVES_TRACE


def cautions(
    outreach: Outreach | None,
    household: Household | None,
    person_id: int | None,
    *,
    sees: bool = True,
) -> list[Problem]:
    """Say what to mind whenever a contact is planned: of the outreach, the person, the house.

    For the desk only; no paper that leaves the office holds any of it. ``sees`` is whether
    the worker may see what is masked of the person.
    """
    members = household.members if household else ()
    person = next((m for m in members if m.id == person_id), None)
    asked = "行く前・連絡する前に、いっしょに行く人と確かめてください。"
    found = [
        _notes(rule, f"{label}：{words}。", asked)
        for rule, label, words in _said(outreach, person, sees=sees)
        if words
    ]
    if any(m.is_masked or m.is_opponent for m in members):
        message = "この世帯には、秘匿の人か、その相手方がいます。"
        remedy = "不在票・手紙・留守番電話を残してよいか、先に確かめてください。"
        found.append(_notes("outreach.masked_house", message, remedy))
    return list({p.message: p for p in found}.values())


def _said(
    outreach: Outreach | None, person: Person | None, *, sees: bool
) -> Iterator[tuple[str, str, str | None]]:
    contact, visit = "outreach.contact_caution", "outreach.visit_caution"
    if outreach is not None:
        yield contact, "連絡上の注意", outreach.contact_caution
        yield visit, "訪問上の注意", outreach.visit_caution
    if person is not None:
        yield contact, "連絡上の注意", person.contact_note if sees else None
        yield visit, "訪問上の注意", person.visit_caution


def may_end(
    outreach: Outreach,
    reason: OutreachEnd,
    on: date,
    *,
    note: str,
    tries: Sequence[OutreachTry] = (),
    open_visits: int = 0,
) -> list[Problem]:
    """Ask: may an outreach end? Linked to somebody and stable, or with its explanation."""
    if outreach.ended_on is not None:
        return [_ended()]
    problems = []
    if open_visits:
        message = f"終わっていない訪問予定が{open_visits}件あります。"
        remedy = "帰庁を確かめるか、取りやめにしてください。"
        problems.append(_notes("outreach.visits_open", message, remedy))
    if reason is not OutreachEnd.LINKED_STABLE:
        return [*problems, *_explained(note)]
    return [*problems, *_linked(outreach), *_stable(outreach, on, tries)]


def _explained(note: str) -> list[Problem]:
    if note.strip():
        return []
    message = "つながらないまま終わる説明が空です。"
    remedy = "「終わりの説明」に、これからだれが気にかけるかを1行書いてください。"
    return [_stops("outreach.end_unexplained", message, remedy, "end_note")]


def _linked(outreach: Outreach) -> list[Problem]:
    if outreach.linked_on is not None and outreach.linked_to is not None:
        return []
    return [
        Problem(
            rule="outreach.not_linked",
            message="「つながって安定した」ですが、つながった日か、つながった先の記録がありません。",
            remedy="つながった回を記録するか、別の理由を選ぶか、課長の判断を残してください。",
            strength=Strength.CHIEF,
            box="ended_because",
        )
    ]


def _stable(outreach: Outreach, on: date, tries: Sequence[OutreachTry]) -> list[Problem]:
    since = outreach.linked_on
    days = [t.tried_at.date() for t in tries if t.tried_at]
    if since is None or any(since < day <= on for day in days):
        return []
    message = "つながったあと、落ち着いているかを確かめた記録がありません。"
    remedy = "本人かつながった先に確かめ、一回分を記録してください。"
    return [_notes("outreach.not_seen_stable", message, remedy, "ended_on")]


def may_become_known(outreach: Outreach, other: Sequence[Outreach]) -> list[Problem]:
    """Ask: may an outreach be joined to a person? ``other`` are those that run for them."""
    if outreach.ended_on is not None:
        return [_ended()]
    if not other:
        return []
    message = "この人への別のアウトリーチが続いています。"
    remedy = "「同じ人の票をまとめる」で、二つの記録を一つにしてください。"
    return [_stops("outreach.same_person", message, remedy, "known_as")]


def _ended() -> Problem:
    message = "このアウトリーチは終わっています。"
    return _stops("outreach.ended", message, "また関わるときは、新しい対象者票を作ってください。")


def _stops(rule: str, message: str, remedy: str, box: str = "") -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.FORBIDDEN)


def _notes(rule: str, message: str, remedy: str, box: str = "") -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box)
