"""docs/rules.md against the code: no rule without its row, no row without its rule and test."""

import ast
import re
from pathlib import Path

import pytest

from jusou_nb import rules

PACKAGE = Path(rules.__file__).parents[1]
ROOT = PACKAGE.parent
TABLE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
NUMBERS = [*(str(n) for n in range(1, 30)), *(f"R{n}" for n in range(1, 9))]
STRENGTHS = {"FORBIDDEN": "不可", "CHIEF": "課長可", "NOTICE": "注意"}
WITHHELD = "載せない"
# What a paper leaves off is said by these, to be printed; nobody is stopped by them, and the
# way on (a wider consent, another item) is not for the reader of the copy to take.
PRINTED = frozenset({"_withheld", "_beyond", "_stays"})
SPEAKERS = ("rules", "casework", "store")


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows(heading):
    """The rows of one of the two tables, as dictionaries by their headings."""
    lines = TABLE[TABLE.index(heading) :].split("\n## ")[0].splitlines()
    table = [cells(line) for line in lines if line.startswith("|")]
    return [dict(zip(table[0], row, strict=True)) for row in table[2:]]


BY_NUMBER, BY_CODE = rows("## 番号から引く"), rows("## コードから引く")
MODULES = sorted(p for room in SPEAKERS for p in (PACKAGE / room).rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def quoted(text, pattern):
    return re.findall(f"`({pattern})`", text)


def codes(text):
    """The rule codes that a cell names: two words or more with points between."""
    return [c for c in quoted(text, r"[a-z_]+(?:\.[a-z_]*)+") if not c.endswith(".py")]


def calls(tree, names):
    """Each call of one of these functions, with the function in which it stands."""
    for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
                yield function, node


def text_of(node):
    """The text of a constant, or the part before the first blank of an f-string."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values)
    return None


def keyword(call, name):
    return next((k.value for k in call.keywords if k.arg == name), None)


def strengths(node):
    """Every strength that an expression can give; without one it is a notice."""
    found = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)} if node else set()
    return {STRENGTHS[name] for name in found & STRENGTHS.keys()} or {"注意"}


def resolved(function, node):
    """The expression that a local name stands for, where it was just put there."""
    if not isinstance(node, ast.Name):
        return node
    puts = [n for n in ast.walk(function) if isinstance(n, ast.Assign)]
    named = [n.value for n in puts if getattr(n.targets[0], "id", "") == node.id]
    return named[-1] if named else node


def brought(tree, function, node):
    """What is said for an argument: the values with which its function is called beside it."""
    names = [a.arg for a in (*function.args.args, *function.args.kwonlyargs)]
    if not (isinstance(node, ast.Name) and node.id in names):
        yield resolved(function, node)
        return
    place = names.index(node.id)
    for caller, call in calls(tree, {function.name}):
        given = call.args[place] if place < len(call.args) else None
        yield resolved(caller, keyword(call, node.id) or given)


def spoken():
    """Every rule code that a problem is made with, and how hard it can stand."""
    said = {}
    for tree in TREES.values():
        raised = [pair for pair in calls(tree, {"Problem"}) if pair[0].name not in PRINTED]
        for function, call in raised:
            hard = strengths(keyword(call, "strength"))
            for code in map(text_of, brought(tree, function, keyword(call, "rule"))):
                said[code] = said.get(code, set()) | hard
        for _, call in calls(tree, PRINTED):
            code = text_of(call.args[0])
            said[code] = said.get(code, set()) | {WITHHELD}
    return {code: hard for code, hard in said.items() if code}


SPOKEN = spoken()
LITERALS = {
    node.value
    for tree in TREES.values()
    for node in ast.walk(tree)
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}


def is_spoken(code):
    """Whether a code stands in the code whole, or as the beginning of one that is put together."""
    return code in LITERALS or any(
        code.startswith(said.split("…")[0]) for said in SPOKEN if "…" in said
    )


def names_of_tests():
    found = (p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("test_*.py"))
    return {name for text in found for name in re.findall(r"def (test_\w+)", text)}


def test_every_rule_of_the_trade_has_one_row():
    assert [row["番号"] for row in BY_NUMBER] == NUMBERS


@pytest.mark.parametrize("row", BY_NUMBER, ids=lambda row: row["番号"])
def test_a_rule_names_its_code_and_its_place_or_says_who_will_make_it(row):
    said = codes(row["コード・場所"])
    places = quoted(row["コード・場所"], r"[\w/]+\.py")

    assert places and all((PACKAGE / place).is_file() for place in places)
    assert [code for code in said if not is_spoken(code)] == []
    assert said or quoted(row["コード・場所"], r"[a-z_]+")
    assert re.fullmatch(r"[A-F]", row["規則"].partition("未・")[2][:1] or "A")


@pytest.mark.parametrize("row", BY_NUMBER, ids=lambda row: row["番号"])
def test_what_stands_in_a_place_is_found_there(row):
    text = "".join(
        (PACKAGE / place).read_text(encoding="utf-8")
        for place in quoted(row["コード・場所"], r"[\w/]+\.py")
    )

    named = [n for n in quoted(row["コード・場所"], r"[a-z_.]+") if not n.endswith(".py")]
    assert [n for n in named if n not in text] == []


@pytest.mark.parametrize("row", BY_CODE, ids=lambda row: row["規則（根拠）"])
def test_a_row_of_a_code_names_where_it_is_spoken(row):
    places = quoted(row["場所"], r"[\w/]+\.py")
    text = "".join((PACKAGE / place).read_text(encoding="utf-8") for place in places)

    for code in codes(row["コード"]):
        assert code in text or code.rpartition(".")[0] in text, (code, places)


@pytest.mark.parametrize("row", BY_CODE, ids=lambda row: row["規則（根拠）"])
def test_a_row_of_a_code_says_how_hard_it_stands(row):
    if row["強さ"] == "要確認":
        return
    stated = set(re.split("・", row["強さ"]))
    hard = set().union(*(SPOKEN.get(code, set()) for code in codes(row["コード"])))

    assert hard <= stated | {"注意", WITHHELD}
    assert not hard or "不可" not in stated or hard & {"不可", WITHHELD}


def test_every_code_that_the_program_speaks_has_its_row():
    named = {code for row in BY_CODE for code in codes(row["コード"])}
    whole = {code for code in SPOKEN if "…" not in code and code.count(".")}
    inside = {code for code in whole if code.split(".")[0] in ("check", "batch")}

    assert sorted(whole - inside - named) == []


def test_every_test_that_the_tables_name_exists():
    named = {t for row in BY_NUMBER for t in quoted(row["試験"], r"test_\w+")}
    named |= {t for row in BY_CODE for t in quoted(row["確かめている試験"], r"test_\w+")}

    assert named - names_of_tests() == set()


@pytest.mark.parametrize("row", BY_NUMBER, ids=lambda row: row["番号"])
def test_every_rule_is_held_by_a_test(row):
    assert quoted(row["試験"], r"test_\w+")


def remedies(tree):
    """Each remedy that is said: its text, or the name of the argument that brings it."""
    for function, call in calls(tree, {"Problem"}):
        remedy = keyword(call, "remedy")
        assert remedy is not None, ast.unparse(call)
        yield function, remedy


def test_every_refusal_and_every_remark_shows_a_way_out():
    silent = []
    for path, tree in TREES.items():
        for function, remedy in remedies(tree):
            values = brought(tree, function, remedy)
            if function.name not in PRINTED:
                silent += [(path.name, function.name) for v in values if not says(v)]

    assert silent == []


def says(value):
    """Whether an expression surely says something: a text that is not empty, or one looked up."""
    if isinstance(value, ast.Constant):
        return bool(str(value.value).strip())
    return value is not None


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_what_is_only_printed_is_never_raised(name):
    makers = [
        f for tree in TREES.values() for f in ast.walk(tree) if getattr(f, "name", "") == name
    ]
    printed = {"item_withheld", "box_withheld", "note_withheld", "fact_withheld", "beyond"}
    printed |= {"passed_on"}
    users = {f.name for tree in TREES.values() for f, _ in calls(tree, {name})}

    assert len(makers) == 1
    assert {user for user in users if not user.startswith("_")} <= printed
