"""アウトリーチ: from somebody nobody knows to somebody who is linked, and every try on the way."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.forms import (
    Case,
    CaseNote,
    Household,
    Lead,
    Outreach,
    OutreachTry,
    Person,
    RoleAssignment,
    Round,
    SchemeCheck,
    SupportPlan,
    Visit,
)
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.outreach import OutreachEnd, RelationStage, TryKind
from jusou_nb.forms.plan import DoerKind
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.problems import Override
from jusou_nb.store import outreach as counts
from jusou_nb.store.due import due_items
from jusou_nb.store.yearly import CATALOGUE, by_part, count

DAY = date(2026, 10, 5)
MONTH = (date(2026, 10, 1), date(2026, 10, 31))


def at(day, hour=10):
    return datetime(2026, 10, day, hour)


def rules_of(problems):
    return {problem.rule for problem in problems}


def begin(store, today=DAY, **boxes):
    """Begin outreach to somebody without a name, or with what is said."""
    said = {"known_as": "氏名不明（図書館の男性）", "found_on": DAY, "found_through": "street"}
    return casework.begin_outreach(store, Outreach(**{**said, **boxes}), today=today).outreach


def attempt(store, outreach, kind, day=6, today=date(2026, 10, 31), **boxes):
    made = OutreachTry(tried_at=at(day), kind=kind, **boxes)
    return casework.record_try(store, outreach, made, today=today)


def agency(store, name="地域包括支援センター"):
    return store.lexicon().spellings["agencies"][name]


@pytest.fixture
def nameless(store):
    """Somebody met at the library, of whom nobody knows the name."""
    return begin(store)


@pytest.fixture
def lead(store):
    """A house that somebody noticed."""
    seen = Lead(noticed_on=date(2026, 9, 1), seen="雨戸が閉まったまま", place="架空町の青い家",
                source="配達の人", brought_by=agency(store))  # fmt: skip
    return casework.notice_lead(store, seen)


# はじまり


def test_outreach_begins_with_a_man_whose_name_nobody_knows(nameless):
    assert nameless.stage is RelationStage.UNKNOWN
    assert (nameless.case_id, nameless.household_id, nameless.lead_id) == (None, None, None)
    assert nameless.worker == "tantou"


def test_outreach_says_how_somebody_was_found(store):
    with pytest.raises(Invalid, match="把握の経路"):
        begin(store, found_through=None)


def test_outreach_from_a_lead_types_nothing_twice(store, lead):
    begun = casework.begin_outreach(store, Outreach(), lead=lead, today=DAY).outreach

    assert (begun.lead_id, begun.known_as, begun.found_on) == (
        lead.id,
        "氏名不明",
        date(2026, 9, 1),
    )
    assert (begun.whereabouts, begun.found_how) == ("架空町の青い家", "配達の人")
    assert (begun.found_through, begun.begun_on) == ("agency", DAY)


def test_outreach_from_a_case_knows_the_person_and_asks_what_was_tried_before(desk):
    said = Outreach(found_through="conference")
    begun = casework.begin_outreach(desk.store, said, case=desk.case, today=DAY)

    assert (begun.outreach.client_id, begun.outreach.known_as) == (desk.mother.id, "見本 花子")
    assert begun.outreach.found_on == desk.intake.received_on
    assert rules_of(begun.remarks) == {"outreach.unchecked"}


def test_where_schemes_were_asked_about_outreach_is_not_asked_again(desk):
    tried = SchemeCheck(checked_on=DAY, scheme="居宅介護", result=SchemeResult.IN_USE)
    casework.check_scheme(desk.store, desk.case, tried)
    said = Outreach(found_through="conference")

    begun = casework.begin_outreach(desk.store, said, intake=desk.intake, today=DAY)
    assert begun.remarks == () and begun.outreach.case_id == desk.case.id


def test_outreach_from_a_plan_is_given_to_the_agency_that_the_plan_names(desk):
    who = agency(desk.store, "アウトリーチ事業者")
    role = RoleAssignment(what="訪問", doer=DoerKind.AGENCY, agency=who, programme="outreach")
    plan = desk.store.save(SupportPlan(case_id=desk.case.id, drawn_on=DAY, roles=(role,)))

    known = casework.outreach_for(desk.store, plan=plan)
    assert (known.contractor, known.client_id) == (who, desk.mother.id)


def test_outreach_to_one_person_begins_once(desk):
    said = Outreach(found_through="conference")
    casework.begin_outreach(desk.store, said, case=desk.case, today=DAY)

    with pytest.raises(NotAllowed, match="もう始まっています"):
        casework.begin_outreach(desk.store, said, case=desk.case, today=DAY)


# 一回ごとの記録


def test_every_try_moves_the_relation_and_sets_its_days(store, nameless):
    attempt(store, nameless, TryKind.ABSENCE_NOTE, 6)
    family = attempt(store, nameless, TryKind.FAMILY_ONLY, 8).outreach
    met = attempt(store, nameless, TryKind.MET, 12).outreach
    agreed = attempt(store, nameless, TryKind.MET, 20, stage=RelationStage.AGREED).outreach

    assert (family.stage, family.first_met_on) == (RelationStage.FAMILY, None)
    assert (met.stage, met.first_met_on) == (RelationStage.MET, date(2026, 10, 12))
    assert (agreed.agreed_on, agreed.first_met_on) == (date(2026, 10, 20), date(2026, 10, 12))


def test_a_letter_or_a_day_when_nobody_opens_takes_nothing_back(store, nameless):
    attempt(store, nameless, TryKind.MET, 6)

    for kind in (TryKind.NOBODY, TryKind.LETTER, TryKind.SNS, TryKind.FAMILY_ONLY):
        assert attempt(store, nameless, kind, 9).outreach.stage is RelationStage.MET


def test_who_comes_loose_again_is_no_longer_linked(store, nameless):
    linked = {"stage": RelationStage.LINKED, "linked_to": agency(store)}
    there = attempt(store, nameless, TryKind.ACCOMPANIED, 10, **linked).outreach
    back = attempt(store, nameless, TryKind.MET, 20, stage=RelationStage.TALKS).outreach

    assert (there.linked_on, there.linked_to) == (date(2026, 10, 10), agency(store))
    assert (back.stage, back.linked_on, back.linked_to) == (RelationStage.TALKS, None, None)


def test_a_try_entered_late_takes_its_place_by_its_hour(store, nameless):
    attempt(store, nameless, TryKind.MET, 20, stage=RelationStage.TRUSTS)
    late = attempt(store, nameless, TryKind.MET, 9, stage=RelationStage.TALKS).outreach

    assert (late.stage, late.first_met_on) == (RelationStage.TRUSTS, date(2026, 10, 9))


def test_a_struck_try_takes_its_step_back(store, nameless):
    mistaken = attempt(store, nameless, TryKind.MET, 9).attempt

    left = casework.strike_try(store, mistaken, reason="別の人の記録だった")
    assert (left.stage, left.first_met_on) == (RelationStage.UNKNOWN, None)


def test_linked_asks_to_whom_and_agreed_asks_for_the_consent(store, nameless):
    linked = attempt(store, nameless, TryKind.MET, 9, stage=RelationStage.LINKED)
    agreed = attempt(store, nameless, TryKind.MET, 9, stage=RelationStage.AGREED)

    assert rules_of(linked.remarks) == {"outreach.linked_where"}
    assert rules_of(agreed.remarks) == {"outreach.consent_next"}


def test_a_try_of_tomorrow_or_before_anybody_knew_is_pointed_out(store, nameless):
    for day, rule in ((8, "outreach.later"), (2, "outreach.before_found")):
        said = attempt(store, nameless, TryKind.NOBODY, day, today=date(2026, 10, 7))
        assert rules_of(said.remarks) == {rule}


def test_a_try_with_the_client_of_a_case_is_a_note_by_the_same_typing(desk):
    said = Outreach(found_through="conference")
    begun = casework.begin_outreach(desk.store, said, case=desk.case, today=DAY).outreach
    made = attempt(desk.store, begun, TryKind.MET, content="窓ごしに話した", next_due=at(20).date())

    (note,) = desk.store.find(CaseNote, case_id=desk.case.id)
    assert (note.id, note.happened_at) == (made.attempt.case_note_id, at(6))
    assert (note.content, note.counterpart) == ("本人と会えた。窓ごしに話した", "本人")
    assert (note.manner, note.next_due, note.author) == ("visit", at(20).date(), "tantou")


def test_a_try_that_is_put_right_puts_its_note_right(desk):
    said = Outreach(found_through="conference")
    begun = casework.begin_outreach(desk.store, said, case=desk.case, today=DAY).outreach
    made = attempt(desk.store, begun, TryKind.TELEPHONE, content="留守").attempt
    changed = replace(made, content="出た", category=Category.ISSUES)
    casework.record_try(desk.store, begun, changed, today=DAY)

    (note,) = desk.store.find(CaseNote, case_id=desk.case.id)
    assert (note.content, note.manner, note.category) == (
        "電話。出た",
        "telephone",
        Category.ISSUES,
    )


# 注意


def test_cautions_come_up_when_a_contact_is_planned_and_only_then(store):
    begun = begin(store, contact_caution="夜は出ない", visit_caution="犬がいる")
    planned = attempt(store, begun, TryKind.MET, 9, next_action="もう一度訪ねる")
    over = attempt(store, begun, TryKind.MET, 10)

    said = " ".join(p.message for p in planned.remarks)
    assert "連絡上の注意：夜は出ない" in said and "訪問上の注意：犬がいる" in said
    assert over.remarks == ()


def test_a_house_with_somebody_in_hiding_warns_before_anything_is_left_at_the_door(store):
    hidden = Person(name="仮名 秘子", is_masked=True, contact_note="隠町の職場へは昼だけ")
    house = store.save(Household(members=(hidden,)))
    begun = begin(store, household_id=house.id, client_id=house.members[0].id)

    left = attempt(store, begun, TryKind.ABSENCE_NOTE)
    assert rules_of(left.remarks) == {"outreach.masked_house"}
    assert "隠町" not in repr(left.remarks)


# 分かっていく


def test_a_name_learnt_later_loses_no_try(store, nameless):
    attempt(store, nameless, TryKind.MET, 6)
    known = casework.become_known(store, nameless, name="架空 次郎")

    assert known.known_as == "架空 次郎"
    assert len(store.find(OutreachTry, outreach_id=known.id)) == 1


def test_who_becomes_the_client_of_a_case_brings_the_tries_into_its_course(desk):
    begun = begin(desk.store, found_through="round")
    attempt(desk.store, begun, TryKind.LETTER, 6)
    attempt(desk.store, begun, TryKind.MET, 7)
    known = casework.become_known(desk.store, begun, case=desk.case)

    notes = desk.store.find(CaseNote, order="happened_at", case_id=desk.case.id)
    assert (known.case_id, known.household_id) == (desk.case.id, desk.household.id)
    assert known.known_as == "見本 花子"
    assert [note.content for note in notes] == ["手紙。", "本人と会えた。"]


def test_a_new_household_is_made_of_who_becomes_known(store, nameless):
    house = Household(members=(Person(name="架空 次郎"), Person(name="架空 母")))
    known = casework.become_known(store, nameless, household=house)

    (saved,) = store.find(Household)
    assert (known.household_id, known.client_id) == (saved.id, saved.members[0].id)


def test_a_lead_that_is_received_takes_its_outreach_along(store, lead, household, intake):
    begun = casework.begin_outreach(store, Outreach(), lead=lead, today=DAY).outreach
    attempt(store, begun, TryKind.MET)
    sheet = casework.LeadSheet(household=household, intake=intake)
    casework.review_lead(store, lead, LeadOutcome.RECEIVED, on=DAY, sheet=sheet)

    (joined,), (case,) = store.find(Outreach), store.find(Case)
    assert (joined.case_id, joined.client_id) == (case.id, case.client_id)
    assert len(store.find(CaseNote, case_id=case.id)) == 1


def test_two_sheets_of_one_person_become_one_with_all_tries_and_visits(store, nameless):
    other = begin(store, today=date(2026, 10, 2), found_on=date(2026, 9, 20))
    attempt(store, nameless, TryKind.MET, 8)
    attempt(store, other, TryKind.MET, 6)
    store.save(Visit(outreach_id=other.id, planned_at=at(9)))
    whole = casework.join_outreaches(store, nameless, other)

    assert [o.id for o in store.find(Outreach)] == [whole.id]
    assert (whole.found_on, whole.begun_on) == (date(2026, 9, 20), date(2026, 10, 2))
    assert whole.first_met_on == date(2026, 10, 6)
    assert store.find(Visit)[0].outreach_id == whole.id


def test_nobody_is_joined_to_somebody_who_is_reached_out_to_already(desk):
    said = Outreach(found_through="conference")
    casework.begin_outreach(desk.store, said, case=desk.case, today=DAY)

    with pytest.raises(NotAllowed, match="一つにしてください"):
        casework.become_known(desk.store, begin(desk.store), case=desk.case)


# 終わり


def link_up(store, outreach, day=10):
    linked = {"stage": RelationStage.LINKED, "linked_to": agency(store)}
    return attempt(store, outreach, TryKind.ACCOMPANIED, day, **linked).outreach


def test_outreach_ends_when_the_person_is_linked_and_it_holds(store, nameless):
    linked = link_up(store, nameless)
    seen = attempt(store, linked, TryKind.TELEPHONE, 24).outreach
    ended = casework.end_outreach(store, seen, OutreachEnd.LINKED_STABLE, on=date(2026, 10, 30))

    assert (ended.outreach.ended_on, ended.remarks) == (date(2026, 10, 30), ())


def test_who_was_not_looked_at_since_is_not_known_to_be_stable(store, nameless):
    linked = link_up(store, nameless)

    ended = casework.end_outreach(store, linked, OutreachEnd.LINKED_STABLE, on=date(2026, 10, 30))
    assert rules_of(ended.remarks) == {"outreach.not_seen_stable"}


def test_only_the_chief_ends_as_linked_who_is_linked_to_nobody(store, nameless):
    with pytest.raises(NotAllowed, match="つながった日か"):
        casework.end_outreach(store, nameless, OutreachEnd.LINKED_STABLE, on=DAY)
    let = Override(rule="outreach.not_linked", reason="電話で確かめた", allowed_by="課長")

    ended = casework.end_outreach(
        store, nameless, OutreachEnd.LINKED_STABLE, on=DAY, overrides=(let,)
    )
    assert ended.outreach.ended_because is OutreachEnd.LINKED_STABLE


def test_outreach_that_ends_otherwise_is_explained(store, nameless):
    with pytest.raises(NotAllowed, match="終わりの説明"):
        casework.end_outreach(store, nameless, OutreachEnd.MOVED, on=DAY)

    said = casework.end_outreach(store, nameless, OutreachEnd.MOVED, on=DAY, note="転出先へ伝えた")
    assert said.outreach.end_note == "転出先へ伝えた"


def test_what_has_ended_takes_no_further_try_and_shows_the_way_on(store, nameless):
    casework.end_outreach(store, nameless, OutreachEnd.DEATH, on=DAY, note="見守りの人から")

    with pytest.raises(NotAllowed, match="新しい対象者票"):
        attempt(store, nameless, TryKind.NOBODY)


def test_a_visit_still_planned_is_pointed_out_at_the_end(store, nameless):
    store.save(Visit(outreach_id=nameless.id, planned_at=at(20), state="planned"))

    ended = casework.end_outreach(store, nameless, OutreachEnd.WISH, on=DAY, note="電話で断られた")
    assert rules_of(ended.remarks) == {"outreach.visits_open"}


# 数


def test_outreach_is_counted_as_by_hand(store, nameless):
    other = begin(store, today=date(2026, 9, 1))
    begin(store, today=date(2026, 11, 1))
    for day in (6, 7):
        attempt(store, nameless, TryKind.MET, day)
    attempt(store, other, TryKind.LETTER, 8)
    link_up(store, other, 9)

    kinds = by_part(store, CATALOGUE["outreach_tries"], *MONTH)
    assert counts.outreach_persons(store, *MONTH) == 2
    assert kinds == {"met": 2, "letter": 1, "accompanied": 1}
    assert (counts.persons_met(store, *MONTH), counts.persons_linked(store, *MONTH)) == (2, 1)


def test_a_client_with_two_sheets_is_one_person_and_struck_tries_count_nowhere(desk):
    for _ in range(2):
        begun = begin(desk.store, client_id=None)
        desk.store.save(replace(begun, client_id=desk.mother.id))
        made = attempt(desk.store, begun, TryKind.MET).attempt
    casework.strike_try(desk.store, made, reason="二重の記録")

    assert counts.outreach_persons(desk.store, *MONTH) == 1
    assert count(desk.store, CATALOGUE["outreach_tries"], *MONTH) == 1


def test_rounds_are_counted_with_the_leads_found_on_them(store):
    seen = (Lead(seen="ひとりで座っていた"), Lead(seen="声をかけても逃げる"))
    held = Round(held_on=DAY, venue="駅前", hours="10:00〜11:30", spoken_to=9, consulted=2)
    saved, leads, _ = casework.hold_round(store, held, leads=seen)

    found = counts.rounds(store, *MONTH)
    assert (found.rounds, found.minutes, found.spoken_to, found.consulted) == (1, 90, 9, 2)
    assert found.leads == len(leads) == 2
    assert {(lead.round_id, lead.place) for lead in leads} == {(saved.id, "駅前")}


def test_outreach_from_a_lead_of_a_round_was_found_on_the_round(store):
    held = Round(held_on=DAY, venue="駅前")
    _, (lead,), _ = casework.hold_round(store, held, leads=(Lead(seen="座っていた"),))

    assert casework.outreach_for(store, lead=lead).found_through == "round"


def test_more_who_consulted_than_were_spoken_to_is_pointed_out(store):
    _, _, remarks = casework.hold_round(
        store, Round(held_on=DAY, venue="駅前", spoken_to=1, consulted=3)
    )

    assert rules_of(remarks) == {"round.more_than_spoken_to"}


# 待っていること


def test_a_visit_planned_for_later_keeps_an_outreach_from_counting_as_quiet(store, nameless):
    far = date(2026, 12, 1)
    planned = Visit(outreach_id=nameless.id, planned_at=datetime(2026, 12, 20, 10), state="planned")

    def quiet():
        return [d for d in due_items(store, far) if d.kind == "quiet_outreaches"]

    assert [d.due_on for d in quiet()] == [date(2026, 11, 4)]
    store.save(planned)
    assert quiet() == []


def test_a_promise_for_the_client_of_a_case_waits_once(desk):
    said = Outreach(found_through="conference")
    begun = casework.begin_outreach(desk.store, said, case=desk.case, today=DAY).outreach
    attempt(desk.store, begun, TryKind.MET, next_due=date(2026, 10, 9))

    waits = [d.kind for d in due_items(desk.store, DAY) if d.due_on == date(2026, 10, 9)]
    assert waits == ["next_actions"]


def test_a_try_struck_like_any_record_takes_its_note_and_its_step_along(desk):
    said = Outreach(found_through="conference")
    begun = casework.begin_outreach(desk.store, said, case=desk.case, today=DAY).outreach
    made = attempt(desk.store, begun, TryKind.MET).attempt
    casework.strike_record(desk.store, made, reason="別の人", on=DAY)

    assert desk.store.find(CaseNote, case_id=desk.case.id) == []
    assert desk.store.find(Outreach)[0].stage is RelationStage.UNKNOWN
