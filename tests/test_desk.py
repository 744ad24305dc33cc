"""The desk without a browser: what is pressed, what is said, what is kept."""

import json
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jusou_nb import open_store
from jusou_nb.casework import open_case, receive_intake
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Conference,
    Consent,
    Household,
    Intake,
    Person,
    SupportPlan,
)
from jusou_nb.forms.plan import PlanState
from jusou_nb.store import drafts, lists
from jusou_nb.widgets import desk, papers
from jusou_nb.widgets.client_view import ClientView
from jusou_nb.widgets.desk import PAGES

TODAY = date(2026, 10, 15)
NAME = "見本　花子"
ADDRESS = "架空町九丁目八番"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "office.db"


@pytest.fixture
def opened(path):
    made = desk(path, today=TODAY)
    with closing(made.store):
        yield made


@pytest.fixture
def received(opened):
    """A masked client with an open case, received before the desk is looked at."""
    client = Person(name=NAME, kana="ミホン　ハナコ", address=ADDRESS, is_masked=True)
    made = receive_intake(
        opened.store,
        household=Household(members=(client,)),
        intake=Intake(received_on=TODAY, presenting_problem="家賃の滞納"),
    )
    return replace(made, case=open_case(opened.store, made.intake, reason="継続"))


@pytest.fixture
def sitting(opened, received):
    """The page of a sitting that treats 支援会議 and 重層的支援会議."""
    made = opened.store.save(Conference(body="monthly", held_on=date(2026, 10, 22)))
    turn(opened, "会議").show_sitting(made.id)
    return opened.pages["会議"].children[-1]


def turn(opened, name):
    opened.tabs.chosen = list(PAGES).index(name)
    return opened.pages[name]


def within(part):
    yield part
    for child in getattr(part, "children", ()):
        yield from within(child)


def labels(part):
    """The words of all buttons and headings of a page."""
    return {getattr(each, "label", "") for each in within(part)}


def everything(part):
    """All that a page sends to the browser, but for scripts and styles."""
    for each in within(part):
        yield {n: v for n, v in each.get_state().items() if not n.startswith("_")}


def new_sheet(opened):
    turn(opened, "相談受付").show_new()
    return opened.pages["相談受付"].children[-1]


def write(view, **texts):
    for name, text in texts.items():
        view.box_set.by_name[name].raw = text


def write_row(view, table, place=0, **texts):
    for name, text in texts.items():
        view.rows[table].blocks[place].boxes.by_name[name].raw = text


def action(banner, words):
    return next(made for made in banner.actions.children if made.label == words)


def place(sitting, received, basis, question="住まいをどう守るか"):
    sitting.place(received.case.id)
    entry = sitting.children[-1].entry
    write(entry.forms["item"], basis=[basis], question=question)
    entry.press()
    return entry


def give_consent(entry):
    (asked,) = entry.gate.aside.children
    write(asked.forms["consent"], state=["given"], categories=["issues"], agencies=["1"])
    asked.press()


