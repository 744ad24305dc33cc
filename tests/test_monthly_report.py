"""The monthly report as it is printed, and what a template may be given."""

import base64
from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework, open_store, read
from jusou_nb.documents.charts import month_bars
from jusou_nb.documents.monthly import DUE_ROWS, report
from jusou_nb.errors import JusouError
from jusou_nb.forms import AgendaItem, CaseNote, Conference, Decision
from jusou_nb.store.due import due_items
from jusou_nb.store.due_kinds import SUSPICIONS

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def made(store, today=date(2026, 11, 5)):
    return report(store, *OCTOBER, today=today)


def printed(store, today=date(2026, 11, 5)):
    paper = made(store, today)
    sections = (paper.head(), paper.intakes(), paper.cases(), paper.sittings(), paper.due())
    return "".join(section.html for section in sections)


def test_a_month_is_marked_as_running_until_its_last_day_is_over(store):
    assert "途中" in printed(store, date(2026, 10, 31))
    assert "途中" not in printed(store, date(2026, 11, 1))


def test_a_month_without_anything_prints_zeros(store):
    page = printed(store)
    assert "相談受付　0件（0世帯）" in page
    assert "期末現在 0件（0世帯）" in page
    for basis in ("支援会議", "重層的支援会議"):
        row = f'<tr><th scope="row">{basis}</th>' + '<td class="num">0</td>' * 4
        assert row in page
    assert "期限の来るものはありません" in page


def test_the_intakes_of_the_month_stand_in_their_tables(desk):
    desk.store.save(replace(desk.intake, route="self", fields=("elderly",), desk_level="first"))
    intakes = made(desk.store).intakes().html
    assert "相談受付　1件（1世帯）" in intakes
    for label in ("本人自ら（来所・電話・メール等）", "高齢（介護）", "一次受付"):
        assert f'<th scope="row">{label}</th><td class="num">1</td>' in intakes


def test_sheets_without_a_field_are_counted_as_such(desk):
    assert '<th scope="row">未記入</th><td class="num">1</td>' in made(desk.store).intakes().html


def test_the_balance_is_printed_as_an_equation(desk):
    cases = made(desk.store).cases().html
    figures = [part.split("</td>")[0] for part in cases.split("<td>")[1:7]]
    assert figures == ["0", "1", "0", "0", "0", "<strong>1</strong>"]
    assert "合いません" not in cases


def test_a_balance_that_does_not_close_is_said_aloud(desk):
    paper = made(desk.store)
    wrong = replace(paper.values["balance"], carried=7)
    cases = replace(paper, values={**paper.values, "balance": wrong}).cases().html
    assert "繰越からの増減と期末現在が合いません" in cases


def test_the_chart_has_its_figures_in_a_table_beside_it(desk):
    head = made(desk.store).head().html
    assert 'alt="令和8年度の月別の相談受付件数の棒グラフ。数は下の表と同じ"' in head
    assert head.count('<td class="num">0</td>') == 6
    assert head.count('<td class="num"></td>') == 5


def test_a_chart_of_the_same_figures_is_the_same_bytes_and_holds_no_date():
    labels = [f"{n}月" for n in range(1, 13)]
    drawn = [month_bars(labels, [n % 4 for n in range(12)], 3) for _ in range(2)]
    assert drawn[0] == drawn[1]
    svg = base64.b64decode(drawn[0].removeprefix("data:image/svg+xml;base64,")).decode()
    assert "<dc:date>" not in svg


def test_the_report_holds_no_name_of_anybody(desk, put):
    put("confidential")
    note = CaseNote(happened_at=datetime(2026, 10, 2, 9), content="秘密", counterpart="例示 相手")
    casework.write_note(desk.store, desk.case, replace(note, next_due=date(2026, 10, 9)))
    page = printed(desk.store)
    assert desk.intake.number in page
    assert not any(
        name in page for name in ("見本 花子", "見本 太郎", "通報子", "例示 相手", "秘密")
    )


