"""The office: roles with dates, clerks who read no case, agencies that change their names."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework, cli, open_store
from jusou_nb.casework.agenda import roster
from jusou_nb.casework.sample import make_town
from jusou_nb.casework.sample_april import CLERK, LEFT
from jusou_nb.casework.sample_calendar import TownClock
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.documents import known_already, packet
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.forms import (
    FORMS,
    Agency,
    AgencyName,
    AgendaItem,
    Assessment,
    Case,
    CaseNote,
    Conference,
    Household,
    Intake,
    Person,
    Succession,
    WorkerRole,
)
from jusou_nb.forms.agency import Sector
from jusou_nb.rules import office as rules
from jusou_nb.store import roles
from jusou_nb.store.long_cases import stuck_cases
from jusou_nb.widgets import desk as open_desk
from jusou_nb.widgets.chapters import office_chapters
from jusou_nb.widgets.closed import ClosedPage, SendingPage
from jusou_nb.widgets.desk import CASE_PAGES, PAGES

DAY = date(2026, 10, 1)


def assign(store, worker, role, since=DAY, **boxes):
    given = WorkerRole(worker=worker, role=role, since=since, **boxes)
    return casework.assign_role(store, given)


def item_of(basis):
    return AgendaItem(basis=basis, question="役割の分担")


def note_of(content, **boxes):
    return CaseNote(happened_at=datetime(2026, 10, 20, 10), content=content, **boxes)


def named(store, name):
    return next(agency for agency in store.find(Agency) if agency.name == name)


# ── roles


def test_before_any_role_is_recorded_everybody_reads(store):
    assert roles.may_read_cases(store, None, DAY)
    assert roles.may_read_cases(store, "だれか", DAY)


def test_with_the_first_role_who_has_none_is_named_and_reads_no_more(store):
    store.worker_id  # noqa: B018 - the account is registered when it first writes
    first = assign(store, "架空　担当", "coordinator")

    assert [p.rule for p in first.remarks] == ["role.first"]
    assert "tantou" in first.remarks[0].remedy
    assert not roles.may_read_cases(store, None, DAY)


def test_a_worker_with_two_roles_at_once_reads_by_one_of_them(store):
    assign(store, "見本　兼務", "clerk")
    assign(store, "見本　兼務", "outreach", programme="outreach")

    assert len(roles.roles_of(store, "見本 兼務", DAY)) == 2
    assert roles.may_read_cases(store, "見本　兼務", DAY)


def test_a_role_holds_from_its_first_day_to_its_last(store):
    kept = assign(store, "架空　担当", "coordinator").record
    casework.end_role(store, kept, until=date(2027, 3, 31))
    assign(store, "架空　後任", "coordinator", since=date(2027, 4, 1))

    assert roles.may_read_cases(store, "架空　担当", date(2027, 3, 31))
    assert not roles.may_read_cases(store, "架空　担当", date(2027, 4, 1))
    assert not roles.may_read_cases(store, "架空　後任", date(2027, 3, 31))


def test_a_clerk_is_told_whom_to_ask(store):
    assign(store, "架空　担当", "coordinator")
    assign(store, "架空　事務", "clerk")
    (problem,) = roles.reading_problems(store, DAY, "架空　事務")

    assert "「事務職」" in problem.message
    assert "架空　担当に聞いて" in problem.remedy


def test_who_reads_no_case_gives_nobody_a_role_that_does(store):
    assign(store, "架空　担当", "coordinator")
    with pytest.raises(NotAllowed, match="ケースを開ける人だけ"):
        assign(store, "tantou", "coordinator")

    assign(store, "架空　事務", "clerk")
    assert not roles.may_read_cases(store, "tantou", DAY)


def test_when_nobody_reads_any_more_somebody_may_begin_again(store):
    kept = assign(store, "架空　担当", "coordinator").record
    casework.end_role(store, kept, until=date(2027, 3, 31))
    later = date(2027, 4, 1)

    assign(store, "tantou", "coordinator", since=later)
    assert roles.may_read_cases(store, None, later)


def test_the_same_role_twice_is_pointed_out(store):
    assign(store, "架空　担当", "coordinator")
    again = assign(store, "架空 担当", "clerk"), assign(store, "架空　担当", "clerk")

    assert [p.rule for p in again[0].remarks] == []
    assert [p.rule for p in again[1].remarks] == ["role.twice"]


def test_a_role_needs_its_worker_and_does_not_end_before_it_begins(store):
    with pytest.raises(Invalid):
        casework.assign_role(store, WorkerRole(role="clerk", since=DAY))
    kept = assign(store, "架空　担当", "coordinator").record

    with pytest.raises(NotAllowed, match="始まりより前"):
        casework.end_role(store, kept, until=date(2026, 9, 30))


def test_records_of_people_are_told_from_those_of_the_office():
    told = {form.table for form in FORMS if rules.concerns_people(form)}

    assert {"intakes", "cases", "case_notes", "assessments", "visits", "matchings"} <= told
    assert told.isdisjoint({"agencies", "worker_roles", "schemes", "hosts", "successions"})


# ── the desk and the command line of a clerk


@pytest.fixture
def town(tmp_path):
    """A store with a case and a sitting, whose account is a clerk's."""
    path = tmp_path / "town.db"
    with open_store(path, clock=TownClock(DAY)) as store:
        household = Household(members=(Person(name="見本 花子"),))
        received = casework.receive_intake(
            store, household=household, intake=Intake(received_on=DAY, screening="continuing")
        )
        sitting = casework.convene(store, Conference(body="monthly", held_on=date(2026, 10, 15)))
        casework.put_on_agenda(store, sitting, received.case, item_of("confidential"))
        assign(store, "架空　担当", "coordinator")
        assign(store, store.worker_name(), "clerk")
    return path


