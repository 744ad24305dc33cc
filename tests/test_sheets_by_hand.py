"""Forms as people fill them by hand: blanks, ticks, ages, room to sign, the office's boxes."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework, open_store, profile
from jusou_nb.cli import run
from jusou_nb.dates import PartialDate
from jusou_nb.documents.blank import blank, counter_set, titles
from jusou_nb.documents.sheet import sheet
from jusou_nb.errors import NotFound
from jusou_nb.fields import items
from jusou_nb.forms import CaseNote, Consent, Evaluation, Intake, Person, SupportPlan
from jusou_nb.forms.intake import IntakeVariant

MADE_ON = "令和8年10月12日"
WITH, WITHOUT = "相談受付・申込票【本人同意あり】", "相談受付・申込票【本人同意なし】"
STANDARD = profile.load("standard")


def printed(store, record):
    return sheet(store, record.table, record.id, made_on=MADE_ON).html


def headings(page):
    return re.findall(r"<h2>\d+　(.*?)</h2>", page)


def test_the_intake_sheet_stands_in_the_order_of_the_national_form(desk):
    assert headings(printed(desk.store, desk.intake)) == [
        "受付",
        "本人",
        "来談者（本人以外のとき）",
        "相談内容",
        "世帯構成（1行目が本人）",
        "見立てと振り分け",
        "相談申込・同意欄",
    ]


def test_without_consent_the_sheet_asks_why_and_has_nothing_to_sign(desk):
    desk.store.save(replace(desk.intake, variant=IntakeVariant.WITHOUT_CONSENT))

    page = printed(desk.store, desk.intake)

    assert headings(page)[-1] == "本人同意なしのとき"
    assert "署名" not in page


def test_the_age_is_counted_at_the_day_of_the_consultation(desk):
    mother, son = desk.household.members
    born = (replace(mother, birth=PartialDate(1950, 10, 2), stated_age=None), son)
    desk.store.save(replace(desk.household, members=born))

    for record in (desk.intake, desk.household):
        assert "75歳（相談受付日現在）" in printed(desk.store, record)


def test_all_that_can_be_chosen_is_listed_and_what_was_chosen_is_ticked(desk):
    desk.store.save(replace(desk.intake, route="referral", issues=("debt", "illness")))

    page = printed(desk.store, desk.intake)

    for option in STANDARD.codes("issue").options:
        sign = "☑" if option.code in ("debt", "illness") else "☐"
        assert f'<span class="tick">{sign}{option.label}</span>' in page


def test_a_code_that_the_town_has_given_up_is_still_ticked_where_it_was_chosen(desk):
    desk.store.save(replace(desk.intake, topics=("retired_code",)))

    assert "☑retired_code" in printed(desk.store, desk.intake)


def test_a_filled_sheet_and_a_blank_one_look_alike(desk):
    filled = headings(printed(desk.store, replace_variant(desk)))

    assert headings(blank(desk.store, WITH).html) == filled


def replace_variant(desk):
    return desk.store.save(replace(desk.intake, variant=IntakeVariant.WITH_CONSENT))


def test_whereabouts_say_that_they_are_hidden_and_informants_that_they_told(desk):
    mother, son = desk.household.members
    hidden = replace(mother, is_masked=True, masked_because="追われている", telephone="000-1")
    desk.store.save(replace(desk.household, members=(hidden, son)))
    desk.store.save(replace(desk.intake, inquirer_name="近隣 通報子"))

    intake, home = (printed(desk.store, record) for record in (desk.intake, desk.household))

    assert re.search(r">電話番号</th><td[^>]*>（秘匿のため掲載なし）", intake)
    assert re.search(r">来談者の氏名</th><td[^>]*>（情報源のため掲載なし）", intake)
    assert re.search(r">秘匿の理由</th><td[^>]*>（秘匿のため掲載なし）", home)
    assert not any(text in intake + home for text in ("追われている", "通報子", "000-1"))


def test_the_intake_sheet_tells_nothing_of_why_somebody_is_hidden(desk):
    page = printed(desk.store, desk.intake)

    hiding = {box.label for box in items(Person) if box.section == "秘匿"} - {"秘匿", "確認日"}
    assert not any(label in page for label in hiding)


def test_a_plan_has_the_towns_words_over_the_place_to_sign(desk, agree):
    agree()
    plan = casework.draft_plan(desk.store, desk.case, SupportPlan(drawn_on=date(2026, 10, 7)))
    page = printed(desk.store, plan)

    assert STANDARD.office_paper(SupportPlan.title).statement in page
    assert "署名（本人自署）" in page and "代筆した人" in page
    assert "連絡先一覧" in headings(page) and "決裁欄" in page


def test_a_plan_stands_in_the_order_of_the_national_form(desk, agree):
    agree()
    plan = casework.draft_plan(desk.store, desk.case, SupportPlan(drawn_on=date(2026, 10, 7)))

    assert headings(printed(desk.store, plan)) == [
        "プラン",
        "意向と目標",
        "課題整理表",
        "課題と目標（優先順）",
        "支援内容と役割分担",
        "期間",
        "説明と申込",
        "会議と支援決定",
        "連絡先一覧",
    ]


def test_an_evaluation_says_of_which_plan(desk, agree):
    agree()
    drawn = SupportPlan(drawn_on=date(2026, 10, 7), plan_goal="家賃を払えるようになる", sequence=1)
    plan = casework.draft_plan(desk.store, desk.case, drawn)
    held = desk.store.save(Evaluation(plan_id=plan.id, case_id=desk.case.id, changes=("health",)))

    page = printed(desk.store, held)

    assert headings(page)[0] == "対象のプラン" and "家賃を払えるようになる" in page
    assert "☑健康状態の改善" in page


def test_a_changed_consent_changes_the_number_of_the_sheets_that_show_it(desk):
    before = sheet(desk.store, "intakes", desk.intake.id, made_on=MADE_ON).identity.number
    client = desk.household.members[0].id

    desk.store.save(Consent(person_id=client, state="given", stated_on=date(2026, 10, 5)))

    assert sheet(desk.store, "intakes", desk.intake.id, made_on=MADE_ON).identity.number != before


def test_a_town_chooses_which_of_its_papers_carry_seals(desk):
    note = CaseNote(happened_at=datetime(2026, 10, 2, 9), content="電話")
    kept = casework.write_note(desk.store, desk.case, note)
    assert "供覧欄" in printed(desk.store, kept)

    desk.store.use_profile(replace(STANDARD, office_papers={}))

    assert "供覧欄" not in printed(desk.store, kept)


@pytest.mark.parametrize("title", counter_set(open_store("")))
def test_every_blank_of_the_counter_has_its_boxes_and_shows_nobody(desk, title):
    section = blank(desk.store, title)

    assert f">{title}</h1>" in section.html and "見本市様式" in section.html
    assert section.identity.number == "（白紙）"
    assert not any(text in section.html for text in ("見本 花子", "☑", "国様式"))
    assert section.html == blank(open_store(""), title).html


def test_a_blank_asks_for_the_birth_by_its_era_and_has_lines_for_the_household(store):
    page = blank(store, WITH).html

    assert "☐大正　☐昭和　☐平成　☐令和" in page
    assert page.count('<tr class="write">') == 6


def test_a_blank_leaves_to_the_program_what_the_program_fills(store):
    plan, report = (blank(store, name).html for name in ("plans", "statutory_reports"))

    assert "取込時の他の欄" not in blank(store, WITHOUT).html
    assert "中断の理由" not in plan and "支援開始日" in plan
    assert "通告不要とした理由" in report


def test_the_intake_has_two_blanks_and_an_unknown_form_none():
    assert titles("intakes") == [WITH, WITHOUT] and titles(WITHOUT) == [WITHOUT]
    with pytest.raises(NotFound, match="様式「nothing」"):
        titles("nothing")


def test_blanks_are_made_at_the_command_line_and_are_in_no_log(tmp_path, capsys):
    path = tmp_path / "town.db"
    open_store(path).close()

    assert run(["sheet", str(path), "intakes", "--blank", "--out", str(tmp_path / "out")]) == 0

    made = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert made == [f"{title}_白紙.html" for title in sorted((WITH, WITHOUT))]
    assert "文書番号 （白紙）" in (tmp_path / "out" / made[0]).read_text(encoding="utf-8")
    with open_store(path, readonly=True) as store:
        assert store.db.execute("SELECT count(*) FROM readings").fetchone() == (0,)


def test_a_sheet_of_no_record_asks_for_its_number(tmp_path, capsys):
    path = tmp_path / "town.db"
    open_store(path).close()

    assert run(["sheet", str(path), "intakes", "--out", str(tmp_path / "out")]) == 1
    assert "記録の番号を指定してください" in capsys.readouterr().err


def test_every_box_of_the_intake_is_on_one_of_its_blanks(store):
    pages = blank(store, WITH).html + blank(store, WITHOUT).html
    of_program = {"other_columns", "to_confirm", "variant"}

    assert [
        b.label for b in items(Intake) if b.name not in of_program and b.label not in pages
    ] == []
