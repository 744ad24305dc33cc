"""Papers that reach the person: consent, notes at the door, the plan and the own copy."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from jusou_nb import casework
from jusou_nb import profile as profiles
from jusou_nb.choices import Category
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.errors import NotFound
from jusou_nb.forms import Consent, Decision, Goal, RoleAssignment, SupportPlan, Visit
from jusou_nb.forms.conference import ItemAttendance, Presence
from jusou_nb.forms.plan import DoerKind

DAY = date(2026, 10, 15)
OFFICE_WORDS = ("重層", "アウトリーチ", "参加支援", "福祉", "ひきこもり", "支援")
ENGLISH = """extends = "standard"
[letters.en.consent]
title = "Consent form"
"""


def plain(html: str) -> str:
    """Read a page without its readings and marks, as its words stand."""
    bare = re.sub(r"<r[pt]>[^<]*</r[pt]>", "", html)
    return re.sub(r"<[^>]+>", "", bare)


@pytest.fixture
def page(desk):
    """Print a paper of a record, as its words stand."""
    return lambda name, id_, day=DAY: plain(PAPERS[name].gather(desk.store, id_, day=day).html)


@pytest.fixture
def visit(desk):
    """A visit to the mother, planned for an afternoon."""
    begins = datetime(2026, 10, 16, 14, 30)
    planned = Visit(
        planned_at=begins, back_by=begins + timedelta(hours=1), worker="架空 担当", purpose="同意"
    )
    return casework.plan_visit(desk.store, planned, case=desk.case).visit


@pytest.fixture
def plan(desk):
    """Keep a plan of the mother, changed as asked."""

    def keep(**boxes):
        return desk.store.save(
            SupportPlan(case_id=desk.case.id, client_id=desk.mother.id, drawn_on=DAY, **boxes)
        )

    return keep


def hide(desk, place, **boxes):
    """Mark one of the household."""
    members = list(desk.store.load(type(desk.household), desk.household.id).members)
    members[place] = replace(members[place], **boxes)
    desk.household = desk.store.save(replace(desk.household, members=tuple(members)))


def test_a_consent_is_printed_as_it_was_given(desk, agree, page):
    given = agree(categories=(Category.IDENTITY, Category.ISSUES), explained_by="架空 担当")
    printed = page("同意書", given.id)

    assert printed.count("○") == 2 * len(given.agencies) + 1
    assert "見本　花子" in printed and "架空 担当" in printed and "期限は ありません" in printed


def test_every_kanji_of_the_fixed_words_has_its_reading(desk):
    html = PAPERS["同意書（用紙）"].gather(desk.store, desk.mother.id, day=DAY).html
    body = html[: html.index('<p class="style"')]

    bare = re.sub(r"<[^>]+>", "", re.sub(r"<ruby>.*?</ruby>", "", body))
    assert re.findall(r"[\u4e00-\u9fff]+", bare) == []


def test_whom_not_to_tell_stands_on_the_consent(desk, agree, page):
    kept = desk.sitting.called[-1]
    name = desk.store.lexicon().refs["agencies"][kept]
    given = agree(agencies=desk.sitting.called[:2], excluded_agencies=(kept,))

    told = page("同意書", given.id)
    assert name in told[told.index("知らせないで") : told.index("いつまで")]


def test_a_blank_consent_leaves_all_to_be_ticked(desk, page):
    printed = page("同意書（用紙）", desk.mother.id)

    assert "☑" not in printed.replace("「☑」", "") and "見本　花子" in printed
    assert "地域包括支援センター" in printed


def test_a_consent_of_unknown_scope_ticks_nothing(desk, agree, page):
    given = agree(categories=None, agencies=None)

    assert "まだ 決めていません" in page("同意書", given.id)


def test_a_change_shows_what_stood_and_what_stands(desk, agree, page):
    agree(categories=(Category.IDENTITY,))
    later = agree(categories=tuple(Category), stated_on=date(2026, 10, 12))
    printed = page("同意の変更届", later.id)
    now, after = printed.split("これからの 同意")

    assert now.count("○") - 1 == len(later.agencies)
    assert after.count("○") - 1 == 6 * len(later.agencies)


def test_a_withdrawal_in_part_ticks_that_part(desk, agree, page):
    agree()
    cut = Consent(stated_on=DAY, withdrawn_categories=(Category.FINANCE,))
    over = casework.withdraw_consent(desk.store, desk.mother.id, cut).consent
    printed = page("同意の撤回届", over.id)

    assert "☐ ぜんぶ やめます" in printed and "☑ 一部だけ やめます" in printed
    assert re.search(r"☑\s*お金", printed) and re.search(r"☐\s*体", printed)


def test_a_withdrawal_of_all_names_no_part(desk, agree, page):
    agree()
    over = casework.withdraw_consent(desk.store, desk.mother.id, Consent(stated_on=DAY)).consent

    assert "☑ ぜんぶ やめます" in page("同意の撤回届", over.id)


def test_a_language_that_the_town_has_written_is_printed_as_a_page_more(desk, page):
    desk.store.use_profile(profiles.parse(ENGLISH))
    html = PAPERS["同意書（用紙）"].gather(desk.store, desk.mother.id, day=DAY).html

    assert 'lang="en"' in html and "Consent form" in html
    assert plain(html).count("説明を 聞いて") == 2


def test_an_older_profile_without_the_words_has_the_standard_ones():
    text = profiles.load("standard").text
    start, end = text.index("[callback]"), text.index("[[bases]]")
    old = profiles.parse(text[:start] + text[end:])

    assert old.letters.words("absence")["title"]


@pytest.mark.parametrize("text", ["同意《どうい", "｜同意", "かな《かな》"])
def test_a_reading_that_is_marked_wrongly_is_refused(text):
    with pytest.raises(NotFound, match="ふりがな"):
        profiles.parse(f'extends = "standard"\n[letters.ja.consent]\ntitle = "{text}"\n')


def test_the_note_at_the_door_betrays_nothing(desk, visit, page):
    printed = page("不在票", visit.id)

    betrays = (
        *OFFICE_WORDS,
        "見本 花子",
        "見本　花子",
        "架空町",
        "同意",
        desk.store.profile.office,
    )
    assert [word for word in betrays if word in printed] == []
    assert "架空 担当" in printed and "見本市" in printed


def test_the_note_gives_the_number_that_the_town_has_set(desk, visit, page):
    number = '[callback]\nname = "見本市の担当"\ntelephone = "000-000-0000"\n'
    desk.store.use_profile(profiles.parse(f'extends = "standard"\n{number}'))

    assert "000-000-0000" in page("不在票", visit.id) and "見本市の担当" in page("訪問票", visit.id)


def test_the_letter_says_when_and_to_whom_and_never_why(desk, visit, page):
    printed = page("訪問のお知らせ", visit.id)

    assert "見本市架空町1-1" in printed and "見本 花子 様" in printed
    assert "10月16日（金）" in printed and "午後2時30分ごろ" in printed
    assert [word for word in (*OFFICE_WORDS, "同意") if word in printed] == []


@pytest.mark.parametrize("paper", ["不在票", "訪問のお知らせ"])
@pytest.mark.parametrize("boxes", [{"is_masked": True}, {"is_opponent": True}])
def test_no_paper_goes_to_a_house_where_somebody_hides(desk, visit, page, paper, boxes):
    hide(desk, 1, **boxes)
    printed = page(paper, visit.id)

    assert "見本" not in printed and "架空" not in printed and "秘匿" not in printed


def test_the_plan_speaks_in_the_persons_own_words(desk, plan, page):
    kept = plan(
        client_wish="母として家族と暮らす",
        several_because="母の抱え込みが強い",
        goals=(Goal(issue="孤立", aim="週に一度外に出る", own_words="花を育てたい"),),
    )
    printed = page("本人用のプラン", kept.id)

    assert "花を育てたい" in printed and "週に一度外に出る" in printed
    assert [w for w in ("抱え込み", "孤立", "家族と暮らす") if w in printed] == []


def test_the_plan_says_who_does_what_by_when_and_whom_to_call(desk, plan, page):
    lead = desk.sitting.called[0]
    row = RoleAssignment(what="見学に行く", doer=DoerKind.AGENCY, agency=lead, due_on=DAY)
    mine = RoleAssignment(what="花に水をやる", doer=DoerKind.CLIENT, frequency="毎朝")
    kept = plan(lead_agency=lead, roles=(row, mine), next_monitoring_on=date(2026, 12, 1))
    printed = page("本人用のプラン", kept.id)

    assert "見学に行く" in printed and "令和8年10月15日" in printed and "いちばんの" in printed
    assert "花に水をやる" in printed and "わたし" in printed and "令和8年12月1日" in printed


@pytest.mark.parametrize("what", ["長男の居場所を探す", "太郎さんに声をかける", "夫と話す"])
def test_what_the_office_does_for_somebody_else_is_not_on_her_plan(desk, plan, page, what):
    others = RoleAssignment(what=what, doer=DoerKind.FAMILY, frequency="週1回")
    own = RoleAssignment(what="工夫して出かける", doer=DoerKind.CLIENT, frequency="週1回")
    printed = page("本人用のプラン", plan(roles=(others, own)).id)

    assert what not in printed and "工夫して出かける" in printed and "聞いて ください" in printed


def test_one_from_whom_somebody_hides_reads_only_what_he_does(desk, plan, page):
    hide(desk, 0, is_opponent=True)
    lead = desk.sitting.called[0]
    row = RoleAssignment(what="住まいを探す", doer=DoerKind.AGENCY, agency=lead, due_on=DAY)
    mine = RoleAssignment(what="相談に来る", doer=DoerKind.CLIENT, frequency="月1回")
    printed = page("本人用のプラン", plan(lead_agency=lead, roles=(row, mine)).id)

    assert "相談に来る" in printed and "住まいを探す" not in printed and "社会福祉課" not in printed


def test_who_attends_gets_a_copy_of_the_own_item(desk, agree, put, page):
    agree(agencies=desk.sitting.called[:3])
    came = ItemAttendance(name="見本 花子", presence=Presence.CLIENT, arrived="14:00", left="14:30")
    done = Decision(what="見学の日を決める", agency=desk.sitting.called[0], due_on=DAY)
    item = put("multilayered", text_reviewed_on=DAY, attendances=(came,), decisions=(done,))
    printed = page("本人用の資料", item.id)

    assert "14:00〜14:30" in printed and "役割の分担" in printed and "見学の日を決める" in printed
    assert [w for w in ("近隣", "太郎", "十年以上", "水道課") if w in printed] == []


def test_sentences_nobody_looked_through_are_not_on_the_own_copy(desk, agree, put, page):
    agree()

    assert "役割の分担" not in page("本人用の資料", put("multilayered").id)


def test_of_a_sitting_without_consent_there_is_no_copy_for_the_person(desk, put, page):
    printed = page("本人用の資料", put("confidential").id)

    assert "ご本人に渡すものではありません" in printed
    assert "見本" not in printed and "役割の分担" not in printed
