"""Who may be known already: found while a sheet is typed, said with reasons, never automatic."""

from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.casework.again import household_again
from jusou_nb.dates import PartialDate
from jusou_nb.forms import Household, Intake, Person
from jusou_nb.rules.joining import Take
from jusou_nb.rules.likeness import HIDDEN, Strength
from jusou_nb.store import alike, merges
from jusou_nb.store.known import hints, known_before
from jusou_nb.widgets.alike import KnownAlready
from jusou_nb.widgets.session import Session

DAY = date(2026, 10, 1)
BORN = PartialDate(1950, 4, 1)


@pytest.fixture
def receive(store):
    """Receive a consultation of a household of these members."""

    def make(*members, **boxes):
        sheet = Intake(received_on=DAY, screening="continuing", **boxes)
        return casework.receive_intake(store, household=Household(members=members), intake=sheet)

    return make


def told(store, **typed):
    """What is said of the one who may be the person typed."""
    (hint,) = hints(store, [typed])["found"]
    return hint["why"], hint["strength"]


STRONG, WEAK = Strength.STRONG.label, Strength.WEAK.label
ROOF = Strength.HOUSEHOLD.label


@pytest.mark.parametrize(
    ("typed", "why", "strength"),
    [
        ({"name": "高橋花子"}, "氏名が同じ", WEAK),
        ({"name": "花子　髙橋"}, "姓と名の順か、旧姓を入れ替えると氏名が同じ", WEAK),
        (
            {"kana": "ﾀｶﾊｼ ﾊﾅｺ", "birth": "S25.4.1"},
            "フリガナが同じ・生年月日が同じ",
            STRONG,
        ),
        (
            {"kana": "ハナコ タカハシ", "birth": "1950年4月"},
            "姓と名を入れ替えるとフリガナが同じ・生年月日が、分かるところまで同じ",
            STRONG,
        ),
        (
            {"name": "髙橋 花子", "birth": "1950年"},
            "氏名が同じ・生年月日が、分かるところまで同じ",
            WEAK,
        ),
        ({"name": "例示 三郎", "telephone": "０９００００００１２３"}, "電話番号が同じ", ROOF),
        ({"name": "髙橋 三郎", "address": "架空町1-2-3"}, "同じ住所に同じ姓", ROOF),
        ({"name": "例示 三郎", "address": "架空町１丁目２番３号"}, "住所が同じ", ROOF),
        (
            {"name": "架空 花子", "kana": "カクウ ハナコ", "birth": "昭和25年4月1日"},
            "姓は違い、名のフリガナが同じ・生年月日が同じ",
            WEAK,
        ),
    ],
)
def test_why_somebody_may_be_known_is_said_in_words(store, receive, typed, why, strength):
    receive(
        Person(
            name="髙橋 花子",
            kana="タカハシ ハナコ",
            birth=BORN,
            address="見本市架空町1-2-3",
            telephone="090-0000-0123",
        )
    )

    assert told(store, **typed) == (why, strength)


def test_a_maiden_name_that_is_noted_finds_the_person(store, receive):
    receive(Person(name="架空（旧姓 例示）花子"))

    assert told(store, name="例示 花子")[0] == "姓と名の順か、旧姓を入れ替えると氏名が同じ"
    assert told(store, name="架空 花子")[0].endswith("氏名が同じ")


def test_the_likeliest_come_first_and_the_rest_is_a_number(store, receive):
    for _ in range(9):
        receive(Person(name="架空 次郎"))
    receive(Person(name="架空 次郎", birth=BORN))

    found = hints(store, [{"name": "架空次郎", "birth": "S25.4.1"}])

    assert found["found"][0]["strong"] and len(found["found"]) == 8
    assert found["more"] == 2


def test_half_typed_boxes_find_nobody_and_break_nothing(store, receive):
    receive(Person(name="架空 次郎"))

    for typed in ({}, {"name": ""}, {"birth": "昭和"}, {"telephone": "090"}, {"name": "氏名不明"}):
        assert hints(store, [typed]) == {"found": [], "more": 0}


def test_where_a_masked_person_is_never_leaves_the_store(store, receive):
    receive(Person(name="見本 雪", is_masked=True, address="秘密町9-9", telephone="090-9999-0000"))

    found = hints(store, [{"name": "例示 三郎", "telephone": "090-9999-0000"}])

    assert found["found"][0]["why"] == HIDDEN
    assert "秘密町" not in repr(found) and "9999" not in repr(found)


def test_the_keys_follow_every_save_and_tell_nothing_by_themselves(store, receive):
    home = receive(Person(name="架空 次郎", telephone="090-0000-0123")).household
    store.strike(home.members[0], "書き間違い")
    (text,) = store.db.execute("SELECT group_concat(key) FROM person_keys").fetchone()

    assert text is None
    receive(Person(name="架空 次郎"))
    assert store.db.execute("SELECT typeof(key) FROM person_keys").fetchone() == ("integer",)


