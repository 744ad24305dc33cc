"""May this reader, on this basis, see this box of this person on this day?

The one place that answers, for papers, lists and exports. In order of force:

1. an excluded party, or an agency not called to the item, sees nothing of it;
2. on a basis that needs consent, the client's consent of that day must reach the agency,
   as it stands after what was withdrawn and what a signed plan added;
3. 秘匿 withholds address, telephone, school and workplace from every copy, but from the
   chair's where it names the chief;
4. the informant and the desk's own remarks are on the chair's copy only;
5. a category not shared (item) or not consented to (consent) is left off;
6. who the person is is left off where people are named A氏・B氏;
7. sentences nobody has looked through are left off papers that need consent;
8. other members of the household, without a consent of their own that reaches the reader,
   are 続柄・年代・同居 only;
9. what was heard on a basis without consent leaves it only as a fact that was released; a
   box that was last set from such a sitting is left off whole.

Sources: domain rules 1–3, 8, 12, 13, 20, 21, 28 (``docs/rules.md``).
"""

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, Category, Choice
from jusou_nb.fields import Item, Kind
from jusou_nb.forms.case_note import CaseNote
from jusou_nb.forms.conference import Identification
from jusou_nb.forms.household import Person
from jusou_nb.forms.provenance import Provenance
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.consent_reach import beyond
from jusou_nb.rules.matter import CHAIR, Matter, Reader, ReaderKind
from jusou_nb.rules.provenance import is_released, released_note

__all__ = [
    "ALWAYS_OF_OTHERS",
    "CHAIR",
    "AgeDetail",
    "Matter",
    "Reader",
    "ReaderKind",
    "age_detail",
    "box_withheld",
    "fact_withheld",
    "item_withheld",
    "listed",
    "names_informant",
    "note_withheld",
    "told",
]

ALWAYS_OF_OTHERS = frozenset({"relation", "lives_together"})


def _withheld(rule: str, message: str, remedy: str = "") -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, strength=Strength.FORBIDDEN)


def item_withheld(reader: Reader, matter: Matter) -> Problem | None:
    """Say why a reader may have nothing of an item but its number; None: may have it."""
    if reader.kind is ReaderKind.AGENCY and reader.agency_id in matter.excluded:
        return _withheld("sharing.excluded", "除外者のため掲載なし")
    if reader.kind is ReaderKind.AGENCY and reader.agency_id not in matter.called:
        return _withheld("sharing.not_called", "この案件に呼ばれていないため掲載なし")
    if reader.kind is ReaderKind.CHAIR or not matter.basis.requires_consent:
        return None
    return beyond(matter.reach_of(matter.client_id), reader.agency_id)


