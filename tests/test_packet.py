"""The papers of a sitting: who gets a copy, what is on it, and what must never be."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.documents.ages import age_band, age_text
from jusou_nb.documents.packet import copies, packet
from jusou_nb.documents.sitting import bases_of, gather, letters
from jusou_nb.errors import NotFound
from jusou_nb.fields import StatedAge
from jusou_nb.forms import (
    AgendaItem,
    Case,
    CaseNote,
    Conference,
    Decision,
    Goal,
    Household,
    Intake,
    Person,
    RoleAssignment,
    SupportPlan,
)
from jusou_nb.forms.conference import Identification
from jusou_nb.forms.plan import DoerKind
from jusou_nb.problems import Override

CONFIDENTIAL, MULTILAYERED = "confidential", "multilayered"
SECRETS = {
    "address": "秘匿町九丁目",
    "telephone": "000-9999-0001",
    "school": "秘匿小学校",
    "workplace": "秘匿運送",
    "informant": "近隣 通報子",
    "source": "向かいの家から聞いた",
    "office": "窓口だけの控え",
    "sons_illness": "長男の通院歴",
    "heard": "支援会議で聞いた話",
    "question": "訪問の分担はどうするか",
    "name": "見本 花子",
}


@pytest.fixture
def town(desk, agree):
    """The mother, masked, stands on the multilayered basis, her neighbours' son on the other."""
    mother, son = desk.household.members
    hidden = {"school": SECRETS["school"], "workplace": SECRETS["workplace"], "is_masked": True}
    mother = replace(mother, address=SECRETS["address"], telephone=SECRETS["telephone"], **hidden)
    son = replace(son, condition=SECRETS["sons_illness"], stated_age=StatedAge("about", 52))
    desk.household = desk.store.save(replace(desk.household, members=(mother, son)))
    told = {"information_source": SECRETS["source"], "remarks": SECRETS["office"]}
    desk.store.save(replace(desk.intake, variant="without_consent", **told))
    agree()
    heard = {"content": SECRETS["heard"], "category": Category.ISSUES}
    note = CaseNote(happened_at=datetime(2026, 10, 8, 14), learnt_on_basis=CONFIDENTIAL, **heard)
    casework.write_note(desk.store, desk.case, note)
    return desk


@pytest.fixture
def on_both(town, put):
    """The mother's case on both bases of one sitting, its sentences looked through."""
    for basis in (CONFIDENTIAL, MULTILAYERED):
        put(basis, text_reviewed_on=date(2026, 10, 9))
    first = town.store.find(AgendaItem, conference_id=town.sitting.id)[0]
    town.store.save(replace(first, question=SECRETS["question"]))
    return town


def paper(desk, recipient="chair", basis=CONFIDENTIAL):
    return packet(
        desk.store, desk.sitting.id, recipient=recipient, basis=basis, made_on="令和8年10月12日"
    )


def printed(desk, recipient="chair", basis=CONFIDENTIAL):
    made = paper(desk, recipient, basis)
    sections = (made.cover(), made.agenda(), made.items(), made.minutes(), made.control())
    return "".join(section.html for section in sections)


def an_agency(desk, place=3):
    return f"agency-{desk.sitting.called[place]}"


CHAIR_SEES = {
    CONFIDENTIAL: {"informant", "source", "office", "sons_illness", "heard", "question", "name"},
    MULTILAYERED: {"informant", "source", "office", "sons_illness", "name"},
}
AGENCY_SEES = {CONFIDENTIAL: {"sons_illness", "heard", "question"}, MULTILAYERED: set()}


@pytest.mark.parametrize("basis", [CONFIDENTIAL, MULTILAYERED])
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_on_the_copies_that_may_hold_it_and_on_no_other(on_both, basis, secret):
    on_chairs = SECRETS[secret] in printed(on_both, "chair", basis)
    on_agencys = SECRETS[secret] in printed(on_both, an_agency(on_both), basis)
    assert on_chairs == (secret in CHAIR_SEES[basis])
    assert on_agencys == (secret in AGENCY_SEES[basis])


