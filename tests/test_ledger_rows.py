import csv
from datetime import date, timedelta

import openpyxl
import pytest

from jusou_nb import casework
from jusou_nb.casework.ledger import export_ledger, import_ledger
from jusou_nb.forms import (
    Agency,
    AgendaItem,
    Case,
    Conference,
    Consent,
    Household,
    Intake,
    Person,
    Referral,
)
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.intake import IntakeVariant

TODAY = date(2026, 11, 21)
BASE = {"受付番号": "R8-0007", "相談受付日": "2026/4/1", "氏名": "見本 花子"}


@pytest.fixture
def take(store, tmp_path):
    """Import rows given as columns by heading, BASE where nothing else is said."""

    def run(*rows, **options):
        path = tmp_path / "book.csv"
        full = [{**BASE, **row} for row in rows]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(h for row in full for h in row)))
            writer.writeheader()
            writer.writerows(full)
        return import_ledger(store, path, today=TODAY, **options)

    return run


def reason(done):
    (refused,) = done.refused
    return "／".join(refused.reasons)


def only(store, form):
    (record,) = store.find(form)
    return record


def client(store):
    return only(store, Household).members[0]


def test_all_faults_of_a_row_are_named_at_once(take):
    said = reason(take({"相談受付日": "8.4.10", "氏名": "", "性別": "？"}))

    assert "元号か西暦4桁" in said
    assert "「氏名」が空です" in said
    assert "「性別」: 「？」は選択肢にありません" in said


def test_an_era_past_its_end_is_taken_and_listed(take, store):
    done = take({"生年月日": "昭和65年1月1日"})

    assert client(store).birth.iso() == "1990-01-01"
    assert any("昭和は昭和64年1月7日まで" in str(note) for note in done.normalised)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"会議日": "2026/5/21"}, "「会議」が空です"),
        ({"会議": "支援会議"}, "「会議日」が空です"),
        ({"同意日": "2026/5/21"}, "「本人同意」が空です"),
        ({"会議": "調整会議（生活保護）", "会議日": "2026/5/21"}, "扱う会議体がありません"),
        ({"受付機関": "税務課、水道課"}, "1つだけ"),
    ],
)
def test_half_of_a_fact_goes_back_with_the_column_named(take, store, columns, said):
    assert said in reason(take(columns))
    assert store.find(Household) == []


def test_an_agency_that_no_list_names_is_added_once_and_listed(take, store):
    rows = [{"受付番号": f"R8-{n}", "受付機関": "税務課"} for n in range(3)]

    done = take(*rows, {"受付番号": "R8-9", "受付機関": "社協"})

    assert done.new_agencies == ("税務課",)
    assert len(store.find(Agency, name="税務課")) == 1


def test_an_agency_of_a_refused_row_is_not_added(take, store):
    take({"相談受付日": "いつか", "受付機関": "税務課"})

    assert store.find(Agency, name="税務課") == []


def test_several_destinations_are_several_referrals(take, store):
    columns = {"つなぎ先": "保健所・保健センター、税務課\nハローワーク"}

    take(columns)
    again = take(columns)

    names = store.lexicon().refs["agencies"]
    told = [names[referral.destination] for referral in store.find(Referral)]
    assert told == ["保健所・保健センター", "税務課", "ハローワーク"]
    assert again.unchanged == 1


def test_columns_that_no_box_has_are_kept_and_come_back(take, store, tmp_path):
    columns = {"担当地区": "東\n二班", "メモ": "", "校区": "架空小"}
    take(columns)

    export_ledger(store, tmp_path / "out.xlsx")
    again = import_ledger(store, tmp_path / "out.xlsx", today=TODAY)

    assert only(store, Intake).other_columns == "担当地区：東\n　二班\n校区：架空小"
    assert (again.unchanged, again.other_headings) == (1, ("担当地区", "校区"))


def test_the_second_column_of_one_box_is_kept_beside(take, store):
    done = take({"電話番号": "090-0000-0001", "連絡先": "090-0000-0002"})

    assert client(store).telephone == "090-0000-0001"
    assert only(store, Intake).other_columns == "連絡先：090-0000-0002"
    assert any("2つ目の欄" in line for line in done.lines())


def test_boxes_that_were_empty_are_filled(take, store):
    take({})

    done = take({"電話番号": "090-0000-0001", "備考": "犬あり", "世帯人数": "2"})

    assert (done.filled, done.unchanged) == (1, 0)
    assert client(store).telephone == "090-0000-0001"
    assert (only(store, Intake).remarks, only(store, Household).size) == ("犬あり", 2)
    assert store.verify() == []


def test_what_came_of_an_intake_since_is_added_to_it(take, store):
    take({"スクリーニング結果": "継続"})

    take({"本人同意": "あり", "同意日": "R8.5.1", "会議": "重層的支援会議", "会議日": "R8.5.21"})

    assert only(store, Consent).stated_on == date(2026, 5, 1)
    assert only(store, AgendaItem).case_id == only(store, Case).id


def test_a_gap_that_is_filled_tells_what_is_odd_now(take, store):
    take({"世帯類型": "単身"})

    done = take({"世帯類型": "単身", "世帯人数": "3"})

    assert [entry.rule for entry in done.to_confirm] == ["recorded.household_size"]
    assert "世帯人数が3人で" in only(store, Intake).to_confirm


def test_a_box_that_differs_goes_back_with_both_texts(take, store):
    take({"主訴": "家賃の滞納"})

    said = reason(take({"主訴": "借金", "電話番号": "090-0000-0001"}))

    assert said == "「主訴」が登録済みの内容と違います（台帳「借金」、登録「家賃の滞納」）"
    assert client(store).telephone is None


