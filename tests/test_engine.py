"""The forking engine: what it prints is what a kernel prints, and nothing gets across."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

pytestmark = pytest.mark.slow

SHOWCASE = (
    "import sys\nprint('一'); print('誤', file=sys.stderr); print('二')",
    """
import pandas as pd
pd.DataFrame({'長い見出し' * 5: ['x' * 80] * 3, '数': range(3), 'y': ['z' * 40] * 3})
""",
    """
import matplotlib_fontja, matplotlib.pyplot as plt
plt.plot([1, n]); plt.title('日本語')
plt.show()
""",
    """
class Paper:
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {'text/html': '<b>紙</b>', 'text/plain': '紙'}, {'jusou': {'number': '1'}}
Paper()
""",
    """
from IPython.display import HTML, clear_output, display
display(HTML('<i>消える</i>')); clear_output()
shown = display(HTML('<i>1</i>'), display_id='q'); shown.update(HTML('<i>2</i>'))
""",
    "import asyncio\nawait asyncio.sleep(0)\n!echo 鐘\npd.Series([n], name='x')",
)
SHELL = "print(type(get_ipython()).__name__)"
CLEAN = "import json, os\nprint(hasattr(json, 'stain'), 'STAIN' in os.environ, 'x' in dir())"
NOTEBOOKS = {
    "showcase": SHOWCASE,
    "shell": (SHELL,),
    "outside": ("import os, subprocess\nos.system('echo 甲')\nsubprocess.run(['echo', '乙']);",),
    "stains": ("import json, os\njson.stain = 1\nos.environ['STAIN'] = '1'\nx = 1",),
    "clean": (CLEAN,),
    "chance 1": ("import numpy\nprint(numpy.random.random())",),
    "chance 2": ("import numpy\nprint(numpy.random.random())",),
    "fails": ("print('前')", "def f():\n    raise ValueError('だめ')\nf()", "print('後')"),
    "crashes": ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "print('後')"),
    "hangs": (
        "import subprocess\nprint(subprocess.Popen(['sleep', '60']).pid, flush=True)",
        "import time\ntime.sleep(60)",
    ),
}  # fmt: skip
THREAD = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"
OPEN_SHELL = (
    "from traitlets.config import Config\n"
    "from IPython.core.interactiveshell import InteractiveShell\n"
    "InteractiveShell.instance(config=Config({'HistoryManager': {'enabled': False}}))"
)
DRIVER = """
import json, sys
import papermill
folder, told = sys.argv[1], {}
for word in sys.argv[2:]:
    engine, name = word.split(":")
    try:
        papermill.execute_notebook(
            f"{folder}/{name}.ipynb", f"{folder}/{engine} {name}.ipynb", {"n": 3},
            engine_name=engine, progress_bar=False, execution_timeout=3 if name == "hangs" else 60,
        )
    except Exception as fault:
        told[name] = [type(fault).__name__, getattr(fault, "ename", ""), str(fault)]
json.dump(told, open(f"{folder}/told.json", "w"))
"""


def write(path: Path, sources: tuple[str, ...]) -> None:
    cells = [nbformat.v4.new_code_cell(source) for source in ("n = 1", *sources)]
    cells[0].metadata["tags"] = ["parameters"]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec}), path)


def python(code: str, *arguments: str) -> str:
    """Run code in a fresh process: a fork wants one without threads or connections."""
    words = [sys.executable, "-c", code, *arguments]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


class Ran:
    """What the notebooks above came to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, sources in NOTEBOOKS.items():
            write(folder / f"{name}.ipynb", sources)
        words = [f"jusou:{name}" for name in NOTEBOOKS]
        python(DRIVER, str(folder), *words, "nbclient:showcase")
        self.told = json.loads((folder / "told.json").read_text())

    def cells(self, name: str, engine: str = "jusou") -> list[Any]:
        notebook = nbformat.read(self.folder / f"{engine} {name}.ipynb", 4)
        return [cell for cell in notebook.cells if cell.cell_type == "code"]

    def printed(self, name: str) -> str:
        outputs = [o for cell in self.cells(name) for o in cell.outputs]
        return "".join(o.text for o in outputs if o.output_type == "stream")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return Ran(tmp_path_factory.mktemp("notebooks"))


