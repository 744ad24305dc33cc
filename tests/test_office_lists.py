"""ケース一覧 and 期限一覧 on paper: by worker, without whereabouts, sentences and secrets."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from jusou_nb import casework
from jusou_nb.cli import run
from jusou_nb.documents.office_lists import ALL, OfficeList, office_list
from jusou_nb.errors import NotFound
from jusou_nb.forms import Case, CaseNote, Household
from jusou_nb.runner.reprinting import reprint
from jusou_nb.store import archive, open_store

DAY = date(2026, 10, 20)


@pytest.fixture
def listed(desk):
    """A list as it is printed now."""
    return lambda which, worker=ALL: office_list(desk.store, which, worker, today=DAY)


def test_a_case_stands_under_its_worker_with_its_client(desk, listed):
    desk.store.save(replace(desk.case, coordinator="架空　担当"))
    page = listed(OfficeList.CASES).html

    assert "架空　担当（1件）" in page and "R8-0001" in page and "見本 花子" in page


def test_out_of_a_house_with_somebody_hidden_a_case_stands_by_its_number(desk, listed):
    mother, son = desk.store.load(Household, desk.household.id).members
    desk.store.save(replace(desk.household, members=(mother, replace(son, is_opponent=True))))
    page = listed(OfficeList.CASES).html

    assert "R8-0001" in page and "見本 花子" not in page


def test_what_waits_stands_with_its_day_and_no_name_and_no_sentence(desk, listed):
    said = CaseNote(happened_at=datetime(2026, 10, 6, 10), content="話した",
                    next_action="花子さんに電話", next_due=date(2026, 10, 12))  # fmt: skip
    casework.write_note(desk.store, desk.case, said)
    page = listed(OfficeList.DUE).html

    assert "次の対応" in page and "令和8年10月12日" in page and "<td>8</td>" in page
    assert [word for word in ("花子", "電話", "見本 花子") if word in page] == []


def test_a_suspicion_and_a_hidden_person_are_on_no_list(desk, listed):
    desk.store.save(replace(desk.intake, issues=("abuse",)))
    mother, son = desk.store.load(Household, desk.household.id).members
    masked = replace(mother, is_masked=True, masked_on=date(2026, 10, 1), masked_by="架空　担当")
    desk.store.save(replace(desk.household, members=(masked, son)))

    page = listed(OfficeList.DUE).html
    assert [word for word in ("通報・通告", "秘匿") if word in page] == []


def test_a_worker_has_a_list_of_their_own(desk, listed):
    desk.store.save(replace(desk.store.load(Case, desk.case.id), coordinator="架空　担当"))

    assert "R8-0001" in listed(OfficeList.CASES, "架空 担当").html
    with pytest.raises(NotFound, match="例示 他人"):
        listed(OfficeList.CASES, "例示 他人")


def test_an_office_without_cases_has_an_empty_list(store):
    page = office_list(store, OfficeList.CASES, ALL, today=DAY).html

    assert "載せるものはありません" in page and "供覧欄" in page


def test_lists_lie_on_their_side_and_name_each_heading(desk, listed):
    page = listed(OfficeList.CASES).html

    assert 'class="form wide"' in page
    assert page.count('<th scope="col"') == 10 + len(
        desk.store.profile.office_paper("").circulation
    )


@pytest.mark.slow
def test_the_lists_are_made_by_one_command_and_printed_again_as_they_were(tmp_path):
    path = tmp_path / "office.db"
    with open_store(path):
        pass
    words = ["lists", str(path), "--out", str(tmp_path / "out"), "--today", "2026-10-20"]
    assert run(words) == 0
    made = sorted(Path(tmp_path / "out").glob("*.html"))
    with open_store(path, readonly=True) as store:
        number = archive.at(store, 1).number

    again = reprint(path, number, tmp_path / "out", reason="確認")
    assert [file.name[:5] for file in made] == ["ケース一覧", "期限一覧_"]
    assert number in again.read_text(encoding="utf-8")
