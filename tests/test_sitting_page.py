"""The sitting's page: the month made, candidates put on, order, who is called, minutes, papers."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.casework import minutes
from jusou_nb.casework.agenda import roster
from jusou_nb.casework.minutes import NewRole, RolesTo, write_minutes
from jusou_nb.choices import Category
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Conference,
    Consent,
    Household,
    Intake,
    Person,
    PreparationSheet,
    SupportPlan,
)
from jusou_nb.forms.conference import ConferenceState, Outcome, Presence
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.store import drafts, queries
from jusou_nb.store.due import due_items
from jusou_nb.widgets.papers import PapersPanel
from jusou_nb.widgets.preview import Preview, named, text_of
from jusou_nb.widgets.session import Session

TODAY = date(2026, 10, 15)
BEFORE = date(2026, 10, 8)
DUE = date(2026, 11, 5)


def presses(part):
    """Give every button under a widget by its words."""
    found = {part.label: part} if hasattr(part, "click") and hasattr(part, "label") else {}
    for child in getattr(part, "children", ()):
        found |= presses(child)
    return found


def press(part, words):
    presses(part)[words].click()


@pytest.fixture
def page(opened):
    opened.open_page("会議", None)
    opened.pages["会議"].show_list()
    return opened.pages["会議"]


@pytest.fixture
def received(opened):
    """Two households; the first has consented to all."""
    made = [
        casework.receive_intake(
            opened.store,
            household=Household(members=(Person(name=name),)),
            intake=Intake(received_on=BEFORE, screening="continuing"),
        )
        for name in ("見本　花子", "架空　太郎")
    ]
    given = Consent(state=ConsentState.GIVEN, stated_on=BEFORE, categories=tuple(Category))
    casework.record_consent(opened.store, made[0].intake.client_id, given)
    return made


@pytest.fixture
def sitting(opened, received):
    made = casework.convene(opened.store, Conference(body="monthly", held_on=TODAY))
    called = casework.call_agencies(opened.store, made, roster(opened.store, made))
    given = opened.store.find(Consent)[0]
    opened.store.save(replace(given, agencies=called.called))
    return called


@pytest.fixture
def items(opened, received, sitting):
    """The first household on the basis of consent, the second on the other."""
    return [
        casework.put_on_agenda(
            opened.store, sitting, made.case, AgendaItem(basis=basis, question="分担")
        ).item
        for made, basis in zip(received, ("multilayered", "confidential"), strict=True)
    ]


@pytest.fixture
def view(opened, sitting, items):
    opened.open_page("会議", (sitting.id, ("change", sitting.id)))
    found = opened.pages["会議"].children[-1]
    found.show()
    return found


def put_plan(store, case):
    fresh = store.load(Case, case.id)
    return casework.draft_plan(store, fresh, SupportPlan(drawn_on=BEFORE, client_wish="家にいたい"))


def test_the_month_is_made_at_one_press_and_opens_its_sitting(opened, page):
    press(page, "10月の会議を作る")

    (made,) = opened.store.find(Conference)
    assert made.held_on == TODAY
    assert "名簿で確定" in presses(page)


def test_another_month_is_proposed_when_it_is_turned_to(page):
    press(page, "次の月")

    assert "11月の会議を作る" in presses(page)


def test_the_sitting_of_the_month_says_what_it_waits_for(opened, page, sitting):
    page.show_list()

    assert page.month.listing.texts()[0][-1] == "案件を選ぶ"
    assert "10月の会議を作る" not in presses(page)


@pytest.fixture
def choosing(opened, sitting):
    opened.open_page("会議", (sitting.id, ("candidates", sitting.id)))
    return opened.pages["会議"].children[-1].parts[-1]


def test_the_card_of_the_months_papers_makes_them_all_at_one_press(opened, page, items, tmp_path):
    opened.enter({"place": "papers"})
    papers = page.parts[-1]
    press(papers, "令和8年10月の資料を全部作る")
    resting = papers.go.readonly, papers.bind.readonly
    papers.wait(120)

    made = {path.name for path in (tmp_path / "reports").iterdir()}
    assert resting == (True, True) and not papers.go.readonly
    assert {path.name for path in papers.progress.paths} == made
    assert "月次報告_2026-10.html" in made
    assert {name.partition("_")[0] for name in made} > {"月次報告"}
    assert "部の資料を作りました" in papers.banner.text


def test_several_candidates_are_ticked_and_put_on_together(opened, sitting, choosing):
    choosing.table.tick_all()
    press(choosing, "選んだ案件を載せる")

    found = queries.items_of(opened.store, sitting.id)
    assert [item.basis for item in found] == ["multilayered", "confidential"]


def test_nobody_ticked_is_said_and_nothing_is_put_on(opened, sitting, choosing):
    press(choosing, "選んだ案件を載せる")

    assert "印を付けてください" in choosing.banner.text
    assert queries.items_of(opened.store, sitting.id) == []


def test_who_stands_on_the_agenda_is_listed_as_left_out(opened, sitting, items):
    opened.open_page("会議", (sitting.id, ("candidates", sitting.id)))
    choosing = opened.pages["会議"].children[-1].parts[-1]

    assert choosing.table.listing.texts() == []
    assert "この会議の1番に載っています。" in str(choosing.parts[-2].texts())


def test_the_order_is_kept_as_the_page_sends_it(opened, view, items):
    view.show_order()
    view.parts[-1].order._heard(None, {"order": [items[1].id, items[0].id]}, [])

    found = queries.items_of(opened.store, view.sitting.id)
    assert [item.id for item in found] == [items[1].id, items[0].id]
    assert "登録しました" in view.parts[-1].banner.text


def test_an_order_that_may_not_be_kept_goes_back(opened, view, items, sitting):
    view.show_order()
    order = view.parts[-1]
    casework.hold_sitting(opened.store, sitting, today=TODAY)
    order.keep([items[1].id, items[0].id])

    assert "開催済" in order.banner.text
    assert [line["id"] for line in order.order.items] == [items[0].id, items[1].id]


def test_a_tick_taken_away_calls_the_agency_no_more(opened, view, items, sitting):
    view.show_called()
    grid = view.parts[-1]
    grid.grid._heard(None, {"tick": [0, 1], "called": False}, [])
    press(grid, "この呼び方で登録")

    kept = opened.store.load(AgendaItem, items[1].id)
    assert kept.called == sitting.called[1:]
    assert opened.store.load(AgendaItem, items[0].id).called is None


def test_an_item_is_not_left_with_nobody_called(opened, view, items, sitting):
    view.show_called()
    grid = view.parts[-1]
    for down in range(len(sitting.called)):
        grid.tick(down, 0, called=False)
    press(grid, "この呼び方で登録")

    assert "呼ぶ機関がありません" in grid.gate.banner.text
    assert opened.store.load(AgendaItem, items[0].id).called is None


def test_an_excluded_party_has_no_tick_but_the_reason(opened, view, received, sitting):
    case = opened.store.load(Case, received[0].case.id)
    opened.store.save(replace(case, excluded_agencies=sitting.called[:1]))
    view.show_called()

    first = view.parts[-1].grid.rows[0]["cells"]
    assert [cell["barred"] for cell in first] == ["除外者", ""]


def test_all_sheets_are_asked_for_at_one_press_and_told_in_the_table(opened, view, sitting):
    view.show_called()
    press(view.parts[-1], "まだ頼んでいない機関に事前シートを依頼")

    assert len(opened.store.find(PreparationSheet)) == 2 * len(sitting.called)
    cells = view.parts[-1].grid.rows[0]["cells"]
    assert {cell["sheet"] for cell in cells} == {"シート 回答待ち"}


def test_roles_of_a_support_sitting_become_directions_and_are_due(opened, items, sitting):
    role = NewRole(what="滞納を調べる", agency=sitting.called[0], due_on=DUE)
    item = replace(items[1], discussion="安否を確かめた")
    kept = write_minutes(opened.store, item, roles=[role])

    (row,) = kept.item.directions
    assert (row.what, row.agency, row.due_on) == ("滞納を調べる", sitting.called[0], DUE)
    (due,) = due_items(opened.store, TODAY, kinds={"directions"})
    assert (due.agency_id, due.due_on) == (sitting.called[0], DUE)


def test_roles_of_a_sitting_that_decides_go_into_the_plan_and_are_due(
    opened, items, received, sitting
):
    put_plan(opened.store, received[0].case)
    roles = [NewRole(what="分納の相談", agency=a, due_on=DUE) for a in sitting.called[:2]]
    item = replace(items[0], outcome=Outcome.AGREED, lead_agency=sitting.called[0])
    kept = write_minutes(opened.store, item, roles=roles)

    assert kept.plan.state is PlanState.AGREED
    assert kept.plan.outcome_on == TODAY
    found = due_items(opened.store, TODAY, kinds={"roles"})
    assert [due.agency_id for due in found] == list(sitting.called[:2])


def test_a_plan_without_any_role_is_not_agreed_and_nothing_is_kept(opened, items, received):
    plan = put_plan(opened.store, received[0].case)
    item = replace(items[0], outcome=Outcome.AGREED, discussion="話した")

    with pytest.raises(NotAllowed, match="役割分担"):
        write_minutes(opened.store, item)
    assert opened.store.load(AgendaItem, item.id).discussion is None
    assert opened.store.load(SupportPlan, plan.id).state is PlanState.DRAFT


def test_without_consent_on_the_day_no_plan_is_agreed_at_the_table(opened, items, received):
    put_plan(opened.store, received[0].case)
    (given,) = opened.store.find(Consent)
    opened.store.save(replace(given, state=ConsentState.REFUSED))
    item = replace(items[0], outcome=Outcome.AGREED)
    role = NewRole(what="訪問", doer=DoerKind.FAMILY, due_on=DUE)

    with pytest.raises(NotAllowed):
        write_minutes(opened.store, item, roles=[role])
    assert due_items(opened.store, TODAY, kinds={"roles"}) == []


def test_minutes_corrected_later_do_not_send_a_plan_back_once_more(opened, items, received):
    plan = put_plan(opened.store, received[0].case)
    sent = write_minutes(opened.store, replace(items[0], outcome=Outcome.RETURNED))
    casework.redraft_plan(opened.store, opened.store.load(SupportPlan, plan.id))
    write_minutes(opened.store, replace(sent.item, discussion="字を直した"))

    assert opened.store.load(SupportPlan, plan.id).state is PlanState.DRAFT


def test_without_a_plan_to_decide_roles_become_decisions(opened, items):
    assert minutes.roles_go_to(opened.store, items[0]) is RolesTo.DECISIONS
    role = NewRole(what="様子を聞く", doer=DoerKind.FAMILY, due_on=DUE)
    kept = write_minutes(opened.store, items[0], roles=[role])

    assert [row.what for row in kept.item.decisions] == ["様子を聞く（家族）"]
    assert len(due_items(opened.store, TODAY, kinds={"decisions"})) == 1


def test_ticks_become_the_attendance_and_who_is_not_ticked_was_away(opened, items, sitting):
    write_minutes(opened.store, items[1], present=sitting.called[:2])

    rows = opened.store.load(AgendaItem, items[1].id).attendances
    came = [row.agency for row in rows if row.presence is Presence.PRESENT]
    assert came == list(sitting.called[:2])
    assert {row.presence for row in rows[2:]} == {Presence.ABSENT}


def test_a_deputy_noted_before_stays_a_deputy(opened, items, sitting):
    write_minutes(opened.store, items[1], present=sitting.called)
    item = opened.store.load(AgendaItem, items[1].id)
    first = replace(item.attendances[0], presence=Presence.DEPUTY, name="例示 代理")
    kept = opened.store.save(replace(item, attendances=(first, *item.attendances[1:])))
    write_minutes(opened.store, kept, present=sitting.called[:1])

    again = opened.store.load(AgendaItem, items[1].id).attendances[0]
    assert (again.presence, again.name) == (Presence.DEPUTY, "例示 代理")


@pytest.fixture
def typing(view):
    """The minutes' screen of the sitting."""
    press(view, "会議中の記録")
    return view.parts[-1]


