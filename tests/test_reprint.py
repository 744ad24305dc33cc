"""A past paper, printed once more as it was: same number, same text, the reason on it."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jusou_nb import casework, open_store
from jusou_nb.cli import main
from jusou_nb.errors import NotAllowed, NotFound, PaperError, StoreError
from jusou_nb.forms import AgendaItem, Conference, Household, Intake, Person
from jusou_nb.problems import Override
from jusou_nb.runner import packets, papers, reprint, sheet
from jusou_nb.store import Store, archive

TODAY = date(2026, 10, 15)
LATER = date(2026, 11, 5)
ADDRESS = "架空町五丁目六番七号"
WHY = "議会の\n資料請求のため"
STAMP = re.compile(r"<style>@page \{ @top-right.*?</p>\n", re.DOTALL)


def number_in(page: str) -> str:
    return re.findall(r"文書番号 (\S+?)</p>", page)[0]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """A store with a sitting, the page of the chair's copy, made on the day."""
    folder = tmp_path_factory.mktemp("printed")
    path = folder / "office.db"
    with open_store(path) as store:
        received = casework.receive_intake(
            store,
            household=Household(members=(Person(name="見本　花子", address=ADDRESS),)),
            intake=Intake(received_on=TODAY, screening="continuing", presenting_problem="家賃"),
        )
        asked = (received.case, AgendaItem(basis="confidential", question="だれが訪ねるか"))
        made = casework.convene_now(store, Conference(body="monthly", held_on=TODAY), [asked])
    sitting = made.conference.id or 0
    (page,) = packets(path, sitting, folder / "out", TODAY, recipient="chair")
    return path, sitting, page.read_text("utf-8")


@pytest.fixture
def office(printed: tuple[Path, int, str], tmp_path: Path) -> Path:
    """A copy of that store which a test may change."""
    return Path(shutil.copy2(printed[0], tmp_path / "office.db"))


@pytest.fixture
def store(office: Path) -> Iterator[Store]:
    with open_store(office) as opened:
        yield opened


@pytest.fixture
def first(printed: tuple[Path, int, str]) -> str:
    """The page as it was made first."""
    return printed[2]


def change_the_record(store: Store) -> None:
    (item,) = store.find(AgendaItem)
    store.save(replace(item, question="退院後の住まいをどうするか"))
    (household,) = store.find(Household)
    store.save(replace(household, members=(*household.members, Person(name="架空　太郎"))))
    store.use_profile(replace(store.profile, text=store.profile.text.replace("見本市", "別名市")))


def test_a_past_paper_comes_again_with_its_number_and_its_text(
    store: Store, office: Path, first: str, tmp_path: Path
):
    change_the_record(store)
    (changed,) = packets(office, 1, tmp_path / "new", LATER, recipient="chair")
    now = changed.read_text("utf-8")
    again = reprint(office, number_in(first), tmp_path / "new", reason=WHY).read_text("utf-8")

    assert number_in(now) != number_in(first)
    assert "退院後の住まい" in now
    assert STAMP.sub("", again) == first
    assert "理由 議会の 資料請求のため</p>" in again
    assert changed.read_text("utf-8") == now


def test_who_printed_again_when_and_why_is_in_the_log(
    store: Store, office: Path, first: str, tmp_path: Path
):
    made = reprint(office, number_in(first), tmp_path / "out", reason=WHY)

    (row,) = store.db.query("SELECT * FROM readings WHERE action = 'reprint'")
    told = json.loads(row["payload"])
    assert (row["account"], row["record_table"]) == (store.account, "conferences")
    assert row["at"]
    assert (told["reason"], told["number"], told["file"]) == (WHY, number_in(first), made.name)
    assert store.verify() == []


def test_the_store_of_that_day_is_read_and_never_written(store: Store, first: str):
    change_the_record(store)
    with archive.as_of(store, archive.find(store, number_in(first))) as then:
        assert len(then.find(Household)[0].members) == 1
        assert then.profile.municipality == "見本市"
        with pytest.raises(StoreError, match="書き込みができません"):
            then.save(Intake(received_on=LATER))
    assert len(store.find(Household)[0].members) == 2


@pytest.mark.parametrize("reason", ["", "　"])
def test_without_a_reason_nothing_is_printed_again(
    office: Path, first: str, tmp_path: Path, reason: str
):
    with pytest.raises(NotAllowed, match="理由"):
        reprint(office, number_in(first), tmp_path / "out", reason=reason)


def test_a_number_that_was_never_given_is_refused_in_words(office: Path, tmp_path: Path):
    with pytest.raises(NotFound, match="この業務ファイルで作られていません"):
        reprint(office, "会議9-9-ABCDEF", tmp_path / "out", reason=WHY)


def test_who_came_under_masking_since_waits_for_the_chief(
    store: Store, office: Path, first: str, tmp_path: Path
):
    (household,) = store.find(Household)
    masked = replace(household.members[0], is_masked=True)
    store.save(replace(household, members=(masked,)))
    with pytest.raises(NotAllowed, match="秘匿になった人が1人"):
        reprint(office, number_in(first), tmp_path / "out", reason=WHY)
    chief = Override(rule="reprint.masked_since", reason="情報公開審査", allowed_by="課長　例示")
    again = reprint(office, number_in(first), tmp_path / "out", reason=WHY, overrides=(chief,))
    assert STAMP.sub("", again.read_text("utf-8")) == first
    (row,) = store.db.query("SELECT payload FROM readings WHERE action = 'reprint'")
    assert json.loads(row["payload"])["allowed_by"] == "課長　例示"


def test_a_paper_whose_record_was_disposed_of_is_not_made_up(
    store: Store, office: Path, first: str, tmp_path: Path
):
    sql = "UPDATE changes SET payload = NULL, salt = NULL WHERE record_table = 'agenda_items'"
    store.db.execute(sql)
    with pytest.raises((PaperError, NotFound)):
        reprint(office, number_in(first), tmp_path / "out", reason=WHY)
    assert not list((tmp_path / "out").glob("*.html"))


def test_a_form_comes_again_as_it_was(store: Store, office: Path, tmp_path: Path):
    before = sheet(office, Intake, 1, tmp_path / "out", TODAY).read_text("utf-8")
    (intake,) = store.find(Intake)
    store.save(replace(intake, presenting_problem="電気も止められそうだ"))
    again = reprint(office, number_in(before), tmp_path / "out", reason=WHY).read_text("utf-8")
    assert STAMP.sub("", again) == before


def test_a_reprint_is_not_taken_for_a_copy_to_hand_out(office: Path, first: str, tmp_path: Path):
    made = packets(office, 1, tmp_path / "out", TODAY)
    reprint(office, number_in(first), tmp_path / "out", reason=WHY)
    assert papers.leftovers(made) == []


def test_the_command_prints_again_by_number(
    office: Path, first: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    words = ["reprint", str(office), number_in(first), "--reason", WHY]
    with pytest.raises(SystemExit) as left:
        raise SystemExit(main([*words, "--out", str(tmp_path / "out")]))
    assert left.value.code in (0, None)
    assert re.search(r"作成 1/1 .*再印刷_会議1-", capsys.readouterr().out)
