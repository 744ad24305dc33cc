"""Repeating rows of a form on the screen: added, closed, taken away, brought back."""

from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.errors import Invalid
from jusou_nb.forms import Conference, Household, Person
from jusou_nb.problems import Problem
from jusou_nb.widgets.form import FormView

TODAY = date(2026, 10, 1)


@pytest.fixture
def store():
    """A new store in memory."""
    with open_store("", account="mihon") as store:
        yield store


@pytest.fixture
def view(store):
    """Shows a form."""
    return lambda form, **kwargs: FormView(form, store.lexicon(), today=TODAY, **kwargs)


def _box(view, name):
    return view.box_set.by_name[name]


def test_a_missing_name_is_told_in_the_row_of_that_member(view):
    shown = view(Household)
    shown.load(Household(members=(Person(name="見本　花子"), Person(relation="長男"))))
    with pytest.raises(Invalid) as stop:
        shown.record()
    shown.show_problems(stop.value.problems)
    first, second = shown.rows["members"].blocks
    assert first.boxes.by_name["name"].error == ""
    assert "2行目" in second.boxes.by_name["name"].error


def test_unreadable_text_in_a_row_names_the_row(view):
    shown = view(Household, record=Household(members=(Person(name="見本　花子"),)))
    shown.rows["members"].blocks[0].boxes.by_name["birth"].text = "いつか"
    with pytest.raises(Invalid) as stop:
        shown.record()
    assert [p.box for p in stop.value.problems] == ["members.0.birth"]
    assert "世帯員の1行目" in stop.value.problems[0].message


def test_saving_a_loaded_form_keeps_the_ids_of_its_rows(view, store):
    people = (Person(name="見本　花子"), Person(name="架空　太郎"))
    saved = store.save(Household(size=2, members=people))
    shown = view(Household, record=saved)
    _box(shown, "size").text = "3"
    shown.rows["members"].add()
    shown.rows["members"].blocks[-1].boxes.by_name["name"].text = "例示　次郎"
    record = shown.record()
    assert (record.id, record.version) == (saved.id, saved.version)
    assert [p.id for p in record.members] == [saved.members[0].id, saved.members[1].id, None]
    assert store.save(record).size == 3


def test_a_row_taken_away_leaves_the_record_and_can_be_put_back(view):
    members = (Person(id=1, name="見本　花子"), Person(id=2, name="架空　太郎"))
    shown = view(Household, record=Household(members=members))
    block = shown.rows["members"].blocks[0]
    block.head.click()
    assert [p.id for p in shown.record().members] == [2]
    assert block.children == (block.head,)
    block.head.click()
    assert shown.record().members == members


def test_a_blank_row_goes_without_a_word_and_is_no_row_of_the_record(view):
    shown = view(Household, record=Household(members=(Person(name="見本　花子"),)))
    editor = shown.rows["members"]
    editor.add()
    assert len(shown.record().members) == 1
    editor.blocks[1].head.click()
    assert len(editor.blocks) == 1


def test_the_first_member_is_called_the_client_and_rows_are_numbered_anew(view):
    three = tuple(Person(id=n, name=f"例示　{n}") for n in (1, 2, 3))
    editor = view(Household, record=Household(members=three)).rows["members"]
    labels = [block.head.label for block in editor.blocks]
    assert labels == ["世帯員 1（本人）", "世帯員 2", "世帯員 3"]
    editor.blocks[1].head.click()
    assert editor.blocks[2].head.label == "世帯員 2"


def test_a_family_of_fifteen_is_listed_closed_and_opens_where_something_is_wrong(view):
    people = tuple(Person(id=n, relation="子", name=f"例示　{n}") for n in range(1, 16))
    shown = view(Household, record=Household(members=people))
    heads = [block.head for block in shown.rows["members"].blocks]
    assert all(head.closed for head in heads)
    assert heads[2].support == "子　例示　3"
    assert shown.record().members == people
    shown.show_problems([Problem(rule="r", message="空。", remedy="書く。", box="members.2.kana")])
    assert [n for n, head in enumerate(heads) if not head.closed] == [2]


def test_a_closed_row_opens_to_be_changed_and_the_draft_keeps_the_rest(view):
    people = tuple(Person(id=n, name=f"例示　{n}") for n in range(1, 16))
    shown = view(Household, record=Household(members=people))
    block = shown.rows["members"].blocks[4]
    block.head.unfold()
    block.boxes.by_name["name"].text = "例示　五郎"
    again = view(Household, record=Household(members=people))
    again.restore(shown.boxes())
    assert [p.name for p in again.record().members][3:6] == ["例示　4", "例示　五郎", "例示　6"]


def test_adding_a_row_puts_the_keyboard_into_it(view):
    editor = view(Conference).rows["attendees"]
    editor.add_button.click()
    first = next(iter(editor.blocks[-1].boxes.by_name.values()))
    assert first.focus_count == 1


def test_a_draft_of_a_saved_form_finds_its_rows_by_id(view, store):
    people = (Person(name="見本　花子"), Person(name="架空　太郎"))
    saved = store.save(Household(members=people))
    typed = view(Household, record=saved)
    typed.rows["members"].blocks[0].head.click()
    found = view(Household, record=saved)
    found.restore(typed.boxes())
    assert found.record().members == (saved.members[1],)
