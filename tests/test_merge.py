"""Two households or cases become one, and two again; nothing is lost on either way."""

from dataclasses import replace
from datetime import date, datetime
from random import Random

import pytest

from jusou_nb import casework, open_store
from jusou_nb.casework import ledger
from jusou_nb.casework.merge_preview import same_people
from jusou_nb.casework.sample import TownClock, make_town
from jusou_nb.dates import PartialDate
from jusou_nb.errors import Conflict, Invalid, NotAllowed, NotFound
from jusou_nb.forms import (
    Case,
    CaseNote,
    FamilyMap,
    Household,
    Intake,
    Kinship,
    Person,
    SupportPlan,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.family import KinKind
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import Override
from jusou_nb.rules.joining import Take
from jusou_nb.store import closings, lists, merges, merging, papers, yearly
from jusou_nb.store.references import references_of
from jusou_nb.store.schema import every_form

DAY = date(2026, 10, 1)
WHY = "同じ家族だと分かった"
BORN = PartialDate(1950, 4, 1)


def rows_of(store):
    """Every row of every form, without its version: that only ever rises."""
    tables = [form.table for form, _ in every_form()]
    found = {t: list(store.db.table(t).rows_where(order_by="id")) for t in tables}
    return {t: [{**row, "version": 0} for row in rows] for t, rows in found.items()}


def left_behind(store, pairs):
    """Whatever still refers to a record that went into another."""
    return merging.moves(store, pairs)


@pytest.fixture
def receive(store):
    """Receive a consultation of a household of these members."""

    def make(*members, on=DAY, **boxes):
        sheet = Intake(received_on=on, screening="continuing", **boxes)
        return casework.receive_intake(store, household=Household(members=members), intake=sheet)

    return make


@pytest.fixture
def twice(receive):
    """One mother received twice: with her son, and in another spelling with her daughter."""
    one = receive(
        Person(name="髙橋 花子", birth=BORN, address="架空町1-1"),
        Person(relation="長男", name="髙橋 一郎"),
    )
    two = receive(
        Person(name="高橋花子", birth=BORN, telephone="000-0000-0001"),
        Person(relation="長女", name="髙橋 二葉"),
        on=date(2026, 10, 5),
    )
    return one, two


def ids(twice):
    return [received.household.id for received in twice]


def numbers_of(store, household):
    return {sheet.number for sheet in store.find(Intake, household_id=household.id)}


# 世帯を統合する


def test_what_hangs_on_the_other_household_goes_over_and_it_is_struck(store, twice):
    one, two = (received.household for received in twice)

    merged = casework.merge_households(store, *ids(twice), reason=WHY)

    assert [p.name for p in merged.record.members] == ["髙橋 花子", "髙橋 一郎", "髙橋 二葉"]
    assert merged.record.members[0].telephone == "000-0000-0001"
    assert numbers_of(store, one) == {"R8-0001", "R8-0002"}
    assert {c.client_id for c in store.find(Case)} == {one.members[0].id}
    with pytest.raises(NotFound):
        store.load(Household, two.id)


def test_no_reference_to_what_went_away_stays(store, twice):
    merged = casework.merge_households(store, *ids(twice), reason=WHY)

    assert left_behind(store, merges.get(store, merged.merge_id).pairs) == []
    assert store.verify() == []


def test_every_column_that_names_a_record_is_known_as_a_reference():
    known = {
        (form.table, r.column) for form, parent in every_form() for r in references_of(form, parent)
    }

    with open_store("") as store:
        keys = {
            (form.table, key.column)
            for form, _ in every_form()
            for key in store.db.table(form.table).foreign_keys
        }
    assert keys <= known and ("agenda_items", "called") in known


def test_who_is_one_person_is_proposed_and_can_be_said_otherwise(store, twice):
    first, second = (received.household for received in twice)

    assert same_people(store, *ids(twice)) == {second.members[0].id: first.members[0].id}
    merged = casework.merge_households(store, *ids(twice), same={}, reason=WHY)
    assert len(merged.record.members) == 4


def test_the_preview_says_box_by_box_what_differs_and_saves_nothing(store, twice):
    before = rows_of(store)

    seen = casework.preview_households(store, *ids(twice))

    told = {c.label: (c.kept, c.gone, c.take) for c in seen.choices}
    assert told["氏名"] == ("髙橋 花子", "高橋花子", Take.KEPT)
    assert told["電話番号"] == ("", "000-0000-0001", Take.GONE)
    assert seen.moved == {"世帯員": 2, "相談受付・申込票": 1, "ケース": 1}
    assert seen.numbers == ("R8-0002",)
    assert rows_of(store) == before


def test_a_box_is_taken_from_either_side_or_from_both(store, twice, receive):
    first, second = (received.household for received in twice)
    key = f"persons.{second.members[0].id}."
    takes = {f"{key}name": Take.GONE, f"{key}address": Take.GONE}

    merged = casework.merge_households(store, *ids(twice), takes=takes, reason=WHY)

    assert (merged.record.members[0].name, merged.record.members[0].address) == ("高橋花子", None)
    third = receive(Person(name="髙橋 花子", birth=BORN, telephone="000-0000-0009")).household
    both = {f"persons.{third.members[0].id}.telephone": Take.BOTH}
    again = casework.merge_households(store, first.id, third.id, takes=both, reason=WHY)
    assert again.record.members[0].telephone == "000-0000-0001、000-0000-0009"


def test_without_a_reason_nothing_is_merged(store, twice):
    with pytest.raises(Invalid):
        casework.merge_households(store, *ids(twice), reason=" ")


def test_whoever_has_the_household_open_sees_a_conflict_and_loses_nobody(store, twice):
    before = store.load(Household, ids(twice)[0])
    casework.merge_households(store, *ids(twice), reason=WHY)

    with pytest.raises(Conflict):
        store.save(replace(before, living_note="開いたままの画面から"))


def test_two_drawn_families_become_one_drawing(store, twice):
    for received, kind in zip(twice, (KinKind.PARENT, KinKind.PARENT), strict=True):
        mother, child = received.household.members
        line = Kinship(person=mother.id, kind=kind, other=child.id)
        casework.draw_family(store, received.household, FamilyMap(drawn_on=DAY, kinships=(line,)))

    casework.merge_households(store, *ids(twice), reason=WHY)

    (drawn,) = store.find(FamilyMap)
    mother = twice[0].household.members[0].id
    assert [line.person for line in drawn.kinships] == [mother, mother]


# 秘匿と相手方


def test_masking_is_never_lost_by_a_merge(store, receive):
    one = receive(Person(name="見本 雪", birth=BORN, address="前の町1-1"))
    two = receive(Person(name="見本 雪", birth=BORN, is_masked=True, address="秘密町9-9"))
    homes = (one.household.id, two.household.id)
    store.account = "not-her-worker"

    seen = casework.preview_households(store, *homes)
    merged = casework.merge_households(store, *homes, reason=WHY)

    assert merged.record.members[0].is_masked is True
    assert "秘密町" not in repr(seen)


def test_a_hidden_woman_and_her_opponent_are_put_together_only_by_the_chief(store, receive):
    hers = receive(Person(name="見本 雪", is_masked=True)).household
    his = receive(Person(name="見本 剛", is_opponent=True)).household
    allowed = Override(rule="merge.opponents", reason="和解し同居", allowed_by="課長 例示")

    with pytest.raises(NotAllowed) as refusal:
        casework.merge_households(store, hers.id, his.id, reason=WHY)
    merged = casework.merge_households(store, hers.id, his.id, reason=WHY, overrides=(allowed,))

    assert [p.rule for p in refusal.value.problems] == ["merge.opponents"]
    assert len(merged.record.members) == 2
    assert store.db.table("overrides").count == 1


# ケースを統合する


@pytest.fixture
def two_cases(store, twice):
    """Two cases of the mother, in one household by now."""
    casework.merge_households(store, *ids(twice), reason=WHY)
    return tuple(store.find(Case))


def test_the_notes_of_both_cases_stand_in_one(store, two_cases):
    kept, gone = two_cases
    for number, case in enumerate(two_cases):
        note = CaseNote(happened_at=datetime(2026, 10, 6 + number, 10), content=f"{number}回目")
        casework.write_note(store, case, note)

    merged = casework.merge_cases(store, kept.id, gone.id, reason=WHY)

    assert len(store.find(CaseNote, case_id=kept.id)) == 2
    assert store.find(Case) == [merged.record]


def test_the_number_of_the_case_that_went_is_told_as_its_former_number(store, two_cases):
    kept, gone = two_cases
    merged = casework.merge_cases(store, kept.id, gone.id, reason=WHY)

    assert merges.former_numbers(store, "cases", kept.id) == ("R8-0002",)
    assert merges.now_at(store, "cases", gone.id) == merged.record.id


def test_cases_of_two_people_or_households_are_not_merged(store, twice):
    one, two = twice

    with pytest.raises(NotAllowed) as refusal:
        casework.merge_cases(store, one.case.id, two.case.id, reason=WHY)

    assert [p.rule for p in refusal.value.problems] == ["merge.other_household"]


def test_two_plans_in_force_are_not_run_together(store, two_cases):
    for case in two_cases:
        store.save(SupportPlan(case_id=case.id, client_id=case.client_id, state=PlanState.AGREED))

    with pytest.raises(NotAllowed) as refusal:
        casework.merge_cases(store, *(case.id for case in two_cases), reason=WHY)

    assert [p.rule for p in refusal.value.problems] == ["merge.two_plans"]


def test_a_running_case_does_not_go_into_one_that_has_ended(store, two_cases):
    kept, gone = two_cases
    ended = casework.change_status(store, kept, CaseStatus.CLOSED, on=DAY, reason="転居")

    with pytest.raises(NotAllowed) as refusal:
        casework.merge_cases(store, ended.id, gone.id, reason=WHY)

    assert [p.rule for p in refusal.value.problems] == ["merge.kept_ended"]
    assert casework.merge_cases(store, gone.id, ended.id, reason=WHY).record.id == gone.id


def test_an_excluded_party_of_either_case_stays_excluded(store, two_cases):
    agencies = list(store.lexicon().refs["agencies"])[:2]
    for case, agency in zip(two_cases, agencies, strict=True):
        store.save(replace(case, excluded_agencies=(agency,)))

    merged = casework.merge_cases(store, *(case.id for case in two_cases), reason=WHY)

    assert set(merged.record.excluded_agencies) == set(agencies)


def test_a_record_is_not_merged_with_itself(store, two_cases, twice):
    home = twice[0].household.id
    for refused in (
        lambda: casework.merge_households(store, home, home, reason=WHY),
        lambda: casework.merge_cases(store, two_cases[0].id, two_cases[0].id, reason=WHY),
    ):
        with pytest.raises(NotAllowed) as refusal:
            refused()
        assert [p.rule for p in refusal.value.problems] == ["merge.same_record"]


def test_the_cases_of_two_people_of_one_household_stay_two(store, twice):
    home = casework.merge_households(store, *ids(twice), same={}, reason=WHY).record
    one, two = store.find(Case, household_id=home.id)

    with pytest.raises(NotAllowed) as refusal:
        casework.merge_cases(store, one.id, two.id, reason=WHY)

    assert [p.rule for p in refusal.value.problems] == ["merge.other_client"]


def test_what_is_to_be_looked_at_is_said_before_the_merge(store, twice):
    one, two = twice
    mother, daughter = two.household.members
    younger = replace(mother, birth=PartialDate(1951, 4, 1))
    store.save(replace(two.household, members=(younger, daughter)))
    same = {mother.id: one.household.members[0].id}

    seen = casework.preview_households(store, *ids(twice), same=same)

    assert [p.rule for p in seen.problems] == [
        "merge.born_apart",
        "merge.two_cases",
        "merge.relations",
    ]


# 旧番号・資料・数字


def test_the_former_number_is_on_the_sheet_and_finds_the_case(store, two_cases):
    kept, gone = two_cases
    casework.merge_cases(store, kept.id, gone.id, reason=WHY)

    about = papers.about(store, case_id=kept.id)

    assert (about.number, about.former) == ("R8-0001", ("R8-0002",))
    assert [line.case_id for line in lists.cases(store, "R8-0002")] == [kept.id]
    assert [line.number for line in lists.intakes(store, "R8-0002")] == ["R8-0002"]


def test_the_merged_household_counts_once_in_the_year(store, twice):
    year = (date(2026, 4, 1), date(2027, 3, 31))
    one = yearly.CATALOGUE["intakes"]
    before = [yearly.count(store, one, *year, way) for way in yearly.Way if way in one.ways]

    casework.merge_households(store, *ids(twice), reason=WHY)

    after = [yearly.count(store, one, *year, way) for way in yearly.Way if way in one.ways]
    assert (before, after) == ([2, 2, 2], [2, 1, 1])


def test_a_merge_after_the_close_is_a_correction_with_its_cause(store, twice):
    casework.close_month(store, "2026-10", today=date(2026, 11, 2))

    seen = casework.preview_households(store, *ids(twice))
    casework.merge_households(store, *ids(twice), reason=WHY)
    due = closings.corrections(store, "2026-11", date(2026, 12, 1))

    assert "merge.closed_months" in [p.rule for p in seen.problems]
    assert any("R8-0002 統合（10月" in (line.cause or "") for line in due)


def test_what_was_exported_after_a_merge_comes_back_unchanged(store, twice, tmp_path):
    casework.merge_households(store, *ids(twice), reason=WHY)
    before = rows_of(store)
    ledger.export_ledger(store, tmp_path / "台帳.xlsx")

    taken = ledger.import_ledger(store, tmp_path / "台帳.xlsx", today=DAY)

    assert (taken.refused, taken.unchanged) == ((), 2)
    assert rows_of(store)["households"] == before["households"]


# 統合を元に戻す


def test_a_merge_taken_back_leaves_every_table_as_it_was(store, twice):
    before = rows_of(store)
    merged = casework.merge_households(store, *ids(twice), reason=WHY)

    kept = casework.undo_merge(store, merged.merge_id, reason="別の家族だった")

    assert kept == () and rows_of(store) == before
    assert store.verify() == []
    with pytest.raises(NotAllowed):
        casework.undo_merge(store, merged.merge_id, reason="もう一度")


def test_what_came_since_stays_with_the_household_that_stands(store, twice):
    one, two = (received.household for received in twice)
    merged = casework.merge_households(store, *ids(twice), reason=WHY)
    member = Person(relation="孫", name="髙橋 三太")
    home = store.save(replace(merged.record, members=(*merged.record.members, member)))
    casework.receive_intake(store, household=home, intake=Intake(received_on=date(2026, 11, 1)))

    casework.undo_merge(store, merged.merge_id, reason="別の家族だった")

    kept, parted = (store.load(Household, home.id) for home in (one, two))
    assert [p.name for p in kept.members] == ["髙橋 花子", "髙橋 一郎", "髙橋 三太"]
    assert [p.name for p in parted.members] == ["高橋花子", "髙橋 二葉"]
    assert numbers_of(store, one) == {"R8-0001", "R8-0003"}


def test_a_box_written_anew_since_stays_and_is_told(store, twice):
    merged = casework.merge_households(store, *ids(twice), reason=WHY)
    mother, *others = merged.record.members
    new = replace(mother, telephone="000-0000-0009")
    store.save(replace(merged.record, members=(new, *others)))

    kept = casework.undo_merge(store, merged.merge_id, reason="別の家族だった")

    assert kept == ("「世帯員」の「電話番号」",)
    home = store.load(Household, ids(twice)[0])
    assert home.members[0].telephone == "000-0000-0009"


def test_what_was_disposed_of_cannot_be_taken_back(store, twice):
    merged = casework.merge_households(store, *ids(twice), reason=WHY)
    store.db.execute("UPDATE changes SET payload = NULL, salt = NULL WHERE action = 'merge'")

    with pytest.raises(NotAllowed, match="廃棄"):
        casework.undo_merge(store, merged.merge_id, reason="別の家族だった")


def test_what_hangs_on_both_since_stops_the_undo_in_words(store, twice):
    merged = casework.merge_households(store, *ids(twice), reason=WHY)
    daughters = next(p for p in merged.record.members if p.relation == "長女")
    store.save(
        Intake(household_id=merged.record.id, client_id=daughters.id, received_on=date(2026, 11, 1))
    )
    before = rows_of(store)

    with pytest.raises(NotAllowed, match="「相談受付・申込票」3番"):
        casework.undo_merge(store, merged.merge_id, reason="別の家族だった")

    assert rows_of(store) == before


def test_merges_on_top_of_each_other_are_taken_back_from_the_last(store, twice, receive):
    third = receive(Person(name="髙橋 花子", birth=BORN)).household
    before = rows_of(store)
    first = casework.merge_households(store, *ids(twice), reason=WHY)
    second = casework.merge_households(store, third.id, ids(twice)[0], reason=WHY)

    with pytest.raises(NotAllowed, match="あとの統合"):
        casework.undo_merge(store, first.merge_id, reason="違った")
    for merge in (second, first):
        casework.undo_merge(store, merge.merge_id, reason="違った")

    assert rows_of(store) == before


@pytest.fixture(scope="module")
def town():
    """A town with every form in it, to merge at random in."""
    clock = TownClock(date(2026, 10, 15))
    with open_store("", account="tantou", clock=clock) as store:
        make_town(store, households=40, seed=7, today=date(2026, 10, 15))
        yield store


@pytest.mark.parametrize("seed", range(12))
def test_any_two_households_and_cases_merge_and_come_apart_exactly(town, seed):
    chance = Random(seed)  # noqa: S311 - the same households again for a seed
    one, other = chance.sample(town.find(Household), 2)
    before = rows_of(town)
    same = dict(zip((p.id for p in other.members), (p.id for p in one.members), strict=False))
    chief = tuple(Override(rule=r, reason="急ぐ", allowed_by="課長") for r in ("merge.opponents",))

    merged = casework.merge_households(
        town, one.id, other.id, same=same, takes={}, reason=WHY, overrides=chief
    )
    assert left_behind(town, merges.get(town, merged.merge_id).pairs) == []
    casework.undo_merge(town, merged.merge_id, reason="違った")

    assert rows_of(town) == before


def test_after_all_these_merges_the_chain_still_adds_up(town):
    assert town.verify() == []


# 別の人です


def test_who_was_told_apart_is_not_asked_about_again(store, twice):
    one, two = (received.household.members[0].id for received in twice)

    casework.tell_apart(store, two, one)
    casework.tell_apart(store, one, two)

    assert merges.apart_from(store, [one]) == {two} and merges.apart_from(store, [two]) == {one}
    assert store.db.table("told_apart").count == 1


# 机から


@pytest.fixture
def duplicates(opened):
    """The section 重複の疑い at the desk, over a mother who was received twice."""
    for number, name in enumerate(("髙橋 花子", "高橋花子")):
        home = Household(
            members=(Person(name=name, birth=BORN, telephone=f"000-0000-000{number}"),)
        )
        sheet = Intake(received_on=DAY, screening="continuing")
        casework.receive_intake(opened.store, household=home, intake=sheet)
    opened.open_page("進行管理", ("duplicates",))
    return opened.pages["進行管理"].parts[-1]


def test_what_may_be_twice_is_listed_with_its_reasons(duplicates):
    assert duplicates.listing.texts() == [
        ["髙橋 花子（R8-0001）", "高橋花子（R8-0002）", "世帯", "氏名が同じ・生年月日が同じ",
         "同じ人と思われます"]
    ]  # fmt: skip


def because(view, words):
    """Write the reason and press."""
    view.reason.box_set.by_name["reason"].text = words
    view.press()


def test_a_pair_is_merged_at_the_desk_and_taken_back(opened, duplicates):
    before = rows_of(opened.store)
    duplicates.listing.choose(0)
    view = duplicates.room.children[-1]
    box = next(row for row in view.boxes.rows if row["label"].endswith("電話番号"))
    view.boxes.choose(box["key"], "both")
    because(view, WHY)
    assert "統合しました" in duplicates.banner.text and len(opened.store.find(Household)) == 1
    assert duplicates.made.texts()[0][4] == "統合中"

    duplicates.made.choose(0)
    because(duplicates.room.children[-1], "別の家族だった")

    assert "元に戻しました" in duplicates.banner.text and rows_of(opened.store) == before


def test_a_pair_that_is_two_people_is_not_listed_again(opened, duplicates):
    duplicates.listing.choose(0)
    duplicates.room.children[0].children[1].click()

    assert "別の人として残しました" in duplicates.banner.text
    assert duplicates.listing.texts() == [] and len(opened.store.find(Household)) == 2


def test_two_households_are_chosen_by_their_numbers(duplicates):
    boxes = duplicates.numbers.box_set.by_name
    boxes["kept"].text, boxes["gone"].text = "R8-0002", "R8-0001"
    duplicates.by_numbers()
    view = duplicates.room.children[-1]
    assert view.ids == (2, 1)

    view.swap()

    assert view.ids == (1, 2) and view.same == {2: 1}


def test_a_member_is_said_to_be_somebody_else(duplicates):
    duplicates.listing.choose(0)
    view = duplicates.room.children[-1]

    view.match("2", "new")

    assert view.same == {} and view.moved.texts()[0] == ["世帯員", "1"]
    view.match("2", "1")
    assert view.same == {2: 1}


def test_two_running_cases_of_one_person_are_listed_to_be_merged(opened, duplicates):
    duplicates.listing.choose(0)
    because(duplicates.room.children[-1], WHY)

    (line,) = duplicates.listing.texts()
    assert line[2:4] == ["ケース", "同じ人のケースが二つ動いている"]
    duplicates.listing.choose(0)
    because(duplicates.room.children[-1], WHY)
    assert len(opened.store.find(Case)) == 1


def test_the_former_number_stands_at_the_head_of_the_clients_page(opened, duplicates):
    duplicates.listing.choose(0)
    because(duplicates.room.children[-1], WHY)
    opened.open_page("相談受付", (1, None))

    texts = opened.pages["相談受付"].parts[-1].head.texts

    assert texts[texts.index("旧番号") + 1] == "R8-0002"
