"""What the office puts around its own papers: 決裁欄, 供覧欄, 保存年限 and the town's foot.

All of it is data of the profile, for the towns' rules of documents differ. The frame never
calls a paper a national form: it is the town's own.
"""

from dataclasses import dataclass
from datetime import date

from jusou_nb.dates import APRIL, fiscal_year, fiscal_year_name, wareki
from jusou_nb.profile_papers import CountedFrom, OfficePaper
from jusou_nb.store import Store

_BLANK_DAY = "　　　年　　月　　日"
_COUNTED = {
    CountedFrom.CASE: "支援が終わった次の4月1日から",
    CountedFrom.PAPER: "作成した次の4月1日から",
}


@dataclass(frozen=True, kw_only=True)
class OfficeFrame:
    """The texts of the frame, as the macros of ``_office.html.j2`` print them.

    Attributes:
        approval: Posts with a box in 決裁欄.
        circulation: Posts with a box in 供覧欄.
        drafted_on: 起案日; blank on a paper to be filled by hand.
        decided_on: 決裁日, written by hand.
        register_number: The office's own number of the document, written by hand.
        keeping: 保存年限 in words, with its last day and the 年度 of disposal where known.
        foot: 「見本市様式」, with the number of the form where the town gives one.
        seals: Which of the two boxes the town wants on a printed form.
        statement: What is signed on it.
    """

    approval: tuple[str, ...]
    circulation: tuple[str, ...]
    drafted_on: str
    decided_on: str
    register_number: str
    keeping: str
    foot: str
    seals: tuple[str, ...]
    statement: str


def office_frame(
    store: Store, paper_name: str, *, day: date | None, ended_on: date | None = None
) -> OfficeFrame:
    """Give the frame of a paper, by the paper's name.

    Args:
        store: Its profile says what stands in the frame.
        paper_name: The name of the paper, as its title without what stands in 【】.
        day: When it is drafted; None on a blank to be filled by hand.
        ended_on: When the case ended, where it has; the period of keeping counts from then.
    """
    profile = store.profile
    paper = profile.office_paper(paper_name)
    since = ended_on if paper.counted_from is CountedFrom.CASE else day
    return OfficeFrame(
        approval=paper.approval,
        circulation=paper.circulation,
        drafted_on=wareki(day) if day else _BLANK_DAY,
        decided_on=_BLANK_DAY,
        register_number=f"{paper.mark}第　　　　　　号",
        keeping=_keeping(paper, since),
        foot=f"{profile.municipality}様式{paper.form_number.removeprefix('様式')}",
        seals=paper.seals,
        statement=paper.statement,
    )


def kept_until(ended_on: date, years: int) -> date:
    """Give the last day of a period of keeping: it counts from the next 1 April."""
    return date(fiscal_year(ended_on) + 1 + years, APRIL, 1) - date.resolution


def _keeping(paper: OfficePaper, since: date | None) -> str:
    if not paper.keep_years:
        return "永年"
    counted = f"{paper.keep_years}年（{_COUNTED[paper.counted_from]}）"
    if since is None:
        return counted
    last = kept_until(since, paper.keep_years)
    disposed = fiscal_year_name(last.year)
    return f"{paper.keep_years}年　{wareki(last)}まで（廃棄予定 {disposed}）"
