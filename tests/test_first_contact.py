"""The first days: who came, what was noticed, what may not wait."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from jusou_nb import casework
from jusou_nb.choices import INFORMANT, Category
from jusou_nb.dates import PartialDate
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.fields import StatedAge, items
from jusou_nb.forms import (
    Case,
    Conference,
    Consent,
    Emergency,
    Household,
    Intake,
    Lead,
    Person,
    Referral,
    RoleAssignment,
    SchemeCheck,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import AgendaKind
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.plan import DoerKind
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.names import alike, fold
from jusou_nb.problems import Override, Strength
from jusou_nb.rules import first_contact
from jusou_nb.rules.likeness import HIDDEN
from jusou_nb.rules.likeness import Strength as Likeness
from jusou_nb.store import overrides as allowed
from jusou_nb.store.due import due_items
from jusou_nb.store.known import known_before

DAY = date(2026, 10, 1)
SATURDAY = datetime(2026, 10, 3, 21, 15)


def rules_of(problems):
    return [problem.rule for problem in problems]


def waits(store, kind, today=DAY):
    return [entry for entry in due_items(store, today) if entry.kind == kind]


def someone(**boxes):
    return Household(members=(Person(**{"name": "架空 次郎", **boxes}),))


@pytest.fixture
def receive(store):
    """Receive a sheet about somebody, changed as asked."""

    def one(household=None, reports=(), overrides=(), **boxes):
        sheet = replace(Intake(received_on=DAY), **boxes)
        return casework.receive_intake(
            store,
            household=household or someone(),
            intake=sheet,
            reports=reports,
            overrides=overrides,
        )

    return one


@pytest.fixture
def lead(store):
    """A household that a neighbour is worried about."""
    return casework.notice_lead(
        store,
        Lead(
            noticed_on=date(2026, 11, 30),
            place="見本市架空町 青い屋根の家",
            seen="雨戸が二週間閉まったまま",
            source="隣の 例示 さん",
        ),
    )


@pytest.fixture
def asked(store):
    """A request for 多機関協働 from the 地域包括支援センター, nameless as yet."""
    agency = store.lexicon().spellings["agencies"]["地域包括支援センター"]
    return casework.ask_support(
        store,
        SupportRequest(
            requested_on=DAY,
            requested_by=agency,
            is_nameless=True,
            why_not_alone="介護と就労の両方に課題がある",
        ),
    )


@pytest.fixture
def emergency():
    """What was found on a Saturday evening, of somebody whose name nobody knows."""
    return Emergency(
        happened_at=SATURDAY,
        who="氏名不明（駅前の六十代くらいの男性）",
        what="倒れていた",
        done="救急車を呼び、同乗した",
        next_check_at=datetime(2026, 10, 4, 10, 0),
    )


# 気になる世帯


def test_a_lead_has_no_number_and_counts_as_no_consultation(store, lead):
    assert store.find(Intake) == [] and store.find(Case) == []
    assert store.db.execute("SELECT count(*) FROM persons").fetchone() == (0,)
    assert not hasattr(lead, "number")


def test_a_lead_is_looked_at_again_after_the_months_of_the_profile(store, lead):
    (waiting,) = waits(store, "leads", today=date(2027, 3, 2))

    # Three months after 30 November is the last day of February.
    assert lead.review_on == waiting.due_on == date(2027, 2, 28)
    assert waiting.overdue_days == 2


def test_a_lead_cannot_be_noted_as_received_without_its_sheet(store):
    with pytest.raises(NotAllowed, match="票がありません"):
        casework.notice_lead(
            store, Lead(noticed_on=DAY, seen="雨戸が閉まったまま", outcome=LeadOutcome.RECEIVED)
        )


def test_a_lead_without_a_name_or_an_address_is_kept(store):
    assert casework.notice_lead(store, Lead(noticed_on=DAY, seen="郵便受けがあふれている")).id


def test_a_lead_that_is_watched_on_gets_a_new_day(store, lead):
    on = date(2027, 2, 20)

    reviewed = casework.review_lead(store, lead, LeadOutcome.WATCH, on=on, note="灯りを見た")

    assert reviewed.lead.review_on == date(2027, 5, 20)
    assert (reviewed.lead.outcome_on, reviewed.remarks) == (on, ())


def test_a_lead_is_received_and_who_told_stays_with_the_lead(store, lead, household, intake):
    sheet = casework.LeadSheet(
        household=household, intake=replace(intake, inquirer_relation=None, inquirer_name=None)
    )

    reviewed = casework.review_lead(store, lead, LeadOutcome.RECEIVED, on=DAY, sheet=sheet)

    received = store.load(Intake, reviewed.received.intake.id)
    assert received.number == "R8-0001" and reviewed.lead.intake_id == received.id
    assert reviewed.lead.source == "隣の 例示 さん" and reviewed.lead.review_on is None
    told = [b.name for b in items(Intake) if b.scope is INFORMANT and getattr(received, b.name)]
    assert told == ["received_on"]


def test_who_told_of_a_lead_and_where_is_in_no_table_that_leaves_the_desk(store, lead):
    (row,) = store.frame("leads").to_dict("records")

    assert (row["source"], row["place"]) == ("秘匿", "秘匿")
    assert "例示" not in repr(row) and "青い屋根" not in repr(row)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [(LeadOutcome.DROPPED, "記録を閉じる理由が空です"), (LeadOutcome.RECEIVED, "票がありません")],
)
def test_a_lead_ends_with_a_reason_or_a_sheet_only(store, lead, outcome, said):
    with pytest.raises(NotAllowed, match=said):
        casework.review_lead(store, lead, outcome, on=DAY)

    assert store.load(Lead, lead.id).outcome is None


def test_a_lead_that_is_closed_is_reviewed_no_more(store, lead):
    closed = casework.review_lead(store, lead, LeadOutcome.DROPPED, on=DAY, note="転居していた")

    assert waits(store, "leads", today=date(2028, 1, 1)) == []
    with pytest.raises(NotAllowed, match="新しい「気になる世帯」に"):
        casework.review_lead(store, closed.lead, LeadOutcome.WATCH, on=DAY)


def test_a_review_day_that_has_passed_is_pointed_out(store, lead):
    reviewed = casework.review_lead(store, lead, LeadOutcome.WATCH, on=DAY, review_on=DAY)

    assert rules_of(reviewed.remarks) == ["lead.review_past"]


# 以前の相談


@pytest.mark.parametrize(
    ("known", "now"),
    [
        ("髙橋　﨑子", "高橋崎子"),
        ("タカハシ ハナコ", "たかはし　はなこ"),
        ("ﾀｶﾊｼ ﾊﾅｺﾞ", "タカハシ ハナゴ"),
        ("ＭＩＨＯＮ Ｈａｎａ", "Mihon Hana"),
    ],
)
def test_a_name_is_found_again_however_it_is_spelt(store, receive, known, now):
    receive(someone(name=known))

    (match,) = known_before(store, someone(name=now))

    assert match.reasons == ("氏名が同じ",) and match.numbers == ("R8-0001",)


def test_equal_names_alone_are_a_weak_hint_and_a_birthday_makes_them_strong(store, receive):
    born = PartialDate(1950, 4, 1)
    receive(someone(birth=born))

    (weak,) = known_before(store, someone())
    (strong,) = known_before(store, someone(birth=born))

    assert (weak.strength, weak.reasons) == (Likeness.WEAK, ("氏名が同じ",))
    assert (strong.strength, strong.last_on) == (Likeness.STRONG, DAY)
    assert "生年月日が同じ" in strong.reasons


@pytest.mark.parametrize(
    ("known", "now"),
    [
        ({"address": "見本市架空町1丁目2番3号"}, {"address": "架空町１−２−３"}),
        ({"telephone": "０９０（０００）０１２３"}, {"telephone": "0900000123（夜）"}),
    ],
)
def test_one_roof_or_one_telephone_may_be_one_household(store, receive, known, now):
    receive(someone(**known))

    (match,) = known_before(store, someone(name="例示 三郎", **now))

    assert match.strength is Likeness.HOUSEHOLD and len(match.reasons) == 1


def test_every_consultation_of_the_household_is_told_the_strongest_match_first(store, receive):
    first = receive(someone(name="架空 三郎", telephone="090-0000-0001"))
    receive(first.household, received_on=date(2026, 12, 1))
    receive(someone(name="例示 四郎"))
    draft = Household(
        members=(Person(name="例示 四郎"), Person(name="架空 三郎", telephone="09000000001"))
    )

    strong, weak = known_before(store, draft)

    assert (strong.member, strong.numbers) == ("架空 三郎", ("R8-0002", "R8-0001"))
    assert (weak.member, weak.strength) == ("例示 四郎", Likeness.WEAK)


def test_where_a_masked_person_is_is_compared_and_never_shown(store, receive):
    receive(someone(name="見本 雪", is_masked=True, address="秘密町9-9", telephone="090-9999-0000"))

    (match,) = known_before(store, someone(name="見本 雪", address="秘密町9-9"))

    assert match.strength is Likeness.STRONG and match.reasons == ("氏名が同じ", HIDDEN)
    assert "秘密町" not in repr(match) and "住所" not in "".join(match.reasons)


def test_two_people_without_a_name_are_not_taken_for_one(store, receive):
    receive(someone(name="氏名不明（公園の男性）"))

    assert known_before(store, someone(name="氏名不明（公園の男性）")) == []


def test_a_household_is_not_found_in_itself(store, receive):
    received = receive()

    assert known_before(store, received.household) == []


def test_the_net_catches_every_spelling_that_folds_alike():
    for folded, chars in alike().items():
        assert folded in chars
        assert not set("]^-") & set(chars) or not folded.isalnum()
    assert {"高", "髙"} <= set(alike()[fold("髙")])


# 来談者と本人


def test_whoever_came_is_not_the_person_it_is_about(receive):
    received = receive(inquirer_relation="neighbour", inquirer_name="近隣 通報子")

    assert received.household.members[0].name == "架空 次郎"
    assert received.intake.inquirer_name == "近隣 通報子"
    scopes = {b.name: b.scope for b in items(Intake) if b.name.startswith("inquirer_")}
    assert set(scopes.values()) == {INFORMANT} and len(scopes) == 3


def test_a_man_without_a_name_is_received_and_his_age_stays_as_it_was_told(receive):
    man = someone(
        name="氏名不明（駅前の男性）", stated_age=StatedAge("about", 60), age_stated_on=DAY
    )

    received = receive(man, screening="no_consent_yet")

    assert received.intake.number and received.case.status is CaseStatus.INTAKE
    assert received.household.members[0].birth is None


def test_a_child_of_fourteen_who_comes_alone_is_received(receive):
    child = someone(name="見本 小春", birth=PartialDate(2012, 5, 5))

    received = receive(child, screening="continuing", issues=("young_carer",))

    assert received.case.client_id == received.household.members[0].id
    assert rules_of(received.remarks) == ["screening.plans"]


def test_a_child_of_fourteen_who_tells_of_violence_at_home_is_reported_the_same_day(receive):
    child = someone(name="見本 小春", birth=PartialDate(2012, 5, 5))
    told = StatutoryReport(suspicion="child", reported_at=datetime(2026, 10, 1, 16, 0))

    received = receive(child, reports=(told,), screening="pending", issues=("child_abuse",))

    assert received.reports[0].household_id == received.household.id
    assert received.reports[0].state is ReportState.REPORTED
    assert "report.due" not in rules_of(received.remarks)
    assert received.consent is None


# スクリーニング


@pytest.mark.parametrize(
    ("screening", "opens", "next_step"),
    [
        ("information_only", False, []),
        ("referred", False, ["screening.refers"]),
        ("no_consent_yet", True, ["screening.without_consent"]),
        ("continuing", True, ["screening.plans"]),
        ("ended", False, []),
        ("pending", True, ["screening.undecided"]),
        (None, False, ["screening.blank"]),
    ],
)
def test_each_outcome_of_the_screening_has_its_consequence(receive, screening, opens, next_step):
    received = receive(screening=screening)

    assert (received.case is not None) is opens
    assert rules_of(received.remarks) == next_step


def test_what_was_undecided_goes_on_when_it_is_decided(store, receive):
    received = receive(screening="pending")

    decided = casework.screen(store, received.intake, "continuing", on=date(2026, 10, 9))

    assert decided.intake.screening == "continuing" and decided.case.id == received.case.id


def test_a_case_that_is_decided_on_later_opens_on_that_day(store, receive):
    received = receive(screening="referred")

    decided = casework.screen(store, received.intake, "continuing", on=date(2026, 10, 9))

    assert received.case is None and decided.case.opened_on == date(2026, 10, 9)


def test_violence_that_was_reported_may_end_later(store, receive):
    received = receive(screening="pending", topics=("violence",))
    with pytest.raises(NotAllowed, match="通報・通告の判断がまだです"):
        casework.screen(store, received.intake, "ended", on=DAY)

    report = StatutoryReport(suspicion="partner", reported_at=SATURDAY)
    casework.record_report(store, report, household=received.household)

    assert casework.screen(store, received.intake, "ended", on=DAY).intake.screening == "ended"


def test_what_ends_while_its_case_is_open_is_pointed_out(store, receive):
    received = receive(screening="pending")

    ended = casework.screen(store, received.intake, "information_only", on=DAY)

    assert rules_of(ended.remarks) == ["screening.case_open"] and ended.case is None


def test_an_urgency_of_the_same_day_waits_for_a_contact_that_day(store, receive):
    received = receive(screening="no_consent_yet", urgency="immediate")

    assert "contact.same_day" in rules_of(received.remarks)
    (waiting,) = waits(store, "first_contacts")
    assert (waiting.due_on, waiting.number) == (DAY, "R8-0001")


# 通報・通告


@pytest.mark.parametrize("screening", ["information_only", "ended"])
def test_violence_does_not_end_before_somebody_judged(store, receive, screening):
    with pytest.raises(NotAllowed, match="通報・通告の判断がまだです"):
        receive(screening=screening, topics=("violence",))

    assert store.find(Intake) == []


def test_the_chief_may_let_it_end_and_that_is_kept(store, receive):
    said = Override(rule="report.not_judged", reason="児相が既に関与", allowed_by="課長")

    received = receive(screening="ended", issues=("child_abuse",), overrides=(said,))

    (kept,) = allowed.of(store, "intakes", received.intake.id)
    assert (kept["rule"], kept["reason"]) == ("report.not_judged", "児相が既に関与")


def test_a_suspicion_that_goes_on_is_received_and_asks_for_its_report(store, receive):
    received = receive(screening="no_consent_yet", issues=("elder_abuse",))

    assert "report.due" in rules_of(received.remarks)
    assert len(waits(store, "unreported_suspicions")) == 1
    report = StatutoryReport(suspicion="elder", reported_at=datetime(2026, 10, 1, 11, 0))
    casework.record_report(store, report, intake=received.intake)
    assert waits(store, "unreported_suspicions") == []


def test_a_report_is_asked_for_where_violence_is_ticked_only(store):
    ticked, calm = Intake(issues=("violence",)), Intake(issues=("debt",))
    judged = StatutoryReport(state=ReportState.NOT_NEEDED)

    assert rules_of(first_contact.report_due(store.profile, ticked, [])) == ["report.due"]
    assert first_contact.report_due(store.profile, ticked, [judged]) == []
    assert first_contact.report_due(store.profile, calm, []) == []


def test_a_report_is_kept_with_nothing_but_that_it_was_made(store):
    kept = casework.record_report(store, StatutoryReport(state=ReportState.REPORTED))

    assert kept.report.id and rules_of(kept.remarks) == ["report.incomplete"]
    assert "通報・通告先" in kept.remarks[0].message


def test_a_report_without_a_judgement_stays_open_and_waits(store):
    noticed = datetime(2026, 10, 1, 9, 30)

    kept = casework.record_report(store, StatutoryReport(noticed_at=noticed))

    assert kept.report.state is ReportState.OPEN
    assert [entry.due_on for entry in waits(store, "open_reports")] == [DAY]


def test_a_report_of_a_masked_person_without_consent_is_kept(store, receive):
    received = receive(someone(is_masked=True, masked_because="DV"))
    report = StatutoryReport(suspicion="partner", reported_at=SATURDAY, noticed_at=SATURDAY)

    kept = casework.record_report(store, report, intake=received.intake)

    assert store.find(Consent) == [] and kept.report.household_id == received.household.id


def test_not_needed_says_why_and_who_judged_or_the_chief_does(store):
    report = StatutoryReport(suspicion="elder", state=ReportState.NOT_NEEDED)
    chief = Override(rule="report.no_reason", reason="包括が通報済", allowed_by="課長")

    with pytest.raises(NotAllowed, match="理由か、判断した人が空です"):
        casework.record_report(store, report)
    assert casework.record_report(store, report, overrides=(chief,)).report.id
    said = replace(report, not_needed_because="けがの原因は転倒", judged_by="例示 係長")
    assert casework.record_report(store, said).remarks == ()


def test_a_report_of_the_next_day_is_pointed_out(store):
    report = StatutoryReport(
        noticed_at=SATURDAY,
        reported_to=1,
        reported_at=datetime(2026, 10, 4, 9, 0),
        reported_by="見本 係員",
        manner="電話",
    )

    assert rules_of(casework.record_report(store, report).remarks) == ["report.late"]


# 支援要請と受理会議


def test_an_accepted_request_opens_a_case_with_coordinator_and_deputy(store, asked):
    answered = casework.hold_acceptance(
        store,
        replace(asked, schemes_tried="介護保険"),
        RequestAnswer.ACCEPTED,
        on=date(2026, 10, 7),
        coordinator="見本 主任",
        deputy="架空 係員",
        household=someone(),
    )

    case = store.load(Case, answered.case.id)
    assert (case.coordinator, case.deputy) == ("見本 主任", "架空 係員")
    assert (case.opened_on, case.status_reason) == (date(2026, 10, 7), "支援要請を受理")
    assert answered.remarks == () and answered.request.is_nameless is False


def test_an_accepted_request_goes_on_with_the_case_that_runs(store, receive, asked):
    received = receive(screening="no_consent_yet")

    answered = casework.hold_acceptance(
        store,
        asked,
        RequestAnswer.ACCEPTED,
        on=DAY,
        coordinator="見本 主任",
        household=received.household,
    )

    assert answered.case.id == received.case.id and answered.case.coordinator == "見本 主任"
    assert rules_of(answered.remarks) == ["request.no_deputy", "request.schemes_untried"]


def test_advice_is_given_without_a_name_and_opens_nothing(store, asked):
    answered = casework.hold_acceptance(
        store, asked, RequestAnswer.ADVICE_ONLY, on=DAY, advice="まず家計改善の窓口へ"
    )

    assert answered.request.answer is RequestAnswer.ADVICE_ONLY
    assert answered.request.household_id is None and answered.case is None
    assert store.find(Case) == [] and waits(store, "support_requests") == []


def test_a_request_without_a_household_is_not_accepted_and_shows_the_way_out(store, asked):
    with pytest.raises(NotAllowed, match=r"世帯が分からない.+「助言のみ」に"):
        casework.hold_acceptance(
            store, asked, RequestAnswer.ACCEPTED, on=DAY, coordinator="見本 主任"
        )

    assert store.load(SupportRequest, asked.id).answer is None
    assert len(waits(store, "support_requests")) == 1


def test_a_request_goes_back_with_a_reason_only_and_may_come_again(store, asked):
    with pytest.raises(Invalid, match="助言・差戻しの理由"):
        casework.hold_acceptance(store, asked, RequestAnswer.RETURNED, on=DAY)

    back = casework.hold_acceptance(
        store, asked, RequestAnswer.RETURNED, on=DAY, advice="ケアマネと先に相談を"
    )
    again = casework.hold_acceptance(
        store, back.request, RequestAnswer.ADVICE_ONLY, on=date(2026, 10, 14)
    )
    assert again.request.answered_on == date(2026, 10, 14)


def test_a_request_answered_on_its_own_sheet_opens_its_case(store, asked):
    sheet = replace(
        asked, id=None, version=0, answer=RequestAnswer.ACCEPTED, coordinator="見本 主任"
    )

    with pytest.raises(NotAllowed, match="世帯が分からない"):
        casework.ask_support(store, sheet)
    answered = casework.ask_support(store, sheet, household=someone())

    (case,) = store.find(Case, household_id=answered.household_id)
    assert (case.coordinator, case.opened_on) == ("見本 主任", DAY)


def test_a_request_is_accepted_once_and_by_somebody(store, asked):
    def accept(request, **boxes):
        return casework.hold_acceptance(
            store, request, RequestAnswer.ACCEPTED, on=DAY, household=someone(), **boxes
        )

    with pytest.raises(Invalid, match="主担当者"):
        accept(asked)
    assert store.find(Household) == []
    answered = accept(asked, coordinator="見本 主任")
    with pytest.raises(NotAllowed, match="既に受理されています"):
        accept(answered.request)


# 緊急対応


def test_an_emergency_on_a_saturday_needs_no_consent_no_household_and_no_case(store, emergency):
    responded = casework.respond_to_emergency(store, emergency)

    assert responded.emergency.happened_at.weekday() == 5
    assert responded.emergency.household_id is None
    assert store.find(Consent) == [] and store.find(Case) == []
    assert rules_of(responded.remarks) == ["emergency.not_approved"]


def test_what_was_told_without_a_ground_is_pointed_out_and_kept(store, emergency):
    told = replace(emergency, told=(1,), approved_by="課長")

    responded = casework.respond_to_emergency(store, told)

    assert responded.emergency.id and rules_of(responded.remarks) == ["emergency.no_ground"]


def test_an_emergency_waits_for_its_next_check_and_the_one_after(store, emergency):
    kept = casework.respond_to_emergency(store, emergency).emergency
    sunday, monday = datetime(2026, 10, 4, 10, 5), datetime(2026, 10, 5, 9, 0)

    again = casework.check_emergency(store, kept, found="入院した", at=sunday, next_check_at=monday)
    assert [entry.due_on for entry in waits(store, "emergencies")] == [date(2026, 10, 5)]
    done = casework.check_emergency(store, again, found="落ち着いている", at=monday)

    assert done.checked.splitlines() == [
        "2026-10-04 10:05 入院した",
        "2026-10-05 09:00 落ち着いている",
    ]
    assert waits(store, "emergencies") == []


@pytest.fixture
def sittings(store):
    """A sitting held already, one of the heads of agencies, and the month's."""
    days = {"monthly": date(2026, 10, 15), "representatives": date(2026, 10, 9)}
    made = {
        body: casework.convene(store, Conference(body=body, held_on=day))
        for body, day in days.items()
    }
    return SimpleNamespace(**made)


