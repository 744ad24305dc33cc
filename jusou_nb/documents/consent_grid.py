"""The table of a consent paper: six categories across, desks down, ticked at their heads.

A record says of all its desks the same categories, so that the ticks stand at the heads: a
person cannot be asked for more than can be kept.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from jusou_nb.choices import Category
from jusou_nb.documents.letter_words import agency_name, printed
from jusou_nb.forms import Consent
from jusou_nb.furigana import read
from jusou_nb.store import Store

_ROOM = 3
"""Empty lines for desks written by hand."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The heads with their ticks; ``is_filled`` draws the marks where both are ticked."""

    categories: tuple[tuple[str, bool], ...]
    desks: tuple[tuple[Markup, bool], ...]
    room: int = 0
    is_filled: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is a scope to show; imported consents may have none."""
        return any(on for _, on in self.categories) and any(on for _, on in self.desks)


def of(store: Store, entry: Consent) -> Grid:
    """Draw what an entry carries."""
    return _drawn(store, entry.categories or (), entry.agencies or (), is_filled=True)


def blank(store: Store, before: Consent | None = None) -> Grid:
    """Draw a table to be ticked: the desks that stand, or those that usually take part."""
    if before is not None and before.agencies:
        grid = _drawn(store, (), (), before.agencies)
    else:
        desks = tuple((_named(store, name), False) for name in usual_desks(store))
        grid = Grid(categories=_heads(()), desks=desks)
    return replace(grid, room=_ROOM)


def stopped(store: Store, entry: Consent | None, before: Consent | None) -> Grid:
    """Draw what is taken off; without an entry, what stood, to be ticked by hand."""
    if entry is None:
        return replace(blank(store, before), room=0)
    desks = tuple(dict.fromkeys([*(entry.withdrawn_agencies or ()), *_stood(before)]))
    return _drawn(store, entry.withdrawn_categories or (), entry.withdrawn_agencies or (), desks)


def _stood(before: Consent | None) -> Iterable[int]:
    return (before.agencies if before else None) or ()


def _drawn(
    store: Store,
    categories: Collection[Category],
    agencies: Collection[int],
    desks: Iterable[int] = (),
    *,
    is_filled: bool = False,
) -> Grid:
    listed = tuple(dict.fromkeys([*desks, *agencies]))
    return Grid(
        categories=_heads(categories),
        desks=tuple((agency_name(store, agency), agency in agencies) for agency in listed),
        is_filled=is_filled,
    )


def _heads(categories: Collection[Category]) -> tuple[tuple[str, bool], ...]:
    return tuple((category.value, category in categories) for category in Category)


def _named(store: Store, name: str) -> Markup:
    return printed(read(name, store.profile.letters.readings))


def usual_desks(store: Store) -> list[str]:
    """Name the standing members of the first body that hears cases by consent."""
    profile = store.profile
    for body in profile.bodies:
        if any(profile.basis(code).requires_consent for code in body.bases) and body.members:
            return [member.agency for member in body.members if member.always]
    return []
