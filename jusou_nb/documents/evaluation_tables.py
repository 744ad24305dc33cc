"""年度の評価の表: every indicator as tables of counts, with what adds up to what.

The order of ``SECTIONS`` is that of the report. Which tables leave the office is fixed by
``PUBLIC``: what an audience may see does not depend on what the figures turn out to be.
"""

from dataclasses import dataclass
from datetime import date

from jusou_nb.dates import fiscal_year_name
from jusou_nb.documents.evaluation_counts import YEARS_BESIDE, Counted, Span
from jusou_nb.documents.evaluation_links import between, links_of, printed_only
from jusou_nb.documents.evaluation_measures import MEASURES, measure_tables, require_counted
from jusou_nb.documents.evaluation_national import national_tables, require_answerable
from jusou_nb.documents.evaluation_special import (
    balance_table,
    expense_table,
    funnel_table,
    month_tables,
)
from jusou_nb.documents.evaluation_surveys import SURVEYS, survey_tables
from jusou_nb.errors import NotFound
from jusou_nb.store import Store
from jusou_nb.store.yearly import CATALOGUE, Indicator, Way
from jusou_nb.tables import Cell, Entry, Link, Rate, Row, Table

NONE = "−"
NATIONAL = ("national_survey", "national_grant")
"""The sheets that go to the state, and nowhere else."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the report: a heading and the indicators under it, by their codes."""

    id: str
    title: str
    codes: tuple[str, ...]


