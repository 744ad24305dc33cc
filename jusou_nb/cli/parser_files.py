"""What can be typed about Word and Excel files: word, templates, attach."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jusou_nb.cli.japanese import Parser

Describe = Callable[..., Parser]
_STORE = ("store", "業務ファイル（.db）")


def describe(commands: Any, command: Describe, out: Callable[[Parser], None]) -> None:
    """Describe the commands, with what describes every command."""
    word = command(commands, "word", "words:word", "文書を Word（.docx）で、町の様式から作ります",
                   _STORE, ("name", "文書の名前（例 会議記録、支援決定伺い、引継書）"),
                   today=True)  # fmt: skip
    word.add_argument("record_id", type=int, metavar="ID", help="記録の番号")
    word.add_argument("--recipient", default="", metavar="ID",
                      help="chair（議長用）か agency-機関番号（会議記録だけ）")  # fmt: skip
    word.add_argument(
        "--basis", default="", metavar="根拠", help="法的根拠のコード（会議記録だけ）"
    )
    word.add_argument("--template", type=Path, metavar="FILE", help="この様式（.docx）で作ります")
    out(word)
    templates = command(commands, "templates", "words:templates",
                        "Word の様式の手本を、直して使えるように書き出します")  # fmt: skip
    templates.add_argument("folder", type=Path, metavar="DIR", help="置く場所")
    attach = command(commands, "attach", "words:attach",
                     "直し終えたファイルを、文書番号の確定版として記録します", _STORE,
                     ("number", "文書番号（文書の下にあります）"),
                     ("file", "確定したファイル"), today=True)  # fmt: skip
    attach.add_argument("--withdraw", metavar="理由",
                        help="付けた確定版を取り消します（FILE は - とします）")  # fmt: skip
