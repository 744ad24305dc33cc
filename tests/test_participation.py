"""参加支援: from a wish to a place, and what the host is told on the way."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.forms import (
    Assessment,
    CaseNote,
    Host,
    Matching,
    MatchStep,
    ParticipationMenu,
    RoleAssignment,
    SchemeCheck,
    SupportPlan,
)
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.forms.plan import DoerKind
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.problems import Override
from jusou_nb.store import matching as counts
from jusou_nb.store.due import due_items

DAY = date(2026, 10, 7)
MONTH = (date(2026, 10, 1), date(2026, 10, 31))
WISH = {"wish": "土にさわりたい", "activities": ("farming",), "days": ("mon", "thu")}


def rules_of(problems):
    return {problem.rule for problem in problems}


def agency(store, name="社会福祉協議会"):
    return store.lexicon().spellings["agencies"][name]


def host(store, name, **boxes):
    said = {"activities": ("farming",), "capacity": 2, "days": ("mon",), "state": HostState.READY}
    return casework.keep_host(store, Host(name=name, **{**said, **boxes}), today=DAY).host


def let(rule):
    return (Override(rule=rule, reason="先方と話した", allowed_by="課長"),)


@pytest.fixture
def menu(desk):
    """A menu of somebody who would like to work the soil on Mondays or Thursdays."""
    drawn = ParticipationMenu(**WISH, limits=("quiet", "short_time"), gap="手帳がない")
    return casework.draw_menu(desk.store, desk.case, drawn, today=DAY).menu


@pytest.fixture
def match(desk, menu):
    """A host approached for the mother."""
    farm = host(desk.store, "架空農園", agency=agency(desk.store))
    return casework.propose_host(desk.store, menu, Matching(host=farm.id), today=DAY).matching


def step(desk, match, stage, day=DAY, **said):
    voices = {key: said.pop(key) for key in ("client_voice", "host_voice") if key in said}
    made = MatchStep(stage=stage, reached_on=day, **voices)
    return casework.step_matching(desk.store, match, made, **said)


def joined(desk, match, day=date(2026, 10, 20)):
    step(desk, match, MatchStage.TOUR)
    step(desk, match, MatchStage.TRIAL)
    return step(desk, match, MatchStage.JOINED, day).matching


# メニュー


def test_a_menu_takes_over_the_wish_the_considerations_and_what_schemes_do_not_reach(desk):
    store, case = desk.store, desk.case
    store.save(replace(desk.intake, considerations="電話は苦手"))
    store.save(Assessment(case_id=case.id, assessed_on=DAY, wishes="畑をしたい"))
    for result in (SchemeResult.NOT_ELIGIBLE, SchemeResult.IN_USE):
        said = SchemeCheck(checked_on=DAY, scheme="就労支援B型", result=result, reason="手帳がない")
        casework.check_scheme(store, case, said)
    drawn = casework.draw_menu(store, case, ParticipationMenu(), today=DAY).menu

    assert (drawn.wish, drawn.limits_note, drawn.drawn_on) == ("畑をしたい", "電話は苦手", DAY)
    assert drawn.gap == "就労支援B型：対象にならない（手帳がない）"
    assert (drawn.client_id, drawn.worker) == (desk.mother.id, "tantou")


def test_what_is_written_on_a_menu_stands_over_what_is_known(desk):
    desk.store.save(Assessment(case_id=desk.case.id, assessed_on=DAY, wishes="畑をしたい"))

    said = ParticipationMenu(wish="本を読みたい")
    assert casework.draw_menu(desk.store, desk.case, said, today=DAY).menu.wish == "本を読みたい"


def test_a_second_menu_begins_with_the_first(desk, menu):
    again = casework.menu_for(desk.store, desk.case, today=date(2026, 12, 1))

    assert (again.activities, again.limits) == (menu.activities, menu.limits)
    assert (again.id, again.drawn_on) == (None, date(2026, 12, 1))


def test_a_menu_asks_after_wish_schemes_and_plan_and_stops_for_none(desk):
    drawn = casework.draw_menu(desk.store, desk.case, ParticipationMenu(), today=DAY)

    assert drawn.menu.id
    assert rules_of(drawn.remarks) == {
        "participation.unchecked", "participation.no_wish", "participation.not_planned",
    }  # fmt: skip


def test_a_menu_of_a_plan_that_uses_it_asks_nothing_more(desk):
    who = agency(desk.store, "参加支援事業者")
    role = RoleAssignment(what="探す", doer=DoerKind.AGENCY, agency=who, programme="participation")
    plan = SupportPlan(case_id=desk.case.id, drawn_on=DAY, state="agreed", roles=(role,))
    desk.store.save(plan)

    said = ParticipationMenu(**WISH, gap="手帳がない")
    drawn = casework.draw_menu(desk.store, desk.case, said, today=DAY)
    assert (drawn.remarks, drawn.menu.contractor) == ((), who)


def test_a_menu_ends_with_a_reason_and_not_over_a_running_matching(desk, menu, match):
    store = desk.store
    with pytest.raises(NotAllowed, match="理由が空"):
        casework.end_menu(store, menu, on=DAY, because="")
    with pytest.raises(NotAllowed, match="1件あります"):
        casework.end_menu(store, menu, on=DAY, because="就職した")
    step(desk, match, MatchStage.STOPPED, stopped_because="wish")

    assert casework.end_menu(store, menu, on=DAY, because="就職した").menu.ended_on == DAY


# 候補


def test_hosts_are_suggested_with_their_reasons_and_what_is_lacking(desk, menu):
    farm = host(desk.store, "架空農園", accepts=("quiet",), own_needs="収穫の人手",
                conditions="長靴")  # fmt: skip
    (found,) = casework.suggest_hosts(desk.store, menu)

    assert (found.host_id, found.score, found.free_places) == (farm.id, 4 + 2 + 1, 2)
    assert found.reasons == (
        "希望する活動：農作業・園芸", "曜日が合う：月", "配慮できる：静かな場所",
        "空き2人", "受入先の望み：収穫の人手",
    )  # fmt: skip
    assert found.missing == ("配慮を相談：短い時間から", "条件：長靴")


def test_hosts_are_ranked_by_what_they_answer_and_the_full_ones_come_last(desk, menu):
    full = host(desk.store, "満員の農園", capacity=0, accepts=("quiet", "short_time"))
    plain = host(desk.store, "架空農園")
    quiet = host(desk.store, "静かな農園", accepts=("quiet",))
    other = host(desk.store, "別の架空農園")

    ranked = [found.host_id for found in casework.suggest_hosts(desk.store, menu)]
    assert ranked == [quiet.id, plain.id, other.id, full.id]


def test_who_is_not_ready_does_something_else_or_is_kept_out_is_not_suggested(desk, menu, agree):
    host(desk.store, "開拓中の農園", state=HostState.APPROACHED)
    host(desk.store, "例示サロン", activities=("salon",))
    host(desk.store, "除外の農園", agency=agency(desk.store, "水道課"))
    host(desk.store, "望まない農園", agency=agency(desk.store, "障害者支援課"))
    desk.store.save(replace(desk.case, excluded_agencies=(agency(desk.store, "水道課"),)))
    agree(excluded_agencies=(agency(desk.store, "障害者支援課"),))

    assert casework.suggest_hosts(desk.store, menu) == []


def test_how_far_a_host_is_away_is_not_known_and_not_used(desk, menu):
    near = host(desk.store, "架空農園", address="見本市架空町1-1")
    far = host(desk.store, "遠い農園", address="例示市遠町9-9")

    scores = {found.host_id: found.score for found in casework.suggest_hosts(desk.store, menu)}
    assert scores[near.id] == scores[far.id]


def test_a_place_is_free_on_the_day_on_which_nobody_is_there(desk, menu):
    farm = host(desk.store, "架空農園", capacity=1, days=("mon", "thu"))
    theirs = desk.store.save(ParticipationMenu(case_id=desk.case.id, drawn_on=DAY))
    there = Matching(menu_id=theirs.id, host=farm.id, days=("mon",), stage=MatchStage.TRIAL)
    there = desk.store.save(there)

    assert casework.suggest_hosts(desk.store, menu)[0].free_places == 1
    desk.store.save(replace(there, days=("mon", "thu")))
    (full,) = casework.suggest_hosts(desk.store, menu)
    assert (full.free_places, "空きがない" in full.missing) == (0, True)


def test_no_day_in_common_and_a_capacity_nobody_knows_are_told(desk, menu):
    host(desk.store, "架空農園", capacity=None, days=("sun",))

    (found,) = casework.suggest_hosts(desk.store, menu)
    assert found.free_places is None
    assert {"合う曜日がない", "受け入れられる人数が未確認"} <= set(found.missing)


def test_where_it_was_stopped_before_the_reason_is_told(desk, menu, match):
    assert casework.suggest_hosts(desk.store, menu) == []
    step(desk, match, MatchStage.STOPPED, stopped_because="unsuitable")

    (found,) = casework.suggest_hosts(desk.store, menu)
    assert "前回は中止（内容が合わなかった）" in found.missing


def test_a_suggestion_matches_nobody(desk, menu):
    host(desk.store, "架空農園")
    casework.suggest_hosts(desk.store, menu)

    assert desk.store.find(Matching) == []


# 打診と、伝えること


def test_a_host_is_approached_on_the_days_that_suit_both_and_told_nothing(match):
    assert (match.stage, match.days, match.told_host) == (MatchStage.APPROACH, ("mon",), None)
    assert match.next_due == date(2026, 10, 21)
    assert [s.reached_on for s in match.steps] == [DAY]


def test_a_host_is_told_only_what_the_consent_carries_to_its_agency(desk, match, agree):
    wished = replace(match, told_host=(Category.ISSUES, Category.HEALTH))
    agree(categories=(Category.ISSUES,), agencies=(agency(desk.store),))

    with pytest.raises(NotAllowed, match="健康・疾病"):
        casework.choose_told(desk.store, wished, today=DAY)
    less = replace(wished, told_host=(Category.ISSUES,))
    assert casework.choose_told(desk.store, less, today=DAY).matching.told_host == less.told_host


def test_a_host_of_no_agency_is_in_no_consent(desk, menu, agree):
    agree()
    shop = host(desk.store, "例示商店")
    said = Matching(host=shop.id, told_host=(Category.IDENTITY,))

    with pytest.raises(NotAllowed, match="同意の範囲が届いていません"):
        casework.propose_host(desk.store, menu, said, today=DAY)
    assert casework.propose_host(
        desk.store, menu, said, today=DAY, overrides=let("matching.told_beyond")
    ).matching.id


def test_a_host_that_is_not_ready_or_kept_from_the_person_waits_for_the_chief(desk, menu):
    early = host(desk.store, "開拓中の農園", state=HostState.APPROACHED)
    kept = host(desk.store, "除外の農園", agency=agency(desk.store, "水道課"))
    desk.store.save(replace(desk.case, excluded_agencies=(agency(desk.store, "水道課"),)))

    for farm, rule in ((early, "matching.host_not_ready"), (kept, "matching.excluded")):
        said = Matching(host=farm.id)
        with pytest.raises(NotAllowed):
            casework.propose_host(desk.store, menu, said, today=DAY)
        assert casework.propose_host(desk.store, menu, said, today=DAY, overrides=let(rule))


def test_one_host_is_approached_for_one_person_once_at_a_time(desk, menu, match):
    with pytest.raises(NotAllowed, match="もう続いています"):
        casework.propose_host(desk.store, menu, Matching(host=match.host), today=DAY)


# 歩み


def test_a_matching_goes_step_by_step_and_says_when_it_is_looked_at_next(desk, match):
    tour = step(desk, match, MatchStage.TOUR, date(2026, 10, 12))
    trial = step(desk, match, MatchStage.TRIAL, date(2026, 10, 19))
    there = step(desk, match, MatchStage.JOINED, date(2026, 10, 26)).matching
    settled = step(desk, match, MatchStage.SETTLED_3, date(2027, 1, 26)).matching

    assert [m.remarks for m in (tour, trial)] == [(), ()]
    assert tour.matching.next_due == date(2026, 10, 26)
    assert (there.next_due, settled.next_due) == (date(2027, 1, 26), date(2027, 4, 26))
    assert step(desk, match, MatchStage.SETTLED_6, date(2027, 4, 26)).matching.next_due is None


def test_what_the_person_said_of_a_step_is_a_note_by_the_same_typing(desk, match):
    step(desk, match, MatchStage.TOUR, client_voice="思ったより静かだった", host_voice="また来て")

    (note,) = desk.store.find(CaseNote, case_id=desk.case.id)
    assert note.content == "架空農園（見学）。本人の声：思ったより静かだった"
    assert (note.happened_at.date(), note.category) == (DAY, None)


def test_who_joins_without_having_seen_the_place_is_asked_about(desk, match):
    assert rules_of(step(desk, match, MatchStage.JOINED).remarks) == {"matching.skipped"}


def test_steps_that_run_backwards_in_time_are_pointed_out(desk, match):
    earlier = step(desk, match, MatchStage.TOUR, date(2026, 10, 1))

    assert rules_of(earlier.remarks) == {"matching.days"}


def test_a_full_host_is_pointed_out_at_first_and_stops_at_the_trial(desk, menu):
    farm = host(desk.store, "満員の農園", capacity=0)
    asked = casework.propose_host(desk.store, menu, Matching(host=farm.id), today=DAY)
    step(desk, asked.matching, MatchStage.TOUR)

    assert "matching.full" in rules_of(asked.remarks)
    with pytest.raises(NotAllowed, match="人数を超えます"):
        step(desk, asked.matching, MatchStage.TRIAL)
    allowed = let("matching.over_capacity")
    assert step(desk, asked.matching, MatchStage.TRIAL, overrides=allowed).matching.id


def test_who_has_a_place_keeps_it_from_the_trial_on(desk, menu):
    farm = host(desk.store, "一人の農園", capacity=1)
    asked = casework.propose_host(desk.store, menu, Matching(host=farm.id), today=DAY).matching

    step(desk, asked, MatchStage.TOUR)
    step(desk, asked, MatchStage.TRIAL)
    assert step(desk, asked, MatchStage.JOINED).remarks == ()
    assert counts.places_taken(desk.store, farm.id)["mon"] == 1


def test_nobody_is_settled_who_never_joined_or_before_the_months_are_over(desk, match):
    with pytest.raises(NotAllowed, match="参加の記録がない"):
        step(desk, match, MatchStage.SETTLED_3)
    joined(desk, match)

    early = step(desk, match, MatchStage.SETTLED_3, date(2027, 1, 19))
    assert rules_of(early.remarks) == {"matching.too_early"}


def test_a_matching_is_stopped_with_a_reason_and_begins_anew_only(desk, menu, match):
    with pytest.raises(Invalid, match="中止の理由"):
        step(desk, match, MatchStage.STOPPED)
    step(desk, match, MatchStage.STOPPED, stopped_because="health")

    with pytest.raises(NotAllowed, match="新しく打診"):
        step(desk, match, MatchStage.TOUR)
    assert casework.propose_host(desk.store, menu, Matching(host=match.host), today=DAY)


# 待っていることと、数


@pytest.mark.parametrize(
    ("stage", "kind", "due_on"),
    [
        (MatchStage.JOINED, "settled_after_3", date(2027, 1, 20)),
        (MatchStage.SETTLED_3, "settled_after_6", date(2027, 4, 20)),
    ],
)
def test_settling_is_asked_about_three_and_six_months_after_joining(
    desk, match, stage, kind, due_on
):
    there = joined(desk, match)
    if stage is not MatchStage.JOINED:
        step(desk, there, stage, date(2027, 2, 1))

    waits = [d for d in due_items(desk.store, DAY) if d.table == "matchings"]
    assert [(d.kind, d.due_on, d.case_id) for d in waits] == [(kind, due_on, desk.case.id)]


def test_what_was_settled_stopped_or_ended_waits_no_more(desk, menu, match):
    there = joined(desk, match)
    casework.end_menu(
        desk.store, menu, on=DAY, because="転出", overrides=let("participation.matchings_run")
    )

    assert [d for d in due_items(desk.store, DAY) if d.table == "matchings"] == []
    assert counts.places_taken(desk.store, there.host)[""] == 0


def test_participation_is_counted_as_by_hand(desk, menu, match):
    joined(desk, match)
    step(desk, match, MatchStage.SETTLED_3, date(2027, 1, 20))
    casework.draw_menu(desk.store, desk.case, ParticipationMenu(**WISH), today=DAY)
    other = casework.propose_host(
        desk.store, menu, Matching(host=host(desk.store, "例示園").id), today=DAY
    ).matching
    step(desk, other, MatchStage.STOPPED, stopped_because="host")

    found = counts.matchings(desk.store, *MONTH)
    later = counts.matchings(desk.store, date(2027, 1, 1), date(2027, 1, 31))
    assert counts.participants(desk.store, *MONTH) == 1
    assert (found.begun, found.joined, found.stopped, found.settled_3) == (2, 1, 1, 0)
    assert (later.settled_3, later.begun, later.settled_6) == (1, 0, 0)
