"""登録の取り消し: the last 登録 is taken back by a change of its own, and written anew."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework, open_store
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import Case, CaseNote, Household, Intake, Referral
from jusou_nb.store import drafts, undoing
from jusou_nb.store.struck import struck
from jusou_nb.widgets import desk as open_desk

TODAY = date(2026, 10, 15)


@pytest.fixture
def register(store, household, intake):
    """Register an intake and give the step; asked again, a change to its 備考."""

    def step(remarks=None):
        since = undoing.here(store)
        if remarks is None:
            casework.receive_intake(store, household=household, intake=intake)
        else:
            store.save(replace(store.find(Intake)[0], remarks=remarks))
        return undoing.written(store, since)

    return step


def rules(refused):
    return [problem.rule for problem in refused.value.problems]


def test_what_was_made_leaves_every_list_and_stays_in_the_history(store, register):
    step = register()
    made = [len(store.find(form)) for form in (Intake, Household, Case)]
    casework.undo_last(store, step)
    assert made == [1, 1, 1]
    assert [store.find(form) for form in (Intake, Household, Case)] == [[], [], []]
    assert struck(store, Intake)[0].record.presenting_problem == "長男が十年以上部屋から出ない"
    assert store.verify() == []


def test_a_change_goes_back_to_what_stood_there_as_a_change_of_its_own(store, register):
    register()
    register("最初の備考")
    step = register("まちがえた備考")
    before = undoing.here(store).last
    casework.undo_last(store, step)
    (intake,) = store.find(Intake)
    assert (intake.remarks, intake.version) == ("最初の備考", 4)
    assert undoing.here(store).last == before + 1
    assert store.verify() == []


def test_the_worker_can_register_again_after_it_was_taken_back(store, household, intake, register):
    casework.undo_last(store, register())
    again = casework.receive_intake(store, household=household, intake=intake)
    assert store.find(Intake) == [again.intake]


def test_only_the_last_of_this_workers_steps_is_taken_back(store, register):
    first = register()
    register("あとの登録")
    with pytest.raises(NotAllowed) as refused:
        casework.undo_last(store, first)
    assert "undo.not_last" in rules(refused)
    assert store.find(Intake)[0].remarks == "あとの登録"


def test_what_somebody_else_changed_since_is_not_taken_back(tmp_path, household, intake):
    with open_store(tmp_path / "a.db", account="one") as mine:
        since = undoing.here(mine)
        casework.receive_intake(mine, household=household, intake=intake)
        step = undoing.written(mine, since)
        with open_store(tmp_path / "a.db", account="two") as theirs:
            theirs.save(replace(theirs.find(Intake)[0], remarks="ほかの人の追記"))
        with pytest.raises(NotAllowed, match="あとに直されています") as refused:
            casework.undo_last(mine, step)
        assert rules(refused) == ["undo.changed_since"]
        assert mine.find(Intake)[0].remarks == "ほかの人の追記"


def test_what_others_have_built_on_stays(tmp_path, household, intake):
    with open_store(tmp_path / "a.db", account="one") as mine:
        since = undoing.here(mine)
        made = casework.receive_intake(mine, household=household, intake=intake)
        step = undoing.written(mine, since)
        with open_store(tmp_path / "a.db", account="two") as theirs:
            theirs.save(CaseNote(case_id=made.case.id, content="電話した"))
        with pytest.raises(NotAllowed, match="支援経過") as refused:
            casework.undo_last(mine, step)
        assert rules(refused) == ["record.stood_on"]
        assert len(mine.find(Case)) == 1


def test_a_referral_that_was_answered_is_not_taken_back(tmp_path, household, intake):
    with open_store(tmp_path / "a.db", account="one") as mine:
        casework.receive_intake(mine, household=household, intake=intake)
        since = undoing.here(mine)
        sent = mine.save(Referral(intake_id=1, reason="住まいの相談"))
        step = undoing.written(mine, since)
        with open_store(tmp_path / "a.db", account="two") as theirs:
            theirs.save(replace(sent, answered_on=TODAY))
        with pytest.raises(NotAllowed, match="直されています"):
            casework.undo_last(mine, step)


def test_what_stands_on_a_paper_that_was_made_is_not_taken_back(store, register):
    step = register()
    store.log_reading("intakes", 1, "paper", {"number": f"相談-1-{step.last}-0", "kind": "sheet"})
    with pytest.raises(NotAllowed, match="資料が作られています") as refused:
        casework.undo_last(store, step)
    assert rules(refused) == ["undo.on_paper"]


def test_an_earlier_paper_does_not_stand_in_the_way(store, register):
    register()
    step = register("まちがえた備考")
    store.log_reading("intakes", 1, "paper", {"number": f"相談-1-{step.after}-0", "kind": "sheet"})
    casework.undo_last(store, step)
    assert store.find(Intake)[0].remarks is None


def test_a_profile_that_was_put_in_force_is_not_taken_back(store):
    since = undoing.here(store)
    store.use_profile(store.profile)
    with pytest.raises(NotAllowed) as refused:
        casework.undo_last(store, undoing.written(store, since))
    assert "undo.of_the_store" in rules(refused)


def test_where_nothing_was_written_there_is_nothing_to_take_back(store):
    assert undoing.written(store, undoing.here(store)) is None


@pytest.fixture
def registered(tmp_path):
    """A desk on which an intake was registered just now."""
    made = open_desk(tmp_path / "office.db", today=TODAY)
    made.open_page("相談受付", None)
    with closing(made.store):
        made.pages["相談受付"].show_new()
        entry = made.pages["相談受付"].children[-1]
        entry.forms["household"].rows["members"].blocks[0].boxes.by_name["name"].raw = "見本　花子"
        entry.forms["intake"].box_set.by_name["presenting_problem"].raw = "眠れない"
        entry.press()
        yield made


def press(banner, words):
    next(made for made in banner.actions.children if made.label == words).click()


def test_the_desk_takes_the_last_registration_back_and_goes_on_with_what_was_typed(registered):
    assert len(registered.store.find(Intake)) == 1
    press(registered.undo.banner, "いまの登録を取り消して書き直す")
    entry = registered.pages["相談受付"].children[-1]
    assert registered.store.find(Intake) == []
    assert entry.forms["intake"].as_it_stands().presenting_problem == "眠れない"
    assert entry.forms["household"].as_it_stands().members[0].name == "見本　花子"
    assert "取り消しました" in registered.undo.banner.text


def test_the_desk_says_why_a_registration_cannot_be_taken_back(registered):
    store = registered.store
    store.save(replace(store.find(Intake)[0], remarks="あとの追記"))
    press(registered.undo.banner, "いまの登録を取り消して書き直す")
    assert "直されています" in registered.undo.banner.text
    assert len(store.find(Intake)) == 1
    assert drafts.every(store) == []
