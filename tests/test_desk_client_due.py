"""期限 leads straight to the sheet that answers what waits."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    AgendaItem,
    Conference,
    Consent,
    Decision,
    Ending,
    Household,
    Intake,
    Person,
    Referral,
    RoleAssignment,
    SupportPlan,
)
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.forms.ending import EndingKind
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.widgets import desk
from jusou_nb.widgets.desk import PAGES

TODAY = date(2027, 1, 15)


@pytest.fixture
def opened(tmp_path):
    made = desk(tmp_path / "office.db", today=TODAY)
    with closing(made.store):
        yield made


@pytest.fixture
def home(opened):
    return casework.receive_intake(
        opened.store,
        household=Household(members=(Person(name="見本　花子"),)),
        intake=Intake(received_on=date(2026, 9, 1), screening="continuing"),
    )


@pytest.fixture
def agency(opened):
    return Ref(opened.store.lexicon().spellings["agencies"]["社会福祉協議会"])


def end(opened, home, **boxes):
    plain = Ending(
        kind=EndingKind.CLOSURE, ended_on=date(2026, 10, 1), reason="solved",
        explanation="落ち着いた", decided_at="multilayered",
    )  # fmt: skip
    casework.end_case(opened.store, home.case, replace(plain, **boxes))


def choose(opened, kind):
    """Turn to 期限, choose the entry of a kind, and give what opened."""
    opened.tabs.chosen = list(PAGES).index("期限")
    page = opened.pages["期限"]
    page.listing.choose(next(n for n, due in enumerate(page.found) if due.kind == kind))
    return page.children[-1]


def sheet_of(view):
    return next(iter(view.sheet.children[-1].forms.values()))


def test_a_handover_that_nobody_answered_opens_its_answer(opened, home, agency):
    end(opened, home, kind=EndingKind.HANDOVER, reason="handed_over", receiving_agency=agency)

    form = sheet_of(choose(opened, "handovers"))

    assert "社会福祉協議会" in form.summary.label
    assert set(form.box_set.by_name) == {
        "acceptance", "returned_because", "accepted_by", "accepted_on",
    }  # fmt: skip


def test_the_end_of_keeping_in_touch_opens_with_both_ways_on(opened, home):
    until = date(2026, 12, 31)
    end(opened, home, check_in_by="例示 一郎", check_in_until=until)
    opened.pages.pop("期限", None)
    opened.tabs.chosen = list(PAGES).index("期限")
    opened.pages["期限"]._other()

    view = choose(opened, "check_in_ends")

    words = [made.label for made in view.sheet.children[0].children]
    assert words[1:3] == ["定期連絡をのばす", "定期連絡を終える"]


def test_a_refused_referral_opens_its_next_step(opened, home, agency):
    sent = Referral(destination=agency, sent_on=date(2026, 9, 2), ground="guidance")
    referral = casework.refer(opened.store, home.intake, sent)
    casework.answer_referral(
        opened.store, referral, ReferralAnswer.REFUSED, on=date(2026, 9, 9), note="満員"
    )

    assert "after_refusal" in sheet_of(choose(opened, "refused_referrals")).box_set.by_name


def test_an_oral_consent_opens_the_sheet_of_its_paper(opened, home):
    said = Consent(state=ConsentState.GIVEN, stated_on=date(2026, 12, 1), manner=ConsentManner.ORAL)
    casework.record_consent(opened.store, home.intake.client_id, said)

    form = sheet_of(choose(opened, "oral_consents"))

    assert (form.form, form.box_set.base.id) == (Consent, None)


def test_a_decision_of_support_that_waits_opens_on_the_page_of_plans(opened, home):
    plan = SupportPlan(
        case_id=home.case.id, client_id=home.intake.client_id, sequence=1,
        state=PlanState.AGREED, drawn_on=date(2026, 9, 9), outcome_on=date(2026, 9, 20),
    )  # fmt: skip
    opened.store.save(plan)
    choose(opened, "support_decisions")

    entry = opened.pages["プラン"].children[-1].children[-1]
    assert list(PAGES)[opened.tabs.chosen] == "プラン"
    assert "decided_by" in entry.forms["plan"].box_set.by_name


def test_a_role_of_a_plan_that_stands_still_opens_what_the_agency_answers(opened, home, agency):
    role = RoleAssignment(what="家計の相談", doer=DoerKind.AGENCY, agency=agency)
    plan = SupportPlan(
        case_id=home.case.id, client_id=home.intake.client_id, sequence=1,
        state=PlanState.SUSPENDED, suspended_on=date(2026, 12, 1), roles=(role,),
    )  # fmt: skip
    opened.store.save(plan)
    choose(opened, "unasked_roles")

    assert list(PAGES)[opened.tabs.chosen] == "プラン"
    assert hasattr(opened.pages["プラン"].children[-1].children[-1], "forms")


def test_what_a_sitting_decided_opens_its_item(opened, home):
    sitting = casework.convene(opened.store, Conference(body="monthly", held_on=date(2026, 10, 15)))
    decided = Decision(what="家賃の分納を相談する", due_on=date(2026, 11, 1))
    item = AgendaItem(
        conference_id=sitting.id, case_id=home.case.id, client_id=home.intake.client_id,
        place_in_order=1, basis="confidential", decisions=(decided,),
    )  # fmt: skip
    item = opened.store.save(item)
    choose(opened, "decisions")

    view = opened.pages["会議"].children[-1]
    assert list(PAGES)[opened.tabs.chosen] == "会議"
    assert view.sitting.id == sitting.id and view.parts[-1].item.id == item.id
