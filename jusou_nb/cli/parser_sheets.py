"""What can be typed about one record's papers and about blanks: sheet, blanks, known."""

from collections.abc import Callable
from typing import Any

from jusou_nb.cli.japanese import Parser

Describe = Callable[..., Parser]
_STORE = ("store", "業務ファイル（.db）")


def describe(commands: Any, command: Describe, out: Callable[[Parser], None]) -> None:
    """Describe the commands, with what describes every command."""
    sheet = command(commands, "sheet", "papers:sheet", "記入した様式を1枚印刷します",
                    _STORE, ("form", "様式の名前（例 intakes、相談受付・申込票、訪問票）"),
                    today=True)  # fmt: skip
    sheet.add_argument("record_id", nargs="?", type=int, metavar="ID", help="記録の番号")
    sheet.add_argument("--blank", action="store_true", help="手で書く白紙を作ります（番号なし）")
    blanks = command(commands, "blanks", "papers:blanks",
                     "パソコンが使えないときに手で書く白紙の一式を作ります", _STORE,
                     today=True)  # fmt: skip
    known = command(commands, "known", "papers:known",
                    "既に伺ったことを、ケースごとに印刷します",
                    _STORE, today=True)  # fmt: skip
    known.add_argument("case_id", type=int, metavar="CASE", help="ケースの番号")
    for parser in (sheet, blanks, known):
        out(parser)
