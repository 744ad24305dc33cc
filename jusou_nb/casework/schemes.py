"""既存制度の確認を残す: what was tried before something of our own (domain rule 25)."""

from dataclasses import replace

from jusou_nb.checks import require
from jusou_nb.forms import Case, SchemeCheck, SupportPlan
from jusou_nb.problems import Problem
from jusou_nb.rules.before_support import schemes_unchecked
from jusou_nb.store import Store


def check_scheme(store: Store, case: Case, check: SchemeCheck) -> SchemeCheck:
    """Keep what came of an existing scheme.

    Raises:
        Invalid: The day, scheme or result is missing, or why it is not in use.
    """
    require(check)
    return store.save(replace(check, case_id=case.id))


def scheme_problems(store: Store, plan: SupportPlan) -> list[Problem]:
    """Ask whether existing schemes were checked before what a plan uses; an empty list is yes."""
    return schemes_unchecked(store.profile, plan, store.find(SchemeCheck, case_id=plan.case_id))
