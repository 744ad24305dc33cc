"""起案（伺い文）: of a 支援決定, of a sitting's holding, of an expense.

They stay in the office and hold what the printed form of the record holds: whoever told us
and the whereabouts of a person under 秘匿 are left off.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from jusou_nb.documents.lettering import paper_lexicon
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import of_record
from jusou_nb.documents.sheet import household_of
from jusou_nb.documents.word import GatherLetters, Letter, WordPaper
from jusou_nb.documents.word_slots import Slot, Table, Values, slots_of, values_of
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form, get_item
from jusou_nb.forms import Advice, AgendaItem, Conference, Shelter, SupportPlan
from jusou_nb.store import Store, papers, queries
from jusou_nb.values import show

PLAN, SITTING, SHELTER, FEE = "支援決定伺い", "会議開催伺い", "一時保護支出伺い", "謝金支出伺い"
FRAME = (
    Table("決裁欄", "決裁欄の職（プロファイルの office_papers）", (Slot("職", "職の名前"),)),
    Table("供覧欄", "供覧欄の職", (Slot("職", "職の名前"),)),
    Slot("起案日", "起案した日"),
    Slot("決裁日", "決裁の日（手で書く）"),
    Slot("文書記号番号", "文書記号と番号（手で書く）"),
    Slot("保存年限", "保存年限と満了の日"),
    Slot("様式名", "「見本市様式第1号」の形"),
)
_WHO = (Slot("本人", "本人の氏名"), Slot("受付番号", "相談受付の番号"))
_AGENDA = ("番号", "種別", "根拠")
_LEAVE = frozenset({"cancelled_because"})
_CASES = Table("案件", "案件の数と種別（だれのことかは載らない）",
               tuple(Slot(name, name) for name in _AGENDA))  # fmt: skip


def frame(store: Store, name: str, day: date) -> Values:
    """Write what the office puts around a paper of its own."""
    own = office_frame(store, name, day=day)
    return {
        "決裁欄": [{"職": post} for post in own.approval],
        "供覧欄": [{"職": post} for post in own.circulation],
        "起案日": own.drafted_on,
        "決裁日": own.decided_on,
        "文書記号番号": own.register_number,
        "保存年限": own.keeping,
        "様式名": own.foot,
    }


def _draft(
    store: Store,
    record_id: int,
    /,
    *,
    day: date,
    recipient: str,
    basis: str,
    name: str,
    form: type[Form],
) -> Sequence[Letter]:
    """Gather the 伺い文 of a record; it has no recipient but the office."""
    if recipient or basis:
        raise NotFound(f"「{name}」に宛先と根拠はありません。指定を外してください")
    record = store.load(form, record_id)
    shown = papers.shown_of_record(store, form, record_id)
    framed = frame(store, name, day)
    # Where the record has no 決裁日 yet, the blank of the frame stands to be written on.
    own = {key: value for key, value in _own(store, record).items() if value or key not in framed}
    values = {**framed, **own}
    if isinstance(record, Conference):
        values |= {_CASES.name: _agenda(store, record_id)}
        shown += [(AgendaItem.table, item.id or 0) for item in queries.items_of(store, record_id)]
    identity = of_record(store, name, (form.table, record_id), shown)
    return [Letter(identity=identity, values=values, label=str(record_id))]


def _own(store: Store, record: Form) -> dict[str, Any]:
    """Write the boxes of a record, and whose it is where it is somebody's."""
    lexicon = paper_lexicon(store, household_of(store, record))
    values = values_of(record, lexicon, leave=_LEAVE)
    if isinstance(record, Conference):
        return values
    links = {name: getattr(record, name, None) for name in ("client_id", "case_id")}
    about = papers.about(store, **links)
    return {
        **values,
        "本人": about.name if about else "",
        "受付番号": about.number if about else "",
    }


def _agenda(store: Store, conference_id: int) -> list[Values]:
    lexicon = store.lexicon()
    boxes = [get_item(AgendaItem, name) for name in ("place_in_order", "kind", "basis")]
    return [
        {
            name: show(box, getattr(item, box.name), lexicon)
            for name, box in zip(_AGENDA, boxes, strict=True)
        }
        for item in queries.items_of(store, conference_id)
    ]


def _gather(name: str, form: type[Form]) -> GatherLetters:
    return partial(_draft, name=name, form=form)


def _paper(name: str, stem: str, form: type[Form]) -> WordPaper:
    whose = (_CASES,) if form is Conference else _WHO
    own = slots_of(form, leave=_LEAVE)
    frame_slots = [slot for slot in FRAME if slot.name not in {known.name for known in own}]
    return WordPaper(
        name=name,
        table=form.table,
        stem=stem,
        slots=(*frame_slots, *whose, *own),
        gather=_gather(name, form),
        of_office=form is Conference,
    )


WORD = (
    _paper(PLAN, "decision", SupportPlan),
    _paper(SITTING, "sitting", Conference),
    _paper(SHELTER, "shelter", Shelter),
    _paper(FEE, "fee", Advice),
)
