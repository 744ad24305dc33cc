"""What happens in the office, told as it happens: through the verbs, and on the papers."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.documents.packet import copies, packet
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import (
    AgendaItem,
    CaseNote,
    Conference,
    Consent,
    Emergency,
    Household,
    Intake,
    Person,
    StatutoryReport,
)
from jusou_nb.forms.conference import AgendaKind
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.problems import Override, Strength
from jusou_nb.rules.consent import valid_on
from jusou_nb.store.due import due_items

SITTING = date(2026, 10, 15)
EVE = date(2026, 10, 14)
CARE, WORK, CHAIR = "地域包括支援センター", "自立相談支援機関", "chair"


def agency(desk, name=CARE):
    return desk.store.lexicon().spellings["agencies"][name]


def paper(desk, basis, who=CARE):
    """All that one recipient gets on one basis."""
    recipient = who if who == CHAIR else f"agency-{agency(desk, who)}"
    made = packet(
        desk.store, desk.sitting.id, recipient=recipient, basis=basis, made_on="令和8年10月14日"
    )
    sections = (made.cover(), made.agenda(), made.items(), made.minutes(), made.control())
    return "".join(section.html for section in sections)


def papers(desk, *, chairs):
    """Every copy of the sitting, the chair's with them or not."""
    made = [c for c in copies(desk.store, desk.sitting.id) if chairs or c.recipient != CHAIR]
    names = {c.recipient: CHAIR if c.recipient == CHAIR else c.label for c in made}
    return [paper(desk, copy.basis, names[copy.recipient]) for copy in made]


def on_agenda(desk, case, basis, question, **boxes):
    item = AgendaItem(basis=basis, question=question, text_reviewed_on=EVE, **boxes)
    return casework.put_on_agenda(desk.store, desk.sitting, case, item)


def consents(desk, person, **boxes):
    said = Consent(state=ConsentState.GIVEN, stated_on=date(2026, 10, 5))
    scope = {"categories": tuple(Category), "agencies": desk.sitting.called}
    return casework.record_consent(desk.store, person.id, replace(said, **{**scope, **boxes}))


def receives(desk, *members, **boxes):
    """A household comes to the desk; its first member is the client."""
    sheet = Intake(received_on=date(2026, 10, 1), screening="continuing", **boxes)
    return casework.receive_intake(desk.store, household=Household(members=members), intake=sheet)


def waits(desk, kind, today=SITTING):
    return [d for d in due_items(desk.store, today) if d.kind == kind]


# 8050: the mother consents, the son refuses.


@pytest.fixture
def two_minds(desk):
    """The mother's plan stands on the sitting with her consent, the son's matter without his."""
    consents(desk, desk.mother)
    refused = Consent(state=ConsentState.REFUSED, stated_on=date(2026, 10, 6), words="放っておけ")
    casework.record_consent(desk.store, desk.son.id, refused)
    sons = casework.open_case_for(
        desk.store, desk.household, desk.son.id, reason="長男にも支えが要る", on=date(2026, 10, 6)
    )
    on_agenda(desk, desk.case, "multilayered", "介護の休みをどう作るか")
    on_agenda(desk, sons, "confidential", "長男にどう会うか")
    heard = CaseNote(happened_at=datetime(2026, 10, 8, 9), content="夜中に壁を叩く音")
    casework.write_note(desk.store, sons, replace(heard, category=Category.HEALTH))
    return desk


def test_mother_and_son_of_two_minds_stand_in_one_sitting_on_two_papers(two_minds):
    made = copies(two_minds.store, two_minds.sitting.id)

    assert {copy.basis for copy in made} == {"multilayered", "confidential"}
    assert "介護の休み" in paper(two_minds, "multilayered")
    assert "長男にどう会うか" in paper(two_minds, "confidential")


def test_the_mothers_paper_tells_nothing_of_the_son_but_that_he_is_there(two_minds):
    hers = paper(two_minds, "multilayered")

    assert "長男" in hers
    for secret in ("見本 太郎", "自室から出ない", "どう会うか", "壁を叩く", "放っておけ", "断って"):
        assert secret not in hers


