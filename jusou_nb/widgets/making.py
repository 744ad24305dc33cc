"""A child process that makes papers: what it says of each file, and how it ends."""

import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r"作成 (\d+)/(\d+) (.+)")
_REMARK = "注意 "
"""How a line begins that is to be read before the papers are given out."""
FAILED = "資料を作れませんでした。少し待ってもう一度行い、続くときは管理者に伝えてください。"


@dataclass(frozen=True)
class Made:
    """One finished file: how many are done, of how many, and where it lies."""

    done: int
    of: int
    path: Path


def run(
    words: Sequence[str],
    made: Callable[[Made], None],
    heed: Callable[[str], None] = lambda _: None,
) -> str:
    """Run a command to its end; give what went wrong, or nothing.

    ``made`` is told of each finished file, ``heed`` of each remark on them.
    """
    said = ""
    with subprocess.Popen(  # noqa: S603 - our own program, arguments as a list
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    ) as child:
        for line in child.stdout or ():
            if match := _LINE.fullmatch(line.strip()):
                made(Made(int(match[1]), int(match[2]), Path(match[3])))
            elif line.startswith(_REMARK):
                heed(line.strip().removeprefix(_REMARK))
            elif line.strip():
                said = line.strip()
    return (said or FAILED) if child.returncode else ""
