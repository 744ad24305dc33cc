"""May this reader, on this basis, see this box of this person on this day?

The one place that answers, for papers, lists and exports. In order of force:

1. an excluded party, or an agency not called to the item, sees nothing of it;
2. on a basis that needs consent, the client's consent of that day must reach the agency;
3. 秘匿 withholds address, telephone, school and workplace from every copy, but from the
   chair's where it names the chief;
4. the informant and the desk's own remarks are on the chair's copy only;
5. a category not shared (item) or not consented to (consent) is left off;
6. who the person is is left off where people are named A氏・B氏;
7. sentences nobody has looked through are left off papers that need consent;
8. other members of the household, without a consent of their own, are 続柄・年代・同居 only.

Sources: domain rules 1–3, 8, 12, 20, 21, 28 (``docs/rules.md``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Item, Kind
from jusou_nb.forms.case_note import CaseNote
from jusou_nb.forms.conference import Identification
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.household import Person
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Basis, Profile
from jusou_nb.rules import consent as consents

ALWAYS_OF_OTHERS = frozenset({"relation", "lives_together"})


class ReaderKind(Choice):
    """For whom a paper is made."""

    CHAIR = "chair", "議長用・事務局控"
    AGENCY = "agency", "機関"


@dataclass(frozen=True)
class Reader:
    """Who reads: the chair, or an agency."""

    kind: ReaderKind
    agency_id: int | None = None


CHAIR = Reader(ReaderKind.CHAIR)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One item, as far as the question of sharing needs to know it."""

    profile: Profile
    basis: Basis
    day: date
    client_id: int
    called: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()
    shared: frozenset[Category] = frozenset()
    identification: Identification = Identification.LETTERED
    is_text_reviewed: bool = False
    consents: Mapping[int, tuple[Consent, ...]] = field(default_factory=dict)

    def consent_of(self, person_id: int | None) -> Consent | None:
        """The person's consent in force on the day of the sitting."""
        return consents.valid_on(self.consents.get(person_id or 0, ()), self.day, self.profile)


def _withheld(rule: str, message: str, remedy: str = "") -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, strength=Strength.FORBIDDEN)


def item_withheld(reader: Reader, matter: Matter) -> Problem | None:
    """Say why a reader may have nothing of an item but its number; None: may have it."""
    if reader.kind is ReaderKind.AGENCY and reader.agency_id in matter.excluded:
        return _withheld("sharing.excluded", "除外者のため掲載なし")
    if reader.kind is ReaderKind.AGENCY and reader.agency_id not in matter.called:
        return _withheld("sharing.not_called", "この案件に呼ばれていないため掲載なし")
    if matter.basis.requires_consent:
        return _beyond_consent(reader, matter)
    return None


def _beyond_consent(reader: Reader, matter: Matter) -> Problem | None:
    entry = matter.consent_of(matter.client_id)
    if reader.kind is not ReaderKind.AGENCY:
        return None
    if entry is None:
        return _withheld("consent.none", "本人の同意が確認できないため掲載なし", consents.WAY_OUT)
    if not consents.is_scope_known(entry):
        return _withheld("consent.scope_unknown", "同意の範囲が未確認のため掲載なし")
    if reader.agency_id in (entry.excluded_agencies or ()):
        return _withheld("consent.agency_excluded", "本人の希望により掲載なし")
    if reader.agency_id not in (entry.agencies or ()):
        return _withheld("consent.agency", "同意の範囲に含まれない機関のため掲載なし")
    return None


_TOLD = {
    "sharing.excluded": "この資料に掲載なし",
    "sharing.not_called": "この資料に掲載なし",
    "consent.agency_excluded": "同意の範囲に含まれない機関のため掲載なし",
}


def told(problem: Problem) -> str:
    """Say to the reader why an item is left off, without telling who wished it so.

    An excluded party reads what anybody reads who was not called (domain rule 20).
    """
    return _TOLD.get(problem.rule, problem.message)


def box_withheld(
    reader: Reader, matter: Matter, box: Item, person: Person | None = None
) -> Problem | None:
    """Say why a reader may not see a box of an item; None: may see it.

    ``person`` is whose box it is; None where it belongs to the item or household as a whole.
    """
    if (whole := item_withheld(reader, matter)) is not None:
        return whole
    if person is not None and (masked := _masked(reader, matter.profile, box, person)):
        return masked
    if reader.kind is ReaderKind.CHAIR or box.scope is NOT_PERSONAL:
        return None
    return _by_scope(matter, box, person) or _by_identity(reader, matter, box)


