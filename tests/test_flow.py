"""支援の流れ図: each town's own way, for staff and for citizens, and nothing overlaps."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from jusou_nb import cli, open_store, profile
from jusou_nb.documents.flow import Reader, desks_without_telephone, flow, name_of, steps
from jusou_nb.documents.flow_layout import WIDTH, lay_out, wrap
from jusou_nb.errors import NotFound
from jusou_nb.forms import Agency
from jusou_nb.runner.reprinting import reprint

NAMES = sorted(profile.names())
BOTH = [(name, reader) for name in NAMES for reader in Reader]
MADE_ON = "令和8年10月1日"


def layout(name, reader):
    town = profile.load(name)
    agencies = {a.name: Agency(name=a.name, telephone="000-0000-8001") for a in town.agencies}
    return lay_out(steps(town, reader, agencies), {step.code: step for step in town.flow})


def drawing(name, reader):
    with open_store("", profile=name) as store:
        return flow(store, reader, made_on=MADE_ON).html


def segments(line):
    for (x1, y1), (x2, y2) in pairwise(line.points):
        yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


@pytest.mark.parametrize(("name", "reader"), BOTH)
def test_no_two_boxes_of_a_drawing_overlap_and_all_stand_on_the_page(name, reader):
    drawn = layout(name, reader)

    for one, other in combinations(drawn.boxes, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert beside or one.below <= other.y or other.below <= one.y
    assert all(box.x > 0 and box.x + box.width < WIDTH for box in drawn.boxes)
    assert drawn.height < 225


@pytest.mark.parametrize(("name", "reader"), BOTH)
def test_no_arrow_runs_through_a_box(name, reader):
    drawn = layout(name, reader)

    for line in drawn.lines:
        for x1, y1, x2, y2 in segments(line):
            assert x1 == pytest.approx(x2) or y1 == pytest.approx(y2)
            assert x1 > 0 and x2 < WIDTH
            for box in drawn.boxes:
                across = x2 > box.x and x1 < box.x + box.width
                assert not (across and y2 > box.y + 0.01 and y1 < box.below - 0.01)


@pytest.mark.parametrize(("name", "reader"), BOTH)
def test_no_two_arrows_of_different_desks_run_on_one_another(name, reader):
    for one, other in combinations(layout(name, reader).lines, 2):
        for a in segments(one):
            for b in segments(other):
                overlap = [min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])]
                same = all(side > -0.01 for side in overlap) and max(overlap) > 0.2
                assert not same or one.source == other.source, (one.source, other.source)


@pytest.mark.parametrize(("name", "reader"), BOTH)
def test_every_step_is_reached_and_the_way_leads_back(name, reader):
    drawn = layout(name, reader)
    first, *others = [box.drawn.step.code for box in drawn.boxes]

    assert {line.target for line in drawn.lines if not line.is_back} == set(others)
    assert [line.target for line in drawn.lines if line.is_back] == [first]


def test_writing_fits_its_box_and_no_line_begins_with_a_closing_mark():
    for name, reader in BOTH:
        for box in layout(name, reader).boxes:
            size = 3.2 * max(len(line) for line in box.names)
            assert size <= box.width
            assert all(line[0] not in "、。）」" for line in (*box.names, *box.texts))
    assert wrap("相談する。", 9.0, 3.0) == ("相談す", "る。")


@pytest.mark.parametrize("name", NAMES)
def test_the_staff_see_their_towns_own_bodies_and_citizens_no_sitting_without_consent(name):
    town = profile.load(name)
    staff, citizens = (drawing(name, reader.value) for reader in Reader)

    for code in ("confidential", "multilayered"):
        assert town.basis(code).label in staff
    assert "支援会議" not in citizens
    assert "同意" in citizens
    assert town.municipality in staff and town.municipality in citizens


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nagareyama", ("地域なんでも相談員", "つながり続ける")),
        ("project_team", ("身近な地域の「お困りごと相談」", "（仮称）多機関協働担当課")),
        ("project_team_city_hall", ("市のお困りごと相談窓口",)),
        ("shikaoi", ("保健福祉課 福祉係", "包括化推進員")),
        ("awara", ("一次相談", "二次相談", "福祉まるごと相談室", "ワーキング・グループ会議")),
    ],
)
def test_each_town_has_its_own_way(name, words):
    with open_store("", profile=name) as store:
        page = flow(store, "staff", made_on=MADE_ON).html
        drawn = steps(store.profile, Reader.STAFF, {})

    assert all(word in page for word in words[1:])
    assert words[0] in page or words[0] in {one.step.lane for one in drawn}


def test_whoever_cannot_see_the_drawing_reads_the_same():
    page = drawing("awara", "staff")

    assert 'role="img"' in page and "文字での説明" in page
    words = page[page.index("図の文字での説明") :]
    for one in steps(profile.load("awara"), Reader.STAFF, {}):
        assert one.name in words and one.text in words
    assert "戻る先" in words


def test_nothing_on_the_drawing_is_told_by_colour():
    page = drawing("standard", "staff")

    assert "#" not in page.replace("url(#to)", "").replace('fill="#000"', "")
    assert all(
        word in page for word in ("相談する人", "話し合う会議", "支援", "その後", "破線の矢印")
    )


def test_citizens_find_the_telephone_of_a_desk_from_the_register(store):
    (desk,) = store.find(Agency, name="地域包括支援センター")
    before = desks_without_telephone(store)
    store.save(replace(desk, telephone="000-0000-8001"))

    page = flow(store, "citizens", made_on=MADE_ON).html
    assert "000-0000-8001" in page
    assert set(before) - set(desks_without_telephone(store)) == {"地域包括支援センター"}
    assert "000-0000-8001" not in flow(store, "staff", made_on=MADE_ON).html


def test_a_step_without_a_name_of_its_own_is_called_as_its_body_basis_or_desk():
    town = profile.load("awara")
    blank = profile.FlowStep(code="x", lane="x", agency="福祉まるごと相談室")

    assert name_of(town, blank) == "福祉まるごと相談室"
    assert name_of(town, replace(blank, basis="multilayered")) == "支援調整会議"
    assert name_of(town, replace(blank, body="working_group")) == "ワーキング・グループ会議"
    assert name_of(town, replace(blank, label="窓口")) == "窓口"


@pytest.mark.parametrize(("reader", "said"), [("nobody", "nobody"), ("staff", "流れ")])
def test_a_flow_that_cannot_be_drawn_says_why(store, reader, said):
    store.use_profile(replace(store.profile, text=store.profile.text, flow=()))

    with pytest.raises(NotFound, match=said):
        flow(store, reader, made_on=MADE_ON)


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["staff", "citizens"])
def test_the_drawing_is_a_paper_of_its_own_and_can_be_printed_again(tmp_path, capsys, reader):
    path, out = tmp_path / "a.db", tmp_path / "out"
    open_store(path, profile="nagareyama").close()

    assert cli.run(["flow", str(path), "--for", reader, "--out", str(out)]) == 0
    (made,) = out.glob("*.html")
    page = made.read_text(encoding="utf-8")
    assert "<svg" in page and "<script" not in page and "http://" not in page
    said = "電話番号の登録がない窓口" in capsys.readouterr().out
    assert said == (reader == "citizens")
    number = page.split("文書番号 ")[-1].split("</p>")[0]
    again = reprint(path, number, out, reason="紛失したため")
    assert "<svg" in again.read_text(encoding="utf-8")
