"""What the state asks a town each 年度, and which of the town's figures answers it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jusou_nb.choices import Choice


class ReportSheet(Choice):
    """On which sheet a question stands."""

    SURVEY = "survey", "国への報告"
    GRANT = "grant", "交付金の実績"


class StatutoryLine(Choice):
    """The line of 社会福祉法106条の4第2項 under which a programme is run."""

    FIRST = "1", "第1号 包括的相談支援"
    SECOND = "2", "第2号 参加支援"
    THIRD = "3", "第3号 地域づくり"
    FOURTH = "4", "第4号 アウトリーチ等"
    FIFTH = "5", "第5号 多機関協働"
    SIXTH = "6", "第6号 支援プランの作成"


@dataclass(frozen=True, kw_only=True)
class NationalQuestion:
    """A question of a 年度; without ``indicator`` nobody has decided yet how it is counted.

    Attributes:
        fiscal_year: The western year in which the 年度 begins.
        sheet: On which sheet it stands.
        number: Its number there.
        question: Its words there.
        indicator: Code of the indicator that answers it.
        part: Code of the part of the indicator that answers it; empty is the whole.
        way: By what it is counted (``records``, ``households`` …); empty as the indicator does.
        programme: Code of one of the five programmes.
        line: The statutory line, where it stands under one.
        is_thick: Whether it is a thick-framed field (国への報告事項).
    """

    fiscal_year: int
    sheet: ReportSheet
    number: str
    question: str
    indicator: str = ""
    part: str = ""
    way: str = ""
    programme: str = ""
    line: StatutoryLine | None = None
    is_thick: bool = False


def questions(raw: Iterable[Mapping[str, Any]]) -> tuple[NationalQuestion, ...]:
    """Read ``[[national_questions]]``.

    Raises:
        KeyError: A row has no sheet.
        TypeError: A word of a row is not ours.
        ValueError: There is no such sheet or statutory line.
    """
    return tuple(map(_question, raw))


def _question(row: Mapping[str, Any]) -> NationalQuestion:
    said = {name: value for name, value in row.items() if name not in ("sheet", "line", "thick")}
    return NationalQuestion(
        **said,
        sheet=ReportSheet.of(row["sheet"]),
        line=StatutoryLine.of(str(row["line"])) if "line" in row else None,
        is_thick=bool(row.get("thick", False)),
    )
