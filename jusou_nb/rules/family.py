"""Can this family be drawn so? Only what cannot be is refused; what is odd is noted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from jusou_nb.fields import Ref
from jusou_nb.forms.family import FamilyEvent, FamilyMap, KinKind, Kinship
from jusou_nb.forms.household import Household, Person, Standing
from jusou_nb.problems import Problem, Strength

_BORN = (KinKind.PARENT, KinKind.ADOPTIVE_PARENT)
"""Kinds by which somebody descends from another; a step parent may be a step child as well."""
_TWO = 2


def may_draw(household: Household, drawn: FamilyMap) -> list[Problem]:
    """Ask: may the family map be kept so?"""
    people = {person.id or 0: person for person in household.members}
    return [
        *_strangers(people, drawn),
        *_selves(drawn.kinships),
        *_circles(drawn.kinships),
        *_nobodies(drawn),
        *_parents(people, drawn.kinships),
        *_ages(people, drawn.kinships),
        *_spouses(people, drawn.kinships),
        *_two_ways(drawn.kinships),
    ]


def _stops(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.FORBIDDEN)


def _strangers(people: Mapping[int, Person], drawn: FamilyMap) -> Iterator[Problem]:
    named = [("kinships", n, "person", row.person) for n, row in enumerate(drawn.kinships)]
    named += [("kinships", n, "other", row.other) for n, row in enumerate(drawn.kinships)]
    named += [("ties", n, "whose", row.whose) for n, row in enumerate(drawn.ties)]
    for table, place, box, person_id in named:
        if person_id is not None and person_id not in people:
            message = "この世帯の記録にいない人が、家族図に描かれています。"
            remedy = (
                "先に「世帯を直す」で書き加えてください（世帯の外の人、亡くなった人も書けます）。"
            )
            yield _stops("kinship.stranger", message, remedy, f"{table}.{place}.{box}")


def _selves(kinships: Sequence[Kinship]) -> Iterator[Problem]:
    for place, row in enumerate(kinships):
        if row.person is not None and row.person == row.other:
            message = f"{place + 1}行目で、同じ人がその人自身の{row.kind and row.kind.label}です。"
            remedy = "相手を選び直してください。"
            yield _stops("kinship.self", message, remedy, f"kinships.{place}.other")


def _circles(kinships: Sequence[Kinship]) -> Iterator[Problem]:
    """Nobody descends from themself."""
    parents: dict[int, set[int]] = {}
    for row in kinships:
        if row.kind in _BORN and row.person != row.other:
            parents.setdefault(row.other or 0, set()).add(row.person or 0)
    for place, row in enumerate(kinships):
        if row.kind in _BORN and row.person != row.other:
            above = _ancestors(parents, row.person or 0)
            if row.other in above:
                message = f"{place + 1}行目をたどると、同じ人がその人自身の祖先になります。"
                remedy = "「人」と「相手」が逆になっていないか確かめてください。"
                yield _stops("kinship.circle", message, remedy, f"kinships.{place}.person")


def _ancestors(parents: Mapping[int, set[int]], person: int) -> set[int]:
    found: set[int] = set()
    open_ = [person]
    while open_:
        new = parents.get(open_.pop(), set()) - found
        found |= new
        open_ += new
    return found


def _nobodies(drawn: FamilyMap) -> Iterator[Problem]:
    for place, tie in enumerate(drawn.ties):
        if tie.agency is None and not tie.other:
            message = f"つながりの{place + 1}行目に、相手がいません。"
            remedy = "機関を選ぶか、「機関でない相手」に書いてください（氏名は書きません）。"
            yield _stops("tie.nobody", message, remedy, f"ties.{place}.agency")


def _parents(people: Mapping[int, Person], kinships: Sequence[Kinship]) -> Iterator[Problem]:
    """Two mothers can be: a couple of two women, or a slip between 親 and 継親."""
    found: dict[int, set[int]] = {}
    for row in kinships:
        if row.kind is KinKind.PARENT:
            found.setdefault(row.other or 0, set()).add(row.person or 0)
    for above in found.values():
        sexes = Counter(p.sex for n in above if (p := people.get(n)) is not None and p.sex)
        if len(above) > _TWO or any(count > 1 for count in sexes.values()):
            yield Problem(
                rule="kinship.parents",
                message="一人の子に、親が3人以上いるか、同じ性別の親が2人います。",
                remedy="実の親のほかは「養親」「継親」にしてください。そのとおりなら、このままで構いません。",
                box="kinships",
            )


def _ages(people: Mapping[int, Person], kinships: Sequence[Kinship]) -> Iterator[Problem]:
    for place, row in enumerate(kinships):
        older, younger = people.get(row.person or 0), people.get(row.other or 0)
        if row.kind not in _BORN or older is None or younger is None or older is younger:
            continue
        if older.birth and younger.birth and older.birth.year >= younger.birth.year:
            yield Problem(
                rule="kinship.ages",
                message=f"{place + 1}行目の親が、子と同じ年か、あとに生まれています。",
                remedy="生年月日か、「人」と「相手」の向きを確かめてください。",
                box=f"kinships.{place}.person",
            )


def _spouses(people: Mapping[int, Person], kinships: Sequence[Kinship]) -> Iterator[Problem]:
    living: dict[int, set[int]] = {}
    for row in kinships:
        pair = [row.person or 0, row.other or 0]
        if row.kind is KinKind.SPOUSE and not any(_is_dead(people.get(n)) for n in pair):
            for one, other in (pair, pair[::-1]):
                living.setdefault(one, set()).add(other)
    if any(len(others) > 1 for others in living.values()):
        yield Problem(
            rule="kinship.two_spouses",
            message="一人に、配偶者が2人います。",
            remedy="「離婚した相手」「内縁・パートナー」でないか、亡くなった人でないか確かめてください。",
            box="kinships",
        )


def _is_dead(person: Person | None) -> bool:
    return person is not None and person.standing == Standing.DECEASED


def _two_ways(kinships: Sequence[Kinship]) -> Iterator[Problem]:
    """Parent and spouse of one person, or married and divorced at once, is most often a slip."""
    kinds: dict[frozenset[int], set[KinKind]] = {}
    for row in kinships:
        if row.kind is not None:
            kinds.setdefault(frozenset({row.person or 0, row.other or 0}), set()).add(row.kind)
    if any(len(found) > 1 and found != {KinKind.SIBLING, KinKind.TWIN} for found in kinds.values()):
        yield Problem(
            rule="kinship.two_ways",
            message="同じ二人に、二つの続き柄が書かれています。",
            remedy="今の続き柄だけにし、前のことは「覚え」か家族年表に書いてください。",
            box="kinships",
        )


def may_be_client(person: Person) -> list[Problem]:
    """Ask: may the first person of a sheet be its client? Who is on the map only is none."""
    if person.is_member:
        return []
    message = "1行目（本人）が、世帯の外の人か亡くなった人になっています。"
    remedy = "本人を1行目に書くか、「世帯との関係」を空にしてください。"
    return [_stops("household.client_outside", message, remedy, "members.0.standing")]


def may_keep_event(household: Household, event: FamilyEvent) -> list[Problem]:
    """Ask of an event of the 家族年表: whose is it, and may it be shared one day?"""
    problems = []
    if event.whose is not None and event.whose not in {p.id for p in household.members}:
        message = "この世帯の記録にいない人のできごとです。"
        remedy = "「だれの」を選び直すか、先に「世帯を直す」で書き加えてください。"
        problems.append(_stops("event.stranger", message, remedy, "whose"))
    if event.category is None:
        problems.append(
            Problem(
                rule="event.no_category",
                message="内容の区分のないできごとは、機関の資料に載りません。",
                remedy="会議で見せるなら、区分を選んでください。",
                box="category",
            )
        )
    return problems


_UP = ("父", "母", "親", "養父", "養母", "継父", "継母")
_DOWN = ("子", "長男", "次男", "二男", "三男", "四男", "長女", "次女", "二女", "三女", "四女")
_DOWN_MORE = ("息子", "娘", "養子", "養女")
_BESIDE = ("兄", "弟", "姉", "妹", "兄弟", "姉妹", "きょうだい")
_MARRIED = ("夫", "妻", "配偶者")
_KINDS = {"養": KinKind.ADOPTIVE_PARENT, "継": KinKind.STEP_PARENT}


def kin_to_client(relation: str, person: int, client: int) -> Kinship | None:
    """Read a 続柄 (towards the client) as a line of the map; None where it is not certain.

    A proposal for the worker to correct: the sheet's word may mean less than it says.
    """
    one, other = Ref(person), Ref(client)
    if relation in _UP:
        return Kinship(person=one, kind=_KINDS.get(relation[0], KinKind.PARENT), other=other)
    if relation in (*_DOWN, *_DOWN_MORE):
        return Kinship(person=other, kind=_KINDS.get(relation[0], KinKind.PARENT), other=one)
    if relation in _BESIDE:
        return Kinship(person=one, kind=KinKind.SIBLING, other=other)
    return Kinship(person=one, kind=KinKind.SPOUSE, other=other) if relation in _MARRIED else None
