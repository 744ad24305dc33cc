"""The budgets and manners of the house, held by counting."""

import ast
import re
import runpy
import tomllib
from pathlib import Path

import nbformat
import pytest

from jusou_nb import settings
from jusou_nb.cli import main

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "jusou_nb").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
RULES = sorted((ROOT / "jusou_nb" / "rules").glob("*.py"))
TEMPLATES = sorted((ROOT / "notebooks" / "templates").glob("*.ipynb"))
# Words that have another meaning here, or none: the glossary's "not" column.
FOREIGN = re.compile(r"stratified|interagency|promoter|handout|termination|secrecy", re.IGNORECASE)


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [n for n in ast.walk(tree) if isinstance(n, found)]


def length(node):
    return node.end_lineno - node.lineno + 1


def test_no_module_is_longer_than_can_be_read_at_once():
    lengths = {str(p): p.read_text(encoding="utf-8").count("\n") for p in MODULES}

    assert {name: n for name, n in lengths.items() if n > 250} == {}
    assert len(lengths) == len(MODULES)


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{p.name}:{f.name} {length(f)}" for p in MODULES for f in functions(p) if length(f) > 30
    ]

    assert long == []


def test_no_test_is_longer_than_its_story():
    long = [
        f"{p.name}:{f.name} {length(f)}"
        for p in TESTS
        for f in functions(p)
        if f.name.startswith("test_") and length(f) > 15 and "walks" not in p.parts
    ]

    assert long == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.stem)
def test_a_notebook_is_thin_and_carries_no_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    code = [c for c in notebook.cells if c.cell_type == "code"]
    lines = [line for c in code for line in c.source.splitlines() if line.strip()]

    assert len(lines) <= 12
    assert all(c.outputs == [] and c.execution_count is None for c in code)


def test_identifiers_use_the_glossarys_words():
    for path in MODULES:
        names = {
            getattr(n, "id", None) or getattr(n, "name", None) or getattr(n, "attr", None) or ""
            for n in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        }
        assert [n for n in names if isinstance(n, str) and FOREIGN.search(n)] == [], path.name


def test_every_setting_is_in_the_administrators_guide():
    guide = (ROOT / "docs" / "admin.md").read_text(encoding="utf-8")

    assert [s.name for s in settings.SETTINGS if s.name not in guide] == []


def test_every_command_is_in_the_readme(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = set(re.findall(r"^ +(\w+) {2,}\S", capsys.readouterr().out, re.MULTILINE))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert {"demo", "import", "packet", "verify"} <= commands
    assert [c for c in commands if f"jusou-nb {c}" not in readme] == []


def test_every_rule_code_is_in_the_table_of_rules():
    table = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    texts = [path.read_text(encoding="utf-8") for path in RULES]
    said = {code for text in texts for code in re.findall(r'"([a-z]+\.[a-z_.]+)"', text)}

    assert len(said) > len(RULES)
    assert sorted(code for code in said if f"`{code}`" not in table) == []


def test_every_test_that_the_table_of_rules_names_exists():
    table = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    tests = {f.name for p in TESTS for f in functions(p)}

    named = set(re.findall(r"`(test_\w+)`", table))
    assert named
    assert named - tests == set()


def test_the_list_of_boxes_is_that_of_the_forms():
    page = runpy.run_path(str(ROOT / "tools" / "reference.py"))["page"]()

    assert (ROOT / "docs" / "fields.md").read_text(encoding="utf-8") == page


def test_the_pins_carry_no_address():
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

    assert all(re.fullmatch(r"[\w.-]+==[\w.+-]+", pin) for pin in pins)


def test_every_exception_from_a_lint_rule_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.flake8-bugbear]")]
    codes = [line for line in section.splitlines() if re.match(r'\s+"[A-Z]+\d*"', line)]

    assert codes and all("#" in line for line in codes)
    assert tomllib.loads(text)["tool"]["mypy"]["strict"] is True


def test_the_changelog_speaks_of_the_version_that_is_built():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert version["project"]["version"] in changes
