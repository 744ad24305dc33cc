"""The page プラン: broken off, gone on with, what each agency answers; as the worker does it."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.forms import Consent, Household, Intake, Person, RoleAssignment, SupportPlan
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.store.due import due_items
from jusou_nb.widgets.messages import Banner
from jusou_nb.widgets.plan_acts import breaks_off

TODAY = date(2026, 10, 15)
BEFORE = date(2026, 10, 1)


@pytest.fixture
def client(opened):
    """A client with an open case."""
    household = Household(members=(Person(name="見本　花子"),))
    sheet = Intake(received_on=BEFORE, screening="continuing")
    return casework.receive_intake(opened.store, household=household, intake=sheet)


def role(opened, name, what):
    agency = opened.store.lexicon().spellings["agencies"][name]
    return RoleAssignment(what=what, doer=DoerKind.AGENCY, agency=agency, frequency="週1回")


@pytest.fixture
def agreed(opened, client):
    """The plan that a sitting agreed to, two agencies with a part in it."""
    rows = (
        role(opened, "地域包括支援センター", "介護の申請"),
        role(opened, "アウトリーチ事業者", "訪問"),
    )
    plan = casework.draft_plan(opened.store, client.case, SupportPlan(drawn_on=BEFORE, roles=rows))
    return opened.store.save(replace(plan, state=PlanState.AGREED, outcome_on=BEFORE))


@pytest.fixture
def page(opened, client, agreed):
    """The page of the case's plans."""
    opened.open_page("プラン", (client.case.id, None))
    shown = opened.pages["プラン"].children[-1]
    shown.show()
    return shown


def labels(widget):
    """The words of all buttons under a widget."""
    found = [widget.label] if hasattr(widget, "on_click") else []
    return found + [w for child in getattr(widget, "children", ()) for w in labels(child)]


def press(widget, words):
    """Press the first button of these words; say whether there is one."""
    if hasattr(widget, "on_click") and widget.label == words:
        widget.click()
        return True
    return any(press(child, words) for child in getattr(widget, "children", ()))


def write(entry, **texts):
    for name, raw in texts.items():
        entry.forms["plan"].box_set.by_name[name].raw = raw


def stored(opened, plan):
    return opened.store.load(SupportPlan, plan.id)


def says(opened, client, state, **boxes):
    scope = {"categories": tuple(Category), "agencies": (1, 2, 3)} if state == "given" else {}
    entry = Consent(state=ConsentState.of(state), stated_on=TODAY, **scope, **boxes)
    return casework.record_consent(opened.store, client.intake.client_id, entry)


def test_a_plan_is_broken_off_with_its_reason_and_what_each_agency_says(opened, agreed, page):
    first = agreed.roles[0]
    press(page, "プランを中断する")
    page.parts[-1].press()
    assert stored(opened, agreed).state is PlanState.AGREED

    write(page.parts[-1], suspended_because="同意の撤回", **{f"role_{first.id}": ["1"]})
    page.parts[-1].press()

    plan = stored(opened, agreed)
    assert (plan.state, plan.suspended_on) == (PlanState.SUSPENDED, TODAY)
    assert [row.goes_on for row in plan.roles] == [True, None]
    assert "聞いていない役割が1行" in page.children[1].text


def test_an_answer_that_comes_later_is_written_down_and_waits_no_more(opened, agreed, page):
    plan, _ = casework.suspend_plan(opened.store, agreed, on=TODAY, reason="同意の撤回")
    kinds = [d.kind for d in due_items(opened.store, TODAY)]
    page.show()
    press(page, "続けるかの返事を記録")
    write(page.parts[-1], **{f"role_{row.id}": ["0"] for row in plan.roles})
    page.parts[-1].press()

    assert kinds.count("unasked_roles") == 2
    assert "unasked_roles" not in [d.kind for d in due_items(opened.store, TODAY)]
    assert [row.goes_on for row in stored(opened, agreed).roles] == [False, False]
    assert stored(opened, agreed).state is PlanState.SUSPENDED


def test_a_plan_goes_on_only_with_a_consent_and_the_page_says_so(opened, client, agreed, page):
    casework.suspend_plan(opened.store, agreed, on=TODAY, reason="同意の撤回")
    says(opened, client, "withdrawn")
    page.show()
    press(page, "プランを再開する")
    assert stored(opened, agreed).state is PlanState.SUSPENDED

    says(opened, client, "given")
    press(page, "プランを再開する")

    assert stored(opened, agreed).state is PlanState.AGREED
    assert "再開しました" in page.children[1].text


def test_the_page_tells_of_a_withdrawal_and_leads_on(opened, client, agreed, page):
    says(opened, client, "withdrawn")
    page.show()

    (told,) = [p for p in page.children if isinstance(p, Banner) and "撤回しています" in p.text]
    assert "自動では止まりません" in told.text
    assert labels(told) == ["続けるかの返事を記録", "プランを中断する"]
    press(told, "プランを中断する")
    assert "suspended_because" in page.parts[-1].forms["plan"].box_set.by_name


def test_buttons_fit_where_the_plan_stands(opened, agreed, page):
    assert {"プランを中断する", "再プランを作る"} <= set(labels(page))
    assert "プランを再開する" not in labels(page)

    casework.suspend_plan(opened.store, agreed, on=TODAY, reason="長期の入院")
    page.show()

    assert "プランを再開する" in labels(page) and "プランを中断する" not in labels(page)


def test_a_client_page_finds_the_way_to_break_the_plan_off(opened, client, agreed, page):
    opened.open_page(*breaks_off(opened.session, client.case.id))

    view = opened.pages["プラン"].children[-1]
    assert "suspended_because" in view.parts[-1].forms["plan"].box_set.by_name
    opened.store.save(replace(agreed, state=PlanState.DRAFT))
    assert breaks_off(opened.session, client.case.id) is None


@pytest.mark.parametrize("act", ["プランを中断する", "続けるかの返事を記録"])
def test_half_written_answers_are_found_again(opened, agreed, page, act):
    row = agreed.roles[1]
    press(page, act)
    write(page.parts[-1], **{f"role_{row.id}": ["1"]})
    opened.offer()
    press(opened.left, "続きを書く")

    entry = opened.pages["プラン"].children[-1].parts[-1]
    assert getattr(entry.forms["plan"].as_it_stands(), f"role_{row.id}") is True


def test_support_that_began_before_the_sitting_is_marked_on_the_page(opened, agreed, page):
    early = replace(agreed, decided_on=date(2026, 9, 20), decided_by="課長")
    opened.store.save(early)
    page.show()

    shown = [str(getattr(part, "value", "")) for acts in page.children
             for part in getattr(acts, "children", ())]  # fmt: skip
    assert any("jusou-chip" in text and "事後承認" in text for text in shown)
