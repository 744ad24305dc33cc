"""Tells whether JupyterLab's bundle was built from the sources that lie beside it.

python tools/bundle.py stamp    after a build: write the sources' hash into the bundle
python tools/bundle.py          say whether the hash still fits; exit 1 when it does not
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
STAMP = Path("jusou_nb/labextension/jusou-nb/source.sha256")
TOKENS = Path("jusou_nb/documents/nbconvert/jusou/static/tokens.css")
PARTS = ("package.json", "package-lock.json", "tsconfig.json", "src/*.ts", "style/*")


def sources(root: Path) -> Iterator[Path]:
    """Give what a build reads: the sources, the lock file, and the colours of the paper."""
    for part in PARTS:
        yield from sorted((root / "labextension").glob(part))
    yield root / TOKENS


def fingerprint(root: Path) -> str:
    """Hash the names and the bytes of all sources."""
    whole = hashlib.sha256()
    for path in sources(root):
        text = path.read_bytes()
        whole.update(f"{path.relative_to(root).as_posix()}\0{len(text)}\0".encode() + text)
    return whole.hexdigest()


def is_fresh(root: Path) -> bool:
    """Tell whether the bundle was built from these sources."""
    stamp = root / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == fingerprint(root)


def main(words: list[str]) -> int:
    """Stamp or judge the bundle."""
    if words == ["stamp"]:
        (ROOT / STAMP).write_text(f"{fingerprint(ROOT)}\n", encoding="utf-8")
    if is_fresh(ROOT):
        return 0
    sys.stderr.write("labextension/ が変わっています。make labextension で作り直してください\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
