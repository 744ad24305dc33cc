"""The first day: a store is made, tried or opened; a worker says who they are; help stands by."""

import json
import sqlite3
import stat
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from jusou_nb import open_store, remembered, settings
from jusou_nb.casework.workers import introduce
from jusou_nb.cli import lab
from jusou_nb.errors import JusouError, NotAllowed, StoreError
from jusou_nb.fields import Form, children
from jusou_nb.forms import CaseNote, Household, Intake, WorkerRole
from jusou_nb.profile_town import for_town, offered
from jusou_nb.server import start
from jusou_nb.store import archive, history, roles, workers
from jusou_nb.store.beginning import begin, refuse_stranger, stores_in
from jusou_nb.widgets import desk, start_demo
from jusou_nb.widgets.desk import Desk
from jusou_nb.widgets.help import help_for, help_of, texts
from jusou_nb.widgets.start_page import FirstDay
from jusou_nb.widgets.start_tour import CLOSED, STEPS

TODAY = date(2026, 10, 15)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """An account that has chosen nothing, started in a folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "account"))
    monkeypatch.setenv("JUSOU_FOLDER", str(tmp_path / "office"))
    monkeypatch.setenv("JUSOU_TODAY", TODAY.isoformat())
    monkeypatch.delenv("JUSOU_STORE", raising=False)
    (tmp_path / "office").mkdir()
    return tmp_path / "office"


@pytest.fixture
def office(own_folder):
    """A store of the town that lies in the office's folder."""
    path = own_folder / "業務.db"
    begin(path, "standard")
    return path


# --- what an account remembers


def test_a_chosen_store_opens_by_itself_the_next_time(office):
    assert remembered.store_file() == ""
    remembered.choose(office)

    assert remembered.store_file() == str(office)
    with closing(desk().store) as store:
        assert store.path == office


def test_what_is_remembered_is_for_this_account_alone(office):
    remembered.choose(office)
    kept = remembered.folder() / "desk.json"

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert json.loads(kept.read_text("utf-8")) == {"store": str(office)}


def test_a_store_that_is_set_goes_before_the_remembered_one(office, monkeypatch, tmp_path):
    remembered.choose(tmp_path / "other.db")
    monkeypatch.setenv("JUSOU_STORE", str(office))

    assert remembered.store_file() == str(office)
    with pytest.raises(StoreError, match="始めるときに決められています"):
        start.choose(str(office))


def test_a_damaged_memory_remembers_nothing(office):
    remembered.choose(office)
    (remembered.folder() / "desk.json").write_text("[1, 2", encoding="utf-8")

    assert remembered.store_file() == ""
    assert not remembered.is_toured()


def test_the_lab_starts_without_a_store_and_says_where_to_look(office, own_folder, monkeypatch):
    monkeypatch.chdir(own_folder)
    monkeypatch.delenv("JUSOU_FOLDER")
    remembered.choose(office)

    assert lab._store(None, choose=False) is None
    told = lab._own(None, own_folder, choose=True)
    assert (told["JUSOU_STORE"], told["JUSOU_FOLDER"]) == ("", str(own_folder))
    assert remembered.store_file() == ""


# --- a new store


def test_every_shipped_profile_says_what_it_is():
    towns = offered()

    assert towns[0].name == "standard"
    assert all(len(town.about) > 20 and town.municipality and town.office for town in towns)
    assert len({town.about for town in towns}) == len(towns)


def test_a_profile_becomes_a_towns_own_in_name_and_place():
    own = for_town("standard", "例示町", "なんでも相談")

    assert (own.municipality, own.office) == ("例示町", "なんでも相談")
    assert any(body.place.startswith("例示町") for body in own.bodies if body.place)
    assert "例示町" not in own.letters.readings
    assert for_town("shikaoi", "鹿追町", "福祉係").bodies[0].place == "トリムセンター"


def first_day():
    """The desk of an account that has not chosen a store."""
    opened = desk()
    assert isinstance(opened, FirstDay)
    return opened


def filled(view, **boxes):
    """Write boxes of the sheet of a new store, as the worker would."""
    for name, text in boxes.items():
        view.form.box_set.by_name[name].text = text
    return view


def new_store(page, **boxes):
    page.show_new()
    return filled(page.page.children[-1], municipality="例示町", office="相談窓口", **boxes)


def test_a_new_store_is_made_and_its_desk_opens_at_once(own_folder):
    page = first_day()
    new_store(page, name="例示町の業務").press()
    (made,) = page.children

    assert isinstance(made, Desk)
    with closing(made.store):
        assert made.store.path == own_folder / "例示町の業務.db"
        assert made.store.profile.municipality == "例示町"
        assert made.header.who == "例示町　相談窓口"
    assert remembered.store_file() == str(own_folder / "例示町の業務.db")


