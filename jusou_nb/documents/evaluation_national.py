"""国への報告 and 交付金の実績: the questions of a 年度, each beside the figure that answers it.

Which figure answers which question is the town's to say, in its profile; a question without
one is listed as such and never guessed. These tables go to the state with their true figures
and stand in the report of the office only.
"""

from collections.abc import Iterator

from jusou_nb.documents.evaluation_counts import Counted
from jusou_nb.errors import NotFound
from jusou_nb.profile_national import NationalQuestion, ReportSheet
from jusou_nb.store import Store
from jusou_nb.store.yearly import CATALOGUE, Way, part_names
from jusou_nb.tables import Entry, Row, Table

UNDECIDED = "対応する数え方が決まっていません"
_NONE = "この年度の質問は、プロファイルの national_questions にまだありません"
_THICK = "太枠"
_DEFINITION = (
    "質問ごとに、プロファイルの対応表にある指標の数を示す。数え方は、その指標の表のとおり。"
    "小さな数もそのままなので、公表しない。"
)


def require_answerable(store: Store) -> None:
    """Ask that each question of the profile names only what there is.

    Raises:
        NotFound: It says which question, and which of its words.
    """
    for one in store.profile.years.questions:
        wrong = "、".join(_unknown(store, one))
        if wrong:
            raise NotFound(
                f"プロファイルの国への報告（{one.fiscal_year}年度 {one.sheet.label}"
                f" {one.number}）にある「{wrong}」はありません。名前を直してください"
            )


def _unknown(store: Store, one: NationalQuestion) -> Iterator[str]:
    """Name what a question asks for that there is not."""
    if one.programme and one.programme not in store.profile.codes("five_programmes").by_code:
        yield one.programme
    found = CATALOGUE.get(one.indicator)
    if found is None:
        yield from (word for word in (one.indicator, one.part, one.way) if word)
        return
    if one.way and one.way not in {way.value for way in found.ways}:
        yield one.way
    if one.part and not (found.by and found.codes and one.part in part_names(store, found)):
        yield one.part


def national_tables(year: Counted) -> list[Table]:
    """Give the sheets of a 年度; one that has no question yet says so."""
    own = [q for q in year.store.profile.years.questions if q.fiscal_year == year.span.year]
    survey = [q for q in own if q.sheet is ReportSheet.SURVEY]
    grant = sorted((q for q in own if q.sheet is ReportSheet.GRANT), key=_place)
    return [
        _table("national_survey", ReportSheet.SURVEY, [_asked(year, q) for q in survey]),
        _table("national_grant", ReportSheet.GRANT, [_asked(year, q) for q in grant]),
    ]


def _place(one: NationalQuestion) -> str:
    return one.line.value if one.line else "9"


def _table(code: str, sheet: ReportSheet, rows: list[Row]) -> Table:
    return Table(
        id=code,
        title=sheet.label,
        definition=_DEFINITION,
        unit="表のとおり",
        counted_on="それぞれの指標の日",
        source="プロファイルの対応表（national_questions）",
        columns=("番号", "質問", "事業", "法106条の4第2項", "太枠", "単位", "数"),
        rows=tuple(rows) or (Row(_NONE, ("",) * 6),),
    )


def _asked(year: Counted, one: NationalQuestion) -> Row:
    programmes = year.store.profile.codes("five_programmes").by_code
    programme = programmes[one.programme].label if one.programme else ""
    thick = _THICK if one.is_thick else ""
    line = one.line.label if one.line else ""
    facts = (one.question, programme, line, thick)
    return Row(one.number, (*facts, *_answer(year, one)), is_thick=one.is_thick)


def _answer(year: Counted, one: NationalQuestion) -> tuple[Entry, Entry]:
    """Give the unit and the figure; of days the mean, as everywhere in the report."""
    if not one.indicator:
        return "", UNDECIDED
    found = CATALOGUE[one.indicator]
    way = Way.of(one.way) if one.way else found.main
    if found.is_days and not one.way:
        return f"{found.unit}（平均）", year.mean(found)
    return found.counted_by(way), year.cell(found, way, one.part or None)