def test_keys_of_rows_that_came_otherwise_are_made_anew(store, receive):
    receive(Person(name="架空 次郎"))
    store.db.execute("DELETE FROM person_keys")
    assert not alike.is_filled(store.db)

    alike.fill(store.db)

    assert known_before(store, Household(members=(Person(name="架空次郎"),)))


# 同じ人です・別の人です


def test_the_consultation_of_somebody_known_joins_the_household(store, receive):
    first = receive(Person(name="髙橋 花子", birth=BORN), Person(relation="長男", name="髙橋 一郎"))
    mother, son = first.household.members
    said = Person(name="高橋花子", birth=BORN, telephone="000-0000-0001")
    others = (Person(relation="孫", name="髙橋 三太"), Person(relation="子", name="髙橋一郎"))

    again = household_again(store, mother.id, Household(members=(said, *others)))

    assert [p.id for p in again.household.members] == [mother.id, son.id, None]
    assert again.household.members[0].telephone == "000-0000-0001"
    assert (again.household.members[0].name, again.client) == ("髙橋 花子", 0)


def test_what_differs_is_the_workers_choice(store, receive):
    home = receive(Person(name="架空 次郎", birth=BORN, address="前の町1-1")).household
    typed = Household(members=(Person(name="架空 次郎", birth=BORN, address="今の町2-2"),))
    key = f"persons.{home.members[0].id}.address"

    seen = household_again(store, home.members[0].id, typed)
    chosen = household_again(store, home.members[0].id, typed, takes={key: Take.GONE})

    assert [(c.key, c.kept, c.gone) for c in seen.choices] == [(key, "前の町1-1", "今の町2-2")]
    assert seen.household.members[0].address == "前の町1-1"
    assert chosen.household.members[0].address == "今の町2-2"


def test_the_son_comes_on_his_own_and_is_the_client(store, receive):
    home = receive(Person(name="髙橋 花子"), Person(relation="長男", name="髙橋 一郎")).household
    again = household_again(
        store, home.members[1].id, Household(members=(Person(name="高橋一郎"),))
    )

    received = casework.receive_intake(
        store, household=again.household, intake=Intake(received_on=DAY), client=again.client
    )

    assert received.intake.client_id == home.members[1].id
    assert received.household.id == home.id and len(received.household.members) == 2


@pytest.fixture
def opened_sheet(opened):
    """A blank sheet at the desk over a store that knows 髙橋 花子."""
    sheet = Intake(received_on=DAY, screening="continuing")
    woman = Person(name="髙橋 花子", birth=BORN)
    casework.receive_intake(opened.store, household=Household(members=(woman,)), intake=sheet)
    opened.open_page("相談受付", None)
    entry = opened.pages["相談受付"].parts[-1]
    row = entry.forms["household"].rows["members"].blocks[0].boxes.by_name
    return entry, entry._frames["household"].children[-1], row


def test_somebody_known_is_told_while_the_name_is_typed(opened_sheet):
    _, known, row = opened_sheet

    row["name"].text = "高橋花子"

    (hint,) = known.hint.found
    assert (hint["name"], hint["numbers"], hint["why"]) == ("髙橋 花子", "R8-0001", "氏名が同じ")
    known.hint.served = True
    assert known.hint.people[0]["name"] == row["name"].model_id


def test_the_same_person_is_registered_once(opened, opened_sheet):
    entry, known, row = opened_sheet
    row["name"].text = "高橋花子"

    known.same(known.hint.found[0]["person"])
    assert "「髙橋 花子」の世帯の相談として登録します" in known.banner.text
    entry.press()

    assert len(opened.store.find(Household)) == 1
    assert [i.number for i in opened.store.find(Intake)] == ["R8-0001", "R8-0002"]


def test_another_person_is_remembered_and_not_asked_about_again(opened, opened_sheet):
    entry, known, row = opened_sheet
    row["name"].text = "高橋花子"
    other = known.hint.found[0]["person"]

    known.apart(other)
    assert known.hint.found == []
    entry.press()

    newest = opened.store.find(Household)[-1]
    assert merges.apart_from(opened.store, [newest.members[0].id]) == {other}
    assert known_before(opened.store, newest) == []


def test_a_word_taken_back_registers_somebody_new(opened, opened_sheet):
    entry, known, row = opened_sheet
    row["name"].text = "高橋花子"
    known.same(known.hint.found[0]["person"])

    known.anew()
    entry.press()

    assert len(opened.store.find(Household)) == 2


def test_a_sheet_says_nothing_of_who_is_gone_meanwhile(store):
    known = KnownAlready(Session(store, DAY))

    known.same(99)

    assert known.person == 0 and "見つかりません" in known.banner.text
