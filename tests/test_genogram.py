"""家族関係図: drawn from the record by the usual signs, for each reader as far as they may know."""

import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random
from xml.parsers import expat

import pytest

from jusou_nb import casework, profile
from jusou_nb.dates import PartialDate
from jusou_nb.documents.family_part import for_office
from jusou_nb.documents.family_signs import Shape, Sign
from jusou_nb.documents.genogram import draw_genogram
from jusou_nb.documents.packet import packet
from jusou_nb.documents.sheet import sheet
from jusou_nb.errors import NotFound
from jusou_nb.forms import FamilyMap, Household, Kinship, Person
from jusou_nb.forms.family import KinKind as K
from jusou_nb.store import family, history
from jusou_nb.widgets.client_person import client_of
from jusou_nb.widgets.family_view import family_card
from jusou_nb.widgets.session import Session

DAY = date(2026, 10, 8)
MADE_ON = "令和8年10月8日"
M, F, T = Shape.SQUARE, Shape.CIRCLE, Shape.TRIANGLE


def children_of(parents, *children):
    return [(parent, K.PARENT, child) for child in children for parent in parents]


EIGHTY_FIFTY = (
    {1: "本人 F 80歳 in", 2: "長男 M 52歳 in", 3: "夫 M - dead", 4: "長女 F 50代 out"},
    [(3, K.SPOUSE, 1), *children_of((1, 3), 2, 4)],
)
THREE_GENERATIONS = (
    {1: "本人 F 41歳 in", 2: "夫 M 43歳 in", 3: "長男 M 15歳 in", 4: "長女 F 12歳 in",
     5: "次女 F 12歳 in", 6: "父 M - dead", 7: "母 F 72歳 in", 8: "義父 M 75歳 out",
     9: "義母 F - dead", 10: "兄 M 45歳くらい out", 11: "夫の妹 F 40代 out"},
    [(2, K.SPOUSE, 1), *children_of((1, 2), 3, 4, 5), (4, K.TWIN, 5), (6, K.SPOUSE, 7),
     *children_of((6, 7), 10, 1), (8, K.SPOUSE, 9), *children_of((8, 9), 2, 11)],
)  # fmt: skip
REMARRIED = (
    {1: "本人 F 38歳 in", 2: "夫 M 45歳 in", 3: "前夫 M 40歳 out", 4: "長男 M 14歳 in",
     5: "長女 F 11歳 in", 6: "次男 M 2歳 in", 7: "夫の前妻 F - out", 8: "夫の長女 F 17歳 in",
     9: "養女 F 8歳 in"},
    [(2, K.SPOUSE, 1), (3, K.DIVORCED, 1), *children_of((1, 3), 4, 5), *children_of((1, 2), 6),
     (2, K.DIVORCED, 7), *children_of((2, 7), 8), (2, K.STEP_PARENT, 4), (2, K.STEP_PARENT, 5),
     (1, K.STEP_PARENT, 8), (1, K.ADOPTIVE_PARENT, 9), (2, K.ADOPTIVE_PARENT, 9)],
)  # fmt: skip
SINGLE = ({1: "本人 T 50代 in"}, [])
FIFTEEN = (
    {1: "本人 F 47歳 in", 2: "夫 M 50歳 in", 3: "長男 M 24歳 in", 4: "次男 M 21歳 in",
     5: "長女 F 19歳 in", 6: "三男 M 10歳未満 in", 7: "父 M - dead", 8: "母 F 70代 in",
     9: "義父 M 90代以上 out", 10: "義母 F 不明 out", 11: "長男の妻 F 22歳くらい in",
     12: "孫（長男の長女） F 2歳 in", 13: "孫（長男の長男） M 0歳 in", 14: "妹 F 40代 out",
     15: "本人の母方の叔父にあたる人 M 68歳（聞き取り） out"},
    [(2, K.SPOUSE, 1), *children_of((1, 2), 3, 4, 5, 6), (7, K.SPOUSE, 8),
     *children_of((7, 8), 1, 14), (9, K.SEPARATED, 10), *children_of((9, 10), 2),
     (3, K.PARTNER, 11), *children_of((3, 11), 12, 13), (8, K.SIBLING, 15)],
)  # fmt: skip
LONG = "本人の母方の祖母の妹にあたる同居していない人"
RELATIONS = ("長男", "夫", "前夫", LONG, "孫（長男の長女）", "義父", "同居の知人", "叔父")
AGES = ("-", "80歳", "80代", "68歳（聞き取り）", "90代以上", "不明", "0歳")
NO_KINSHIP = (FIFTEEN[0], [])
CIRCLE = (
    {1: "本人 F 80歳 in", 2: "長男 M 52歳 in", 3: "孫 M - in"},
    [(1, K.PARENT, 2), (2, K.PARENT, 3), (3, K.PARENT, 1), (1, K.SPOUSE, 2)],
)
FOUR_COUPLES = (
    {1: "本人 M 70歳 in", 2: "妻 F 60歳 in", 3: "前妻 F 66歳 out", 4: "前々妻 F - dead",
     5: "長男 M 45歳 out", 6: "長女 F 38歳 out", 7: "次女 F 20歳 in"},
    [(1, K.SPOUSE, 2), (1, K.DIVORCED, 3), (1, K.DIVORCED, 4), *children_of((1, 4), 5),
     *children_of((1, 3), 6), *children_of((1, 2), 7)],
)  # fmt: skip
EACH_OTHERS_PARENT = (
    {1: "本人 F 80歳 in", 2: "長男 M 52歳 in"},
    [(1, K.PARENT, 2), (2, K.PARENT, 1)],
)
PARENT_AND_SPOUSE = (
    {1: "本人 F 80歳 in", 2: "養子 M 52歳 in", 3: "孫 F 10歳 in"},
    [(1, K.ADOPTIVE_PARENT, 2), (1, K.SPOUSE, 2), *children_of((1, 2), 3)],
)
LONG_NAMES = (
    {n: f"{LONG if n > 1 else '本人'} {'MFT'[n % 3]} 68歳（聞き取り） {('out', 'in')[n % 2]}"
     for n in range(1, 9)},
    [(2, K.SPOUSE, 1), *children_of((1, 2), 3, 4, 5), (3, K.SPOUSE, 6), *children_of((3, 6), 7, 8)],
)  # fmt: skip
FAMILIES = {
    "8050": EIGHTY_FIFTY, "三世代": THREE_GENERATIONS, "再婚": REMARRIED, "一人": SINGLE,
    "15人": FIFTEEN, "続き柄なし": NO_KINSHIP, "循環": CIRCLE, "三度の結婚": FOUR_COUPLES,
    "互いに親": EACH_OTHERS_PARENT, "親で配偶者": PARENT_AND_SPOUSE, "長い名": LONG_NAMES,
}  # fmt: skip
SHAPES = {"M": M, "F": F, "T": T}


