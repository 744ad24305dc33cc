from dataclasses import replace
from datetime import date

import pytest

from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.forms import Consent, Person
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.problems import Strength
from jusou_nb.profile import load
from jusou_nb.rules.consent import given, latest, remarks, valid_on

DAY = date(2026, 10, 15)
PROFILE = load("standard")
YES = Consent(id=1, state=ConsentState.GIVEN, stated_on=date(2026, 10, 1))


def then(state, day, number=2, **boxes):
    return Consent(id=number, state=state, stated_on=day, **boxes)


def test_a_consent_given_on_the_day_itself_counts():
    assert valid_on([replace(YES, stated_on=DAY)], DAY, PROFILE)


def test_a_consent_given_the_day_after_does_not_count_and_is_mentioned():
    (problem,) = given([replace(YES, stated_on=date(2026, 10, 16))], DAY, PROFILE)

    assert problem.strength is Strength.FORBIDDEN
    assert "令和8年10月16日の記録はあります" in problem.message


def test_the_day_of_expiry_is_included():
    last = replace(YES, expires_on=DAY)

    assert valid_on([last], DAY, PROFILE)
    assert not valid_on([last], date(2026, 10, 16), PROFILE)


def test_a_withdrawal_ends_it_on_its_day():
    gone = then(ConsentState.WITHDRAWN, DAY)

    assert not valid_on([YES, gone], DAY, PROFILE)
    assert valid_on([YES, gone], date(2026, 10, 14), PROFILE)


def test_of_two_entries_on_one_day_the_last_entered_counts():
    refused = then(ConsentState.REFUSED, YES.stated_on)

    assert latest([refused, YES], DAY).state is ConsentState.REFUSED


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "本人の同意がありません"),
        ([then(ConsentState.ASKED, DAY)], "返事をまだ"),
        ([then(ConsentState.REFUSED, DAY)], "断っています"),
        ([YES, then(ConsentState.WITHDRAWN, DAY)], "撤回しています"),
        ([replace(YES, expires_on=date(2026, 10, 14))], "期限が切れています"),
        ([replace(YES, given_by="family_understanding")], "家族の了解だけ"),
    ],
)
def test_every_refusal_says_why_and_shows_a_way_out(entries, said):
    (problem,) = given(entries, DAY, PROFILE)

    assert said in problem.message
    assert "支援会議" in problem.remedy and "同意を記録" in problem.remedy


def test_a_consent_without_its_scope_is_pointed_out():
    assert [p.rule for p in remarks(YES, Person(), DAY, PROFILE)] == ["consent.scope_unknown"]


def test_an_oral_consent_past_its_date_is_pointed_out():
    oral = replace(
        YES,
        categories=tuple(Category),
        agencies=(1,),
        manner=ConsentManner.ORAL,
        written_by=date(2026, 10, 14),
    )

    assert [p.rule for p in remarks(oral, Person(), DAY, PROFILE)] == ["consent.oral_overdue"]
    assert remarks(replace(oral, written_by=DAY), Person(), DAY, PROFILE) == []


@pytest.mark.parametrize(
    ("born", "giver", "strengths"),
    [
        (2016, None, [Strength.CHIEF]),
        (2012, None, [Strength.NOTICE]),
        (2012, "both", []),
        (2010, None, []),
    ],
)
def test_a_child_alone_is_asked_about_by_age(born, giver, strengths):
    entry = replace(YES, categories=tuple(Category), agencies=(1,), given_by=giver)
    child = Person(birth=PartialDate(born, 4, 1))

    assert [p.strength for p in remarks(entry, child, DAY, PROFILE)] == strengths