@pytest.mark.parametrize("number", range(len(SHOWCASE)))
def test_a_cell_prints_what_it_prints_in_a_stock_kernel(ran: Ran, number: int):
    # The parameters' cell and papermill's own come first.
    ours, theirs = (ran.cells("showcase", e)[number + 2] for e in ("jusou", "nbclient"))

    assert theirs.outputs, "the stock kernel printed nothing to compare with"
    assert ours.outputs == theirs.outputs
    assert ours.execution_count == theirs.execution_count


def test_the_cells_run_in_the_forked_shell_and_not_in_a_kernel(ran: Ran):
    assert ran.printed("shell") == "NoZMQShell\n"


def test_what_a_program_started_by_a_cell_prints_is_kept(ran: Ran):
    assert ran.printed("outside") == "甲\n乙\n"


def test_nothing_of_a_notebook_gets_into_the_next(ran: Ran):
    assert ran.printed("clean") == "False False False\n"


def test_two_notebooks_do_not_draw_the_same_random_numbers(ran: Ran):
    assert ran.printed("chance 1") != ran.printed("chance 2")


def test_a_failing_cell_stops_the_notebook_and_its_traceback_is_kept(ran: Ran):
    _, _, failed, after = ran.cells("fails")[-4:]

    assert ran.told["fails"][:2] == ["PapermillExecutionError", "ValueError"]
    assert "だめ" in "".join(failed.outputs[0].traceback)
    assert ran.printed("fails") == "前\n"
    assert after.execution_count is None


def test_a_crash_is_noticed_and_told_as_a_failed_notebook(ran: Ran):
    kind, name, text = ran.told["crashes"]

    assert (kind, name) == ("PapermillExecutionError", "DeadKernelError")
    assert "signal 11" in text


def test_a_hanging_cell_is_stopped_with_all_that_it_started(ran: Ran):
    sleeper = int(ran.printed("hangs"))
    state = Path(f"/proc/{sleeper}/stat")

    assert ran.told["hangs"][:2] == ["PapermillExecutionError", "CellTimeoutError"]
    # It may wait for somebody to fetch its exit code, but it does not run any more.
    assert not state.exists() or state.read_text().split(")")[1].split()[0] == "Z"


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ("pass", ""),
        (THREAD, "threads"),
        ("import sqlite3\nopen_ = sqlite3.connect(':memory:')", "SQLite"),
        ("import sqlite3\nshut = sqlite3.connect(':memory:')\nshut.close()", ""),
        ("import zmq\ncontext = zmq.Context()", "ZeroMQ"),
        (OPEN_SHELL, "shell"),
    ],
)
def test_a_process_that_must_not_fork_says_why(before: str, reason: str):
    # Left at once, since the thread would keep it.
    ask = "from jusou_nb.runner import fork\nprint('=', fork.unfit(), flush=True)\nimport os"

    said = python(f"{before}\n{ask}\nos._exit(0)")

    assert reason in said
    assert (said.split("=")[1].strip() == "") == (reason == "")


def test_a_running_event_loop_keeps_the_process_from_forking():
    said = python("import asyncio\nfrom jusou_nb.runner import fork\n"
                  "async def ask(): return fork.unfit()\nprint(asyncio.run(ask()))")  # fmt: skip

    assert "event loop" in said


def test_where_a_thread_runs_the_notebook_runs_in_a_stock_kernel(tmp_path: Path):
    write(tmp_path / "shell.ipynb", (SHELL,))
    python(f"{THREAD}\n{DRIVER}", str(tmp_path), "jusou:shell")

    cells = nbformat.read(tmp_path / "jusou shell.ipynb", 4).cells
    assert cells[-1].outputs[-1].text == "ZMQInteractiveShell\n"


@pytest.mark.parametrize("first", ["papermill", "jusou_nb.runner.engine"])
def test_papermill_knows_the_engine_whichever_is_imported_first(first: str):
    ask = "import papermill.engines as e\nprint(e.papermill_engines.get_engine('jusou').__name__)"

    assert python(f"import {first}\n{ask}") == "ForkEngine\n"


def test_loading_the_engine_loads_neither_pandas_nor_the_store():
    said = python("import sys, jusou_nb.runner.engine\n"
                  "print({'pandas', 'sqlite_utils', 'IPython'} & set(sys.modules))")  # fmt: skip

    assert said == "set()\n"
