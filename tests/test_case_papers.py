"""経過一覧, 課題整理表 and 支援方針・役割分担表: records of a case gathered on one paper."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.errors import NotFound
from jusou_nb.forms import CaseNote, DirectionRow, IssueRow, SupportPlan

DAY = date(2026, 10, 12)
BY_PAPER = ("経過一覧", "世帯の経過一覧", "課題整理表", "支援方針・役割分担表")


def made(store, name, record):
    return PAPERS[name].gather(store, record.id, day=DAY)


def test_the_course_of_a_case_stands_in_the_order_of_its_days(desk):
    for day, said in ((9, "あとの電話"), (2, "さきの面談")):
        note = CaseNote(happened_at=datetime(2026, 10, day, 9), content=said, author="見本 職員")
        casework.write_note(desk.store, desk.case, note)

    page = made(desk.store, "経過一覧", desk.case).html

    assert page.index("さきの面談") < page.index("あとの電話")
    assert "令和8年10月2日 09:00" in page and "見本市様式" in page


def test_whom_somebody_spoke_with_is_not_on_the_course(desk):
    note = CaseNote(
        happened_at=datetime(2026, 10, 2, 9), content="電話", counterpart="隣の例示さん"
    )
    casework.write_note(desk.store, desk.case, note)

    pages = made(desk.store, "経過一覧", desk.case).html
    pages += made(desk.store, "世帯の経過一覧", desk.household).html

    assert "隣の例示さん" not in pages
    assert "相手は、情報源にかかわるため掲載していません" in pages


def test_the_course_of_a_household_names_each_case_by_whose_it_is(desk):
    page = made(desk.store, "世帯の経過一覧", desk.household).html

    assert "母のケース" in page or "本人のケース" in page
    assert "見本 太郎" not in page


def test_a_case_without_a_contact_says_so(desk):
    assert "記入はありません" in made(desk.store, "経過一覧", desk.case).html


def test_a_household_without_a_case_says_so(store, household):
    kept = store.save(household)

    assert "ケースは、まだありません" in made(store, "世帯の経過一覧", kept).html


def test_what_a_plan_has_to_solve_is_a_paper_of_its_own(desk, agree):
    agree()
    row = IssueRow(issue="家賃の滞納", whose="本人", background="失業", lacking="家計の相談先")
    drawn = SupportPlan(drawn_on=date(2026, 10, 7), issue_rows=(row,))
    plan = casework.draft_plan(desk.store, desk.case, drawn)

    page = made(desk.store, "課題整理表", plan).html

    for label in ("課題", "誰の", "背景", "今ある支え", "足りないもの"):
        assert f">{label}</th>" in page
    assert "家賃の滞納" in page and "家計の相談先" in page


def decided(desk, put, basis):
    item = put(basis)
    row = DirectionRow(what="声をかける", agency=desk.sitting.called[0], due_on=date(2026, 11, 2))
    return casework.record_result(desk.store, replace(item, directions=(row,)))


def test_what_a_confidential_sitting_decided_is_no_plan_and_nobody_signs_it(desk, put):
    page = made(desk.store, "支援方針・役割分担表", decided(desk, put, "confidential")).html

    assert "声をかける" in page and "令和8年11月2日" in page and "決裁欄" in page
    assert "署名" not in page and "プラン" not in page


def test_nobody_is_named_on_what_a_sitting_decided(desk, put):
    page = made(desk.store, "支援方針・役割分担表", decided(desk, put, "confidential")).html

    assert "見本 花子" not in page
    assert desk.intake.number in page


def test_an_item_that_decides_a_plan_points_to_the_plan(desk, agree, put):
    agree()

    page = made(desk.store, "支援方針・役割分担表", put("multilayered")).html

    assert "プラン兼事業等利用申込書を使ってください" in page
    assert "声をかける" not in page


def test_a_changed_contact_changes_the_number_and_nothing_else_does(desk):
    note = CaseNote(happened_at=datetime(2026, 10, 2, 9), content="電話")
    kept = casework.write_note(desk.store, desk.case, note)
    before, again = (made(desk.store, "経過一覧", desk.case) for _ in range(2))
    assert (before.html, before.identity.number) == (again.html, again.identity.number)

    desk.store.save(replace(kept, content="電話を待った"))

    assert made(desk.store, "経過一覧", desk.case).identity.number != before.identity.number


@pytest.mark.parametrize("name", BY_PAPER)
def test_of_what_is_not_there_no_paper_is_made(store, name):
    with pytest.raises(NotFound):
        PAPERS[name].gather(store, 99, day=DAY)
