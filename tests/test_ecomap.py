"""つながりの図: ties from the record, each reader those that they may know."""

import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random

import pytest

from jusou_nb import casework
from jusou_nb.choices import Category
from jusou_nb.documents.ecomap import draw_ecomap
from jusou_nb.documents.family_part import for_office
from jusou_nb.documents.family_signs import Shape, Sign
from jusou_nb.documents.packet import packet
from jusou_nb.forms import FamilyMap, Household, Person, Tie
from jusou_nb.forms.family import TieDirection, TieStrength
from jusou_nb.store import family, history

DAY = date(2026, 10, 8)
MADE_ON = "令和8年10月8日"
AGENCIES = {
    1: "地域包括支援センター",
    2: "見本市社会福祉協議会",
    3: "ひきこもり地域支援センター",
    4: "福祉事務所（生活保護担当）",
    5: "架空の里 障害者就業・生活支援センター 相談支援事業所",
}
OTHERS = ("近所の人", "小学校のときからの友人", "元の職場の上司", "商店街の電器店の店主", "自治会")
NOTES = ("月に一度の訪問", "", "家賃の相談と通院の付添い、買物の手伝い、役所への同行", "年賀状")


def sign(place):
    return Sign(
        person_id=place,
        name=f"{chr(ord('Ａ') + place - 1)}氏",
        relation="孫（長男の長女）",
        age="90代以上",
        shape=list(Shape)[place % 3],
        is_client=place == 1,
        is_inside=place < 13,
    )


def drawn(people=15, count=20):
    """A household of so many with so many ties of every kind."""
    persons = [Person(id=n) for n in range(1, people + 1)]
    signs = {p.id: sign(p.id) for p in persons}
    ties = tuple(
        Tie(
            whose=None if n % 3 == 0 else n * 7 % people + 1,
            agency=n % 5 + 1 if n % 2 else None,
            other=None if n % 2 else OTHERS[n % 5] + str(n),
            strength=list(TieStrength)[n % 5],
            direction=[None, *TieDirection][n % 4],
            note=NOTES[n % 4] or None,
        )
        for n in range(count)
    )
    picture = family.picture_of(FamilyMap(ties=ties), persons, client_id=1, names={},
                                agencies=AGENCIES)  # fmt: skip
    return draw_ecomap(picture, signs, ["説明"], is_solid=False)


def overlapping(labels):
    def apart(a, b):
        beside = a.x + a.width <= b.x + 0.01 or b.x + b.width <= a.x + 0.01
        return beside or a.y + a.height <= b.y + 0.01 or b.y + b.height <= a.y + 0.01

    return [(a.text, b.text) for a, b in combinations(labels, 2) if not apart(a, b)]


def crossed_by(line, label):
    """Whether a straight line runs through a label."""
    (x1, y1), (x2, y2) = line
    steps = [n / 400 for n in range(401)]
    points = [(x1 + (x2 - x1) * s, y1 + (y2 - y1) * s) for s in steps]
    return any(
        label.x < x < label.x + label.width and label.y < y < label.y + label.height
        for x, y in points
    )


@pytest.mark.parametrize(("people", "ties"), [(1, 1), (2, 5), (5, 12), (15, 20), (15, 1), (1, 20)])
def test_no_two_labels_of_an_ecomap_overlap_and_all_stand_on_the_sheet(people, ties):
    made = drawn(people, ties)

    assert overlapping(made.labels) == []
    assert all(one.x >= 0 and one.x + one.width <= made.width for one in made.labels)
    assert all(one.y + one.height <= made.height for one in made.labels)


def tie_of(chance, people):
    """A tie of anybody with an agency, a person, both or nobody, with or without words."""
    return Tie(
        whose=chance.choice((None, chance.randint(1, people))),
        agency=chance.choice((None, *AGENCIES)),
        other=chance.choice((None, *OTHERS, "X" * 60, "隣町に越した元の隣人とその家族" * 2)),
        strength=chance.choice((None, *TieStrength)),
        direction=chance.choice((None, *TieDirection)),
        note=chance.choice((None, *NOTES, "a" * 100)),
    )


@pytest.mark.parametrize("seed", range(25))
def test_whatever_ties_are_recorded_no_two_labels_overlap(seed):
    chance = Random(seed)  # noqa: S311 - ties, no secret
    persons = [Person(id=n) for n in range(1, chance.randint(1, 15) + 1)]
    ties = tuple(tie_of(chance, len(persons)) for _ in range(chance.randint(1, 20)))
    drawing = family.picture_of(FamilyMap(ties=ties), persons, client_id=1, names={},
                                agencies=AGENCIES)  # fmt: skip
    made = draw_ecomap(drawing, {p.id: sign(p.id) for p in persons}, [], is_solid=False)

    assert overlapping(made.labels) == []
    assert all(one.x >= 0 and one.x + one.width <= made.width for one in made.labels)


def test_a_household_with_longest_names_has_no_two_labels_over_each_other():
    long = "架空乃見本山之上 寿限無寿限無五劫之介太郎左衛門"
    persons = [Person(id=n) for n in range(1, 16)]
    ties = tuple(Tie(whose=n, agency=5, note=NOTES[2]) for n in range(1, 16))
    drawing = family.picture_of(FamilyMap(ties=ties), persons, client_id=1, names={},
                                agencies={5: AGENCIES[5]})  # fmt: skip
    signs = {p.id: replace(sign(p.id), name=long) for p in persons}
    made = draw_ecomap(drawing, signs, ["説明"], is_solid=True)

    assert overlapping(made.labels) == []
    assert all(one.y + one.height <= made.height for one in made.labels)