def test_what_the_mother_said_of_the_son_is_on_her_paper_only_if_somebody_looked_it_through(desk):
    consents(desk, desk.mother)
    item = AgendaItem(basis="multilayered", question="介護の休みをどう作るか")
    placed = casework.put_on_agenda(desk.store, desk.sitting, desk.case, item).item

    assert "長男が十年以上" not in paper(desk, "multilayered")
    assert "文章が未確認のため掲載なし" in paper(desk, "multilayered")
    desk.store.save(replace(placed, text_reviewed_on=EVE))
    assert "長男が十年以上" in paper(desk, "multilayered")


def test_the_chair_is_told_to_read_again_what_the_mother_said_of_the_son_who_refused(two_minds):
    chairs = paper(two_minds, "multilayered", CHAIR)

    assert "文章は確認済ですが、同じ世帯の「長男」は同意を断っています" in chairs
    assert "「主訴」に「長男」とあります" in chairs
    assert "「検討したいこと」「主訴」に「長男」のことを書いていないか" in chairs
    for copy in (paper(two_minds, "multilayered"), paper(two_minds, "confidential")):
        assert "もう一度読んで" not in copy and "断って" not in copy


def test_the_worker_is_told_so_at_once_when_the_words_are_marked_as_read(two_minds):
    (hers,) = two_minds.store.find(AgendaItem, basis="multilayered")
    unread = replace(hers, text_reviewed_on=None)

    told = {p.rule: p.message for p in casework.result_problems(two_minds.store, hers)}

    assert "「主訴」に「長男」とあります" in told["readiness.text_of_others"]
    assert casework.result_problems(two_minds.store, unread) == []


def test_nothing_is_said_of_a_son_who_agrees_himself(two_minds):
    consents(two_minds, two_minds.son, stated_on=date(2026, 10, 9))

    assert "もう一度読んで" not in paper(two_minds, "multilayered", CHAIR)


def test_the_sons_paper_tells_nothing_of_what_the_mother_consented_to(two_minds):
    his = paper(two_minds, "confidential")

    assert "介護の休み" not in his and "見本 花子" not in his
    assert "重層的支援会議 会議資料" not in his and "放っておけ" not in his


def test_the_son_who_refused_cannot_be_put_on_a_sitting_that_needs_his_consent(two_minds):
    sons = casework.open_case_for(
        two_minds.store, two_minds.household, two_minds.son.id, reason="長男", on=EVE
    )

    with pytest.raises(NotAllowed, match=r"同意を断っています.*支援会議"):
        on_agenda(two_minds, sons, "multilayered", "長男のプラン")


# DV with the opponent in the household.


@pytest.fixture
def fled(desk):
    """A wife has fled with her child; her husband is the opponent and on the same sheet."""
    hidden = {"address": "例示町九丁目", "telephone": "000-1111-2222", "workplace": "例示縫製"}
    wife = Person(relation="本人", name="例示 良子", school="例示夜間中学", **hidden)
    husband = Person(relation="夫", name="例示 剛", address="見本市架空町3-3", is_opponent=True)
    come = receives(desk, wife, husband, issues=("partner_violence",))
    person = come.household.members[0]
    casework.mask_person(
        desk.store, person.id, because="夫が探している", on=EVE, protection_until=date(2026, 11, 10)
    )
    on_agenda(desk, come.case, "confidential", "安全の確認")
    return SimpleNamespace(**vars(desk), come=come, wife=person, hidden=[*hidden.values()])


def test_whoever_stands_beside_her_on_paper_must_not_tell_where_she_is(fled):
    husbands = casework.open_case_for(
        fled.store, fled.come.household, fled.come.household.members[1].id, reason="夫", on=EVE
    )
    placed = on_agenda(fled, husbands, "confidential", "夫の話を聞く")

    (told,) = [p for p in placed.remarks if p.rule == "readiness.text_of_others"]
    assert "「相談の本人」は秘匿の人です" in told.message
    assert "「検討したいこと」" in told.remedy


def test_where_she_fled_to_is_on_no_copy_not_even_the_chairs(fled):
    for copy in papers(fled, chairs=True):
        assert not any(where in copy for where in (*fled.hidden, "例示夜間中学"))
        assert "夫が探している" not in copy


