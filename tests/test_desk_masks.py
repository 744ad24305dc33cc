"""秘匿 at the desk: one sets it, another confirms at a desk of their own, two lift it."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework, open_store
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import Household, Intake, Person
from jusou_nb.problems import Override
from jusou_nb.store import overrides, queries
from jusou_nb.store.due import due_items
from jusou_nb.widgets.left import left_on
from jusou_nb.widgets.mask_entries import LIFT, MASK, REVIEW
from jusou_nb.widgets.mask_view import MaskView
from jusou_nb.widgets.session import Session

FRIDAY, TUESDAY = date(2026, 10, 9), date(2026, 10, 13)


@pytest.fixture
def path(tmp_path):
    """A store with a mother and her daughter."""
    made = tmp_path / "office.db"
    with open_store(made, account="hajime") as store:
        casework.receive_intake(
            store,
            household=Household(
                members=(
                    Person(relation="本人", name="見本 花子", address="架空町1"),
                    Person(relation="長女", name="見本 さくら"),
                )
            ),
            intake=Intake(received_on=FRIDAY),
        )
    return made


@pytest.fixture
def sit(path):
    """Sit down at a desk of one's own, on a day; give the view of the mother."""
    opened = []

    def at(account, today=TUESDAY):
        store = open_store(path, account=account)
        opened.append(store)
        household = store.find(Household)[0]
        told = []
        view = MaskView(Session(store, today), household, told.append, household.members[0].id)
        view.told = told
        return view

    yield at
    for store in opened:
        with closing(store):
            pass


def write(view, **texts):
    (entry,) = view.sheet.children
    for name, text in texts.items():
        entry.forms["record"].box_set.by_name[name].raw = text
    entry.press()


def buttons(view):
    return [part.label for part in view.buttons]


def mother(view):
    return queries.person(queries.household_of(view.session.store, view.person.id), view.person.id)


def masked(sit):
    view = sit("hajime", FRIDAY)
    write(view, masked_because="夫からの暴力", masked_until="R9.3.31")
    return view


def test_one_person_sets_it_at_the_desk_and_it_holds_at_once(sit):
    view = masked(sit)

    person = mother(view)
    assert (person.is_masked, person.masked_by, person.masked_on) == (True, "hajime", FRIDAY)
    assert person.masked_until == date(2027, 3, 31)
    assert "いまから効きます" in view.said.text


def test_without_a_reason_it_is_not_set(sit):
    view = sit("hajime", FRIDAY)
    write(view, masked_until="R9.3.31")

    assert not mother(view).is_masked
    assert view.sheet.children[0].forms["record"].box_set.by_name["masked_because"].error


def test_who_lives_with_her_is_to_be_thought_of_before_the_worker_goes_on(sit):
    view = masked(sit)

    assert "秘匿のない人が1人います" in view.said.text
    assert view.told == []
    view.said.actions.children[0].click()
    assert [person.name for person in view.told] == ["見本 花子"]


def test_who_set_it_reads_that_somebody_else_confirms(sit):
    view = masked(sit)
    lines = "".join(getattr(part, "value", "") for part in view.room.children)
    assert "別の人が、自分の机で確かめてください" in lines

    view.confirm()
    assert "同じ人です" in view.gate.banner.text
    assert mother(view).mask_confirmed_by is None


def test_the_chief_may_let_the_same_person_confirm_with_a_reason_that_stays(sit):
    view = masked(sit)
    view.confirm()
    view.gate.chief.note.load(
        replace(view.gate.chief.note.as_it_stands(), reason="窓口に一人", allowed_by="架空 課長")
    )
    view.gate.chief.press()

    assert mother(view).mask_confirmed_by == "hajime"
    (kept,) = overrides.of(view.session.store, "persons", view.person.id)
    assert (kept["rule"], kept["allowed_by"]) == ("masking.same_person", "架空 課長")


def test_another_person_confirms_at_a_desk_of_their_own(sit):
    masked(sit)
    view = sit("futari")
    assert buttons(view)[0] == "二人目として確かめる"

    view.confirm()

    assert mother(view).mask_confirmed_by == "futari"
    assert "二人目として確かめました" in view.said.text
    assert "二人目として確かめる" not in buttons(view)


def test_it_is_lifted_by_two_and_by_nobody_alone(sit):
    masked(sit)
    first = sit("hajime")
    first.open_sheet(LIFT)
    write(first, unmask_because="転居した")
    assert mother(first).is_masked and mother(first).unmask_asked_by == "hajime"

    first.lift()
    assert "同じ人です" in first.gate.banner.text and mother(first).is_masked
    second = sit("futari")
    second.lift()
    assert not mother(second).is_masked and mother(second).unmasked_by == "futari"


def test_the_second_person_may_keep_it_and_nothing_waits_any_more(sit):
    masked(sit)
    first = sit("hajime")
    first.confirm()
    first.open_sheet(LIFT)
    write(first, unmask_because="転居した")
    second = sit("futari")
    second.confirm()
    second.keep()

    assert mother(second).is_masked and mother(second).unmask_asked_by is None
    kinds = {due.kind for due in due_items(second.session.store, TUESDAY)}
    assert not kinds & {"asked_unmaskings", "unconfirmed_masks"}


def test_the_review_day_and_the_end_of_the_protection_are_looked_at_again(sit):
    view = masked(sit)
    view.open_sheet(REVIEW)
    write(view, masked_until="R9.9.30", has_address_protection=["1"])
    assert mother(view).masked_until == date(2027, 3, 31)

    write(view, protection_until="R9.6.30")
    assert mother(view).masked_until == date(2027, 9, 30)
    assert mother(view).protection_until == date(2027, 6, 30)


def test_a_reason_half_written_is_found_again(sit):
    view = sit("hajime")
    (entry,) = view.sheet.children
    entry.forms["record"].box_set.by_name["masked_because"].raw = "夫から"

    (left,) = left_on(view.session.store)
    assert (left.name, left.page) == ("秘匿", "期限")
    assert left.what == (Person.table, view.person.id, MASK)


def test_a_ticked_box_on_the_first_sheet_waits_for_the_second_person(path):
    with open_store(path, account="hajime") as store:
        casework.receive_intake(
            store,
            household=Household(members=(Person(name="架空 次郎", is_masked=True),)),
            intake=Intake(received_on=FRIDAY),
        )
        (due,) = [d for d in due_items(store, TUESDAY) if d.kind == "unconfirmed_masks"]
        person = store.load(Person, due.record_id)

    assert (person.masked_by, person.masked_on, due.due_on) == ("hajime", FRIDAY, TUESDAY)


def test_the_second_person_does_not_confirm_on_the_households_form(sit):
    view = masked(sit)
    store, household = view.session.store, queries.household_of(view.session.store, view.person.id)
    typed = replace(mother(view), mask_confirmed_by="例示 窓口", mask_confirmed_on=TUESDAY)
    changed = replace(household, members=(typed, *household.members[1:]))

    with pytest.raises(NotAllowed, match="「秘匿」の画面で"):
        casework.save_household(store, changed, on=TUESDAY)
    passed = Override(rule="masking.seconded_on_form", reason="紙で確認済", allowed_by="課長")
    assert casework.save_household(store, changed, on=TUESDAY, overrides=(passed,))


def test_what_is_not_masked_is_not_looked_at_again(sit):
    view = sit("hajime")

    with pytest.raises(NotAllowed, match="秘匿は付いていません"):
        casework.review_mask(view.session.store, view.person.id, until=TUESDAY)
    with pytest.raises(NotAllowed, match="秘匿は付いていません"):
        casework.keep_masked(view.session.store, view.person.id)
