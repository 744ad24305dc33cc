"""窓口・制度の登録簿: kept, searched, matched to a case, confirmed, and printed for anybody."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework, cli, open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.documents.register import register
from jusou_nb.errors import Invalid, NotAllowed, NotFound
from jusou_nb.fields import Ref
from jusou_nb.forms import Agency, IssueMark, Scheme, SchemeCheck, SchemeStep
from jusou_nb.forms.office import ReachedBy
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.runner import papers
from jusou_nb.runner.reprinting import reprint
from jusou_nb.store.due import due_items
from jusou_nb.store.register import find_schemes, running_schemes
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.support_entries import scheme_entry

TODAY = date(2026, 10, 5)


@pytest.fixture
def desk_of(store):
    def find(name):
        return Ref(store.find(Agency, name=name)[0].id)

    return find


@pytest.fixture
def money(store, desk_of):
    """A scheme for whoever is in debt."""
    scheme = Scheme(
        name="生活福祉資金", agency=desk_of("社会福祉協議会"), fields=("hardship",),
        issues=("debt", "financial_hardship"), for_whom="収入が少ない世帯",
        conditions="返す見込みがあること", reached_by=(ReachedBy.VISIT, ReachedBy.TELEPHONE),
        steps=(SchemeStep(what="ｿｳﾀﾞﾝの予約をする", desk=desk_of("社会福祉協議会")),),
    )  # fmt: skip
    return casework.register_scheme(store, scheme, today=TODAY).scheme


@pytest.fixture
def home(store):
    """A scheme for whoever stays at home, of no agency."""
    scheme = Scheme(name="居場所「架空の家」", fields=("gap", "elderly"), telephone="000-0000-8002",
                    issues=("hikikomori", "eighty_fifty"))  # fmt: skip
    return casework.register_scheme(store, scheme, today=TODAY).scheme


def rules(kept):
    return {problem.rule for problem in kept.remarks}


def printed(store, field="all", today=TODAY):
    return register(store, field, today=today).html


def stale(store, day):
    return [d.record_id for d in due_items(store, day, until=day, kinds={"stale_schemes"})]


def test_what_is_registered_counts_as_confirmed_on_that_day(money):
    assert money.confirmed_on == TODAY


def test_a_scheme_needs_a_name_and_says_what_makes_it_hard_to_find_and_to_reach(store):
    with pytest.raises(Invalid):
        casework.register_scheme(store, Scheme(for_whom="だれでも"), today=TODAY)

    kept = casework.register_scheme(store, Scheme(name="例示手当"), today=TODAY)
    assert rules(kept) == {"scheme_register.no_issue", "scheme_register.no_desk"}


def test_the_register_is_searched_by_issue_field_and_words(store, money, home):
    assert find_schemes(store, issue="debt") == [money]
    assert find_schemes(store, field="gap") == [home]
    assert find_schemes(store, text="そうだん 生活") == [money]
    assert find_schemes(store, issue="debt", field="gap") == []
    assert find_schemes(store) == [home, money]


def test_a_case_finds_the_schemes_that_fit_its_issues_with_reasons(desk, money, home):
    (fitting,) = casework.matching_schemes(desk.store, desk.case)

    assert fitting.scheme == home
    assert fitting.reasons == (
        "課題「ひきこもり」に合う",
        "課題「8050(高齢の親と無業・ひきこもりの子)」に合う",
    )


def test_what_the_assessment_finds_later_brings_further_schemes(desk, money, home):
    sheet = casework.assessment_sheet(desk.store, desk.case, on=TODAY)
    marks = (*sheet.marks, IssueMark(issue="debt", whose=Ref(desk.mother.id)))
    casework.assess(desk.store, desk.case, replace(sheet, author="担当", marks=marks))

    found = [one.scheme.name for one in casework.matching_schemes(desk.store, desk.case)]
    assert found == [home.name, money.name]


def test_a_scheme_without_issues_fits_by_its_field_alone(desk):
    desk.store.save(replace(desk.intake, fields=("elderly",)))
    casework.register_scheme(
        desk.store, Scheme(name="見守り配食", fields=("elderly",)), today=TODAY
    )

    (fitting,) = casework.matching_schemes(desk.store, desk.case)
    assert fitting.reasons == ("分野「高齢（介護）」に合う",)


def test_a_scheme_is_taken_over_into_the_check_without_typing_it_again(desk, money):
    check = casework.check_of_scheme(money, on=TODAY)
    result = replace(check, result=SchemeResult.IN_USE)
    kept = casework.check_scheme(desk.store, desk.case, result)

    assert (kept.scheme, kept.agency, kept.checked_on) == (money.name, money.agency, TODAY)


def test_the_desk_opens_the_check_with_the_best_scheme_that_is_not_tried_yet(desk, home):
    session = Session(desk.store, TODAY)
    entry = scheme_entry(session, desk.case, lambda _done: None)
    filled = entry.forms["record"].as_it_stands()
    assert filled.scheme == home.name

    casework.check_scheme(desk.store, desk.case, replace(
        SchemeCheck(checked_on=TODAY, scheme=home.name), result=SchemeResult.IN_USE))  # fmt: skip
    (fitting,) = casework.matching_schemes(desk.store, desk.case)
    assert fitting.is_checked


def test_a_scheme_nobody_has_confirmed_for_a_year_waits_until_somebody_does(store, money):
    assert stale(store, date(2027, 10, 4)) == []
    assert stale(store, date(2027, 10, 5)) == [money.id]

    casework.confirm_scheme(store, money, on=date(2027, 10, 5))
    assert stale(store, date(2027, 10, 5)) == []


def test_a_scheme_that_was_never_confirmed_waits_at_once(store):
    kept = store.save(Scheme(name="例示手当"))

    assert stale(store, TODAY) == [kept.id]


def test_a_scheme_that_ended_leaves_lists_searches_and_papers_but_not_the_record(store, money):
    ended = casework.end_scheme(store, money, on=date(2026, 10, 31)).scheme

    assert find_schemes(store, issue="debt", on=date(2026, 10, 31)) == [ended]
    assert find_schemes(store, issue="debt", on=date(2026, 11, 1)) == []
    assert running_schemes(store) == []
    assert money.name not in printed(store, today=date(2026, 11, 1))
    assert store.load(Scheme, money.id) == ended
    assert stale(store, date(2028, 1, 1)) == []


def test_a_scheme_ends_once_and_is_not_confirmed_afterwards(store, money):
    ended = casework.end_scheme(store, money, on=TODAY).scheme

    for again in (casework.end_scheme, casework.confirm_scheme):
        with pytest.raises(NotAllowed) as refused:
            again(store, ended, on=date(2026, 12, 1))
        assert "終わった日" in str(refused.value)


def test_the_list_for_citizens_stands_by_field_with_desks_and_steps(store, money, home):
    page = printed(store)

    assert page.index("高齢（介護）") < page.index("生活困窮") < page.index("制度の狭間")
    assert page.count(home.name) == 2 and page.count(money.name) == 1
    for word in (
        "収入が少ない世帯", "返す見込み", "窓口へ行く、電話", "予約をする（社会福祉協議会）",
        "000-0000-8002", "令和8年10月5日に確認", "見本市様式",
    ):  # fmt: skip
        assert word in page


def test_one_field_is_printed_alone_and_an_unknown_one_is_named(store, money, home):
    page = printed(store, "hardship")

    assert money.name in page and home.name not in page
    with pytest.raises(NotFound, match="hardship（生活困窮）"):
        printed(store, "nothing")


def test_what_a_scheme_leaves_open_comes_from_its_desk(store, money):
    desk = store.load(Agency, money.agency)
    store.save(replace(desk, telephone="000-0000-8009", open_when="平日 9:00〜17:00",
                       takes="貸付の相談", address="見本市架空町1-1"))  # fmt: skip
    page = printed(store)

    assert page.count("000-0000-8009") == 2 and page.count("平日 9:00〜17:00") == 2
    assert "貸付の相談" in page and "見本市架空町1-1" in page


def test_nothing_internal_of_an_agency_is_on_the_list(store, money):
    desk = store.load(Agency, money.agency)
    store.save(replace(desk, takes="貸付の相談", aliases=("内輪の呼び名",)))
    page = printed(store)

    assert not any(word in page for word in ("内輪の呼び名", "民間", "庁内", "別の呼び方", "社協"))
    assert "ハローワーク" not in page


def test_the_list_made_again_is_the_same_and_a_change_gives_it_another_number(store, money):
    first, again = (register(store, "all", today=TODAY) for _ in range(2))
    assert (first.html, first.identity.number) == (again.html, again.identity.number)

    casework.confirm_scheme(store, money, on=date(2026, 10, 6))
    assert register(store, "all", today=TODAY).identity.number != first.identity.number


def test_the_sample_town_keeps_its_register_and_forgets_one(store):
    make_town(store, households=1, seed=1, today=date(2026, 12, 10))
    (forgotten,) = stale(store, date(2026, 12, 10))

    assert store.load(Scheme, forgotten).name == "子育て短期支援"
    assert len(running_schemes(store)) == len(store.find(Scheme)) - 1 == 8
    assert "000-0000-80" in printed(store, today=date(2026, 12, 10))


@pytest.mark.slow
def test_the_list_is_printed_from_the_command_line(tmp_path):
    path, out = tmp_path / "a.db", tmp_path / "out"
    with open_store(path) as store:
        scheme = Scheme(name="例示手当", fields=("hardship",), telephone="000-0000-8003")
        casework.register_scheme(store, scheme, today=TODAY)

    assert cli.run(["register", str(path), "--field", "hardship", "--out", str(out)]) == 0
    (made,) = out.glob("*.html")
    page = made.read_text(encoding="utf-8")
    assert made.name == "窓口・制度一覧_生活困窮.html"
    assert "例示手当" in page and "<script" not in page and "文書番号 窓口" in page


@pytest.mark.slow
def test_the_list_of_an_earlier_day_is_printed_again_as_it_was(tmp_path):
    path, out = tmp_path / "a.db", tmp_path / "out"
    with open_store(path) as store:
        scheme = Scheme(name="例示手当", fields=("hardship",), telephone="000-0000-8003")
        kept = casework.register_scheme(store, scheme, today=TODAY).scheme
    made = papers.register(path, out, TODAY, field="hardship").read_text(encoding="utf-8")
    number = made.split("文書番号 ")[-1].split("</p>")[0]
    with open_store(path) as store:
        casework.end_scheme(store, kept, on=TODAY)

    again = reprint(path, number, out, reason="窓口で汚れたため").read_text(encoding="utf-8")
    assert "例示手当" in again and "再印刷" in again
