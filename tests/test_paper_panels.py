"""The buttons of papers: where a record is shown, the papers that it makes are offered."""

from datetime import date, datetime

import pytest

from jusou_nb import casework, open_store
from jusou_nb.cli import run
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.fields import Ref
from jusou_nb.forms import Household, Intake, Person, Referral, SupportPlan, Visit, form_of
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.slip_panel import PaperPanels, paper_panels

TODAY = date(2026, 10, 15)


@pytest.fixture
def home(opened):
    """A person with an open case."""
    return casework.receive_intake(
        opened.store,
        household=Household(members=(Person(relation="本人", name="見本　花子"),)),
        intake=Intake(received_on=date(2026, 9, 1), screening="continuing"),
    )


def offered(part):
    """Name the papers offered anywhere under a part of the page."""
    if isinstance(part, PaperPanels):
        return part.names
    return [name for child in getattr(part, "children", ()) for name in offered(child)]


def test_an_opened_referral_offers_its_papers(opened, home):
    sent = Referral(destination=Ref(1), sent_on=TODAY, ground="guidance_only")
    referral = casework.refer(opened.store, home.intake, sent)
    opened.pages["相談受付"].show_client(home.intake.id)
    view = opened.pages["相談受付"].children[-1]
    view.open_task(("open-referrals", referral.id))

    assert offered(view.sheet)[:2] == ["つなぐシート", "照会文書"]


def test_a_record_that_was_struck_offers_no_paper(opened, home):
    sent = Referral(destination=Ref(1), sent_on=TODAY, ground="guidance_only")
    referral = casework.refer(opened.store, home.intake, sent)
    casework.strike_record(opened.store, referral, reason="誤り", on=TODAY)
    opened.pages["相談受付"].show_client(home.intake.id)
    view = opened.pages["相談受付"].children[-1]
    view.open_task(("open-referrals", referral.id))

    assert offered(view.sheet) == []


def test_an_opened_plan_offers_the_persons_own_and_a_new_one_none(opened, home):
    plan = casework.draft_plan(opened.store, home.case, SupportPlan(drawn_on=TODAY))
    opened.open_page("プラン", (home.case.id, None))
    page = opened.pages["プラン"].children[-1]
    page.write()
    assert offered(page) == []
    page.write(plan)

    assert "本人用のプラン" in offered(page)


def test_a_visit_offers_what_is_left_and_sent(opened):
    assert offered(PaperPanels(Session(opened.store, TODAY), "visits", 1)) == [
        "訪問票", "不在票", "訪問のお知らせ",
    ]  # fmt: skip


def test_what_is_not_kept_yet_or_makes_none_has_no_buttons(opened):
    session = Session(opened.store, TODAY)

    assert paper_panels(session, "visits", None) == ()
    assert paper_panels(session, "case_notes", 1) == ()


def test_a_second_paper_waits_for_the_first(opened):
    begins = datetime(2026, 10, 16, 14)
    planned = Visit(planned_at=begins, back_by=datetime(2026, 10, 16, 15), worker="架空 担当")
    visit = casework.plan_visit(opened.store, planned).visit
    panel = PaperPanels(Session(opened.store, TODAY), "visits", visit.id)
    panel.progress.running = True
    panel.make("訪問票")

    assert panel.progress.paths == [] and "少し待って" in panel.banner.text


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_knows_how_its_record_is_called(name):
    assert form_of(PAPERS[name].table).title


def test_the_command_behind_a_button_makes_the_paper_of_a_person(tmp_path, capsys):
    path = tmp_path / "office.db"
    with open_store(path) as store:
        home = store.save(Household(members=(Person(name="見本 花子", kana="ミホン ハナコ"),)))
    words = ["sheet", str(path), "同意書（用紙）", str(home.members[0].id), "--out", str(tmp_path)]

    assert run([*words, "--today", "2026-10-15"]) == 0
    assert "同意書（用紙）" in capsys.readouterr().out
    assert "見本" in next(tmp_path.glob("同意書*.html")).read_text("utf-8")
