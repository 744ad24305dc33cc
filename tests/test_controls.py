"""Controls: what is typed or ticked becomes the value, and nothing recorded is lost."""

import dataclasses
from datetime import date, datetime

import pytest

from jusou_nb import open_store
from jusou_nb.boxes import Stage, StatedAge
from jusou_nb.dates import PartialDate
from jusou_nb.fields import children, get_item, items
from jusou_nb.forms import (
    FORMS,
    Agency,
    Case,
    CaseNote,
    Conference,
    Consent,
    Household,
    Intake,
    Person,
    SupportPlan,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentState
from jusou_nb.widgets.controls import control_for
from jusou_nb.widgets.parts import HERE, STYLE

TODAY = date(2026, 10, 1)
EVERY = tuple({form: None for f in FORMS for form in (f, *(t.form for t in children(f)))})


@pytest.fixture(scope="module")
def lexicon():
    """The words of a new store."""
    with open_store("") as store:
        yield store.lexicon()


@pytest.fixture
def control(lexicon):
    """Makes the control of a box."""
    return lambda form, name: control_for(get_item(form, name), lexicon, TODAY)


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.__name__)
def test_every_box_of_every_form_has_a_control_with_its_whole_label(form, lexicon):
    for item in items(form):
        box = control_for(item, lexicon, TODAY)
        assert box.kind in {"text", "select", "radios", "ticks"}
        assert box.label == item.label
        assert box.support == item.help
        assert box.value is None


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.__name__)
def test_what_must_be_chosen_offers_all_its_options(form, lexicon):
    for item in items(form):
        box = control_for(item, lexicon, TODAY)
        offered = [option["label"] for option in box.options if option["code"]]
        if lexicon.options(item):
            assert offered == [option.label for option in lexicon.options(item)]


@pytest.mark.parametrize(
    ("form", "name", "typed", "value"),
    [
        (Intake, "received_on", "R8.4.1", date(2026, 4, 1)),
        (Intake, "received_on", "令和8年4月1日", date(2026, 4, 1)),
        (Intake, "received_on", "２０２６／４／１", date(2026, 4, 1)),
        (Person, "birth", "昭和55年", PartialDate(1980)),
        (Person, "stated_age", "80代", StatedAge("decade", 80)),
        (Household, "size", "３人", 3),
        (CaseNote, "happened_at", "R8.4.1 13:30", datetime(2026, 4, 1, 13, 30)),
        (Intake, "presenting_problem", " 眠れない\n払えない ", "眠れない\n払えない"),
        (Agency, "aliases", "包括\nあんしん", ("包括", "あんしん")),
    ],
)
def test_typed_text_becomes_the_value(control, form, name, typed, value):
    box = control(form, name)
    box.text = typed
    assert box.value == value
    assert box.error == ""


@pytest.mark.parametrize(
    ("form", "name", "chosen", "value"),
    [
        (Person, "is_masked", ["1"], True),
        (Person, "is_masked", ["0"], False),
        (Person, "is_masked", [], None),
        (Consent, "state", ["given"], ConsentState.GIVEN),
        (Intake, "issues", ["debt", "truancy"], ("debt", "truancy")),
        (Case, "lead_agency", ["3"], 3),
        (Conference, "called", ["3", "5"], (3, 5)),
    ],
)
def test_ticks_become_the_value(control, form, name, chosen, value):
    box = control(form, name)
    box.chosen = chosen
    assert box.value == value
    assert type(box.value) is type(value)


@pytest.mark.parametrize(
    ("form", "name", "value"),
    [
        (Intake, "received_on", date(2026, 4, 1)),
        (CaseNote, "happened_at", datetime(2026, 4, 1, 13, 30, 12)),
        (Person, "birth", PartialDate(2019)),
        (Person, "stated_age", StatedAge("unknown")),
        (Intake, "issues", ("truancy", "debt")),
        (Intake, "issues", ()),
        (Intake, "presenting_problem", "  字下げのまま"),
        (Agency, "aliases", ("一", "二")),
    ],
)
def test_what_was_loaded_and_not_touched_is_given_back_as_it_was(control, form, name, value):
    box = control(form, name)
    box.value = value
    assert box.value == value
    assert box.error == ""


