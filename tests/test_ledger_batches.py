import csv
from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.casework.ledger import import_ledger
from jusou_nb.errors import NotAllowed, NotFound
from jusou_nb.forms import Agency, AgendaItem, Case, CaseNote, Household, Intake
from jusou_nb.store import batches

TODAY = date(2026, 11, 21)
FULL = {
    "受付番号": "R8-0001",
    "相談受付日": "2026/4/1",
    "氏名": "見本 花子",
    "受付機関": "税務課",
    "スクリーニング結果": "継続",
    "会議": "支援会議",
    "会議日": "2026/4/16",
    "つなぎ先": "ハローワーク",
}


@pytest.fixture
def take(store, tmp_path):
    """Import one row, FULL where nothing else is said."""

    def run(**columns):
        row = {**FULL, **columns}
        path = tmp_path / "book.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([row.keys(), row.values()])
        return import_ledger(store, path, today=TODAY)

    return run


def standing(store):
    return [form.__name__ for form in (Household, Intake, Case, AgendaItem) if store.find(form)]


def test_an_import_nobody_touched_is_withdrawn_whole(take, store):
    done = take()

    struck = batches.withdraw(store, done.batch_id)

    assert struck == sum(done.made.values()) + len(["the client"])
    assert (standing(store), store.find(Agency, name="税務課")) == ([], [])
    assert batches.get(store, done.batch_id).withdrawn_at is not None
    assert store.verify() == []


def test_what_was_withdrawn_can_be_taken_in_again(take, store):
    batches.withdraw(store, take().batch_id)

    assert take().added == 1
    assert len(batches.every(store)) == 2


def test_an_import_with_a_record_changed_since_is_not_withdrawn(take, store):
    done = take()
    intake = store.find(Intake)[0]
    store.save(replace(intake, remarks="電話は長女へ"))

    with pytest.raises(NotAllowed, match=f"相談受付・申込票 {intake.id}番"):
        batches.withdraw(store, done.batch_id)

    assert len(standing(store)) == 4


def test_an_import_on_whose_case_somebody_wrote_is_not_withdrawn(take, store):
    done = take()
    case = store.find(Case)[0]
    casework.write_note(store, case, CaseNote(happened_at=store.clock(), content="訪問"))

    with pytest.raises(NotAllowed, match="支援経過記録 1番"):
        batches.withdraw(store, done.batch_id)


def test_what_an_import_filled_is_empty_again_after_its_withdrawal(take, store):
    take()
    filled = take(電話番号="090-0000-0001", 備考="犬あり", 世帯人数="2")

    batches.withdraw(store, filled.batch_id)

    household, intake = store.find(Household)[0], store.find(Intake)[0]
    assert (household.members[0].telephone, household.size, intake.remarks) == (None, None, None)
    assert store.verify() == []
    assert take(備考="犬あり").filled == 1


def test_an_import_to_whose_records_a_later_one_added_is_not_withdrawn(take, store):
    first = take()
    second = take(備考="犬あり")

    with pytest.raises(NotAllowed, match="相談受付・申込票 1番"):
        batches.withdraw(store, first.batch_id)

    assert batches.withdraw(store, second.batch_id) == 0


def test_a_new_agency_that_others_use_by_now_stays(take, store):
    done = take()
    casework.receive_intake(
        store,
        household=store.find(Household)[0].__class__(
            members=(replace(store.find(Household)[0].members[0], id=None, version=0),)
        ),
        intake=Intake(
            received_on=TODAY, received_at=store.lexicon().spellings["agencies"]["税務課"]
        ),
    )

    batches.withdraw(store, done.batch_id)

    assert len(store.find(Agency, name="税務課")) == 1


def test_an_import_is_withdrawn_once(take, store):
    done = take()
    batches.withdraw(store, done.batch_id)

    with pytest.raises(NotAllowed, match="既に取り消されています"):
        batches.withdraw(store, done.batch_id)


def test_an_import_that_is_not_there_is_said_so(store):
    with pytest.raises(NotFound, match="取込みの 9 番が見つかりません"):
        batches.withdraw(store, 9)
