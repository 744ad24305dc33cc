"""匿名化した事例報告: what 代表者会議 hears, and what would give somebody away."""

import re
from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.documents.case_report import case_report
from jusou_nb.errors import Invalid
from jusou_nb.forms import AnonymousReport, Assessment, Household, Intake, Person
from jusou_nb.forms.case_report import Fact

DAY = date(2026, 12, 10)
WRITTEN = AnonymousReport(drawn_on=DAY, author="架空　担当", story="長く家にいた人のこと")
READ = {"reviewed_by": "見本　課長", "reviewed_on": DAY}


@pytest.fixture
def keep(desk):
    """Keep a report of the mother's case."""
    return lambda **boxes: casework.keep_case_report(
        desk.store, desk.case, replace(WRITTEN, **boxes)
    )


@pytest.fixture
def page(desk, keep):
    """A report as it is printed."""
    return lambda **boxes: case_report(desk.store, keep(**boxes).report.id, day=DAY).html


def rules_of(kept):
    return [problem.rule for problem in kept.remarks]


def test_a_report_names_nobody_no_place_and_no_number(desk, agree, page):
    agree()
    found = page(**READ)

    hidden = ("見本 花子", "花子", "架空町", "R8-0001", "通報子", "社会福祉課", "十年以上")
    assert [word for word in hidden if word in found] == []
    assert "8050問題" in found or "ひきこもり" in found


def test_the_course_is_told_in_months_from_the_beginning(desk, page):
    sheet = Assessment(case_id=desk.case.id, client_id=desk.mother.id,
                       household_id=desk.household.id, assessed_on=date(2026, 12, 3))  # fmt: skip
    desk.store.save(sheet)
    found = page()

    assert "1か月目" in found and "3か月目" in found
    told = found[found.index("経過（") :]
    assert re.search(r"令和8年\d+月", told) is None


def test_the_words_of_a_report_wait_for_a_second_reader(page):
    assert "長く家にいた人" not in page() and "別の人が確かめてから" in page()
    assert "長く家にいた人" not in page(reviewed_by="架空 担当", reviewed_on=DAY)
    assert "長く家にいた人" in page(**READ)


def test_what_the_writer_leaves_out_is_not_on_the_report(page):
    whole, less = page(), page(left_out=(Fact.ISSUES, Fact.COURSE))

    assert "ひきこもり" in whole and "1か月目" in whole
    assert "ひきこもり" not in less and "か月目" not in less


def test_a_name_in_a_report_is_pointed_out(keep):
    assert "case_report.name_shown" in rules_of(keep(learning="花子さんは話せた", **READ))
    assert "case_report.name_shown" not in rules_of(keep(**READ))


@pytest.mark.parametrize("day", ["10月6日", "R8.10.6", "2026/10/06", "令和8年10月"])
def test_a_day_in_a_report_is_pointed_out(keep, day):
    assert "case_report.day_shown" in rules_of(keep(done=f"{day}に会えた", **READ))


def test_an_unread_report_is_pointed_out(keep):
    assert "case_report.not_reviewed" in rules_of(keep())
    assert "case_report.not_reviewed" not in rules_of(keep(**READ))


def others(desk, count, **boxes):
    for number in range(count):
        home = Household(members=(Person(relation="本人", name=f"例示 {number}"),))
        told = Intake(received_on=date(2026, 10, 1), **boxes)
        casework.receive_intake(desk.store, household=home, intake=told)


def test_a_combination_that_few_share_is_named(desk, keep):
    rare = [p for p in keep(**READ).remarks if p.rule == "case_report.rare"]
    assert rare and "（1世帯）" in rare[0].message

    others(desk, 5, issues=("eighty_fifty", "hikikomori"))
    assert "case_report.rare" not in rules_of(keep(**READ))


def test_two_common_things_can_be_rare_together(desk, keep):
    others(desk, 5, issues=("eighty_fifty",))
    others(desk, 5, issues=("hikikomori",))

    (rare,) = [p for p in keep(**READ).remarks if p.rule == "case_report.rare"]
    assert "×" in rare.message and "（1世帯）" in rare.message


def test_what_is_left_out_is_not_rare_any_more(keep):
    told = keep(left_out=(Fact.ISSUES, Fact.AGE, Fact.HOUSEHOLD), **READ)

    assert "case_report.rare" not in rules_of(told)


def test_a_report_has_its_day(keep):
    with pytest.raises(Invalid):
        keep(drawn_on=None)
