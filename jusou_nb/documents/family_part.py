"""家族関係図・つながり as one reader may have it: the two drawings and their sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.documents import family_words
from jusou_nb.documents.ages import age_text
from jusou_nb.documents.ecomap import draw_ecomap
from jusou_nb.documents.eyes import Eyes
from jusou_nb.documents.family_signs import Shape, Sign
from jusou_nb.documents.family_svg import Drawing
from jusou_nb.documents.genogram import draw_genogram
from jusou_nb.documents.kin import relation_text, shape_said
from jusou_nb.documents.lettering import names_on_paper
from jusou_nb.documents.sheet_parts import Part
from jusou_nb.documents.sitting import Entry
from jusou_nb.forms import FamilyMap, Household, Kinship, Person, Tie
from jusou_nb.forms.household import Standing
from jusou_nb.profile import Profile
from jusou_nb.rules import family_sharing as rules
from jusou_nb.rules.family import kin_to_client
from jusou_nb.store import Store, family
from jusou_nb.store.family import Picture
from jusou_nb.store.queries import person as find_person
from jusou_nb.values import Lexicon

TITLE = "家族関係図・つながり"
_OTHER = "家族・親族"
"""Whoever stands on the family map only has no letter, and on no paper a name."""


@dataclass(frozen=True, kw_only=True)
class FamilyPart:
    """The drawings; without ties there is no ecomap."""

    genogram: Drawing
    ecomap: Drawing | None
    told: tuple[str, ...]
    is_loose: bool
    left_off: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to know of the drawings, in sentences."""
        said = []
        if self.is_loose:
            said.append("線でつながっていない人は、続柄だけを載せています。")
        if self.left_off:
            said.append(f"秘匿のため、つながり{self.left_off}件は描いていません。")
        return tuple(said)

    @property
    def drawings(self) -> tuple[tuple[str, str], ...]:
        """The SVG of each drawing, under its heading."""
        found = [("家族関係図（ジェノグラム）", self.genogram.svg)]
        if self.ecomap is not None:
            found.append(("つながりの図（エコマップ）", self.ecomap.svg))
        return tuple(found)


def for_item(entry: Entry, eyes: Eyes) -> FamilyPart | None:
    """Draw the family of an item as its reader may have it; None where there is no map."""
    if entry.family is None:
        return None
    reader, matter, home = eyes.reader, eyes.matter, entry.household
    people = [p for p in home.members if rules.person_withheld(reader, matter, p, home) is None]
    signs = {person.id or 0: _sign(person, entry, eyes) for person in people}
    heard = entry.family_heard
    kinships = tuple(
        row
        for row in entry.family.kinships
        if rules.kinship_withheld(reader, matter, row, home, was_heard=_key(row) in heard) is None
    )
    ties = tuple(
        _without_note(row, home, eyes)
        for row in entry.family.ties
        if rules.tie_withheld(reader, matter, row, home, was_heard=_key(row) in heard) is None
    )
    client = entry.item.client_id or 0
    drawn = replace(entry.family, kinships=(*kinships, *_said(kinships, signs, client)), ties=ties)
    return _part(drawn, people, signs, client, eyes.lexicon)


def _key(row: Kinship | Tie) -> tuple[str, int]:
    return row.table, row.id or 0


def _without_note(tie: Tie, home: Household, eyes: Eyes) -> Tie:
    withheld = rules.note_withheld(eyes.reader, eyes.matter, tie, home)
    return tie if withheld is None else replace(tie, note=None)


def _said(
    kinships: tuple[Kinship, ...], signs: Mapping[int, Sign], client: int
) -> tuple[Kinship, ...]:
    """Draw what the 続柄 on the paper say, of those to whom no line leads."""
    linked = {id_ for row in kinships for id_ in (row.person, row.other)}
    found = [
        kin_to_client(sign.relation or sign.name, id_, client)
        for id_, sign in signs.items()
        if id_ not in linked and id_ != client
    ]
    return tuple(row for row in found if row is not None)


