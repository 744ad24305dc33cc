"""Papers in one worker's hand: what they hold, and what whoever finds them does not learn."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework, open_store
from jusou_nb.choices import Category
from jusou_nb.documents.slips import host_request, visit_slip
from jusou_nb.errors import NotFound
from jusou_nb.forms import Host, Household, Matching, Outreach, ParticipationMenu, Visit
from jusou_nb.problems import Override
from jusou_nb.runner import papers

DAY = date(2026, 10, 15)
LET = (Override(rule="visit.beyond_consent", reason="電話で本人に聞いた", allowed_by="課長"),)


@pytest.fixture
def visit(desk):
    """A visit to the mother, with an agency along, planned from an outreach with cautions."""
    sheet = Outreach(
        found_through="conference",
        whereabouts="架空町の青い家",
        contact_caution="夜はかけない",
        visit_caution="犬がいる",
    )
    begun = casework.begin_outreach(desk.store, sheet, case=desk.case, today=DAY).outreach
    planned = Visit(
        planned_at=datetime(2026, 10, 16, 14),
        back_by=datetime(2026, 10, 16, 15),
        worker="見本　推進",
        companion_agency=desk.store.lexicon().spellings["agencies"]["アウトリーチ事業者"],
        purpose="同意のこと",
    )
    return casework.plan_visit(desk.store, planned, outreach=begun, overrides=LET).visit


@pytest.fixture
def match(desk, agree):
    """A matching of the mother with a farm of an agency that her consent reaches."""
    council = desk.store.lexicon().spellings["agencies"]["社会福祉協議会"]
    agree(agencies=(council,))
    farm = Host(name="架空農園", agency=council, state="ready", days=("mon",), contact="農園 主")
    farm = casework.keep_host(desk.store, farm, today=DAY).host
    said = ParticipationMenu(
        wish="土にさわりたい",
        activities=("farming",),
        limits=("quiet",),
        limits_note="大きな音で倒れる",
    )
    menu = casework.draw_menu(desk.store, desk.case, said, today=DAY).menu
    return casework.propose_host(desk.store, menu, Matching(host=farm.id), today=DAY).matching


def test_a_visit_slip_names_no_programme_no_office_and_nobody(desk, visit):
    page = visit_slip(desk.store, visit.id, day=DAY).html

    named = ("重層", "アウトリーチ", "参加支援", "福祉", desk.store.profile.office)
    people = ("見本 花子", "見本　花子", "青い家", "架空町1-1", "同意のこと")
    assert [word for word in (*named, *people) if word in page] == []
    assert "14:00" in page and "見本　推進" in page and "見本市" in page


def test_a_visit_slip_holds_no_caution(desk, visit):
    page = visit_slip(desk.store, visit.id, day=DAY).html

    assert "犬" not in page and "夜" not in page


def test_nothing_is_left_at_the_door_of_a_house_with_somebody_in_hiding(desk, visit):
    assert "うかがいました" in visit_slip(desk.store, visit.id, day=DAY).html
    mother, son = desk.store.load(Household, desk.household.id).members
    hidden = replace(desk.household, members=(mother, replace(son, is_opponent=True)))
    desk.store.save(hidden)

    assert "うかがいました" not in visit_slip(desk.store, visit.id, day=DAY).html


def test_a_host_is_told_nothing_unless_the_person_chose_it(desk, match):
    page = host_request(desk.store, match.id, day=DAY).html

    assert "架空農園" in page and "見学" in page
    assert [w for w in ("見本 花子", "農作業", "静かな場所", "土にさわり") if w in page] == []


def test_a_host_is_told_what_was_chosen_and_no_sentence(desk, match):
    told = replace(match, told_host=(Category.ISSUES, Category.HEALTH))
    casework.choose_told(desk.store, told, today=DAY)
    page = host_request(desk.store, match.id, day=DAY).html

    assert "農作業・園芸" in page and "静かな場所" in page
    assert [w for w in ("見本 花子", "土にさわり", "大きな音") if w in page] == []


def test_a_host_reads_who_comes_only_with_the_name_chosen(desk, match):
    casework.choose_told(desk.store, replace(match, told_host=(Category.IDENTITY,)), today=DAY)
    page = host_request(desk.store, match.id, day=DAY).html

    assert "見本 花子" in page
    assert "架空町1-1" not in page and "農作業" not in page


def test_what_is_withdrawn_is_on_the_next_paper_no_more(desk, match, given):
    told = replace(match, told_host=tuple(Category))
    casework.choose_told(desk.store, told, today=DAY)
    over = replace(given, state="withdrawn", stated_on=date(2026, 10, 20))
    casework.withdraw_consent(desk.store, desk.mother.id, over)

    assert "見本 花子" in host_request(desk.store, match.id, day=DAY).html
    page = host_request(desk.store, match.id, day=date(2026, 10, 20)).html
    assert "見本 花子" not in page and "静かな場所" not in page


def test_the_same_paper_has_the_same_number_until_something_on_it_changes(desk, match):
    one, two = (host_request(desk.store, match.id, day=DAY).identity for _ in range(2))
    casework.choose_told(desk.store, replace(match, told_host=(Category.ISSUES,)), today=DAY)

    assert one.number == two.number
    assert host_request(desk.store, match.id, day=DAY).identity.number != one.number


def test_a_slip_of_nothing_is_said_so(store):
    for paper in (visit_slip, host_request):
        with pytest.raises(NotFound):
            paper(store, 99, day=DAY)


@pytest.mark.slow
def test_a_visit_slip_is_made_as_a_page_of_its_own(tmp_path):
    with open_store(tmp_path / "office.db") as store:
        planned = Visit(planned_at=datetime(2026, 10, 16, 14), back_by=datetime(2026, 10, 16, 15),
                        worker="見本　推進")  # fmt: skip
        visit = casework.plan_visit(store, planned).visit

    made = papers.slip(tmp_path / "office.db", "訪問票", visit.id, tmp_path / "out", DAY)
    page = made.read_text(encoding="utf-8")
    assert made.name == f"訪問票_{visit.id}.html"
    assert "<title>訪問票" in page and "重層" not in page and "アウトリーチ" not in page
