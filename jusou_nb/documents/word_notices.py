"""開催通知 as a Word file: a page for each agency called, as its page has it."""

from collections.abc import Mapping, Sequence
from datetime import date

from jusou_nb.documents import notices
from jusou_nb.documents.notices import Call
from jusou_nb.documents.word import Letter, WordPaper
from jusou_nb.documents.word_slots import Slot, Slots, Table, Values
from jusou_nb.errors import NotFound
from jusou_nb.forms import Conference
from jusou_nb.store import Store, queries

_WORDS: Mapping[str, tuple[str, str]] = {
    "件名": ("title", "通知の名前（プロファイルの letters）"),
    "公印": ("no_seal", "「（公印省略）」など"),
    "あいさつ": ("greeting", "あいさつと用件"),
    "取扱い": ("handling", "資料の扱いの説明"),
    "返信票の名前": ("slip_title", "返信票の名前"),
    "代理不可の説明": ("no_deputy", "個人委嘱の席の説明"),
}
SLOTS: Slots = (
    *(Slot(name, says) for name, (_, says) in _WORDS.items()),
    Slot("会議体", "会議体の名前"),
    Slot("日時", "会議の日と時間"),
    Slot("場所", "会議の場所"),
    Slot("随時開催", "随時の会議かどうか（if に使う）", is_asked=True),
    Slot("返信の期限", "出欠の返信の期限"),
    Slot("守秘義務", "守秘義務のある会議かどうか（if に使う）", is_asked=True),
    Slot("文書記号番号", "文書記号と番号（手で書く）"),
    Slot("様式名", "「見本市様式第1号」の形"),
    Table(
        "宛先",
        "通知を出す機関（1機関に1ページ）",
        (
            Slot("機関", "機関の名前"),
            Slot("敬称", "御中か様"),
            Slot("個人", "個人委嘱の席かどうか（if に使う）", is_asked=True),
            Table(
                "根拠",
                "呼ばれている案件の法的根拠",
                (Slot("名前", "根拠の名前"), Slot("条文", "法律の条")),
            ),
        ),
    ),
)


def letters(
    store: Store, record_id: int, /, *, day: date, recipient: str, basis: str
) -> Sequence[Letter]:
    """Gather 開催通知 of a sitting: one file with every agency called.

    Raises:
        NotFound: No such sitting, nobody is called to it, or a recipient was named.
    """
    if recipient or basis:
        raise NotFound(
            "「開催通知」は呼ぶ機関すべてを一つにします。宛先と根拠の指定を外してください"
        )
    conference = queries.conference(store, record_id)
    told = notices.convening_values(store, conference, day)
    if not told["calls"]:
        raise NotFound(
            "呼ぶ機関が確定していません。会議の画面で確定してから、もう一度行ってください"
        )
    held = conference.held_on.isoformat() if conference.held_on else "日付未定"
    identity = notices.convening_identity(store, conference)
    return [Letter(identity=identity, values=_values(told), label=f"{held}_会議{record_id}")]


def _values(told: Values) -> Values:
    words = told["words"]
    return {
        **{name: words.get(key, "") for name, (key, _) in _WORDS.items()},
        "会議体": told["body"],
        "日時": told["when"],
        "場所": told["place"],
        "随時開催": told["is_ad_hoc"],
        "返信の期限": told["reply_by"],
        "守秘義務": told["confidential"],
        "文書記号番号": told["frame"].register_number,
        "様式名": told["frame"].foot,
        "宛先": [_call(call) for call in told["calls"]],
    }


def _call(call: Call) -> Values:
    return {
        "機関": call.agency,
        "敬称": "様" if call.is_person else "御中",
        "個人": call.is_person,
        "根拠": [{"名前": basis.label, "条文": basis.law} for basis in call.bases],
    }


WORD = (
    WordPaper(
        name=notices.CONVENING,
        table=Conference.table,
        stem="notice",
        slots=SLOTS,
        gather=letters,
        of_office=True,
    ),
)