def test_the_chosen_profile_says_what_it_is_and_brings_its_names(own_folder):
    page = first_day()
    page.show_new()
    view = page.page.children[-1]
    towns = [town.name for town in view._towns.values()]
    view.form.box_set.by_name["profile"].chosen = [str(towns.index("awara") + 1)]

    assert "あわら市の公開資料" in view.about.value
    assert view.form.as_it_stands().office == "福祉まるごと相談室"


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"name": "業務.db"}, "既にあります"),
        ({"name": "../業務"}, "使えない文字"),
        ({"name": ".db"}, "使えない文字"),
        ({"folder": "/no/such/folder"}, "このフォルダーがありません"),
        ({"name": "新しい", "folder": "/proc"}, "作れません"),
    ],
)
def test_a_new_store_is_refused_in_words(office, boxes, said):
    page = first_day()
    view = new_store(page, **boxes)
    before = office.read_bytes()
    view.press()

    told = [line["text"] for line in view.form.summary.problems]
    assert said in " ".join([*told, view.banner.text])
    assert view in page.page.children
    assert office.read_bytes() == before and remembered.store_file() == ""


# --- an existing file


def foreign(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE clients (name TEXT)")
        other.commit()


def newer(path):
    begin(path, "standard")
    with closing(sqlite3.connect(path)) as stored:
        stored.execute("PRAGMA user_version = 99")


WRONG = {
    "other.db": (foreign, "業務ファイルではありません"),
    "text.db": (lambda path: path.write_text("氏名,住所\n", "utf-8"), "業務ファイルではありません"),
    "empty.db": (lambda path: path.touch(), "業務ファイルではありません"),
    "folder.db": (lambda path: path.mkdir(), "フォルダーです"),
    "gone.db": (lambda _path: None, "見つかりません"),
    "newer.db": (newer, "新しい版"),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_what_is_no_store_is_refused_and_stays_as_it_was(own_folder, name):
    make, said = WRONG[name]
    path = own_folder / name
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    page = first_day()
    page.show_files()
    page.where.text = str(path)
    page.press()

    assert said in page.banner.text
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert remembered.store_file() == ""


def test_the_stores_of_the_folder_are_listed_and_one_press_opens_one(office, own_folder):
    (own_folder / "メモ.txt").write_text("x", encoding="utf-8")
    page = first_day()
    page.show_files()
    listing = page.page.children[2]
    assert [row[0] for row in listing.texts()] == ["業務.db"]
    listing.choose(0)

    with closing(page.children[0].store) as store:
        assert store.path == office
    assert stores_in(own_folder / "nowhere") == []


def test_a_remembered_store_that_is_gone_is_told_and_another_is_asked_for(office):
    remembered.choose(office)
    office.unlink()
    page = first_day()

    assert "業務.db" in page.banner.text
    assert not office.exists()


def test_the_server_works_in_the_chosen_store_at_once(office):
    assert start.chosen() == {"chosen": False, "name": ""}
    start.choose(str(office))

    assert start.chosen() == {"chosen": True, "name": "業務.db"}
    with pytest.raises(JusouError, match="見つかりません"):
        start.choose("/no/such/業務.db")


# --- the town to try the desk with


@pytest.mark.slow
def test_the_fictional_town_is_made_in_the_background_and_opens(own_folder, monkeypatch):
    monkeypatch.setattr(start_demo, "HOUSEHOLDS", 3)
    page = first_day()
    page.show_demo()
    view = page.page.children[-1]
    view.press()
    assert "作っています" in view.banner.text
    view.wait(120)

    with closing(page.children[0].store) as store:
        assert store.path == own_folder / "架空の町" / "demo.db"
        assert len(store.find(Household)) >= 3


@pytest.mark.slow
def test_a_town_that_cannot_be_made_is_told(own_folder):
    (own_folder / "架空の町").write_text("ここにあるのはファイル", encoding="utf-8")
    page = first_day()
    page.show_demo()
    view = page.page.children[-1]
    view.press()
    view.wait(120)

    assert "フォルダー「架空の町」を作れません" in view.banner.text
    assert not view.go.readonly


# --- a worker says who they are


def test_a_worker_is_asked_once_and_may_put_it_off(office):
    remembered.choose(office)
    first, again = desk(), None
    with closing(first.store):
        assert "名前を登録してください" in first.welcome.banner.text
        first.welcome.banner.actions.children[2].click()
        assert first.welcome.children == ()
    again = desk()
    with closing(again.store):
        assert again.welcome.children == ()


def registered(opened, **boxes):
    opened.welcome.ask()
    view = opened.welcome.view
    for name, text in boxes.items():
        view.form.box_set.by_name[name].text = text
    view.press()
    return view


def test_a_registered_name_stands_in_the_header_and_on_what_is_written(office):
    with closing((opened := desk(office)).store) as store:
        registered(opened, name="見本　花子")
        assert ["担当", "見本 花子"] in opened.header.facts
        noted = store.save(Intake(received_on=TODAY, received_by=store.worker_name()))
        assert noted.received_by == "見本 花子"
        assert history.set_by(store, Intake, noted.id)["received_by"].worker == "見本 花子"
        assert store.verify() == []
    assert not opened.welcome.view.form.problem_count


def test_a_name_that_is_missing_is_asked_for(office):
    with closing((opened := desk(office)).store) as store:
        view = registered(opened, name="")

        assert view.form.problem_count == 1
        assert store.worker_name() == store.account


@pytest.fixture
def two(tmp_path):
    """Two accounts in one store, the first already called 見本 花子."""
    path = tmp_path / "two.db"
    with open_store(path, account="hanako") as first, open_store(path, account="taro") as second:
        workers.register(first, "見本 花子")
        yield first, second


@pytest.mark.parametrize("name", ["見本花子", "hanako", "ＨＡＮＡＫＯ", "  "])
def test_two_workers_do_not_go_by_one_name(two, name):
    _, second = two
    with pytest.raises(NotAllowed):
        workers.register(second, name)
    assert second.worker_name() == "taro"


def test_a_role_goes_with_the_worker_to_a_new_name(two):
    first, _ = two
    introduce(first, "見本 花子", role="coordinator", on=TODAY)
    introduce(first, "例示 花子", on=TODAY)

    assert [role.worker for role in first.find(WorkerRole)] == ["例示 花子"]
    assert roles.may_read_cases(first, None, TODAY)
    assert roles.called(first) >= {"例示 花子", "見本 花子", "hanako"}
    assert first.verify() == []


def test_the_same_role_is_not_recorded_twice(two):
    first, _ = two
    for _ in range(2):
        introduce(first, "見本 花子", role="coordinator", on=TODAY)

    assert len(first.find(WorkerRole)) == 1


def test_who_opens_no_case_takes_no_role_that_does(two):
    first, second = two
    introduce(first, "見本 花子", role="coordinator", on=TODAY)
    with pytest.raises(NotAllowed):
        introduce(second, "架空 太郎", role="consultant", on=TODAY)

    assert second.worker_name() == "taro"


def printed_after(store, place):
    return archive.Printed(
        place=1, number="", kind="", subject=("cases", 1), recipient="", basis="", file="",
        made_on=TODAY, upto=place, profile=1, content="",
    )  # fmt: skip


def test_a_past_paper_keeps_the_name_that_was_on_it(two):
    first, _ = two
    noted = first.save(CaseNote(happened_at=None, content="訪問"))
    (place,) = first.db.execute("SELECT max(seq) FROM changes").fetchone()
    workers.register(first, "例示 花子")

    with archive.as_of(first, printed_after(first, place)) as then:
        assert history.set_by(then, CaseNote, noted.id)["content"].worker == "見本 花子"
    assert history.set_by(first, CaseNote, noted.id)["content"].worker == "例示 花子"


# --- the tour


def test_the_tour_turns_to_each_place_and_is_not_offered_again(office):
    with closing((opened := desk(office)).store):
        opened.header.press(0)
        assert opened.tour.place == 0 and remembered.is_toured()
        for place, step in enumerate(STEPS):
            opened.tour.place = place
            assert step.page in ("", opened.tabs.names[opened.tabs.chosen])
        opened.tour.place = CLOSED
        assert opened.tabs.names[opened.tabs.chosen] == "期限"


def test_every_step_of_the_tour_points_at_a_page_of_the_desk(office):
    with closing((opened := desk(office)).store):
        assert {step.page for step in STEPS if step.page} <= set(opened.tabs.names)
    assert all(step.target and len(step.text) < 140 for step in STEPS)


# --- help on every form


def every_form():
    """Every form of the desk that is not the row of another one."""

    def below(form):
        for sub in form.__subclasses__():
            yield sub
            yield from below(sub)

    found = [form for form in dict.fromkeys(below(Form)) if form.__module__.startswith("jusou_nb")]
    rows = {table.form for form in found for table in children(form)}
    return [form for form in found if form not in rows and not rows & set(below(form))]


def test_every_form_that_the_desk_opens_says_what_it_is_for():
    known = texts()
    forms = every_form()

    assert len(forms) > 50
    assert [form.__name__ for form in forms if help_of(form) is None] == []
    names = {form.table for form in forms} | {form.__name__ for form in forms}
    assert set(known) - names == set()


def test_the_help_of_a_form_tells_its_boxes_and_what_it_needs(full_lexicon):
    (shown,) = help_for(Intake)

    assert ["登録に要る欄", "相談受付日"] in shown.lines
    assert shown.lines[0][0] == "何のため" and shown.lines[3][0] == "よりどころ"
    labels = [label for label, _ in shown.boxes]
    assert labels[:2] == ["受付番号", "きっかけになった地域の活動"]


def test_settings_name_the_folder_of_the_first_day():
    assert settings.FOLDER in settings.SETTINGS
    assert Path(settings.FOLDER.get()).name == "office"


def test_a_stranger_is_refused_before_it_is_touched(own_folder):
    path = own_folder / "other.db"
    foreign(path)
    with pytest.raises(StoreError):
        refuse_stranger(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("clients",)]
