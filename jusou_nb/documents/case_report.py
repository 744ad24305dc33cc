"""匿名化した事例報告 for 代表者会議: what a case was and what became of it, and nobody's name.

No day, no place, no agency by name, no sentence but those written for this report and read by
a second person.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from jusou_nb.dates import fiscal_year, fiscal_year_name
from jusou_nb.documents.ages import age_band
from jusou_nb.documents.cells import Cell, cell_of, lines
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.fields import get_item
from jusou_nb.forms import (
    Agency,
    AgendaItem,
    AnonymousReport,
    Assessment,
    Case,
    Conference,
    Ending,
    Household,
    Referral,
    SupportPlan,
)
from jusou_nb.forms.case_report import Fact
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.rules.case_report import TEXTS, is_reviewed
from jusou_nb.store import Store, household_records
from jusou_nb.store.queries import person as find_person
from jusou_nb.store.register import issues_of
from jusou_nb.values import show

NAME = AnonymousReport.title
_YEAR = 12
_SIZES = ((1, "1人"), (2, "2人"), (4, "3〜4人"))


def case_report(store: Store, report_id: int, *, day: date) -> Section:
    """Print a report.

    Raises:
        NotFound: There is no such report.
    """
    report = store.load(AnonymousReport, report_id)
    case = store.load(Case, report.case_id or 0)
    told = [fact for fact in Fact if fact not in (report.left_out or ())]
    texts = TEXTS if is_reviewed(report) else ()
    values = {
        "municipality": store.profile.municipality,
        "year": fiscal_year_name(fiscal_year(day)),
        "subject": (report.subject or "") if texts else "",
        "facts": lines(cell for fact in told for cell in _FACTS[fact](store, case, day)),
        "course": tuple(_course(store, case)) if Fact.COURSE in told else (),
        "texts": [
            (get_item(AnonymousReport, name).label, getattr(report, name))
            for name in texts
            if name != "subject" and getattr(report, name)
        ],
        "waits": not texts and any(getattr(report, name) for name in TEXTS),
        "frame": office_frame(store, NAME, day=day),
    }
    found = household_records.records_of(store, case.household_id or 0)
    shown = household_records.shown(store, found)
    identity = of_record(store, NAME, (AnonymousReport.table, report_id), shown)
    return print_section("case_report", NAME, values, identity)


def _age(store: Store, case: Case, day: date) -> Iterator[Cell]:
    home = store.load(Household, case.household_id or 0)
    yield Cell(label="本人", value=age_band(find_person(home, case.client_id), day) or "年代不明")


def _household(store: Store, case: Case, _day: date) -> Iterator[Cell]:
    home = store.load(Household, case.household_id or 0)
    box = get_item(Household, "household_type")
    yield cell_of(box, home.household_type, store.lexicon())
    size = home.size or len(home.own_members)
    yield Cell(label="世帯の人数", value=next((w for n, w in _SIZES if size <= n), "5人以上"))


def _issues(store: Store, case: Case, _day: date) -> Iterator[Cell]:
    known = store.profile.codes("issue").by_code
    named = [known[code].label for code in issues_of(store, case) if code in known]
    yield Cell(label="課題", value="、".join(named), is_wide=True)


def _agencies(store: Store, case: Case, _day: date) -> Iterator[Cell]:
    """Count the kinds of those who helped: with a role, called to an item, or turned to."""
    plans = store.find(SupportPlan, case_id=case.id)
    items = store.find(AgendaItem, case_id=case.id)
    named = {role.agency for plan in plans for role in plan.roles}
    named |= {row.agency for item in items for row in item.directions}
    named |= {sent.destination for sent in store.find(Referral, client_id=case.client_id)}
    known = store.profile.codes("agency_kind").by_code
    kinds = Counter(store.load(Agency, id_).kind or "" for id_ in sorted(filter(None, named)))
    texts = [f"{known[kind].label}{_times(n)}" for kind, n in kinds.items() if kind in known]
    if texts:
        yield Cell(label="関わった機関の種別", value="、".join(texts), is_wide=True)


def _times(count: int) -> str:
    return f"（{count}）" if count > 1 else ""


def _result(store: Store, case: Case, _day: date) -> Iterator[Cell]:
    status, reason = get_item(Case, "status"), get_item(Case, "closure_reason")
    words = [show(status, case.status, store.lexicon()),
             show(reason, case.closure_reason, store.lexicon())]  # fmt: skip
    yield Cell(label="いまの段階・結果", value="　".join(filter(None, words)))


def _nothing(_store: Store, _case: Case, _day: date) -> Iterator[Cell]:
    yield from ()


_FACTS = {
    Fact.AGE: _age,
    Fact.HOUSEHOLD: _household,
    Fact.ISSUES: _issues,
    Fact.COURSE: _nothing,
    Fact.AGENCIES: _agencies,
    Fact.RESULT: _result,
}


def _course(store: Store, case: Case) -> Iterator[tuple[str, str]]:
    """Give what happened, each once a month, by the month counted from the beginning."""
    begun = case.opened_on
    months: dict[int, dict[str, None]] = {}
    for day, what in (*_steps(store, case), *_sittings(store, case)):
        if begun is not None and day is not None:
            months.setdefault(max(month_since(begun, day), 1), {})[what] = None
    for month, done in sorted(months.items()):
        yield f"{month}か月目", "、".join(done)


def month_since(begun: date, day: date) -> int:
    """Count the months from the first, which is 1; a day before it counts as less."""
    return (day.year - begun.year) * _YEAR + day.month - begun.month + 1


def _steps(store: Store, case: Case) -> Iterator[tuple[date | None, str]]:
    yield case.opened_on, "支援の始まり"
    for sheet in store.find(Assessment, case_id=case.id):
        yield sheet.assessed_on, "アセスメント"
    for plan in store.find(SupportPlan, case_id=case.id):
        yield plan.outcome_on, "プランの了承"
    for sent in store.find(Referral, client_id=case.client_id):
        yield sent.sent_on, "機関へのつなぎ"
    for ending in store.find(Ending, case_id=case.id):
        yield ending.ended_on, ending.kind.label if ending.kind else "終わり"
        yield ending.reopened_on, "再開"


def _sittings(store: Store, case: Case) -> Iterator[tuple[date | None, str]]:
    for item in store.find(AgendaItem, case_id=case.id):
        sitting = store.load(Conference, item.conference_id or 0)
        if sitting.state is ConferenceState.HELD:
            yield sitting.held_on, store.profile.basis(item.basis or "").label


PAPERS = (Paper(name=NAME, table=AnonymousReport.table, gather=case_report),)
