"""不足資源・地域課題: from the words of a sitting to the 代表者会議, and what became of them."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.casework import gaps
from jusou_nb.documents import packet
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import AgendaItem, Conference, Host, ResourceGap
from jusou_nb.forms.community import GapState
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.store import sittings
from jusou_nb.store.due import due_items

MISSING = "夜間に子どもを預けられる所がない"
LATER = date(2026, 12, 3)
TODAY = date(2026, 11, 1)


def rules_of(problems):
    return [problem.rule for problem in problems]


def waits(store, kind, today=TODAY):
    return [entry for entry in due_items(store, today) if entry.kind == kind]


def agency(desk, name):
    return desk.store.lexicon().spellings["agencies"][name]


def paper_of(desk, sitting, copy):
    wanted = {"recipient": copy.recipient, "basis": copy.basis, "made_on": ""}
    return packet.packet(desk.store, sitting.id, **wanted)


def papers(desk, sitting, copy):
    made = paper_of(desk, sitting, copy)
    return made.cover().html + made.agenda().html


def number(desk, sitting, copy):
    return paper_of(desk, sitting, copy).identity.number


@pytest.fixture
def noted(desk, put):
    """A sitting was held at which something was found missing."""
    item = put("confidential")
    desk.store.save(replace(item, missing_resources=MISSING))
    casework.hold_sitting(desk.store, desk.sitting, today=TODAY)
    return item


@pytest.fixture
def gap(desk, noted):
    """It is on the list."""
    (proposed,) = gaps.gap_proposals(desk.store)
    return gaps.raise_gap(desk.store, proposed).gap


@pytest.fixture
def representatives(desk):
    """The 代表者会議 to come."""
    return casework.convene(desk.store, Conference(body="representatives", held_on=LATER))


def test_what_a_sitting_found_missing_is_proposed_and_not_typed_again(desk, noted):
    (proposed,) = gaps.gap_proposals(desk.store)
    assert (proposed.what, proposed.agenda_item_id) == (MISSING, noted.id)
    assert proposed.raised_on == desk.sitting.held_on
    assert [w.record_id for w in waits(desk.store, "missing_resources")] == [noted.id]
    gaps.raise_gap(desk.store, proposed)
    assert gaps.gap_proposals(desk.store) == []
    assert waits(desk.store, "missing_resources") == []


@pytest.mark.parametrize("words", ["見本花子", "花子さん", "見本さん", "ミホン ハナコ"])
def test_the_name_of_somebody_of_the_household_is_pointed_out(desk, noted, words):
    (proposed,) = gaps.gap_proposals(desk.store)
    raised = gaps.raise_gap(desk.store, replace(proposed, what=f"{words}の通える所がない"))
    assert rules_of(raised.remarks) == ["gap.name_shown"]


def test_the_towns_own_name_is_no_persons_name(desk, noted):
    (proposed,) = gaps.gap_proposals(desk.store)
    told = gaps.raise_gap(desk.store, replace(proposed, what="見本市に夜の窓口がない"))
    assert told.remarks == ()


def test_a_gap_goes_to_the_next_sitting_of_those_who_hear_no_single_cases(
    desk, gap, representatives
):
    put = gaps.put_forward_gap(desk.store, gap, on=TODAY)
    assert put.gap.put_forward_id == representatives.id
    assert put.gap.state is GapState.PUT_FORWARD
    assert put.gap.answer_due == date(2027, 12, 3)
    assert rules_of(put.remarks) == ["gap.no_owner"]


def test_a_talk_of_the_community_that_comes_earlier_is_no_representatives(
    desk, gap, representatives
):
    platform = casework.convene(desk.store, Conference(body="platform", held_on=date(2026, 11, 10)))
    put = gaps.put_forward_gap(desk.store, gap, on=TODAY)
    assert put.gap.put_forward_id == representatives.id
    there = gaps.put_forward_gap(desk.store, gap, on=TODAY, conference=platform)
    assert there.gap.put_forward_id == platform.id


def test_many_gaps_are_one_topic_of_the_agenda(desk, gap, representatives):
    other = gaps.raise_gap(desk.store, ResourceGap(raised_on=TODAY, what="移動の手段がない")).gap
    for one in (gap, other):
        gaps.put_forward_gap(desk.store, one, on=TODAY)
    assert [t.topic for t in sittings.topics_of(desk.store, representatives.id)] == [gaps.TOPIC]


def test_without_such_a_sitting_the_way_out_is_named(desk, gap):
    with pytest.raises(NotAllowed) as refusal:
        gaps.put_forward_gap(desk.store, gap, on=TODAY)
    assert rules_of(refusal.value.problems) == ["gap.no_sitting"]
    assert "代表者会議を登録" in refusal.value.problems[0].remedy


def test_a_gap_is_not_put_before_those_who_hear_single_cases(desk, gap):
    planned = casework.convene(desk.store, Conference(body="monthly", held_on=LATER))
    with pytest.raises(NotAllowed) as refusal:
        gaps.put_forward_gap(desk.store, gap, on=TODAY, conference=planned)
    assert rules_of(refusal.value.problems) == ["gap.hears_cases"]


def test_a_sitting_called_off_takes_no_gap(desk, gap, representatives):
    off = desk.store.save(replace(representatives, state=ConferenceState.CANCELLED))
    with pytest.raises(NotAllowed):
        gaps.put_forward_gap(desk.store, gap, on=TODAY, conference=off)


def test_the_answer_is_waited_for_until_something_became_of_it(desk, gap, representatives):
    put = gaps.put_forward_gap(desk.store, gap, on=TODAY).gap
    assert [w.due_on for w in waits(desk.store, "gap_answers")] == [date(2027, 12, 3)]
    host = desk.store.save(Host(name="架空こども食堂"))
    filled = gaps.settle_gap(desk.store, put, GapState.FILLED, on=LATER, filled_by=host.id)
    assert (filled.filled_by, filled.settled_on) == (host.id, LATER)
    assert waits(desk.store, "gap_answers") == []


def test_a_gap_is_given_up_only_with_a_reason_and_once(desk, gap):
    with pytest.raises(NotAllowed) as unsaid:
        gaps.settle_gap(desk.store, gap, GapState.DECLINED, on=LATER)
    assert rules_of(unsaid.value.problems) == ["gap.unsaid"]
    gaps.settle_gap(desk.store, gap, GapState.DECLINED, on=LATER, became="隣の市の所を使う")
    with pytest.raises(NotAllowed) as again:
        gaps.settle_gap(desk.store, gap, GapState.FILLED, on=LATER, became="できた")
    assert rules_of(again.value.problems) == ["gap.settled"]


def test_an_end_is_found_or_given_up(desk, gap):
    with pytest.raises(NotAllowed) as refusal:
        gaps.settle_gap(desk.store, gap, GapState.OPEN, on=LATER, became="そのまま")
    assert rules_of(refusal.value.problems) == ["gap.not_an_end"]


def test_the_sheet_of_a_gap_takes_the_step_that_its_state_names(desk, gap, representatives):
    put = gaps.keep_gap(desk.store, replace(gap, state=GapState.PUT_FORWARD), on=TODAY).gap
    assert put.put_forward_id == representatives.id
    ended = replace(put, state=GapState.FILLED, became="社協が始めた")
    assert gaps.keep_gap(desk.store, ended, on=LATER).gap.settled_on == LATER


def test_the_papers_of_the_representatives_list_what_is_missing_for_all_who_are_called(
    desk, gap, representatives
):
    called = (agency(desk, "社会福祉協議会"), agency(desk, "地域包括支援センター"))
    casework.call_agencies(desk.store, representatives, called)
    gaps.put_forward_gap(desk.store, replace(gap, owner=called[0]), on=TODAY)
    copies = packet.copies(desk.store, representatives.id)
    assert [copy.recipient for copy in copies] == ["chair", *(f"agency-{id_}" for id_ in called)]
    for copy in copies:
        words = papers(desk, representatives, copy)
        assert MISSING in words and "代表者会議に出した" in words
        assert not any(m.name in words for m in desk.household.members)
        assert "案件はありません" not in words


def test_what_is_missing_stands_on_no_paper_of_single_cases(desk, gap, representatives):
    gaps.put_forward_gap(desk.store, gap, on=TODAY)
    (chairs, *_) = packet.copies(desk.store, desk.sitting.id)
    assert gaps.TOPIC not in papers(desk, desk.sitting, chairs)


def test_what_became_of_a_gap_gives_the_paper_a_new_number(desk, gap, representatives):
    gaps.put_forward_gap(desk.store, gap, on=TODAY)
    (copy,) = packet.copies(desk.store, representatives.id)
    before = number(desk, representatives, copy)
    assert number(desk, representatives, copy) == before
    gaps.settle_gap(desk.store, gap, GapState.FILLED, on=LATER, became="社協が始めた")
    assert number(desk, representatives, copy) != before


def test_an_item_of_no_case_names_nobody(desk):
    topic = casework.put_topic_on_agenda(desk.store, desk.sitting, AgendaItem(topic="移動の足"))
    raised = gaps.raise_gap(
        desk.store,
        ResourceGap(raised_on=TODAY, what="花子さんの足がない", agenda_item_id=topic.id),
    )
    assert raised.remarks == ()
