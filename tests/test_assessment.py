"""アセスメント: what is known is not asked again, ticks are about persons, agencies are asked."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.documents.packet import packet
from jusou_nb.documents.sheet import sheet
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.forms import (
    Assessment,
    AssessmentRequest,
    CareRow,
    Case,
    Ending,
    FamilyEvent,
    FamilyMap,
    Household,
    Intake,
    IssueMark,
    Person,
    StatutoryReport,
)
from jusou_nb.forms.assessment import YesNoUnknown
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.problems import Override, Strength
from jusou_nb.rules import assessment as rules
from jusou_nb.store import assessments as sheets
from jusou_nb.store.due import due_items
from jusou_nb.store.yearly import CATALOGUE, by_part
from jusou_nb.widgets.chapter_place import ChapterPlace
from jusou_nb.widgets.chapters_assessment import ASSESSMENT
from jusou_nb.widgets.session import Session

DAY = date(2026, 10, 8)
APRIL = date(2026, 4, 1)


def rules_of(problems):
    return [problem.rule for problem in problems]


def waits(store, kind, today=DAY):
    return [entry for entry in due_items(store, today) if entry.kind == kind]


def agency(store, name="地域包括支援センター"):
    return store.lexicon().spellings["agencies"][name]


@pytest.fixture
def begun(desk):
    """The sheet of the mother's case as it opens."""
    return casework.assessment_sheet(desk.store, desk.case, on=DAY)


@pytest.fixture
def ask(desk):
    """Ask an agency about the mother, within the office unless said otherwise."""

    def one(name="高齢者支援課", overrides=(), **boxes):
        request = AssessmentRequest(
            agency=agency(desk.store, name),
            what="介護認定の状況と、家での様子",
            ground="within_office",
            sent_on=DAY,
            whom=desk.mother.id,
        )
        return casework.request_assessment(
            desk.store, desk.case, replace(request, **boxes), overrides=overrides
        )

    return one


def test_the_first_sheet_starts_with_what_intake_and_household_say(desk, begun):
    assert [(m.issue, m.whose) for m in begun.marks] == [
        ("eighty_fifty", desk.mother.id),
        ("hikikomori", desk.mother.id),
    ]
    assert begun.lives_with_others is YesNoUnknown.YES
    assert begun.author == "tantou" and begun.id is None


def test_an_earlier_consultation_of_the_household_is_told_and_not_asked(store, desk):
    again = replace(desk.intake, id=None, version=0, number=None, received_on=date(2026, 12, 1))
    received = casework.receive_intake(
        store, household=desk.household, intake=replace(again, screening="pending")
    )
    case = replace(desk.case, id=None, version=0, intake_id=received.intake.id)
    sheet_ = casework.assessment_sheet(store, store.save(case), on=date(2026, 12, 2))

    assert sheet_.consulted_before is YesNoUnknown.YES
    assert sheet_.consulted_where == "当窓口（令和8年10月1日）"


def test_a_later_sheet_starts_from_the_last_one(desk, begun):
    filled = replace(begun, housing="rented", foreign_title="例示シート")
    casework.assess(desk.store, desk.case, filled)
    second = casework.assessment_sheet(desk.store, desk.case, on=date(2026, 12, 1))
    kept = casework.assess(desk.store, desk.case, second).assessment

    assert (second.housing, second.foreign_title, second.id) == ("rented", None, None)
    assert [m.issue for m in kept.marks] == ["eighty_fifty", "hikikomori"]
    assert len(desk.store.find(Assessment)) == 2 and len(desk.store.find(IssueMark)) == 4


def test_a_case_at_intake_moves_on_and_one_further_on_stays(desk, begun):
    first = casework.assess(desk.store, desk.case, begun)
    moved = casework.change_status(
        desk.store, first.case, CaseStatus.SUPPORT, on=DAY, reason="決まった"
    )
    second = casework.assess(desk.store, moved, replace(begun, assessed_on=date(2026, 11, 1)))

    assert (first.case.status, first.case.status_on) == (CaseStatus.ASSESSMENT, DAY)
    assert second.case.status is CaseStatus.SUPPORT