def test_a_masked_persons_whereabouts_read_masked_on_every_copy(on_both):
    for recipient in ("chair", an_agency(on_both)):
        assert "住所、電話番号、連絡の可否・時間帯、学校・園、勤務先</span>秘匿" in printed(
            on_both, recipient
        )


def test_the_chairs_copy_tells_the_whereabouts_where_the_masking_names_the_chief(on_both):
    mother, son = on_both.household.members
    mother = replace(mother, unmasked_for=("chief",))
    on_both.store.save(replace(on_both.household, members=(mother, son)))
    assert SECRETS["address"] in printed(on_both)
    assert SECRETS["address"] not in printed(on_both, an_agency(on_both))


def test_a_copy_is_made_for_the_chair_and_for_each_agency_called_on_each_basis(on_both):
    every = copies(on_both.store, on_both.sitting.id)
    size = len(on_both.sitting.called) + 1
    for basis in (CONFIDENTIAL, MULTILAYERED):
        own = [copy for copy in every if copy.basis == basis]
        assert own[0].recipient == "chair"
        assert own[0].label == "議長用・事務局控"
        assert [(copy.number, copy.of) for copy in own] == [(n, size) for n in range(1, size + 1)]


def test_an_excluded_party_gets_no_copy_and_stands_on_nobodys_list(desk, put):
    put(CONFIDENTIAL)
    out = desk.sitting.called[3]
    case = desk.store.load(Case, desk.case.id)
    desk.store.save(replace(case, excluded_agencies=(out,)))
    name = desk.store.lexicon().refs["agencies"][out]
    assert f"agency-{out}" not in {c.recipient for c in copies(desk.store, desk.sitting.id)}
    assert name not in printed(desk, an_agency(desk, 4))


def test_an_excluded_party_called_to_another_item_reads_no_word_of_its_exclusion(on_both):
    out = on_both.sitting.called[3]
    neighbours = Household(members=(Person(name="例示 次郎"),))
    other = Intake(received_on=date(2026, 10, 2), screening="continuing")
    case = casework.receive_intake(on_both.store, household=neighbours, intake=other).case
    item = AgendaItem(basis=CONFIDENTIAL, question="別の家の件")
    casework.put_on_agenda(on_both.store, on_both.sitting, case, item)
    on_both.store.save(replace(on_both.store.load(Case, case.id), excluded_agencies=(out,)))
    page = printed(on_both, f"agency-{out}")
    assert '<td class="n">3</td>\n<td colspan="3" class="none">（この資料に掲載なし）' in page
    assert "除外者" not in page
    assert "除外者のため掲載なし" not in printed(on_both, an_agency(on_both, 4))


def test_an_agency_that_the_client_does_not_want_is_not_told_so(desk, put, agree):
    agree(excluded_agencies=desk.sitting.called[3:4])
    put(MULTILAYERED)
    page = printed(desk, an_agency(desk), MULTILAYERED)
    assert "本人の希望" not in page
    assert "同意の範囲に含まれない機関のため掲載なし" in page
    assert "本人の希望により掲載なし" in paper(desk, basis=MULTILAYERED).control().html


def test_an_agency_called_to_no_item_gets_no_copy(desk, put):
    put(CONFIDENTIAL, called=desk.sitting.called[:2])
    assert len(copies(desk.store, desk.sitting.id)) == 3


def test_until_agencies_are_called_only_the_chairs_copy_is_made(desk, put):
    desk.store.save(replace(desk.sitting, called=None))
    put(CONFIDENTIAL)
    assert [copy.recipient for copy in copies(desk.store, desk.sitting.id)] == ["chair"]


def test_a_sitting_without_items_prints_and_says_so(desk):
    every = copies(desk.store, desk.sitting.id)
    assert [(c.basis, c.recipient) for c in every] == [
        (CONFIDENTIAL, "chair"),
        (MULTILAYERED, "chair"),
    ]
    assert "案件はありません" in printed(desk)


