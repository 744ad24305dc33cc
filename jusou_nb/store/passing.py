"""What the question of sharing needs to know of a つなぐ or 照会, and what its paper shows."""

from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms import Agency, Case, Consent, Household, Provenance, Referral, SupportPlan
from jusou_nb.profile import Basis
from jusou_nb.rules import passing as rules
from jusou_nb.rules.matter import Matter
from jusou_nb.store import heard, overrides, papers, queries

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def passing_of(
    store: "Store", referral: Referral, household: Household, day: date
) -> rules.Passing:
    """Ask how a referral carries what it carries, on the day on which its paper is made."""
    agency = store.load(Agency, referral.destination or 0)
    let = {row["rule"] for row in overrides.of(store, Referral.table, referral.id or 0)}
    matter = _matter(store, referral, household, max(day, referral.sent_on or day))
    return rules.passing(store.profile, referral, agency, matter, let)


def _matter(store: "Store", referral: Referral, household: Household, day: date) -> Matter:
    cases = store.find(Case, client_id=referral.client_id)
    facts = [fact for case in cases for fact in store.find(Provenance, case_id=case.id)]
    # Without a case there may still be an intake that a sitting has told something of.
    asked = Case(household_id=household.id, intake_id=referral.intake_id)
    return Matter(
        profile=store.profile,
        basis=Basis(code="", label=""),
        day=day,
        client_id=referral.client_id or 0,
        excluded=frozenset(a for case in cases for a in case.excluded_agencies or ()),
        consents=queries.consents_of(store, household),
        signed_plans=queries.signed_plans(store, referral.client_id or 0),
        facts=tuple(facts),
        heard=heard.boxes(store, asked, household, facts),
        kept_from=queries.kept_from(store, household),
    )


def shown_of(store: "Store", referral: Referral, household: Household) -> list[tuple[str, int]]:
    """Name the records on which the paper of a referral depends."""
    shown = papers.shown_of_record(store, Referral, referral.id or 0)
    for person in household.members:
        shown += [(Consent.table, c.id or 0) for c in store.find(Consent, person_id=person.id)]
        shown += [(Case.table, c.id or 0) for c in store.find(Case, client_id=person.id)]
    cases = store.find(Case, client_id=referral.client_id)
    plans = store.find(SupportPlan, client_id=referral.client_id)
    shown += [(SupportPlan.table, plan.id or 0) for plan in plans]
    shown += [
        (Provenance.table, fact.id or 0)
        for case in cases
        for fact in store.find(Provenance, case_id=case.id)
    ]
    let = overrides.of(store, Referral.table, referral.id or 0)
    return [*shown, *(("overrides", row["id"]) for row in let)]