def test_a_sheet_without_its_day_is_not_kept(desk, begun):
    with pytest.raises(Invalid, match="アセスメント日"):
        casework.assess(desk.store, desk.case, replace(begun, assessed_on=None))

    assert desk.store.find(Assessment) == []


def test_a_tick_is_for_somebody_of_the_household_or_for_all_of_it(desk, begun):
    stranger = desk.store.save(Household(members=(Person(name="例示 次郎"),))).members[0]
    marks = (IssueMark(issue="debt"), IssueMark(issue="illness", whose=stranger.id))

    with pytest.raises(NotAllowed, match="いない人") as refused:
        casework.assess(desk.store, desk.case, replace(begun, marks=marks))

    assert refused.value.problems[0].box == "marks.1.whose"
    kept = casework.assess(desk.store, desk.case, replace(begun, marks=marks[:1]))
    assert kept.assessment.marks[0].whose is None


def test_the_thick_frames_are_counted_wherever_they_are_kept(desk, begun):
    before = rules.frames(sheets.sheet_of(desk.store, desk.case, begun))
    filled = replace(begun, housing="owned", employment="not_seeking")
    mother, son = desk.household.members
    mother = replace(mother, sex="female", birth=PartialDate(1946))
    desk.store.save(
        replace(desk.household, household_type="parent_and_child", members=(mother, son))
    )
    after = rules.frames(sheets.sheet_of(desk.store, desk.case, filled))

    assert set(before.open) == {"相談経路", "性別", "年齢", "世帯類型", "住居", "就労状況"}
    assert after.open == ("相談経路",)
    assert after.asked == before.asked and after.filled == before.filled + 5


def test_of_another_agencys_sheet_only_the_thick_frames_are_asked(desk, begun):
    own = rules_of(casework.assess(desk.store, desk.case, begun).remarks)
    foreign = replace(
        begun,
        foreign_agency=agency(desk.store),
        foreign_title="利用者基本情報",
        foreign_received_on=DAY,
        foreign_file="綴り3",
    )
    theirs = rules_of(casework.assess(desk.store, desk.case, foreign).remarks)

    assert "assessment.no_view" in own and "assessment.no_view" not in theirs
    assert "assessment.frames_open" in theirs and "assessment.foreign_unclear" not in theirs


def test_another_agencys_sheet_can_be_found_again(desk, begun):
    unclear = replace(begun, foreign_agency=agency(desk.store))

    remarks = casework.assess(desk.store, desk.case, unclear).remarks
    assert "assessment.foreign_unclear" in rules_of(remarks)


@pytest.fixture
def care(desk):
    """What the son does for his mother, in his own words too."""
    return CareRow(
        carer=desk.son.id,
        cared_for=desk.mother.id,
        what="食事の支度と見守り",
        hours="平日3時間",
        schooling="遅刻が週に二度",
        own_words="部活をやめた",
    )


def test_a_young_carer_is_one_of_whom_the_care_is_told(desk, begun, care):
    mark = IssueMark(issue="young_carer", whose=desk.son.id)
    bare = casework.assess(desk.store, desk.case, replace(begun, marks=(mark,)))
    told = casework.assess(desk.store, desk.case, replace(begun, marks=(mark,), cares=(care,)))

    (asked,) = [p for p in bare.remarks if p.rule == "assessment.care_unsaid"]
    assert asked.strength is Strength.NOTICE and "学校・仕事への影響・その人の言葉" in asked.message
    assert "assessment.care_unsaid" not in rules_of(told.remarks)


def test_the_care_of_another_member_is_not_that_of_the_carer(desk, begun, care):
    mark = IssueMark(issue="double_care", whose=desk.mother.id)

    kept = casework.assess(desk.store, desk.case, replace(begun, marks=(mark,), cares=(care,)))
    assert "assessment.care_unsaid" in rules_of(kept.remarks)


