"""The page of one client: records opened, corrected, struck; what follows an end or a refusal."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    Case,
    CaseNote,
    Consent,
    Ending,
    Household,
    Intake,
    Person,
    Provenance,
    Referral,
    RoleAssignment,
    SupportPlan,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.forms.referral import AfterRefusal, ReferralAnswer
from jusou_nb.widgets.client_tasks import offers
from jusou_nb.widgets.client_view import ClientView
from jusou_nb.widgets.desk import PAGES

TODAY = date(2026, 10, 15)


@pytest.fixture
def home(opened):
    """A mother with an open case, and her son who has none."""
    members = (
        Person(relation="本人", name="見本　花子"),
        Person(relation="長男", name="見本　太郎"),
    )
    return casework.receive_intake(
        opened.store,
        household=Household(members=members),
        intake=Intake(received_on=date(2026, 9, 1), screening="continuing"),
    )


@pytest.fixture
def view(opened, home):
    opened.tabs.chosen = list(PAGES).index("相談受付")
    opened.pages["相談受付"].show_client(home.intake.id)
    return opened.pages["相談受付"].children[-1]


@pytest.fixture
def agency(opened):
    return Ref(opened.store.lexicon().spellings["agencies"]["社会福祉協議会"])


@pytest.fixture
def refused(opened, home, agency):
    """A つなぐ that the agency did not take."""
    sent = Referral(destination=agency, sent_on=date(2026, 9, 2), ground="guidance")
    referral = casework.refer(opened.store, home.intake, sent)
    answer = ReferralAnswer.REFUSED
    return casework.answer_referral(
        opened.store, referral, answer, on=date(2026, 9, 9), note="定員がいっぱい"
    )


@pytest.fixture
def ended(opened, home):
    """Gives what ends the mother's case, however it is told to."""

    def end(**boxes):
        plain = Ending(
            kind=EndingKind.CLOSURE, ended_on=date(2026, 10, 1), reason="solved",
            explanation="落ち着いた", decided_at="multilayered",
        )  # fmt: skip
        return casework.end_case(opened.store, home.case, replace(plain, **boxes)).ending

    return end


def consent(opened, home, **boxes):
    said = Consent(state=ConsentState.GIVEN, stated_on=date(2026, 9, 2))
    return casework.record_consent(opened.store, home.intake.client_id, replace(said, **boxes))


def opens(view, kind):
    """Open the newest record of a kind from the 時間の流れ."""
    view.timeline.choose(view.timeline.of_kind(kind)[0])


def told(view, kind):
    """What the 時間の流れ says of the records of a kind."""
    return [view.timeline.found[place] for place in view.timeline.of_kind(kind)]


def people(view):
    """The rows of the people of the household."""
    return next(c for c in view.glance.said["cards"] if c["title"].startswith("世帯の人"))["rows"]


def write(view, **texts):
    form = next(iter(view.sheet.children[-1].forms.values()))
    for name, text in texts.items():
        form.box_set.by_name[name].raw = text


def press(view):
    view.sheet.children[-1].press()


def buttons(part):
    for child in getattr(part, "children", ()):
        if hasattr(child, "click"):
            yield child
        yield from buttons(child)


def click(part, words):
    next(made for made in buttons(part) if made.label == words).click()


# --- records ---------------------------------------------------------------------------------


def test_the_keyboard_goes_to_the_first_blank_box_of_a_new_note(home, view):
    view.open_task((CaseNote.table, home.case.id))

    entry = view.sheet.children[-1]
    assert entry.forms["note"].box_set.by_name["counterpart"].focus_count == 1


def test_a_note_opens_from_its_list_and_is_put_right(opened, home, view):
    note = CaseNote(happened_at=datetime(2026, 9, 3, 10, 0), content="来所")
    casework.write_note(opened.store, home.case, note)
    view.refresh()
    opens(view, "支援経過")
    write(view, content="電話で話した")
    press(view)

    assert [line.words for line in told(view, "支援経過")] == ["電話で話した"]
    assert "登録しました" in view.said.text


def test_what_a_person_said_is_read_only_and_says_how_to_go_on(opened, home, view):
    consent(opened, home)
    view.refresh()
    opens(view, "同意の記録")

    box = view.sheet.children[-1].forms["record"].box_set.by_name["state"]

    assert box.readonly
    assert "取り消してもう一度" in box.support


def test_a_record_is_struck_with_its_reason_and_stays_in_the_list(opened, home, view):
    consent(opened, home)
    view.refresh()
    opens(view, "同意の記録")
    click(view.sheet, "この記録を取り消す")
    press(view)
    assert opened.store.find(Consent) != []

    write(view, struck_reason="別の人の同意だった")
    press(view)
    assert [line.struck_because for line in told(view, "同意の記録")] == ["別の人の同意だった"]
    assert "同意は未確認" in view.head.texts


