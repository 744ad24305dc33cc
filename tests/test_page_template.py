"""The page that nbconvert makes of an executed notebook: offline, script-free, printable."""

import re
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

import jusou_nb
from jusou_nb.documents.paper import Identity, PaperKind, Section

FOLDER = Path(jusou_nb.__file__).parent / "documents" / "nbconvert"
IDENTITY = Identity(
    kind=PaperKind.PACKET,
    title="支援会議 <資料>",
    subject=("conferences", 3),
    recipient="chair",
    basis="confidential",
    place=41,
)


def shown(section):
    data, metadata = section._repr_mimebundle_()
    return new_output("execute_result", data, metadata=metadata, execution_count=7)


@pytest.fixture
def notebook():
    """A notebook as a run leaves it: two sections, noise on both streams, and an error."""
    noise = [
        new_output("stream", name=name, text=f"noise on {name}") for name in ("stdout", "stderr")
    ]
    fault = new_output("error", ename="ValueError", evalue="秘密の値", traceback=["Traceback 秘密"])
    cells = [
        new_code_cell("store = '/somewhere/town.db'", outputs=[]),
        new_code_cell(
            "paper.cover()", outputs=[*noise, shown(Section("表紙", "<h1>表紙です</h1>", IDENTITY))]
        ),
        new_code_cell("paper.items()", outputs=[shown(Section("案件", "<p>案件です</p>")), fault]),
    ]
    return new_notebook(cells=cells)


def page(notebook, **resources):
    exporter = HTMLExporter(template_name="jusou", extra_template_basedirs=[str(FOLDER)])
    return exporter.from_notebook_node(nbformat.from_dict(notebook), resources=resources)[0]


def test_the_page_holds_the_sections_in_order(notebook):
    made = page(notebook)
    assert made.index("<h1>表紙です</h1>") < made.index("<p>案件です</p>")


def test_the_page_is_japanese_and_titled_by_the_paper(notebook):
    made = page(notebook)
    assert '<html lang="ja">' in made
    assert "<title>支援会議 &lt;資料&gt;</title>" in made


def test_the_page_holds_no_code_no_streams_and_no_fault(notebook):
    made = page(notebook)
    for text in ("town.db", "paper.cover", "noise on", "Traceback", "秘密", "In&nbsp;", "[7]"):
        assert text not in made


def test_the_page_runs_nothing_and_asks_the_network_for_nothing(notebook):
    made = page(notebook)
    assert "<script" not in made
    assert "<link" not in made
    assert "@import" not in made
    assert not re.findall(r"(?:https?:)?//[a-z]", made)
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
    assert f'<meta content="{policy}" http-equiv="Content-Security-Policy"/>' in made


def test_the_page_names_no_cell(notebook):
    assert not any(cell.id in page(notebook) for cell in notebook.cells)


def test_a_page_nobody_recorded_says_so_in_the_numbers_place(notebook):
    made = page(notebook)
    assert made.count("控え・記録なし") == 2
    assert IDENTITY.number not in made


def test_a_recorded_page_differs_in_its_number_only(notebook):
    plain, recorded = page(notebook), page(notebook, jusou_recorded=True)
    assert recorded.count(IDENTITY.number) == 2
    assert recorded.replace(IDENTITY.number, "控え・記録なし") == plain


def test_the_page_prints_on_a4_with_its_number_and_page_at_the_foot(notebook):
    made = page(notebook)
    assert "size: A4" in made
    assert '@bottom-left { content: "文書番号' in made
    assert 'counter(page) " / " counter(pages)' in made
    assert "thead { display: table-header-group; }" in made


def test_a_notebook_that_is_no_paper_gives_a_page_without_its_outputs(notebook):
    notebook.cells[1].outputs = []
    made = page(notebook)
    assert "案件です" not in made
    assert "<title>資料</title>" in made


def test_made_twice_it_is_the_same_bytes(notebook):
    assert page(notebook) == page(notebook)


def test_the_numbers_of_papers_differ_in_everything_that_a_paper_is():
    others = [
        {"kind": PaperKind.SHEET},
        {"subject": ("conferences", 4)},
        {"recipient": "agency-1"},
        {"basis": "multilayered"},
        {"place": 42},
    ]
    known = {name: getattr(IDENTITY, name) for name in IDENTITY.__dataclass_fields__}
    numbers = {Identity(**{**known, **change}).number for change in others}
    assert len(numbers | {IDENTITY.number}) == 6
    assert Identity(**{**known, "title": "別の題"}).number == IDENTITY.number