def test_the_cover_states_law_secrecy_sitting_and_number_of_the_copy(desk, put):
    put(CONFIDENTIAL)
    cover = paper(desk, an_agency(desk)).cover().html
    for text in ("社会福祉法第106条の6第1項", "社会福祉法第106条の6第5項", "令和8年10月15日（木）"):
        assert text in cover
    assert "14部中5番" in cover
    assert "会議の終了後に回収します" in cover
    assert "資料回収確認表" not in cover


def test_the_cover_prints_the_towns_notice_or_that_it_is_not_entered(desk, put):
    put(CONFIDENTIAL)
    made = paper(desk)
    assert "告知文は、まだ登録されていません" in made.cover().html
    assert "登録されていません" not in paper(desk, an_agency(desk)).cover().html
    basis = replace(
        made.sitting.basis, notice="例示の告知文です。", notice_confirmed_on="2026-10-01"
    )
    told = replace(made, sitting=replace(made.sitting, basis=basis)).cover().html
    assert "例示の告知文です。" in told
    assert "まだ登録されていません" not in told


def test_the_chairs_cover_lists_every_copy_with_a_box_for_its_return(desk, put):
    put(CONFIDENTIAL)
    cover = paper(desk).cover().html
    assert "資料回収確認表" in cover
    assert cover.count('<td class="n">') == 14
    assert "高齢者支援課" in cover


def test_a_copy_with_nothing_permitted_still_says_so_on_its_cover(desk, put, agree):
    agree(agencies=None, categories=None)
    put(MULTILAYERED)
    made = paper(desk, an_agency(desk), MULTILAYERED)
    assert "掲載できる案件はありません（同意の範囲が未確認のため掲載なし）" in made.cover().html
    assert "同意の範囲が未確認のため掲載なし" in made.agenda().html
    assert made.items().html.strip() == ""


def test_the_agenda_keeps_the_sittings_numbers_and_gives_others_lines_no_title(on_both):
    agenda = paper(on_both, an_agency(on_both), MULTILAYERED).agenda().html
    assert '<td class="n">1</td>\n<td colspan="3" class="none">（この資料に掲載なし）' in agenda
    assert '<td class="n">2</td>\n<td>新規</td><td>Ａ氏</td>' in agenda


def test_people_are_lettered_in_the_order_in_which_they_come_up(on_both):
    basis = bases_of(on_both.store, on_both.sitting)[0]
    sitting = gather(on_both.store, on_both.sitting, basis)
    assert letters(sitting) == {1: {on_both.mother.id: "Ａ氏", on_both.son.id: "Ｂ氏"}}


def test_letters_go_on_after_the_alphabet(desk, put):
    people = tuple(Person(name=f"架空 {n}子", relation="親族") for n in range(27))
    household = replace(desk.household, members=(*desk.household.members, *people))
    desk.store.save(household)
    put(CONFIDENTIAL)
    sitting = gather(desk.store, desk.sitting, bases_of(desk.store, desk.sitting)[0])
    assert list(letters(sitting)[1].values())[25:] == ["Ｚ氏", "ＡＡ氏", "ＡＢ氏", "ＡＣ氏"]


def test_the_chairs_copy_explains_the_letters(desk, put):
    put(CONFIDENTIAL)
    made = paper(desk)
    assert "<td>Ｂ氏</td><td>見本 太郎</td><td>長男</td>" in made.control().html
    assert "見本 花子（Ａ氏）" in made.items().html
    assert paper(desk, an_agency(desk)).control().html == ""


def test_real_names_are_printed_where_the_item_says_so(desk, put):
    put(CONFIDENTIAL, identification=Identification.REAL)
    assert "見本 花子" in printed(desk, an_agency(desk))