@pytest.mark.parametrize(
    ("issue", "box", "rule"),
    [
        ("hoarding", "note", "assessment.state_unsaid"),
        ("hikikomori", "since", "assessment.since_unsaid"),
        ("eighty_fifty", "since", "assessment.since_unsaid"),
    ],
)
def test_a_tick_asks_for_what_fits_it(desk, begun, issue, box, rule):
    mark = IssueMark(issue=issue, whose=desk.mother.id)
    bare = casework.assess(desk.store, desk.case, replace(begun, marks=(mark,)))
    said = replace(mark, **{box: "平成20年ごろ、廊下まで"})
    told = casework.assess(desk.store, desk.case, replace(begun, marks=(said,)))

    assert rule in rules_of(bare.remarks) and rule not in rules_of(told.remarks)


def test_an_8050_household_has_more_than_one_member(desk, begun):
    mother, son = desk.household.members
    gone = replace(desk.household, members=(mother, replace(son, standing="outside")))
    desk.store.save(gone)

    assert "assessment.one_member" in rules_of(
        casework.assess(desk.store, desk.case, begun).remarks
    )


def test_a_tick_for_somebody_who_died_is_noted_and_does_not_count(desk, begun):
    mother, son = desk.household.members
    desk.store.save(replace(desk.household, members=(mother, replace(son, standing="deceased"))))
    mark = IssueMark(issue="illness", whose=desk.son.id)
    kept = casework.assess(desk.store, desk.case, replace(begun, marks=(mark,)))

    assert "assessment.not_member" in rules_of(kept.remarks)
    assert by_part(desk.store, CATALOGUE["cases_by_issue"], APRIL, DAY) == {"": 1}


def test_a_household_is_not_smaller_than_its_members(desk, begun):
    desk.store.save(replace(desk.household, size=1))

    remarks = casework.assess(desk.store, desk.case, begun).remarks
    assert "assessment.size_differs" in rules_of(remarks)


def test_a_tick_of_abuse_waits_for_its_report_like_one_of_the_intake(desk, begun):
    mark = IssueMark(issue="elder_abuse", whose=desk.mother.id)
    kept = casework.assess(desk.store, desk.case, replace(begun, marks=(mark,)))
    again = replace(begun, marks=(), assessed_on=date(2026, 10, 20))
    casework.assess(desk.store, desk.case, again)
    (waiting,) = waits(desk.store, "assessment_suspicions", today=date(2026, 10, 21))
    report = StatutoryReport(
        state=ReportState.NOT_NEEDED, judged_by="課長", not_needed_because="確認"
    )
    casework.record_report(desk.store, report, household=desk.household)

    assert "report.due" in rules_of(kept.remarks)
    assert (waiting.due_on, waiting.record_id) == (DAY, kept.assessment.id)
    assert waits(desk.store, "assessment_suspicions") == []


def test_a_tick_that_stands_on_the_intake_too_waits_once(desk, begun):
    desk.store.save(replace(desk.intake, issues=("elder_abuse",)))
    mark = IssueMark(issue="elder_abuse", whose=desk.mother.id)
    casework.assess(desk.store, desk.case, replace(begun, marks=(mark,)))

    assert waits(desk.store, "assessment_suspicions") == []
    assert len(waits(desk.store, "unreported_suspicions")) == 1


def test_where_the_sheet_ticks_abuse_no_case_ends_unjudged(desk, begun):
    mark = IssueMark(issue="partner_violence", whose=desk.mother.id)
    case = casework.assess(desk.store, desk.case, replace(begun, marks=(mark,))).case
    ending = Ending(kind="closure", ended_on=DAY, reason="solved", decided_at="confidential")

    assert "report.not_judged" in rules_of(casework.ending_problems(desk.store, case, ending))


# Counting


