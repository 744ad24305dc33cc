"""会議記録 as a Word file: what the copy's own page holds of the sitting, row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from jusou_nb.dates import wareki
from jusou_nb.documents import minutes
from jusou_nb.documents.minutes import Answer, ItemRecord, Rows
from jusou_nb.documents.packet import Packet, packet
from jusou_nb.documents.sitting import bases_of
from jusou_nb.documents.word import Letter, WordPaper
from jusou_nb.documents.word_slots import Slot, Slots, Table, Values
from jusou_nb.errors import NotFound
from jusou_nb.forms import Conference
from jusou_nb.forms.conference import AgreementAnswer
from jusou_nb.rules.sharing import CHAIR
from jusou_nb.store import Store, queries

_SEAT = ("機関", "職", "氏名", "出欠")
_PRESENCE = ("機関", "出た人", "出欠", "途中から", "途中まで")
_DIRECTION = ("何をする", "誰が", "いつまで", "見直し日")
_DECISION = ("何を", "誰が", "いつまで")
_ANSWER = ("機関", "返事", "条件", "期限", "返事の日")
_RESULTS = {
    "発言の要旨": "discussion",
    "議長のまとめ": "summing_up",
    "次回": "next_on",
    "不足する社会資源": "missing_resources",
    "主担当": "lead_agency",
    "事後承認の日": "approved_after_on",
}
_MEETING = {
    "会議体": "body",
    "根拠": "basis_label",
    "会議日": "day",
    "時間": "hours",
    "場所": "place",
}


def _columns(*names: str) -> tuple[Slot, ...]:
    return tuple(Slot(name, name) for name in names)


MEETING = (
    Slot("会議体", "会議体の名前"),
    Slot("根拠", "この会議記録の案件の法的根拠"),
    Slot("会議日", "会議の日と曜日"),
    Slot("時間", "会議の時間"),
    Slot("場所", "会議の場所"),
    Slot("宛先", "議長用・事務局控か、機関の名前"),
    Slot("部の番号", "「9部中1番」の形"),
)
_ITEM: Slots = (
    Slot("番号", "案件番号"),
    Slot("件名", "案件の人（記号か氏名）"),
    Slot("種別", "新規、継続など"),
    Slot("検討したいこと", "検討したいこと"),
    *(Slot(name, name) for name in _RESULTS),
    Slot("結果", "了承、差戻しなど"),
    Table("出欠", "この案件の出欠（議長用だけ）", _columns(*_PRESENCE)),
    Table("支援方針", "支援方針・役割分担表の行", _columns(*_DIRECTION)),
    Table("決定事項", "決定事項の行", _columns(*_DECISION)),
    Table("了承", "各機関の了承（機関用では自分の行だけ）", _columns(*_ANSWER)),
)
SLOTS: Slots = (
    *MEETING,
    Slot("議長用", "議長用・事務局控かどうか（if に使う）", is_asked=True),
    Slot("プランを決める", "プランを了承する会議かどうか（if に使う）", is_asked=True),
    Slot("配布部数", "配った部数（議長用だけ）"),
    Slot("回収部数", "回収した部数（議長用だけ）"),
    Table("出席者", "会議の出欠（議長用だけ）", _columns(*_SEAT)),
    Table("案件", "この控えに載る案件", _ITEM),
)


def letters(
    store: Store, record_id: int, /, *, day: date, recipient: str, basis: str
) -> Sequence[Letter]:
    """Gather 会議記録: a file for each basis that the recipient has a copy on."""
    conference = queries.conference(store, record_id)
    wanted = [basis] if basis else [known.code for known in bases_of(store, conference)]
    reader = recipient or CHAIR.kind.value
    found = []
    for code in wanted:
        try:
            copy = packet(store, record_id, recipient=reader, basis=code, made_on=wareki(day))
        except NotFound:
            if basis or len(wanted) == 1:
                raise
            continue
        found.append(_letter(copy))
    if not found:
        raise NotFound(f"会議 {record_id} 番に、宛先「{reader}」の会議記録はありません")
    return found


def _letter(copy: Packet) -> Letter:
    day = copy.sitting.conference.held_on
    held = day.isoformat() if day else "日付未定"
    label = f"{held}_会議{copy.sitting.conference.id}_{copy.sitting.basis.label}"
    title = replace(copy.identity, title=f"{copy.sitting.basis.label} 会議記録")
    return Letter(identity=title, values=values(copy), label=f"{label}_{copy.copy.label}")


def values(copy: Packet) -> Values:
    """Write what the minutes of this copy hold, by the names of the template."""
    told = minutes.values(copy)
    settled = told["settled"]
    is_chair = told["is_chair"]
    return {
        **meeting(copy, told),
        "議長用": is_chair,
        "プランを決める": told["decides_plan"],
        "配布部数": str(len(copy.copies)) if is_chair else "",
        "回収部数": str(settled[0]) if is_chair and settled else "",
        "出席者": _rows(_SEAT, told["seats"]),
        "案件": [_item(record, is_chair=is_chair) for record in told["records"]],
    }


def meeting(copy: Packet, told: Values) -> dict[str, Any]:
    """Write what stands at the head of a paper of a sitting."""
    number = f"{copy.copy.of}部中{copy.copy.number}番"
    own = {name: told[key] for name, key in _MEETING.items()}
    return {**own, "宛先": copy.copy.label, "部の番号": number}


def _item(record: ItemRecord, *, is_chair: bool) -> Values:
    part = record.part
    return {
        "番号": str(part.number),
        "件名": part.subject,
        "種別": part.kind,
        "検討したいこと": part.question,
        **{name: record.results[key] for name, key in _RESULTS.items()},
        "結果": "".join(label for label, chosen in record.outcomes if chosen),
        "出欠": _rows(_PRESENCE, record.attendances),
        "支援方針": _rows(_DIRECTION, _filled(record.directions)),
        "決定事項": _rows(_DECISION, _filled(record.decisions)),
        "了承": [_answer(answer, is_chair=is_chair) for answer in record.answers],
    }


def _rows(names: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Values]:
    return [dict(zip(names, row, strict=True)) for row in rows]


def _filled(rows: Rows) -> Rows:
    """Leave out the lines that the page has to be written on by hand."""
    return tuple(row for row in rows if any(row))


def _answer(answer: Answer, *, is_chair: bool) -> Values:
    """Write an answer; a condition or a day that no longer stands stays off, as on the page."""
    said = [kind for kind in AgreementAnswer if answer.marks[kind.value] == "■"]
    taken_back = AgreementAnswer.TAKEN_BACK in said
    stands = AgreementAnswer.CONDITIONAL in said or (is_chair and taken_back)
    told = (
        "".join(kind.label for kind in said),
        answer.condition if stands else "",
        answer.due if taken_back else "",
        answer.answered,
    )
    return dict(zip(_ANSWER, (answer.agency, *told), strict=True))


WORD = (
    WordPaper(
        name="会議記録",
        table=Conference.table,
        stem="minutes",
        slots=SLOTS,
        gather=letters,
        of_office=True,
    ),
)
