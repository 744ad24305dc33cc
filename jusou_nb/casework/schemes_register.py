"""窓口・制度の登録簿: keep it, confirm it, end it, and find in it what fits a case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.checks import require
from jusou_nb.forms import Case, Scheme, SchemeCheck
from jusou_nb.problems import Problem, settle
from jusou_nb.profile import CodeList
from jusou_nb.rules import schemes as rules
from jusou_nb.store import Store, register


@dataclass(frozen=True, kw_only=True)
class SchemeKept:
    """A scheme as kept, and what is to be looked at."""

    scheme: Scheme
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """A scheme that may fit a case, and why; ``is_checked`` where the case has tried it."""

    scheme: Scheme
    reasons: tuple[str, ...]
    is_checked: bool = False


def register_scheme(store: Store, scheme: Scheme, *, today: date) -> SchemeKept:
    """Keep a scheme of the register; a new one counts as confirmed today unless it says when.

    Raises:
        Invalid: It has no name.
    """
    require(scheme)
    remarks = settle(rules.may_register(scheme))
    if scheme.id is None and scheme.confirmed_on is None:
        scheme = replace(scheme, confirmed_on=today)
    return SchemeKept(scheme=store.save(scheme), remarks=tuple(remarks))


def confirm_scheme(store: Store, scheme: Scheme, *, on: date) -> SchemeKept:
    """Note that the content of a scheme was confirmed on a day.

    Raises:
        NotAllowed: It has ended.
    """
    settle(rules.may_confirm(scheme, on))
    return SchemeKept(scheme=store.save(replace(scheme, confirmed_on=on)))


def end_scheme(store: Store, scheme: Scheme, *, on: date) -> SchemeKept:
    """Note the last day of a scheme; it stays on the record and leaves lists and searches.

    Raises:
        NotAllowed: Its end is noted already.
    """
    settle(rules.may_end(scheme))
    return SchemeKept(scheme=store.save(replace(scheme, ended_on=on)))


def matching_schemes(store: Store, case: Case, *, on: date | None = None) -> list[Fitting]:
    """Find the running schemes that fit a case by its issues, else by its fields, with reasons.

    Those that fit more issues come first; a scheme that names issues must fit one of them.
    """
    issues, fields = register.issues_of(store, case), register.fields_of(store, case)
    checked = {check.scheme for check in store.find(SchemeCheck, case_id=case.id)}
    found = []
    for scheme in register.running_schemes(store, on):
        fits = [code for code in scheme.issues or () if code in issues]
        near = [code for code in scheme.fields or () if code in fields]
        if not fits and (scheme.issues or not near):
            continue
        reasons = (
            *_reasons(store.profile.codes("issue"), "課題", fits),
            *_reasons(store.profile.codes("field"), "分野", near),
        )
        found.append((len(fits), len(near), Fitting(
            scheme=scheme, reasons=reasons, is_checked=scheme.name in checked)))  # fmt: skip
    return [fitting for *_, fitting in sorted(found, key=lambda row: (-row[0], -row[1]))]


def _reasons(listed: CodeList, what: str, codes: Sequence[str]) -> list[str]:
    return [f"{what}「{listed.by_code[c].label}」に合う" for c in codes if c in listed.by_code]


def check_of_scheme(scheme: Scheme, *, on: date) -> SchemeCheck:
    """Give the sheet 既存制度の確認 for a scheme of the register: name and desk are filled in."""
    return SchemeCheck(checked_on=on, scheme=scheme.name, agency=scheme.agency)
