import json
import shutil
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from jusou_nb import open_store
from jusou_nb.casework.ledger import export_ledger, import_ledger
from jusou_nb.fields import StatedAge
from jusou_nb.forms import Case, Conference, Consent, Household, Intake, Referral, SupportPlan
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.plan import PlanState
from jusou_nb.store import batches
from jusou_nb.store.schema import every_form

DATA = Path(__file__).parent / "data"
EXCEL, CSV = "ledger.xlsx", "ledger_cp932.csv"
TODAY = date(2026, 11, 21)
MADE = {
    "agencies": 1,
    "households": 60,
    "intakes": 60,
    "cases": 30,
    "consents": 29,
    "referrals": 20,
    "conferences": 7,
    "agenda_items": 28,
    "plans": 15,
}
CORRECTIONS = {
    "R8-0006": ("相談受付日", "R8.4.14"),
    "R8-0013": ("スクリーニング結果", "判断保留"),
    "R8-0028": ("相談受付日", datetime(2026, 6, 25)),
    "R8-0034": ("受付番号", "R8-0035"),
    "R8-0046": ("同意日", None),
    "R8-0059": ("氏名", "氏名不明（女性・公民館）"),
}


@pytest.fixture
def take(store, tmp_path):
    """Import one of the two files of the office into the store."""

    def run(name=EXCEL, into=store, **options):
        path = tmp_path / name
        if not path.exists():
            shutil.copy(DATA / name, path)
        return import_ledger(into, path, today=TODAY, **options)

    return run


def tables(store):
    """Every casework table as rows."""
    return {
        form.table: list(store.db.query(f"SELECT * FROM {form.table}"))  # noqa: S608
        for form, _ in every_form()
    }


def changes(store):
    return store.db.execute("SELECT count(*) FROM changes").fetchone()[0]


def intake(store, number):
    return store.find(Intake, number=number)[0]


def client(store, number):
    return store.load(Household, intake(store, number).household_id).members[0]


@pytest.mark.parametrize("name", [EXCEL, CSV])
def test_the_offices_ledger_gives_what_its_readme_counts(take, store, name):
    done = take(name)

    assert (done.read, done.added, len(done.refused)) == (66, 60, 6)
    assert done.made == MADE
    bases = [row["basis"] for row in tables(store)["agenda_items"]]
    assert (bases.count("confidential"), bases.count("multilayered")) == (13, 15)
    assert store.verify() == []


def test_excel_and_csv_give_the_same_content(take, store, clock):
    with open_store("", account="tantou", clock=clock) as other:
        take(EXCEL)
        take(CSV, into=other)

        assert tables(store) == tables(other)


@pytest.mark.parametrize("name", [EXCEL, CSV])
def test_each_refused_row_names_its_column(take, name):
    reasons = {entry.number: entry.reasons for entry in take(name).refused}

    assert [len(said) for said in reasons.values()] == [1] * 6
    assert reasons["R8-0006"] == ("「相談受付日」: 「令和8年2月30日」は暦にない日付です",)
    assert reasons["R8-0013"][0].startswith("「スクリーニング結果」: 「よくわからない」")
    assert reasons["R8-0028"][0].startswith("「相談受付日」が空です")
    assert reasons["R8-0034"][0].startswith("「受付番号」: 「R8-0034」は")
    assert reasons["R8-0046"] == ("「同意日」: 「R8.13.1」は暦にない日付です",)
    assert reasons["R8-0059"][0].startswith("「氏名」が空です")


@pytest.mark.parametrize("name", [EXCEL, CSV])
def test_taking_the_same_ledger_in_again_changes_nothing(take, store, name):
    take(name)
    before = changes(store)

    again = take(name)

    assert (again.unchanged, again.added, again.filled, again.batch_id) == (60, 0, 0, None)
    assert changes(store) == before


@pytest.mark.parametrize("name", [EXCEL, CSV])
def test_an_export_taken_in_again_changes_nothing(take, store, tmp_path, name):
    take(name)
    before, target = changes(store), tmp_path / "export.xlsx"

    rows = export_ledger(store, target)
    again = import_ledger(store, target, today=TODAY)

    assert (rows, again.unchanged, again.refused) == (60, 60, ())
    assert changes(store) == before