def test_the_minutes_begin_with_who_came_and_go_item_by_item(opened, typing, sitting):
    assert [step["label"] for step in typing.steps.steps] == [
        "だれが来たか",
        "1番 見本　花子",
        "2番 架空　太郎",
        "おわりに",
    ]
    typing.entry_at(0).press()

    held = queries.conference(opened.store, sitting.id)
    assert held.state is ConferenceState.HELD
    assert {a.agency for a in held.attendees} == set(sitting.called)


def test_what_is_typed_of_one_item_stays_when_another_is_opened(typing):
    typing.go(2)
    typing.entry_at(2).forms["item"].box_set.by_name["discussion"].raw = "安否を確かめた"
    typing.steps._heard(None, {"go": 1}, [])
    typing.go(2)

    kept = typing.entry_at(2).forms["item"].box_set.by_name["discussion"]
    assert kept.raw == "安否を確かめた"
    assert [step["state"] for step in typing.steps.steps][1:3] == ["まだ", "書きかけ"]


def test_minutes_and_roles_are_registered_from_one_sheet(opened, typing, items, sitting):
    typing.go(2)
    forms = typing.entry_at(2).forms
    forms["item"].box_set.by_name["discussion"].raw = "安否を確かめた"
    row = forms["roles"].rows["roles"].blocks[0].boxes.by_name
    row["what"].raw, row["agency"].raw = "訪問する", [str(sitting.called[0])]
    row["due_on"].raw = "R8.11.5"
    typing.entry_at(2).press()

    kept = opened.store.load(AgendaItem, items[1].id)
    assert (kept.discussion, kept.directions[0].due_on) == ("安否を確かめた", DUE)
    assert typing.steps.steps[2]["state"] == "登録済"
    assert typing.entry_at(2).resumed.text == ""
    assert drafts.every(opened.store) == []


