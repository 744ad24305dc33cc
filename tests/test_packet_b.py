"""What the papers of a sitting hold of sheets, directions, agreements, recalls and schemes."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.documents.packet import copies, packet
from jusou_nb.forms import (
    AgendaItem,
    Agreement,
    Conference,
    Decision,
    DirectionRow,
    Emergency,
    Goal,
    IssueRow,
    ItemAttendance,
    PreparationSheet,
    Provenance,
    SchemeCheck,
    SupportPlan,
)
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.conference import AgreementAnswer, ConferenceState, Outcome, Presence
from jusou_nb.forms.provenance import FactSort, Release
from jusou_nb.forms.scheme_check import SchemeResult

CONFIDENTIAL, MULTILAYERED = "confidential", "multilayered"
SENT, BACK = date(2026, 10, 6), date(2026, 10, 12)
REVIEWED = {"text_reviewed_on": date(2026, 10, 9)}


def paper(desk, recipient="chair", basis=CONFIDENTIAL):
    return packet(
        desk.store, desk.sitting.id, recipient=recipient, basis=basis, made_on="令和8年10月12日"
    )


def an_agency(desk, place=3):
    return f"agency-{desk.sitting.called[place]}"


def label(desk, place):
    return desk.store.lexicon().refs["agencies"][desk.sitting.called[place]]


def answer(desk, item, count, **boxes):
    """Ask that many agencies for the sheet, and keep the same answer of each."""
    asked = casework.send_sheets(desk.store, item, desk.sitting.called[:count], on=SENT)
    for n, sheet in enumerate(asked):
        told = {"household_view": f"世帯像その{n}", "requests": "家計の相談を", **boxes}
        casework.answer_sheet(desk.store, replace(sheet, **told), on=BACK)


def test_answers_stand_side_by_side_four_agencies_a_table(desk, put):
    answer(desk, put(CONFIDENTIAL), 6)
    items = paper(desk, an_agency(desk)).items().html
    assert items.count('<table class="rows answers">') == 2
    first = items.split('<table class="rows answers">')[1]
    assert "世帯像その3" in first
    assert "世帯像その4" not in first


def test_who_has_not_answered_is_named_on_the_chairs_copy_only(desk, put):
    casework.send_sheets(desk.store, put(CONFIDENTIAL), desk.sitting.called[:1], on=SENT)
    assert f"回答待ち：{label(desk, 0)}" in paper(desk).items().html
    assert "回答待ち" not in paper(desk, an_agency(desk)).items().html


def test_of_answers_only_the_categories_shared_are_on_an_agencys_copy(desk, put):
    item = put(CONFIDENTIAL, shared_categories=(Category.ISSUES,))
    answer(desk, item, 1, efforts="ヘルパーが週2回")
    items = paper(desk, an_agency(desk)).items().html
    assert "世帯像その0" in items
    assert "ヘルパーが週2回" not in items
    assert "ヘルパーが週2回" in paper(desk).items().html
    assert "事前シートの現在の取り組み状況" in paper(desk).control().html


def test_answers_wait_for_somebody_to_look_through_them_where_consent_is_needed(desk, put, agree):
    agree()
    item = put(MULTILAYERED)
    answer(desk, item, 1)
    assert "世帯像その0" not in paper(desk, an_agency(desk), MULTILAYERED).items().html
    assert "家計の相談を" not in paper(desk, an_agency(desk), MULTILAYERED).items().html
    desk.store.save(replace(desk.store.load(AgendaItem, item.id), **REVIEWED))
    assert "世帯像その0" in paper(desk, an_agency(desk), MULTILAYERED).items().html


def test_answers_outside_the_consent_stay_off_the_copy(desk, put, agree):
    agree(categories=(Category.IDENTITY,))
    answer(desk, put(MULTILAYERED, **REVIEWED), 1)
    assert "世帯像その0" not in paper(desk, an_agency(desk), MULTILAYERED).items().html


def test_an_answer_given_on_one_basis_is_on_no_paper_of_the_other(desk, put, agree):
    agree()
    answer(desk, put(CONFIDENTIAL), 1)
    put(MULTILAYERED, **REVIEWED)
    for recipient in ("chair", an_agency(desk)):
        assert "世帯像その0" not in paper(desk, recipient, MULTILAYERED).items().html


def test_an_excluded_party_that_had_answered_is_named_on_no_agencys_copy(desk, put):
    answer(desk, put(CONFIDENTIAL), 1)
    case = desk.store.load(type(desk.case), desk.case.id)
    desk.store.save(replace(case, excluded_agencies=desk.sitting.called[:1]))
    assert "世帯像その0" not in paper(desk, an_agency(desk)).items().html
    assert "世帯像その0" in paper(desk).items().html


@pytest.fixture
def earlier(desk, put, agree):
    """A month ago the 支援会議 shared out who watches, and the other body something else."""
    agree(stated_on=date(2026, 9, 1))
    before = casework.convene(desk.store, Conference(body="monthly", held_on=date(2026, 9, 17)))
    for basis, what in ((CONFIDENTIAL, "夜の見守り"), (MULTILAYERED, "書類の整理")):
        row = DirectionRow(what=what, other_doer="民生委員", review_on=date(2026, 10, 10),
                           progress=f"{what}は続いている")  # fmt: skip
        item = AgendaItem(basis=basis, question="分担", directions=(row,))
        casework.put_on_agenda(desk.store, before, desk.case, item)
    put(CONFIDENTIAL)
    put(MULTILAYERED, **REVIEWED)
    return desk


def test_earlier_directions_come_with_what_became_of_them_on_their_own_basis(earlier):
    for recipient in ("chair", an_agency(earlier)):
        items = paper(earlier, recipient).items().html
        assert "これまでの支援方針・役割分担表" in items
        for text in ("夜の見守り", "民生委員", "令和8年10月10日", "夜の見守りは続いている"):
            assert text in items
        assert "書類の整理" not in items


def test_where_plans_are_decided_the_plan_stands_and_no_table_of_directions(earlier):
    items = paper(earlier, basis=MULTILAYERED).items().html
    assert "支援方針・役割分担表" not in items
    assert "夜の見守り" not in items


@pytest.fixture
def planned(desk, put, agree):
    """A plan with its 課題整理表, and a scheme that was tried before it."""
    agree()
    row = IssueRow(issue="介護の負担", whose="本人", background="夜間の介助", lacking="休める時間")
    plan = SupportPlan(
        drawn_on=date(2026, 10, 7),
        issue_rows=(row,),
        goals=(Goal(issue="介護の負担", aim="休む", own_words="夜、眠りたい"),),
        several_because="家計と介護が重なるため",
        client_voice="弟にも聞いてほしい",
    )
    casework.draft_plan(desk.store, desk.case, plan)
    for day, scheme in ((SENT, "短期入所"), (date(2026, 10, 20), "後日の制度")):
        check = SchemeCheck(checked_on=day, scheme=scheme, result=SchemeResult.TRIED, reason="満床")
        casework.check_scheme(desk.store, desk.case, check)
    return desk


PLAN = ("夜間の介助", "休める時間", "夜、眠りたい", "家計と介護が重なるため", "弟にも聞いてほしい")


def test_the_plan_shows_issues_own_words_and_the_schemes_checked_until_then(planned, put):
    put(MULTILAYERED, **REVIEWED)
    for recipient in ("chair", an_agency(planned)):
        items = paper(planned, recipient, MULTILAYERED).items().html
        for text in (*PLAN, "短期入所", "満床"):
            assert text in items
        assert "後日の制度" not in items


def test_sentences_of_a_plan_nobody_looked_through_stay_with_the_chair(planned, put):
    put(MULTILAYERED)
    items = paper(planned, an_agency(planned), MULTILAYERED).items().html
    assert not [text for text in PLAN if text in items]
    assert "満床" not in items


@pytest.fixture
def held(desk, put):
    """The item after the sitting, with all that was recorded of it."""
    one, two = desk.sitting.called[3:5]
    item = put(CONFIDENTIAL)
    result = replace(
        desk.store.load(AgendaItem, item.id),
        discussion="議事の要旨",
        summing_up="議長のことば",
        missing_resources="夜の居場所",
        outcome=Outcome.AGREED,
        next_on=date(2026, 11, 19),
        lead_agency=one,
        attendances=(ItemAttendance(name="例示 民子", presence=Presence.CLIENT, left="14:10"),),
        agreements=(
            Agreement(agency=one, answer=AgreementAnswer.AGREED),
            Agreement(agency=two, answer=AgreementAnswer.CONDITIONAL, condition="人手が付けば"),
        ),
        decisions=(Decision(what="大家に会う", agency=one, due_on=date(2026, 10, 30)),),
        directions=(DirectionRow(what="昼に訪ねる", agency=two),),
    )
    desk.store.save(result)
    return desk


FOR_ALL = ("大家に会う", "令和8年10月30日", "昼に訪ねる", "■了承", "令和8年11月19日")
CHAIRS = ("議事の要旨", "議長のことば", "夜の居場所", "人手が付けば", "例示 民子", "14:10")


def test_the_minutes_are_filled_with_what_is_recorded(held):
    minutes = paper(held).minutes().html
    assert not [text for text in (*FOR_ALL, *CHAIRS) if text not in minutes]


def test_an_agencys_minutes_hold_its_own_answer_and_nothing_of_the_offices(held):
    minutes = paper(held, an_agency(held)).minutes().html
    assert not [text for text in FOR_ALL if text not in minutes]
    assert not [text for text in CHAIRS if text in minutes]
    assert "□条件付き" in minutes
    assert "■条件付き" in paper(held, an_agency(held, 4)).minutes().html


def test_the_chairs_cover_tells_where_each_numbered_copy_is(desk, put):
    put(CONFIDENTIAL)
    made = [(c.basis, c.reader.agency_id, c.number) for c in copies(desk.store, desk.sitting.id)]
    first, second, *_ = casework.open_recalls(desk.store, desk.sitting, made)
    casework.settle_copy(desk.store, first, RecallState.RETURNED, on=BACK)
    casework.settle_copy(desk.store, second, RecallState.REPLACED, on=BACK)
    cover = paper(desk).cover().html
    assert cover.count("<td>令和8年10月12日</td>") == 2
    assert cover.count("<td>令和8年10月12日</td><td>差し替えた</td>") == 1
    assert '<td class="right">2部</td>' in cover
    assert f'<td class="right">{len(made) - 2}部</td>' in cover
    assert '<td class="right">2部</td>' in paper(desk).minutes().html


def test_noting_that_copies_are_back_changes_the_chairs_number_and_no_other(desk, put):
    put(CONFIDENTIAL)
    before = [paper(desk, who).identity.number for who in ("chair", an_agency(desk))]
    casework.open_recalls(desk.store, desk.sitting, [(CONFIDENTIAL, None, 1)])
    after = [paper(desk, who).identity.number for who in ("chair", an_agency(desk))]
    assert after[0] != before[0]
    assert after[1] == before[1]


@pytest.mark.parametrize(
    "record",
    [
        SchemeCheck(scheme="短期入所", result=SchemeResult.IN_USE, checked_on=SENT),
        Emergency(who="本人", what="けが", done="受診"),
        PreparationSheet(sent_on=SENT, household_view="世帯像"),
    ],
)
def test_a_record_that_a_paper_shows_changes_its_number(desk, put, record):
    item = put(CONFIDENTIAL)
    before = paper(desk).identity.number
    link = "case_id" if isinstance(record, SchemeCheck) else "agenda_item_id"
    owner = desk.case.id if link == "case_id" else item.id
    desk.store.save(replace(record, **{link: owner}))
    assert paper(desk).identity.number != before


def fact(words, sort=FactSort.OF_CLIENT, release=Release.RELEASE):
    return Provenance(heard_on_basis=CONFIDENTIAL, fact=words, sort=sort, release=release,
                      category=Category.ISSUES)  # fmt: skip


FACTS = (
    fact("通院を望む"),
    fact("借金のうわさ", release=Release.WITHHOLD),
    fact("課の見立て", sort=FactSort.VIEW),
)


def test_a_fact_released_goes_over_and_one_withheld_is_only_counted(desk, put, agree):
    agree()
    put(MULTILAYERED, **REVIEWED)
    for entry in FACTS:
        desk.store.save(replace(entry, case_id=desk.case.id))
    made = paper(desk, basis=MULTILAYERED)
    page = made.items().html + made.control().html
    assert "通院を望む" in paper(desk, an_agency(desk), MULTILAYERED).items().html
    assert "移行の一覧の事実（2件）" in page
    assert not [text for text in ("借金のうわさ", "課の見立て") if text in page]


def test_an_emergency_is_reported_on_the_chairs_copy_only(desk):
    happened = Emergency(
        happened_at=datetime(2026, 10, 10, 22, 15), household_id=desk.household.id,
        who="見本 花子", what="夜に倒れていた", done="救急を呼んだ", approved_by="例示課長",
        next_check_at=datetime(2026, 10, 11, 9),
    )  # fmt: skip
    kept = casework.respond_to_emergency(desk.store, happened).emergency
    casework.report_emergency(desk.store, kept, on=BACK, conference=desk.sitting)
    for text in ("緊急対応の報告", "夜に倒れていた", "救急を呼んだ", "例示課長"):
        assert text in paper(desk).items().html
        assert text not in paper(desk, an_agency(desk)).items().html


def test_a_topic_is_on_the_agenda_and_nowhere_else(desk, put):
    put(CONFIDENTIAL)
    topic = AgendaItem(topic="研修 記録の書き方", basis="steering")
    desk.sitting = replace(desk.sitting, state=ConferenceState.PLANNED)
    bases = [b.code for b in desk.store.profile.bases if b.anonymous]
    casework.put_topic_on_agenda(desk.store, desk.sitting, replace(topic, basis=bases[0]))
    made = paper(desk, an_agency(desk))
    assert "研修 記録の書き方" in made.agenda().html
    assert "研修 記録の書き方" not in made.items().html + made.minutes().html
