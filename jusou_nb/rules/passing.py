"""What of a person does the ground of a つなぐ or 照会 carry to that agency? (rules 4, 8, 20)

The answer is that of ``sharing``, asked as if the referral were an item on which the consent
is needed, or not, as its ground says. What stops the referral itself, and was not let pass by
the chief, leaves nothing of the person on its paper. Other members need a consent of their
own, on whichever ground; what was heard at a sitting stays there, unless the sitting itself
is the ground.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from jusou_nb.choices import Category
from jusou_nb.fields import Item
from jusou_nb.forms.agency import Agency
from jusou_nb.forms.conference import Identification
from jusou_nb.forms.household import Person
from jusou_nb.forms.referral import Referral
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Basis, Profile
from jusou_nb.rules.matter import Matter, Reader, ReaderKind
from jusou_nb.rules.referrals import may_refer
from jusou_nb.rules.sharing import ALWAYS_OF_OTHERS, AgeDetail, box_withheld

_BY_CONSENT = Basis(code="", label="本人の同意", requires_consent=True)
_WITHOUT = Basis(code="", label="ほかの根拠")
_NO_CONSENT = frozenset({"referral.no_consent", "referral.beyond_consent"})
_OF_BOXES = frozenset({"referral.beyond_category", "referral.no_question"})
"""Problems that leave a box off, and not the person as a whole."""


@dataclass(frozen=True, kw_only=True)
class Passing:
    """A referral, as far as the question of what it carries needs to know it.

    Attributes:
        referral: The record.
        matter: The question of sharing; its basis needs the consent where that is the ground.
        reader: The agency to which it goes.
        whole: Why nothing of the person goes along; None where something may.
        allowed: Rules that the chief let pass for it.
    """

    referral: Referral
    matter: Matter
    reader: Reader
    whole: Problem | None = None
    allowed: frozenset[str] = field(default_factory=frozenset)


def passing(
    profile: Profile,
    referral: Referral,
    agency: Agency,
    matter: Matter,
    allowed: Collection[str] = (),
) -> Passing:
    """Ask how a referral carries what it carries.

    Args:
        profile: The town's.
        referral: The record.
        agency: Where it goes.
        matter: Consents, plans, 除外者 and what was heard at sittings; the rest is set here.
        allowed: Rules that the chief let pass for it.
    """
    stated = profile.codes("sharing_ground").by_code.get(referral.ground or "")
    flags = stated.flags if stated else frozenset()
    carried = matter.reach_of(matter.client_id)
    problems = may_refer(profile, referral, agency, carried, matter.excluded)
    stops = [p for p in problems if p.rule not in _OF_BOXES and p.rule not in allowed]
    whole = _whole(flags, is_known=stated is not None) or next(iter(stops), None)
    return Passing(
        referral=referral,
        matter=_as_asked(referral, agency, matter, flags, frozenset(allowed)),
        reader=Reader(ReaderKind.AGENCY, agency.id),
        whole=whole,
        allowed=frozenset(allowed),
    )


def _as_asked(
    referral: Referral, agency: Agency, matter: Matter, flags: frozenset[str], let: frozenset[str]
) -> Matter:
    """Put the question as if the referral were an item: consent needed, or not."""
    by_consent = "consent" in flags and not _NO_CONSENT & let
    return replace(
        matter,
        basis=_BY_CONSENT if by_consent else _WITHOUT,
        called=frozenset({agency.id or 0}),
        excluded=frozenset() if "referral.excluded" in let else matter.excluded,
        shared=frozenset(referral.shared_categories or matter.profile.shared_categories),
        identification=Identification.REAL,
        is_text_reviewed=True,
        heard=frozenset() if "conference" in flags else matter.heard,
    )


def _whole(flags: frozenset[str], *, is_known: bool) -> Problem | None:
    if not is_known:
        return _stays("passing.no_ground", "情報を渡す根拠が空のため掲載なし")
    if "guidance" in flags:
        return _stays("passing.guidance", "本人が自分で行くため、案内だけを載せています")
    return None


def _stays(rule: str, message: str) -> Problem:
    return Problem(rule=rule, message=message, remedy="", strength=Strength.FORBIDDEN)


def passed_on(asked: Passing, box: Item, person: Person | None = None) -> Problem | None:
    """Say why a box of the client, of another member, or of a sheet stays; None: it goes."""
    if asked.whole is not None:
        return asked.whole
    if person is not None and person.id != asked.matter.client_id:
        return _of_other(asked, box, person)
    if (person.id if person else None, box) in asked.matter.heard:
        return _stays("sharing.learnt_elsewhere", "ほかの会議で知ったことのため掲載なし")
    if box.name == "reason" and "referral.beyond_category" in asked.allowed:
        return None
    return (
        _not_chosen(asked, box)
        or box_withheld(asked.reader, asked.matter, box, person)
        or _not_reviewed(asked, box)
    )


def _of_other(asked: Passing, box: Item, person: Person) -> Problem | None:
    """Ask of another member as of one whose own matter it is: by that member's consent only."""
    if box.name in ALWAYS_OF_OTHERS:
        return None
    if asked.reader.agency_id in asked.matter.kept_from.get(person.id or 0, ()):
        return _stays("sharing.excluded", "この世帯員の除外者のため掲載なし")
    if (person.id, box) in asked.matter.heard:
        return _stays("sharing.learnt_elsewhere", "ほかの会議で知ったことのため掲載なし")
    own = replace(asked.matter, basis=_BY_CONSENT, client_id=person.id or 0, signed_plans=())
    found = box_withheld(asked.reader, own, box, person)
    return found or _not_chosen(asked, box) or _not_reviewed(asked, box)


def _not_chosen(asked: Passing, box: Item) -> Problem | None:
    chosen = asked.referral.shared_categories
    if not chosen or not isinstance(box.scope, Category) or box.scope in chosen:
        return None
    return _stays("sharing.category", "この紙で渡さないとした区分のため掲載なし")


def _not_reviewed(asked: Passing, box: Item) -> Problem | None:
    """Sentences that stand on other sheets were not written for this agency; an address is none."""
    is_own = box.name == "reason" or box.identifies
    if is_own or not box.is_free_text or asked.referral.text_reviewed_on is not None:
        return None
    return _stays("sharing.text_not_reviewed", "文章が未確認のため掲載なし")


def age_passed_on(asked: Passing, box: Item, person: Person) -> AgeDetail:
    """Ask how exactly an age goes along: of members without a consent the decade."""
    found = passed_on(asked, box, person)
    if found is None:
        return AgeDetail.YEARS
    if asked.whole is None and person.id != asked.matter.client_id:
        return AgeDetail.BAND
    return AgeDetail.NONE
