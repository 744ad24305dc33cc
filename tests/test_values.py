from datetime import date, datetime

import pytest

from jusou_nb.boxes import Kind, StatedAge
from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.fields import get_item, items
from jusou_nb.forms import CaseNote, Consent, Household, Intake, Person
from jusou_nb.forms.consent import ConsentState
from jusou_nb.store.schema import every_form
from jusou_nb.values import from_column, read, show, tidy, to_column

SAMPLES = {
    Kind.TEXT: "見本 花子",
    Kind.NUMBER: 0,
    Kind.FLAG: False,
    Kind.DATE: date(2026, 4, 10),
    Kind.PARTIAL_DATE: PartialDate(1980, 4),
    Kind.MOMENT: datetime(2026, 4, 10, 13, 30),
    Kind.AGE: StatedAge("about", 40),
    Kind.REF: 1,
}


def sample(box, profile):
    options = box.options(profile)
    value = SAMPLES.get(box.kind) if not options else options[-1].code
    value = box.choice.of(value) if box.choice else value
    return (value,) if box.many else value


@pytest.mark.parametrize("form", [form for form, _ in every_form()], ids=lambda f: f.__name__)
def test_every_box_comes_back_from_its_column_and_from_its_own_text(form, store, full_lexicon):
    lexicon = full_lexicon
    for box in items(form):
        value = sample(box, store.profile)

        assert from_column(box, to_column(box, value)) == value, box.name
        kept = tidy(box, value)
        assert read(box, show(box, value, lexicon), lexicon).value == kept, box.name


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("80代", StatedAge("decade", 80)),
        ("推定40", StatedAge("about", 40)),
        ("40歳くらい", StatedAge("about", 40)),
        ("５０", StatedAge("exact", 50)),
        ("不明", StatedAge("unknown")),
    ],
)
def test_a_stated_age_keeps_its_kind(text, age, store):
    assert read(get_item(Person, "stated_age"), text, store.lexicon()).value == age


def test_unknown_no_and_zero_are_three_things(store):
    box, size = get_item(Person, "is_masked"), get_item(Household, "size")

    assert [show(box, v, store.lexicon()) for v in (None, False)] == ["", "いいえ"]
    assert [show(size, v, store.lexicon()) for v in (None, 0)] == ["", "0"]


def test_a_tick_is_read_from_its_own_label(store):
    assert read(get_item(Person, "is_masked"), "秘匿", store.lexicon()).value is True


def test_short_labels_of_the_ledger_are_read(store):
    lexicon = store.lexicon()

    assert read(get_item(Intake, "issues"), "8050／ひきこもり", lexicon).value == (
        "eighty_fifty",
        "hikikomori",
    )
    assert read(get_item(Intake, "route"), "本人", lexicon).value == "self"
    assert read(get_item(Consent, "state"), "あり", lexicon).value is ConsentState.GIVEN


@pytest.mark.parametrize(
    ("form", "name", "text", "said"),
    [
        (Intake, "screening", "よくわからない", "選択肢にありません"),
        (Intake, "received_on", "令和8年4月", "日まで"),
        (Household, "size", "たくさん", "数として"),
        (Person, "stated_age", "若い", "年齢として"),
        (Person, "is_masked", "たぶん", "はい"),
        (CaseNote, "happened_at", "2026/4/10", "時刻"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(form, name, text, said, store):
    with pytest.raises(ValueError, match=said):
        read(get_item(form, name), text, store.lexicon())


def test_several_categories_are_written_with_a_comma(store):
    box = get_item(Consent, "categories")

    assert show(box, (Category.HEALTH, Category.FINANCE), store.lexicon()) == (
        "健康・疾病・障害・介護、収入・資産・債務"
    )
