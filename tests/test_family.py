"""The family: who belongs to the household, who is kin to whom, and what happened when."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from jusou_nb import casework
from jusou_nb.casework.ledger import export_ledger, import_ledger
from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.documents.packet import packet
from jusou_nb.documents.sheet import sheet
from jusou_nb.errors import Invalid, NotAllowed, NotFound
from jusou_nb.forms import (
    Decision,
    Ending,
    FamilyEvent,
    FamilyMap,
    Household,
    Kinship,
    Person,
    RoleAssignment,
    SupportPlan,
    Tie,
)
from jusou_nb.forms.family import KinKind, TieDirection, TieStrength
from jusou_nb.forms.household import Standing
from jusou_nb.rules.chronology import MomentKind
from jusou_nb.store import family
from jusou_nb.store.chronology import chronology
from jusou_nb.store.known import known_before
from jusou_nb.widgets.client_cards import Whose, people_card
from jusou_nb.widgets.client_head import home_read
from jusou_nb.widgets.client_person import client_of
from jusou_nb.widgets.drawn import Acts

DAY = date(2026, 10, 8)
PEOPLE = (
    Person(relation="本人", name="見本 花子", sex="female", birth=PartialDate(1946, 3)),
    Person(relation="長男", name="見本 太郎", sex="male", birth=PartialDate(1976)),
    Person(relation="長女", name="見本 咲子", sex="female", standing="outside"),
    Person(relation="夫", name="見本 一郎", sex="male", standing="deceased"),
)


def rules_of(problems):
    return [problem.rule for problem in problems]


@pytest.fixture
def home(store):
    """A mother and her son; a daughter who lives elsewhere and a husband who died."""
    return store.save(Household(size=2, members=PEOPLE))


@pytest.fixture
def ids(home):
    """The four by what they are."""
    return dict(zip(("mother", "son", "daughter", "father"), [p.id for p in home.members],
                    strict=True))  # fmt: skip


@pytest.fixture
def draw(store, home, ids):
    """Draw a map of kinships written as (who, kind, to whom)."""

    def one(*lines, ties=()):
        rows = tuple(
            Kinship(person=ids[who], kind=kind, other=ids[whom]) for who, kind, whom in lines
        )
        drawn = FamilyMap(drawn_on=DAY, kinships=rows, ties=ties)
        return casework.draw_family(store, home, drawn)

    return one


# 世帯員と、家族図だけの人


def test_only_members_are_members(home):
    assert [p.name for p in home.own_members] == ["見本 花子", "見本 太郎"]
    assert [p.standing for p in home.members[2:]] == [Standing.OUTSIDE, Standing.DECEASED]


# 家族図


def test_a_new_map_starts_with_what_the_relations_say(store, home, ids):
    opened = casework.family_sheet(store, home, on=DAY)

    assert [(r.person, r.kind, r.other) for r in opened.kinships] == [
        (ids["mother"], KinKind.PARENT, ids["son"]),
        (ids["mother"], KinKind.PARENT, ids["daughter"]),
        (ids["father"], KinKind.SPOUSE, ids["mother"]),
    ]
    assert casework.draw_family(store, home, opened).remarks == ()


def test_a_new_map_knows_the_agencies_of_the_signed_plan(desk, agree):
    agree()
    role = RoleAssignment(
        what="訪問", doer="agency", agency=desk.sitting.called[1], frequency="週1回"
    )
    plan = SupportPlan(drawn_on=DAY, roles=(role,), case_id=desk.case.id)
    desk.store.save(replace(plan, client_id=desk.mother.id, signed_on=DAY))
    (tie,) = casework.family_sheet(desk.store, desk.household, on=DAY).ties

    assert (tie.agency, tie.note) == (desk.sitting.called[1], "週1回")


def test_a_map_is_confirmed_again_as_one_record(store, home, draw):
    first = draw(("mother", KinKind.PARENT, "son")).map
    again = casework.family_sheet(store, home, on=date(2027, 4, 1))
    kept = casework.draw_family(store, home, again).map

    assert (kept.id, kept.drawn_on) == (first.id, date(2027, 4, 1))
    assert len(store.find(FamilyMap)) == len(store.find(Kinship)) == 1


def test_nobody_is_their_own_parent(draw):
    with pytest.raises(NotAllowed, match="その人自身の親") as refused:
        draw(("son", KinKind.PARENT, "son"))

    assert refused.value.problems[0].box == "kinships.0.other"


@pytest.mark.parametrize("kind", [KinKind.PARENT, KinKind.ADOPTIVE_PARENT])
def test_nobody_descends_from_themself(draw, kind):
    with pytest.raises(NotAllowed, match="祖先"):
        draw(
            ("mother", KinKind.PARENT, "son"),
            ("son", kind, "daughter"),
            ("daughter", KinKind.PARENT, "mother"),
        )


def test_a_step_parent_may_be_a_step_child_elsewhere(draw):
    kept = draw(("mother", KinKind.STEP_PARENT, "son"), ("son", KinKind.STEP_PARENT, "mother"))

    assert kept.map.id is not None


def test_a_stranger_is_first_written_into_the_household(store, home, ids):
    other = store.save(Household(members=(Person(name="例示 次郎"),))).members[0]
    drawn = FamilyMap(drawn_on=DAY, ties=(Tie(whose=other.id, other="近所の人", strength="weak"),))

    with pytest.raises(NotAllowed, match="世帯を直す"):
        casework.draw_family(store, home, drawn)


def test_a_tie_is_to_somebody(draw):
    with pytest.raises(NotAllowed, match="相手がいません"):
        draw(ties=(Tie(strength=TieStrength.STRONG),))
    with pytest.raises(Invalid, match="強さ"):
        draw(ties=(Tie(other="友人"),))


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ([("mother", KinKind.PARENT, "son"), ("daughter", KinKind.PARENT, "son")],
         "kinship.parents"),
        ([("son", KinKind.PARENT, "mother")], "kinship.ages"),
        ([("mother", KinKind.SPOUSE, "son"), ("mother", KinKind.SPOUSE, "daughter")],
         "kinship.two_spouses"),
        ([("mother", KinKind.PARENT, "son"), ("mother", KinKind.SPOUSE, "son")],
         "kinship.two_ways"),
    ],
)  # fmt: skip
def test_what_is_odd_is_noted_and_kept(draw, lines, rule):
    kept = draw(*lines)

    assert kept.map.id is not None and rule in rules_of(kept.remarks)


def test_whoever_lost_a_husband_may_have_another(store, draw, home):
    kept = draw(("father", KinKind.SPOUSE, "mother"), ("mother", KinKind.SPOUSE, "son"))

    assert "kinship.two_spouses" not in rules_of(kept.remarks)


@pytest.fixture
def whole(draw):
    """All four, the couple said twice and the siblings too."""
    parents = [(p, KinKind.PARENT, c) for c in ("daughter", "son") for p in ("father", "mother")]
    return draw(
        ("father", KinKind.SPOUSE, "mother"),
        ("mother", KinKind.SPOUSE, "father"),
        *parents,
        ("son", KinKind.SIBLING, "daughter"),
    )


def test_the_picture_is_enough_to_draw_a_genogram(store, home, ids, whole):
    found = family.picture(store, home, client_id=ids["mother"], names={})

    (couple,) = found.couples
    assert (couple.first, couple.second) == (ids["father"], ids["mother"])
    assert couple.kind is KinKind.SPOUSE and couple.children == (ids["son"], ids["daughter"])
    assert len(found.descents) == 4 and found.bonds == ()


def test_the_picture_calls_people_as_its_caller_does(store, home, ids, whole):
    letters = {ids["mother"]: "Ａ氏", ids["son"]: "Ｂ氏"}
    found = family.picture(store, home, client_id=ids["mother"], names=letters)

    assert [(n.name, n.generation, n.is_member, n.is_dead) for n in found.nodes] == [
        ("Ａ氏", 0, True, False),
        ("", 0, False, True),
        ("Ｂ氏", 1, True, False),
        ("", 1, False, False),
    ]


def test_a_parent_alone_and_siblings_without_parents_are_drawn_too(store, home, ids, draw):
    draw(("mother", KinKind.PARENT, "son"), ("daughter", KinKind.TWIN, "son"))
    found = family.picture(store, home, client_id=ids["son"], names={})

    assert [(c.first, c.second, c.children) for c in found.couples] == [
        (ids["mother"], None, (ids["son"],))
    ]
    assert [(b.second, b.is_twin) for b in found.bonds] == [(ids["son"], True)]
    assert {n.person_id: n.generation for n in found.nodes}[ids["mother"]] == -1


def test_the_picture_is_enough_to_draw_an_ecomap(store, home, ids, draw):
    centre = store.lexicon().spellings["agencies"]["地域包括支援センター"]
    draw(
        ties=(
            Tie(agency=centre, strength=TieStrength.STRONG, direction=TieDirection.TO_HOUSEHOLD),
            Tie(whose=ids["son"], other="元の職場の人", strength=TieStrength.BROKEN),
        )
    )
    ties = family.picture(store, home, client_id=ids["mother"], names={}).ties

    assert [(t.whose, t.agency_id, t.to, t.strength) for t in ties] == [
        (None, centre, "地域包括支援センター", TieStrength.STRONG),
        (ids["son"], None, "元の職場の人", TieStrength.BROKEN),
    ]


def test_without_a_map_the_people_stand_side_by_side(store, home, ids):
    found = family.picture(store, home, client_id=ids["mother"], names={})

    assert len(found.nodes) == 4 and {n.generation for n in found.nodes} == {0}
    assert found.couples == found.ties == ()


# 家族年表


@pytest.fixture
def told(desk):
    """Write an event of the desk's household, changed as asked."""

    def one(what, **boxes):
        event = FamilyEvent(
            happened_on=PartialDate(2008), what=what, category=Category.ISSUES, whose=desk.mother.id
        )
        return casework.record_event(desk.store, desk.household, replace(event, **boxes))

    return one


