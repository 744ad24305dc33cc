"""What waits of sittings: sheets, decisions, directions, answers, copies, improvements.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.conference import AgendaKind, AgreementAnswer, ConferenceState, Outcome
from jusou_nb.forms.provenance import Release
from jusou_nb.store.due_sql import RUNS, Kind, later, next_consent_sitting, waiting

_OF_ITEM = (
    " JOIN agenda_items AS a ON a.id = w.agenda_item_id AND a.struck_at IS NULL"
    " LEFT JOIN conferences AS c ON c.id = a.conference_id"
)
_WHERE = "w.struck_at IS NULL"


def _of_item(table: str, where: str, due_on: str) -> str:
    return waiting(
        f"{table} AS w{_OF_ITEM}",
        f"{_WHERE} AND {where}",
        record_id="w.id",
        due_on=due_on,
        case_id="a.case_id",
        client_id="a.client_id",
        agency_id="w.agency",
    )


def preparation_sheets() -> str:
    """事前シートの回答: an agency was asked before a sitting and has not answered.

    Whose: the agency, and whoever has the case. Date: 提出の期限, else the day of the sitting.
    Until: it is answered, on paper or by 聞き取り; the sitting is held, over or called off.
    """
    return _of_item(
        "preparation_sheets",
        f"w.returned_on IS NULL AND c.state = '{ConferenceState.PLANNED.value}'"
        " AND c.struck_at IS NULL AND c.held_on >= :today",
        "coalesce(w.due_on, c.held_on)",
    )


def decisions() -> str:
    """会議の決定事項: what a sitting decided and nobody has done yet.

    Whose: the agency that it names, and whoever has the case. Date: いつまで, else the item's
    次回, else the profile's days after the sitting. Until: 済んだ日, or 取消; a case that ends
    does not take its decisions along.
    """
    due_on = f"coalesce(w.due_on, a.next_on, {later('c.held_on', 'decision_due_days')})"
    return _of_item("decisions", "w.done_on IS NULL", due_on)


def directions() -> str:
    """支援方針・役割分担: a row of the 支援会議 that is not done yet.

    Whose: the agency that it names, and whoever has the case. Date: いつまで, else 見直し日,
    else the item's 次回, else the profile's days after the sitting. Until: 済んだ日, or 取消.
    """
    due_on = (
        f"coalesce(w.due_on, w.review_on, a.next_on, {later('c.held_on', 'decision_due_days')})"
    )
    return _of_item("direction_rows", "w.done_on IS NULL", due_on)


def agreements() -> str:
    """持ち帰りの返事: an agency took a question back and has not answered.

    Whose: the agency, and whoever has the case. Date: 返事の期限, else the profile's days after
    the sitting. Until: its answer changes, or 返事の日 is after the sitting.
    """
    return _of_item(
        "agreements",
        f"w.answer = '{AgreementAnswer.TAKEN_BACK.value}'"
        " AND (w.answered_on IS NULL OR w.answered_on <= c.held_on)",
        f"coalesce(w.due_on, {later('c.held_on', 'answer_due_days')})",
    )


def provenances() -> str:
    """移行の一覧の返事: a fact heard at a 支援会議, and its agency has not said what may be done.

    Whose: the agency that holds it, and whoever has the case. Date: the next sitting with an
    item of the person on a basis of consent, else none. Until: 出す, 伏せる or 再聴取済.
    """
    return waiting(
        "provenances AS w JOIN cases AS k ON k.id = w.case_id",
        f"{_WHERE} AND {RUNS} AND w.release = '{Release.OPEN.value}'",
        record_id="w.id",
        due_on=next_consent_sitting("k.client_id"),
        case_id="k.id",
        agency_id="w.held_by",
    )


def after_approvals() -> str:
    """事後承認: a 事後報告 stood on a sitting that has met, and nobody wrote that it was approved.

    Whose: whoever has the case. Date: the day of the sitting. Until: 事後承認の日; 差戻し.
    """
    return waiting(
        "agenda_items AS w JOIN conferences AS c ON c.id = w.conference_id",
        f"{_WHERE} AND c.struck_at IS NULL AND c.held_on <= :today"
        f" AND c.state <> '{ConferenceState.CANCELLED.value}'"
        f" AND w.kind = '{AgendaKind.AFTER_THE_FACT.value}' AND w.approved_after_on IS NULL"
        f" AND coalesce(w.outcome, '') <> '{Outcome.RETURNED.value}'",
        record_id="w.id",
        due_on="c.held_on",
        case_id="w.case_id",
    )


def copies() -> str:
    """資料の回収: a numbered copy is out.

    Whose: the agency that has it. Date: the day of the sitting. Until: it is back, shredded or
    replaced.
    """
    return waiting(
        "copy_recalls AS w JOIN conferences AS c ON c.id = w.conference_id",
        f"{_WHERE} AND w.state = '{RecallState.OUT.value}'",
        record_id="w.id",
        due_on="c.held_on",
        agency_id="w.agency",
    )


def improvements() -> str:
    """改善事項の回答: what the 代表者会議 asked for, and nobody has answered.

    Whose: the agency that owns it. Date: 回答の期限, else the profile's days after it was raised.
    Until: 回答日.
    """
    return waiting(
        "improvements AS w",
        f"{_WHERE} AND w.answered_on IS NULL",
        record_id="w.id",
        due_on=f"coalesce(w.answer_due, {later('w.raised_on', 'improvement_answer_days')})",
        agency_id="w.owner",
    )


KINDS = (
    Kind(
        sql=preparation_sheets,
        table="preparation_sheets",
        label="事前シートの回答",
        what_to_do="回答を催促するか、電話で聞き取って記入してください。",
    ),
    Kind(
        sql=decisions,
        table="decisions",
        label="会議の決定事項",
        what_to_do="行ったかを確かめ、済んだ日か「その後」を記入してください。",
    ),
    Kind(
        sql=directions,
        table="direction_rows",
        label="支援方針・役割分担",
        what_to_do="行ったかを確かめ、済んだ日を記入するか、見直してください。",
    ),
    Kind(
        sql=agreements,
        table="agreements",
        label="持ち帰りの返事",
        what_to_do="持ち帰った機関の返事をもらい、記録してください。",
    ),
    Kind(
        sql=provenances,
        table="provenances",
        label="移行の一覧の返事",
        what_to_do="情報を持つ機関に、出すか伏せるかを聞いて、まとめて記録してください。",
    ),
    Kind(
        sql=after_approvals,
        table="agenda_items",
        label="事後承認",
        what_to_do="会議が認めたかを確かめ、「事後承認の日」を記入してください。",
    ),
    Kind(
        sql=copies,
        table="copy_recalls",
        label="資料の回収",
        what_to_do="番号を確かめて回収し、回収・裁断した日を記入してください。",
    ),
    Kind(
        sql=improvements,
        table="improvements",
        label="改善事項の回答",
        what_to_do="担当する課・機関の回答をもらい、記録してください。",
    ),
)