def test_other_members_without_consent_are_relation_decade_and_living_together(on_both):
    items = paper(on_both, an_agency(on_both), MULTILAYERED).items().html
    assert "<td>Ｂ氏</td><td>長男</td><td>50代</td><td></td><td>同居</td><td></td>" in items
    assert "本人以外の世帯員は、続柄・年代・同居の別だけを載せる決まりです" in items


@pytest.mark.parametrize(
    ("person", "years", "decade"),
    [
        (Person(birth=PartialDate(1944, 10, 16)), "81歳", "80代"),
        (Person(birth=PartialDate(1944, 10, 15)), "82歳", "80代"),
        (Person(birth=PartialDate(1990)), "36歳くらい", "30代"),
        (Person(stated_age=StatedAge("about", 40)), "40歳くらい", "40代"),
        (Person(stated_age=StatedAge("decade", 80)), "80代", "80代"),
        (Person(stated_age=StatedAge("exact", 7)), "7歳（聞き取り）", "10歳未満"),
        (Person(stated_age=StatedAge("exact", 96)), "96歳（聞き取り）", "90代以上"),
        (Person(stated_age=StatedAge("unknown")), "不明", "不明"),
        (Person(), "", ""),
    ],
)
def test_an_age_is_that_of_the_sittings_day_or_as_it_was_stated(person, years, decade):
    day = date(2026, 10, 15)
    assert (age_text(person, day), age_band(person, day)) == (years, decade)


def test_sentences_nobody_looked_through_are_replaced_by_a_line_that_says_so(desk, put, agree):
    agree()
    put(MULTILAYERED)
    items = paper(desk, an_agency(desk), MULTILAYERED).items().html
    assert "長男が十年以上部屋から出ない" not in items
    assert "主訴・検討事項などの文章：文章が未確認のため掲載なし" in items


def test_categories_that_are_not_shared_are_named_on_the_copy(desk, put, agree):
    agree(categories=(Category.IDENTITY,))
    put(MULTILAYERED, text_reviewed_on=date(2026, 10, 9))
    items = paper(desk, an_agency(desk), MULTILAYERED).items().html
    assert "8050" not in items
    assert "生活歴・過去の経験・抱えている課題：同意の範囲に含まれない区分のため" in items


def test_urgency_is_printed_in_words(desk, put):
    desk.store.save(replace(desk.intake, urgency="week"))
    put(CONFIDENTIAL)
    assert "1週間以内" in paper(desk, an_agency(desk)).items().html


def test_a_note_tells_agencies_the_month_and_the_chair_the_hour(town, put):
    put(CONFIDENTIAL)
    assert "<td>令和8年10月</td>" in paper(town, an_agency(town)).items().html
    assert "<td>令和8年10月8日 14:00</td>" in paper(town).items().html


def test_what_came_after_the_sitting_is_on_none_of_its_papers(desk, put, agree):
    agree()
    put(MULTILAYERED, text_reviewed_on=date(2026, 10, 9))
    late = CaseNote(happened_at=datetime(2026, 10, 16, 9), content="会議のあとの電話")
    casework.write_note(desk.store, desk.case, late)
    plan = SupportPlan(drawn_on=date(2026, 10, 16), client_wish="会議のあとの意向")
    casework.draft_plan(desk.store, desk.case, plan)
    page = printed(desk, basis=MULTILAYERED)
    assert "会議のあとの" not in page
    assert "プラン案は、まだ作られていません" in page


@pytest.fixture
def earlier(desk, put, agree):
    """A sitting a month ago decided two things on the one basis and one on the other."""
    agree(stated_on=date(2026, 9, 1))
    before = casework.convene(desk.store, Conference(body="monthly", held_on=date(2026, 9, 17)))
    for basis, decided in ((CONFIDENTIAL, "見守りの分担"), (MULTILAYERED, "通院の同行")):
        boxes = {"due_on": date(2026, 10, 1), "progress": f"{decided}の途中"}
        item = AgendaItem(basis=basis, decisions=(Decision(what=decided, **boxes),))
        casework.put_on_agenda(desk.store, before, desk.case, item)
    put(CONFIDENTIAL)
    put(MULTILAYERED, text_reviewed_on=date(2026, 10, 9))
    return desk