def typed(capsys, *words):
    code = cli.run([str(word) for word in words])
    told = capsys.readouterr()
    return code, told.out + told.err


@pytest.mark.parametrize(
    "words",
    [
        ("sheet", "{town}", "intakes", 1, "--out", "{out}"),
        ("known", "{town}", 1, "--out", "{out}"),
        ("export", "{town}", "{out}.xlsx"),
        ("export", "{town}", "{out}.xlsx", "--form", "cases"),
    ],
)
def test_a_clerk_is_refused_what_opens_a_case_and_sent_to_who_reads(town, tmp_path, capsys, words):
    out = tmp_path / "out"
    filled = [str(word).format(town=town, out=out) for word in words]
    code, said = typed(capsys, *filled, "--today", "2026-10-05")

    assert code == 1
    assert "担当に聞いて" in said
    assert "見本 花子" not in said
    assert list(tmp_path.glob("out*")) == []


def test_a_clerk_makes_the_papers_that_are_sent_and_it_is_logged(town, tmp_path, capsys):
    out = tmp_path / "out"
    code, _ = typed(capsys, "packet", town, 1, "--out", out, "--today", "2026-10-05")
    with open_store(town, readonly=True) as store:
        sql = "SELECT count(*) FROM readings WHERE action = 'paper'"
        (logged,) = store.db.execute(sql).fetchone()

    assert code == 0
    assert logged == len(list(out.glob("*.html"))) >= 1


def test_a_clerk_exports_what_tells_of_nobody(town, tmp_path, capsys):
    out = tmp_path / "機関.xlsx"
    code, _ = typed(capsys, "export", town, out, "--form", "agencies", "--today", "2026-10-05")

    assert (code, out.exists()) == (0, True)


def shown(part):
    """All that a page says, down to its cells."""
    texts = [str(getattr(part, name, "")) for name in ("value", "title", "lines", "rows", "label")]
    return " ".join([*texts, *[shown(child) for child in getattr(part, "children", ())]])


def test_the_desk_of_a_clerk_opens_no_case_and_says_no_name(town):
    opened = open_desk(town, today=DAY)
    with closing(opened.store):
        for place, name in enumerate(PAGES):
            opened.tabs.chosen = place
            assert isinstance(opened.pages[name], ClosedPage) is (name in CASE_PAGES), name
            assert "見本 花子" not in shown(opened.room)
        sending = opened.pages["会議"]
        sending.show_sitting(1)
        assert isinstance(sending, SendingPage)
        assert "見本 花子" not in shown(sending)


def test_a_clerk_sees_no_chapter_that_tells_of_people(town):
    opened = open_desk(town, today=DAY)
    with closing(opened.store):
        opened.tabs.chosen = list(PAGES).index("地域・資源")
        seen = opened.pages["地域・資源"]._chapters()

    everything = [c.form for found in office_chapters().values() for c in found]
    forms = [c.form for found in seen.values() for c in found]
    assert Agency in forms
    assert set(forms) == {form for form in everything if not rules.concerns_people(form)}
    assert all(not c.acts and c.proposed is None for found in seen.values() for c in found)