def test_an_event_says_when_and_what_and_is_of_this_household(desk, store, told):
    with pytest.raises(Invalid, match="時期"):
        told("退職", happened_on=None)
    other = store.save(Household(members=(Person(name="例示 次郎"),)))
    with pytest.raises(NotAllowed, match="いない人"):
        told("退職", whose=other.members[0].id)
    kept = told("退職", category=None)
    with pytest.raises(NotFound, match="別の世帯"):
        casework.record_event(store, other, kept.event)

    assert rules_of(kept.remarks) == ["event.no_category"]


@pytest.fixture
def lived(desk, put, told):
    """A family of which much is known: born, bereft, received, heard, planned, ended, reopened."""
    mother, son = desk.household.members
    members = (replace(mother, birth=PartialDate(1946, 3)), son)
    desk.store.save(replace(desk.household, members=members))
    told("夫が亡くなる", happened_on=PartialDate(2008, 6))
    item = put("confidential")
    casework.record_result(desk.store, replace(item, decisions=(Decision(what="声をかける"),)))
    plan = SupportPlan(drawn_on=DAY, case_id=desk.case.id, client_id=mother.id, state="agreed")
    desk.store.save(replace(plan, signed_on=date(2026, 10, 20)))
    ending = Ending(case_id=desk.case.id, kind="closure", reason="solved")
    desk.store.save(replace(ending, ended_on=date(2027, 3, 1), reopened_on=date(2027, 5, 1)))
    return desk.store.load(Household, desk.household.id)


