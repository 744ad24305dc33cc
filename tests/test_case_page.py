"""ケースのページ: the household at a glance, its cautions, its flow of time, in few parts."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from jusou_nb import casework
from jusou_nb.dates import PartialDate
from jusou_nb.fields import Ref, get_item
from jusou_nb.forms import (
    AgendaItem,
    Assessment,
    Case,
    CaseNote,
    Conference,
    Consent,
    Emergency,
    FamilyEvent,
    Household,
    Intake,
    Monitoring,
    Outreach,
    Person,
    RoleAssignment,
    RoleProgress,
    SupportPlan,
)
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.monitoring import Progress
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.profile import load
from jusou_nb.rules.cautions import CautionKind, cautions
from jusou_nb.store import timeline
from jusou_nb.store.timeline_sources import SOURCES
from jusou_nb.widgets.chapters import CLIENT, chapters_under
from jusou_nb.widgets.client_lists import LISTED
from jusou_nb.widgets.client_read import PAPER
from jusou_nb.widgets.client_tasks import OPEN
from jusou_nb.widgets.client_view import ClientView
from jusou_nb.widgets.desk import PAGES
from jusou_nb.widgets.timeline import AT_FIRST

TODAY = date(2026, 10, 15)
MOTHER = Person(relation="本人", name="見本　花子", birth=PartialDate(1950, 4, 1))
SON = Person(relation="長男", name="見本　太郎", telephone="000-1111-2222", is_masked=True)
CONFIRMED = {"mask_confirmed_by": "例示 二", "mask_confirmed_on": date(2026, 9, 2)}


@pytest.fixture
def home(opened):
    """A mother with an open case, and her son who must not be found."""
    received = casework.receive_intake(
        opened.store,
        household=Household(members=(MOTHER, SON)),
        intake=Intake(received_on=date(2026, 9, 1), screening="continuing"),
    )
    mother, son = received.household.members
    confirmed = replace(received.household, members=(mother, replace(son, **CONFIRMED)))
    return replace(received, household=opened.store.save(confirmed))


@pytest.fixture
def view(opened, home):
    return ClientView(opened.session, home.intake.id)


def card(view, title):
    return next(c for c in view.glance.said["cards"] if c["title"].startswith(title))


def note(opened, home, day, content):
    told = CaseNote(happened_at=datetime(2026, 10, day, 10, 0), content=content)
    return casework.write_note(opened.store, home.case, told)


def planned(opened, home, *roles):
    plan = SupportPlan(
        case_id=home.case.id, client_id=home.intake.client_id, sequence=1,
        state=PlanState.AGREED, drawn_on=date(2026, 9, 10), roles=roles,
    )  # fmt: skip
    return opened.store.save(plan)


def parts(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from parts(child)


# --- the head --------------------------------------------------------------------------------


def test_the_head_says_who_where_the_case_stands_and_who_has_it(view):
    said = view.head.said

    assert (said["name"], said["number"]) == ("見本　花子", "R8-0001")
    assert [step["label"] for step in said["way"] if step["reached"] == "current"] == ["受付"]
    assert [label for label, _ in said["facts"]] == [
        "担当（主・副）", "主担当機関", "開始日", "次の予定",
    ]  # fmt: skip


def test_somebody_hidden_is_told_by_name_and_how_to_reach_them_is_not(opened, view, home):
    son = replace(home.household.members[1], contact_note="夜だけ", visit_caution="犬がいる")
    opened.store.save(replace(home.household, members=(home.household.members[0], son)))
    view.refresh()
    told = {c["word"]: (c["whose"], c["said"]) for c in view.head.said["cautions"]}

    assert told["秘匿"][0] == "見本　太郎"
    assert told["訪問上の注意"] == ("見本　太郎", "犬がいる")
    assert "夜だけ" not in view.head.texts and "000-1111-2222" not in view.head.texts


def test_every_caution_that_the_forms_hold_is_told_the_gravest_first():
    person = replace(
        MOTHER, id=1, is_masked=True, has_address_protection=True, is_opponent=True,
        two_needed=True, visit_caution="段差", contact_note="午前", guardian_not_asked="虐待",
    )  # fmt: skip
    intake = Intake(is_in_danger=True, issues=("abuse",), considerations="筆談で")
    case = Case(excluded_agencies=(Ref(4),))
    profile = load("standard")
    intake = replace(intake, issues=tuple(profile.flagged("issue", "abuse"))[:1])
    found = cautions(profile, Household(members=(person,)), intakes=[intake], cases=[case])

    assert [entry.kind for entry in found] == list(CautionKind)


def test_an_outreach_that_ended_warns_no_more():
    running = Outreach(two_needed=True)
    home = Household(members=(MOTHER,))
    found = [
        cautions(load("standard"), home, outreaches=[entry])
        for entry in (running, replace(running, ended_on=TODAY))
    ]

    assert [len(each) for each in found] == [1, 0]


# --- at a glance -----------------------------------------------------------------------------


def test_the_people_stand_with_age_case_consent_and_mask(view):
    mother, son = card(view, "世帯の人")["rows"]

    assert mother[0]["words"] == "見本　花子（表示中）" and mother[2] == "76歳"
    assert mother[3]["chips"] == [["受付", "plain"]]
    assert son[0]["chips"] == [["秘匿", "caution"]]


def test_who_does_what_is_shown_with_what_is_late_first_and_what_is_done_last(opened, view, home):
    def role(what, day):
        return RoleAssignment(what=what, doer=DoerKind.FAMILY, due_on=day)

    late, done = date(2026, 10, 5), date(2026, 10, 1)
    plan = planned(opened, home, role("見守る", TODAY), role("通う", late), role("申す", done))
    rows = (RoleProgress(what="申す", progress=Progress.DONE),)
    opened.store.save(Monitoring(plan_id=plan.id, case_id=home.case.id, held_on=TODAY, roles=rows))
    view.refresh()

    told = [(row[0]["words"], *row[3]["chips"][0]) for row in card(view, "だれが")["rows"]]
    late_first = [("通う", "10日超過", "late"), ("見守る", "これから", "plain")]
    assert told == [*late_first, ("申す", "済んだ", "plain")]


def test_the_next_step_says_why_and_its_button_opens_the_sheet(view):
    step = view.glance.said["steps"][0]
    assert step["words"].startswith("同意がまだです。") and "同意が要ります" in step["because"]
    view.glance.press(step["acts"][0]["words"])

    assert next(iter(view.sheet.children[-1].forms.values())).form is Consent
    assert view.glance.layout.display == "none"


def test_something_overdue_opens_its_sheet_from_the_next_step(opened, view, home):
    late = CaseNote(
        happened_at=datetime(2026, 10, 1, 9), content="来所", next_action="電話",
        next_due=date(2026, 10, 3),
    )  # fmt: skip
    casework.write_note(opened.store, home.case, late)
    view.refresh()
    step = view.glance.said["steps"][0]
    view.glance.press(step["acts"][0]["words"])

    assert step["late"] and "12日過ぎています" in step["because"]
    assert next(iter(view.sheet.children[-1].forms.values())).form is CaseNote


def test_every_form_is_one_press_away_and_none_is_offered_twice(view):
    said = view.glance.said
    words = [act["words"] for act in said["first"]]
    words += [act["words"] for group in said["menu"] for act in group["acts"]]
    chapters = [c.words or c.name for form in CLIENT for c in chapters_under(form) if c.new]

    assert {"経過を書く", "同意を記録", "つなぐ・照会", "プランを見る", *chapters} <= {*words}
    assert len(said["first"]) < 6


def test_an_act_that_cannot_be_done_says_why_on_the_page(view):
    view.glance.acts.add("試し", lambda: view.open_task(("monitorings", 999)))
    view.glance.press("試し")

    assert "見つかりません" in view.said.text


def test_the_page_is_made_of_few_parts(opened, home):
    made = len(list(parts(ClientView(opened.session, home.intake.id))))
    for day in range(1, 15):
        note(opened, home, day, f"電話 {day}")

    assert made == len(list(parts(ClientView(opened.session, home.intake.id)))) < 20


def test_a_long_case_asks_the_store_no_more_often_than_a_short_one(opened, view, home):
    def asked():
        queries = []
        opened.store.db.conn.set_trace_callback(queries.append)
        view.refresh()
        opened.store.db.conn.set_trace_callback(None)
        return len(queries)

    few = asked()
    for day in range(1, 15):
        note(opened, home, day, f"電話 {day}")
    assert asked() == few


# --- 時間の流れ -------------------------------------------------------------------------------


def test_records_of_every_kind_stand_in_one_order_of_time(opened, view, home):
    note(opened, home, 3, "来所")
    sitting = casework.convene(opened.store, Conference(body="monthly", held_on=TODAY))
    casework.put_on_agenda(opened.store, sitting, home.case, AgendaItem(basis="confidential"))
    opened.store.save(FamilyEvent(household_id=home.household.id, what="転入",
                                  happened_on=PartialDate(2019)))  # fmt: skip
    view.refresh()
    days = [line.day for line in view.timeline.found]

    assert days == sorted(days, reverse=True)
    assert {"相談受付", "支援経過", "会議", "家族年表", timeline.PHASE} <= {
        line.kind for line in view.timeline.found
    }


def test_what_was_struck_stays_with_its_reason(opened, view, home):
    casework.strike_record(opened.store, note(opened, home, 3, "別人"), reason="誤り", on=TODAY)
    view.refresh()
    (line,) = [line for line in view.timeline.lines if line["kind"] == "支援経過"]

    assert (line["words"], line["struck"]) == ("別人", "誤り")


def test_every_record_that_opens_on_the_page_stands_on_the_flow_of_time():
    shown = {source.form.table for source in SOURCES}
    chapters = {c.form.table for form in CLIENT for c in chapters_under(form)}

    assert LISTED - {Case.table} <= shown
    assert chapters - shown == set()


def test_no_line_on_the_flow_of_time_tells_where_somebody_hides():
    boxes = {
        get_item(source.form, name.rstrip("：")) for source in SOURCES for name in source.boxes
    }
    assert [box.label for box in boxes if box.masked] == []


def test_only_the_newest_are_sent_at_first_and_the_older_when_asked(opened, view, home):
    first = datetime(2026, 1, 1, 9)
    for hour in range(AT_FIRST + 5):
        told = CaseNote(
            case_id=home.case.id, happened_at=first + timedelta(hours=hour), content="記"
        )
        opened.store.save(told)
    view.refresh()
    assert len(view.timeline.lines) == AT_FIRST and view.timeline.older > 0

    view.timeline.show_older()
    assert len(view.timeline.lines) == len(view.timeline.found) and view.timeline.older == 0


@pytest.mark.parametrize(
    ("record", "page"),
    [
        (Emergency(happened_at=datetime(2026, 10, 2, 9), what="倒れた"), "期限"),
        (Assessment(assessed_on=TODAY), "相談受付"),
    ],
)
def test_a_line_leads_to_where_its_record_is_kept(opened, home, record, page):
    links = {"household_id": home.household.id, "case_id": home.case.id}
    kept = opened.store.save(replace(record, **links))
    opened.tabs.chosen = list(PAGES).index("相談受付")
    opened.pages["相談受付"].show_client(home.intake.id)
    view = opened.pages["相談受付"].children[-1]
    view.timeline.choose([line.table for line in view.timeline.found].index(kept.table))

    assert list(PAGES)[opened.tabs.chosen] == page
    assert view.said.text == ""


def test_a_plan_and_a_sitting_open_on_their_own_pages(opened, view, home):
    planned(opened, home)
    sitting = casework.convene(opened.store, Conference(body="monthly", held_on=TODAY))
    casework.put_on_agenda(opened.store, sitting, home.case, AgendaItem(basis="confidential"))
    view.refresh()
    view.timeline.choose(view.timeline.of_kind("会議")[0])
    assert list(PAGES)[opened.tabs.chosen] == "会議"

    view.timeline.choose(view.timeline.of_kind("プラン案")[0])
    assert list(PAGES)[opened.tabs.chosen] == "プラン"


# --- papers ----------------------------------------------------------------------------------


def made(opened, table, record_id, number, **told):
    payload = {"number": number, "recipient": "chair", **told}
    opened.store.log_reading(table, record_id, "paper", payload)


def test_copies_made_together_are_one_line_and_those_of_others_none(opened, view, home):
    sitting = casework.convene(opened.store, Conference(body="monthly", held_on=TODAY))
    casework.put_on_agenda(opened.store, sitting, home.case, AgendaItem(basis="confidential"))
    for number in ("会議1-A", "会議1-B"):
        made(opened, "conferences", sitting.id, number, basis="confidential")
    made(opened, "conferences", sitting.id, "会議1-C", basis="multilayered")
    made(opened, "households", home.household.id + 1, "世帯2-A")
    view.refresh()

    papers = [line.words for line in view.timeline.found if line.kind == PAPER]
    assert papers == ["支援会議の資料　2部"]
    assert card(view, "作った資料")["title"] == "作った資料（2部）"


def test_a_paper_of_the_household_is_printed_again_only_with_a_reason(opened, view, home):
    made(opened, "households", home.household.id, "世帯1-A")
    view.refresh()
    view.timeline.choose(view.timeline.of_kind(PAPER)[0])
    sheet = view.sheet.children[-1]
    sheet.entry.press()

    assert sheet.number == "世帯1-A"
    assert sheet.entry.forms["note"].summary.problems or sheet.entry.gate.banner.text


def test_a_reason_that_was_left_half_written_is_found_again(opened, view, home):
    made(opened, "households", home.household.id, "世帯1-A")
    view.refresh()
    view.timeline.choose(view.timeline.of_kind(PAPER)[0])
    view.sheet.children[-1].entry.forms["note"].box_set.by_name["reason"].raw = "渡し損ねた"
    opened.offer()
    (banner,) = opened.left.children
    banner.actions.children[0].click()

    again = opened.pages["相談受付"].children[-1].sheet.children[-1]
    assert again.entry.forms["note"].as_it_stands().reason == "渡し損ねた"


def test_consent_is_told_with_what_it_covers(opened, view, home):
    given = Consent(person_id=home.intake.client_id, state=ConsentState.GIVEN, stated_on=TODAY)
    opened.store.save(replace(given, expires_on=date(2027, 3, 31)))
    view.refresh()
    told = [part for line in card(view, "同意")["lines"] for part in line]

    assert "期限：令和9年3月31日" in told
    assert ["範囲未確認", "strong"] in told[0]["chips"]


def test_a_record_opens_by_the_same_task_as_a_draft_of_it(opened, view, home):
    kept = note(opened, home, 3, "来所")
    view.open_task((f"{OPEN}-{CaseNote.table}", kept.id))

    assert view.sheet.children[-1].forms["record"].as_it_stands().content == "来所"
