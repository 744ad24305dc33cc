"""A family's drawing in sentences, for those who do not see it, and for looking things up."""

from collections.abc import Iterator, Mapping

from jusou_nb.documents.family_signs import Shape, Sign
from jusou_nb.forms.family import KinKind
from jusou_nb.store.family import Picture, TieLine

_SEX = {Shape.SQUARE: "男性", Shape.CIRCLE: "女性", Shape.TRIANGLE: ""}


def of_kin(picture: Picture, signs: Mapping[int, Sign]) -> tuple[str, ...]:
    """Tell the genogram: each person, each couple, each parent, siblings and twins."""
    called = {id_: sign.called for id_, sign in signs.items()}
    people = [_person(signs[node.person_id]) for node in picture.nodes]
    return (*people, *_couples(picture, called), *_parents(picture, called),
            *_bonds(picture, called))  # fmt: skip


def of_ties(picture: Picture, signs: Mapping[int, Sign]) -> tuple[str, ...]:
    """Tell the ecomap: each tie, how strong, which way, and of what it consists."""
    return tuple(_tie(tie, signs) for tie in picture.ties)


def _person(sign: Sign) -> str:
    where = "亡くなっている" if sign.is_dead else "" if sign.is_inside else "別に暮らす"
    words = [_SEX[sign.shape], sign.age, "本人" if sign.is_client else "", where]
    said = [word for word in words if word and word != sign.relation]
    return "、".join([sign.called, *said]) + "。"


def _couples(picture: Picture, called: Mapping[int, str]) -> Iterator[str]:
    for couple in picture.couples:
        if couple.second is not None and couple.kind is not None:
            one, two = called[couple.first], called[couple.second]
            yield f"{one}と{two}は、{_COUPLES[couple.kind]}。"


_COUPLES = {
    KinKind.SPOUSE: "配偶者",
    KinKind.PARTNER: "内縁・パートナー",
    KinKind.SEPARATED: "別居中の配偶者",
    KinKind.DIVORCED: "離婚している",
}


def _parents(picture: Picture, called: Mapping[int, str]) -> Iterator[str]:
    above: dict[tuple[int, KinKind], list[int]] = {}
    for descent in picture.descents:
        above.setdefault((descent.child, descent.kind), []).append(descent.parent)
    for (child, kind), parents in above.items():
        who = "と".join(called[parent] for parent in parents)
        yield f"{called[child]}の{kind.label}は、{who}。"


def _bonds(picture: Picture, called: Mapping[int, str]) -> Iterator[str]:
    for bond in picture.bonds:
        kind = KinKind.TWIN if bond.is_twin else KinKind.SIBLING
        yield f"{called[bond.first]}と{called[bond.second]}は、{kind.label}。"


def _tie(tie: TieLine, signs: Mapping[int, Sign]) -> str:
    sign = signs.get(tie.whose or 0)
    whose = sign.called if sign else "世帯"
    direction = f"、向きは{tie.direction.label}" if tie.direction else ""
    note = f"（{tie.note}）" if tie.note else ""
    return f"{whose}と{tie.to}：{tie.strength.label}{direction}{note}。"