def test_a_struck_record_can_be_read_and_not_written(opened, home, view):
    old = consent(opened, home, words="少しなら")
    casework.strike_record(opened.store, old, reason="別の人の同意だった", on=TODAY)
    view.refresh()
    opens(view, "同意の記録")

    said, form = view.sheet.children[-1].children

    assert "別の人の同意だった" in said.text
    assert all(box.readonly for box in form.box_set.by_name.values())
    assert form.as_it_stands().words == "少しなら"


def test_a_note_on_which_a_fact_stands_is_not_struck_and_the_fact_is_named(opened, home, view):
    note = CaseNote(happened_at=datetime(2026, 9, 3, 10, 0), content="来所")
    note = casework.write_note(opened.store, home.case, note)
    opened.store.save(Provenance(case_id=home.case.id, case_note_id=note.id, fact="滞納"))
    view.open_task(("strike-case_notes", note.id))
    write(view, struck_reason="重ねて書いた")
    press(view)

    assert f"{Provenance.title} 1件" in view.sheet.children[-1].gate.banner.text
    assert opened.store.find(CaseNote) == [note]


def test_a_consultation_on_which_a_case_stands_is_not_struck(opened, home, view):
    view.glance.press("受付票を直す")
    click(view.sheet, "この記録を取り消す")
    write(view, struck_reason="二重に受け付けた")
    press(view)
    assert "ケース 1件" in view.sheet.children[-1].gate.banner.text

    casework.strike_record(opened.store, home.case, reason="二重", on=TODAY)
    press(view)
    assert view.head.said["number"] == "番号なし"
    assert opened.store.find(Intake) == []


def test_who_is_not_to_know_of_a_case_is_written_on_the_page(opened, home, view, agency):
    view.glance.press("担当・除外者を直す")
    boxes = view.sheet.children[-1].forms["record"].box_set.by_name
    write(view, deputy="例示　副", excluded_agencies=[str(agency)])
    press(view)

    kept = opened.store.load(Case, home.case.id)
    assert (kept.deputy, kept.excluded_agencies) == ("例示　副", (agency,))
    assert "status" not in boxes


# --- what comes back -------------------------------------------------------------------------


def test_the_answer_to_a_referral_is_written_on_the_page_and_nothing_typed_is_lost(
    opened, home, view, agency
):
    sent = Referral(destination=agency, sent_on=date(2026, 9, 2), ground="guidance")
    casework.refer(opened.store, home.intake, sent)
    view.refresh()
    opens(view, "つないだ先")
    write(view, answer=["refused"], answer_note="定員がいっぱい", sent_by="例示　推進")
    press(view)

    (kept,) = opened.store.find(Referral)
    assert (kept.answer, kept.sent_by) == (ReferralAnswer.REFUSED, "例示　推進")
    assert "戻りました" in view.said.text


def test_a_refused_referral_asks_for_the_next_step(opened, view, refused):
    view.refresh()
    opens(view, "つないだ先")
    click(view.sheet, "次の一手を決める")
    press(view)
    assert opened.store.load(Referral, refused.id).after_refusal is None

    write(view, after_refusal=["next_sitting"])
    press(view)
    kept = opened.store.load(Referral, refused.id)
    assert (kept.after_refusal, kept.after_refusal_on) == (AfterRefusal.NEXT_SITTING, TODAY)
    assert "案件に載せて" in view.said.text


def test_the_agency_that_was_to_lead_answers_with_its_name(opened, home, view, ended, agency):
    ended(kind=EndingKind.HANDOVER, reason="handed_over", receiving_agency=agency)
    view.refresh()
    view.glance.press("受け入れの返事")
    write(view, acceptance=["accepted"], accepted_on="2026/10/14")
    press(view)
    assert opened.store.load(Case, home.case.id).status.is_open

    write(view, accepted_by="架空　受子")
    press(view)
    assert opened.store.load(Case, home.case.id).status is CaseStatus.CLOSED
    assert "終結" in view.said.text


def test_a_handover_is_sent_back_only_with_its_reason(opened, home, view, ended, agency):
    ending = ended(kind=EndingKind.HANDOVER, reason="handed_over", receiving_agency=agency)
    view.refresh()
    view.glance.press("受け入れの返事")
    write(view, acceptance=["returned"], accepted_by="架空　受子")
    press(view)
    assert opened.store.load(Ending, ending.id).acceptance is Acceptance.WAITING

    write(view, returned_because="住まいが決まってから")
    press(view)
    assert opened.store.load(Ending, ending.id).acceptance is Acceptance.RETURNED
    assert "引き続きこちらで" in view.said.text


@pytest.mark.parametrize("kind", [EndingKind.CLOSURE, EndingKind.SUSPENSION])
def test_keeping_in_touch_is_renewed_and_then_ended(opened, home, view, ended, kind):
    ending = ended(kind=kind, check_in_by="例示 一郎", check_in_until=date(2026, 12, 31))
    view.refresh()
    view.glance.press("定期連絡をのばす")
    write(view, check_in_until="2027/3/31", check_in_renewed_because="冬が心配")
    press(view)
    view.glance.press("定期連絡を終える")
    write(view, check_in_finished_because="落ち着いている")
    press(view)

    kept = opened.store.load(Ending, ending.id)
    assert (kept.check_in_until, kept.check_in_finished_on) == (date(2027, 3, 31), TODAY)
    assert "定期連絡をのばす" not in [o.words for o in offers(opened.store, view.client)]