# ── agencies


def test_another_towns_agency_is_not_of_our_office(store):
    theirs = Agency(name="隣町 地域包括", municipality="架空町", sector=Sector.OWN)
    with pytest.raises(NotAllowed, match="庁内ではありません"):
        casework.keep_agency(store, theirs)

    kept = casework.keep_agency(store, replace(theirs, sector=Sector.PUBLIC)).record
    assert kept.municipality == "架空町"


def test_an_agency_is_registered_once(store):
    with pytest.raises(NotAllowed, match="もう登録されています"):
        casework.keep_agency(store, Agency(name="水道 課"))


def test_a_renamed_post_is_found_by_both_names(store):
    water = named(store, "水道課")
    casework.rename_agency(store, water, "上下水道課", on=date(2027, 4, 1))
    lexicon = store.lexicon()

    assert lexicon.refs["agencies"][water.id] == "上下水道課"
    assert lexicon.spellings["agencies"]["水道課"] == water.id
    assert lexicon.spellings["agencies"]["上下水道課"] == water.id


def test_on_a_day_a_post_is_called_as_it_was_that_day(store):
    water = named(store, "水道課")
    once = casework.rename_agency(store, water, "上下水道課", on=date(2027, 4, 1))
    casework.rename_agency(store, once, "水の課", on=date(2029, 4, 1))
    days = (date(2027, 3, 31), date(2027, 4, 1), date(2029, 3, 31), date(2029, 4, 1))

    assert [store.lexicon(on=day).refs["agencies"][water.id] for day in days] == [
        "水道課", "上下水道課", "上下水道課", "水の課",
    ]  # fmt: skip


def test_the_papers_of_a_sitting_held_before_keep_the_old_name(desk, put, agree):
    put("confidential")
    helpers = named(desk.store, "社会福祉協議会")
    before = [copy.label for copy in packet.copies(desk.store, desk.sitting.id)]
    casework.rename_agency(desk.store, helpers, "ふれあい協議会", on=date(2027, 4, 1))

    assert [copy.label for copy in packet.copies(desk.store, desk.sitting.id)] == before
    later = casework.convene(desk.store, replace(
        desk.sitting, id=None, version=0, held_on=date(2027, 4, 15)))  # fmt: skip
    item = item_of("confidential")
    casework.put_on_agenda(desk.store, later, desk.case, item)
    labels = [copy.label for copy in packet.copies(desk.store, later.id)]
    assert "ふれあい協議会" in labels
    assert "社会福祉協議会" not in labels


def test_a_renamed_post_keeps_its_seat_on_the_roster(desk):
    helpers = named(desk.store, "社会福祉協議会")
    casework.rename_agency(desk.store, helpers, "ふれあい協議会", on=date(2026, 10, 2))

    proposed = roster(desk.store, desk.sitting)
    assert helpers.id in proposed
    assert proposed == desk.sitting.called


