"""決裁欄, 供覧欄, 保存年限 and the town's foot: data of the profile, printed by one frame."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import profile
from jusou_nb.documents.office_frame import kept_until, office_frame
from jusou_nb.errors import NotFound

STANDARD = profile.load("standard")
DAY = date(2026, 10, 12)


def towns(store, **changes):
    """Put papers of a town's own in force."""
    common = STANDARD.office_paper("")
    store.use_profile(replace(STANDARD, office_papers={"": replace(common, **changes)}))


def test_the_frame_is_footed_as_the_towns_own_and_never_as_a_national_form(store):
    frame = office_frame(store, "評価シート", day=DAY)

    assert frame.foot == "見本市様式"
    assert frame.drafted_on == "令和8年10月12日"


def test_a_town_names_its_own_seals_or_none(store):
    towns(store, approval=("部長", "課長"), circulation=())

    frame = office_frame(store, "評価シート", day=DAY)

    assert (frame.approval, frame.circulation) == (("部長", "課長"), ())


@pytest.mark.parametrize(
    ("ended_on", "last"),
    [
        (date(2027, 3, 31), date(2032, 3, 31)),
        (date(2027, 4, 1), date(2033, 3, 31)),
        (date(2026, 10, 12), date(2032, 3, 31)),
    ],
)
def test_the_years_of_keeping_count_from_the_next_first_of_april(ended_on, last):
    assert kept_until(ended_on, 5) == last


def test_where_the_case_has_ended_the_year_of_disposal_is_printed(store):
    running = office_frame(store, "評価シート", day=DAY)
    ended = office_frame(store, "評価シート", day=DAY, ended_on=date(2026, 9, 30))

    assert running.keeping == "5年（支援が終わった次の4月1日から）"
    assert ended.keeping == "5年　令和14年3月31日まで（廃棄予定 令和14年度）"


def test_a_paper_of_another_period_has_its_own_and_keeps_the_rest(store):
    notice = office_frame(store, "開催通知", day=DAY)

    assert notice.keeping == "3年　令和12年3月31日まで（廃棄予定 令和12年度）"
    assert notice.approval == office_frame(store, "評価シート", day=DAY).approval


def test_the_towns_mark_and_number_of_the_form_are_printed_and_may_be_for_ever(store):
    towns(store, mark="見福", form_number="様式第1号", keep_years=0)

    frame = office_frame(store, "評価シート", day=None)

    assert frame.register_number.startswith("見福第")
    assert (frame.foot, frame.keeping) == ("見本市様式第1号", "永年")
    assert frame.drafted_on.split() == ["年", "月", "日"]


@pytest.mark.parametrize("wrong", ['counted_from = "birth"', "keep_years = -1", 'colour = "red"'])
def test_a_frame_that_is_none_is_refused_in_one_line(wrong):
    text = STANDARD.text.replace('counted_from = "case"', "").replace("keep_years = 5", wrong)

    with pytest.raises(NotFound, match="standard を手本に"):
        profile.parse(text)