def test_earlier_decisions_are_those_of_the_same_basis_with_what_became_of_them(earlier):
    for recipient in ("chair", an_agency(earlier)):
        one = paper(earlier, recipient).items().html
        other = paper(earlier, recipient, MULTILAYERED).items().html
        assert "見守りの分担の途中" in one
        assert "期限超過" in one
        assert "通院の同行" not in one
        assert "通院の同行の途中" in other
        assert "見守りの分担" not in other


@pytest.fixture
def planned(desk, put, agree):
    """A plan with a goal and two role rows, and items on both bases."""
    agree()
    roles = (
        RoleAssignment(what="受診に同行する", doer=DoerKind.AGENCY, agency=desk.sitting.called[3],
                       is_lead=True, due_on=date(2026, 11, 30)),
        RoleAssignment(what="散歩をする", doer=DoerKind.CLIENT, frequency="毎日"),
    )  # fmt: skip
    plan = SupportPlan(
        drawn_on=date(2026, 10, 7), goals=(Goal(issue="通院が途切れた", aim="月1回"),), roles=roles
    )
    casework.draft_plan(desk.store, desk.case, plan)
    put(CONFIDENTIAL)
    put(MULTILAYERED, text_reviewed_on=date(2026, 10, 9))
    return desk


def test_the_plan_stands_where_plans_are_decided_with_goals_and_roles(planned):
    for recipient in ("chair", an_agency(planned)):
        items = paper(planned, recipient, MULTILAYERED).items().html
        for text in ("受診に同行する", "令和8年11月30日", "散歩をする", "毎日", "通院が途切れた"):
            assert text in items
        assert "受診に同行する" not in paper(planned, recipient).items().html


def test_a_basis_that_decides_plans_says_when_there_is_none(on_both):
    assert "プラン案は、まだ作られていません" in paper(on_both, basis=MULTILAYERED).items().html
    assert "プラン案" not in paper(on_both).items().html


def test_the_minutes_are_blank_and_ask_each_agency_called_for_its_word(desk, put):
    put(CONFIDENTIAL, called=desk.sitting.called[:3])
    minutes = paper(desk).minutes().html
    for text in ("発言要旨", "決定事項（何を）", "誰が", "いつまで", "持ち帰り（期限）", "次回"):
        assert text in minutes
    assert minutes.count("<td>□</td><td>□</td>") == 3


def test_an_agencys_minutes_ask_for_its_own_word_only(desk, put):
    put(CONFIDENTIAL)
    minutes = paper(desk, an_agency(desk)).minutes().html
    assert minutes.count("貴機関の了承") == 1
    assert "出欠" not in minutes
    assert "社会福祉協議会" not in minutes


def test_the_chairs_copy_says_what_was_withheld_from_whom_and_by_which_rule(on_both):
    control = paper(on_both, basis=MULTILAYERED).control().html
    assert "<td>ほかの会議で知ったことのため掲載なし<br><small>" in control
    for rule in ("sharing.masked", "sharing.informant", "sharing.office", "consent.other_member"):
        assert f"規則 {rule}" in control
    assert "議長用・事務局控、機関すべて（13）" in control
    assert SECRETS["address"] not in control


def test_the_chairs_copy_lists_what_the_chief_let_pass(desk):
    item = AgendaItem(basis="hardship_confidential", question="家賃")
    allowed = Override(rule="conference.basis_of_body", reason="急を要する", allowed_by="例示課長")
    casework.put_on_agenda(desk.store, desk.sitting, desk.case, item, overrides=(allowed,))
    control = paper(desk, basis="hardship_confidential").control().html
    assert "急を要する" in control
    assert "例示課長" in control