def test_no_tie_runs_through_a_label():
    made = drawn()
    found = re.findall(r'<polyline points="([\d.]+),([\d.]+) ([\d.]+),([\d.]+)"', made.svg)
    lines = [((float(a), float(b)), (float(c), float(d))) for a, b, c, d in found]
    long = [line for line in lines if abs(line[0][0] - line[1][0]) > 12]

    assert len(long) > 10
    assert [t.text for line in long for t in made.labels if crossed_by(line, t)] == []


def test_each_strength_and_direction_tells_by_the_shape_of_its_line():
    made = drawn()
    legend = {label.text for label in made.labels}

    assert {"強い（太線）", "弱い（点線）", "対立・負担（ジグザグ）", "切れている（×）"} <= legend
    assert "矢印は、助けや関わりの向き" in legend and 'stroke-width="1.3"' in made.svg
    assert any(len(p.split()) > 12 for p in re.findall(r'points="([^"]+)"', made.svg))
    assert not re.search(r"<script|href|url\(|style=|\bid=", made.svg)


def test_the_same_ties_give_the_same_bytes():
    assert drawn().svg == drawn().svg


# 会議資料で


@pytest.fixture
def tied(desk):
    """The desk's household with ties of the household, of the mother and of the son."""
    called = desk.sitting.called[1]
    ties = (
        Tie(agency=called, strength=TieStrength.STRONG, note="週に一度の訪問"),
        Tie(whose=desk.mother.id, other="近所の人", strength=TieStrength.WEAK),
        Tie(whose=desk.son.id, other="元の職場の人", strength=TieStrength.BROKEN),
    )
    kept = casework.draw_family(desk.store, desk.household, FamilyMap(drawn_on=DAY, ties=ties))
    desk.drawn = kept.map
    return desk


def said(desk, recipient, basis):
    made = packet(desk.store, desk.sitting.id, recipient=recipient, basis=basis, made_on=MADE_ON)
    (part,) = made.parts
    drawings = "".join(svg for _, svg in part.family.drawings)
    return "".join(part.family.told) + drawings


def agency(desk):
    return f"agency-{desk.sitting.called[1]}"


def test_the_chair_sees_every_tie(tied, put):
    put("confidential")
    words = said(tied, "chair", "confidential")

    assert "週に一度の訪問" in words and "元の職場の人" in words and "近所の人" in words


def test_a_tie_of_another_member_is_on_no_copy_without_their_consent(tied, put, agree):
    agree()
    put("multilayered", text_reviewed_on=DAY)
    words = said(tied, agency(tied), "multilayered")

    assert "週に一度の訪問" in words and "近所の人" in words and "元の職場の人" not in words


def test_only_what_the_consent_carries_is_drawn(tied, put, agree):
    agree(categories=(Category.IDENTITY, Category.ISSUES))
    put("multilayered", text_reviewed_on=DAY)
    words = said(tied, agency(tied), "multilayered")

    assert "近所の人" in words and "週に一度" not in words and "世帯と" not in words


def test_words_nobody_has_looked_through_are_not_drawn(tied, put, agree):
    agree()
    put("multilayered")
    words = said(tied, agency(tied), "multilayered")

    assert "近所の人" not in words and "週に一度の訪問" not in words
    assert tied.store.lexicon().refs["agencies"][tied.sitting.called[1]] in words


def test_a_tie_heard_without_consent_is_on_no_paper_that_needs_consent(tied, put, agree):
    agree()
    with history.heard_on(tied.store, "confidential"):
        more = Tie(other="親族の一人", strength=TieStrength.STRESSED)
        tied.store.save(replace(tied.drawn, ties=(*tied.drawn.ties, more)))
    put("multilayered", text_reviewed_on=DAY)
    put("confidential")

    assert "親族の一人" not in said(tied, "chair", "multilayered")
    assert "親族の一人" in said(tied, "chair", "confidential")


@pytest.fixture
def hidden(tied):
    """The mother is under 秘匿; a tie leads to where she could be found."""
    casework.mask_person(tied.store, tied.mother.id, because="DV", on=DAY)
    shelter = Tie(whose=tied.mother.id, other="架空の避難先", strength=TieStrength.STRONG)
    tied.store.save(replace(tied.drawn, ties=(*tied.drawn.ties, shelter)))
    tied.household = tied.store.load(Household, tied.household.id)
    return tied


def test_no_tie_tells_where_somebody_in_hiding_is(hidden, put):
    put("confidential")

    for recipient in ("chair", agency(hidden)):
        assert "架空の避難先" not in said(hidden, recipient, "confidential")
        assert "近所の人" not in said(hidden, recipient, "confidential")


def test_who_is_called_reads_of_their_own_tie_to_somebody_in_hiding_without_its_words(hidden, put):
    put("confidential", shared_categories=tuple(Category))
    words = said(hidden, agency(hidden), "confidential")

    assert hidden.store.lexicon().refs["agencies"][hidden.sitting.called[1]] in words
    assert "週に一度の訪問" not in words


def test_the_offices_sheet_says_that_ties_were_left_off(hidden):
    made = for_office(hidden.store, hidden.household, day=DAY)

    assert made.left_off == 3 and "架空の避難先" not in made.ecomap.svg
