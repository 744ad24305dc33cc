"""研修・動画, and 気づきシート from windows that are no welfare desk."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.casework import training
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.forms import AgendaItem, Attendee, Lead, SignSheet, Training, TrainingAttendance
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.training import SignAnswer, TrainingKind
from jusou_nb.store.due import due_items
from jusou_nb.store.trainings import training_effects
from jusou_nb.store.yearly import CATALOGUE, count

DAY = date(2026, 10, 20)
YEAR = (date(2026, 4, 1), date(2027, 3, 31))
SENDER = "水道課の 例示 係長"


def rules_of(problems):
    return [problem.rule for problem in problems]


def agency(store, name):
    return store.lexicon().spellings["agencies"][name]


@pytest.fixture
def water(store):
    """The window of the waterworks."""
    return agency(store, "水道課")


@pytest.fixture
def sign(store, water):
    """What the waterworks noticed about somebody."""
    sheet = SignSheet(
        sent_on=date(2026, 10, 12),
        sent_by=water,
        sender=SENDER,
        noticed="三か月、水の使用がほとんどない",
        known_name="架空 次郎",
    )
    return training.receive_sign(store, sheet, on=DAY).record


@pytest.fixture
def learn(store, water):
    """Keep a training to which three of the waterworks came."""

    def one(**boxes):
        came = (TrainingAttendance(agency=water, count=3),)
        new = Training(
            name="気づきの研修",
            kind=TrainingKind.MEETING,
            held_on=date(2026, 9, 1),
            attendances=came,
        )
        return training.keep_training(store, replace(new, **boxes))

    return one


def take_up(store, sign):
    household, intake = training.intake_of_sign(store, sign, on=DAY)
    return training.take_up_sign(store, sign, household=household, intake=intake)


def test_a_training_counts_who_came_by_department(store, learn, water):
    learn()
    learn(kind=TrainingKind.VIDEO, attendances=(TrainingAttendance(agency=water, count=5),))
    assert count(store, CATALOGUE["trained"], *YEAR) == 8
    assert count(store, CATALOGUE["departments_trained"], *YEAR) == 1


def test_a_department_that_stands_twice_is_pointed_out(learn, water):
    twice = tuple(TrainingAttendance(agency=water, count=n) for n in (1, 2))
    assert rules_of(learn(attendances=twice).remarks) == ["training.agency_twice"]


def test_a_training_without_a_day_is_not_kept(store, learn):
    with pytest.raises(Invalid):
        learn(held_on=None)
    assert store.find(Training) == []


def test_a_training_within_a_sitting_takes_over_who_sat_there(desk):
    topic = AgendaItem(topic="ヤングケアラーの研修", question="動画を見て話し合う")
    casework.put_topic_on_agenda(desk.store, desk.sitting, topic)
    came = tuple(Attendee(agency=a, name="出席 一同") for a in (1, 1, 2))
    casework.hold_sitting(desk.store, desk.sitting, today=DAY, attendees=came)
    ((_, proposed),) = training.training_proposals(desk.store)
    assert (proposed.name, proposed.kind) == ("ヤングケアラーの研修", TrainingKind.IN_SITTING)
    assert [(row.agency, row.count) for row in proposed.attendances] == [(1, 2), (2, 1)]
    training.keep_training(desk.store, proposed)
    assert training.training_proposals(desk.store) == []


def test_a_sign_becomes_a_consultation_without_typing_it_again(store, sign):
    taken = take_up(store, sign)
    intake = taken.received.intake
    assert intake.presenting_problem == sign.noticed
    assert taken.received.household.members[0].name == "架空 次郎"
    assert SENDER in intake.information_source
    assert store.load(SignSheet, sign.id).intake_id == intake.id


def test_a_sign_becomes_a_lead_and_the_lead_ends_when_it_is_received(store, sign):
    watched = training.watch_sign(store, sign, training.lead_of_sign(store, sign))
    assert (watched.lead.seen, watched.lead.known_name) == (sign.noticed, sign.known_name)
    taken = take_up(store, watched.record)
    lead = store.load(Lead, watched.lead.id)
    assert (lead.outcome, lead.intake_id) == (LeadOutcome.RECEIVED, taken.received.intake.id)


def test_a_sign_is_taken_up_once(store, sign):
    take_up(store, sign)
    with pytest.raises(NotAllowed) as refusal:
        take_up(store, sign)
    assert rules_of(refusal.value.problems) == ["sign.taken_up"]


def test_a_window_waits_for_its_answer_within_the_days_of_the_profile(store, sign):
    (due,) = [d for d in due_items(store, DAY) if d.kind == "sign_answers"]
    assert (due.due_on, due.agency_id) == (date(2026, 10, 19), None)
    training.answer_sign(store, sign, SignAnswer.NO_NEED, on=DAY)
    assert [d for d in due_items(store, DAY) if d.kind == "sign_answers"] == []


@pytest.mark.parametrize("answer", list(SignAnswer))
def test_the_words_of_the_house_tell_nothing_of_the_case(store, sign, answer):
    take_up(store, sign)
    said = training.answer_sign(store, sign, answer, on=DAY).record.answer_text
    assert said.startswith("お知らせをありがとうございました。")
    assert not any(word in said for word in (sign.noticed, "架空", "次郎", "水"))


@pytest.mark.parametrize("words", ["次郎さんに会いました", "架空さんは元気です"])
def test_a_name_in_an_answer_to_a_window_is_pointed_out(store, sign, words):
    take_up(store, sign)
    told = training.answer_sign(store, sign, SignAnswer.RECEIVED, on=DAY, text=words)
    assert rules_of(told.remarks) == ["sign.name_told"]


def test_an_answer_that_is_not_true_of_the_record_is_pointed_out(store, sign):
    received = training.answer_sign(store, sign, SignAnswer.RECEIVED, on=DAY)
    watched = training.answer_sign(store, sign, SignAnswer.WATCHING, on=DAY)
    assert rules_of(received.remarks) == ["sign.not_received"]
    assert rules_of(watched.remarks) == ["sign.not_watched"]


def test_an_answer_written_on_the_sheet_itself_goes_the_same_way(store, sign):
    said = replace(sign, answer=SignAnswer.KNOWN)
    kept = training.receive_sign(store, said, on=DAY).record
    assert (kept.answered_on, kept.answer) == (DAY, SignAnswer.KNOWN)
    assert kept.answer_text == "お知らせをありがとうございました。すでに関わっています。"


def test_signs_after_a_training_are_its_effect(store, learn, sign, water):
    learn()
    other = agency(store, "高齢者支援課")
    for boxes in ({"sent_by": other}, {"sent_on": date(2026, 8, 1)}):
        training.receive_sign(store, replace(sign, id=None, version=0, **boxes), on=DAY)
    take_up(store, sign)
    (effect,) = training_effects(store, *YEAR)
    assert (effect.departments, effect.attended) == (1, 3)
    assert (effect.signs, effect.taken_up) == (1, 1)


def test_a_sign_that_names_its_training_counts_for_that_one_alone(store, learn, sign):
    first, second = learn().record, learn(name="窓口の研修").record
    training.receive_sign(store, replace(sign, after_training=second.id), on=DAY)
    effects = {e.training_id: e.signs for e in training_effects(store, *YEAR)}
    assert effects == {first.id: 0, second.id: 1}