def _masked(reader: Reader, profile: Profile, box: Item, person: Person) -> Problem | None:
    if not (box.masked and person.is_masked):
        return None
    named = set(person.unmasked_for or ()) & profile.flagged("masking_reader", "chair_copy")
    if reader.kind is ReaderKind.CHAIR and named:
        return None
    return _withheld("sharing.masked", "秘匿")


def _by_scope(matter: Matter, box: Item, person: Person | None) -> Problem | None:
    if box.scope is INFORMANT:
        return _withheld("sharing.informant", "情報源にかかわるため掲載なし")
    if box.scope is OFFICE:
        return _withheld("sharing.office", "窓口の控えのため掲載なし")
    if not matter.basis.requires_consent:
        if box.scope not in matter.shared:
            return _withheld("sharing.category", "この案件で共有しない区分のため掲載なし")
        return None
    return _by_consent(matter, box, person)


def _by_consent(matter: Matter, box: Item, person: Person | None) -> Problem | None:
    of_other = person is not None and person.id != matter.client_id
    entry = matter.consent_of(person.id if of_other and person else matter.client_id)
    if of_other and entry is None:
        if box.name in ALWAYS_OF_OTHERS:
            return None
        return _withheld("consent.other_member", "本人以外の世帯員の同意がないため掲載なし")
    if entry is None or box.scope not in (entry.categories or ()):
        return _withheld("consent.category", "同意の範囲に含まれない区分のため掲載なし")
    if box.is_free_text and not matter.is_text_reviewed:
        return _withheld("sharing.text_not_reviewed", "文章が未確認のため掲載なし")
    return None


def _by_identity(reader: Reader, matter: Matter, box: Item) -> Problem | None:
    lettered = matter.identification is Identification.LETTERED
    if box.identifies and lettered and reader.kind is ReaderKind.AGENCY:
        return _withheld("sharing.lettered", "記号で表しているため掲載なし")
    return None


def names_informant(box: Item) -> bool:
    """Whether a box holds words about who told us, or why somebody must not be found."""
    return box.scope is INFORMANT and box.kind is Kind.TEXT


def listed(box: Item, person: Person | None) -> bool:
    """Whether a box may stand in lists, frames, sheets and exports of the office itself.

    Left out are the whereabouts of a person under 秘匿 (``person`` is whose box it is) and
    whoever told us. To see them somebody asks for them with a reason, which is logged.
    """
    if person is not None and person.is_masked and box.masked:
        return False
    return not names_informant(box)


class AgeDetail(Choice):
    """How exactly a reader may know an age."""

    YEARS = "years", "年齢"
    BAND = "band", "年代"
    NONE = "none", "掲載なし"


def age_detail(reader: Reader, matter: Matter, box: Item, person: Person) -> AgeDetail:
    """Ask how exactly an age may be told; ``box`` is the person's stated age.

    Of members without a consent of their own the decade is told (domain rule 1).
    """
    withheld = box_withheld(reader, matter, box, person)
    if withheld is None:
        return AgeDetail.YEARS
    return AgeDetail.BAND if withheld.rule == "consent.other_member" else AgeDetail.NONE


def note_withheld(reader: Reader, matter: Matter, note: CaseNote) -> Problem | None:
    """Say why a note of the case may not stand on a paper; None: it may.

    What was heard at a sitting that needs no consent stays with its basis: it is on no
    other one, the chair's copy included (domain rule 2). A note is shared as the category
    that its writer gave it (rule 28).
    """
    if (whole := item_withheld(reader, matter)) is not None:
        return whole
    if _is_of_other_basis(matter, note):
        return _withheld("sharing.learnt_elsewhere", "ほかの会議で知ったことのため掲載なし")
    if reader.kind is ReaderKind.CHAIR:
        return None
    if note.category is None:
        return _withheld("sharing.no_category", "内容の区分が未記入のため掲載なし")
    return _category_withheld(matter, note.category)


def _is_of_other_basis(matter: Matter, note: CaseNote) -> bool:
    learnt = note.learnt_on_basis
    if learnt is None or learnt == matter.basis.code:
        return False
    return not matter.profile.basis(learnt).requires_consent


def _category_withheld(matter: Matter, category: Category) -> Problem | None:
    if not matter.basis.requires_consent:
        if category in matter.shared:
            return None
        return _withheld("sharing.category", "この案件で共有しない区分のため掲載なし")
    entry = matter.consent_of(matter.client_id)
    if entry is None or category not in (entry.categories or ()):
        return _withheld("consent.category", "同意の範囲に含まれない区分のため掲載なし")
    if not matter.is_text_reviewed:
        return _withheld("sharing.text_not_reviewed", "文章が未確認のため掲載なし")
    return None
