from datetime import date

import pytest

from jusou_nb.dates import (
    PartialDate,
    age_on,
    fiscal_year,
    fiscal_year_name,
    month_of,
    next_month,
    read_date,
    wareki,
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("令和8年4月10日", "2026-04-10"),
        ("R8.4.10", "2026-04-10"),
        ("2026/4/10", "2026-04-10"),
        ("2026-04-10", "2026-04-10"),
        ("２０２６／４／１０", "2026-04-10"),
        ("平成元年2月3日", "1989-02-03"),
        ("㍼60.5.6", "1985-05-06"),
        ("s39-9-2", "1964-09-02"),
        ("大正10年1月2日", "1921-01-02"),
        ("昭和40年", "1965"),
        ("昭和40年3月", "1965-03"),
        ("1965", "1965"),
    ],
)
def test_dates_are_read_as_offices_write_them(text, iso):
    assert read_date(text).value.iso() == iso


@pytest.mark.parametrize("text", ["令和8年2月30日", "R8.13.1", "8.4.10", "来週", "R0.1.1", ""])
def test_what_is_no_date_is_refused_in_japanese(text):
    with pytest.raises(ValueError, match=r"[ぁ-ん]"):
        read_date(text)


def test_a_date_without_an_era_is_told_to_name_it():
    with pytest.raises(ValueError, match="元号か西暦4桁"):
        read_date("8.4.10")


def test_an_era_past_its_end_is_taken_and_remarked():
    found = read_date("平成32年4月1日")

    assert found.value == PartialDate(2020, 4, 1)
    assert "平成31年4月30日まで" in found.remark


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (PartialDate(1980), "昭和55年"),
        (PartialDate(1980, 4), "昭和55年4月"),
    ],
)
def test_the_japanese_calendar_says_no_more_than_is_known(day, text):
    assert wareki(day) == text


@pytest.mark.parametrize(
    ("day", "years"), [(date(2026, 4, 9), 45), (date(2026, 4, 10), 46), (date(2026, 4, 11), 46)]
)
def test_an_age_rises_on_the_birthday(day, years):
    assert age_on(PartialDate(1980, 4, 10), day) == years


def test_an_age_is_not_guessed_from_a_year():
    assert age_on(PartialDate(1980), date(2026, 4, 1)) is None


def test_a_fiscal_year_runs_from_april_to_march():
    assert [fiscal_year(date(2026, 3, 31)), fiscal_year(date(2026, 4, 1))] == [2025, 2026]
    assert [fiscal_year_name(2026), fiscal_year_name(2019)] == ["令和8年度", "令和元年度"]


def test_a_month_is_its_first_and_last_day():
    assert month_of("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))
    assert next_month(date(2026, 12, 5)) == date(2027, 1, 1)


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "令和8年1月", "2026-00"])
def test_what_is_no_month_is_refused_in_japanese(text):
    with pytest.raises(ValueError, match="01〜12"):
        month_of(text)
