"""The shipped profiles as they are offered for a new store, and one made a town's own."""

import tomllib
from dataclasses import dataclass
from typing import Any

import tomli_w

from jusou_nb.profile import Profile, load, names, parse

FIRST = "standard"


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A profile to choose: its name, what it is, and whose names stand in it."""

    name: str
    about: str
    municipality: str
    office: str


def offered() -> list[Offered]:
    """Describe every shipped profile, the standard one first."""
    order = sorted(names(), key=lambda name: (name != FIRST, name))
    return [_described(name) for name in order]


def _described(name: str) -> Offered:
    head = tomllib.loads(load(name).text)["profile"]
    own = {key: head[key] for key in ("municipality", "office")}
    return Offered(name=name, about=head.get("about", ""), **own)


def for_town(name: str, municipality: str, office: str) -> Profile:
    """Give a shipped profile with a town's own name and office, also within its places.

    Raises:
        NotFound: There is no such profile.
    """
    shipped = load(name)
    raw = _renamed(tomllib.loads(shipped.text), shipped.municipality, municipality)
    raw["profile"] |= {"municipality": municipality, "office": office}
    return parse(tomli_w.dumps(raw))


def _renamed(value: Any, before: str, after: str) -> Any:
    """Write the new name wherever the old one stands; a key that has it is its reading."""
    if isinstance(value, dict):
        return {key: _renamed(entry, before, after) for key, entry in value.items()}
    if isinstance(value, list):
        return [_renamed(entry, before, after) for entry in value]
    return value.replace(before, after) if isinstance(value, str) else value