def _sign(person: Person, entry: Entry, eyes: Eyes) -> Sign:
    """Read a person as far as this reader may; whoever is dead for this reader has no age."""
    client = find_person(entry.household, entry.item.client_id)
    is_client = person.id == client.id
    relation = relation_text(
        eyes.text(person, "relation", person), client.relation or "", is_client=is_client
    )
    letter = eyes.letters.get(person.id or 0, "")
    together = eyes.text(person, "lives_together", person)
    is_dead = not person.is_member and person.standing == Standing.DECEASED
    code = person.sex if eyes.text(person, "sex", person) else None
    return Sign(
        person_id=person.id or 0,
        name=letter or relation or _OTHER,
        relation=relation if letter else "",
        age="" if is_dead else eyes.age(person),
        shape=_shape(eyes.matter.profile, code, relation),
        is_client=is_client,
        is_inside=is_client or (person.is_member and together != "いいえ"),
        is_dead=is_dead and bool(eyes.text(person, "standing", person)),
    )


def _shape(profile: Profile, sex: str | None, relation: str = "") -> Shape:
    for shape in (Shape.SQUARE, Shape.CIRCLE):
        if sex in profile.flagged("sex", shape.value):
            return shape
    said = shape_said(relation) if sex is None else ""
    return Shape.of(said) if said else Shape.TRIANGLE


def for_office(
    store: Store,
    household: Household,
    *,
    day: date,
    client_id: int | None = None,
    names: Mapping[int, str] | None = None,
) -> FamilyPart | None:
    """Draw a family for the office's own sheets and desk; None where there is no map.

    Ties that may tell where somebody under 秘匿 is are left off: paper lies about.

    Args:
        store: The open store.
        household: Whose.
        day: For the ages.
        client_id: Who is drawn as the client; without it the first of the sheet.
        names: What people are called; without it by 続柄 and letters.
    """
    drawn = family.last_map(store, household)
    if drawn is None or not household.members:
        return None
    people, profile = list(household.members), store.profile
    client = client_id or people[0].id or 0
    called = names_on_paper(household) if names is None else names
    ties = tuple(tie for tie in drawn.ties if not rules.hidden_behind(tie, household))
    signs = {p.id or 0: _office_sign(profile, p, called, client, day) for p in people}
    made = _part(replace(drawn, ties=ties), people, signs, client, store.lexicon())
    return replace(made, left_off=len(drawn.ties) - len(ties))


def on_sheet(
    store: Store, household: Household, client: Person | None, day: date | None
) -> tuple[Part, ...]:
    """Give the drawings as a part of one of the office's sheets; nothing without a map."""
    client_id = client.id if client else None
    drawn = for_office(store, household, day=day or date.max, client_id=client_id)
    return (Part(title=TITLE, family=drawn),) if drawn else ()


def _office_sign(
    profile: Profile, person: Person, names: Mapping[int, str], client: int, day: date
) -> Sign:
    name = names.get(person.id or 0, "") or _OTHER
    is_client, is_dead = person.id == client, person.standing == Standing.DECEASED
    relation = person.relation or ""
    return Sign(
        person_id=person.id or 0,
        name=name,
        relation="" if relation in name else relation,
        age="" if is_dead else age_text(person, day),
        shape=_shape(profile, person.sex, relation),
        is_client=is_client,
        is_inside=is_client or (person.is_member and person.lives_together is not False),
        is_dead=is_dead,
    )


def _part(
    drawn: FamilyMap, people: list[Person], signs: Mapping[int, Sign], client: int, words: Lexicon
) -> FamilyPart:
    names = {id_: sign.name for id_, sign in signs.items()}
    agencies = words.refs["agencies"]
    picture = family.picture_of(drawn, people, client_id=client, names=names, agencies=agencies)
    is_solid = words.profile.deceased_sign == "solid"
    kin, ties = family_words.of_kin(picture, signs), family_words.of_ties(picture, signs)
    return FamilyPart(
        genogram=draw_genogram(picture, signs, kin, is_solid=is_solid),
        ecomap=draw_ecomap(picture, signs, ties, is_solid=is_solid) if ties else None,
        told=(*kin, *ties),
        is_loose=len(signs) > 1 and not set(signs) <= _linked(picture),
    )


def _linked(picture: Picture) -> set[int]:
    couples = [(one.first, one.second) for one in picture.couples]
    found = {id_ for pair in couples for id_ in pair if id_ is not None}
    found |= {one.child for one in picture.descents}
    return found | {id_ for bond in picture.bonds for id_ in (bond.first, bond.second)}
