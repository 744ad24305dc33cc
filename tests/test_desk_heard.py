"""The desk's screens of scopes, the 移行 list, and the 事後報告 of an emergency."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.errors import Invalid
from jusou_nb.forms import (
    AgendaItem,
    CaseNote,
    Conference,
    Consent,
    Emergency,
    Household,
    Person,
    Provenance,
)
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.provenance import Release
from jusou_nb.store.consents import unconfirmed_scopes
from jusou_nb.store.due import due_items
from jusou_nb.widgets import heard_acts
from jusou_nb.widgets.due_page import DuePage
from jusou_nb.widgets.intake_page import IntakePage
from jusou_nb.widgets.left import left_on
from jusou_nb.widgets.report_view import HOME, ReportView
from jusou_nb.widgets.scopes_view import ScopesView
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.set_by_view import SetByView
from jusou_nb.widgets.sitting_view import SittingView
from jusou_nb.widgets.transition_view import TransitionView

TODAY = date(2026, 10, 12)
SAID = "家賃を三か月滞納している"


@pytest.fixture
def session(desk):
    return Session(desk.store, TODAY)


def imported(desk, person, **boxes):
    entry = Consent(state=ConsentState.GIVEN, stated_on=date(2026, 10, 5), **boxes)
    return casework.record_consent(desk.store, person.id, entry)


def labels(part):
    """Name the buttons of a page, wherever they stand."""
    own = [part.label] if getattr(part, "kind", "") == "press" else []
    return own + [label for child in getattr(part, "children", ()) for label in labels(child)]


def set_boxes(entry, **texts):
    view = next(iter(entry.forms.values()))
    for name, text in texts.items():
        view.box_set.by_name[name].raw = text
    return entry


# 同意の範囲


def test_the_page_offers_the_bulk_screen_only_where_scopes_are_unknown(desk, session):
    assert not any("同意の範囲" in label for label in labels(IntakePage(session)))
    imported(desk, desk.mother)

    assert "同意の範囲をまとめて確かめる（1件）" in labels(IntakePage(session))


def test_those_ticked_get_the_scope_and_the_rest_stay(desk, session):
    imported(desk, desk.mother)
    imported(desk, desk.son)
    view = ScopesView(session)
    view.table.listing.choose(0)
    view.entry.press()

    (left,) = unconfirmed_scopes(desk.store, TODAY)
    (kept,) = desk.store.find(Consent, person_id=desk.mother.id)
    assert left.person_id == desk.son.id
    assert kept.categories == desk.store.profile.shared_categories
    assert (kept.scope_confirmed_on, kept.scope_confirmed_by) == (TODAY, "tantou")
    assert "1人の同意の範囲を確かめました。残りは1人です。" in view.said.text


def test_what_the_import_knows_of_a_scope_stays_as_it_is(desk, session):
    imported(desk, desk.mother, categories=(Category.HEALTH,))
    view = ScopesView(session)
    view.table.tick_all()
    view.entry.press()

    (kept,) = desk.store.find(Consent, person_id=desk.mother.id)
    assert kept.categories == (Category.HEALTH,) and kept.agencies
    assert view.table.listing.texts() == []
    assert "残りはありません" in view.said.text


def test_with_nobody_ticked_nothing_is_confirmed(desk, session):
    imported(desk, desk.mother)
    view = ScopesView(session)
    view.entry.press()

    assert "だれも選ばれていません" in view.entry.gate.banner.text
    assert len(unconfirmed_scopes(desk.store, TODAY)) == 1


# 移行の一覧


@pytest.fixture
def heard(desk, put):
    """A note from a confidential sitting, on which the case stands."""
    desk.item = put("confidential")
    note = CaseNote(happened_at=datetime(2026, 10, 2, 10, 0), content=SAID)
    note = replace(note, category=Category.ISSUES, learnt_on_basis="confidential")
    desk.note = casework.write_note(desk.store, desk.case, note)
    return desk


def test_the_list_tells_of_each_fact_where_it_was_heard_when_and_by_whom(heard, session):
    ((place, fact, heard_at, *_, release, _),) = TransitionView(
        session, heard.case
    ).table.listing.texts()

    assert (place, fact, release) == ("1", SAID, "未回答")
    assert heard_at == "支援会議（令和8年10月1日　tantou）"


def test_ticked_facts_are_answered_at_once_with_one_reason(heard, session):
    casework.write_note(
        heard.store, heard.case, replace(heard.note, id=None, version=0, content="通院をやめた")
    )
    view = TransitionView(session, heard.case)
    view.table.tick_all()
    set_boxes(view.sheet.children[0], release=["release"], reason="社協の了解").press()

    facts = heard.store.find(Provenance)
    assert {(f.release, f.reason, f.answered_on) for f in facts} == {
        (Release.RELEASE, "社協の了解", TODAY)
    }
    assert "2件の返事を記録しました。未回答はありません。" in view.said.text


def test_releasing_without_a_reason_opens_the_chiefs_box(heard, session):
    view = TransitionView(session, heard.case)
    view.table.tick_all()
    entry = set_boxes(view.sheet.children[0], release=["release"])
    entry.press()

    assert "理由がありません" in entry.gate.banner.text
    assert entry.gate.chief.layout.display == ""
    assert heard.store.find(Provenance)[0].release is Release.OPEN


def test_one_fact_is_shortened_and_given_its_holder(heard, session):
    view = TransitionView(session, heard.case)
    view.open_fact()
    assert "1件だけ" in view.said.text
    view.table.tick_all()
    view.open_fact()
    holder = str(heard.sitting.called[4])
    set_boxes(view.sheet.children[0], fact="家賃の滞納", held_by=[holder]).press()

    (fact,) = heard.store.find(Provenance)
    assert (fact.fact, fact.held_by) == ("家賃の滞納", heard.sitting.called[4])
    assert "未回答" in view.table.listing.texts()[0]


def test_an_item_leads_to_the_list_and_to_what_the_sitting_told(heard, session):
    view = SittingView(session, heard.sitting.id)
    view.show_item(heard.item.id)

    assert {"移行の一覧", "会議で聞いたことを世帯の票に書く"} <= set(labels(view))


def test_what_is_written_from_a_sitting_is_on_the_list_by_itself(heard, session):
    shown = []
    entry = heard_acts.heard_entry(session, heard.item, shown.append)
    (member, _) = entry.forms["record"].rows["members"].blocks
    member.boxes.by_name["condition"].raw = "通院をやめている"
    entry.press()

    told = TransitionView(session, heard.case).table.listing.texts()
    assert [line[1] for line in told] == [SAID, "状況: 通院をやめている"]
    assert isinstance(shown[0], Household)


def test_of_each_box_the_desk_tells_when_by_whom_and_at_which_sitting(heard, session):
    son = replace(heard.son, condition="夜眠れない")
    changed = replace(heard.household, members=(heard.mother, son))
    casework.write_heard(heard.store, heard.item, changed, on=TODAY)

    lines = SetByView(session, [son, None]).listings[0].texts()
    (condition,) = [line for line in lines if line[0] == "状況"]
    assert condition[1] == "令和8年10月1日" and condition[3:] == ["tantou", "支援会議"]
    assert [line[4] for line in lines if line[0] == "氏名"] == [""]


def test_an_answer_half_written_is_found_again_on_the_list(heard, session):
    view = TransitionView(session, heard.case)
    set_boxes(view.sheet.children[0], reason="社協")
    (left,) = left_on(heard.store)
    page = DuePage(session)
    page.show(left.what)

    assert left.page == "期限"
    again = page.children[-1]
    assert again.sheet.children[0].forms["answer"].box_set.by_name["reason"].raw == "社協"


def test_a_fact_that_waits_opens_the_list_with_its_tick(heard, session):
    TransitionView(session, heard.case)
    (due,) = [d for d in due_items(heard.store, TODAY) if d.table == Provenance.table]
    page = DuePage(session)
    page.show((Provenance.table, due.record_id, ""))

    assert page.children[-1].table.ticked == {due.record_id}


# 事後報告


@pytest.fixture
def saturday(desk):
    """What was done on a Saturday, for somebody of whom no household is known."""
    kept = casework.respond_to_emergency(
        desk.store,
        Emergency(
            happened_at=datetime(2026, 10, 10, 20, 0),
            who="氏名不明（駅前の女性）",
            what="動けない",
            next_check_at=datetime(2026, 10, 11, 9, 0),
        ),
    )
    return kept.emergency


def reported(desk, emergency):
    fresh = desk.store.load(Emergency, emergency.id)
    return desk.store.load(AgendaItem, fresh.agenda_item_id) if fresh.agenda_item_id else None


def test_an_emergency_of_a_known_household_is_reported_by_one_press(desk, session, saturday):
    known = desk.store.save(replace(saturday, household_id=desk.household.id))
    view = ReportView(session, known, print)
    view.report()

    item = reported(desk, saturday)
    assert (item.conference_id, item.client_id) == (desk.sitting.id, desk.mother.id)
    assert "の事後報告に載せました" in view.said.text
    assert "その会議を開く" in labels(view)


def test_of_nobody_known_the_household_is_written_on_the_way(desk, session, saturday):
    view = ReportView(session, saturday, print)
    view.report()
    assert "世帯が分からない" in view.gate.banner.text and reported(desk, saturday) is None
    view.open_sheet(HOME)
    (entry,) = view.gate.aside.children
    entry.press()

    item = reported(desk, saturday)
    assert desk.store.load(Person, item.client_id).name == "氏名不明（駅前の女性）"


def test_of_nobody_known_a_household_is_chosen_among_the_cases(desk, session, saturday):
    view = ReportView(session, saturday, print)
    view.report()
    {b.label: b for b in view.gate.banner.actions.children}["世帯をケースから選ぶ"].click()
    view.gate.aside.children[0].listing.choose(0)

    assert reported(desk, saturday).case_id == desk.case.id


def test_without_a_sitting_to_come_the_way_to_one_is_shown(desk, session, saturday):
    turned = []
    session.go = lambda page, what: turned.append((page, what))
    casework.cancel_sitting(desk.store, desk.sitting, reason="台風")
    known = desk.store.save(replace(saturday, household_id=desk.household.id))
    view = ReportView(session, known, print)
    view.report()
    view.gate.banner.actions.children[0].click()

    assert turned == [("会議", None)]
    assert desk.store.find(Conference)[0].state.value == "cancelled"


def test_the_page_of_what_waits_opens_the_report(desk, session, saturday):
    (due,) = [d for d in due_items(desk.store, TODAY) if d.kind == "emergency_reports"]
    page = DuePage(session)
    page._choose([d.kind for d in page.found].index(due.kind))

    assert "次の会議に事後報告として載せる" in labels(page)


def test_a_sheet_with_no_answer_for_no_fact_says_what_to_do(heard, session):
    view = TransitionView(session, heard.case)
    with pytest.raises(Invalid, match="事実が選ばれていません"):
        view._answer(Provenance(release=Release.WITHHOLD), ())


def test_an_emergency_just_written_offers_its_report_at_once(desk, session):
    page = IntakePage(session)
    page.show_emergency()
    boxes = {
        "who": "氏名不明（駅前の女性）",
        "what": "動けない",
        "next_check_at": "2026/10/12 18:00",
    }
    set_boxes(page.children[-1], **boxes).press()

    (kept,) = desk.store.find(Emergency)
    assert "次の会議に事後報告として載せる" in labels(page)
    assert page.children[-1].emergency == kept
    assert "口頭決裁" in page.children[1].text
