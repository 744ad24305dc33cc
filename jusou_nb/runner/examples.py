"""分析の例: notebooks for those who know pandas, put beside the desk to be changed at will."""

import json
import shutil
from importlib import resources
from pathlib import Path

FOLDER = "分析の例"


def every() -> list[Path]:
    """Give the examples: of the installed package, or of a checkout beside it."""
    package = Path(str(resources.files("jusou_nb")))
    places = (package / "examples", package.parent / "notebooks" / "examples")
    return next((found for place in places if (found := sorted(place.glob("*.ipynb")))), [])


def copy_to(folder: Path) -> Path:
    """Put the examples into a folder of theirs there; one that somebody changed stays."""
    place = folder / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    for source in every():
        target = place / f"{_title(source)}.ipynb"
        if not target.exists():
            shutil.copyfile(source, target)
            target.chmod(0o600)
    return place


def _title(source: Path) -> str:
    """Read the heading of an example, by which its copy is called."""
    first = json.loads(source.read_text(encoding="utf-8"))["cells"][0]["source"]
    return "".join(first).splitlines()[0].removeprefix("# ")
