"""聞かれた数: answered by one definition, kept with the day, and small numbers never outside."""

from datetime import date

import pytest

from jusou_nb import casework, open_store
from jusou_nb.casework import receive_intake
from jusou_nb.cli import run
from jusou_nb.documents.evaluation import already_out
from jusou_nb.documents.figures_asked import Question, answered, shown
from jusou_nb.errors import NotFound, PaperError
from jusou_nb.forms import FigureAnswer, Household, Intake, Person

TODAY = date(2026, 12, 1)
ROUTES = ("self",) * 12 + ("family",) * 7 + ("outreach",) * 2


@pytest.fixture
def asked(store):
    """Give the answer about 21 consultations of October, by route."""
    for number, route in enumerate(ROUTES):
        sheet = Intake(received_on=date(2026, 10, 5), route=route, screening="continuing")
        household = Household(members=(Person(name=f"見本 {number}号"),))
        receive_intake(store, household=household, intake=sheet)

    def give(indicator="intakes", by="route", *, outside=False, earlier=(), **span):
        days = {"first": date(2026, 10, 1), "last": date(2026, 10, 31), **span}
        question = Question(indicator=indicator, by=by, is_outside=outside, today=TODAY, **days)
        report = answered(store, question, earlier)
        return {row.label: [e.text for e in row.entries] for row in shown(report).rows}

    return give


def test_a_figure_is_answered_by_what_it_is_asked_to_be_divided_by(asked):
    told = asked()

    assert told["本人自ら（来所・電話・メール等）"] == ["12", "57.1%"]
    assert told["自機関のアウトリーチ"] == ["2", "9.5%"]
    assert told["計"] == ["21", "100.0%"]


def test_a_span_counts_both_of_its_days_and_nothing_beside(asked):
    assert asked(first=date(2026, 10, 6))["計"][0] == "0"
    assert asked(first=date(2026, 10, 5), last=date(2026, 10, 5))["計"][0] == "21"


def test_two_found_by_outreach_are_told_to_nobody_outside(asked):
    told = asked(outside=True)

    assert told["自機関のアウトリーチ"] == ["x", "x", "x"]
    assert sum(row[1] == "x" for row in told.values()) > 1


@pytest.mark.parametrize(
    ("span", "why"),
    [
        ({"last": date(2026, 10, 15)}, "月の初め"),
        ({"first": date(2026, 3, 1)}, "一つの年度"),
        ({"last": date(2026, 12, 31)}, "終わった月"),
        ({"first": date(2026, 11, 1)}, "後です"),
    ],
)
def test_outside_only_whole_months_of_one_year_that_are_over_are_told(asked, span, why):
    with pytest.raises(PaperError, match=why):
        asked(outside=True, **span)


def test_what_is_not_counted_is_said_in_one_line(asked):
    with pytest.raises(NotFound, match="指標「moon」はありません"):
        asked("moon")
    with pytest.raises(NotFound, match="「moon」で分けられません"):
        asked(by="moon")


def test_a_figure_told_outside_counts_as_out_for_the_next_report_of_the_year(asked, store):
    told = FigureAnswer(
        asked_on=TODAY, is_outside=True, indicator="intakes", divided_by="route",
        first=date(2026, 10, 1), last=date(2026, 10, 31),
    )  # fmt: skip
    casework.keep_answer(store, told)
    asked()

    (out,) = already_out(store, 2026)

    assert out.values["intakes/route=outreach/month=2026-10"] == 2
    assert "intakes/route=outreach/month=2026-10" in out.hidden


def test_what_was_answered_is_listed_with_who_asked_and_what_for(tmp_path, capsys):
    path = tmp_path / "town.db"
    with open_store(path):
        pass
    asked_for = ["--indicator", "intakes", "--asked-by", "議会事務局", "--purpose", "答弁"]
    run(["figures", str(path), "--today", "2026-12-01", *asked_for])

    run(["figures", str(path), "--answered"])

    listed = capsys.readouterr().out.split("令和8年12月1日　庁内")[1]
    assert "議会事務局　答弁　記録の番号" in listed
    assert "計  0" in listed
