"""Papers read as somebody reads who wants to know more than they may: each gap that was found."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.documents import monthly
from jusou_nb.documents.packet import packet
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Consent,
    Emergency,
    Household,
    Intake,
    Person,
    SupportPlan,
)
from jusou_nb.forms.consent import ConsentManner, ConsentState

CONFIDENTIAL, MULTILAYERED = "confidential", "multilayered"
EVE, SITTING = date(2026, 10, 14), date(2026, 10, 15)
REVIEWED = {"text_reviewed_on": EVE}


def paper(desk, recipient="chair", basis=CONFIDENTIAL):
    return packet(
        desk.store, desk.sitting.id, recipient=recipient, basis=basis, made_on="令和8年10月14日"
    )


def an_agency(desk, place=3):
    return f"agency-{desk.sitting.called[place]}"


def about(desk, person, basis=CONFIDENTIAL, **boxes):
    """Open a case about one member of the household and put it on the sitting."""
    case = casework.open_case_for(desk.store, desk.household, person.id, reason="別件", on=EVE)
    item = AgendaItem(basis=basis, question="どう関わるか", **{**REVIEWED, **boxes})
    casework.put_on_agenda(desk.store, desk.sitting, case, item)
    return case


# What the mother's paper might tell of the son, and his of her.


def test_a_paper_made_with_consent_does_not_say_that_a_meeting_without_it_was_held(
    desk, agree, put
):
    agree()
    put(MULTILAYERED, **REVIEWED)
    items = paper(desk, an_agency(desk), MULTILAYERED).items().html
    assert "会議で検討中" in items
    assert "支援会議" not in items


@pytest.mark.parametrize("state", [None, ConsentState.REFUSED, ConsentState.WITHDRAWN])
def test_the_line_about_other_members_reads_the_same_whatever_they_answered(
    desk, agree, put, state
):
    agree()
    if state:
        casework.record_consent(desk.store, desk.son.id, Consent(state=state, stated_on=EVE))
    put(MULTILAYERED, **REVIEWED)
    items = paper(desk, an_agency(desk), MULTILAYERED).items().html
    assert "本人以外の世帯員は、続柄・年代・同居の別だけを載せる決まりです" in items
    assert not [word for word in ("同意がない", "断", "撤回", "拒否") if word in items]


def test_the_sons_paper_says_what_she_is_to_him_and_not_that_the_sheet_was_hers(desk):
    about(desk, desk.son)
    items = paper(desk, an_agency(desk)).items().html
    assert "<td>Ａ氏</td><td>本人</td>" in items
    assert "<td>Ｂ氏</td><td>親</td>" in items
    assert "受付時" not in items


@pytest.mark.parametrize(
    ("client", "first"),
    [("夫", "妻"), ("母", "子"), ("孫", "祖父母"), ("弟", "きょうだい"), ("いとこ", "世帯員")],
)
def test_a_relation_is_turned_round_only_as_far_as_it_is_certain(desk, client, first):
    mother, son = desk.household.members
    third = Person(relation="叔父", name="例示 叔父")
    members = (mother, replace(son, relation=client), third)
    desk.household = desk.store.save(replace(desk.household, members=members))
    about(desk, desk.household.members[1])
    items = paper(desk, an_agency(desk)).items().html
    assert f"<td>Ｂ氏</td><td>{first}</td>" in items
    assert "<td>Ｃ氏</td><td>叔父（受付時）</td>" in items


# DV: the husband's paper.


@pytest.fixture
def fled(desk):
    """The wife is hidden from her husband, and an agency stands by him."""
    wife = Person(relation="本人", name="例示 良子", address="例示町九丁目", condition="不眠")
    husband = Person(relation="夫", name="例示 剛", is_opponent=True)
    sheet = Intake(received_on=date(2026, 10, 1), screening="continuing")
    household = Household(members=(wife, husband))
    come = casework.receive_intake(desk.store, household=household, intake=sheet)
    casework.mask_person(desk.store, come.household.members[0].id, because="夫", on=EVE)
    desk.household = desk.store.load(Household, come.household.id)
    desk.wife, desk.husband = desk.household.members
    desk.her_case = come.case
    return desk


@pytest.mark.parametrize("basis", [CONFIDENTIAL, MULTILAYERED])
def test_the_husbands_paper_does_not_even_say_that_something_is_hidden(fled, basis):
    said = Consent(state=ConsentState.GIVEN, stated_on=EVE, agencies=fled.sitting.called)
    every = tuple(fled.store.profile.shared_categories)
    casework.record_consent(fled.store, fled.husband.id, replace(said, categories=every))
    about(fled, fled.husband, basis)
    items = paper(fled, an_agency(fled), basis).items().html
    assert "秘匿" not in items
    assert "例示町" not in items


def test_who_is_kept_from_her_case_reads_nothing_of_her_on_his_paper(fled):
    out = fled.sitting.called[3]
    case = fled.store.load(Case, fled.her_case.id)
    fled.store.save(replace(case, excluded_agencies=(out,)))
    about(fled, fled.husband)
    assert "不眠" not in paper(fled, f"agency-{out}").items().html
    assert "不眠" in paper(fled, an_agency(fled, 4)).items().html


def test_his_paper_does_not_tell_by_its_letters_that_she_stands_on_the_sitting_too(fled):
    her = AgendaItem(basis=CONFIDENTIAL, question="安全", called=fled.sitting.called[4:])
    casework.put_on_agenda(fled.store, fled.sitting, fled.her_case, her)
    about(fled, fled.husband)
    items = paper(fled, an_agency(fled)).items().html
    assert "<td>Ｃ氏</td><td>本人</td>" in items and "<td>Ｄ氏</td><td>妻</td>" in items
    assert "Ａ氏" not in items and "Ｂ氏" not in items


def test_who_reads_both_items_of_a_household_reads_one_letter_for_one_person(fled):
    her = AgendaItem(basis=CONFIDENTIAL, question="安全")
    casework.put_on_agenda(fled.store, fled.sitting, fled.her_case, her)
    about(fled, fled.husband)
    items = paper(fled, an_agency(fled)).items().html
    assert "Ｃ氏" not in items and items.count("<td>Ａ氏</td>") == 2


def test_the_chair_is_told_to_look_for_traces_of_whoever_is_hidden(fled):
    about(fled, fled.husband)
    assert "世帯に秘匿の人がいます" in lacking(fled, CONFIDENTIAL)


def test_her_own_paper_says_that_her_whereabouts_are_hidden(fled):
    item = AgendaItem(basis=CONFIDENTIAL, question="安全")
    casework.put_on_agenda(fled.store, fled.sitting, fled.her_case, item)
    assert "秘匿" in paper(fled, an_agency(fled)).items().html


# The neighbour: the day and the desk of the first telling.


def test_the_day_and_the_desk_of_the_first_telling_are_on_the_chairs_copy_only(desk, put):
    desk_of_it = desk.sitting.called[5]
    desk.store.save(replace(desk.intake, received_at=desk_of_it))
    put(CONFIDENTIAL)
    items = paper(desk, an_agency(desk)).items().html
    assert "令和8年10月1日" in paper(desk).items().html
    assert "令和8年10月1日" not in items and "受付機関" not in items
    assert '<td class="text">令和8年10月</td>' in items


# An emergency: what the members are asked to approve.


@pytest.fixture
def saturday(desk):
    happened = Emergency(
        happened_at=datetime(2026, 10, 10, 16), next_check_at=datetime(2026, 10, 12, 9),
        household_id=desk.household.id, who="見本 花子", what="夜に倒れていた",
        done="救急を呼んだ", approved_by="課長",
    )  # fmt: skip
    kept = casework.respond_to_emergency(desk.store, happened).emergency
    report = {"on": EVE, "conference": desk.sitting}
    desk.item = casework.report_emergency(desk.store, kept, **report).item
    return desk


def test_an_agency_reads_that_the_emergency_is_told_by_word_of_mouth(saturday):
    items = paper(saturday, an_agency(saturday)).items().html
    assert "緊急対応の内容は、会議で口頭で報告します" in items
    assert "夜に倒れていた" not in items
    assert "口頭で報告します" not in paper(saturday).items().html


def test_the_minutes_have_a_line_for_the_approval_after_the_fact(saturday):
    assert "□承認　承認した日" in paper(saturday, an_agency(saturday)).minutes().html
    casework.approve_after(saturday.store, saturday.item, on=SITTING)
    for recipient in ("chair", an_agency(saturday)):
        assert "■承認　承認した日　令和8年10月15日" in paper(saturday, recipient).minutes().html


def test_no_other_item_has_that_line(desk, put):
    put(CONFIDENTIAL)
    assert "承認した日" not in paper(desk).minutes().html


# The chair's copy: what is lacking, whose consent, what was withdrawn.


def lacking(desk, basis=MULTILAYERED):
    return paper(desk, basis=basis).control().html.split("確かめること")[1].split("<h3>")[0]


def test_the_chair_reads_which_sentences_nobody_has_looked_through(desk, agree, put):
    agree()
    item = put(MULTILAYERED)
    assert "文章を、まだ誰も確かめていません" in lacking(desk)
    desk.store.save(replace(desk.store.load(AgendaItem, item.id), **REVIEWED))
    assert "文章を" not in lacking(desk)


def test_the_chair_reads_that_nothing_was_asked_and_nobody_called(desk):
    desk.sitting = desk.store.save(
        replace(casework.convene(desk.store, replace(desk.sitting, id=None, version=0)), called=())
    )
    casework.put_on_agenda(desk.store, desk.sitting, desk.case, AgendaItem(basis=CONFIDENTIAL))
    assert "「検討したいこと」が空です" in lacking(desk, CONFIDENTIAL)
    assert "呼ぶ機関が確定していません" in lacking(desk, CONFIDENTIAL)


def test_the_chair_is_asked_whose_the_ticked_issues_are(desk, agree, put):
    agree()
    put(MULTILAYERED, **REVIEWED)
    assert "本人以外のことを指す課題" in lacking(desk)
    said = Consent(state=ConsentState.GIVEN, stated_on=EVE)
    casework.record_consent(desk.store, desk.son.id, said)
    assert "本人以外のことを指す課題" not in lacking(desk)


def test_the_chair_reads_that_there_is_no_plan_to_decide(desk, agree, put):
    agree()
    put(MULTILAYERED, **REVIEWED)
    assert "プラン案がありません" in lacking(desk)
    casework.draft_plan(desk.store, desk.case, SupportPlan(drawn_on=EVE))
    assert "プラン案がありません" not in lacking(desk)


def test_the_chair_reads_by_when_a_telephone_consent_is_written_and_what_was_taken_back(
    desk, agree, put
):
    agree(manner=ConsentManner.ORAL, explained_by="tantou", words="いいよ")
    put(MULTILAYERED, **REVIEWED)
    gone = Consent(stated_on=EVE, withdrawn_agencies=desk.sitting.called[:1])
    casework.withdraw_consent(desk.store, desk.mother.id, gone)
    name = desk.store.lexicon().refs["agencies"][desk.sitting.called[0]]
    items = paper(desk, basis=MULTILAYERED).items().html
    assert "口頭（同意書の期限 令和8年10月19日）" in items
    assert f"令和8年10月14日：{name}" in items
    assert "撤回" not in paper(desk, an_agency(desk), MULTILAYERED).items().html


def test_a_paper_says_whose_consent_it_stands_on(desk, agree, put):
    agree(given_by="adult_guardian", giver_name="後見 例示")
    put(MULTILAYERED, **REVIEWED)
    items = paper(desk, an_agency(desk), MULTILAYERED).items().html
    assert "あり（令和8年10月5日・成年後見人）" in items
    assert "後見 例示" not in items


def test_copies_of_all_agencies_but_one_are_told_as_all_but_that_one(desk, agree, put):
    agree(agencies=desk.sitting.called[1:])
    put(MULTILAYERED, **REVIEWED)
    name = desk.store.lexicon().refs["agencies"][desk.sitting.called[0]]
    assert f"{name}のほかの機関すべて（12）" in paper(desk, basis=MULTILAYERED).control().html


# The month's report goes from desk to desk.


def test_the_months_report_does_not_say_which_household_has_somebody_hidden(fled):
    report = monthly.report(fled.store, date(2026, 10, 1), date(2026, 10, 31), today=SITTING)
    page = report.due().html
    assert "秘匿" not in page and "支援措置" not in page
