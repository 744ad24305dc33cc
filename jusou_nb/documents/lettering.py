"""What people are called on paper: A氏, B氏 … or by their 続柄, never by name."""

from collections import Counter

from jusou_nb.forms import Household
from jusou_nb.store import Store
from jusou_nb.values import Lexicon

_LETTERS = 26


def letter(place: int) -> str:
    """Give the letter of a place counted from 0, in full width: Ａ … Ｚ, ＡＡ …"""
    wide = chr(ord("Ａ") + place % _LETTERS)
    return wide if place < _LETTERS else letter(place // _LETTERS - 1) + wide


def names_on_paper(household: Household) -> dict[int, str]:
    """Call each person of a household by 続柄; where it is missing or not one's own, by letter."""
    said = Counter(person.relation or "" for person in household.members)
    names = {}
    for place, person in enumerate(household.members):
        relation = person.relation or ""
        own = relation and said[relation] == 1
        more = f"（{relation}）" if relation else ""
        names[person.id or 0] = relation if own else f"{letter(place)}氏{more}"
    return names


def paper_lexicon(store: Store, household: Household | None) -> Lexicon:
    """Give the words for a paper: the common ones, and what its people are called there."""
    common = store.lexicon()
    if household is None:
        return common
    refs = {**common.refs, "persons": names_on_paper(household)}
    return Lexicon(common.profile, refs, common.spellings)