def test_cases_are_counted_by_their_ticks_and_persons_beside_them(desk, begun):
    marks = (
        IssueMark(issue="hikikomori", whose=desk.son.id),
        IssueMark(issue="hikikomori", whose=desk.mother.id),
        IssueMark(issue="hoarding"),
    )
    casework.assess(desk.store, desk.case, replace(begun, marks=marks))
    found = by_part(desk.store, CATALOGUE["cases_by_issue"], APRIL, DAY)

    assert found == {"hikikomori": 1, "hoarding": 1}


def test_before_its_sheet_a_case_has_the_issues_of_its_intake(desk, begun):
    casework.assess(desk.store, desk.case, replace(begun, marks=(IssueMark(issue="debt"),)))

    before, now = (
        by_part(desk.store, CATALOGUE["cases_by_number_of_issues"], APRIL, day)
        for day in (date(2026, 10, 7), DAY)
    )
    assert (before, now) == ({"2": 1}, {"1": 1})


# アセスメント依頼


def test_an_agency_is_asked_and_waited_for_by_the_days_of_the_profile(desk, ask):
    request = ask().request
    (waiting,) = waits(desk.store, "assessment_requests", today=date(2026, 10, 25))

    assert waiting.due_on == request.due_on == date(2026, 10, 22)
    assert (waiting.overdue_days, waiting.agency_id) == (3, request.agency)


@pytest.mark.parametrize("lacking", ["agency", "what", "ground", "sent_on"])
def test_a_request_says_whom_what_on_which_ground_and_when(desk, ask, lacking):
    with pytest.raises(Invalid):
        ask(**{lacking: None})


def test_a_request_on_consent_needs_one_that_reaches_the_agency(desk, ask, agree):
    name = "地域包括支援センター"
    with pytest.raises(NotAllowed, match="同意の記録がありません"):
        ask(name, ground="consent")
    agree(agencies=(agency(desk.store, "社会福祉協議会"),))
    with pytest.raises(NotAllowed, match="本人の同意の範囲にありません"):
        ask(name, ground="consent")
    agree(agencies=(agency(desk.store, name),), stated_on=date(2026, 10, 6))

    assert ask(name, ground="consent").remarks == ()


def test_a_consent_that_keeps_back_a_category_does_not_carry_the_question(desk, ask, agree):
    agree(agencies=(agency(desk.store),), categories=(Category.HEALTH,))

    with pytest.raises(NotAllowed, match="「知りたいこと」は、本人が") as refused:
        ask("地域包括支援センター", ground="consent")
    assert refused.value.problems[0].box == "what"


def test_the_chief_may_let_a_request_go_beyond_the_consent(desk, ask, agree):
    agree(agencies=(agency(desk.store, "社会福祉協議会"),))
    allowed = Override(rule="referral.beyond_consent", reason="急ぐ", allowed_by="課長")

    kept = ask("地域包括支援センター", ground="consent", overrides=(allowed,))
    assert kept.request.id is not None
    sql = "SELECT rule FROM overrides WHERE record_table = 'assessment_requests'"
    assert desk.store.db.execute(sql).fetchall() == [("referral.beyond_consent",)]


def test_a_ground_without_consent_says_why_and_who_judged(desk, ask):
    with pytest.raises(NotAllowed, match="「根拠の説明」") as refused:
        ask("医療機関", ground="clear_benefit")

    assert refused.value.problems[0].box == "ground_reason"
    assert ask("医療機関", ground="clear_benefit", ground_reason="受診が急がれる").request.asked_by


def test_an_excluded_agency_is_not_asked(desk, ask):
    desk.store.save(replace(desk.store.load(Case, desk.case.id),
                            excluded_agencies=(agency(desk.store, "医療機関"),)))  # fmt: skip

    with pytest.raises(NotAllowed, match="除外者"):
        ask("医療機関", ground="life_and_property", ground_reason="倒れていた")


def test_a_question_about_all_thinks_of_those_who_did_not_consent(desk, ask, agree):
    agree(agencies=(agency(desk.store),))
    remarks = ask("地域包括支援センター", ground="consent", whom=None).remarks

    assert rules_of(remarks) == ["assessment.others_consent"]