SECTIONS = (
    Section(id="consultation", title="相談を受け止める", codes=(
        "intakes", "intakes_beyond_field", "first_responses", "referrals", "inquiries", "signs",
        "leads")),
    Section(id="multi_agency", title="多機関協働", codes=(
        "support_requests", "cases_opened", "cases_consented", "consent_days", "consents",
        "withdrawals", "supports", "cases_running", "quiet_cases")),
    Section(id="meetings", title="会議", codes=(
        "sittings", "items", "cases_without_consent", "transitions", "attendances", "calls",
        "agencies_attending")),
    Section(id="plans_and_results", title="プランと評価", codes=(
        "plans", "plan_days", "plans_agreed", "plans_decided", "evaluations", "improved")),
    Section(id="after_the_end", title="終わりとその後", codes=(
        "endings", "ended_before", "still_connected", "reopenings")),
    Section(id="outreach", title="アウトリーチ", codes=(
        "outreach_persons", "outreach_tries", "persons_met", "persons_linked")),
    Section(id="participation", title="参加支援", codes=(
        "participants", "hosts_ready", "hosts_found", "matchings")),
    Section(id="community", title="地域づくり", codes=(
        "places", "gatherings", "turnouts", "helpers", "agencies_joining", "community_supports",
        "gaps", "gaps_filled", "gaps_open")),
    Section(id="schemes", title="既存制度・研修", codes=(
        "scheme_checks", "own_uses", "own_uses_unchecked", "solved_by_schemes", "trainings",
        "trained", "departments_trained")),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Share:
    """A rate of the report: what is above, what below, each a key of a count."""

    title: str
    above: str
    below: str


SHARES = (
    Share(title="プラン率（プラン作成÷相談受付）", above="plans", below="intakes"),
    Share(title="同意の割合", above="cases_consented", below="cases_opened"),
    Share(title="重層的支援会議への移行率", above="transitions", below="cases_without_consent"),
    Share(title="呼んだ機関の出席の割合", above="attendances", below="calls"),
    Share(title="改善が見られた者の割合", above="improved", below="evaluations"),
    Share(title="当日に対応した緊急の相談の割合", above="first_responses/speed=same_day",
          below="first_responses"),
    Share(title="3か月後もつながっている割合", above="still_connected/since=3",
          below="ended_before/since=3"),
    Share(title="6か月後もつながっている割合", above="still_connected/since=6",
          below="ended_before/since=6"),
    Share(title="既存制度を確かめずに重層の事業を使った割合", above="own_uses_unchecked",
          below="own_uses"),
)  # fmt: skip


_OVERALL = ("funnel", "shares", "balance", "months", MEASURES, SURVEYS)


def public_ids() -> frozenset[str]:
    """Name the tables that leave the office: a fixed set."""
    divided = frozenset(c for c, one in CATALOGUE.items() if one.by and one.codes and one.is_public)
    return divided | {*(section.id for section in SECTIONS), *_OVERALL}


def tables(store: Store, year: int, *, today: date) -> list[Table]:
    """Give every table of a 年度, up to today while it lasts, with the years before beside.

    Which of them leave the office: :func:`public_ids`.

    Raises:
        NotFound: The profile's targets or programmes name what there is not.
    """
    _require_known(store)
    require_answerable(store)
    require_counted(store)
    spans = [Span.of(year - back, today) for back in range(YEARS_BESIDE + 1)]
    counted = [Counted(store=store, span=span, own=span.year == year) for span in spans]
    made = [_summary(section, counted) for section in SECTIONS]
    made += [_divided(one, counted) for one in CATALOGUE.values() if one.by and one.codes]
    own = counted[0]
    made += [funnel_table(counted), _shares(counted), balance_table(own), expense_table(own)]
    made += [*month_tables(own), *measure_tables(own), *survey_tables(own), *national_tables(own)]
    return printed_only(made)


def _require_known(store: Store) -> None:
    years, programmes = store.profile.years, store.profile.codes("five_programmes").by_code
    named = {code for _, code in years.targets} - set(CATALOGUE)
    run = set().union(*years.programmes.values()) - set(programmes)
    if named or run:
        wrong = "、".join(sorted(named | run))
        raise NotFound(
            f"プロファイルの目標・事業にある「{wrong}」はありません。名前を直してください"
        )


def _beside(counted: list[Counted]) -> tuple[str, ...]:
    return tuple(fiscal_year_name(one.span.year) for one in counted[1:])


def _summary(section: Section, counted: list[Counted]) -> Table:
    """Give a section's table: a line an indicator and way, targets and years beside."""
    own = counted[0]
    rows, links = [], []
    for one in (CATALOGUE[code] for code in section.codes):
        rows += [_line(one, way, counted) for way in one.ways if not (one.is_days and way)]
        if one.is_days:
            rows += _days(one, counted)
        links += [link for year in counted for link in links_of(one, year)]
    head = Cell("inhabitants", own.inhabitants, is_guarded=False)
    blank: tuple[Entry, ...] = (NONE,) * (3 + len(counted[1:]))
    rows.append(Row("人口（4月1日）", ("人", head, *blank)))
    return Table(
        id=section.id,
        title=f"{section.title}（まとめ）",
        definition="".join(f"{CATALOGUE[c].title}: {CATALOGUE[c].definition}"
                           for c in section.codes),
        unit="表のとおり",
        counted_on="、".join(dict.fromkeys(CATALOGUE[c].counted_on for c in section.codes)),
        source="、".join(dict.fromkeys(CATALOGUE[c].source for c in section.codes)),
        columns=("指標", "単位", fiscal_year_name(own.span.year), "目標", "達成率",
                 "人口10万人あたり", *_beside(counted)),
        rows=tuple(rows),
        links=tuple(links),
    )  # fmt: skip


def _line(one: Indicator, way: Way, counted: list[Counted]) -> Row:
    own, *before = counted
    cell = own.cell(one, way)
    goal = own.target(one) if way is one.main else None
    target: Entry = NONE
    reached: Entry = NONE
    if goal is not None:
        target, reached = goal, Rate(cell.key, goal.key)
    each: Entry = NONE
    if own.inhabitants is not None and one.is_guarded and cell.value is not None:
        each = Rate(cell.key, "inhabitants", scale=100_000, unit="")
    label = one.title if way is one.main else f"{one.title}（{one.counted_by(way)}）"
    beside = (year.cell(one, way) for year in before)
    return Row(label, (one.counted_by(way), cell, target, reached, each, *beside))


def _days(one: Indicator, counted: list[Counted]) -> list[Row]:
    """Give the number of those whose days are known, and the mean of the days."""
    people = [year.cell(one, Way.RECORDS) for year in counted]
    means = [year.mean(one) for year in counted]
    blank = (NONE, NONE, NONE)
    return [
        Row(f"{one.title}（平均）", (one.unit, means[0], *blank, *means[1:])),
        Row(f"{one.title}（数えた件数）", ("件", people[0], *blank, *people[1:])),
    ]


def _divided(one: Indicator, counted: list[Counted]) -> Table:
    """Give the table of an indicator by its parts, with shares and the years before."""
    own = counted[0]
    parts = own.parts(one, counted)
    others = tuple(way for way in one.ways[1:] if not one.is_days)
    rows = [Row(label, _entries(one, part, others, counted)) for part, label in parts.items()]
    rows.append(Row("計", _entries(one, None, others, counted), is_total=True))
    links: list[Link] = [link for year in counted for link in links_of(one, year, list(parts))]
    return Table(
        id=one.code,
        title=one.title,
        definition=one.definition,
        unit=one.unit,
        counted_on=one.counted_on,
        source=one.source,
        columns=("区分", fiscal_year_name(own.span.year), "割合",
                 *(way.label for way in others), *_beside(counted)),
        rows=tuple(rows),
        links=tuple(links),
        total=own.key(one.key()) if one.is_guarded else None,
        several=one.several,
    )  # fmt: skip


def _entries(
    one: Indicator, part: str | None, others: tuple[Way, ...], counted: list[Counted]
) -> tuple[Entry, ...]:
    own, *before = counted
    if part is None and one.of:
        one = CATALOGUE[one.of]
    cell = own.cell(one, one.main, part)
    share = Rate(cell.key, own.key(one.key()))
    ways = (own.cell(one, way, part) for way in others)
    return (cell, share, *ways, *(year.cell(one, one.main, part) for year in before))


def _shares(counted: list[Counted]) -> Table:
    own = counted[0]
    rows = [
        Row(share.title, tuple(Rate(year.key(share.above), year.key(share.below))
                               for year in counted))
        for share in SHARES
    ]  # fmt: skip
    return Table(
        id="shares",
        title="割合",
        definition="分子と分母は、それぞれの指標の定義による。分母が0のときは「−」。",
        unit="%",
        counted_on="それぞれの指標の日",
        source="それぞれの指標の出典",
        columns=("割合", fiscal_year_name(own.span.year), *_beside(counted)),
        rows=tuple(rows),
        links=tuple(link for year in counted for link in between(year)),
    )
