"""分析の例: run by a real kernel on a whole town, showing figures and nobody."""

from datetime import date
from pathlib import Path

import nbformat
import papermill
import pytest

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.cli import lab
from jusou_nb.forms import Household, Intake
from jusou_nb.runner import examples

pytestmark = pytest.mark.slow

TODAY = date(2026, 10, 15)
HERE = Path(__file__).parents[1] / "notebooks" / "examples"
EXAMPLES = sorted(HERE.glob("*.ipynb"))


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    path = tmp_path_factory.mktemp("town") / "town.db"
    with open_store(path) as store:
        make_town(store, households=30, seed=1, today=TODAY)
    return path


@pytest.fixture(scope="module")
def ran(town, tmp_path_factory):
    """Run an example once; give its notebook."""
    done = {}

    def run(path):
        if path not in done:
            out = tmp_path_factory.mktemp("out") / path.name
            papermill.execute_notebook(
                path, out, {"store": str(town)}, progress_bar=False, log_output=False
            )
            done[path] = nbformat.read(out, as_version=4)
        return done[path]

    return run


def outputs(notebook):
    return [entry for cell in notebook.cells for entry in cell.get("outputs", ())]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_shows_a_table_and_a_chart_and_no_warning(ran, path):
    found = outputs(ran(path))
    kinds = [kind for entry in found for kind in entry.get("data", ())]

    assert kinds.count("image/png") == 1 and "text/html" in kinds
    assert [entry.text for entry in found if entry.output_type == "stream"] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_shows_nobody(ran, town, path):
    shown = str(outputs(ran(path)))
    with open_store(town, readonly=True) as store:
        people = [person for home in store.find(Household) for person in home.members]
        said = {(p.name, p.kana, p.address, p.telephone, p.school, p.workplace) for p in people}
        told = {(i.inquirer_name, i.inquirer_telephone, i.number) for i in store.find(Intake)}
    secrets = {text for row in said | told for text in row if text}

    assert len(secrets) > 50
    assert [text for text in secrets if text in shown] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_carries_no_outputs_and_can_be_read_on_one_screen(path):
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]

    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert sum(len(cell.source.splitlines()) for cell in code) <= 40
    assert notebook.cells[0].source.startswith("# ")


def test_the_examples_lie_beside_the_desk_and_an_edited_one_stays(tmp_path):
    examples.copy_to(tmp_path)
    folder = tmp_path / "分析の例"
    names = {path.name for path in folder.iterdir()}
    assert {"担当ごとのケース数.ipynb", "経路と結果.ipynb"} < names and len(names) == 3
    (folder / "経路と結果.ipynb").write_text("my own", encoding="utf-8")
    (folder / "担当ごとのケース数.ipynb").unlink()

    examples.copy_to(tmp_path)

    assert (folder / "経路と結果.ipynb").read_text(encoding="utf-8") == "my own"
    assert (folder / "担当ごとのケース数.ipynb").is_file()


def test_opening_the_desk_brings_them(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    lab.copy_desk(lab.desk_folder())

    assert {path.name for path in lab.desk_folder().iterdir()} == {"desk.ipynb", "分析の例"}