@pytest.mark.parametrize(
    ("name", "on", "said"),
    [
        ("水道 課", date(2027, 4, 1), "今の名前と同じ"),
        ("高齢者支援課", date(2027, 4, 1), "もう登録されています"),
        ("水の課", date(2026, 3, 1), "それより後の日"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_way_out(store, name, on, said):
    water = named(store, "水道課")
    past = AgencyName(agency_id=water.id, name="水道部", until=date(2026, 3, 31))
    store.save(past)

    with pytest.raises(NotAllowed, match=said):
        casework.rename_agency(store, water, name, on=on)


def test_a_name_is_not_changed_without_its_day(store):
    water = named(store, "水道課")

    with pytest.raises(NotAllowed, match="名前が変わった"):
        casework.keep_agency(store, replace(water, name="上下水道課"))


# ── 既に伺ったこと


def told_of(store, case):
    return known_already.known(store, case.id, made_on="令和9年4月1日").html


def test_what_was_told_is_listed_with_day_listener_and_sheet(desk):
    assessed = Assessment(
        case_id=desk.case.id, household_id=desk.household.id, client_id=desk.mother.id,
        assessed_on=date(2026, 10, 20), author="架空　担当", wishes="庭の手入れを続けたい",
    )  # fmt: skip
    desk.store.save(assessed)
    page = told_of(desk.store, desk.case)

    row = "庭の手入れを続けたい</td><td>令和8年10月20日</td><td>架空　担当</td>"
    assert row in page
    assert "自室から出ない" in page
    assert "令和9年4月1日" in page


def test_the_neighbour_and_what_the_neighbour_said_are_not_among_what_was_told(desk):
    page = told_of(desk.store, desk.case)

    assert "通報子" not in page
    assert desk.intake.presenting_problem not in page


def test_what_the_family_said_at_the_desk_is(desk):
    desk.store.save(replace(desk.intake, inquirer_relation="family"))

    assert desk.intake.presenting_problem in told_of(desk.store, desk.case)


def test_where_a_hidden_person_lives_is_printed_as_hidden(desk):
    mother = replace(desk.mother, is_masked=True)
    desk.store.save(replace(desk.household, members=(mother, desk.son)))
    page = told_of(desk.store, desk.case)

    assert desk.mother.address not in page
    assert "秘匿" in page


def test_notes_and_the_desks_own_view_are_not_among_what_was_told(desk):
    note = casework.write_note(
        desk.store, desk.case, note_of("支援会議で聞いた借金のこと", learnt_on_basis="confidential")
    )
    desk.store.save(
        Assessment(case_id=desk.case.id, assessed_on=DAY, outlook="依存の疑いがあると見立てた")
    )
    page = told_of(desk.store, desk.case)

    assert note.content not in page
    assert "見立てた" not in page


def test_another_agencys_sheet_is_not_what_they_told_us(desk):
    theirs = Assessment(case_id=desk.case.id, assessed_on=DAY, wishes="他機関の聞き取り",
                        foreign_agency=desk.sitting.called[0])  # fmt: skip
    desk.store.save(theirs)

    assert "他機関の聞き取り" not in told_of(desk.store, desk.case)


def test_what_an_agency_answered_on_our_sheet_is_not_what_they_told_us(desk):
    told = (
        "月に一度通っている。\n〔高齢者支援課 令和8年10月9日回答〕眠れていない様子。\n続けて見る。"
    )
    desk.store.save(Assessment(case_id=desk.case.id, assessed_on=DAY, health_note=told))
    page = told_of(desk.store, desk.case)

    assert "月に一度通っている。" in page
    assert "眠れていない" not in page
    assert "続けて見る" not in page


def test_the_same_words_on_two_sheets_are_listed_once(desk):
    for day in (DAY, date(2026, 12, 1)):
        sheet = Assessment(case_id=desk.case.id, client_id=desk.mother.id, wishes="働きたい")
        desk.store.save(replace(sheet, assessed_on=day))
    page = told_of(desk.store, desk.case)

    assert page.count("働きたい") == 1
    assert "令和8年12月1日" in page


# ── the sample town's April


@pytest.fixture(scope="module")
def played():
    today = date(2026, 10, 5)
    with open_store("", account="tantou", clock=TownClock(today)) as store:
        make_town(store, households=30, seed=1, today=today)
        yield store


def test_in_april_the_towns_cases_went_to_who_came(played):
    (made,) = played.find(Succession)

    assert (made.leaving, made.taking) == (LEFT, STAFF[0])
    assert made.cases == len({w.record_id for w in made.works if w.what == "ケース"}) >= 2
    assert LEFT not in {case.coordinator for case in played.find(Case)
                        if case.status.is_open}  # fmt: skip


def test_the_town_has_a_clerk_a_worker_of_two_roles_and_its_maker_reads(played):
    today = date(2026, 10, 5)

    assert len(roles.roles_of(played, STAFF[1], today)) == 2
    assert not roles.may_read_cases(played, CLERK, today)
    assert not roles.may_read_cases(played, LEFT, today)
    assert roles.may_read_cases(played, None, today)


def test_the_town_has_a_renamed_post_and_two_long_stuck_cases(played):
    today = date(2026, 10, 5)
    stuck = {case.case_id: problems for case, problems in stuck_cases(played, today)
             if case.years(today) >= 3}  # fmt: skip

    assert len(played.find(AgencyName)) == 1
    assert len(stuck) == 2
    assert all("case.long_running" in [p.rule for p in found] for found in stuck.values())
