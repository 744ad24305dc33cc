"""From an empty month to a sitting held: candidates, order, papers looked at, minutes typed."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from jusou_nb import casework, open_store
from jusou_nb.choices import Category
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Conference,
    Consent,
    Goal,
    Household,
    Intake,
    Person,
    SupportPlan,
)
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.forms.consent import ConsentState
from jusou_nb.settings import account
from jusou_nb.store import queries
from jusou_nb.store.due import due_items

pytestmark = pytest.mark.walk

NAMES = ("見本　花子", "架空　太郎", "例示　三郎")
COMPLAINT = "家賃を三か月滞納している"
SAID = "議長から、滞納の確認を先にするよう求めがあった。"
ROLE = "家賃の分納の相談に同行する"
TODAY = date(2026, 10, 15)
SLOW = 90_000


def look(walk, name):
    """Take a picture, and ask axe-core for serious faults."""
    walk.look(name)
    axe = Axe().run(walk.page, context=".jusou-desk")
    hard = [v for v in axe.response["violations"] if v["impact"] in ("serious", "critical")]
    walk.faults += [(name, v["id"], node["html"][:200]) for v in hard for node in v["nodes"]]


def fill_store(path):
    """Three households came this month; the first has consented and has a plan drawn."""
    with open_store(path) as store:
        made = [
            casework.receive_intake(
                store,
                household=Household(members=(Person(name=name),)),
                intake=Intake(
                    received_on=date(2026, 10, 1),
                    screening="continuing",
                    presenting_problem=COMPLAINT,
                ),
            )
            for name in NAMES
        ]
        given = Consent(
            state=ConsentState.GIVEN, stated_on=date(2026, 10, 2), categories=tuple(Category)
        )
        client = made[0].intake.client_id
        everybody = tuple(store.lexicon().refs["agencies"])
        casework.record_consent(store, client, Consent(**{**vars(given), "agencies": everybody}))
        plan = SupportPlan(
            drawn_on=date(2026, 10, 5), client_wish="家にいたい", goals=(Goal(issue="滞納"),)
        )
        casework.draft_plan(store, store.load(Case, made[0].case.id), plan)


def make_month(walk):
    walk.turn("会議")
    look(walk, "60-month")
    walk.press("10月の会議を作る")
    walk.sees("名簿から選んであります")
    walk.press("名簿で確定")
    walk.sees("機関を呼ぶことに確定しました")
    look(walk, "61-made")


def put_on(walk):
    walk.press("候補から選ぶ")
    walk.sees("まだ会議で話していない")
    walk.press("すべて選ぶ")
    walk.sees("3件を選んでいます")
    look(walk, "62-candidates")
    walk.press("選んだ案件を載せる")
    walk.sees("3件を案件に載せました")
    look(walk, "63-agenda")


def put_in_order(walk):
    walk.press("案件の順を変える")
    up = walk.page.get_by_role("button", name=f"{NAMES[2]}を上へ", exact=True)
    up.focus()
    walk.page.keyboard.press("Alt+ArrowUp")
    walk.sees(f"{NAMES[2]}を2番に動かしました（全3件）")
    walk.sees("この順で登録しました")
    look(walk, "64-order")
    walk.press("会議へ戻る")


def call(walk):
    walk.press("呼ぶ機関と事前シート")
    walk.press("まだ頼んでいない機関に事前シートを依頼")
    walk.sees("「依頼した」と記録しました")
    tick = walk.page.get_by_role("checkbox", name=re.compile("を2番に呼ぶ$")).last
    tick.focus()
    walk.page.keyboard.press("Space")
    walk.press("この呼び方で登録")
    walk.sees("1件の案件の呼ぶ機関を登録しました")
    look(walk, "65-called")
    walk.press("会議へ戻る")


def print_and_look(walk):
    walk.press("資料を作成")
    walk.page.get_by_role("progressbar", name="資料の作成").wait_for()
    look(walk, "66-progress")
    walk.sees("部の資料を作りました", timeout=SLOW)
    shown = walk.page.locator(".jusou-preview:visible")
    shown.get_by_label("会議の種類").select_option("支援会議")
    shown.get_by_role("button", name="この画面で見る").click()
    frame = walk.page.frame_locator("iframe.jusou-preview-frame")
    frame.get_by_text(COMPLAINT).first.wait_for()
    walk.page.locator("iframe.jusou-preview-frame").scroll_into_view_if_needed()
    look(walk, "67-preview")
    walk.press("次の部")
    walk.sees("2番　社会福祉課を表示しています")
    with walk.page.expect_download() as saved:
        walk.press("保存")
    walk.saved = saved.value.suggested_filename
    walk.press("閉じる")


def type_minutes(walk):
    walk.press("会議中の記録")
    walk.sees("だれが来たか")
    look(walk, "68-who-came")
    walk.press("開催を記録")
    walk.sees("開催を記録しました")
    walk.page.keyboard.press("Tab")
    walk.page.keyboard.press("Alt+PageDown")
    walk.sees(f"1番　{NAMES[0]}")
    expect(walk.box("発言の要旨")).to_be_focused()
    walk.page.keyboard.type(SAID)
    walk.page.locator(".jusou-minutes").get_by_label("了承", exact=True).check()
    walk.fill("何を", ROLE)
    walk.choose("だれが（機関）", "社会福祉協議会")
    walk.fill("いつまでに", "R8.11.5")
    look(walk, "69-minutes")
    walk.page.locator(".jusou-bar:visible").get_by_role("button", name="登録", exact=True).click()
    walk.sees("1番の案件を登録しました")
    expect(walk.page.get_by_text("書きかけの間に")).to_have_count(0)
    look(walk, "70-registered")


def next_item(walk):
    walk.page.keyboard.press("Tab")
    walk.page.keyboard.press("Alt+PageDown")
    expect(walk.page.locator("[aria-current=step]")).to_contain_text("2番")
    walk.page.keyboard.type("途中まで書いた")
    walk.page.keyboard.press("Alt+PageUp")
    walk.page.keyboard.press("Alt+PageDown")
    second = walk.page.locator("[aria-current=step]", has_text="2番")
    expect(second).to_contain_text("書きかけ")
    expect(walk.page.locator(".jusou-minutes textarea:visible").first).to_have_value(
        "途中まで書いた"
    )
    look(walk, "71-second")


def end(walk):
    walk.page.get_by_role("button", name="おわりに").click()
    walk.sees("まだ記録のない案件")
    walk.press("会議記録を作成")
    walk.sees("部の資料を作りました", timeout=SLOW)
    look(walk, "72-end")
    walk.turn("期限")
    walk.sees("プランの役割")
    look(walk, "73-due")


def print_the_month(walk):
    walk.page.keyboard.press("Alt+8")
    walk.press("令和8年10月の資料を全部作る")
    walk.sees("部の資料を作りました", timeout=SLOW)
    look(walk, "74-month")


@pytest.fixture(scope="module")
def held(at_the_desk):
    with at_the_desk("sitting_page") as walk:
        fill_store(walk.folder / "office.db")
        walk.faults = []
        walk.open_desk()
        walk.press("あとで")
        make_month(walk)
        put_on(walk)
        put_in_order(walk)
        call(walk)
        print_and_look(walk)
        type_minutes(walk)
        next_item(walk)
        end(walk)
        print_the_month(walk)
        yield walk


@pytest.fixture(scope="module")
def store(held):
    with open_store(held.folder / "office.db", readonly=True) as opened:
        yield opened


def test_the_sitting_is_that_of_the_profile_and_was_held(store):
    (sitting,) = store.find(Conference)

    assert (sitting.held_on, sitting.state) == (TODAY, ConferenceState.HELD)
    assert sitting.place == store.profile.body("monthly").place
    assert len(sitting.attendees) == len(sitting.called)


def test_each_candidate_went_on_the_basis_that_the_rules_let_it(store):
    items = {item.client_id: item.basis for item in store.find(AgendaItem)}

    assert list(items.values()) == ["multilayered", "confidential", "confidential"]


def test_the_order_of_the_keyboard_is_the_order_of_the_agenda(store):
    items = queries.items_of(store, 1)
    names = [
        queries.person(queries.household_of(store, item.client_id), item.client_id).name
        for item in items
    ]

    assert names == [NAMES[0], NAMES[2], NAMES[1]]


def test_the_agency_without_a_tick_is_called_no_more(store):
    second = queries.items_of(store, 1)[1]

    assert len(second.called) == len(queries.conference(store, 1).called) - 1


def test_the_minutes_and_the_roles_are_where_they_belong(store):
    first = queries.items_of(store, 1)[0]
    (plan,) = store.find(SupportPlan)

    assert first.discussion == SAID
    assert [row.what for row in plan.roles] == [ROLE]
    assert plan.outcome_on == TODAY
    assert [due.due_on for due in due_items(store, TODAY, kinds={"roles"})] == [date(2026, 11, 5)]


def test_what_was_not_registered_is_still_a_draft(store):
    left = [row[0] for row in store.db.execute("SELECT payload FROM drafts")]

    assert sum("途中まで書いた" in text for text in left) == 1
    assert not any(SAID in text for text in left)


def test_the_paper_was_saved_under_the_name_of_its_recipient(held):
    assert held.saved.endswith("_支援会議_02_社会福祉課.html")


def test_no_paper_lies_anywhere_but_among_the_papers(held):
    others = [
        path
        for path in held.lab.home.rglob("*")
        if path.is_file() and path.parent.name != "reports" and "office.db" not in path.name
    ]

    sign = COMPLAINT.encode()
    assert [str(path) for path in others if sign in path.read_bytes()] == []


def test_the_card_of_the_month_made_the_report_beside_the_packets(held):
    assert "月次報告_2026-10.html" in held.reports


def test_no_screen_of_the_sitting_has_a_serious_fault(held):
    assert held.faults == []


def test_no_english_is_left_on_the_sitting(held):
    said = " ".join(held.read).replace(account(), "").replace("office.db", "")
    keys = {"Alt", "PageDown", "PageUp"}

    assert "会議中の記録" in said
    words = set(re.findall(r"[A-Za-z]{2,}", said.replace("「reports」", "")))
    assert words <= {"PDF", "Word", "Excel", *keys}


def test_the_page_asked_nothing_of_the_world_outside(held):
    assert held.strangers == []