def signs_of(people):
    found = {}
    for place, (id_, text) in enumerate(people.items()):
        relation, shape, age, where = text.split()
        lettered = where == "in"
        name = f"{chr(ord('Ａ') + place)}氏" if lettered else relation
        found[id_] = Sign(
            person_id=id_, name=name, relation=relation if lettered else "",
            age="" if age == "-" else age, shape=SHAPES[shape], is_client=id_ == 1,
            is_inside=lettered, is_dead=where == "dead",
        )  # fmt: skip
    return found


def drawn(name, *, is_solid=False):
    people, kin = FAMILIES[name]
    signs = signs_of(people)
    standing = {"in": None, "out": "outside", "dead": "deceased"}
    persons = [Person(id=i, standing=standing[text.split()[-1]]) for i, text in people.items()]
    rows = tuple(Kinship(person=a, kind=kind, other=b) for a, kind, b in kin)
    picture = family.picture_of(
        FamilyMap(kinships=rows), persons, client_id=1, names={}, agencies={}
    )
    return draw_genogram(picture, signs, ["説明"], is_solid=is_solid)


def overlapping(labels):
    def apart(a, b):
        beside = a.x + a.width <= b.x + 0.01 or b.x + b.width <= a.x + 0.01
        return beside or a.y + a.height <= b.y + 0.01 or b.y + b.height <= a.y + 0.01

    return [(a.text, b.text) for a, b in combinations(labels, 2) if not apart(a, b)]


