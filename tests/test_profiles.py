"""The five towns: what their profiles say stands in what the towns published."""

import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jusou_nb import cli, open_store, profile
from jusou_nb.casework.sample import make_town
from jusou_nb.errors import NotFound
from jusou_nb.forms import Agency, Case, Conference
from jusou_nb.store.figures import FIGURES, figures

SHIPPED = Path(profile.__file__).parent / "profiles"
QUOTES = tomllib.loads(
    (Path(__file__).parent / "data" / "seed_quotes.toml").read_text(encoding="utf-8")
)
SEEDS = {
    "nagareyama": "000",
    "project_team": "001",
    "project_team_city_hall": "001",
    "shikaoi": "003",
    "awara": "004",
}
TOWNS = sorted(SEEDS)
YEAR_END = date(2027, 3, 31)


def quoted(text):
    """Give what stands in the outermost 「」 of a text."""
    found, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char == "「":
            start = place + 1 if depth == 0 else start
            depth += 1
        elif char == "」" and depth:
            depth -= 1
            found += [text[start:place]] if depth == 0 else []
    return found


def comments(name):
    lines = (SHIPPED / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    return [line.partition("#")[2] for line in lines if "#" in line]


def pieces(quote):
    return [piece for piece in re.split("…", re.sub(r"\s+", "", quote)) if piece]


@pytest.mark.parametrize("name", TOWNS)
def test_every_phrase_a_towns_profile_quotes_stands_in_what_the_town_published(name):
    known = [re.sub(r"\s+", "", text) for text in QUOTES[SEEDS[name]]]
    said = [piece for line in comments(name) for quote in quoted(line) for piece in pieces(quote)]

    assert len(said) >= 8 or name == "project_team_city_hall"
    assert [piece for piece in said if not any(piece in text for text in known)] == []


@pytest.mark.parametrize("name", sorted(set(TOWNS) - {"project_team_city_hall"}))
def test_every_seat_and_every_desk_says_whose_word_it_is(name):
    text = (SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    seats = re.findall(r"^  \{ agency = .*$", text, re.MULTILINE)
    desks = re.findall(r"^\[\[agencies\]\]\n(name = .*)$", text, re.MULTILINE)

    assert seats and desks
    assert [line for line in (*seats, *desks) if not re.search(r"# (仮|.*「.+」)", line)] == []


@pytest.mark.parametrize("name", ["standard", *TOWNS])
def test_every_seat_and_basis_of_a_towns_bodies_is_known(name):
    town = profile.load(name)
    names = {spelt for one in town.agencies for spelt in (one.name, *one.aliases)}

    for body in town.bodies:
        assert {member.agency for member in body.members} <= names, body.label
        assert all(town.basis(code) for code in body.bases)


@pytest.mark.parametrize("name", TOWNS)
def test_a_towns_papers_carry_its_own_names_and_the_laws_attributes(name):
    town, standard = profile.load(name), profile.load("standard")

    assert town.office != standard.office
    for code in ("confidential", "multilayered"):
        ours, theirs = town.basis(code), standard.basis(code)
        assert (ours.requires_consent, ours.decides_plan, ours.confidentiality) == (
            theirs.requires_consent, theirs.decides_plan, theirs.confidentiality,
        )  # fmt: skip


def test_the_towns_differ_in_what_they_call_things():
    bodies = {name: profile.load(name).body("monthly").label for name in TOWNS}
    advisers = {
        name: next(a.name for a in profile.load(name).agencies if a.kind == "community_adviser")
        for name in TOWNS
    }

    assert bodies["awara"].startswith("支援調整会議")
    assert advisers["nagareyama"] == "地域なんでも相談員"
    assert advisers["project_team"] == "お困りごと相談員"
    assert advisers["awara"] == "福祉まるごと相談室"


def test_the_two_layouts_of_the_project_team_differ_in_where_the_desk_stands():
    field, hall = (profile.load(n) for n in ("project_team", "project_team_city_hall"))

    assert "community_desk" in field.codes("route").by_code
    assert "community_desk" not in hall.codes("route").by_code
    assert [b.label for b in field.bodies] == [b.label for b in hall.bodies]
    assert field.office != hall.office


def test_the_chair_and_the_area_directors_sit_as_the_team_wrote_it():
    sits = profile.load("project_team").body("monthly").members
    chair = next(member for member in sits if member.is_chair)

    assert (chair.agency, chair.post) == ("社会福祉課", "課長")
    assert [m.agency for m in sits if m.post == "エリアディレクター"] == [
        "社会福祉課", "高齢者支援課", "障害者支援課", "介護支援課", "児童発達支援センター",
        "健康増進課", "子ども家庭課", "指導課",
    ]  # fmt: skip
    assert all(member.always == (member.group != 4) for member in sits)


def test_the_desk_of_shikaoi_has_the_telephone_that_the_town_published():
    with open_store("", profile="shikaoi") as store:
        (desk,) = store.find(Agency, name="保健福祉課")

    assert (desk.telephone, desk.address) == ("0156-66-2558", "トリムセンター内")


@pytest.mark.parametrize("name", TOWNS)
def test_every_town_lives_through_a_whole_year(name):
    with open_store("", profile=name) as store:
        town = make_town(store, households=11, seed=3, today=YEAR_END)
        sittings = [store.load(Conference, number) for number in town.conference_ids]

        assert {s.held_on.month for s in sittings if s.held_on} == set(range(1, 13))
        assert len(store.find(Case)) >= 8
        assert store.verify() == []


@pytest.mark.parametrize("name", ["standard", *TOWNS])
def test_the_figures_a_town_looks_at_are_counted_and_say_whose_word_they_are(name):
    town = profile.load(name)
    text = (SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    rows = re.findall(r"^\[\[indicators\]\]\ncode = .*\n(label = .*)$", text, re.MULTILINE)

    assert {row.code for row in town.indicators} <= set(FIGURES)
    assert len(town.indicators) >= 5
    assert [row for row in rows if not re.search(r"# (S2)?「.+」", row)] == []


def test_the_figures_of_a_town_are_printed_under_its_own_names(tmp_path, capsys):
    open_store(tmp_path / "a.db", profile="awara").close()

    words = ["figures", str(tmp_path / "a.db"), "--year", "2026", "--today", "2026-10-05"]
    assert cli.run(words) == 0
    said = capsys.readouterr().out
    assert "令和8年度の指標（2026-10-05 まで）" in said
    assert "福祉まるごと相談室（二次相談）で受けた相談  0" in said


def test_a_figure_that_nobody_counts_is_named(store):
    unknown = profile.Indicator(code="sunshine", label="晴れの日")
    store.use_profile(replace(store.profile, indicators=(unknown,)))

    with pytest.raises(NotFound, match="sunshine"):
        figures(store, date(2026, 4, 1), YEAR_END)


def test_a_fiscal_year_is_asked_for_as_people_write_it(tmp_path, capsys):
    path = str(tmp_path / "a.db")
    assert cli.run(["init", path]) == 0
    said = []
    for year in ("2026", "R8", "令和8年度"):
        capsys.readouterr()
        assert cli.run(["figures", path, "--year", year, "--today", "2026-10-05"]) == 0
        said.append(capsys.readouterr().out)

    assert "令和8年度" in said[0] and len(set(said)) == 1
    with pytest.raises(SystemExit):
        cli.run(["figures", path, "--year", "99"])


@pytest.mark.slow
@pytest.mark.parametrize("name", TOWNS)
def test_the_demo_runs_a_whole_year_of_a_town(name, tmp_path, capsys):
    words = ["demo", str(tmp_path / "d"), "--profile", name, "--households", "2"]

    assert cli.run([*words, "--whole-year", "--today", "2026-10-05"]) == 0
    papers = list((tmp_path / "d" / "reports").glob("*.html"))
    report = next(paper for paper in papers if paper.name.startswith("月次報告_2027-03"))
    town = profile.load(name)
    assert town.municipality in report.read_text(encoding="utf-8")
    label = town.basis("multilayered").label
    assert any(label in paper.name for paper in papers)
