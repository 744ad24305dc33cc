"""転記票: what is typed into another system, in the order of its screen."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import profile as profiles
from jusou_nb.documents.transcript import transcript
from jusou_nb.errors import NotFound
from jusou_nb.forms import Household, Intake
from jusou_nb.profile_transcripts import Transcript, TranscriptBox, Writing, transcripts

DAY = date(2026, 11, 2)


@pytest.fixture
def typed(desk, monkeypatch):
    """The page of a system whose screen asks for some boxes."""

    def make(*boxes):
        known = replace(desk.store.profile, transcripts=(Transcript(name="例示", boxes=boxes),))
        monkeypatch.setattr(desk.store, "_profile", known)
        return transcript(desk.store, desk.case.id, day=DAY).html

    return make


def test_boxes_stand_in_the_order_of_the_other_screen_under_its_own_names(typed):
    page = typed(
        TranscriptBox(label="お名前", box="persons.name", heading="相談者"),
        TranscriptBox(label="受けた日", box="intakes.received_on", heading="受付"),
    )

    words = ("相談者", "お名前", "見本 花子", "受付</th>", "受けた日", "令和8年10月1日")
    places = [page.index(word) for word in words]
    assert places == sorted(places)


def test_a_value_is_written_as_the_other_system_takes_it(desk, typed):
    desk.store.save(replace(desk.store.load(Intake, desk.intake.id), number="Ｒ８ー１"))
    page = typed(
        TranscriptBox(label="日", box="intakes.received_on", writing=Writing.WESTERN),
        TranscriptBox(label="課題", box="intakes.issues", writing=Writing.CODE),
        TranscriptBox(label="番号", box="intakes.number", writing=Writing.HALF),
    )

    assert "2026/10/01" in page and "eighty_fifty、hikikomori" in page and "R8" in page


def test_a_box_that_is_empty_here_is_marked_and_counted(typed):
    page = typed(
        TranscriptBox(label="方法", box="consents.manner"),
        TranscriptBox(label="住居", box="assessments.housing"),
        TranscriptBox(label="段階", box="cases.status"),
    )

    assert page.count("【未記入】") == 2 and "2つあります" in page
    assert page.count("□</td>") == 1


def test_where_somebody_hidden_lives_and_who_told_us_is_not_typed_from_paper(desk, typed):
    mother, son = desk.store.load(Household, desk.household.id).members
    desk.store.save(replace(desk.household, members=(replace(mother, is_masked=True), son)))
    page = typed(
        TranscriptBox(label="住所", box="persons.address"),
        TranscriptBox(label="来た人", box="intakes.inquirer_name"),
    )

    assert [word for word in ("架空町1-1", "通報子") if word in page] == []
    assert page.count("画面で確かめます") == 2


def test_each_system_of_the_town_has_a_page_of_its_own(desk):
    page = transcript(desk.store, desk.case.id, day=DAY).html

    assert page.count("□ 転記済") == len(desk.store.profile.transcripts) == 2


def test_every_box_of_a_shipped_profile_is_one_of_ours(desk, monkeypatch):
    for name in profiles.names():
        known = profiles.load(name)
        monkeypatch.setattr(desk.store, "_profile", known)
        assert "転記票" in transcript(desk.store, desk.case.id, day=DAY).html


def test_a_town_without_other_systems_is_told_so(desk, monkeypatch):
    monkeypatch.setattr(desk.store, "_profile", replace(desk.store.profile, transcripts=()))

    assert "設定" in transcript(desk.store, desk.case.id, day=DAY).html


def test_a_box_that_there_is_not_is_named_with_its_system(typed):
    with pytest.raises(NotFound, match=r"例示.*persons.shoe"):
        typed(TranscriptBox(label="靴", box="persons.shoe"))


@pytest.mark.parametrize("row", [{"box": "name"}, {"box": "a.b", "writing": "kana"}])
def test_a_row_of_the_profile_that_cannot_be_read_is_refused(row):
    with pytest.raises(ValueError, match=r"転記票|kana"):
        transcripts([{"name": "例示", "boxes": [{"label": "欄", **row}]}])
