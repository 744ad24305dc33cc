"""What the next worker has to know of a case: whose, what next, what to mind, who else helps.

It stays in the office. Even so whoever told us and the whereabouts of a person under 秘匿 are
left off, and the tasks that tell of a suspicion or of somebody in hiding: paper lies about.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.dates import wareki
from jusou_nb.documents import handover_course, known_already
from jusou_nb.documents.ages import age_text
from jusou_nb.documents.cells import Cell, Line, lines
from jusou_nb.documents.family_part import FamilyPart, for_office
from jusou_nb.documents.lettering import names_on_paper, paper_lexicon
from jusou_nb.documents.sheet_parts import cells_of
from jusou_nb.fields import Form, get_item
from jusou_nb.forms import Assessment, Case, Household, Intake, Outreach, Person, SupportPlan
from jusou_nb.store import Store, queries
from jusou_nb.store.consents import Standing, state_on
from jusou_nb.store.due import Due
from jusou_nb.values import Lexicon, show

_STAND = ("status", "status_on", "opened_on", "lead_agency", "coordinator", "deputy",
          "excluded_agencies", "closed_on", "closure_reason")  # fmt: skip
_TOLD = ("urgency", "issues", "presenting_problem")
_CAUTIONS = ("contact_note", "visit_caution", "two_needed")
_BRIEF = 120
_UNASKED = "聞いていない"
_OUTREACH_CAUTIONS = ("contact_caution", "visit_caution", "two_needed", "worker")


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """A case as the next worker gets it; rows are texts in the order of their headings.

    Attributes:
        number: 受付番号, else which case.
        name: The client.
        head: What it is about, and where it stands.
        members: 続柄・記号, age, sex, 同居, condition.
        cautions: Whose, which box, what.
        consents: Whose, state and since when, categories, agencies, remarks.
        course: What goes on: promises, roles, decisions, notes, agencies, next days.
        family: The drawings.
        heard: The number of 「既に伺ったこと」 and how much stands there.
    """

    case_id: int
    number: str
    name: str
    head: tuple[Line, ...]
    members: tuple[tuple[str, ...], ...]
    cautions: tuple[tuple[str, ...], ...]
    consents: tuple[tuple[str, ...], ...]
    course: handover_course.Course
    family: FamilyPart | None
    heard: str

    @property
    def brief_head(self) -> tuple[Line, ...]:
        """Give the head with long texts cut, so that a case stays on one page."""
        cells = [cell for line in self.head for cell in line]
        cut = (replace(c, value=handover_course.shortened(c.value, _BRIEF)) for c in cells)
        return lines(cut)


@dataclass(frozen=True, kw_only=True)
class Known:
    """The records of a case that several parts read."""

    store: Store
    case: Case
    household: Household
    client: Person
    intake: Intake | None
    plan: SupportPlan | None
    lexicon: Lexicon
    day: date


def known_of(store: Store, case_id: int, day: date) -> Known:
    """Load what the parts read (NotFound when there is no such case)."""
    case = store.load(Case, case_id)
    household = store.load(Household, case.household_id or 0)
    plans = store.find(SupportPlan, case_id=case_id)
    return Known(
        store=store,
        case=case,
        household=household,
        client=queries.person(household, case.client_id),
        intake=store.load(Intake, case.intake_id) if case.intake_id else None,
        plan=plans[-1] if plans else None,
        lexicon=paper_lexicon(store, household),
        day=day,
    )


def case_page(store: Store, case_id: int, day: date, waiting: Iterable[Due]) -> CasePage:
    """Gather a case; ``waiting`` is all that waits in the office, of which its own is taken.

    Raises:
        NotFound: There is no such case.
    """
    known = known_of(store, case_id, day)
    return CasePage(
        case_id=case_id,
        number=number_of(known),
        name=known.client.name or "氏名不明",
        head=lines(_head(known)),
        members=tuple(_members(known)),
        cautions=tuple(_cautions(known)),
        consents=tuple(_consents(known)),
        course=handover_course.course_of(known, [d for d in waiting if d.case_id == case_id]),
        family=for_office(store, known.household, day=day, client_id=known.client.id),
        heard=_heard(store, case_id, day),
    )


def number_of(known: Known) -> str:
    """Give the 受付番号, else which case."""
    number = known.intake.number if known.intake else ""
    return number or f"ケース{known.case.id}"


def _head(known: Known) -> Iterator[Cell]:
    age = age_text(known.client, known.day)
    yield Cell(label="本人", value="　".join(filter(None, (known.client.name, age))))
    yield Cell(label="受付番号", value=number_of(known))
    for record, names in ((known.case, _STAND), (known.intake, _TOLD)):
        if record is not None:
            yield from _filled(record, names, known.lexicon)
    yield from _wish(known)


def _wish(known: Known) -> Iterator[Cell]:
    """Give what the person wants, from the plan, else from the latest assessment."""
    if known.plan is not None and known.plan.client_wish:
        yield from _filled(known.plan, ("client_wish", "plan_goal"), known.lexicon)
        return
    sheets = known.store.find(Assessment, order="assessed_on", case_id=known.case.id)
    if sheets:
        yield from _filled(sheets[-1], ("wishes",), known.lexicon)


def _filled(record: Form, names: tuple[str, ...], lexicon: Lexicon) -> list[Cell]:
    return [cell for cell in cells_of(record, names, lexicon) if cell.value]


def _members(known: Known) -> Iterator[tuple[str, ...]]:
    called, sex = names_on_paper(known.household), get_item(Person, "sex")
    for person in known.household.own_members:
        yield (
            called.get(person.id or 0, ""),
            age_text(person, known.day),
            show(sex, person.sex, known.lexicon),
            {True: "同居", False: "別居", None: ""}[person.lives_together],
            person.condition or "",
        )


def _cautions(known: Known) -> Iterator[tuple[str, ...]]:
    called = names_on_paper(known.household)
    for person in known.household.members:
        for cell in _filled(person, _CAUTIONS, known.lexicon):
            yield called.get(person.id or 0, ""), cell.label, cell.value
    for outreach in known.store.find(Outreach, case_id=known.case.id):
        if outreach.ended_on is None:
            for cell in _filled(outreach, _OUTREACH_CAUTIONS, known.lexicon):
                yield Outreach.title, cell.label, cell.value


def _consents(known: Known) -> Iterator[tuple[str, ...]]:
    """Give where each member stands; those who were never asked together, but the client."""
    called, unasked = names_on_paper(known.household), []
    for person in sorted(known.household.own_members, key=lambda p: p.id != known.client.id):
        who, found = called.get(person.id or 0, ""), state_on(known.store, known.day, person.id)
        if found:
            yield _consent(who, found[0], known.lexicon)
        elif person.id == known.client.id:
            yield who, _UNASKED, "", "", ""
        else:
            unasked.append(who)
    if unasked:
        yield "ほかの世帯員", f"{_UNASKED}（{'、'.join(unasked)}）", "", "", ""


def _consent(who: str, standing: Standing, lexicon: Lexicon) -> tuple[str, ...]:
    state = standing.state.label if standing.state else ""
    ended = "" if standing.is_valid or state != "同意あり" else "（いまは効いていません）"
    names = lexicon.refs["agencies"]
    return (
        who,
        f"{state}{ended}　{wareki(standing.since)}",
        "、".join(category.aliases[0] for category in standing.categories),
        "、".join(names.get(id_, "") for id_ in standing.agencies),
        "、".join(_remarks(standing)),
    )


def _remarks(standing: Standing) -> Iterator[str]:
    if standing.is_valid and not standing.is_scope_known:
        yield "範囲が未確認"
    if standing.is_reduced:
        yield "一部を撤回"
    if standing.expires_on:
        yield f"{wareki(standing.expires_on)}まで"
    if standing.written_by:
        yield f"書面は{wareki(standing.written_by)}まで"


def _heard(store: Store, case_id: int, day: date) -> str:
    made = known_already.known(store, case_id, made_on=wareki(day))
    return made.identity.number if made.identity else ""
