"""The desk's sheets around a case, and the page of what waits."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.forms import (
    Case,
    CaseNote,
    Consent,
    Emergency,
    Ending,
    Household,
    Intake,
    Lead,
    Person,
    StatutoryReport,
    SupportRequest,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.widgets.client_person import consent_chips
from jusou_nb.widgets.client_tasks import offers
from jusou_nb.widgets.client_view import ClientView
from jusou_nb.widgets.desk import PAGES

TODAY = date(2026, 10, 15)


@pytest.fixture
def received(opened):
    """A client with an open case."""
    made = casework.receive_intake(
        opened.store,
        household=Household(members=(Person(name="見本　花子"),)),
        intake=Intake(received_on=TODAY, screening="continuing"),
    )
    assert made.case is not None
    return made


def turn(opened, name):
    opened.tabs.chosen = list(PAGES).index(name)
    return opened.pages[name]


def sheet(opened, received, table, about=0):
    """Open a sheet of the client, as its button does."""
    opened.open_page("相談受付", (received.intake.id, (table, about)))
    view = opened.pages["相談受付"].children[-1]
    return view, view.sheet.children[-1]


def write(entry, **texts):
    view = next(iter(entry.forms.values()))
    for name, text in texts.items():
        view.box_set.by_name[name].raw = text


def test_an_emergency_is_kept_in_one_sheet_without_a_household(opened):
    page = turn(opened, "相談受付")
    page.show_emergency()
    write(
        page.children[-1],
        who="氏名不明（駅前の女性）",
        what="動けなくなっている",
        ground=["life_and_property"],
        approved_by="課長",
        next_check_at="2026/10/15 18:00",
    )
    page.children[-1].press()

    (kept,) = opened.store.find(Emergency)
    assert (kept.household_id, kept.who) == (None, "氏名不明（駅前の女性）")


def test_a_lead_is_kept_and_waits_for_its_review(opened):
    page = turn(opened, "相談受付")
    page.show_lead()
    write(page.children[-1], seen="新聞がたまっている")
    page.children[-1].press()

    (lead,) = opened.store.find(Lead)
    assert lead.review_on is not None
    assert any("気になる世帯" in line[2] for line in turn(opened, "期限").listing.texts())


def test_a_report_judged_not_needed_asks_for_its_reason(opened, received):
    _, entry = sheet(opened, received, StatutoryReport.table)
    write(entry, suspicion=["partner"], state=["not_needed"])
    entry.press()
    assert opened.store.find(StatutoryReport) == []

    write(entry, not_needed_because="けがはなく、相手と別に暮らす", judged_by="課長")
    entry.press()
    assert len(opened.store.find(StatutoryReport)) == 1


def test_a_case_ends_with_its_reason(opened, received):
    _, entry = sheet(opened, received, Ending.table)
    write(
        entry,
        kind=["closure"],
        reason=["solved"],
        explanation="家賃の支払いが続いている",
        decided_at=["confidential"],
    )
    entry.press()

    assert opened.store.load(Case, received.case.id).status is CaseStatus.CLOSED


def test_what_comes_after_an_end_is_not_asked_while_the_case_ends(opened, received):
    _, entry = sheet(opened, received, Ending.table)

    shown = set(entry.forms["record"].box_set.by_name)

    assert "check_in_until" in shown
    assert not shown & {"reopened_on", "reopened_because", "check_in_renewed_on"}
    assert not shown & {"check_in_finished_on", "returned_because"}


def test_a_consent_says_what_it_still_lacks(opened, received):
    view, entry = sheet(opened, received, Consent.table)
    write(entry, state=["given"], manner=["oral"])

    entry.press()

    assert "範囲" in view.said.text and "口頭" in view.said.text
    chips = consent_chips(opened.store.profile, opened.store.find(Consent), TODAY)
    assert chips == [("同意あり", "good"), ("範囲未確認", "strong")]


def test_what_registering_said_goes_when_the_next_sheet_opens(opened, received):
    page = opened.pages["相談受付"]
    page.show_client(received.intake.id, "登録しました。", ("本人の同意をもらってください。",))
    _, banner, view = page.children

    view.open_task((Consent.table, 0))

    assert banner.text == ""


def test_a_withdrawal_tells_the_worker_what_follows(opened, received):
    client = received.intake.client_id
    casework.record_consent(
        opened.store, client, Consent(state=ConsentState.GIVEN, stated_on=date(2026, 10, 1))
    )
    view, entry = sheet(opened, received, Consent.table, client)
    write(entry, state=["withdrawn"], stated_on="2026/10/15")
    entry.press()

    assert "撤回を記録しました" in view.said.text


def test_sheets_of_a_plan_are_offered_only_where_a_plan_is_in_force(opened, received):
    view, _ = sheet(opened, received, StatutoryReport.table)

    words = [offer.words for offer in offers(opened.store, view.client)]
    assert "終結・中断" in words
    assert "モニタリング" not in words


def test_the_page_of_what_waits_opens_the_client(opened, received):
    note = CaseNote(
        happened_at=datetime(2026, 10, 1, 9, 0),
        content="来所",
        next_action="電話する",
        next_due=date(2026, 10, 10),
    )
    casework.write_note(opened.store, received.case, note)
    page = turn(opened, "期限")
    place = next(n for n, line in enumerate(page.listing.texts()) if "5日超過" in line)

    page.listing.choose(place)

    assert isinstance(page.children[-1], ClientView)


def test_what_belongs_to_no_case_opens_as_its_own_sheet(opened):
    casework.notice_lead(opened.store, Lead(noticed_on=TODAY, seen="窓が開いたまま"))
    page = turn(opened, "期限")

    page.listing.choose(0)
    entry = page.children[-1].entry
    write(entry, remarks="民生委員が様子を見る")
    entry.press()

    assert opened.store.find(Lead)[0].remarks == "民生委員が様子を見る"


def test_the_list_can_be_the_workers_own_or_everybodys(opened, received):
    case = replace(received.case, coordinator="ほかの担当")
    opened.store.save(case)
    note = CaseNote(
        happened_at=datetime(2026, 10, 1, 9, 0), content="来所", next_action="電話",
        next_due=date(2026, 10, 10),
    )  # fmt: skip
    casework.write_note(opened.store, case, note)
    page = turn(opened, "期限")
    mine = len(page.found)

    page._other()

    assert len(page.found) > mine


def test_a_request_that_waits_is_answered_through_the_acceptance_meeting(opened, received):
    asked = SupportRequest(
        requested_on=TODAY, requested_by=1, why_not_alone="受診につながらず、借金もある"
    )
    casework.ask_support(opened.store, asked, household=received.household)
    page = turn(opened, "期限")
    place = next(n for n, due in enumerate(page.found) if due.table == SupportRequest.table)
    page.listing.choose(place)
    write(page.children[-1], answer=["accepted"], coordinator="例示　推進")
    page.children[-1].press()

    (kept,) = opened.store.find(SupportRequest)
    assert (kept.answer, kept.answered_on) == (RequestAnswer.ACCEPTED, TODAY)


def test_a_client_met_before_is_pointed_out_and_never_merged(opened, received):
    page = turn(opened, "相談受付")
    page.show_new()
    entry = page.children[-1]
    entry.forms["intake"].box_set.by_name["received_on"].raw = "R8.10.15"
    blocks = entry.forms["household"].rows["members"].blocks
    blocks[0].boxes.by_name["name"].raw = "見本 花子"
    entry.press()

    assert "かもしれません" in page.children[1].text
    assert len(opened.store.find(Household)) == 2
