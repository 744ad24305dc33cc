"""匿名化した事例報告: may it be known of whom it speaks? (domain rule on 代表者会議)

In a small town a rare combination names a person as well as a name does. Nothing here stops a
report but that its own words wait for a second reader.
"""

import re
from collections.abc import Iterable, Sequence

from jusou_nb.fields import get_item
from jusou_nb.forms.case_report import AnonymousReport
from jusou_nb.problems import Problem
from jusou_nb.rules.naming import tells_names
from jusou_nb.spelling import squeeze

TEXTS = ("subject", "story", "done", "learning", "asks")
_DAY = re.compile(
    r"\d{1,2}月\s*\d{1,2}日|\d{1,4}[./]\d{1,2}[./]\d{1,2}|(?:令和|平成|昭和|[RHS])\s*\d{1,2}年?[./年]\d{1,2}"
)
_NAMED = 5


def is_reviewed(report: AnonymousReport) -> bool:
    """Whether somebody else than the writer has read its words, so that they may be printed."""
    other = squeeze(report.reviewed_by or "") != squeeze(report.author or "")
    return bool(report.reviewed_by and report.reviewed_on) and other


def look_at(
    report: AnonymousReport, names: Iterable[str], alike: Sequence[tuple[str, int]], below: int
) -> list[Problem]:
    """Ask of a report what is to be looked at before it leaves the office.

    Args:
        report: As it is written.
        names: Of the household's people.
        alike: Combinations of what the report tells, each with how many households of the
            town's record share it.
        below: A combination that fewer households share is rare.
    """
    known = list(names)
    problems = [
        problem
        for box in TEXTS
        for problem in (
            *tells_names("case_report.name_shown", box, getattr(report, box), known),
            *_tells_days(box, getattr(report, box)),
        )
    ]
    return [*problems, *_unread(report), *_rare(alike, below)]


def _tells_days(box: str, text: str | None) -> list[Problem]:
    if not _DAY.search(text or ""):
        return []
    label = get_item(AnonymousReport, box).label
    return [
        Problem(
            rule="case_report.day_shown",
            message=f"「{label}」に日付があります。",
            remedy="「3か月目」「秋ごろ」のように言いかえてください。",
            box=box,
        )
    ]


def _unread(report: AnonymousReport) -> list[Problem]:
    if is_reviewed(report) or not any(getattr(report, box) for box in TEXTS):
        return []
    return [
        Problem(
            rule="case_report.not_reviewed",
            message="文章を、作成者とは別の人がまだ確かめていません。",
            remedy="二人目が読んで、確認者と日を記入してください。それまで文章は報告に載りません。",
            box="reviewed_by",
        )
    ]


def _rare(alike: Sequence[tuple[str, int]], below: int) -> list[Problem]:
    rare = [(what, count) for what, count in alike if count < below]
    if not rare:
        return []
    named = "、".join(f"{what}（{count}世帯）" for what, count in rare[:_NAMED])
    more = f" ほか{len(rare) - _NAMED}件" if len(rare) > _NAMED else ""
    return [
        Problem(
            rule="case_report.rare",
            message=f"町にまれな組み合わせです: {named}{more}。",
            remedy="本人が分かるときは、「載せないこと」で選んで外してください。",
            box="left_out",
        )
    ]
