"""What of a person's records is a candidate for 不開示 when they are asked for, and why.

Nothing is decided here: a candidate stays black until a worker has decided of its record.
Sources: domain rules 2, 3, 5, 9, 14, 19, 21 (``docs/rules.md``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jusou_nb.checks import is_blank
from jusou_nb.choices import INFORMANT, OFFICE
from jusou_nb.fields import Form, Item, Kind, items
from jusou_nb.forms.agency import Agency
from jusou_nb.forms.assessment import AssessmentRequest
from jusou_nb.forms.case_note import CaseNote
from jusou_nb.forms.case_report import AnonymousReport
from jusou_nb.forms.conference import AgendaItem
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.disclosure import Applicant, Disclosure, DisclosureItem, DisclosureRequest
from jusou_nb.forms.family import FamilyMap
from jusou_nb.forms.household import MASKING, Household, Person
from jusou_nb.forms.intake import Intake
from jusou_nb.forms.preparation_sheet import PreparationSheet
from jusou_nb.forms.provenance import Provenance
from jusou_nb.forms.referral import Referral
from jusou_nb.forms.statutory_report import StatutoryReport
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.provenance import stays_with_its_basis

_LOOK = "読んで、開示・部分開示・不開示を決めてください。"
_VIEW = "見立て・窓口の控え・会議での意見"
_TEXT = "文章（だれのことが書いてあるか、読むまで分からない）"
_SITTING = "同意のいらない会議で聞いたこと・会議での意見"
_ANSWERS = {
    (AssessmentRequest, "finding"),
    (AssessmentRequest, "refused_because"),
    (Referral, "answer_note"),
}
HIDDEN = frozenset({"disclosure.informant", "disclosure.masked"})
"""Candidates that only the chief lets be opened."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose records are asked for, and of which household the person is.

    ``intakes`` are the household's: the day on which others told of the person may stand on
    other records too, and is hidden there as well.
    """

    profile: Profile
    household: Household
    person_id: int
    intakes: tuple[Intake, ...] = ()

    @property
    def days_of_others(self) -> frozenset[date]:
        """Give the days on which somebody else came to the desk."""
        return frozenset(
            intake.received_on
            for intake in self.intakes
            if intake.received_on is not None and not self.is_self(intake)
        )

    def others(self) -> list[Person]:
        """Give the other people of the household's record."""
        return [p for p in self.household.members if p.id != self.person_id]

    def is_self(self, intake: Intake) -> bool:
        """Whether the person came to the desk, so that nobody told of them."""
        own = self.profile.flagged("inquirer", "is_client")
        return intake.inquirer_relation in own and intake.client_id == self.person_id


def _candidate(rule: str, message: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=_LOOK)


def record_candidate(record: Form, asked: Asked, client_id: int | None) -> Problem | None:
    """Say why a record as a whole may be kept back; None: only single boxes of it.

    ``client_id`` is whose record it is, through its case where it has no person of its own.
    """
    if isinstance(record, StatutoryReport):
        return _candidate("disclosure.report", "通報・通告の記録")
    if isinstance(record, (FamilyMap, AnonymousReport)):
        return _candidate("disclosure.view", _VIEW)
    basis = getattr(record, "basis" if isinstance(record, AgendaItem) else "learnt_on_basis", None)
    heard = isinstance(record, (Provenance, PreparationSheet))
    if heard or (basis and stays_with_its_basis(asked.profile, basis)):
        return _candidate("disclosure.sitting", _SITTING)
    if client_id not in (None, asked.person_id) or _is_of_others(record, asked):
        return _candidate("disclosure.other_member", "ほかの世帯員のこと")
    return None


def _is_of_others(record: Form, asked: Asked) -> bool:
    """Whether a record names people of the household, and the one asked for is none of them."""
    if isinstance(record, Person):
        return record.id != asked.person_id
    named = {
        value
        for box in items(type(record))
        if box.ref == Person.table and not box.many
        and (value := getattr(record, box.name)) is not None
    }  # fmt: skip
    return bool(named) and asked.person_id not in named


