"""How a text is written on all forms alike: readings, telephone numbers, postal codes."""

from datetime import date

import pytest

from jusou_nb import names, open_store, values
from jusou_nb.boxes import Writing
from jusou_nb.fields import children, get_item, items
from jusou_nb.forms import FORMS, Intake, Person
from jusou_nb.widgets.controls import control_for

TODAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("０９０１２３４５６７８", "090-1234-5678"),
        ("05012345678", "050-1234-5678"),
        ("0120123456", "0120-123-456"),
        ("08001234567", "0800-123-4567"),
        ("０３ー１２３４ー５６７８", "03-1234-5678"),
        ("(0123)45-6789", "0123-45-6789"),
        ("0312345678", "0312345678"),
        ("隣の家へ", "隣の家へ"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_cut_only_where_the_cut_is_the_same_everywhere(typed, kept):
    assert names.phone(typed) == kept
    assert names.phone(kept) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("〒1234567見本町1-2", "〒123-4567　見本町1-2"),
        ("〒１２３－４５６７ 見本町１", "〒123-4567　見本町１"),
        ("〒123-4567", "〒123-4567"),
        ("〒12345678見本町", "〒12345678見本町"),
        ("見本町1234567", "見本町1234567"),
        ("123-4567番地", "123-4567番地"),
    ],
)
def test_a_postal_code_is_written_alike_and_the_address_as_typed(typed, kept):
    assert names.address(typed) == kept
    assert names.address(kept) == kept


def test_every_box_of_a_number_or_reading_is_written_alike_on_all_forms():
    forms = {form for f in FORMS for form in (f, *(t.form for t in children(f)))}
    named = {"電話番号", "代表電話", "来談者の電話番号", "フリガナ"}
    unwritten = [
        (form.table, box.label)
        for form in forms
        for box in items(form)
        if box.label in named and box.writing is None
    ]
    assert unwritten == []


@pytest.mark.parametrize(
    ("form", "name", "typed", "value"),
    [
        (Person, "kana", "みほん はなこ", "ミホン　ハナコ"),
        (Person, "telephone", "０９０１２３４５６７８", "090-1234-5678"),
        (Intake, "inquirer_telephone", "(0123)45-6789", "0123-45-6789"),
        (Person, "address", "〒1234567見本町", "〒123-4567　見本町"),
    ],
)
def test_what_is_typed_shows_as_it_is_kept_once_the_box_is_left(form, name, typed, value):
    with open_store("") as store:
        box = control_for(get_item(form, name), store.lexicon(), TODAY)
    box.editing, box.text = True, typed
    assert (box.value, box.text) == (value, typed)

    box.editing = False
    assert box.text == value


def test_what_was_recorded_otherwise_before_stays_until_somebody_changes_it():
    with open_store("") as store:
        box = control_for(get_item(Person, "kana"), store.lexicon(), TODAY)
    box.value = "みほん はなこ"
    assert box.text == "みほん はなこ"
    box.editing = True
    box.editing = False

    assert box.text == box.value == "みほん はなこ"


def test_only_texts_are_tidied_and_masked_words_stay():
    reading = get_item(Person, "telephone")
    assert reading.writing is Writing.TELEPHONE
    assert values.tidy(reading, None) is None
    assert values.tidy(reading, values.MASKED) == values.MASKED
