"""Who reads, and what of an item the question of sharing needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jusou_nb.boxes import Item
from jusou_nb.choices import Category, Choice
from jusou_nb.forms.conference import Identification
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.plan import SupportPlan
from jusou_nb.forms.provenance import Provenance
from jusou_nb.profile import Basis, Profile
from jusou_nb.rules import consent as consents
from jusou_nb.rules.consent_reach import Reach, reach


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
    """One item, as far as the question of sharing needs to know it.

    ``consents`` are by person, ``signed_plans`` the client's, ``facts`` the case's list of
    what was heard on a basis without consent (移行の一覧); ``heard`` the boxes that were last
    set from such a sitting, each with the person whose it is (None: the household or intake);
    ``kept_from`` the parties excluded from cases about the household's members, by member.
    """

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
    signed_plans: tuple[SupportPlan, ...] = ()
    facts: tuple[Provenance, ...] = ()
    heard: frozenset[tuple[int | None, Item]] = frozenset()
    kept_from: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def consent_of(self, person_id: int | None) -> Consent | None:
        """The person's consent in force on the day of the sitting."""
        return consents.valid_on(self.consents.get(person_id or 0, ()), self.day, self.profile)

    def reach_of(self, person_id: int | None) -> Reach | None:
        """How far the person's consent carries on that day; a plan adds to the client's only."""
        plans = self.signed_plans if person_id == self.client_id else ()
        return reach(self.consents.get(person_id or 0, ()), self.day, self.profile, plans)