def test_the_course_of_a_family_is_one_list_the_oldest_first(desk, lived):
    found = chronology(desk.store, lived)

    assert [m.kind.value for m in found] == [
        "birth", "event", "intake", "decision", "plan", "ending", "ending"
    ]  # fmt: skip
    assert found[3].learnt_on_basis == "confidential"
    assert found[3].what == "会議で決まったこと：声をかける"


def test_the_course_up_to_a_day_leaves_out_what_came_later(desk, told):
    told("退職", happened_on=PartialDate(2026, 11))

    found = chronology(desk.store, desk.household, until=date(2026, 10, 31))
    assert [m.kind for m in found] == [MomentKind.INTAKE]


# 台帳


def cells_of(path):
    """The rows of an exported form, each by its headings."""
    head, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_an_exported_event_calls_its_person_by_number_and_comes_back(desk, told, tmp_path):
    told("退職")
    path = tmp_path / "events.xlsx"
    export_ledger(desk.store, path, form="family_events")
    again = import_ledger(desk.store, path, form="family_events", today=DAY)

    (row,) = cells_of(path)
    assert row["だれの"] == f"#{desk.mother.id}" and "花子" not in str(row)
    assert (again.unchanged, again.refused) == (1, ())


def written(path, **cells):
    """A file of one event."""
    path.write_text(
        "\n".join(",".join(map(str, line)) for line in (cells, cells.values())), encoding="utf-8"
    )
    return path


