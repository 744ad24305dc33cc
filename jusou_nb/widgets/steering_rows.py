"""The lines of the tables of 進行管理; they name nobody but workers and agencies."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from jusou_nb.forms import HandedWork, Succession
from jusou_nb.forms.case import CaseStatus
from jusou_nb.problems import Problem
from jusou_nb.rules.long_cases import LongCase, labels, next_step, quiet_agencies
from jusou_nb.store.workload import FirstLine, Load
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.session import Session

STUCK = (
    "受付番号", "年数", "段階", "担当", "本人との連絡", "プラン・方針", "理由", "次にすること",
)  # fmt: skip
LOAD = ("担当", "重さ", "ケース", "うち停滞", "副担当", "段階ごと", "緊急度ごと")
FIRST = ("受付番号", "段階", "緊急度", "本人との連絡", "次の期限", "何の", "期限超過", "停滞の理由")
WORKS = ("受付番号", "様式", "欄", "前", "後")
SUCCESSION = ("引継ぎの日", "引き継いだ人", "引き受けた人", "ケース", "理由")
_QUIET = ("機関", "ケース", "動きのない日数", "受付番号")


def _number(count: int, unit: str = "") -> Cell:
    return Cell(f"{count}{unit}" if count else "", sort=f"{count:06}")


def _since(days: int, *, said: bool) -> Cell:
    return Cell(f"{days}日前" if said else "なし", sort=f"{days:06}" if said else "999999")


def stuck_cells(session: Session, case: LongCase, problems: Sequence[Problem]) -> list[Cell]:
    """Write a stuck case: where it stands, why it is stuck, one next step."""
    today, profile = session.today, session.store.profile
    said = [problem.message for problem in problems]
    return [
        Cell(case.number),
        Cell(f"{case.years(today)}年", sort=case.opened_on.isoformat()),
        Cell(case.status.label, chip="plain"),
        Cell(case.worker or "なし"),
        _since(case.days_since_contact(today), said=case.contact_on is not None),
        _since(case.days_since_plan(today), said=case.plan_on is not None),
        Cell("、".join(labels(profile, problems)), title="".join(said)),
        Cell(next_step(problems)),
    ]


def tick_words(session: Session, case: LongCase, problems: Sequence[Problem]) -> str:
    """Name a case beside its tick."""
    return f"{case.number}　{'、'.join(labels(session.store.profile, problems))}"


def load_cells(session: Session, load: Load) -> list[Cell]:
    """Write what a worker carries."""
    urgency = session.store.profile.codes("urgency").options
    return [
        Cell(load.worker or "担当なし"),
        _number(load.weight),
        _number(load.cases),
        _number(load.stuck),
        _number(load.as_deputy),
        Cell(_counts((s.label, load.by_status[s]) for s in CaseStatus if s.is_open)),
        Cell(_counts((o.label.partition("（")[0], load.by_urgency[o.code]) for o in urgency)),
    ]


def _counts(found: Iterable[tuple[str, int]]) -> str:
    return "、".join(f"{label} {count}" for label, count in found if count)


def quiet_listing(session: Session, running: Sequence[LongCase]) -> Listing:
    """List the agencies with a role that went quiet, the longest silent first."""
    silent: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for case in running:
        for quiet in quiet_agencies(session.store.profile, case, session.today):
            days = (session.today - quiet.since).days
            silent[quiet.agency_id].append((days, case.number))
    names = session.store.lexicon().refs["agencies"]
    listing = Listing("動きのない機関", _QUIET, empty="動きのない機関はありません。")
    ordered = sorted(silent.items(), key=lambda pair: (-max(pair[1])[0], pair[0]))
    listing.fill(
        [
            (
                agency,
                [
                    Cell(names.get(agency, "")),
                    _number(len(found), "件"),
                    _number(max(found)[0], "日"),
                    Cell("、".join(number for _, number in found)),
                ],
            )
            for agency, found in ordered
        ]
    )
    return listing


def first_cells(session: Session, line: FirstLine) -> list[Cell]:
    """Write a line of the first list."""
    case, due, profile = line.case, line.due, session.store.profile
    urgency = profile.codes("urgency").by_code
    return [
        Cell(case.number),
        Cell(case.status.label, chip="plain"),
        Cell(urgency[case.urgency].label if case.urgency in urgency else ""),
        _since(case.days_since_contact(session.today), said=case.contact_on is not None),
        day_cell(due.due_on if due else None),
        Cell(due.label if due else ""),
        _number(line.late, "件"),
        Cell("、".join(labels(profile, line.problems))),
    ]


def work_cells(row: HandedWork) -> list[Cell]:
    """Write a box that goes over."""
    texts = (row.number, row.what, row.box, row.before, row.after or "空にする")
    return [Cell(text or "") for text in texts]


def succession_cells(made: Succession) -> list[Cell]:
    """Write a 引継ぎ that was made."""
    return [
        day_cell(made.handed_on),
        Cell(made.leaving or ""),
        Cell(made.taking or ""),
        _number(made.cases or 0, "件"),
        Cell(made.reason or ""),
    ]