def test_nobody_is_asked_about_a_stranger(desk, ask):
    stranger = desk.store.save(Household(members=(Person(name="例示 次郎"),))).members[0]

    with pytest.raises(NotAllowed, match="いない人"):
        ask(whom=stranger.id)


def test_a_question_about_a_masked_person_says_nothing_of_whereabouts(desk, ask):
    casework.mask_person(desk.store, desk.mother.id, because="暴力", on=DAY, by="一人目")

    assert "assessment.masked" in rules_of(ask().remarks)


def test_an_answer_says_something_and_a_refusal_says_why(desk, ask):
    request = ask().request
    with pytest.raises(NotAllowed, match="どちらか"):
        casework.answer_assessment(desk.store, request, on=date(2026, 10, 12))
    refused = casework.answer_assessment(
        desk.store, request, on=date(2026, 10, 12), refused_because="本人に会えていない"
    )

    assert refused.remarks == ()
    assert waits(desk.store, "assessment_requests") == waits(desk.store, "assessment_answers") == []


def test_answers_come_to_one_place_and_are_written_into_the_next_sheet(desk, ask, begun):
    answer = casework.answer_assessment(
        desk.store, ask().request, on=DAY, finding="要介護2。週2回の通所",
        category=Category.HEALTH, answered_by="例示",
    ).request  # fmt: skip
    (waiting,) = waits(desk.store, "assessment_answers")
    opened = casework.assessment_sheet(desk.store, desk.case, on=date(2026, 10, 20))
    kept = casework.assess(desk.store, desk.case, opened)

    assert waiting.record_id == answer.id
    assert opened.health_note == "〔高齢者支援課 令和8年10月8日回答〕要介護2。週2回の通所"
    assert desk.store.load(AssessmentRequest, answer.id).assessment_id == kept.assessment.id
    assert waits(desk.store, "assessment_answers") == []


def test_an_answer_that_came_while_the_sheet_was_open_is_not_lost(desk, ask, begun):
    casework.answer_assessment(desk.store, ask().request, on=DAY, finding="通所は週2回")
    kept = casework.assess(desk.store, desk.case, begun)

    assert "assessment.answers_left" in rules_of(kept.remarks)
    waiting = sheets.answers_to_copy(desk.store, desk.case)
    casework.take_over(desk.store, desk.case, waiting)
    assert sheets.answers_to_copy(desk.store, desk.case) == []


def test_an_answer_is_taken_over_by_a_sheet_only(desk, ask):
    answer = casework.answer_assessment(desk.store, ask().request, on=DAY, finding="通所は週2回")

    with pytest.raises(NotAllowed, match="まだありません"):
        casework.take_over(desk.store, desk.case, [answer.request])


def test_an_answer_without_category_or_of_an_earlier_day_is_noted(desk, ask):
    kept = casework.answer_assessment(
        desk.store, ask().request, on=date(2026, 10, 1), finding="通所は週2回"
    )

    assert rules_of(kept.remarks) == [
        "assessment.answer_no_category", "assessment.answered_before_asked"
    ]  # fmt: skip


# 画面


@pytest.fixture
def chapter_place(desk):
    """Open a chapter of the assessment on the desk."""
    session = Session(desk.store, DAY)

    def opened(form):
        chapter = next(c for c in ASSESSMENT if c.form is form)
        about = desk.case if chapter.of is Case else desk.household
        return ChapterPlace(session, chapter, about)

    return opened


def test_the_desk_shows_the_people_of_the_household_by_name(desk, chapter_place):
    place = chapter_place(Assessment)
    place.show_new()
    marks = place.entry.forms["record"].rows["marks"]
    options = marks.box(0, "whose").options

    assert [o["label"] for o in options] == ["見本 花子（本人）", "見本 太郎（長男）"]
    marks.box(1, "whose").chosen = [str(desk.son.id)]
    place.entry.press()
    (kept,) = desk.store.find(Assessment)
    assert [m.whose for m in kept.marks] == [desk.mother.id, desk.son.id]
    assert any("本人・世帯の強み" in line for line in place.said.notice.lines)