def test_only_where_she_lets_the_chief_know_the_chairs_copy_says_where_she_is(fled):
    casework.mask_person(fled.store, fled.wife.id, because="同じ", on=EVE, seen_by=("chief",))

    assert all(where in paper(fled, "confidential", CHAIR) for where in fled.hidden)
    assert not any(where in copy for copy in papers(fled, chairs=False) for where in fled.hidden)


def test_where_she_fled_to_is_not_on_the_husbands_paper_of_the_same_sitting(fled):
    husband = fled.come.household.members[1]
    his = casework.open_case_for(
        fled.store, fled.come.household, husband.id, reason="夫の相談", on=EVE
    )
    on_agenda(fled, his, "confidential", "夫への関わり")

    assert all(where not in copy for copy in papers(fled, chairs=True) for where in fled.hidden)


def test_an_agency_that_stands_by_the_husband_gets_no_copy_of_her_item(fled):
    fled.store.save(
        replace(
            fled.store.load(type(fled.come.case), fled.come.case.id),
            excluded_agencies=(agency(fled, WORK),),
        )
    )

    assert WORK not in {copy.label for copy in copies(fled.store, fled.sitting.id)}
    item = fled.store.find(AgendaItem)[0]
    with pytest.raises(NotAllowed, match="除外者"):
        casework.call_to_item(fled.store, item, (agency(fled, WORK),))


def test_her_masking_waits_for_a_second_person_and_the_protection_is_told_ahead(fled):
    (second,) = waits(fled, "unconfirmed_masks")
    assert second.due_on == SITTING and "例示" not in repr(second)

    with pytest.raises(NotAllowed):
        casework.confirm_mask(fled.store, fled.wife.id, on=SITTING)
    casework.confirm_mask(fled.store, fled.wife.id, on=SITTING, by="別の担当")
    assert waits(fled, "unconfirmed_masks") == []
    assert due_items(fled.store, SITTING, until=SITTING)[-1].kind == "protection_ends"


# A child of 14 alone.


@pytest.fixture
def child(desk):
    """A child of 14 comes alone, and says what happens at home."""
    alone = Person(relation="本人", name="見本 葵", birth=PartialDate(2012, 4, 1))
    father = Person(relation="父", name="見本 大", telephone="000-3333-4444")
    come = receives(desk, alone, father, issues=("child_abuse", "young_carer"))
    return SimpleNamespace(**vars(desk), come=come, alone=come.household.members[0])


def test_the_consent_of_a_child_of_14_carries_and_the_missing_guardian_is_pointed_out(child):
    consents(child, child.alone)

    placed = on_agenda(child, child.come.case, "multilayered", "学校に行ける暮らし")
    assert [p.strength for p in placed.remarks if p.rule == "consent.child_alone"] == [
        Strength.NOTICE
    ]


def test_a_father_who_is_suspected_is_neither_asked_nor_told(child):
    members = list(child.come.household.members)
    members[0] = replace(members[0], guardian_not_asked="父からの暴力の疑い")
    child.store.save(replace(child.come.household, members=tuple(members)))
    consents(child, child.alone)

    placed = on_agenda(child, child.come.case, "multilayered", "学校に行ける暮らし")
    assert "consent.child_alone" not in {p.rule for p in placed.remarks}
    assert not any("父からの暴力" in copy for copy in papers(child, chairs=False))


def test_the_report_to_the_child_guidance_centre_waits_for_no_consent(child):
    assert waits(child, "unreported_suspicions", today=date(2026, 10, 1))
    told = StatutoryReport(
        suspicion="child",
        state=ReportState.REPORTED,
        reported_to=agency(child, "児童相談所"),
        reported_at=datetime(2026, 10, 1, 15),
        reported_by="tantou",
    )

    casework.record_report(child.store, told, intake=child.come.intake)
    assert waits(child, "unreported_suspicions") == []


# A neighbour who told.


def test_the_neighbour_who_told_is_on_the_chairs_copy_and_on_no_other(desk):
    told = {"inquirer_telephone": "000-5555-6666", "information_source": "向かいの二階から見える"}
    desk.store.save(replace(desk.intake, variant="without_consent", **told))
    consents(desk, desk.mother)
    for basis in ("confidential", "multilayered"):
        on_agenda(desk, desk.case, basis, "見守りの分担", submitted_by=agency(desk, WORK))

    for secret in ("近隣 通報子", "000-5555-6666", "向かいの二階", "知人・近隣"):
        assert not any(secret in copy for copy in papers(desk, chairs=False))
        assert secret in paper(desk, "confidential", CHAIR)


