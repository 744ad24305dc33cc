"""The paper templates: where they are, what they ask for, and whether they are given it."""

import ast
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jusou_nb import settings
from jusou_nb.errors import TemplateError

FOR_PEOPLE = frozenset({"desk"})
"""Notebooks that are opened in JupyterLab and never run by the runner."""
AS_OF = "as_of"
"""The parameter of a reprint; without it a paper shows the store as it is."""
_NAMES = {"int": "整数", "str": "文字", "bool": "True か False", "float": "数"}


@dataclass(frozen=True)
class Parameter:
    """What a template asks for: its name and the name of its Python type."""

    name: str
    type: str


def folders() -> tuple[Path, ...]:
    """Where templates lie: in the installed package, or in a checkout beside it."""
    package = Path(str(resources.files("jusou_nb")))
    return package / "notebooks", package.parent / "notebooks" / "templates"


def every() -> dict[str, Path]:
    """Give all templates by name, the desk among them."""
    found: dict[str, Path] = {}
    for folder in folders():
        for path in sorted(folder.glob("*.ipynb")):
            found.setdefault(path.stem, path)
    return found


def find(name: str) -> Path:
    """Find the notebook of a paper by its name, or take the path of one.

    Raises:
        TemplateError: There is none, or it is not for the runner.
    """
    if name in FOR_PEOPLE:
        raise TemplateError(
            f"「{name}」は画面で開くノートブックです。jusou-nb lab で開いてください"
        )
    path = Path(name) if name.endswith(".ipynb") else every().get(name)
    if path is None or not path.is_file():
        known = "、".join(sorted(every().keys() - FOR_PEOPLE))
        raise TemplateError(f"テンプレート「{name}」がありません（あるもの: {known}）")
    if path.stem in FOR_PEOPLE:
        return find(path.stem)
    return path


def parameters_of(path: Path) -> dict[str, Parameter]:
    """Read what a template asks for from its ``parameters`` cell.

    Raises:
        TemplateError: The file is no notebook.
    """
    return _parameters(path, path.stat().st_mtime_ns)


@cache
def _parameters(path: Path, _changed: int) -> dict[str, Parameter]:
    # Where the desk's notebook lies is asked at each start; papermill takes a second to load.
    from papermill import inspect_notebook  # noqa: PLC0415

    try:
        found = inspect_notebook(str(path).replace("{", "{{").replace("}", "}}"))
    except (ValueError, KeyError, AttributeError, json.JSONDecodeError) as fault:
        raise TemplateError(
            f"「{path.name}」はノートブックとして読めません。元のファイルに戻してください"
        ) from fault
    return {name: Parameter(name, _type_of(about)) for name, about in found.items()}


def _type_of(about: Mapping[str, str]) -> str:
    if about["inferred_type_name"] != "None":
        return about["inferred_type_name"]
    try:
        return type(ast.literal_eval(about["default"])).__name__
    except (ValueError, SyntaxError):
        return "str"


def complete(path: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Check parameters against the template's own; fill in the store from the surroundings.

    Raises:
        TemplateError: One is missing, one is not known, or one is of the wrong type.
    """
    asked = parameters_of(path)
    values = {**({AS_OF: 0} if AS_OF in asked else {}), **given}
    if "store" in asked and not values.get("store"):
        values["store"] = settings.STORE.get()
    missing = [name for name in asked if values.get(name) in (None, "")]
    strangers = [name for name in values if name not in asked]
    if missing:
        raise TemplateError(
            f"「{path.stem}」に {_list(missing)} がありません。指定してからもう一度行ってください"
        )
    if strangers:
        raise TemplateError(
            f"「{path.stem}」は {_list(strangers)} を受け取りません（受け取るもの: {_list(asked)}）"
        )
    for name, parameter in asked.items():
        _check_type(path.stem, parameter, values[name])
    if "store" in asked:
        # The notebook runs in a folder of its own.
        values["store"] = os.path.abspath(values["store"])  # noqa: PTH100 - keeps links as named
    return values


def _check_type(template: str, parameter: Parameter, value: Any) -> None:
    given = type(value).__name__
    if parameter.type in _NAMES and given != parameter.type:
        raise TemplateError(
            f"「{template}」の {parameter.name} は{_NAMES[parameter.type]}で指定してください"
            f"（「{value}」は{_NAMES.get(given, given)}です）"
        )


def _list(names: Any) -> str:
    return "、".join(names)