def test_the_answer_of_an_agency_is_written_at_its_request(desk, chapter_place, ask):
    request = ask().request
    place = chapter_place(AssessmentRequest)
    place.show_act(request.id, "answer")
    boxes = place.entry.forms["record"].box_set.by_name
    boxes["finding"].raw = "通所は週2回"
    place.entry.press()

    kept = desk.store.load(AssessmentRequest, request.id)
    assert (kept.finding, kept.returned_on, kept.what) == ("通所は週2回", DAY, request.what)
    assert "agency" not in boxes


@pytest.mark.parametrize("form", [FamilyMap, FamilyEvent])
def test_the_family_is_written_from_the_page_of_its_client(desk, chapter_place, form):
    place = chapter_place(form)
    place.show_new()
    boxes = place.entry.forms["record"].box_set.by_name
    if form is FamilyEvent:
        boxes["happened_on"].raw, boxes["what"].raw = "平成20年", "退職"
    place.entry.press()

    (kept,) = desk.store.find(form)
    assert kept.household_id == desk.household.id


# 紙


@pytest.fixture
def printed(desk, begun, ask):
    """The printed sheet of a household with a young carer and a grandmother who died."""
    mark = IssueMark(issue="young_carer", whose=desk.son.id, since="令和5年ごろ")
    grandmother = Person(relation="祖母", name="見本 梅", standing="deceased")
    members = (replace(desk.mother, sex="female"), desk.son, grandmother)
    desk.store.save(replace(desk.household, members=members))
    casework.answer_assessment(desk.store, ask().request, on=DAY, finding="例示の回答")
    kept = casework.assess(desk.store, desk.case, replace(begun, marks=(mark,), housing="rented"))
    page = sheet(desk.store, "assessments", kept.assessment.id, made_on="令和8年10月9日")
    return SimpleNamespace(html=page.html, page=page, kept=kept.assessment)


def test_the_printed_sheet_calls_people_by_their_relation(desk, printed):
    assert "インテーク・アセスメントシート" in printed.html and "見本市様式" in printed.html
    assert '<td class="text">長男</td>' in printed.html
    assert "見本 太郎" not in printed.html and "見本 梅" not in printed.html
    assert "祖母" not in printed.html


def test_the_printed_sheet_has_thick_frames_and_says_which_are_open(printed):
    assert '<th scope="row" class="thick">住居</th>' in printed.html
    assert '<th scope="col" class=" thick">課題と背景要因</th>' in printed.html
    assert "未記入：相談経路、年齢、世帯類型、就労状況" in printed.html
    assert "令和8年10月8日" in printed.html and "2026" not in printed.html


def test_the_printed_sheet_brings_what_agencies_answered(desk, printed):
    assert "アセスメント依頼と回答" in printed.html and "例示の回答" in printed.html


def test_the_number_of_the_printed_sheet_changes_with_what_it_shows(desk, printed):
    def number():
        made = sheet(desk.store, "assessments", printed.kept.id, made_on="令和8年10月9日")
        return made.identity.number

    before = number()
    assert before == number() == printed.page.identity.number
    desk.store.save(replace(desk.store.load(Intake, desk.intake.id), urgency="week"))
    assert number() != before


def test_what_stands_on_the_sheet_reaches_no_packet(desk, put, begun):
    filled = replace(begun, strengths="強みの文", wishes="希望の文", outlook="見立ての文")
    mark = IssueMark(issue="debt", note="様子の文")
    casework.assess(desk.store, desk.case, replace(filled, marks=(mark,)))
    put("confidential", shared_categories=tuple(Category))
    for recipient in ("chair", f"agency-{desk.sitting.called[0]}"):
        made = packet(
            desk.store, desk.sitting.id, recipient=recipient, basis="confidential", made_on="作成日"
        )
        assert not any(
            word in made.items().html for word in ("強みの文", "希望", "見立ての文", "様子の文")
        )
