"""Two workers changed one record: what both changed is asked, the rest is put together."""

from dataclasses import replace

import pytest

from jusou_nb.casework.reconcile import clashing, taken, together, together_as_typed
from jusou_nb.forms import Household, Intake, Person

BASE = Intake(id=1, version=1, presenting_problem="元の文", remarks="元の備考", route="self")
KIN = Household(
    id=1,
    members=(
        Person(id=1, version=1, name="見本 花子"),
        Person(id=2, version=1, name="見本 太郎", condition="元の様子"),
    ),
)


def members(record):
    return {person.id: person for person in record.members}


def test_boxes_that_only_one_changed_are_put_together_unasked():
    mine = replace(BASE, presenting_problem="わたしの文")
    theirs = replace(BASE, version=2, remarks="ほかの備考")
    both = together(BASE, mine, theirs)
    assert (both.presenting_problem, both.remarks) == ("わたしの文", "ほかの備考")
    assert both.version == 2
    assert (clashing(BASE, mine, theirs), taken(BASE, mine, theirs)) == ([], ["remarks"])


def test_a_box_that_both_changed_alike_is_no_question():
    changed = replace(BASE, remarks="同じ備考")
    assert clashing(BASE, changed, replace(changed, version=2)) == []


@pytest.mark.parametrize(("yielding", "kept"), [((), "わたしの文"), (("remarks",), "ほかの文")])
def test_of_a_box_that_both_changed_the_one_stays_that_was_chosen(yielding, kept):
    mine, theirs = replace(BASE, remarks="わたしの文"), replace(BASE, remarks="ほかの文")
    assert clashing(BASE, mine, theirs) == ["remarks"]
    assert together(BASE, mine, theirs, yielding=yielding).remarks == kept


def test_a_box_that_one_emptied_and_the_other_changed_is_asked():
    mine, theirs = replace(BASE, remarks=None), replace(BASE, remarks="ほかの文")
    assert clashing(BASE, mine, theirs) == ["remarks"]


def test_rows_that_each_added_stand_both():
    mother, son = KIN.members
    mine = replace(KIN, members=(mother, son, Person(name="わたしが足した人")))
    theirs = replace(KIN, members=(mother, son, Person(id=3, version=1, name="ほかの人が足した人")))
    both = together(KIN, mine, theirs)
    assert [person.name for person in both.members][2:] == [
        "ほかの人が足した人",
        "わたしが足した人",
    ]
    assert clashing(KIN, mine, theirs) == []


def test_a_row_that_one_took_away_goes_unless_the_other_wrote_in_it():
    mother, son = KIN.members
    mine = replace(KIN, members=(mother,))
    assert set(members(together(KIN, mine, KIN))) == {1}
    theirs = replace(KIN, members=(mother, replace(son, version=2, condition="夜は出てくる")))
    assert clashing(KIN, mine, theirs) == ["members"]
    assert set(members(together(KIN, mine, theirs, yielding=["members"]))) == {1, 2}


def test_different_rows_of_one_table_are_put_together():
    mother, son = KIN.members
    mine = replace(KIN, members=(replace(mother, condition="眠れない"), son))
    theirs = replace(KIN, members=(mother, replace(son, version=2, condition="夜は出てくる")))
    both = members(together(KIN, mine, theirs))
    assert (both[1].condition, both[2].condition) == ("眠れない", "夜は出てくる")
    assert clashing(KIN, mine, theirs) == []


def test_one_row_that_both_changed_is_asked_and_the_chosen_one_stands():
    mother, son = KIN.members
    mine = replace(KIN, members=(mother, replace(son, condition="わたしの文")))
    theirs = replace(KIN, members=(mother, replace(son, version=2, condition="ほかの文")))
    assert clashing(KIN, mine, theirs) == ["members"]
    assert members(together(KIN, mine, theirs))[2].condition == "わたしの文"
    taken_over = together(KIN, mine, theirs, yielding=["members"])
    assert members(taken_over)[2].condition == "ほかの文"


def test_texts_as_typed_are_put_together_in_the_same_manner():
    base = {"remarks": "元", "route": ["self"], "number": "1"}
    mine = {"remarks": "わたし", "route": ["self"], "presenting_problem": "新しい"}
    theirs = {"remarks": "ほか", "route": ["phone"], "number": "1"}
    found, clashes = together_as_typed(base, mine, theirs)
    assert clashes == ["remarks"]
    assert found == {"remarks": "わたし", "route": ["phone"], "presenting_problem": "新しい"}
