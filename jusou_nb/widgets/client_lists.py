"""The records of a client that open on the page by themselves, and how each is called."""

from dataclasses import dataclass

from jusou_nb import values
from jusou_nb.dates import wareki
from jusou_nb.fields import Form, get_item
from jusou_nb.forms import (
    Case,
    CaseNote,
    Consent,
    Ending,
    Evaluation,
    Monitoring,
    Referral,
    SchemeCheck,
    StatutoryReport,
    SupportRequest,
)
from jusou_nb.store import Store

OF_PERSON, OF_CLIENT, OF_CASE, OF_HOUSEHOLD = "person_id", "client_id", "case_id", "household_id"


@dataclass(frozen=True)
class Kept:
    """A list: its caption, the form, whose it is, what it is ordered by, and its columns."""

    caption: str
    form: type[Form]
    of: str
    order: str
    columns: tuple[tuple[str, str], ...]
    always: bool = False


LISTS = (
    Kept(
        "支援経過", CaseNote, OF_CASE, "happened_at DESC",
        (("日時", "happened_at"), ("内容", "content"), ("次にすること", "next_action"),
         ("期限", "next_due")), always=True,
    ),
    Kept(
        "同意の記録", Consent, OF_PERSON, "stated_on DESC",
        (("同意日", "stated_on"), ("本人同意", "state"), ("方法", "manner"),
         ("書面をもらう期限", "written_by")), always=True,
    ),
    Kept(
        "つないだ先", Referral, OF_CLIENT, "sent_on DESC",
        (("つないだ日", "sent_on"), ("つなぎ先", "destination"), ("結果", "answer"),
         ("次の一手", "after_refusal")), always=True,
    ),
    Kept(
        "通報・通告の記録", StatutoryReport, OF_HOUSEHOLD, "noticed_at DESC",
        (("知った日時", "noticed_at"), ("種別", "suspicion"), ("結果", "state")),
    ),
    Kept(
        "支援要請", SupportRequest, OF_HOUSEHOLD, "requested_on DESC",
        (("要請日", "requested_on"), ("要請した機関", "requested_by"), ("結果", "answer")),
    ),
    Kept(
        "既存制度の確認", SchemeCheck, OF_CASE, "checked_on DESC",
        (("確認日", "checked_on"), ("制度・サービス", "scheme"), ("結果", "result")),
    ),
    Kept(
        "モニタリング", Monitoring, OF_CASE, "held_on DESC",
        (("実施日", "held_on"), ("世帯の変化", "change"), ("次回", "next_on")),
    ),
    Kept(
        "評価", Evaluation, OF_CASE, "evaluated_on DESC",
        (("評価日", "evaluated_on"), ("目標の達成状況", "achievement"), ("次の段階", "next_step")),
    ),
    Kept(
        "終結・中断の記録", Ending, OF_CASE, "ended_on DESC",
        (("終結・中断日", "ended_on"), ("種別", "kind"), ("理由", "reason"),
         ("受け入れ", "acceptance"), ("再開日", "reopened_on")),
    ),
)  # fmt: skip

LISTED = frozenset({kept.form.table for kept in LISTS} | {Case.table})
"""Tables whose records open on the page by themselves, to be corrected or struck."""


def name_of(store: Store, record: Form) -> str:
    """Name a record as its list does, by caption and first column; one in no list by its title."""
    kept = next((kept for kept in LISTS if kept.form is type(record)), None)
    if kept is None:
        return record.title
    _, name = kept.columns[0]
    return f"{kept.caption}　{_text(record, name, store) or '（日付なし）'}"


def _text(record: Form, name: str, store: Store) -> str:
    value = getattr(record, name)
    if name.endswith("_at"):
        return wareki(value.date()) if value else ""
    return values.show(get_item(type(record), name), value, store.lexicon())
