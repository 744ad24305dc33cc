"""月次締め: what was reported stays; what comes later is a 訂正 with its cause."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jusou_nb import open_store
from jusou_nb.casework import close_month, closing_problems, receive_intake
from jusou_nb.casework.sample import make_town
from jusou_nb.cli import run
from jusou_nb.dates import month_of
from jusou_nb.documents.monthly import report
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import Case, Household, Intake, MonthlyClosing, Person
from jusou_nb.problems import Override
from jusou_nb.rules.closings import may_close
from jusou_nb.store import counts, indicators
from jusou_nb.store.closings import closing_of, differences, last_reported
from jusou_nb.store.month_figures import month_figures
from jusou_nb.widgets.closing_view import ClosingView
from jusou_nb.widgets.session import Session

OCTOBER = date(2026, 10, 10)
NOVEMBER = date(2026, 11, 5)
DECEMBER = date(2026, 12, 2)


@pytest.fixture
def store():
    with open_store("") as opened:
        yield opened


def receive(store, name="見本 花子", on=OCTOBER):
    household = Household(members=(Person(name=name),))
    intake = Intake(received_on=on, screening="continuing")
    return receive_intake(store, household=household, intake=intake)


def value(closing, code):
    return {row.code: row.value for row in closing.figures}[code]


def told(rows):
    return {(row.month, row.code): (row.before, row.after) for row in rows}


def test_a_closed_month_keeps_the_figures_that_were_reported(store):
    receive(store)
    close_month(store, "2026-10", today=NOVEMBER)

    receive(store, "例示 二郎")

    closing = closing_of(store, "2026-10")
    assert value(closing, "intakes") == 1
    assert value(closing, "new") == 1
    assert value(closing, "standing") == 1


def test_what_is_entered_after_the_closing_is_told_as_a_correction_with_its_cause(store):
    receive(store)
    close_month(store, "2026-10", today=NOVEMBER)
    late = receive(store, "例示 二郎")

    (row,) = [r for r in differences(store, "2026-10", NOVEMBER) if r.code == "intakes"]

    assert (row.before, row.after) == (1, 2)
    assert late.intake.number in row.cause
    assert "あとから登録" in row.cause


def test_the_next_closing_carries_the_correction_once(store):
    receive(store)
    close_month(store, "2026-10", today=NOVEMBER)
    receive(store, "例示 二郎")

    november = close_month(store, "2026-11", today=DECEMBER).closing
    december = close_month(store, "2026-12", today=date(2027, 1, 5)).closing

    assert told(november.corrections)["2026-10", "intakes"] == (1, 2)
    assert told(november.corrections)["2026-10", "households"] == (1, 2)
    assert december.corrections == ()
    assert last_reported(store, "2026-10")["intakes"].value == 2


def test_a_struck_intake_is_a_correction_that_gives_the_reason(store):
    received = receive(store)
    close_month(store, "2026-10", today=NOVEMBER)
    store.strike(received.intake, "二重に登録したため")

    (row,) = [r for r in differences(store, "2026-10", NOVEMBER) if r.code == "intakes"]

    assert (row.before, row.after) == (1, 0)
    assert "取消: 二重に登録したため" in row.cause


def test_a_day_put_right_moves_the_case_to_another_month(store):
    case = receive(store).case
    close_month(store, "2026-10", today=NOVEMBER)
    store.save(replace(store.load(Case, case.id), opened_on=NOVEMBER, status_on=NOVEMBER))

    rows = {r.code: r for r in differences(store, "2026-10", NOVEMBER)}

    assert (rows["new"].before, rows["new"].after) == (1, 0)
    assert "開始日" in rows["new"].cause


def test_a_household_that_is_counted_later_names_the_intake_that_brought_it(store):
    receive(store)
    close_month(store, "2026-10", today=NOVEMBER)
    late = receive(store, "例示 二郎")

    rows = {r.code: r for r in differences(store, "2026-10", NOVEMBER)}

    assert late.intake.number in rows["households"].cause


def test_a_correction_names_nobody(store):
    receive(store)
    close_month(store, "2026-10", today=NOVEMBER)
    receive(store, "架空 三郎")

    rows = differences(store, "2026-10", NOVEMBER)

    assert rows
    assert [r for r in rows if "架空" in (r.cause or "")] == []


def test_a_month_without_changes_has_no_correction(store):
    receive(store)
    close_month(store, "2026-10", today=NOVEMBER)
    receive(store, "例示 二郎", on=NOVEMBER)

    assert differences(store, "2026-10", NOVEMBER) == []
    assert differences(store, "2026-09", NOVEMBER) == []


def test_a_month_is_closed_once(store):
    close_month(store, "2026-10", today=NOVEMBER)

    with pytest.raises(NotAllowed, match="もう締めてあります"):
        close_month(store, "2026-10", today=NOVEMBER)
    assert len(store.find(MonthlyClosing)) == 1


def test_a_month_that_is_not_over_waits_for_the_chief(store):
    with pytest.raises(NotAllowed, match="まだ終わっていません"):
        close_month(store, "2026-10", today=date(2026, 10, 31))

    allowed = Override(rule="closing.not_over", reason="議会に出すため", allowed_by="例示 課長")
    close_month(store, "2026-10", today=date(2026, 10, 31), overrides=(allowed,))
    assert closing_of(store, "2026-10") is not None


def test_an_earlier_month_that_is_open_is_pointed_out(store):
    receive(store, on=date(2026, 9, 10))

    rules = [p.rule for p in closing_problems(store, "2026-10", today=NOVEMBER)]

    assert rules == ["closing.earlier_open"]


def test_moves_that_do_not_lead_to_the_standing_cases_wait_for_the_chief():
    last = date(2026, 10, 31)
    found = may_close("2026-10", last, NOVEMBER, closed=(), unclosed=(), balances=False)

    assert [p.rule for p in found] == ["closing.balance"]


@pytest.fixture(scope="module")
def town():
    with open_store("") as opened:
        make_town(opened, households=20, seed=3, today=DECEMBER)
        yield opened


MONTHS = ["2026-08", "2026-09", "2026-10", "2026-11"]


@pytest.mark.parametrize("month", MONTHS)
def test_the_frozen_figures_are_those_of_the_reports(town, month):
    first, last = month_of(month)
    found = {f.code: f.value for f in month_figures(town, first, last, DECEMBER)}
    plans, moves = counts.plans(town, first, last), indicators.balance(town, first, last)

    assert found["intakes"] == indicators.intakes(town, first, last)
    assert found["households"] == indicators.households_received(town, first, last)
    assert found["referrals"] == sum(counts.referrals_by_answer(town, first, last).values())
    assert [found[f"plans_{n}"] for n in ("first", "again", "agreed", "decided")] == [
        plans.first, plans.again, plans.agreed, plans.decided,
    ]  # fmt: skip
    assert [found[n] for n in ("carried", "new", "reopened", "closed", "suspended")] == [
        moves.carried, moves.new, moves.reopened, moves.closed, moves.suspended,
    ]  # fmt: skip
    assert found["standing"] == moves.standing


@pytest.mark.parametrize("month", MONTHS)
def test_the_frozen_sittings_are_those_of_the_reports(town, month):
    first, last = month_of(month)
    found = {f.code: f.value for f in month_figures(town, first, last, DECEMBER)}

    for row in counts.sittings_by_basis(town, first, last, DECEMBER):
        assert found[f"sittings/{row.basis}"] == row.sittings
        assert found[f"items/{row.basis}"] == row.items


def test_the_town_has_something_to_count_in_these_months(town):
    first, last = month_of(MONTHS[0])[0], month_of(MONTHS[-1])[1]
    found = {f.code: f.value for f in month_figures(town, first, last, DECEMBER)}

    assert min(found[c] for c in ("intakes", "households", "referrals", "plans_first", "new")) > 0
    assert last - first > timedelta(days=100)


@pytest.fixture
def page(store):
    receive(store)
    close_month(store, "2026-10", today=NOVEMBER, remarks="学校をまわる")
    receive(store, "例示 二郎")
    return report(store, *month_of("2026-10"), today=DECEMBER).chief().html


def test_the_old_figure_stays_on_the_report_and_the_correction_stands_below(page):
    assert '<th scope="row">相談受付（件）</th><td class="num"><strong>1</strong></td>' in page
    assert '<td class="num">1</td><td class="num">2</td>' in page
    assert "あとから登録" in page


def test_the_chief_reads_the_remarks_and_the_day_of_closing(page):
    assert "学校をまわる" in page
    assert "締めた日 令和8年11月5日" in page


def test_an_open_month_says_that_it_is_open_and_leaves_room_for_remarks(store):
    html = report(store, *month_of("2026-10"), today=NOVEMBER).chief().html
    assert "まだ締めていません" in html
    assert 'class="remarks-blank"' in html


def test_long_cases_and_what_waits_stand_on_the_chiefs_page(store):
    receive(store, on=date(2024, 10, 10))
    html = report(store, *month_of("2026-10"), today=NOVEMBER).chief().html

    for years, count in (("1年以上", 1), ("2年以上", 1), ("3年以上", 0)):
        assert f'開始から{years}</th><td class="num">{count}</td>' in html
    assert "返事を待つもの　なし" in html


def test_the_last_reported_correction_is_the_figure_of_the_month_before(store):
    receive(store)
    close_month(store, "2026-10", today=NOVEMBER)
    receive(store, "例示 二郎")
    close_month(store, "2026-11", today=DECEMBER)

    html = report(store, *month_of("2026-11"), today=DECEMBER).chief().html

    line = '<th scope="row">相談受付（件）</th><td class="num"><strong>0</strong></td>'
    assert f'{line}<td class="num">2</td>' in html


def test_a_month_is_closed_from_the_desk_and_its_figures_stand_there(tmp_path):
    with open_store(tmp_path / "office.db") as opened:
        receive(opened)
        view = ClosingView(Session(opened, NOVEMBER))
        view.choose(view.months.index("2026-10"))
        view.entry.press()

        assert closing_of(opened, "2026-10").closed_on == NOVEMBER
        assert "締めました" in view.banner.text


def test_a_month_is_closed_by_the_command_and_says_what_was_put_right(tmp_path, capsys):
    path = tmp_path / "office.db"
    with open_store(path) as opened:
        receive(opened)
        close_month(opened, "2026-10", today=NOVEMBER)
        late = receive(opened, "例示 二郎").intake.number

    assert run(["close", str(path), "--month", "2026-11", "--today", "2026-12-02"]) == 0
    said = capsys.readouterr().out
    assert "令和8年11月を締めました" in said
    assert f"訂正 令和8年10月 相談受付（件） 1 → 2（{late} あとから登録" in said


@pytest.mark.parametrize("month", ["2026-13", "10月", "2026-12"])
def test_a_month_that_cannot_be_closed_is_told_in_one_line(tmp_path, capsys, month):
    path = tmp_path / "office.db"
    open_store(path).close()

    assert run(["close", str(path), "--month", month, "--today", "2026-12-02"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