def middle(drawing, name):
    """Where the writing under a person stands."""
    label = next(label for label in drawing.labels if label.text == name)
    return label.x + label.width / 2, label.y


@pytest.mark.parametrize("name", FAMILIES)
def test_no_two_labels_of_a_family_overlap_and_all_stand_on_the_sheet(name):
    made = drawn(name)

    assert overlapping(made.labels) == []
    assert all(one.x >= 0 and one.x + one.width <= made.width for one in made.labels)
    assert all(one.y >= 0 and one.y + one.height <= made.height for one in made.labels)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_same_family_gives_the_same_bytes(name):
    assert drawn(name).svg == drawn(name).svg


@pytest.mark.parametrize("name", FAMILIES)
def test_a_drawing_is_whole_xml_that_asks_for_nothing_outside(name):
    svg = drawn(name).svg
    met = []
    reader = expat.ParserCreate()
    reader.StartElementHandler = lambda tag, _boxes: met.append(tag)
    reader.Parse(svg)

    assert {"title", "desc"} <= set(met)
    assert not re.search(r"<script|href|url\(|style=|class=\"(?!family)|\bid=", svg)
    assert svg.count("http") == 1 and set(re.findall("#[0-9a-f]+", svg)) <= {"#000", "#fff"}


def test_generations_stand_under_each_other_and_the_oldest_child_on_the_left():
    made = drawn("三世代")

    assert middle(made, "義父")[1] < middle(made, "夫")[1] < middle(made, "長男")[1]
    assert middle(made, "長男")[0] < middle(made, "長女")[0] < middle(made, "次女")[0]


def test_a_couple_stands_side_by_side_above_its_children():
    made = drawn("三世代")
    wife, husband = middle(made, "本人")[0], middle(made, "夫")[0]
    children = [middle(made, name)[0] for name in ("長男", "次女")]

    assert abs(wife - husband) < 40
    assert min(children) < (wife + husband) / 2 < max(children)