def test_the_hour_at_which_the_neighbour_told_is_on_no_agencys_copy(desk):
    note = CaseNote(happened_at=datetime(2026, 10, 2, 6, 41), counterpart="隣の人", content="物音")
    casework.write_note(desk.store, desk.case, replace(note, category=Category.ISSUES))
    on_agenda(desk, desk.case, "confidential", "見守りの分担")

    assert "物音" in paper(desk, "confidential")
    for copy in papers(desk, chairs=False):
        assert "6:41" not in copy and "10月2日" not in copy and "隣の人" not in copy


# A consent given by telephone, partly withdrawn the day before the sitting.


@pytest.fixture
def by_telephone(desk):
    """The mother consents by telephone, and the day before names what she takes back."""
    consents(
        desk,
        desk.mother,
        manner=ConsentManner.ORAL,
        explained_by="tantou",
        second_listener="副 例示",
        stated_time="10:20",
        words="地域のことなら話していいよ",
    )
    on_agenda(desk, desk.case, "multilayered", "介護の休みをどう作るか")
    taken = Consent(stated_on=EVE, withdrawn_agencies=(agency(desk, WORK),))
    taken = replace(taken, withdrawn_categories=(Category.ISSUES,))
    withdrawn = casework.withdraw_consent(desk.store, desk.mother.id, taken)
    return SimpleNamespace(**vars(desk), withdrawn=withdrawn)


def test_what_was_withdrawn_the_day_before_is_off_the_copies_of_the_day(by_telephone):
    others, gone = paper(by_telephone, "multilayered"), paper(by_telephone, "multilayered", WORK)

    assert "介護の休み" not in others and "同意の範囲に含まれない区分" in others
    assert "介護の休み" not in gone and "同意の範囲に含まれない機関のため掲載なし" in gone
    assert "撤回" not in gone


def test_the_rest_of_the_consent_still_carries_the_item(by_telephone):
    entries = by_telephone.store.find(Consent, person_id=by_telephone.mother.id)
    left = valid_on(entries, SITTING, by_telephone.store.profile)

    assert by_telephone.withdrawn.taken_off == ()
    assert Category.HEALTH in left.categories and Category.ISSUES not in left.categories
    assert agency(by_telephone, WORK) not in left.agencies


def test_the_telephone_consent_still_waits_for_its_paper(by_telephone):
    (paper_due,) = waits(by_telephone, "oral_consents")

    assert paper_due.due_on == date(2026, 10, 19)
    consents(by_telephone, by_telephone.mother, stated_on=date(2026, 10, 16))
    assert waits(by_telephone, "oral_consents", today=date(2026, 10, 16)) == []


def test_a_whole_withdrawal_the_day_before_takes_the_item_off(by_telephone):
    whole = Consent(stated_on=EVE)

    withdrawn = casework.withdraw_consent(by_telephone.store, by_telephone.mother.id, whole)
    assert len(withdrawn.taken_off) == 1
    assert not any("介護の休み" in copy for copy in papers(by_telephone, chairs=True))


# An emergency on a Saturday.


@pytest.fixture
def saturday(desk):
    """On Saturday a man nobody knows is found without food; an agency is told at once."""
    found = Emergency(
        happened_at=datetime(2026, 10, 10, 16),
        who="駅南の公園の男性",
        what="三日食べていない",
        done="救急を呼んだ",
        told=(agency(desk, "医療機関"),),
        ground="life_and_property",
        approved_by="課長（電話）",
        approved_at=datetime(2026, 10, 10, 16, 10),
        next_check_at=datetime(2026, 10, 12, 9),
    )
    kept = casework.respond_to_emergency(desk.store, found).emergency
    return SimpleNamespace(**vars(desk), kept=kept)


