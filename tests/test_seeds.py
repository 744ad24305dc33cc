"""docs/seeds.md: every phrase is a real quotation, and every name in it is still there."""

import ast
import importlib
import re
import tomllib
from pathlib import Path

import pytest

from jusou_nb import forms
from jusou_nb.cli.parser import build
from jusou_nb.fields import Form, children, items, links

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "seeds.md").read_text(encoding="utf-8")
QUOTES = tomllib.loads((ROOT / "tests" / "data" / "seed_quotes.toml").read_text(encoding="utf-8"))
ROWS = [
    line.strip().strip("|").strip().split(" | ")
    for line in PAGE.splitlines()
    if re.match(r"\| 00\d \| 「", line)
]
NAMED = sorted(set(re.findall(r"`([^`]+)`", PAGE)))
TESTS = {
    node.name
    for path in (ROOT / "tests").rglob("test_*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.FunctionDef)
}
COMMANDS = set(re.findall(r"[a-z]+", next(
    str(sorted(action.choices)) for action in build()._actions if action.dest == "command"
)))  # fmt: skip
CODES = {"confidential", "representatives", "platform", "working_group", "asks_state", "anonymous"}
"""Codes and flags of the profile, which are no names of the program."""


def attribute(value, names):
    """Walk down names from a module or class; a box of a form counts as one."""
    for name in names:
        if isinstance(value, type) and issubclass(value, Form):
            boxes = {b.name for b in (*items(value), *children(value), *links(value))}
            return name in boxes
        if not hasattr(value, name):
            return False
        value = getattr(value, name)
    return True


def classes():
    """Give the forms and the choices of their boxes by name."""
    found = {form.__name__: form for form in forms.FORMS}
    for path in (ROOT / "jusou_nb" / "forms").glob("*.py"):
        module = importlib.import_module(f"jusou_nb.forms.{path.stem}")
        found |= {name: one for name, one in vars(module).items() if isinstance(one, type)}
    return found


def in_package(name):
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            module = importlib.import_module(".".join(["jusou_nb", *parts[:length]]))
        except ModuleNotFoundError:
            continue
        return attribute(module, parts[length:])
    return False


def is_there(name):
    if name in CODES or name.startswith("jusou-nb "):
        return name in CODES or name.split()[1] in COMMANDS
    if name.startswith("test_"):
        return name in TESTS or name == "test_…"
    if "/" in name:
        return (ROOT / name).is_file() or (ROOT / "jusou_nb" / name).is_file()
    first, *rest = name.split(".")
    if first in classes():
        return attribute(classes()[first], rest)
    return in_package(name)


@pytest.mark.parametrize("seed", sorted(QUOTES))
def test_every_phrase_of_the_page_stands_in_its_seed(seed):
    known = QUOTES[seed]
    said = [re.sub(r"\s+", "", cells[1])[1:-1] for cells in ROWS if cells[0] == seed]

    assert len(said) > 20
    assert [quote for quote in said if not any(quote in text for text in known)] == []


@pytest.mark.parametrize("name", NAMED)
def test_what_the_page_names_is_there(name):
    assert is_there(name), name


def test_a_name_that_is_gone_would_be_noticed():
    gone = ("casework.fly", "Intake.wings", "Wings", "TryKind.FLOWN", "test_nothing_of_the_kind",
            "profiles/nowhere.toml", "jusou-nb fly", "store.nowhere.at_all")  # fmt: skip

    assert [name for name in gone if is_there(name)] == []


def test_every_phrase_has_an_answer_with_a_name_and_a_test():
    asked = PAGE[PAGE.index("## 求めていること") : PAGE.index("## 背景")]
    rows = [line for line in asked.splitlines() if re.match(r"\| 00\d ", line)]

    assert len(rows) > 150
    assert [row for row in rows if not re.search(r"`[A-Za-z]", row)] == []
    assert [row for row in rows if "`test_" not in row] == []