def test_the_line_around_the_household_leaves_out_who_lives_elsewhere():
    svg = drawn("8050").svg
    (way,) = re.findall(r'<path d="([^"]+)"', svg)
    corners = [tuple(map(float, pair)) for pair in re.findall(r"[ML]([\d.]+) ([\d.]+)", way)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    inside = {n: left < middle(drawn("8050"), n)[0] < right for n in ("本人", "長男", "夫", "長女")}

    assert inside == {"本人": True, "長男": True, "夫": False, "長女": False}


def test_lines_tell_by_their_shape_how_people_are_kin():
    svg = drawn("再婚").svg
    legend = {label.text for label in drawn("再婚").labels}

    assert 'stroke-dasharray="0.01 1.15"' in svg and 'stroke-dasharray="2.4 0.8 0.4 0.8"' in svg
    assert {"離婚した相手", "養親と養子", "継親と子", "本人（二重線）"} <= legend
    assert "内縁・パートナー" not in legend


def test_the_dead_are_drawn_as_the_profile_says():
    crossed, solid = drawn("8050").svg, drawn("8050", is_solid=True).svg

    assert 'fill="#000"' not in crossed and 'fill="#000"' in solid
    with pytest.raises(NotFound, match="cross（×）か solid"):
        profile.parse('extends = "standard"\n[profile]\ndeceased_sign = "black"\n')


def test_a_town_may_draw_the_dead_solid():
    town = profile.parse('extends = "standard"\n[profile]\ndeceased_sign = "solid"\n')
    assert town.deceased_sign == "solid" and profile.load("standard").deceased_sign == "cross"


@pytest.mark.parametrize("name", ["循環", "互いに親", "親で配偶者"])
def test_a_circle_of_kin_is_drawn_with_a_note_and_ends(name):
    legend = {label.text for label in drawn(name).labels}

    assert "世代が食い違う続き柄" in legend


def test_no_family_without_a_circle_is_called_one():
    others = FAMILIES.keys() - {"循環", "互いに親", "親で配偶者"}
    told = {name for name in others for label in drawn(name).labels if "食い違う" in label.text}

    assert told == set()


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_said_of_up_to_fifteen_people_is_drawn_without_overlap(seed, monkeypatch):
    chance = Random(seed)  # noqa: S311 - a family, no secret
    ids = range(1, chance.randint(1, 15) + 1)
    said = [("本人", *RELATIONS)[n % 9] for n in range(15)]
    people = {n: f"{said[n - 1]} {chance.choice('MFT')} {chance.choice(AGES)} "
                 f"{chance.choice(('in', 'out', 'dead'))}" for n in ids}  # fmt: skip
    kin = [(chance.choice(ids), chance.choice(list(K)), chance.choice(ids))
           for _ in range(chance.randint(0, 30))]  # fmt: skip
    monkeypatch.setitem(FAMILIES, "何でも", (people, kin))
    made = drawn("何でも")

    assert overlapping(made.labels) == []
    assert all(one.x >= 0 and one.x + one.width <= made.width for one in made.labels)


def test_a_step_child_hangs_under_the_parents_by_birth():
    rows = tuple(Kinship(person=a, kind=k, other=b) for a, k, b in REMARRIED[1])
    people = [Person(id=n) for n in REMARRIED[0]]
    made = family.picture_of(FamilyMap(kinships=rows), people, client_id=1, names={}, agencies={})
    homes = {child: {c.first, c.second} for c in made.couples for child in c.children}

    assert homes == {4: {1, 3}, 5: {1, 3}, 6: {1, 2}, 8: {2, 7}, 9: {1, 2}}


# 会議資料で


PARENTS = (
    Person(relation="夫", name="見本 一郎", sex="male", standing="deceased"),
    Person(relation="長女", name="見本 咲子", sex="female", standing="outside",
           lives_together=False),
)  # fmt: skip


@pytest.fixture
def home(desk):
    """The desk's household with a dead husband and a daughter elsewhere, all drawn."""
    members = (*desk.household.members, *PARENTS)
    desk.household = desk.store.save(replace(desk.household, members=members))
    mother, son, father, daughter = desk.household.members
    kin = [(father, K.DIVORCED, mother), *((p, K.PARENT, c) for p in (mother, father)
                                           for c in (son, daughter))]  # fmt: skip
    rows = tuple(Kinship(person=a.id, kind=kind, other=b.id) for a, kind, b in kin)
    desk.drawn = casework.draw_family(
        desk.store, desk.household, FamilyMap(drawn_on=DAY, kinships=rows)
    ).map
    return desk


def part(desk, recipient, basis):
    made = packet(desk.store, desk.sitting.id, recipient=recipient, basis=basis, made_on=MADE_ON)
    (found,) = made.parts
    return found.family


def agency(desk):
    return f"agency-{desk.sitting.called[1]}"


def test_an_item_shows_its_family_by_letters_and_relations_and_never_by_name(home, put):
    put("confidential")

    for recipient in ("chair", agency(home)):
        drawing = part(home, recipient, "confidential")
        said = "".join(drawing.told) + "".join(svg for _, svg in drawing.drawings)
        assert "Ａ氏（本人）" in said and "長女" in said
        assert not re.search("見本|花子|太郎|一郎|咲子", said)


def test_on_a_paper_with_consent_the_others_are_their_relation_only(home, put, agree):
    agree()
    put("multilayered", text_reviewed_on=DAY)
    said = "".join(part(home, agency(home), "multilayered").told)

    assert "Ａ氏（本人）の" not in said or "離婚" not in said.replace(
        "夫とＡ氏（本人）は、離婚", ""
    )
    assert "亡くなって" not in said
    assert "Ｂ氏（長男）の親は、Ａ氏（本人）。" in said and "親は、夫" not in said


def test_who_has_no_line_for_this_reader_is_explained(home, put, agree):
    agree()
    wife = Person(relation="長男の妻", name="見本 和子", sex="female")
    home.store.save(replace(home.household, members=(*home.household.members, wife)))
    put("multilayered", text_reviewed_on=DAY)

    assert part(home, agency(home), "multilayered").notes == (
        "線でつながっていない人は、続柄だけを載せています。",
    )


def test_the_chair_sees_who_died_and_every_line(home, put, agree):
    agree()
    put("multilayered", text_reviewed_on=DAY)
    said = "".join(part(home, "chair", "multilayered").told)

    assert "夫、男性、亡くなっている。" in said and "Ｂ氏（長男）の親は、Ａ氏（本人）と夫。" in said


def test_a_line_heard_without_consent_is_on_no_paper_that_needs_consent(home, put, agree):
    agree()
    divorced, *parents = home.drawn.kinships
    now = replace(divorced, kind=K.SEPARATED)
    with history.heard_on(home.store, "confidential"):
        home.store.save(replace(home.drawn, kinships=(now, *parents)))
    put("multilayered", text_reviewed_on=DAY)
    put("confidential")

    assert "別居中" not in "".join(part(home, "chair", "multilayered").told)
    assert "別居中" in "".join(part(home, "chair", "confidential").told)


def test_a_relative_heard_of_without_consent_is_on_no_paper_that_needs_consent(home, put, agree):
    agree()
    uncle = Person(relation="叔父", name="例示 次郎", standing="outside")
    members = (*home.household.members, uncle)
    with history.heard_on(home.store, "confidential"):
        home.store.save(replace(home.household, members=members))
    put("multilayered", text_reviewed_on=DAY)
    put("confidential")

    assert "叔父" not in "".join(part(home, "chair", "multilayered").told)
    assert "叔父" in "".join(part(home, "chair", "confidential").told)


def test_a_family_that_nobody_has_drawn_has_no_section(desk, put):
    put("confidential")

    assert part(desk, "chair", "confidential") is None


def test_a_change_of_the_drawing_changes_the_number_of_the_paper(home, put):
    put("confidential")
    ask = {"recipient": "chair", "basis": "confidential", "made_on": MADE_ON}
    before = packet(home.store, home.sitting.id, **ask).identity.number
    home.store.save(replace(home.drawn, kinships=home.drawn.kinships[1:]))

    assert packet(home.store, home.sitting.id, **ask).identity.number != before


def test_kin_of_another_household_is_left_off_the_drawing_of_this_one(home):
    other = home.store.save(Household(members=(Person(name="例示 次郎", relation="本人"),)))
    uncle = other.members[0]
    both = (*home.drawn.kinships, Kinship(person=home.mother.id, kind=K.SPOUSE, other=uncle.id),
            Kinship(person=uncle.id, kind=K.PARENT, other=home.son.id))  # fmt: skip
    before = for_office(home.store, home.household, day=DAY)
    home.store.save(replace(home.drawn, kinships=both))

    assert for_office(home.store, home.household, day=DAY) == before


def test_a_map_without_its_day_is_drawn_without_ages_of_the_year_9999(home):
    born = replace(home.mother, birth=PartialDate(1946, 4, 1))
    members = (born, *home.household.members[1:])
    home.store.save(replace(home.household, members=members))
    home.store.save(replace(home.drawn, drawn_on=None))
    page = sheet(home.store, "family_maps", home.drawn.id, made_on=MADE_ON).html

    assert re.findall(r"(\d+)歳", page) == [] and "8053" not in page


# 帳票と机で


def test_the_sheet_of_the_map_brings_the_drawing(home):
    page = sheet(home.store, "family_maps", home.drawn.id, made_on=MADE_ON).html

    assert "<svg" in page and "図の文字での説明" in page and "見本 太郎" not in page


def test_the_clients_page_shows_the_family_by_name(home):
    session = Session(home.store, DAY)
    card = family_card(session, client_of(home.store, home.mother.id))
    titles, drawn = zip(*card["drawings"], strict=True)

    assert titles[0] == "家族関係図（ジェノグラム）" and "見本 太郎" in drawn[0]
    other = home.store.save(Household(members=(Person(name="例示 次郎"),))).members[0]
    assert family_card(session, client_of(home.store, other.id)) is None


def test_without_births_and_kinship_a_family_is_drawn_all_the_same(store):
    people = tuple(Person(name=f"架空 {n}") for n in range(15))
    home = store.save(Household(members=people))
    casework.draw_family(store, home, FamilyMap(drawn_on=DAY))
    made = for_office(store, home, day=DAY)

    assert made.ecomap is None and overlapping(made.genogram.labels) == []
    assert len(made.told) == 15
