"""What waits of consents and 秘匿: papers to be written, scopes, second persons, ends.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.forms.consent import ConsentManner
from jusou_nb.store.consents import in_force
from jusou_nb.store.due_sql import RUNS, Kind, later, next_consent_sitting, waiting
from jusou_nb.workdays import next_workday

# The plus keeps SQLite from starting there: what is cheap to ask of a consent is asked first.
_IN_FORCE = f"+c.id IN ({in_force(':today')})"
_OF_PEOPLE = "consents AS c JOIN persons AS p ON p.id = c.person_id"
_MASKED = "p.struck_at IS NULL AND p.is_masked = 1"


def oral_consents() -> str:
    """口頭の同意の書面: consent was given orally and its paper is still to come.

    Whose: whoever has the case. Date: 書面をもらう期限, else the profile's days after it was
    given. Until: it is not in force any more (see ``consents.in_force``): a later consent, a
    refusal, a whole withdrawal, its last day; asking again, or a withdrawal in part, leaves it
    to be written.
    """
    return waiting(
        _OF_PEOPLE,
        f"p.struck_at IS NULL AND c.manner = '{ConsentManner.ORAL.value}' AND {_IN_FORCE}",
        record_id="c.id",
        due_on=f"coalesce(c.written_by, {later('c.stated_on', 'oral_paper_days')})",
        client_id="p.id",
        household_id="p.household_id",
    )


def unknown_scopes() -> str:
    """同意の範囲の確認: consent is given, and to what or to whom is not known (imports).

    Whose: whoever has the case. Date: the next sitting that has an item of that person, else
    none. Until: categories and agencies are stated, a later entry, or no case runs.
    """
    runs = f"EXISTS (SELECT 1 FROM cases AS k WHERE k.household_id = p.household_id AND {RUNS})"
    return waiting(
        _OF_PEOPLE,
        "p.struck_at IS NULL AND (json_array_length(coalesce(c.categories, '[]')) = 0"
        f" OR json_array_length(coalesce(c.agencies, '[]')) = 0) AND {_IN_FORCE} AND {runs}",
        record_id="c.id",
        due_on=next_consent_sitting("p.id"),
        client_id="p.id",
        household_id="p.household_id",
    )


def _of_masked(where: str, due_on: str) -> str:
    return waiting(
        "persons AS p",
        f"{_MASKED} AND {where}",
        record_id="p.id",
        due_on=due_on,
        client_id="p.id",
        household_id="p.household_id",
    )


def unconfirmed_masks() -> str:
    """秘匿の確認: one person has set it, and the second has not confirmed it.

    Whose: whoever has the case, or any other worker. Date: the next working day after it was
    set, none where nobody wrote when. Until: 確認日. The 秘匿 holds meanwhile.
    """
    return _of_masked("p.mask_confirmed_on IS NULL", "p.masked_on")


def asked_unmaskings() -> str:
    """秘匿の解除の確認: one person asks that it be lifted; it takes two.

    Whose: whoever has the case, or any other worker. Date: the next working day after it was
    asked. Until: it is lifted, or nobody asks any more.
    """
    return _of_masked("coalesce(p.unmask_asked_by, '') <> ''", "p.unmask_asked_on")


def mask_reviews() -> str:
    """秘匿の見直し: the day has come to ask whether it is still needed; it never ends by itself.

    Whose: whoever has the case. Date: 秘匿の見直し日. Until: a new day, or it is lifted by two.
    """
    return _of_masked("p.masked_until IS NOT NULL", "p.masked_until")


def protection_ends() -> str:
    """支援措置の期限: the protection in the 住民基本台帳 ends and has to be renewed in time.

    Whose: whoever has the case. Date: 支援措置の期限, told the profile's days ahead. Until: a
    new day is entered, or there is none any more.
    """
    return _of_masked(
        "p.has_address_protection = 1 AND p.protection_until IS NOT NULL", "p.protection_until"
    )


KINDS = (
    Kind(
        sql=oral_consents,
        table="consents",
        label="口頭の同意の書面",
        what_to_do="書面をもらい、同意書として記録してください。",
    ),
    Kind(
        sql=unknown_scopes,
        table="consents",
        label="同意の範囲の確認",
        what_to_do="共有してよい情報と機関を本人に確かめて記入してください。それまで機関の資料に載りません。",
    ),
    Kind(
        sql=unconfirmed_masks,
        table="persons",
        label="秘匿の確認",
        what_to_do="付けた人とは別の人が、秘匿の内容を確かめて確認日を入れてください。",
        from_day=next_workday,
    ),
    Kind(
        sql=asked_unmaskings,
        table="persons",
        label="秘匿の解除の確認",
        what_to_do="解除を求めた人とは別の人が、解除してよいかを判断してください。",
        from_day=next_workday,
    ),
    Kind(
        sql=mask_reviews,
        table="persons",
        label="秘匿の見直し",
        what_to_do="秘匿を続けるかを確かめ、新しい見直し日を入れてください（自動では解除されません）。",
    ),
    Kind(
        sql=protection_ends,
        table="persons",
        label="支援措置の期限",
        what_to_do="支援措置の延長を申し出るかを本人に確かめ、新しい期限を入れてください。",
        ahead="protection_notice_days",
    ),
)
