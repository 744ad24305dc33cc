"""What a town's profile lacks of the shipped one it stems from, added without changing the rest.

Lists, thresholds and wordings that came with a later version are added whole; whatever the
town has already, even in part, stays as it stands. What only a town can know (its agencies,
bodies, inhabitants, targets, budgets) is never taken from a model.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tomli_w

from jusou_nb.profile import Profile, load, names, parse

_MODEL = "standard"
_GROWING = {
    "thresholds": "目安の数",
    "weights": "重み",
    "lists": "選択肢の一覧",
    "office_papers": "帳票の設定",
    "letters": "文書の文章",
    "stuck_reasons": "停滞の理由",
    "transcripts": "転記票",
    "national_questions": "国への報告の質問",
    "indicators": "年度の指標",
    "flow": "支援の流れ図",
}


@dataclass(frozen=True, kw_only=True)
class Growth:
    """What can be added: from which model, what in words, and the profile with all of it."""

    model: str
    added: tuple[str, ...]
    profile: Profile


def growth(profile: Profile) -> Growth:
    """Compare a profile with the shipped one of its name, or with the standard one."""
    model = profile.name if profile.name in names() else _MODEL
    own = tomllib.loads(profile.text)
    shipped = tomllib.loads(load(model).text)
    found = [(path, value) for path, value in _lacking(own, shipped, ()) if path[0] in _GROWING]
    for path, value in found:
        _place(own, path)[path[-1]] = value
    grown = parse(tomli_w.dumps(own)) if found else profile
    return Growth(model=model, added=tuple(_said(*entry) for entry in found), profile=grown)


def _lacking(
    own: dict[str, Any], shipped: dict[str, Any], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in shipped.items():
        here = (*path, key)
        if key not in own:
            yield here, value
        elif isinstance(value, dict) and isinstance(own[key], dict) and "entries" not in value:
            yield from _lacking(own[key], value, here)


def _place(own: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    for key in path[:-1]:
        own = own[key]
    return own


def _said(path: tuple[str, ...], value: Any) -> str:
    word = _GROWING[path[0]]
    titled = value.get("title") if isinstance(value, dict) else None
    return f"{word}「{titled or '・'.join(path[1:])}」" if len(path) > 1 else word