def test_without_a_store_the_desk_asks_for_one(monkeypatch, tmp_path):
    monkeypatch.delenv("JUSOU_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    words = labels(desk())
    assert {"新しい業務ファイルを作る", "架空の町で試す", "いまある業務ファイルを開く"} <= words


def test_a_file_that_is_no_store_is_refused_in_one_line(tmp_path):
    wrong = tmp_path / "memo.db"
    wrong.write_bytes(b"this is a memo, not a store" * 200)
    assert "業務ファイルではないか、壊れています" in desk(wrong).banner.text


def test_a_wrong_day_is_refused_in_words(path):
    assert "日付" in desk(path, today="2026-13-01").banner.text


def test_a_page_is_built_when_it_is_opened(opened):
    assert set(opened.pages) == {"ホーム"}
    turn(opened, "プラン")
    assert set(opened.pages) == {"ホーム", "プラン"}


def test_an_empty_sheet_is_not_registered_and_says_what_is_missing(opened):
    entry = new_sheet(opened)
    write(entry.forms["intake"], received_on="")
    entry.press()
    assert entry.bar.problems.label == "直すところ 1件"
    assert not entry.bar.problems.hidden
    assert opened.store.find(Intake) == []


def test_a_sheet_without_a_client_is_marked_at_the_household(opened):
    entry = new_sheet(opened)
    entry.press()
    assert "本人が記入されていません" in entry.forms["household"].summary.problems[0]["text"]
    assert opened.store.find(Household) == []


def test_a_registered_intake_stands_in_the_list_with_its_number(opened):
    entry = new_sheet(opened)
    write_row(entry.forms["household"], "members", name=NAME, address=ADDRESS)
    write(entry.forms["intake"], screening=["continuing"])
    entry.press()
    page = turn(opened, "相談受付")
    page.show_list()
    (cells,) = page.listing.texts()
    assert cells == ["R8-0001", "令和8年10月15日", NAME, "受付", "未確認"]
    assert drafts.every(opened.store) == []


def test_the_consent_is_asked_only_on_the_sheet_with_consent(opened):
    entry = new_sheet(opened)
    write_row(entry.forms["household"], "members", name=NAME)
    write(entry.forms["intake"], variant=["with_consent"])
    write(entry.forms["consent"], state=["given"])
    entry.press()
    (consent,) = opened.store.find(Consent)
    assert consent.stated_on == TODAY
    assert consent.person_id == opened.store.find(Intake)[0].client_id


def test_a_consent_left_out_again_is_not_registered(opened):
    entry = new_sheet(opened)
    write_row(entry.forms["household"], "members", name=NAME)
    write(entry.forms["intake"], variant=["with_consent"])
    write(entry.forms["intake"], variant=["without_consent"])
    entry.press()
    assert opened.store.find(Consent) == []
    assert len(opened.store.find(Intake)) == 1


def test_what_was_left_is_offered_again_and_goes_on(path, opened):
    write(new_sheet(opened).forms["intake"], presenting_problem="眠れない")
    with closing(desk(path, today=TODAY).store) as store:
        again = desk(path, today=TODAY)
        (banner,) = again.left.children
        assert "書きかけがあります（相談受付" in banner.text
        action(banner, "続きを書く").click()
        entry = again.pages["相談受付"].children[-1]
        assert entry.forms["intake"].as_it_stands().presenting_problem == "眠れない"
        again.store.close()
        assert drafts.every(store) != []


def test_what_was_left_can_be_thrown_away(opened):
    write(new_sheet(opened).forms["intake"], presenting_problem="眠れない")
    opened.offer()
    action(opened.left.children[0], "捨てる").click()
    assert drafts.every(opened.store) == []


def test_a_blank_sheet_never_overwrites_what_was_left(opened):
    write(new_sheet(opened).forms["intake"], presenting_problem="眠れない")
    entry = new_sheet(opened)
    assert entry.forms["intake"].as_it_stands().presenting_problem == "眠れない"
    assert "書きかけの続き" in entry.resumed.text


def test_beginning_afresh_forgets_what_was_left(opened):
    write(new_sheet(opened).forms["intake"], presenting_problem="眠れない")
    entry = new_sheet(opened)
    action(entry.resumed, "書きかけを捨てて、はじめから書く").click()
    assert entry.forms["intake"].as_it_stands().presenting_problem is None
    assert drafts.every(opened.store) == []


@pytest.mark.parametrize(
    ("table", "box"),
    [("households", "living_note"), ("intakes", "remarks"), ("consents", "words"),
     ("referrals", "reason"), ("case_notes", "content")],
)  # fmt: skip
def test_every_sheet_of_a_client_is_found_again(opened, received, table, box):
    about = {"consents": received.intake.client_id, "case_notes": received.case.id}
    opened.open_page("相談受付", (received.intake.id, (table, about.get(table, 1))))
    entry = opened.pages["相談受付"].children[-1].sheet.children[-1]
    write(next(iter(entry.forms.values())), **{box: "途中まで"})
    opened.offer()
    action(opened.left.children[0], "続きを書く").click()
    again = opened.pages["相談受付"].children[-1].sheet.children[-1]
    record = next(iter(again.forms.values())).as_it_stands()
    assert (type(record).table, getattr(record, box)) == (table, "途中まで")


def test_no_list_holds_an_address(opened, received):
    page = turn(opened, "相談受付")
    page.show_client(received.intake.id)
    shown = json.dumps(list(everything(page)), ensure_ascii=False, default=str)
    assert NAME in shown and "秘匿" in shown
    assert ADDRESS not in shown


def change(path, received, **texts):
    """Somebody at another desk changes the intake and does not register yet."""
    made = desk(path, today=TODAY)
    made.open_page("相談受付", (received.intake.id, ("intakes", 0)))
    view = made.pages["相談受付"].children[-1]
    entry = view.sheet.children[-1]
    write(entry.forms["record"], **texts)
    return made, entry


def test_two_workers_are_shown_both_texts_and_nothing_is_lost(path, received):
    first, mine = change(path, received, presenting_problem="わたしの文")
    second, theirs = change(path, received, presenting_problem="ほかの文", remarks="折返し電話")
    with closing(first.store), closing(second.store):
        theirs.press()
        mine.press()
        (choice,) = mine.conflict.children[0].choices
        assert "わたしの文" in choice.options[0]["label"]
        assert "ほかの文" in choice.options[1]["label"]
        choice.chosen = ["mine"]
        mine.press()
        saved = first.store.load(Intake, received.intake.id)
        assert (saved.presenting_problem, saved.remarks) == ("わたしの文", "折返し電話")


def test_the_text_of_the_other_can_be_taken(path, received):
    first, mine = change(path, received, presenting_problem="わたしの文")
    second, theirs = change(path, received, presenting_problem="ほかの文")
    with closing(first.store), closing(second.store):
        theirs.press()
        mine.press()
        mine.conflict.children[0].choices[0].chosen = ["theirs"]
        mine.press()
        assert first.store.load(Intake, received.intake.id).presenting_problem == "ほかの文"


def test_the_roster_is_proposed_and_kept_only_when_confirmed(opened, sitting):
    roster = next(w for w in sitting.children if hasattr(w, "press"))
    assert opened.store.load(Conference, sitting.sitting.id).called is None
    roster.press()
    assert len(opened.store.load(Conference, sitting.sitting.id).called) == 13


def test_a_case_without_consent_is_told_the_ways_out(opened, sitting, received):
    entry = place(sitting, received, "multilayered")
    assert "本人の同意がありません" in entry.gate.banner.text
    words = [made.label for made in entry.gate.banner.actions.children]
    assert words == ["「支援会議」の案件として載せる", "同意を記録する"]
    assert opened.store.find(AgendaItem) == []


def test_the_way_out_without_consent_keeps_what_was_written(opened, sitting, received):
    entry = place(sitting, received, "multilayered")
    action(entry.gate.banner, "「支援会議」の案件として載せる").click()
    (item,) = opened.store.find(AgendaItem)
    assert (item.basis, item.question) == ("confidential", "住まいをどう守るか")


def test_a_consent_recorded_on_the_way_opens_the_agenda(opened, sitting, received):
    entry = place(sitting, received, "multilayered")
    action(entry.gate.banner, "同意を記録する").click()
    give_consent(entry)
    entry.press()
    assert [item.basis for item in opened.store.find(AgendaItem)] == ["multilayered"]


def test_a_case_on_the_agenda_already_leads_to_its_item(sitting, received):
    place(sitting, received, "confidential")
    entry = place(sitting, received, "confidential")
    action(entry.gate.banner, "その案件を開く").click()
    assert sitting.children[-1].entry.forms["item"].as_it_stands().basis == "confidential"


def test_what_the_chief_may_allow_waits_for_a_reason_and_a_name(opened, sitting, received):
    entry = place(sitting, received, "hardship_confidential")
    entry.gate.chief.press()
    assert opened.store.find(AgendaItem) == []
    assert entry.gate.chief.note.problem_count == 2
    write(entry.gate.chief.note, reason="合同開催のため", allowed_by="課長 例示")
    entry.gate.chief.press()
    assert len(opened.store.find(AgendaItem)) == 1
    (row,) = opened.store.db.query("SELECT reason, allowed_by FROM overrides")
    assert row == {"reason": "合同開催のため", "allowed_by": "課長 例示"}


def test_a_result_and_its_decisions_are_kept(opened, sitting, received):
    place(sitting, received, "confidential")
    (item,) = opened.store.find(AgendaItem)
    sitting.show_item(item.id)
    entry = sitting.children[-1].entry
    write(entry.forms["item"], outcome=["held_over"])
    write_row(entry.forms["item"], "decisions", what="大家に会う")
    entry.press()
    saved = opened.store.load(AgendaItem, item.id)
    assert [decision.what for decision in saved.decisions] == ["大家に会う"]


@pytest.fixture
def planned(opened, sitting, received):
    """The page of the case's plans, a plan with one role row saved."""
    opened.open_page("プラン", (received.case.id, None))
    view = opened.pages["プラン"].children[-1]
    entry = view.children[-1]
    write_row(entry.forms["plan"], "roles", what="家計の相談", doer=["client"])
    entry.press()
    return view


def test_a_plan_is_a_draft_until_a_sitting_agrees(opened, planned):
    (plan,) = opened.store.find(SupportPlan)
    assert (plan.state, plan.sequence, plan.outcome_on) == (PlanState.DRAFT, 1, None)
    assert "役割分担1行" in planned.children[1].text


def test_an_item_that_decides_no_plan_cannot_agree_to_one(opened, sitting, received, planned):
    place(sitting, received, "confidential")
    planned.show()
    agree = planned.children[-1]
    agree.listing.choose(0)
    assert "支援会議ではプランを決められません" in agree.said.text
    assert agree.go.children == ()
    assert opened.store.find(SupportPlan)[0].state is PlanState.DRAFT


def test_a_plan_agreed_with_consent_moves_the_case_on(opened, sitting, received, planned):
    given = Consent(person_id=received.intake.client_id, state="given", stated_on=TODAY)
    opened.store.save(given)
    place(sitting, received, "multilayered")
    planned.show()
    planned.children[-1].listing.choose(0)
    planned.children[-1].go.children[0].children[0].click()
    (plan,) = opened.store.find(SupportPlan)
    assert (plan.state, plan.outcome_on) == (PlanState.AGREED, date(2026, 10, 22))
    assert opened.store.find(Case)[0].status.label == "支援中"


def test_papers_that_cannot_be_made_leave_a_readable_line(tmp_path, path, opened):
    words = papers.command(path, 99, tmp_path / "reports", "2026-10-15")
    said = papers.run(words, lambda _made: pytest.fail("nothing can be made"))
    assert "会議 99 番が見つかりません" in said
    assert "\n" not in said


def test_each_finished_paper_is_told_as_it_comes():
    script = "print('作成 1/2 a.html'); print('作成 2/2 b c.html')"
    told = []
    assert papers.run([sys.executable, "-X", "utf8", "-c", script], told.append) == ""
    assert [(made.done, made.of, made.path.name) for made in told] == [
        (1, 2, "a.html"),
        (2, 2, "b c.html"),
    ]


def test_a_sitting_says_in_a_banner_why_there_are_no_papers(opened, sitting):
    opened.store.strike(sitting.sitting, "誤って登録")
    panel = next(w for w in sitting.children if isinstance(w, papers.PapersPanel))
    panel.press()
    panel.wait(60)
    assert "見つかりません" in panel.banner.text or "取り消されています" in panel.banner.text
    assert not panel.go.readonly


def test_a_paper_that_is_gone_says_so(tmp_path):
    progress = papers.Progress()
    progress.add(papers.Made(1, 1, tmp_path / "議長用.html"))
    assert progress.files == ["議長用"]
    assert "もう一度作成してください" in progress.text_of(0)


@pytest.mark.parametrize("text", ["花子", "見本花子", "みほん", "R8-0001", ""])
def test_a_case_is_found_by_name_reading_and_number(opened, received, text):
    assert [line.name for line in lists.cases(opened.store, text)] == [NAME]


def test_a_search_without_a_match_says_so(opened, received):
    page = turn(opened, "プラン")
    page.picker.search.raw = "架空"
    assert page.picker.listing.texts() == []
    assert page.picker.listing.empty == "該当するケースがありません。"


def test_what_a_notebook_would_save_of_the_desk_holds_no_name(opened, received):
    turn(opened, "相談受付").show_client(received.intake.id)
    saved = json.dumps(opened._repr_mimebundle_(), ensure_ascii=False)
    assert NAME not in saved
    assert "相談の机" in saved


def test_the_notebook_of_the_desk_hides_its_code_and_holds_no_output():
    template = Path(__file__).parents[1] / "notebooks/templates/desk.ipynb"
    (cell,) = json.loads(template.read_text(encoding="utf-8"))["cells"]
    assert cell["metadata"]["jupyter"]["source_hidden"] is True
    assert cell["outputs"] == []
    assert "".join(cell["source"]) == "from jusou_nb.widgets import desk\ndesk()"


def test_a_client_without_a_case_can_be_given_one(opened):
    made = receive_intake(
        opened.store,
        household=Household(members=(Person(name=NAME),)),
        intake=Intake(received_on=TODAY),
    )
    view = ClientView(opened.session, made.intake.id)
    view.open_case()
    assert view.case.status.label == "受付"
    assert "登録しました" in view.said.text


def test_the_desk_reads_the_store_named_by_the_surroundings(monkeypatch, path):
    open_store(path).close()
    monkeypatch.setenv("JUSOU_STORE", str(path))
    monkeypatch.setenv("JUSOU_TODAY", "2026-10-15")
    with closing(desk().store) as store:
        assert store.name == "office.db"