def test_what_is_overdue_is_marked_and_counted(desk):
    note = CaseNote(happened_at=datetime(2026, 10, 2, 9), content="電話")
    casework.write_note(desk.store, desk.case, replace(note, next_due=date(2026, 10, 9)))
    late, today = made(desk.store).due().html, made(desk.store, date(2026, 10, 9)).due().html
    assert "1件（うち期限超過 1件）" in late
    assert "<td><strong>●</strong>9日</td>" in late
    assert "1件（うち期限超過 0件）" in today
    assert "<td>9日</td>" in today


def test_two_renderings_are_the_same_bytes_under_the_same_number(desk):
    assert printed(desk.store) == printed(desk.store)
    assert made(desk.store).identity.number == made(desk.store).identity.number


def test_the_report_says_what_it_is(store):
    metadata = made(store).head()._repr_mimebundle_()[1]["jusou"]
    assert (metadata["kind"], metadata["subject"]) == ("monthly", "2026-10")
    assert metadata["title"] == "令和8年10月 月次報告"
    assert metadata["number"].startswith("月報2026-10-")


@pytest.fixture
def path(tmp_path, household, intake):
    """A store on disk with one item on its only sitting."""
    place = tmp_path / "town.db"
    with open_store(place, account="tantou") as store:
        received = casework.receive_intake(store, household=household, intake=intake)
        sitting = casework.convene(store, Conference(body="monthly", held_on=date(2026, 10, 15)))
        casework.put_on_agenda(store, sitting, received.case, AgendaItem(basis="confidential"))
    return str(place)


def test_a_template_gets_its_papers_from_a_store_that_it_cannot_write(path):
    paper = read.packet(path, 1, "chair", "confidential", "2026-10-12")
    assert "作成日 令和8年10月12日" in paper.cover().html
    assert "月次報告" in read.monthly(path, "2026-10", "2026-10-12").head().html
    assert read.sheet(path, "intakes", 1, "2026-10-12").title.startswith("相談受付・申込票")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"conference_id": 99}, "会議 99 番が見つかりません"),
        ({"conference_id": "1"}, "数で指定してください"),
        ({"recipient": "everybody"}, "宛先「everybody」"),
        ({"recipient": "agency-7"}, "宛先「agency-7」に配る資料はこの会議にありません"),
        ({"basis": "nothing"}, "法的根拠「nothing」"),
        ({"today": "明日"}, "2026-10-15 の形"),
        ({"store": "nowhere.db"}, "nowhere.db"),
    ],
)
def test_a_wrong_parameter_is_refused_in_one_japanese_line(path, changed, said):
    right = {"store": path, "conference_id": 1, "recipient": "chair", "basis": "confidential"}
    with pytest.raises(JusouError, match=said) as refused:
        read.packet(**{**right, "today": "2026-10-12", **changed})
    assert "\n" not in str(refused.value)


def test_a_month_that_does_not_exist_is_refused(path):
    with pytest.raises(JusouError, match="月「2026-13」は 2026-10 の形で"):
        read.monthly(path, "2026-13", "2026-10-12")


def test_a_template_without_a_store_says_so(monkeypatch):
    monkeypatch.delenv("JUSOU_STORE", raising=False)
    with pytest.raises(JusouError, match="業務ファイルの場所"):
        read.monthly("", "2026-10", "2026-10-12")


def test_a_suspicion_of_abuse_is_on_the_desks_list_and_on_no_paper(desk):
    desk.store.save(replace(desk.intake, issues=("violence",)))

    assert any(due.kind in SUSPICIONS for due in due_items(desk.store, date(2026, 11, 5)))
    assert "通報・通告" not in printed(desk.store)


def test_a_long_list_of_what_is_due_stays_on_the_page_and_says_what_is_left(desk, put):
    whose = desk.sitting.called[0]
    promised = [
        Decision(what="訪問する", agency=whose, due_on=date(2026, 10, day)) for day in range(1, 29)
    ]
    desk.store.save(replace(put("confidential"), decisions=(*promised, *promised)))

    page = made(desk.store).due().html

    assert page.count("<tr><td>") == DUE_ROWS
    assert f"ほか{2 * len(promised) - DUE_ROWS}件" in page