def test_a_case_that_ended_runs_again_with_a_reason(opened, home, view, ended):
    ended()
    view.refresh()
    view.glance.press("再開")
    press(view)
    assert not view.case.status.is_open

    write(view, reopened_because="長男が退職した")
    press(view)
    assert view.case.status is CaseStatus.ASSESSMENT
    assert view.case.status_reason == "長男が退職した"


def test_whoever_died_is_reopened_by_the_chief_only(opened, home, view, ended):
    ended(reason="death")
    view.open_task(("reopen", home.case.id))
    write(view, reopened_because="届出の誤り")
    press(view)
    entry = view.sheet.children[-1]
    assert "死亡で終わった" in entry.gate.banner.text

    entry.gate.chief.note.box_set.by_name["reason"].raw = "戸籍を確かめた"
    entry.gate.chief.note.box_set.by_name["allowed_by"].raw = "課長"
    entry.gate.chief.press()
    assert view.case.status.is_open


# --- the household ---------------------------------------------------------------------------


def test_another_member_gets_a_case_with_its_own_reason(opened, home, view):
    view.glance.press("見本　太郎")
    assert view.head.said["name"] == "見本　太郎"
    view.open_case()
    write(view, status_reason="本人が相談を望んだ")
    press(view)

    (case,) = opened.store.find(Case, client_id=home.household.members[1].id)
    assert (case.status_reason, case.intake_id) == ("本人が相談を望んだ", None)
    assert [row[3]["chips"] for row in people(view)] == [[["受付", "plain"]]] * 2


def test_a_member_who_never_came_is_sent_on_as_himself(opened, home, view, agency):
    son = home.household.members[1].id
    view.turn_to(son)
    view.glance.press("つなぐ・照会")
    write(view, destination=[str(agency)], ground=["guidance"])
    press(view)

    (referral,) = opened.store.find(Referral)
    assert (referral.client_id, referral.intake_id) == (son, None)
    assert len(told(view, "つないだ先")) == 1


def test_a_sheet_about_another_member_turns_to_them(opened, home, view):
    son = home.household.members[1].id
    case = casework.open_case_for(opened.store, home.household, son, reason="相談", on=TODAY)
    view.open_task(("case_notes", case.id))
    write(view, content="会えた")
    press(view)

    assert opened.store.find(CaseNote)[0].case_id == case.id
    assert view.head.said["name"] == "見本　太郎"


# --- what follows a withdrawal, what was left ------------------------------------------------


def test_a_withdrawal_leads_on_to_breaking_off_the_plan(opened, home, view, agency):
    role = RoleAssignment(what="家計の相談", doer=DoerKind.AGENCY, agency=agency)
    plan = SupportPlan(
        case_id=home.case.id, client_id=home.intake.client_id, sequence=1,
        state=PlanState.AGREED, drawn_on=TODAY, roles=(role,),
    )  # fmt: skip
    opened.store.save(plan)
    view.open_task(("consents", home.intake.client_id))
    write(view, state=["withdrawn"], stated_on="2026/10/15")
    press(view)
    assert "家計の相談" in view.said.text
    click(view.said, "プランを中断する（役割ごとに続けるかを聞く）")

    assert list(PAGES)[opened.tabs.chosen] == "プラン"
    assert any(hasattr(part, "forms") for part in opened.pages["プラン"].children[-1].children)


@pytest.mark.parametrize(
    "left",
    [
        ("back", "after_refusal_on", "受けられなかったつなぎの次の一手"),
        ("strike-referrals", "struck_reason", "「つなぐシート」の取消"),
        ("open-referrals", "answer_note", "つなぐシート"),
    ],
)
def test_a_step_that_was_left_is_found_again(opened, view, refused, left):
    task, box, name = left
    view.open_task((task, refused.id))
    write(view, **{box: "R8.10.14"})
    opened.offer()

    (banner,) = opened.left.children
    assert name in banner.text
    click(banner, "続きを書く")
    again = next(iter(opened.pages["相談受付"].children[-1].sheet.children[-1].forms.values()))
    assert again.box_set.by_name[box].raw == "R8.10.14"


def test_what_was_left_of_a_member_without_a_consultation_is_found_again(opened, home, view):
    view.turn_to(home.household.members[1].id)
    view.open_case()
    write(view, status_reason="途中まで")
    opened.offer()
    click(opened.left.children[0], "続きを書く")

    again = opened.pages["相談受付"].children[-1]
    assert isinstance(again, ClientView)
    assert again.head.said["name"] == "見本　太郎"
    assert again.sheet.children[-1].forms["record"].as_it_stands().status_reason == "途中まで"