def test_an_agency_called_to_the_sitting_only_is_offered_to_tick(typing, sitting):
    typing.go(1)
    ticks = typing.entry_at(1).forms["present"].box_set.by_name["present"].options

    assert {int(option["code"]) for option in ticks} == set(sitting.called)


def test_a_draft_of_the_minutes_leads_back_to_its_item(opened, typing, items, sitting):
    typing.go(2)
    typing.entry_at(2).forms["item"].box_set.by_name["discussion"].raw = "途中"
    opened.offer()
    opened.open_page("会議", (sitting.id, ("minutes", items[1].id)))

    again = opened.pages["会議"].children[-1].parts[-1]
    assert again.steps.chosen == 2
    assert again.entry_at(2).forms["item"].box_set.by_name["discussion"].raw == "途中"


def test_the_last_step_names_what_has_no_record_yet(typing):
    typing.go(typing.last)

    assert "1番、2番" in typing.made[typing.last].children[1].value


def test_the_papers_are_chosen_by_basis_and_recipient(tmp_path):
    names = [
        "2026-10-15_会議1_支援会議_01_議長用・事務局控.html",
        "2026-10-15_会議記録1_重層的支援会議_02_社会福祉課.html",
        "訪問票_3.html",
    ]

    told = [(one["group"], one["label"]) for one in (named(tmp_path / name) for name in names)]
    assert told == [
        ("支援会議", "1番　議長用・事務局控"),
        ("重層的支援会議", "2番　社会福祉課"),
        ("資料", "訪問票_3"),
    ]