def test_an_event_from_a_file_is_of_a_person_of_its_household(desk, store, tmp_path):
    other = store.save(Household(members=(Person(name="例示 次郎"),))).members[0]
    row = {"世帯の記録番号": desk.household.id, "時期": "平成20年", "できごと": "退職"}
    good = written(tmp_path / "good.csv", だれの=f"＃{desk.son.id}", **row)
    bad = written(tmp_path / "bad.csv", だれの=f"#{other.id}", **row)
    taken = import_ledger(store, good, form="family_events", today=DAY)
    refused = import_ledger(store, bad, form="family_events", today=DAY)

    (event,) = store.find(FamilyEvent)
    assert (taken.added, event.whose) == (1, desk.son.id)
    assert "この世帯の人ではありません" in str(refused.refused[0])


def test_a_name_in_the_place_of_a_person_makes_no_agency(desk, store, tmp_path):
    row = {"世帯の記録番号": desk.household.id, "時期": "平成20年", "できごと": "退職"}
    path = written(tmp_path / "named.csv", だれの="見本花子", **row)
    before = store.lexicon().refs["agencies"]

    assert len(import_ledger(store, path, form="family_events", today=DAY).refused) == 1
    assert store.lexicon().refs["agencies"] == before


# 世帯員だけが世帯員


@pytest.fixture
def grown(desk):
    """The desk's household with an outside daughter and a dead husband on its record."""
    outside = Person(relation="長女", name="見本 咲子", standing="outside")
    dead = Person(relation="夫", name="見本 一郎", standing="deceased", birth=PartialDate(1940))
    members = (*desk.household.members, outside, dead)
    desk.household = desk.store.save(replace(desk.household, members=members))
    return desk


def paper(desk, recipient="chair", basis="confidential"):
    return packet(
        desk.store, desk.sitting.id, recipient=recipient, basis=basis, made_on="令和8年10月12日"
    )


def html_of(made):
    return made.cover().html + made.items().html + made.control().html


def test_the_outside_and_the_dead_are_on_no_paper_and_have_no_letter(grown, put):
    put("confidential")
    made = paper(grown)

    assert [len(people) for people in made.letters.values()] == [2]
    page = html_of(made)
    assert "見本 太郎" in page
    assert not any(word in page for word in ("見本 咲子", "見本 一郎", "長女"))


def test_the_outside_and_the_dead_are_on_the_map_and_on_no_sheet_of_members(grown):
    page = sheet(grown.store, "households", grown.household.id, made_on="令和8年10月12日").html
    drawn = casework.family_sheet(grown.store, grown.household, on=DAY)
    kept = casework.draw_family(grown.store, grown.household, drawn).map
    mapped = sheet(grown.store, "family_maps", kept.id, made_on="令和8年10月12日").html

    assert "見本 太郎" in page and "見本 咲子" not in page
    assert "長女" in mapped and "見本 咲子" not in mapped


def test_nobody_asks_for_the_consent_of_the_outside_and_the_dead(grown):
    client = client_of(grown.store, grown.mother.id)
    whose = Whose(
        profile=grown.store.profile,
        client=client,
        home=home_read(grown.store, client.household),
        given={},
        today=DAY,
    )
    card = people_card(whose, Acts(), lambda _person, _case: None)

    assert [cells[1] for cells in card["rows"]] == ["本人", "長男"]


def test_who_died_leaves_nobody_behind_when_a_case_ends(grown):
    mother, son, *others = grown.household.members
    dead = replace(son, standing="deceased")
    grown.store.save(replace(grown.household, members=(mother, dead, *others)))
    ending = Ending(kind="closure", ended_on=DAY, reason="death", decided_at="confidential")

    problems = casework.ending_problems(grown.store, grown.case, ending)
    assert "ending.survivors" not in rules_of(problems)


