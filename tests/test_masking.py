"""秘匿: one sets it, a second confirms, two lift it, and no date ever ends it."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.errors import NotAllowed
from jusou_nb.fields import get_item, items
from jusou_nb.forms import Case, Household, Person
from jusou_nb.problems import Override
from jusou_nb.rules import masking
from jusou_nb.rules.sharing import CHAIR, Reader, ReaderKind, box_withheld
from jusou_nb.store import overrides, queries
from jusou_nb.workdays import next_workday

FRIDAY = date(2026, 10, 9)
TUESDAY = date(2026, 10, 13)
WHEREABOUTS = [box.name for box in items(Person) if box.masked]


def mask(desk, **boxes):
    told = {"because": "夫からの暴力", "on": FRIDAY, "by": "架空 担当", **boxes}
    return casework.mask_person(desk.store, desk.mother.id, **told)


def mother(desk):
    return queries.person(queries.household_of(desk.store, desk.mother.id), desk.mother.id)


def rules(problems):
    return [p.rule for p in problems]


def due(desk, day):
    members = queries.household_of(desk.store, desk.mother.id).members
    said = [masking.reminders(desk.store.profile, person, day) for person in members]
    return [rule for problems in said for rule in rules(problems)]


def test_one_person_masks_at_once(desk):
    person, _ = mask(desk)

    assert person.is_masked and (person.masked_by, person.masked_on) == ("架空 担当", FRIDAY)
    assert mother(desk) == person


def test_the_second_person_is_due_the_next_working_day_past_the_holiday(desk):
    person, _ = mask(desk)

    assert masking.confirm_by(person) == TUESDAY
    late = masking.reminders(desk.store.profile, person, date(2026, 10, 14))
    assert [p.message for p in late] == [
        "秘匿の二人目の確認がまだです（令和8年10月13日を過ぎています）。"
    ]


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 10, 7), date(2026, 10, 8)),
        (FRIDAY, TUESDAY),
        (date(2026, 12, 28), date(2027, 1, 4)),
        (date(2027, 4, 28), date(2027, 4, 30)),
    ],
    ids=["weekday", "weekend and sports day", "turn of the year", "holiday"],
)
def test_the_next_working_day_knows_weekends_holidays_and_the_turn_of_the_year(day, following):
    assert next_workday(day) == following


def test_the_mask_holds_while_the_second_person_is_still_to_come(desk, put):
    mask(desk)
    about = queries.matter_of(desk.store, put("confidential"), desk.sitting)
    care = Reader(ReaderKind.AGENCY, desk.sitting.called[0])

    for reader in (care, CHAIR):
        for box in WHEREABOUTS:
            withheld = box_withheld(reader, about, get_item(Person, box), mother(desk))
            assert withheld.rule == "sharing.masked"


def test_who_set_it_cannot_confirm_it_and_another_person_can(desk):
    mask(desk)

    with pytest.raises(NotAllowed, match=r"同じ人です.*別の人"):
        casework.confirm_mask(desk.store, desk.mother.id, on=TUESDAY, by="架空　担当")
    confirmed = casework.confirm_mask(desk.store, desk.mother.id, on=TUESDAY, by="例示 窓口")

    assert (confirmed.mask_confirmed_by, confirmed.mask_confirmed_on) == ("例示 窓口", TUESDAY)
    assert due(desk, date(2026, 12, 1)) == []


def test_the_chief_may_let_one_person_confirm_alone_with_a_reason_that_stays(desk):
    mask(desk)
    alone = Override(rule="masking.same_person", reason="窓口に一人", allowed_by="課長")

    saved = casework.confirm_mask(
        desk.store, desk.mother.id, on=TUESDAY, by="架空 担当", overrides=(alone,)
    )

    (kept,) = overrides.of(desk.store, "persons", saved.id)
    assert (kept["reason"], kept["allowed_by"]) == ("窓口に一人", "課長")


def test_lifting_waits_for_two(desk):
    mask(desk)
    asked = casework.ask_unmask(
        desk.store, desk.mother.id, because="転居", on=TUESDAY, by="架空 担当"
    )
    assert asked.is_masked and "masking.lift_waits" in due(desk, TUESDAY)

    with pytest.raises(NotAllowed, match="同じ人です"):
        casework.confirm_unmask(desk.store, desk.mother.id, on=TUESDAY, by="架空 担当")
    lifted = casework.confirm_unmask(desk.store, desk.mother.id, on=TUESDAY, by="例示 窓口")

    assert not lifted.is_masked and lifted.unmasked_by == "例示 窓口"
    assert lifted.unmask_because == "転居"


def test_nobody_lifts_what_nobody_asked_to_lift(desk):
    mask(desk)

    with pytest.raises(NotAllowed, match=r"解除を求めた人が記録されていません.*一人目"):
        casework.confirm_unmask(desk.store, desk.mother.id, on=TUESDAY, by="例示 窓口")

    assert mother(desk).is_masked


def test_a_mask_set_again_starts_with_neither_confirmation_nor_request(desk):
    mask(desk)
    casework.confirm_mask(desk.store, desk.mother.id, on=TUESDAY, by="例示 窓口")
    casework.ask_unmask(desk.store, desk.mother.id, because="転居", on=TUESDAY, by="例示 窓口")
    casework.confirm_unmask(desk.store, desk.mother.id, on=TUESDAY, by="見本 推進")

    again, _ = mask(desk, on=date(2026, 11, 2))

    assert again.mask_confirmed_by is None and again.unmask_asked_by is None
    assert masking.confirm_by(again) == date(2026, 11, 4)


def test_an_end_date_reminds_and_never_unmasks(desk):
    mask(desk, until=date(2026, 10, 31))
    casework.confirm_mask(desk.store, desk.mother.id, on=TUESDAY, by="例示 窓口")

    assert due(desk, date(2026, 10, 30)) == []
    assert due(desk, date(2030, 1, 1)) == ["masking.review"]
    assert mother(desk).is_masked


def test_the_end_of_the_protection_is_told_a_month_ahead(desk):
    mask(desk, protection_until=date(2027, 3, 31))
    casework.confirm_mask(desk.store, desk.mother.id, on=TUESDAY, by="例示 窓口")

    assert due(desk, date(2027, 2, 28)) == []
    assert due(desk, date(2027, 3, 1)) == ["masking.protection"]
    assert due(desk, date(2027, 4, 1)) == ["masking.protection"]


def test_a_household_form_cannot_lift_a_mask_by_an_unticked_box(desk):
    mask(desk)
    household = queries.household_of(desk.store, desk.mother.id)
    bare = tuple(replace(p, is_masked=None) for p in household.members)

    with pytest.raises(NotAllowed, match=r"解除は二人"):
        casework.save_household(desk.store, replace(household, members=bare), on=TUESDAY)

    assert mother(desk).is_masked


def test_a_person_under_a_mask_is_not_taken_off_the_household_form_either(desk):
    mask(desk)
    household = queries.household_of(desk.store, desk.mother.id)

    with pytest.raises(NotAllowed, match=r"解除は二人"):
        casework.save_household(
            desk.store, replace(household, members=household.members[1:]), on=TUESDAY
        )


def test_a_mask_ticked_on_the_form_acts_at_once_and_knows_who_ticked_it(desk):
    household = queries.household_of(desk.store, desk.mother.id)
    ticked = tuple(replace(p, is_masked=True) for p in household.members)

    saved = casework.save_household(desk.store, replace(household, members=ticked), on=FRIDAY)

    assert [(p.masked_by, p.masked_on) for p in saved.members] == [("tantou", FRIDAY)] * 2
    assert due(desk, TUESDAY) == ["masking.unconfirmed"] * 2


def test_an_ordinary_change_of_the_household_passes(desk):
    mask(desk)
    household = queries.household_of(desk.store, desk.mother.id)

    saved = casework.save_household(desk.store, replace(household, size=3), on=TUESDAY)

    assert saved.size == 3 and saved.members[0].masked_on == FRIDAY


def test_where_the_opponent_lives_in_the_household_the_worker_is_told_so(desk):
    family = queries.household_of(desk.store, desk.mother.id)
    husband = replace(family.members[1], relation="夫", is_opponent=True)
    child = Person(relation="子", name="見本 若葉")
    members = (family.members[0], husband, child)
    desk.store.save(replace(family, members=members))

    _, remarks = mask(desk)

    assert rules(remarks) == ["masking.unconfirmed", "masking.others", "masking.opponent"]
    assert "1人います" in remarks[1].message


def test_on_the_opponents_own_item_the_masked_wife_is_a_relation_without_whereabouts(desk, put):
    mask(desk)
    his = desk.store.save(replace(desk.case, id=None, version=0, client_id=desk.son.id))
    item = replace(put("confidential"), client_id=desk.son.id, case_id=his.id)
    about = queries.matter_of(desk.store, item, desk.sitting)
    care = Reader(ReaderKind.AGENCY, desk.sitting.called[0])

    shown = {b.name for b in items(Person) if not box_withheld(care, about, b, mother(desk))}

    assert "relation" in shown
    assert shown & {*WHEREABOUTS, "masked_because", "is_opponent", "protection_until"} == set()


@pytest.mark.parametrize(
    ("seen_by", "name", "seen"),
    [
        ((), "架空 担当", True),
        ((), "見本 推進", False),
        (("deputy",), "見本 推進", True),
        (("deputy",), "架空 担当", False),
        (("chief",), "通りがかり", False),
    ],
)
def test_whereabouts_are_seen_by_those_whom_the_mask_names(desk, seen_by, name, seen):
    person, _ = mask(desk, seen_by=seen_by)
    case = Case(coordinator="架空　担当", deputy="見本 推進")

    assert casework.may_see(desk.store, person, case, name) is seen
    assert casework.may_see(desk.store, desk.son, None, name)


def test_confirming_a_mask_that_is_not_there_says_so(desk):
    with pytest.raises(NotAllowed, match="秘匿は付いていません"):
        casework.confirm_mask(desk.store, desk.mother.id, on=TUESDAY, by="例示 窓口")
    assert masking.may_save(None, Household()) == []


def test_a_mask_whose_day_nobody_wrote_still_waits_for_the_second_person(desk):
    bare = replace(desk.mother, is_masked=True)
    desk.store.save(replace(desk.household, members=(bare, desk.son)))

    problems = masking.reminders(desk.store.profile, mother(desk), TUESDAY)

    assert [p.message for p in problems] == ["秘匿の二人目の確認がまだです。"]
