"""A card opens a form at once: little has to be loaded or sent."""

import json
import subprocess
import sys

from jusou_nb.cli import lab
from jusou_nb.store import open_store
from jusou_nb.widgets.desk import Desk
from jusou_nb.widgets.parts import WHOLE, Drawings, Press, Summary
from jusou_nb.widgets.session import Session

HEAVY = "pandas", "numpy", "matplotlib", "papermill", "nbconvert", "openpyxl", "highspy"


def test_the_desk_loads_none_of_what_only_papers_need():
    told = "import sys, jusou_nb.widgets; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert set(HEAVY) & set(done.stdout.split()) == set()


def test_the_store_still_gives_pandas_a_frame():
    told = (
        "import jusou_nb; store = jusou_nb.open_store('')\n"
        "assert 'pandas' not in __import__('sys').modules\n"
        "print(len(store.frame('cases')))"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "0"


def test_what_draws_a_box_travels_once_a_form_and_not_with_each_box():
    assert not {"_esm", "_css"} & set(Press("登録").get_state())
    assert Summary("").get_state()["_esm"] == Drawings().get_state()["_esm"] == WHOLE


def test_a_form_of_the_desk_is_sent_in_less_than_half_a_megabyte():
    with open_store("") as store:
        opened = Desk(Session(store))
        opened.open_page("相談受付", None)
        entry = opened.pages["相談受付"].children[-1]
        parts = [part for view in entry.forms.values() for part in _within(view)]
        sent = sum(len(json.dumps(part.get_state(), default=str)) for part in parts)

    assert len(parts) > 100
    assert sent < 500_000


def _within(part):
    yield part
    for child in getattr(part, "children", ()):
        yield from _within(child)


def test_the_lab_starts_the_kernels_room_beside_the_servers(tmp_path):
    words = lab.command(tmp_path, 8888, browser=False)

    assert "--ServerApp.jpserver_extensions=jusou_nb.kernel=True" in words
