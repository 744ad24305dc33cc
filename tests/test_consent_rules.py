from dataclasses import replace
from datetime import date

import pytest

from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.forms import Consent, Person, RoleAssignment, SupportPlan
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.problems import Strength
from jusou_nb.profile import load, parse
from jusou_nb.rules.consent import given, latest, may_apply_for_plan, remarks, valid_on
from jusou_nb.rules.consent_reach import reach

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

    def rules(entry):
        return {p.rule for p in remarks(entry, Person(), DAY, PROFILE)}

    assert "consent.oral_overdue" in rules(oral)
    assert "consent.oral_overdue" not in rules(replace(oral, written_by=DAY))


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


FULL = replace(YES, categories=tuple(Category), agencies=(10, 11))


def cut(day=DAY, number=2, **boxes):
    return then(ConsentState.WITHDRAWN, day, number, **boxes)


def test_what_was_withdrawn_in_part_is_taken_off_from_its_day():
    history = [FULL, cut(withdrawn_agencies=(11,), withdrawn_categories=(Category.FINANCE,))]

    left = valid_on(history, DAY, PROFILE)

    assert left.agencies == (10,) and Category.FINANCE not in left.categories
    assert valid_on(history, date(2026, 10, 14), PROFILE) == FULL


def test_withdrawing_piece_by_piece_until_nothing_is_left_ends_the_consent():
    pieces = [cut(withdrawn_agencies=(10,)), cut(number=3, withdrawn_agencies=(11,))]

    assert valid_on([FULL, pieces[0]], DAY, PROFILE)
    (problem,) = given([FULL, *pieces], DAY, PROFILE)
    assert "撤回しています" in problem.message


def test_a_new_consent_after_a_withdrawal_says_its_scope_anew():
    again = then(ConsentState.GIVEN, DAY, 3, categories=(Category.ISSUES,), agencies=(11,))

    assert valid_on([FULL, cut(withdrawn_agencies=(11,)), again], DAY, PROFILE) == again


def test_of_a_scope_not_known_only_what_was_withdrawn_is_known():
    left = valid_on([YES, cut(withdrawn_agencies=(11,))], DAY, PROFILE)

    assert left.agencies is None and left.withdrawn_agencies == (11,)
    assert valid_on([YES, cut(withdrawn_categories=tuple(Category))], DAY, PROFILE) is None


@pytest.mark.parametrize(
    "later",
    [then(ConsentState.ASKED, DAY), then(ConsentState.GIVEN, DAY, given_by="family_understanding")],
    ids=["asked again", "a word of the family"],
)
def test_asking_again_or_a_word_of_the_family_does_not_end_the_own_consent(later):
    assert valid_on([FULL, later], DAY, PROFILE) == FULL


def signed(*agencies, day=DAY, **boxes):
    rows = tuple(RoleAssignment(what="訪問", agency=agency) for agency in agencies)
    return SupportPlan(id=1, signed_on=day, roles=rows, **boxes)


def test_a_plan_reaches_its_agencies_with_what_is_printed_and_adds_nothing_to_others():
    narrow = replace(FULL, agencies=(10,), categories=(Category.HEALTH,))

    carried = reach([narrow], DAY, PROFILE, [signed(12)])

    assert carried.categories_of == {10: {Category.HEALTH}, 12: {Category.ISSUES}}


@pytest.mark.parametrize(
    ("entry", "plan"),
    [
        (replace(FULL, excluded_agencies=(12,)), signed(12)),
        (FULL, signed(12, day=date(2026, 10, 16))),
        (FULL, signed(12, day=date(2026, 9, 30))),
        (FULL, signed(12, suspended_on=DAY)),
    ],
    ids=["not to know", "signed tomorrow", "signed before the consent", "suspended"],
)
def test_a_plan_does_not_reach_an_agency(entry, plan):
    assert 12 not in reach([entry], DAY, PROFILE, [plan]).categories_of


def test_without_consent_a_signed_plan_reaches_nobody():
    assert reach([FULL, cut()], DAY, PROFILE, [signed(12)]) is None


def test_only_the_plan_signed_last_counts():
    again = replace(signed(13), id=2)

    assert set(reach([FULL], DAY, PROFILE, [signed(12), again]).categories_of) == {10, 11, 13}


def test_an_oral_consent_does_not_suffice_for_the_plans_application_until_it_is_signed():
    oral = replace(FULL, manner=ConsentManner.ORAL)
    unsigned = replace(signed(10), signed_on=None)

    (problem,) = may_apply_for_plan([oral], unsigned, DAY, PROFILE)

    assert (problem.rule, problem.strength) == ("consent.oral_for_plan", Strength.CHIEF)
    assert may_apply_for_plan([oral], signed(10), DAY, PROFILE) == []
    assert may_apply_for_plan([FULL], unsigned, DAY, PROFILE) == []


def test_a_town_may_let_an_oral_consent_suffice_for_a_plan():
    text = PROFILE.text.replace('"プランの申込", {}', '"プランの申込", { flags = ["suffices"] }')
    oral = replace(FULL, manner=ConsentManner.ORAL)

    assert may_apply_for_plan([oral], SupportPlan(), DAY, parse(text)) == []


def about(entry, person=None):
    found = remarks(entry, person or Person(), DAY, PROFILE)
    return {p.rule: p.strength for p in found}


def test_the_record_of_an_oral_consent_names_what_it_lacks():
    oral = replace(FULL, manner=ConsentManner.ORAL, stated_time="10:20", words="お願いします")

    (problem,) = remarks(oral, Person(), DAY, PROFILE)

    assert (problem.rule, problem.strength) == ("consent.oral_record", Strength.NOTICE)
    assert "「立会い・復唱で確認した人」" in problem.message and "時刻" not in problem.message


def test_a_signature_by_another_hand_needs_the_will_confirmed_and_a_witness():
    by_hand = replace(FULL, manner=ConsentManner.BY_PROXY_HAND, will_confirmed="うなずいた")
    whole = replace(by_hand, second_listener="例示 窓口", proxy_name="架空 太郎")

    assert about(by_hand) == {
        "consent.proxy_hand": Strength.CHIEF, "consent.proxy_name": Strength.NOTICE,
    }  # fmt: skip
    assert about(whole) == {}


def test_a_curators_consent_says_what_the_powers_cover():
    by_curator = replace(FULL, given_by="curator")

    assert about(by_curator) == {"consent.powers": Strength.NOTICE}
    assert about(replace(by_curator, giver_powers="同意権（福祉サービスの契約）")) == {}


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (2016, {"consent.child_not_explained": Strength.NOTICE}),
        (2012, {"consent.child_not_asked": Strength.NOTICE}),
        (2010, {"consent.child_not_asked": Strength.CHIEF}),
    ],
    ids=["ten", "fourteen", "sixteen"],
)
def test_a_guardian_alone_is_asked_about_by_the_age_of_the_child(born, expected):
    child = Person(birth=PartialDate(born, 4, 1))

    assert about(replace(FULL, given_by="guardian"), child) == expected


def test_a_guardian_under_suspicion_is_neither_asked_nor_counted():
    child = Person(birth=PartialDate(2012, 4, 1), guardian_not_asked="虐待の疑い")

    assert about(FULL, child) == {}
    assert about(replace(FULL, given_by="both"), child) == {
        "consent.guardian_conflict": Strength.CHIEF
    }