def test_an_emergency_is_reported_at_the_next_sitting_that_needs_no_consent(
    store, emergency, sittings
):
    kept = casework.respond_to_emergency(store, emergency, household=someone()).emergency

    placed = casework.report_emergency(store, kept, on=date(2026, 10, 5))

    item, linked = placed.item, store.load(Emergency, kept.id)
    assert (item.conference_id, item.kind) == (sittings.monthly.id, AgendaKind.AFTER_THE_FACT)
    assert store.profile.basis(item.basis).requires_consent is False
    assert (linked.agenda_item_id, linked.case_id) == (item.id, item.case_id)
    case = store.load(Case, item.case_id)
    assert case.opened_on == SATURDAY.date() and case.intake_id is None


def test_an_emergency_of_a_running_case_opens_no_second_one(store, receive, emergency, sittings):
    received = receive(screening="no_consent_yet")
    kept = casework.respond_to_emergency(store, emergency, household=received.household)

    first = casework.report_emergency(store, kept.emergency, on=DAY)
    again = store.load(Emergency, kept.emergency.id)
    second = casework.report_emergency(store, again, on=DAY)

    assert first.item.case_id == received.case.id == kept.emergency.case_id
    assert second.item.id == first.item.id
    assert len(store.find(Case)) == 1


def test_an_emergency_of_nobody_known_is_not_put_on_an_agenda_and_says_what_to_do(
    store, emergency, sittings
):
    kept = casework.respond_to_emergency(store, emergency).emergency

    with pytest.raises(NotAllowed, match="世帯構成に本人を記入"):
        casework.report_emergency(store, kept, on=DAY)
    man = someone(name="氏名不明（駅前の男性）")
    assert casework.report_emergency(store, kept, on=DAY, household=man).item.id