def test_an_emergency_on_a_saturday_needs_no_consent_no_household_no_assessment(saturday):
    assert saturday.kept.household_id is None and saturday.kept.case_id is None
    (check,) = waits(saturday, "emergencies", today=date(2026, 10, 12))

    assert check.due_on == date(2026, 10, 12) and check.belongs_to("誰でも")


def test_what_was_done_on_saturday_is_reported_at_the_next_sitting_and_approved(saturday):
    (report,) = waits(saturday, "emergency_reports", today=date(2026, 10, 12))
    assert report.due_on == SITTING
    who = Household(members=(Person(relation="本人", name="氏名不明（駅南の公園の男性）"),))

    placed = casework.report_emergency(
        saturday.store, saturday.kept, on=date(2026, 10, 12), household=who
    )
    assert placed.item.kind is AgendaKind.AFTER_THE_FACT and placed.item.basis == "confidential"
    assert "事後報告" in paper(saturday, "confidential")
    casework.approve_after(saturday.store, placed.item, on=SITTING)
    assert waits(saturday, "emergency_reports") + waits(saturday, "after_approvals") == []


def test_the_saturday_is_finished_when_somebody_has_looked_again(saturday):
    casework.check_emergency(
        saturday.store, saturday.kept, found="入院した", at=datetime(2026, 10, 12, 9, 30)
    )

    assert waits(saturday, "emergencies") == []


# The eve of the sitting, with conditions missing.


@pytest.fixture
def eve(desk):
    """From candidates to papers on the eve: no consent, no scope, no review, a foreign basis."""
    said = Consent(state=ConsentState.GIVEN, stated_on=EVE)
    casework.record_consent(desk.store, desk.mother.id, said)
    casework.put_on_agenda(
        desk.store, desk.sitting, desk.case, AgendaItem(basis="multilayered", question="休みたい")
    )
    silent = receives(desk, Person(relation="本人", name="架空 次郎"))
    allowed = Override(
        rule="conference.basis_of_body", reason="困窮の会議が流れたため", allowed_by="課長 例示"
    )
    foreign = AgendaItem(basis="hardship_confidential", question="家賃")
    casework.put_on_agenda(desk.store, desk.sitting, silent.case, foreign, overrides=(allowed,))
    return SimpleNamespace(**vars(desk), silent=silent)


def test_on_the_eve_all_copies_come_out_whatever_is_missing(eve):
    made = copies(eve.store, eve.sitting.id)

    assert len(papers(eve, chairs=True)) == len(made) == 2 * (len(eve.sitting.called) + 1)


def test_on_the_eve_each_copy_says_what_it_lacks(eve):
    assert "同意の範囲が未確認のため掲載なし" in paper(eve, "multilayered")
    assert "休みたい" not in paper(eve, "multilayered")
    assert "休みたい" in paper(eve, "multilayered", CHAIR)


def test_what_the_chief_let_pass_is_on_the_chairs_copy_and_on_no_other(eve):
    chairs = paper(eve, "hardship_confidential", CHAIR)

    assert "困窮の会議が流れたため" in chairs and "課長 例示" in chairs
    assert not any("困窮の会議が流れた" in copy for copy in papers(eve, chairs=False))


def test_on_the_eve_a_sentence_nobody_looked_through_is_left_off_and_said_so(eve):
    consents(eve, eve.mother, stated_on=EVE)

    assert "文章が未確認のため掲載なし" in paper(eve, "multilayered")
    assert "休みたい" not in paper(eve, "multilayered")


def test_on_the_eve_who_has_not_consented_goes_on_without_and_nobody_is_stopped(eve):
    sitting = Conference(body="monthly", held_on=SITTING)
    asked = [(eve.silent.case, AgendaItem(basis="multilayered", question="家賃"))]

    held = casework.convene_now(eve.store, sitting, asked, without_consent="confidential")
    (placed,) = held.placed
    assert placed.item.basis == "confidential"
    assert any(p.rule == "conference.moved_to_other_basis" for p in placed.remarks)
    assert copies(eve.store, held.conference.id)


def test_what_waits_on_the_eve_names_the_day_of_the_sitting_and_nobody(eve):
    assert "見本 花子" not in repr(due_items(eve.store, EVE))
    assert [d.due_on for d in waits(eve, "unknown_scopes", today=EVE)] == [SITTING]