def test_a_code_that_the_list_no_longer_has_stays_chosen(control):
    box = control(Case, "lead_agency")
    box.value = 999
    assert box.chosen == ["999"]
    assert box.options[-1]["label"] == "（999）"
    assert box.value == 999


def test_a_date_is_repeated_in_the_japanese_calendar_with_its_weekday(control):
    box = control(Intake, "received_on")
    box.text = "2026/4/1"
    assert box.note == "令和8年4月1日（水）"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("R8.10.16", "令和8年10月16日（金）今日より後"),
        ("R18.10.14", "令和18年10月14日（火）今日より後"),
    ],
)
def test_a_date_after_today_says_so_beside_the_box(control, typed, said):
    box = control(Intake, "received_on")

    box.text = typed

    assert box.note == said


def test_a_birth_tells_the_age_on_the_day(control):
    box = control(Person, "birth")
    box.text = "S23.10.2"
    assert box.note == "昭和23年10月2日（77歳）"
    box.text = "昭和23年"
    assert box.note == "昭和23年"


def test_a_half_typed_date_is_no_error_until_the_worker_leaves_the_box(control):
    box = control(Intake, "received_on")
    box.editing = True
    box.text = "R8."
    assert box.error == ""
    box.editing = False
    assert "R8." in box.error


def test_an_error_goes_when_the_text_is_put_right(control):
    box = control(Intake, "received_on")
    box.text = "8.4.10"
    assert "元号" in box.error
    box.text = "R8.4.10"
    assert (box.error, box.note) == ("", "令和8年4月10日（金）")


@pytest.mark.parametrize(
    ("form", "name", "kind"),
    [
        (Person, "is_masked", "radios"),
        (Intake, "urgency", "radios"),
        (Intake, "route", "select"),
        (Intake, "issues", "ticks"),
        (Case, "lead_agency", "select"),
        (Case, "status", "select"),
        (Conference, "called", "ticks"),
        (Intake, "detail", "text"),
    ],
)
def test_few_options_stand_open_and_many_are_a_list(control, form, name, kind):
    assert control(form, name).kind == kind


def test_yes_no_knows_a_third_answer(control):
    labels = [option["label"] for option in control(Person, "is_masked").options]
    assert labels == ["はい", "いいえ", "未確認"]


def test_a_required_box_says_so_in_words_and_one_for_later_says_when(control):
    assert control(Intake, "received_on").needed == "※必須"
    assert control(Intake, "variant").needed == f"{Stage.SHARED.label}までに"
    assert control(Intake, "remarks").needed == ""


def test_what_is_reported_to_the_state_has_the_thick_frame(lexicon):
    for item in (i for form in (Intake, SupportPlan, Consent) for i in items(form)):
        assert control_for(item, lexicon, TODAY).reported is item.reported


def test_no_control_knows_a_box_by_its_name():
    names = {f'"{table.name}"' for form in EVERY for table in children(form)}
    names |= {f'"{item.name}"' for form in EVERY for item in items(form) if "_" in item.name}
    for file in ("parts.py", "controls.py", "boxes.py", "rows.py", "form.py", "controls.js"):
        text = (HERE / file).read_text(encoding="utf-8")
        assert [name for name in names if name in text] == []


def test_the_page_loads_nothing_from_outside():
    code = (HERE / "controls.js").read_text(encoding="utf-8")
    assert "http" not in code
    assert "innerHTML" not in code
    assert "import " not in code.replace("No import", "")
    assert STYLE.replace("http://www.w3.org/2000/svg", "").count("http") == 0


def test_case_status_is_shown_by_its_japanese(control):
    box = control(Case, "status")
    box.value = CaseStatus.SUPPORT
    chosen = next(o for o in box.options if o["code"] == box.chosen[0])
    assert chosen["label"] == "支援中"


def test_a_stated_age_keeps_its_kind(control):
    box = control(Person, "stated_age")
    box.value = StatedAge("about", 40)
    assert box.text == "推定40"
    assert dataclasses.asdict(box.value) == {"manner": "about", "years": 40}