def test_without_a_sitting_to_come_an_emergency_asks_for_one(store, emergency, sittings):
    kept = casework.respond_to_emergency(store, emergency, household=someone()).emergency

    with pytest.raises(NotAllowed, match="随時開催の会議を開いて"):
        casework.report_emergency(store, kept, on=date(2026, 10, 16))

    assert store.find(Case) == []


# 既存制度の確認


def test_a_scheme_that_is_not_used_says_why(store, receive):
    case = receive(screening="continuing").case
    check = SchemeCheck(checked_on=DAY, scheme="介護保険", result=SchemeResult.NOT_ELIGIBLE)

    with pytest.raises(Invalid, match="その理由"):
        casework.check_scheme(store, case, check)
    used = replace(check, result=SchemeResult.IN_USE)
    assert casework.check_scheme(store, case, used).case_id == case.id


def test_outreach_in_a_plan_asks_what_was_tried_before(store, receive):
    case = receive(screening="continuing").case
    row = RoleAssignment(what="訪問する", doer=DoerKind.AGENCY, programme="outreach")
    plan = SupportPlan(case_id=case.id, roles=(row,))
    check = SchemeCheck(checked_on=DAY, scheme="訪問看護", result=SchemeResult.IN_USE)

    (problem,) = casework.scheme_problems(store, plan)
    casework.check_scheme(store, case, check)

    assert (problem.rule, problem.strength) == ("scheme.unchecked", Strength.NOTICE)
    assert casework.scheme_problems(store, plan) == []
    existing = replace(plan, case_id=None, roles=(replace(row, programme="existing"),))
    assert casework.scheme_problems(store, existing) == []


def test_every_refusal_of_the_first_days_shows_a_way_out(store, lead, asked):
    problems = [
        *first_contact.may_answer_request(
            replace(asked, answer=RequestAnswer.ACCEPTED), was_accepted=False
        ),
        *first_contact.may_answer_request(asked, was_accepted=True),
        *first_contact.may_receive(
            store.profile, Intake(screening="ended", issues=("violence",)), []
        ),
    ]

    assert len(problems) >= 3
    assert all(p.remedy.endswith("。") and p.message.endswith("。") for p in problems)


def test_consent_and_referral_may_come_with_the_first_contact(store, receive):
    agency = store.lexicon().spellings["agencies"]["医療機関"]
    scope = {"categories": tuple(Category), "agencies": (agency,)}
    given = Consent(state=ConsentState.GIVEN, stated_on=DAY, **scope)
    received = receive(screening="referred")
    client = received.household.members[0]
    casework.record_consent(store, client.id, given)

    sent = casework.refer(
        store, received.intake, Referral(destination=agency, sent_on=DAY, ground="consent")
    )

    assert sent.client_id == client.id