_TOLD = {
    "sharing.excluded": "この資料に掲載なし",
    "sharing.not_called": "この資料に掲載なし",
    "consent.agency_excluded": "同意の範囲に含まれない機関のため掲載なし",
    "consent.agency_withdrawn": "同意の範囲に含まれない機関のため掲載なし",
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
    if matter.basis.requires_consent and (person and person.id, box) in matter.heard:
        return _learnt_elsewhere()
    if reader.kind is ReaderKind.CHAIR or box.scope is NOT_PERSONAL:
        return None
    return _by_scope(reader, matter, box, person) or _by_identity(reader, matter, box)


def _masked(reader: Reader, profile: Profile, box: Item, person: Person) -> Problem | None:
    if not (box.masked and person.is_masked):
        return None
    named = set(person.unmasked_for or ()) & profile.flagged("masking_reader", "chair_copy")
    if reader.kind is ReaderKind.CHAIR and named:
        return None
    return _withheld("sharing.masked", "秘匿")


def _by_scope(reader: Reader, matter: Matter, box: Item, person: Person | None) -> Problem | None:
    if box.scope is INFORMANT:
        return _withheld("sharing.informant", "情報源にかかわるため掲載なし")
    if not isinstance(box.scope, Category):
        return _withheld("sharing.office", "窓口の控えのため掲載なし")
    if (of_other := _of_other(reader, matter, person)) is not None:
        return None if box.name in ALWAYS_OF_OTHERS else of_other
    whose = person.id if person is not None else matter.client_id
    withheld = _category_withheld(reader, matter, box.scope, whose)
    return withheld or (_not_reviewed(matter) if box.is_free_text else None)


def _of_other(reader: Reader, matter: Matter, person: Person | None) -> Problem | None:
    """Say why another member's boxes are not shown: no consent, or none to this agency."""
    if person is None or person.id == matter.client_id:
        return None
    if reader.agency_id in matter.kept_from.get(person.id or 0, ()):
        return _withheld("sharing.excluded", "この世帯員の除外者のため掲載なし")
    if not matter.basis.requires_consent:
        return None
    reach = matter.reach_of(person.id)
    if reach is not None and reader.agency_id in reach.categories_of:
        return None
    return _withheld("consent.other_member", "本人以外の世帯員の同意がないため掲載なし")


def _category_withheld(
    reader: Reader, matter: Matter, category: Category, whose: int | None
) -> Problem | None:
    """Say why a category of a person is not shared with an agency."""
    if not matter.basis.requires_consent:
        if category in matter.shared:
            return None
        return _withheld("sharing.category", "この案件で共有しない区分のため掲載なし")
    reach = matter.reach_of(whose)
    if reach is not None and reach.carries(reader.agency_id, category):
        return None
    return _withheld("consent.category", "同意の範囲に含まれない区分のため掲載なし")


def _not_reviewed(matter: Matter) -> Problem | None:
    if matter.is_text_reviewed or not matter.basis.requires_consent:
        return None
    return _withheld("sharing.text_not_reviewed", "文章が未確認のため掲載なし")


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

    Left out are the whereabouts of a person under 秘匿 (``person`` is whose box it is), the
    whereabouts that stand on a form of no single person, such as where somebody is kept safe,
    and whoever told us. To see them somebody asks for them with a reason, which is logged.
    """
    if box.masked and (person is None or person.is_masked):
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
    other one, the chair's copy included (domain rule 2), unless just these words were
    released on the 移行 list. A note is shared as the category that its writer gave it
    (rule 28).
    """
    if (whole := item_withheld(reader, matter)) is not None:
        return whole
    elsewhere = _is_of_other_basis(matter, note.learnt_on_basis)
    released = matter.basis.requires_consent and released_note(note, matter.facts)
    if elsewhere and not released:
        return _learnt_elsewhere()
    return _words_withheld(reader, matter, note.category)


def fact_withheld(reader: Reader, matter: Matter, fact: Provenance) -> Problem | None:
    """Say why a fact of the 移行 list may not stand on a paper of this item; None: it may.

    Views voiced, the informant and other members' facts are never released (rule 2).
    """
    if (whole := item_withheld(reader, matter)) is not None:
        return whole
    if not is_released(fact) or not matter.basis.requires_consent:
        return _learnt_elsewhere()
    return _words_withheld(reader, matter, fact.category)


def _learnt_elsewhere() -> Problem:
    return _withheld("sharing.learnt_elsewhere", "ほかの会議で知ったことのため掲載なし")


def _words_withheld(reader: Reader, matter: Matter, category: Category | None) -> Problem | None:
    if reader.kind is ReaderKind.CHAIR:
        return None
    if category is None:
        return _withheld("sharing.no_category", "内容の区分が未記入のため掲載なし")
    withheld = _category_withheld(reader, matter, category, matter.client_id)
    return withheld or _not_reviewed(matter)


def _is_of_other_basis(matter: Matter, learnt: str | None) -> bool:
    if learnt is None or learnt == matter.basis.code:
        return False
    return not matter.profile.basis(learnt).requires_consent
