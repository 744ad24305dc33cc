"""引継書: what the next worker reads of a case, of all cases, and what stays off the paper."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.cli import run
from jusou_nb.documents.handover import after, before, of_case
from jusou_nb.errors import NotFound
from jusou_nb.forms import (
    AgendaItem,
    Case,
    CaseNote,
    Decision,
    Household,
    Referral,
    Succession,
    WorkerRole,
)
from jusou_nb.store import open_store, roles

DAY = date(2026, 10, 15)


@pytest.fixture
def page(desk):
    """The 引継書 of the mother's case, as it is printed now."""
    return lambda: of_case(desk.store, desk.case.id, day=DAY).html


def note(desk, **boxes):
    said = {"happened_at": datetime(2026, 10, 6, 10), "content": "玄関で話した", **boxes}
    return casework.write_note(desk.store, desk.case, CaseNote(**said))


def test_a_promise_is_handed_over_with_its_day_and_its_words(desk, page):
    note(desk, next_action="通院に付きそう", next_due=date(2026, 10, 12))

    assert "通院に付きそう" in page() and "令和8年10月12日（3日超過）" in page()


def test_what_a_sitting_settled_is_handed_over_with_what_became_of_it(desk, put, page):
    item = put("confidential")
    settled = Decision(what="家計を見る", due_on=date(2026, 11, 1), progress="一度会えた")
    desk.store.save(replace(desk.store.load(AgendaItem, item.id), decisions=(settled,)))

    assert "家計を見る" in page() and "一度会えた" in page()


def test_cautions_before_a_visit_are_handed_over(desk, page):
    mother, son = desk.store.load(Household, desk.household.id).members
    home = replace(desk.household, members=(mother, replace(son, visit_caution="犬がいる")))
    desk.store.save(home)

    assert "犬がいる" in page() and "訪問上の注意" in page()


def test_whoever_told_us_is_not_handed_over_on_paper(desk, page):
    note(desk, counterpart="近隣 通報子")

    assert [word for word in ("通報子", "近隣 ") if word in page()] == []


def test_where_somebody_hidden_can_be_reached_is_not_on_the_paper(desk, page):
    mother, son = desk.store.load(Household, desk.household.id).members
    hidden = replace(mother, contact_note="夜は母の家", is_masked=True)
    desk.store.save(replace(desk.household, members=(hidden, son)))

    assert "夜は母の家" not in page() and "秘匿" in page()


def test_a_suspicion_is_on_no_paper_that_lies_about(desk, page):
    desk.store.save(replace(desk.intake, issues=("abuse",)))

    assert "通報・通告" not in page()


def test_the_state_and_reach_of_consent_is_handed_over(desk, agree, page):
    assert "聞いていない" in page()
    agree()

    assert "同意あり　令和8年10月5日" in page() and "社会福祉課" in page()


def test_who_was_turned_to_stands_with_the_last_answer(desk, page):
    agency = desk.store.lexicon().spellings["agencies"]["社会福祉協議会"]
    sent = Referral(destination=agency, sent_on=date(2026, 10, 7), client_id=desk.mother.id,
                    household_id=desk.household.id, answer="received")  # fmt: skip
    desk.store.save(sent)

    assert "社会福祉協議会" in page() and "令和8年10月7日　受け取った" in page()


def test_the_paper_leads_to_what_was_heard_already_by_its_number(desk, page):
    assert "聞取" in page() and "既に伺ったこと" in page()


def test_a_note_of_three_thousand_characters_is_cut_and_says_where_the_rest_is(desk, page):
    note(desk, content="長い話" * 1000)

    assert page().count("長い話") < 150 and "続きは記録にあります" in page()


def test_a_case_of_which_nothing_is_written_has_a_paper_all_the_same(desk, page):
    empty = page()

    assert "待っていることはありません" in empty or "約束と期限" in empty
    assert "支援経過の記録がありません" in empty and "会議で決めたことはありません" in empty


def test_the_number_changes_with_a_note_and_not_with_the_day(desk):
    def number(day):
        return of_case(desk.store, desk.case.id, day=day).identity.number

    first = number(DAY)
    assert number(date(2026, 12, 1)) == first
    note(desk)
    assert number(DAY) != first


def test_a_struck_note_leaves_the_paper_and_changes_its_number(desk, page):
    kept = note(desk, content="取り消した文")
    first = of_case(desk.store, desk.case.id, day=DAY).identity.number
    desk.store.strike(kept, "まちがい")

    assert "取り消した文" not in page()
    assert of_case(desk.store, desk.case.id, day=DAY).identity.number != first


@pytest.fixture
def carried(desk):
    """The mother's case is carried by 架空 前任, whose role is recorded, and 後任's."""
    case = desk.store.load(Case, desk.case.id)
    desk.store.save(replace(case, coordinator="架空　前任"))
    role = WorkerRole(role="coordinator", since=date(2026, 4, 1))
    desk.store.save(replace(role, worker="架空　後任"))
    return desk.store.save(replace(role, worker="架空　前任"))


def test_all_that_a_worker_carries_is_one_table_and_a_page_each(desk, carried):
    page = before(desk.store, carried.id, day=DAY).html

    assert page.count('class="form handover brief sheet"') == 1
    assert "R8-0001" in page and "見本 花子" in page and "1件" in page


def test_what_was_handed_over_is_printed_for_whoever_took_it(desk, carried):
    moved = Succession(leaving="架空　前任", taking="架空　後任", handed_on=DAY, reason="人事異動")
    made = casework.hand_over_work(desk.store, moved).succession
    page = after(desk.store, made.id, day=DAY).html

    assert "架空　前任" in page and "架空　後任" in page and "R8-0001" in page


def test_a_worker_without_cases_has_an_empty_table(desk):
    role = desk.store.save(WorkerRole(worker="例示　新任", role="consultant", since=DAY))

    assert "担当しているケースはありません" in before(desk.store, role.id, day=DAY).html


def test_a_handover_of_nothing_is_said_so(store):
    for paper in (of_case, after, before):
        with pytest.raises(NotFound):
            paper(store, 99, day=DAY)


def test_who_opens_no_case_prints_no_handover_of_cases(tmp_path, capsys):
    path = tmp_path / "office.db"
    with open_store(path, account=None) as store:
        casework.assign_role(store, WorkerRole(worker="架空　担当", role="coordinator", since=DAY))
        mine = store.worker_name()
        role = store.save(WorkerRole(worker=mine, role="clerk", since=date(2026, 4, 1)))
        assert roles.reading_problems(store, DAY)
    words = ["sheet", str(path), "引継書（担当の全ケース）", str(role.id)]

    assert run([*words, "--out", str(tmp_path / "out"), "--today", "2026-10-15"]) == 1
    assert "ケースの記録を開けません" in capsys.readouterr().err
