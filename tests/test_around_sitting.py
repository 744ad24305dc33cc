"""Papers around a sitting: notices, requests, lists to sign, minutes of their own."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework, profile
from jusou_nb.choices import Category
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.documents.packet import packet
from jusou_nb.documents.paper import PaperKind
from jusou_nb.documents.record import record
from jusou_nb.forms import (
    AgendaItem,
    Agreement,
    Attendee,
    Conference,
    CopyRecall,
    Decision,
    DirectionRow,
    ItemAttendance,
)
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.conference import AgreementAnswer, ConferenceState, Presence
from jusou_nb.widgets.papers import Made, PapersPanel, Progress, command
from jusou_nb.widgets.session import Session

CONFIDENTIAL, MULTILAYERED = "confidential", "multilayered"
DAY = date(2026, 10, 6)
ALL = ("開催通知", "資料提出依頼", "出席者名簿", "会議後アンケート", "資料回収確認表")


def paper(desk, name, sitting=None):
    return PAPERS[name].gather(desk.store, (sitting or desk.sitting).id, day=DAY)


def agency(desk, name):
    (found,) = [id_ for id_, own in desk.store.lexicon().refs["agencies"].items() if own == name]
    return found


def minutes(desk, recipient="chair", basis=CONFIDENTIAL):
    return record(desk.store, desk.sitting.id, recipient=recipient, basis=basis, day=DAY)


def page_of(html, name):
    """The one page of a letter that is addressed to an agency."""
    pages = [page for page in html.split("<section")[1:] if f'to-whom">{name}' in page]
    assert len(pages) == 1
    return pages[0]


@pytest.fixture
def decided(desk, put):
    """A sitting that was held: who came, what was decided, who agreed, and how."""
    item = put(CONFIDENTIAL)
    welfare, council = agency(desk, "高齢者支援課"), agency(desk, "社会福祉協議会")
    row = Decision(what="見守りの回数を決める", agency=council, due_on=date(2026, 11, 2))
    said = (
        Agreement(agency=welfare, answer=AgreementAnswer.AGREED),
        Agreement(agency=council, answer=AgreementAnswer.TAKEN_BACK, condition="人手を確かめる"),
    )
    there = (ItemAttendance(agency=council, presence=Presence.ABSENT),)
    result = {"discussion": "母の介護から話した", "summing_up": "急がないこと"}
    lacking = {"missing_resources": "夜間の居場所", "next_on": date(2026, 11, 19)}
    rows = {"decisions": (row,), "agreements": said, "attendances": there}
    desk.store.save(replace(item, **result, **lacking, **rows))
    held = replace(desk.sitting, state=ConferenceState.HELD)
    desk.sitting = desk.store.save(held)
    return desk


@pytest.mark.parametrize("name", ALL)
def test_no_paper_around_a_sitting_names_whose_case_is_heard(desk, put, name):
    item = put(CONFIDENTIAL)
    casework.send_sheets(desk.store, item, on=DAY)

    html = paper(desk, name).html

    for secret in ("見本 花子", "見本 太郎", "役割の分担", "架空町", "通報子", "部屋から出ない"):
        assert secret not in html


@pytest.mark.parametrize("name", ALL)
def test_a_sitting_without_items_still_has_its_papers(desk, name):
    section = paper(desk, name)

    assert section.identity.title == name
    assert "<h1" in section.html


def test_each_agency_called_has_its_own_page_of_the_notice(desk):
    html = paper(desk, "開催通知").html

    names = desk.store.lexicon().refs["agencies"]
    for called in desk.sitting.called:
        page = page_of(html, names[called])
        assert "令和8年10月15日（木）" in page and "見本市役所 第1会議室" in page
    assert html.count("<section") == len(desk.sitting.called)


def test_the_notice_asks_for_the_reply_a_week_before_and_leaves_out_the_seal(desk):
    html = paper(desk, "開催通知").html

    assert "令和8年10月8日（木）" in html
    assert "（公印省略）" in html


def test_nobody_can_stand_in_for_a_seat_that_is_one_persons_own(desk):
    seat = '{ agency = "お困りごと相談員", group = 2 }'
    text = desk.store.profile.text.replace(seat, seat.replace("group", "is_person = true, group"))
    desk.store.use_profile(profile.parse(text))

    html = paper(desk, "開催通知").html

    assert "代理の出席はできません" in page_of(html, "お困りごと相談員　様")
    assert "代理が出席" in page_of(html, "社会福祉協議会　御中")


def test_a_sheet_that_is_back_is_not_asked_for_again(desk, put):
    first, second, *_ = casework.send_sheets(desk.store, put(CONFIDENTIAL), on=DAY)
    desk.store.save(replace(first, returned_on=date(2026, 10, 7)))

    html = paper(desk, "資料提出依頼").html

    names = desk.store.lexicon().refs["agencies"]
    assert f'to-whom">{names[first.agency]}' not in html
    assert '<td class="n">1</td><td>支援会議</td>' in page_of(html, names[second.agency])


def test_an_agency_outside_the_consent_is_not_asked_for_a_sheet(desk, agree, put):
    council, welfare = agency(desk, "社会福祉協議会"), agency(desk, "高齢者支援課")
    agree(agencies=(council, welfare))
    sheets = casework.send_sheets(desk.store, put(MULTILAYERED), (council, welfare), on=DAY)
    assert len(sheets) == 2
    agree(agencies=(council,), stated_on=date(2026, 10, 7))

    html = paper(desk, "資料提出依頼").html

    assert page_of(html, "社会福祉協議会")
    assert 'to-whom">高齢者支援課' not in html


def test_the_list_to_sign_has_who_is_known_and_a_line_for_who_is_not(desk):
    council = agency(desk, "社会福祉協議会")
    who = Attendee(agency=council, name="例示 次郎", confidentiality_explained_on=DAY)
    desk.store.save(replace(desk.sitting, attendees=(who,)))

    html = paper(desk, "出席者名簿").html

    assert "例示 次郎" in html and "令和8年10月6日" in html
    assert html.count("<td>社会福祉協議会</td>") == 1
    assert "<td>高齢者支援課</td>" in html and "106条の6第5項" in html


def test_the_questionnaire_asks_for_a_name_only_where_the_body_does(desk):
    held = Conference(body="representatives", held_on=date(2026, 11, 5))
    nameless = casework.convene(desk.store, held)

    assert "回答者" in paper(desk, "会議後アンケート").html
    assert "回答者" not in paper(desk, "会議後アンケート", nameless).html


def test_the_recall_sheet_counts_each_basis_by_itself(desk, agree, put):
    agree()
    put(CONFIDENTIAL)
    put(MULTILAYERED)
    back = CopyRecall(conference_id=desk.sitting.id, basis=MULTILAYERED, copy_number=2)
    desk.store.save(replace(back, state=RecallState.RETURNED, settled_on=DAY))

    html = paper(desk, "資料回収確認表").html

    first, second = html.split("<h2>")[1:]
    assert "■" not in first and second.count("■") == 2
    assert "令和8年10月6日" in second


def test_a_changed_place_gives_the_notice_another_number(desk):
    before = paper(desk, "開催通知")
    desk.store.save(replace(desk.sitting, place="例示会館"))

    after = paper(desk, "開催通知")

    assert "例示会館" in after.html
    assert after.identity.number != before.identity.number


# ── 会議記録 ────────────────────────────────────────────────────────────────


def test_the_chairs_minutes_hold_all_that_was_recorded_of_an_item(decided):
    html = minutes(decided).html

    for told in ("母の介護から話した", "見守りの回数を決める", "令和8年11月2日", "急がないこと",
                 "夜間の居場所", "令和8年11月19日", "人手を確かめる", "供覧欄"):  # fmt: skip
        assert told in html
    assert "返事の記録がない機関：" in html and "提出" not in html


def test_an_agencys_minutes_hold_its_own_answer_and_no_remark_of_the_office(decided):
    html = minutes(decided, f"agency-{agency(decided, '高齢者支援課')}").html

    assert "見守りの回数を決める" in html and "■了承" in html
    for kept in ("人手を確かめる", "急がないこと", "夜間の居場所", "母の介護から話した",
                 "見本 花子", "供覧欄"):  # fmt: skip
        assert kept not in html


def test_minutes_are_a_paper_of_their_own_beside_the_packet(decided):
    identity = minutes(decided).identity

    assert identity.kind is PaperKind.MINUTES
    assert identity.number.startswith(f"記録{decided.sitting.id}-")
    assert "会議記録" in identity.title


def test_an_agency_that_was_absent_from_every_item_is_marked_away(decided):
    html = minutes(decided).html

    row = html[html.index("<td>社会福祉協議会</td>") :].split("</tr>")[0]
    assert row.count("■") == 1 and row.index("□") < row.index("■")


def test_minutes_before_the_sitting_say_that_it_was_not_held(desk, put):
    put(CONFIDENTIAL)

    html = minutes(desk).html

    assert "この会議の開催は、まだ記録されていません。" in html
    assert "決定事項の記録はありません" in html


def test_an_agency_with_nothing_permitted_gets_a_cover_that_says_so(desk, agree, put):
    council, outside = agency(desk, "社会福祉協議会"), agency(desk, "高齢者支援課")
    agree(agencies=(council,))
    put(MULTILAYERED)

    html = minutes(desk, f"agency-{outside}", MULTILAYERED).html

    assert "この宛先に掲載できる案件はありません" in html
    assert "役割の分担" not in html


def test_the_minutes_of_one_basis_hold_nothing_of_the_other(decided, agree, put):
    agree()
    item = put(MULTILAYERED)
    row = Decision(what="プランの見直し")
    decided.store.save(replace(decided.store.load(AgendaItem, item.id), decisions=(row,)))

    assert "プランの見直し" not in minutes(decided).html
    assert "見守りの回数を決める" not in minutes(decided, basis=MULTILAYERED).html


# ── what stands in a packet's item ──────────────────────────────────────────


def item_page(desk, sitting, recipient="chair", basis=CONFIDENTIAL):
    made = packet(desk.store, sitting.id, recipient=recipient, basis=basis, made_on="令和8年")
    return made.items().html


@pytest.fixture
def again(decided):
    """A second sitting on the same case, after the first one decided something."""
    sitting = casework.convene(
        decided.store, Conference(body="monthly", held_on=date(2026, 11, 19))
    )
    sitting = casework.call_agencies(decided.store, sitting, decided.sitting.called)
    item = AgendaItem(basis=CONFIDENTIAL, question="見守りをどう続けるか")
    casework.put_on_agenda(decided.store, sitting, decided.case, item)
    decided.next = sitting
    return decided


def test_what_was_decided_last_time_says_who_and_that_it_is_not_settled(again):
    html = item_page(again, again.next)

    row = html[html.index("見守りの回数を決める") :].split("</tr>")[0]
    assert "社会福祉協議会" in row and "期限超過" in row and "未了" in row


def test_what_was_settled_since_says_when(again):
    (item,) = again.store.find(AgendaItem, conference_id=again.sitting.id)
    (row,) = item.decisions
    done = replace(row, done_on=date(2026, 11, 1), progress="週に二回とした")
    again.store.save(replace(item, decisions=(done,)))

    html = item_page(again, again.next)

    assert "済（令和8年11月1日）　週に二回とした" in html
    assert "期限超過" not in html


def test_decisions_of_a_category_that_is_not_shared_leave_no_empty_rows(again):
    (item,) = again.store.find(AgendaItem, conference_id=again.next.id)
    again.store.save(replace(item, shared_categories=(Category.HEALTH,)))
    reader = f"agency-{agency(again, '高齢者支援課')}"

    html = item_page(again, again.next, reader)

    assert "これまでの決定事項は、この資料に載せていません。" in html
    assert "社会福祉協議会" not in html.split("前回までの決定事項")[1]


def test_the_roles_put_before_a_sitting_without_plans_stand_in_its_item(again):
    (item,) = again.store.find(AgendaItem, conference_id=again.next.id)
    council = agency(again, "社会福祉協議会")
    row = DirectionRow(what="週に一度訪ねる", agency=council, review_on=date(2027, 2, 1))
    again.store.save(replace(item, directions=(row,)))

    html = item_page(again, again.next, f"agency-{council}")

    part = html.split("今回の支援方針・役割分担")[1]
    assert "週に一度訪ねる" in part and "令和9年2月1日" in part


def test_an_item_has_all_that_a_sitting_asks_of_it(again):
    (item,) = again.store.find(AgendaItem, conference_id=again.next.id)
    first, *_ = casework.send_sheets(again.store, item, on=date(2026, 11, 1))
    answer = {"returned_on": date(2026, 11, 5), "household_view": "母が支えている"}
    again.store.save(replace(first, **answer))

    html = item_page(again, again.next)

    for part in ("見守りをどう続けるか", "世帯の状況", "前回までの決定事項", "事前シートの回答",
                 "母が支えている", "回答待ち：", "今回の支援方針・役割分担"):  # fmt: skip
        assert part in html


# ── the buttons ─────────────────────────────────────────────────────────────


def test_one_button_makes_one_pdf_of_all_copies(tmp_path):
    words = command(tmp_path / "a.db", 7, tmp_path, "2026-10-06", pdf=True)

    assert words[-7:] == [
        str(tmp_path / "a.db"), "7", "--out", str(tmp_path), "--today", "2026-10-06", "--pdf",
    ]  # fmt: skip


def test_minutes_are_offered_once_the_sitting_was_held(decided):
    session = Session(decided.store, DAY)
    held = PapersPanel(session, decided.sitting, ready=True)
    planned = PapersPanel(
        session, replace(decided.sitting, state=ConferenceState.PLANNED), ready=True
    )

    assert held.record in held.children[1].children
    assert planned.record not in planned.children[1].children
    assert planned.bind in planned.children[1].children


def test_a_finished_pdf_travels_as_bytes_and_a_page_as_text(tmp_path):
    progress = Progress()
    for name, content in (("あ.pdf", b"%PDF-1.5"), ("い.html", "資料".encode())):
        (tmp_path / name).write_bytes(content)
        progress.add(Made(1, 2, tmp_path / name))

    assert progress.bytes_of(0) == b"%PDF-1.5"
    assert progress.bytes_of(1) == b"" and progress.text_of(1) == "資料"
    assert progress.bytes_of(2) == b""