def test_the_text_of_a_paper_is_sent_and_kept_in_no_trait(tmp_path):
    paper = tmp_path / "見本_1.html"
    paper.write_text("<p>秘密の紙面</p>", encoding="utf-8")
    shown, sent = Preview(), []
    shown.fill([paper, tmp_path / "控え.pdf"])
    shown.send = sent.append
    shown._heard(None, {"read": 0}, [])

    assert sent == [{"read": 0, "text": "<p>秘密の紙面</p>"}]
    assert "秘密" not in str(shown.get_state())
    assert [one["name"] for one in shown.papers] == ["見本_1.html"]


def lay_papers(store, *names):
    """Put files by these names where the papers of the store lie."""
    folder = store.path.parent / "reports"
    folder.mkdir()
    for name in names:
        (folder / f"{name}.html").write_text("<p>見本</p>", encoding="utf-8")


def test_papers_made_before_are_offered_with_when_they_were_made(opened, sitting, items):
    own = "2026-10-15_会議1_支援会議_01_議長用"
    others = ("2026-10-15_会議11_支援会議_01_議長用", "2026-10-15_会議記録1_支援会議_01_控")
    lay_papers(opened.store, own, *others)
    opened.open_page("会議", (sitting.id, ("change", sitting.id)))
    view = opened.pages["会議"].children[-1]
    view.show()

    (panel,) = [part for part in view.parts if isinstance(part, PapersPanel)]
    assert [one["name"] for one in panel.preview.papers] == [f"{own}.html"]
    assert "作った資料があります" in panel.preview.note


def test_a_paper_that_is_gone_is_said_on_the_page(tmp_path):
    assert "見つかりません" in text_of([tmp_path / "ない.html"], 0)


def test_a_sitting_that_was_held_shows_who_was_called_without_ticks_to_change(
    opened, view, sitting
):
    casework.hold_sitting(opened.store, sitting, today=TODAY)
    view.show()
    view.show_called()

    assert isinstance(view.session, Session)
    assert view.parts[-1].grid.readonly
    assert "この呼び方で登録" not in presses(view.parts[-1])