def test_the_same_records_print_the_same_bytes_under_the_same_number(on_both):
    first, second = paper(on_both), paper(on_both)
    assert first.identity.number == second.identity.number
    assert printed(on_both) == printed(on_both)


def test_a_number_tells_copies_bases_and_changes_apart(on_both):
    before = [
        paper(on_both, recipient, basis).identity.number
        for recipient in ("chair", an_agency(on_both))
        for basis in (CONFIDENTIAL, MULTILAYERED)
    ]
    on_both.store.save(replace(on_both.store.load(Intake, on_both.intake.id), urgency="week"))
    assert len({*before, paper(on_both).identity.number}) == 5


def test_taking_a_record_away_changes_the_number_too(town, put):
    put(CONFIDENTIAL)
    before = paper(town).identity.number
    town.store.strike(town.store.find(CaseNote)[0], "誤記")
    assert paper(town).identity.number != before


def test_the_first_section_says_what_the_paper_is_and_no_repr_tells_more(desk, put):
    put(CONFIDENTIAL)
    made = paper(desk)
    shown, metadata = made.cover()._repr_mimebundle_()
    assert metadata["jusou"] == {
        "kind": "packet",
        "title": "令和8年10月15日 支援会議 会議資料（議長用・事務局控）",
        "subject": ["conferences", desk.sitting.id],
        "recipient": "chair",
        "basis": CONFIDENTIAL,
        "number": made.identity.number,
    }
    assert shown["text/plain"] == "表紙"
    assert "見本" not in repr(made.items())


def test_a_name_that_is_a_tag_is_printed_as_it_was_typed(desk, put):
    mother, son = desk.household.members
    mother = replace(mother, name="<script>alert(1)</script>")
    desk.store.save(replace(desk.household, members=(mother, son)))
    put(CONFIDENTIAL)
    page = printed(desk)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_note_of_forty_thousand_characters_is_printed_whole(desk, put):
    long = "記" * 40_000
    note = CaseNote(happened_at=datetime(2026, 10, 2, 9), category=Category.ISSUES, content=long)
    casework.write_note(desk.store, desk.case, note)
    put(CONFIDENTIAL)
    assert long in paper(desk, an_agency(desk)).items().html


def test_a_household_of_fifteen_is_printed_with_every_member(store, intake):
    members = tuple(Person(name=f"架空 {n}", relation="親族", is_masked=n > 7) for n in range(15))
    received = casework.receive_intake(store, household=Household(members=members), intake=intake)
    sitting = casework.convene(store, Conference(body="monthly", held_on=date(2026, 10, 15)))
    casework.put_on_agenda(store, sitting, received.case, AgendaItem(basis=CONFIDENTIAL))
    items = paper(SimpleNamespace(store=store, sitting=sitting)).items().html
    assert all(f"架空 {n}（" in items for n in range(15))


def test_an_item_whose_household_was_struck_keeps_its_number_and_stops_no_copy(desk, put):
    put(CONFIDENTIAL)
    desk.store.strike(desk.household, "重複")
    assert "もとの記録が取り消されているため掲載なし" in paper(desk).agenda().html


@pytest.mark.parametrize(
    ("recipient", "basis", "said"),
    [("agency-999", CONFIDENTIAL, "宛先"), ("chair", "child_protection", "この会議にありません")],
)
def test_an_unknown_recipient_or_basis_is_refused_in_one_line(desk, put, recipient, basis, said):
    put(CONFIDENTIAL)
    with pytest.raises(NotFound, match=said) as refused:
        paper(desk, recipient, basis)
    assert "\n" not in str(refused.value)


def test_the_chairs_copy_says_what_a_consent_lacks_and_what_to_do(desk, put, agree):
    agree(categories=None)
    put(MULTILAYERED)
    control = paper(desk, basis=MULTILAYERED).control().html

    assert "同意の範囲（情報・機関）が未確認です" in control
    assert "「共有してよい機関」を記入してください" in control
