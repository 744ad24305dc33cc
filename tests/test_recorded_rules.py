from datetime import date

import pytest

from jusou_nb import profile as profiles
from jusou_nb.dates import PartialDate
from jusou_nb.forms import AgendaItem, Conference, Consent, Household, Intake, Person, Referral
from jusou_nb.forms.consent import ConsentState
from jusou_nb.rules.recorded import Known, Recorded, same_person, to_confirm

STANDARD = profiles.load("standard")
SITTING = Conference(body="monthly", held_on=date(2026, 5, 21))
GIVEN = Consent(state=ConsentState.GIVEN, stated_on=date(2026, 5, 1))


def rules(**said):
    """The rules that speak of what was recorded, ordinary where nothing else is said."""
    full = {"intake": Intake(), "household": Household(), "client": Person(), **said}
    return [problem.rule for problem in to_confirm(STANDARD, Recorded(**full))]


def item(basis):
    return ((AgendaItem(basis=basis), SITTING),)


@pytest.mark.parametrize(
    ("size", "kind", "is_odd"),
    [
        (1, "single", False),
        (2, "single", True),
        (3, "couple", True),
        (1, "single_parent", True),
        (2, "three_generations", True),
        (9, "three_generations", False),
        (1, "other", False),
        (None, "single", False),
    ],
)
def test_a_household_of_a_size_its_type_cannot_have_is_pointed_out(size, kind, is_odd):
    said = rules(household=Household(size=size, household_type=kind))

    assert said == ["recorded.household_size"] * is_odd


@pytest.mark.parametrize(
    "grave", [{"urgency": "immediate"}, {"topics": ("violence",)}, {"issues": ("child_abuse",)}]
)
@pytest.mark.parametrize("screening", ["information_only", "ended"])
def test_what_was_urgent_or_violent_does_not_end_as_information_given(grave, screening):
    assert rules(intake=Intake(screening=screening, **grave)) == ["recorded.grave_ended"]
    assert rules(intake=Intake(screening="continuing", **grave)) == []


def test_an_ordinary_consultation_may_end_as_information_given():
    assert rules(intake=Intake(screening="information_only", urgency="month")) == []


def test_a_consent_dated_after_its_sitting_is_pointed_out_with_both_days():
    late = Consent(state=ConsentState.GIVEN, stated_on=date(2026, 12, 25))
    said = Recorded(
        intake=Intake(),
        household=Household(),
        client=Person(),
        consents=(late,),
        items=item("multilayered"),
    )

    (problem,) = to_confirm(STANDARD, said)
    assert "令和8年5月21日" in problem.message
    assert "同意日（令和8年12月25日）より前" in problem.message


def test_only_a_sitting_that_needs_consent_asks_for_it():
    assert rules(items=item("multilayered")) == ["recorded.sitting_without_consent"]
    assert rules(items=item("multilayered"), consents=(GIVEN,)) == []
    assert rules(items=item("confidential")) == []


@pytest.mark.parametrize(("born", "is_odd"), [(2014, True), (2011, True), (2009, False)])
def test_a_child_alone_in_consenting_is_pointed_out(born, is_odd):
    client = Person(birth=PartialDate(born, 4, 1))

    assert rules(client=client, consents=(GIVEN,)) == ["consent.child_alone"] * is_odd


def test_a_masked_person_on_a_sitting_is_pointed_out():
    assert rules(client=Person(is_masked=True), items=item("confidential")) == ["conference.masked"]


@pytest.mark.parametrize(
    ("consents", "ground", "is_odd"),
    [
        ((), None, True),
        ((Consent(state=ConsentState.REFUSED),), None, True),
        ((GIVEN,), None, False),
        ((), "within_office", False),
    ],
)
def test_a_referral_without_consent_asks_for_its_ground(consents, ground, is_odd):
    referral = Referral(destination=1, ground=ground)

    said = rules(consents=consents, referrals=(referral,))

    assert said == ["recorded.referral_without_ground"] * is_odd


def test_a_consent_without_its_day_is_pointed_out():
    assert rules(consents=(Consent(state=ConsentState.GIVEN),)) == ["recorded.consent_undated"]


BORN = PartialDate(1968, 7, 9)
TARO = Known(number="R8-0041", name="髙見本　太郎", kana="タカミホン　タロウ", birth=BORN)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Known(number="1", name="高見本 太郎", birth=BORN), "recorded.probably_same_person"),
        (
            Known(number="1", name="高見元 太郎", kana="たかみほん たろう", birth=BORN),
            "recorded.probably_same_person",
        ),
        (Known(number="1", name="高見本太郎"), "recorded.namesake"),
        (Known(number="1", name="高見本太郎", birth=PartialDate(1968)), "recorded.namesake"),
    ],
)
def test_who_may_be_the_same_person_is_told_by_name_reading_and_birth(other, said):
    assert [problem.rule for problem in same_person(TARO, [other])] == [said]


def test_a_reading_alone_or_a_birthday_alone_is_no_hint():
    reading = Known(number="1", name="高見元太郎", kana="タカミホン タロウ")
    birthday = Known(number="2", name="例示 一郎", birth=BORN)

    assert same_person(TARO, [reading, birthday]) == []


def test_people_whose_name_is_unknown_are_like_nobody():
    unknown = Known(number="1", name="氏名不明（男性）")

    assert same_person(unknown, [Known(number="2", name="氏名不明（男性）")]) == []


def test_of_many_namesakes_some_are_named_and_the_rest_counted():
    many = [Known(number=f"R8-{n}", name="高見本太郎") for n in range(8)]

    (problem,) = same_person(TARO, many)

    assert "R8-0、R8-1、R8-2、R8-3、R8-4 ほか3件" in problem.message
