"""What waits of the town: gaps to word and to answer, 気づきシート, stays, experts' answers.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.forms.community import GapState
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.store.due_sql import Kind, later, waiting


def missing_resources() -> str:
    """不足資源の登録: a sitting noted what is missing, and nobody has put it on the list.

    Whose: the office. Date: the profile's days after the sitting. Until: a 不足資源 of the item
    is kept, whatever becomes of it; the words are taken out of the item.
    """
    kept = "SELECT 1 FROM resource_gaps AS g WHERE g.agenda_item_id = a.id AND g.struck_at IS NULL"
    return waiting(
        "agenda_items AS a JOIN conferences AS c ON c.id = a.conference_id",
        "a.struck_at IS NULL AND c.struck_at IS NULL"
        f" AND c.state = '{ConferenceState.HELD.value}'"
        f" AND coalesce(a.missing_resources, '') <> '' AND NOT EXISTS ({kept})",
        record_id="a.id",
        due_on=later("c.held_on", "decision_due_days"),
    )


def gap_answers() -> str:
    """不足資源の回答: put forward to the 代表者会議, and nothing has become of it yet.

    Whose: the agency that owns it. Date: 回答の期限, else the profile's days after it was
    raised. Until: できた・見つかった or 見送った.
    """
    return waiting(
        "resource_gaps AS g",
        f"g.struck_at IS NULL AND g.state = '{GapState.PUT_FORWARD.value}'",
        record_id="g.id",
        due_on=f"coalesce(g.answer_due, {later('g.raised_on', 'gap_answer_days')})",
        agency_id="g.owner",
    )


def sign_answers() -> str:
    """気づきシートの返事: a window sent one, and has heard nothing yet.

    Whose: the office; the window's name is not told. Date: the profile's days after it came.
    Until: it is answered.
    """
    return waiting(
        "sign_sheets AS s",
        "s.struck_at IS NULL AND s.answered_on IS NULL",
        record_id="s.id",
        due_on=later("s.sent_on", "sign_answer_days"),
        intake_id="s.intake_id",
    )


def shelter_stays() -> str:
    """緊急一時保護の見直し: somebody is still in a place that the office pays for by the night.

    Whose: whoever has the case; else everybody's. Date: the profile's days after the stay
    began. Until: 保護の終わり.
    """
    return waiting(
        "shelters AS s",
        "s.struck_at IS NULL AND s.ends_on IS NULL",
        record_id="s.id",
        due_on=later("s.starts_on", "shelter_review_days"),
        case_id="s.case_id",
        household_id="s.household_id",
    )


def advice_answers() -> str:
    """専門家の助言の返事: an expert was asked, and has not answered.

    Whose: whoever has the case; else everybody's. Date: the profile's days after the question.
    Until: 助言の日.
    """
    return waiting(
        "advices AS a",
        "a.struck_at IS NULL AND a.answered_on IS NULL",
        record_id="a.id",
        due_on=later("a.asked_on", "answer_due_days"),
        case_id="a.case_id",
    )


KINDS = (
    Kind(
        sql=missing_resources,
        table="agenda_items",
        label="不足資源の登録",
        what_to_do="だれのことか分からない言葉に直して、「不足資源・地域課題」に登録してください。",
    ),
    Kind(
        sql=gap_answers,
        table="resource_gaps",
        label="不足資源の回答",
        what_to_do="担当する課・機関に聞いて、どうなったかを記録してください。",
    ),
    Kind(
        sql=sign_answers,
        table="sign_sheets",
        label="気づきシートの返事",
        what_to_do="受け付けるか見守るかを決めて、届けた部署に返事をしてください。",
    ),
    Kind(
        sql=shelter_stays,
        table="shelters",
        label="緊急一時保護の見直し",
        what_to_do="次の住まいを決め、保護の終わりと金額を記録してください。",
    ),
    Kind(
        sql=advice_answers,
        table="advices",
        label="専門家の助言の返事",
        what_to_do="専門家に確かめて、助言の内容と謝金を記録してください。",
    ),
)
