"""JupyterLab's side of the desk: the bundle is the one that its sources make, and pip brings it."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from jupyterlab_server.config import get_page_config

ROOT = Path(__file__).parents[1]
BUNDLE = ROOT / "jusou_nb/labextension/jusou-nb"
SOURCES = ROOT / "labextension"


@pytest.fixture
def bundle():
    spec = importlib.util.spec_from_file_location("bundle", ROOT / "tools/bundle.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copied(tmp_path):
    """A checkout of one's own, to change something in."""
    for part in ("package.json", "package-lock.json", "tsconfig.json", "src", "style"):
        target = tmp_path / "labextension" / part
        target.parent.mkdir(exist_ok=True)
        copy = shutil.copytree if (SOURCES / part).is_dir() else shutil.copyfile
        copy(SOURCES / part, target)
    shutil.copytree(BUNDLE, tmp_path / BUNDLE.relative_to(ROOT))
    tokens = "jusou_nb/documents/nbconvert/jusou/static"
    shutil.copytree(ROOT / tokens, tmp_path / tokens)
    return tmp_path


def test_the_bundle_was_built_from_the_sources_that_lie_beside_it(bundle):
    assert bundle.is_fresh(ROOT), "make labextension で作り直してください"


@pytest.mark.parametrize(
    "changed",
    ["labextension/src/panel.ts", "labextension/style/base.css", "labextension/package-lock.json",
     "labextension/package.json", "jusou_nb/documents/nbconvert/jusou/static/tokens.css"],
)  # fmt: skip
def test_one_changed_letter_makes_the_bundle_stale(bundle, copied, changed):
    assert bundle.is_fresh(copied)
    path = copied / changed
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert not bundle.is_fresh(copied)


def test_a_new_source_file_and_a_bundle_without_a_stamp_are_stale(bundle, copied):
    (copied / "labextension/src/more.ts").write_text("", encoding="utf-8")
    assert not bundle.is_fresh(copied)
    (copied / "labextension/src/more.ts").unlink()
    (copied / bundle.STAMP).unlink()
    assert not bundle.is_fresh(copied)


def test_a_stale_bundle_is_told_in_one_line_that_names_the_remedy(copied):
    (copied / "tools").mkdir()
    shutil.copyfile(ROOT / "tools/bundle.py", copied / "tools/bundle.py")
    (copied / "labextension/src/more.ts").write_text("", encoding="utf-8")
    words = [sys.executable, "tools/bundle.py"]
    told = subprocess.run(words, cwd=copied, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "make labextension" in told.stderr


def test_the_lock_file_names_no_registry_and_node_modules_are_not_kept():
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
    assert "/labextension/node_modules/" in (ROOT / ".gitignore").read_text(encoding="utf-8")


def test_the_bundle_asks_no_other_machine_and_knows_no_folder_of_its_builder():
    texts = [path.read_text(encoding="utf-8") for path in BUNDLE.rglob("*.js")]
    addresses = {url for text in texts for url in re.findall(r"https?://[\w./-]+", text)}
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not [text for text in texts if str(ROOT) in text]


def test_jupyterlab_finds_the_bundle_and_leaves_terminals_and_consoles_out():
    config = get_page_config([str(BUNDLE.parent)])
    (found,) = config["federated_extensions"]
    assert found["name"] == "jusou-nb"
    assert (BUNDLE / found["load"]).is_file()
    gone = {"@jupyterlab/terminal-extension", "@jupyterlab/console-extension",
            "@jupyterlab/debugger-extension", "@jupyterlab/extensionmanager-extension"}  # fmt: skip
    assert gone <= set(config["disabledExtensions"])


def test_pip_puts_the_bundle_where_jupyterlab_looks():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = told["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    place = shared[BUNDLE.relative_to(ROOT).as_posix()]
    assert place == "share/jupyter/labextensions/jusou-nb"
    assert json.loads((BUNDLE / "install.json").read_text())["packageName"] == "jusou-nb"


def test_every_card_leads_to_a_place_that_the_desk_knows():
    from jusou_nb.widgets.doorway import PLACES  # noqa: PLC0415 - the desk is slow to import

    told = (SOURCES / "src/places.ts").read_text(encoding="utf-8")
    assert set(re.findall(r"place: '(\w+)'", told)) <= set(PLACES)


def test_kernel_and_page_call_the_parts_by_one_name_and_version():
    from jusou_nb.widgets.parts import WHOLE, Press  # noqa: PLC0415 - the desk is slow to import

    told = (SOURCES / "src/parts.ts").read_text(encoding="utf-8")
    said = Press("登録").get_state()
    name, version = re.search(r"name: '([\w-]+)', version: '([\d.]+)'", told).groups()
    classes = re.findall(r"export class (\w+) extends", told)

    assert (said["_model_module"], said["_view_module"]) == (name, name)
    assert (said["_model_module_version"], said["_view_module_version"]) == (version, version)
    assert [said["_model_name"], said["_view_name"]] == classes
    assert f"jusou-{said['drawn_by']}" in WHOLE