def test_a_relative_on_a_map_is_no_earlier_consultation(grown):
    name = "見本 咲子"
    sheet_of_hers = Household(members=(Person(name=name),))

    assert known_before(grown.store, sheet_of_hers) == []
    seen = Household(members=(Person(name="例示 次郎"), Person(name=name, standing="outside")))
    assert [m.member for m in known_before(grown.store, seen)] == []


def test_the_client_of_a_sheet_is_a_member(desk, intake):
    household = Household(members=(Person(name="見本 一郎", standing="deceased"),))

    with pytest.raises(NotAllowed, match="1行目"):
        casework.receive_intake(desk.store, household=household, intake=intake)


# 家族年表を会議で見せる


def told_in(made):
    return [row.what for part in made.parts for row in part.chronology]


@pytest.fixture
def eldest(desk):
    """The first agency called to the sitting."""
    return f"agency-{desk.sitting.called[0]}"


def test_a_family_of_which_nothing_was_written_has_no_table(desk, put):
    put("confidential")

    assert told_in(paper(desk)) == []


def test_without_consent_the_categories_of_the_item_are_told(desk, put, told, eldest):
    told("退職")
    told("受診が途絶える", category=Category.FINANCE)
    told("区分のないこと", category=None)
    put("confidential", shared_categories=(Category.ISSUES,))

    assert told_in(paper(desk, eldest)) == ["退職"]
    assert len(told_in(paper(desk))) == 4


def test_with_consent_words_wait_until_they_were_looked_through(desk, put, told, agree, eldest):
    agree()
    told("退職")
    item = put("multilayered")

    assert told_in(paper(desk, eldest, "multilayered")) == []
    desk.store.save(replace(item, text_reviewed_on=DAY))
    assert "退職" in told_in(paper(desk, eldest, "multilayered"))


@pytest.fixture
def sons(desk, agree):
    """The same consent as the mother's, from the son."""
    return replace(agree(), id=None, version=0, person_id=None)


def test_what_happened_to_another_member_needs_that_members_consent(desk, put, told, sons, eldest):
    told("退職")
    told("長男が仕事を辞める", whose=desk.son.id)
    put("multilayered", text_reviewed_on=DAY)
    before = told_in(paper(desk, eldest, "multilayered"))
    casework.record_consent(desk.store, desk.son.id, sons)

    assert "長男が仕事を辞める" not in before and "退職" in before
    assert "長男が仕事を辞める" in told_in(paper(desk, eldest, "multilayered"))


def test_what_was_heard_without_consent_stays_off_a_paper_that_needs_it(desk, put, told, agree):
    agree()
    told("支援会議で聞いたこと", learnt_on_basis="confidential")
    told("退職")
    put("multilayered", text_reviewed_on=DAY)

    assert "支援会議で聞いたこと" not in told_in(paper(desk, basis="multilayered"))


def test_births_and_the_day_of_the_first_telling_are_not_for_agencies(desk, put, told, eldest):
    mother, son = desk.household.members
    members = (replace(mother, birth=PartialDate(1946, 3, 5)), son)
    desk.store.save(replace(desk.household, members=members))
    told("退職")
    put("confidential", shared_categories=tuple(Category))
    rows = [row for part in paper(desk, eldest).parts for row in part.chronology]

    assert "誕生" not in [row.what for row in rows]
    assert [row.when for row in rows if "相談受付" in row.what] == ["令和8年10月"]


def test_on_a_paper_about_the_opponent_nothing_of_the_hidden_wife_is_told(desk, put, told, eldest):
    mother, son = desk.household.members
    members = (replace(mother, is_opponent=True), replace(son, is_masked=True))
    desk.store.save(replace(desk.household, members=members))
    for what, whose in (("実家に移る", desk.son.id), ("引っ越し", None), ("退職", desk.mother.id)):
        told(what, whose=whose)
    put("confidential", shared_categories=tuple(Category))

    agencys = told_in(paper(desk, eldest))
    assert "退職" in agencys and not {"実家に移る", "引っ越し"} & set(agencys)


def test_a_new_event_changes_the_number_of_the_papers(desk, put, told):
    put("confidential")
    before = paper(desk).identity.number
    told("退職")

    assert paper(desk).identity.number != before