def correct(path):
    """Correct the six rows in the workbook of refused rows, as a worker would."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        heading, value = CORRECTIONS[row[0].value]
        row[headings.index(heading)].value = value
    book.save(path)
    return headings


@pytest.mark.parametrize("name", [EXCEL, CSV])
def test_the_refused_rows_corrected_come_in_too(take, store, name):
    refused = take(name).rejected
    headings = correct(refused)

    done = import_ledger(store, refused, today=TODAY)

    assert (refused.name, headings[-1]) == (f"{name}.rejected.xlsx", "取り込めない理由")
    assert (done.added, done.refused, len(store.find(Intake))) == (6, (), 66)
    assert all(entry.other_columns is None for entry in store.find(Intake))


def test_the_refused_rows_are_for_their_owner_only_and_never_overwritten(take):
    first = take().rejected
    correct(first)

    second = take().rejected

    assert first.stat().st_mode & 0o777 == 0o600
    assert second.name == "ledger.xlsx.rejected-2.xlsx"
    assert take().rejected == second


def test_a_dry_run_counts_the_same_and_leaves_nothing(take, store, tmp_path):
    before = (tables(store), changes(store))

    tried = take(dry_run=True)

    assert (tables(store), changes(store)) == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [EXCEL]
    done = take()
    assert (tried.made, tried.refused, tried.to_confirm) == (
        done.made,
        done.refused,
        done.to_confirm,
    )


def test_sittings_are_one_a_day_and_call_nobody_until_confirmed(take, store):
    take()

    sittings = store.find(Conference, "held_on")
    assert [s.held_on.day for s in sittings] == [16, 21, 18, 16, 20, 17, 15]
    assert {(s.body, s.called, s.state.label) for s in sittings} == {("monthly", None, "開催済")}


def test_a_case_stands_where_its_row_shows(take, store):
    take()

    cases = {store.load(Intake, case.intake_id).number: case for case in store.find(Case)}
    stands = {number: case.status for number, case in cases.items()}
    assert stands["R8-0019"] is CaseStatus.INTAKE
    assert stands["R8-0005"] is CaseStatus.CONFERENCE
    assert stands["R8-0001"] is CaseStatus.DRAFT_PLAN
    assert "R8-0003" not in stands


def test_the_lead_agency_belongs_to_the_case_and_its_plan(take, store):
    take()

    plans = store.find(SupportPlan)
    assert {plan.state for plan in plans} == {PlanState.DRAFT}
    for plan in plans:
        assert plan.lead_agency is not None
        assert plan.lead_agency == store.load(Case, plan.case_id).lead_agency


def test_nothing_is_invented_about_consents_and_referrals(take, store):
    take()

    consents, referrals = store.find(Consent), store.find(Referral)
    assert {c.state for c in consents} == {ConsentState.GIVEN}
    assert {(c.categories, c.agencies, c.given_by) for c in consents} == {(None, None, None)}
    assert {(r.ground, r.sent_on, r.answer) for r in referrals} == {(None, None, None)}


def test_no_consent_without_a_day_only_says_which_sheet_was_used(take, store):
    take()

    labels = [entry.variant.label for entry in store.find(Intake) if entry.variant]
    assert labels == ["本人同意なし"] * 26


def test_an_age_keeps_its_kind_and_the_day_it_was_said(take, store):
    take()

    ages = {n: client(store, n).stated_age for n in ("R8-0002", "R8-0033", "R8-0060", "R8-0012")}
    assert list(ages.values()) == [
        StatedAge("decade", 80),
        StatedAge("about", 40),
        StatedAge("exact", 50),
        StatedAge("unknown"),
    ]
    assert client(store, "R8-0002").age_stated_on == date(2026, 4, 9)
    assert client(store, "R8-0001").age_stated_on is None


def test_what_looks_dangerous_stays_plain_text(take, store):
    take()

    assert intake(store, "R8-0011").remarks == '=HYPERLINK("x","見る")'
    assert intake(store, "R8-0018").remarks == "+81の番号あり"
    assert client(store, "R8-0024").name == "<script>alert(1)</script>"
    assert intake(store, "R8-0031").presenting_problem == 'A\tB"C"、改行あり\n二行目'


def test_readings_and_telephone_numbers_are_written_alike_names_stay(take, store):
    take()

    assert client(store, "R8-0003").kana == "カメイ　ユイ"
    assert client(store, "R8-0008").telephone == "090-0000-6964"
    assert client(store, "R8-0008").name == "髙見本　健"
    assert client(store, "R8-0021").name == "氏名不明（男性・駅南の公園）"


EXPECTED = {
    "recorded.household_size": ["R8-0016", "R8-0037"],
    "recorded.grave_ended": ["R8-0002", "R8-0029", "R8-0029", "R8-0033", "R8-0043", "R8-0043",
                             "R8-0044"],
    "recorded.sitting_without_consent": ["R8-0010"],
    "consent.child_alone": ["R8-0014"],
    "conference.masked": ["R8-0020", "R8-0026"],
    "recorded.probably_same_person": ["R8-0041", "R8-0053"],
    "recorded.referral_without_ground": ["R8-0011", "R8-0018", "R8-0022", "R8-0024", "R8-0027",
                                         "R8-0039", "R8-0040", "R8-0052", "R8-0057", "R8-0061"],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "numbers"), EXPECTED.items())
def test_what_is_odd_comes_in_and_is_marked(take, store, rule, numbers):
    done = take()

    said = [entry for entry in done.to_confirm if entry.rule == rule]
    assert [entry.number for entry in said] == numbers
    assert all(e.message in intake(store, e.number).to_confirm.split("\n") for e in said)


def test_people_of_one_name_are_a_weak_hint_on_one_line(take):
    done = take()

    line = next(line for line in done.lines() if "同じ氏名" in line)
    assert line.startswith("要確認のうち、同じ氏名の記録があるもの（26件）: R8-0004、")
    assert "R8-0053" not in line


def test_the_report_is_kept_with_the_batch(take, store):
    done = take()

    (batch,) = batches.every(store)
    assert (batch.id, batch.file_name, batch.good, batch.refused) == (done.batch_id, EXCEL, 60, 6)
    assert batch.report == json.loads(json.dumps(done.stored()))
    assert batch.report["new_agencies"] == ["税務課"]
    assert any("２０２６／４／９ → 令和8年4月9日" in line for line in batch.report["normalised"])


def test_the_report_holds_no_address_and_no_telephone_number(take, store):
    take()

    (text,) = store.db.execute("SELECT report FROM import_batches").fetchone()
    assert "架空町" not in text
    assert "0000" not in text.replace("R8-000", "")