def test_a_difference_in_a_withheld_box_shows_neither_text(take):
    take({"秘匿": "秘匿", "住所": "見本市架空町1-1"})

    said = reason(take({"住所": "見本市架空町2-2"}))

    assert "「住所」が登録済みの内容と違います" in said
    assert "架空町" not in said


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ({"本人同意": "あり", "同意日": "R8.5.1"}, {"本人同意": "あり", "同意日": "R8.5.2"}),
        ({"本人同意": "あり", "同意日": "R8.5.1"}, {"本人同意": "なし"}),
        ({"つなぎ先": "ハローワーク"}, {"つなぎ先": "医療機関"}),
        ({"会議": "支援会議", "会議日": "R8.5.21"}, {"会議": "支援会議", "会議日": "R8.6.18"}),
        ({"メモ": "一"}, {"メモ": "二"}),
    ],
)
def test_facts_that_differ_from_what_is_recorded_go_back(take, then, now):
    take(then)

    assert "登録済みの内容と違います" in reason(take(now))


def test_no_consent_now_and_consent_later_is_no_contradiction(take, store):
    take({"本人同意": "なし"})

    done = take({"本人同意": "あり", "同意日": "R8.5.1"})
    again = take({"本人同意": "なし"})

    assert (done.filled, again.unchanged) == (1, 1)
    assert only(store, Intake).variant is IntakeVariant.WITHOUT_CONSENT
    assert only(store, Consent).state is ConsentState.GIVEN


def test_a_refusal_with_its_day_is_an_entry_of_its_own(take, store):
    take({"本人同意": "なし", "同意日": "R8.5.1"})

    assert only(store, Consent).state is ConsentState.REFUSED
    assert only(store, Intake).variant is None


def test_a_consent_without_its_day_comes_in_and_is_marked(take, store):
    done = take({"本人同意": "あり"})

    assert only(store, Consent).stated_on is None
    assert [entry.rule for entry in done.to_confirm] == ["recorded.consent_undated"]


def test_a_masked_address_is_exported_as_the_word_and_left_alone(take, store, tmp_path):
    take({"秘匿": "秘匿", "住所": "見本市架空町1-1", "電話番号": "090-0000-0001"})
    target = tmp_path / "out.xlsx"

    export_ledger(store, target)
    again = import_ledger(store, target, today=TODAY)

    texts = [str(c.value) for line in openpyxl.load_workbook(target).active for c in line]
    assert not [text for text in texts if "架空町" in text or "0000-" in text]
    assert (again.unchanged, client(store).address) == (1, "見本市架空町1-1")


def test_a_cell_that_reads_masked_puts_no_word_in_the_place_of_an_address(take, store):
    take({"秘匿": "秘匿", "住所": "秘匿"})

    assert (client(store).is_masked, client(store).address) == (True, None)


def test_new_rows_without_a_number_get_the_next_past_every_number_of_the_file(take, store):
    none = {"受付番号": "", "氏名": "例示 一郎"}
    refused = {"受付番号": "R8-0020", "相談受付日": "いつか"}

    done = take(none, {}, refused, {**none, "氏名": "例示 二郎"})

    assert done.added == 3
    assert sorted(i.number for i in store.find(Intake)) == ["R8-0007", "R8-0021", "R8-0022"]


def test_a_row_without_a_number_is_known_only_when_it_says_nothing_new(take, store):
    take({"主訴": "家賃の滞納"})

    same = take({"受付番号": "", "主訴": "家賃の滞納"})
    other = take({"受付番号": "", "主訴": "借金"})

    assert (same.unchanged, other.added) == (1, 1)
    assert len(store.find(Intake)) == 2


def test_two_equal_rows_without_a_number_are_not_two_intakes(take):
    done = take({"受付番号": ""}, {"受付番号": ""})

    assert "2行目と同じ内容です" in reason(done)


def test_a_number_in_full_width_is_the_same_number(take):
    take({})

    assert take({"受付番号": "Ｒ８－０００７"}).unchanged == 1


def test_a_sitting_set_at_the_desk_is_used(take, store):
    day = TODAY + timedelta(days=5)
    sitting = casework.convene(store, Conference(body="monthly", held_on=day))

    take({"会議": "支援会議", "会議日": day.isoformat()})

    assert only(store, AgendaItem).conference_id == sitting.id
    assert only(store, Conference) == sitting


def test_a_person_who_may_be_one_already_received_is_pointed_out(take, store):
    casework.receive_intake(
        store,
        household=Household(members=(Person(name="髙見本　太郎", kana="タカミホン タロウ"),)),
        intake=Intake(received_on=date(2026, 3, 1)),
    )

    done = take({"氏名": "高見本 太郎", "フリガナ": "たかみほん たろう"})

    assert [(e.rule, "R7-0001" in e.message) for e in done.to_confirm] == [
        ("recorded.namesake", True)
    ]


def test_an_export_shows_the_latest_of_what_came_of_an_intake(take, store, tmp_path):
    take({"本人同意": "あり", "同意日": "R8.5.1"})
    withdrawn = Consent(state=ConsentState.WITHDRAWN, stated_on=date(2026, 6, 1))
    casework.record_consent(store, client(store).id, withdrawn)

    export_ledger(store, tmp_path / "out.xlsx")
    again = import_ledger(store, tmp_path / "out.xlsx", today=TODAY)

    head, row = openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True)
    assert dict(zip(head, row, strict=True))["本人同意"] == "撤回"
    assert again.unchanged == 1
