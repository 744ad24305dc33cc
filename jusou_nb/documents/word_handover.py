"""引継書 of one case as a Word file: what its page holds, table by table."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from jusou_nb.documents import handover
from jusou_nb.documents.handover_case import CasePage, case_page
from jusou_nb.documents.word import Letter, WordPaper
from jusou_nb.documents.word_drafts import FRAME, frame
from jusou_nb.documents.word_slots import Slot, Slots, Table, Values
from jusou_nb.errors import NotFound
from jusou_nb.forms import Case
from jusou_nb.store import Store
from jusou_nb.store.due import due_items

_TABLES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "概要": ("どんなケースか", ("項目", "内容")),
    "注意": ("連絡上・訪問上の注意", ("だれ", "注意", "内容")),
    "約束と期限": ("まだ済んでいないこと", ("いつまで", "何の期限", "すること", "機関")),
    "役割": ("だれが何をするか", ("だれが", "何を", "いつまで", "決めた場")),
    "同意": ("同意の状態と範囲", ("だれの", "状態", "情報", "機関", "注意")),
    "世帯": ("世帯員", ("続柄", "年齢", "性別", "同居", "状況")),
    "関わる機関": ("関わる機関", ("機関", "電話", "最後につないだ日と返事")),
    "日程": ("これからの日程", ("日", "何があるか")),
    "会議で決めたこと": ("会議で決めたこと", ("会議", "何を", "誰が", "いつまで", "その後")),
    "経過": ("最近の経過（新しい順）", ("日時", "方法", "内容", "次にすること")),
}
SLOTS: Slots = (
    *FRAME,
    Slot("受付番号", "相談受付の番号"),
    Slot("本人", "本人の氏名"),
    Slot("既に伺ったことの番号", "「既に伺ったこと」の文書番号（添えて渡す）"),
    *(
        Table(name, says, tuple(Slot(column, column) for column in columns))
        for name, (says, columns) in _TABLES.items()
    ),
)


def letters(
    store: Store, record_id: int, /, *, day: date, recipient: str, basis: str
) -> Sequence[Letter]:
    """Gather the 引継書 of a case; it has no recipient but the office."""
    if recipient or basis:
        raise NotFound(f"「{handover.CASE}」に宛先と根拠はありません。指定を外してください")
    identity = handover.of_case(store, record_id, day=day).identity
    page = case_page(store, record_id, day, due_items(store, day))
    if identity is None:  # pragma: no cover - the first section of a paper says what it is
        raise NotFound(f"ケース {record_id} 番の引継書を作れません")
    values = {**frame(store, handover.CASE, day), **values_of_page(page)}
    return [Letter(identity=identity, values=values, label=f"ケース{record_id}")]


def values_of_page(page: CasePage) -> Values:
    """Write what the page of a case holds, by the names of the template."""
    course = page.course
    rows: Mapping[str, Iterable[Sequence[str]]] = {
        "概要": [(cell.label, cell.value) for line in page.head for cell in line],
        "注意": page.cautions,
        "約束と期限": course.promises,
        "役割": course.roles,
        "同意": page.consents,
        "世帯": page.members,
        "関わる機関": course.agencies,
        "日程": course.coming,
        "会議で決めたこと": course.decisions,
        "経過": course.notes,
    }
    told = {
        name: [dict(zip(_TABLES[name][1], row, strict=True)) for row in found]
        for name, found in rows.items()
    }
    return {
        "受付番号": page.number,
        "本人": page.name,
        "既に伺ったことの番号": page.heard,
        **told,
    }


WORD = (
    WordPaper(name=handover.CASE, table=Case.table, stem="handover", slots=SLOTS, gather=letters),
)