def box_candidate(box: Item, record: Form, asked: Asked) -> Problem | None:
    """Say why a filled box may be kept back; None: it may be shown."""
    own_person = isinstance(record, Person) and not record.is_masked
    if box.section == MASKING or (box.masked and not own_person):
        return _candidate("disclosure.masked", "秘匿・居所にかかわること")
    if box.scope is INFORMANT and not _is_own_word(box, record, asked):
        return _candidate("disclosure.informant", "来談者・情報源にかかわること")
    if _is_day_of_others(box, record, asked):
        return _candidate("disclosure.day", "ほかの人から相談のあった日（情報源が分かるおそれ）")
    if (type(record), box.name) in _ANSWERS:
        return _candidate("disclosure.agency", "ほかの機関から得たこと")
    return None if own_person and box.identifies else _of_words(box, record)


def _is_day_of_others(box: Item, record: Form, asked: Asked) -> bool:
    """Whether a box holds such a day; the person's own consent is known to the person."""
    if box.kind not in (Kind.DATE, Kind.MOMENT) or isinstance(record, Consent):
        return False
    value = getattr(record, box.name)
    day = value.date() if isinstance(value, datetime) else value
    return day in asked.days_of_others


def _of_words(box: Item, record: Form) -> Problem | None:
    """Say why words may be kept back: views of the office, or sentences of whoever's life."""
    if box.scope is OFFICE and not isinstance(record, CaseNote):
        return _candidate("disclosure.view", _VIEW)
    if box.is_free_text or box.scope is OFFICE:
        return _candidate("disclosure.text", _TEXT)
    return None


def _is_own_word(box: Item, record: Form, asked: Asked) -> bool:
    """Whether a box about who told us tells of the person's own coming only."""
    if isinstance(record, Intake):
        return asked.is_self(record)
    if isinstance(record, CaseNote) and box.name == "happened_at":
        return record.counterpart in (None, "", "本人")
    return False


def heard_elsewhere() -> Problem:
    """Name a box that was last set from a sitting that needs no consent."""
    return _candidate("disclosure.sitting", _SITTING)


def is_shown(answer: DisclosureItem | None, box: Item, candidate: Problem | None) -> bool:
    """Whether a box stands on the copy that is handed out, by what was decided of its record.

    Without a decision every candidate stays black.
    """
    if answer is not None and answer.answer in (Disclosure.CLOSED, Disclosure.UNTOLD):
        return False
    if candidate is None or (answer is not None and answer.answer is Disclosure.OPEN):
        return True
    is_read = answer is not None and answer.answer is Disclosure.PARTIAL and answer.is_text_read
    return bool(is_read) and candidate.rule == "disclosure.text" and box.kind is Kind.TEXT


def guardian_withheld(request: DisclosureRequest, household: Household) -> list[Problem]:
    """Ask of a request: may it come from somebody who is neither asked nor told (rule 9)?

    The opponent of somebody in hiding, and whoever is suspected, are in the same household.
    """
    person = next((p for p in household.members if p.id == request.person), Person())
    if request.applicant is not Applicant.GUARDIAN:
        return []
    opponent = any(p.is_opponent for p in household.members)
    if not (person.guardian_not_asked or opponent or person.is_masked):
        return []
    return [
        Problem(
            rule="disclosure.guardian",
            message="この人について、親権者等に求めない・知らせない理由か、秘匿があります。",
            remedy="請求した人がその相手でないか、課長と確かめてください。"
            "写しは、決めるまで作れません。",
            strength=Strength.CHIEF,
            box="applicant",
        )
    ]


def may_decide(item: DisclosureItem, candidates: Sequence[Problem]) -> list[Problem]:
    """Ask: can this be decided of a record with these candidates?"""
    found = {problem.rule for problem in candidates}
    problems = []
    if item.answer is Disclosure.OPEN and found & HIDDEN:
        problems.append(
            Problem(
                rule="disclosure.opens_hidden",
                message="情報源か秘匿にかかわる欄を、開示にしています。",
                remedy="部分開示にするか、課長の判断を残してください。",
                strength=Strength.CHIEF,
                box="answer",
            )
        )
    if item.answer is not None and item.answer.wants_ground and is_blank(item.grounds):
        problems.append(
            Problem(
                rule="disclosure.no_ground",
                message="不開示の理由が選ばれていません。",
                remedy="決定の通知に書く理由を選んでください。",
                box="grounds",
            )
        )
    return problems


def is_about_people(record: Form) -> bool:
    """Whether a record belongs on the list: registers of the office do not."""
    return not isinstance(record, (Agency, DisclosureRequest, DisclosureItem))
