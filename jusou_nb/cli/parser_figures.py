"""The commands of figures: 月次締め, the town's own list, and the report of a 年度."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from jusou_nb.cli.japanese import Parser
from jusou_nb.dates import read_date

_STORE = ("store", "業務ファイル（.db）")
_AUDIENCES = ("internal", "representatives", "public")


def describe(commands: Any, command: Callable[..., Parser], out: Callable[[Parser], None]) -> None:
    """Describe them."""
    close = command(commands, "close", "closing:close",
                    "ひと月の数を締めます（あとの変更は訂正として次に載ります）",
                    _STORE, today=True)  # fmt: skip
    close.add_argument("--month", required=True, metavar="2026-10", help="どの月か")
    close.add_argument("--remarks", metavar="所見", help="月報に載せる所見")
    allowed(close)
    _figures(command(commands, "figures", "figures:figures",
                     "年度の指標を数えます。聞かれた数に答え、答えた記録を残します",
                     _STORE, today=True))  # fmt: skip
    evaluate = command(commands, "evaluate", "evaluate:evaluate",
                       "年度の評価報告（HTML・Excel・figures.json）を作ります",
                       _STORE, today=True)  # fmt: skip
    evaluate.add_argument("--fiscal-year", type=_fiscal_year, required=True, metavar="年度",
                          help="2026 か R8（令和8年度）")  # fmt: skip
    evaluate.add_argument("--audience", choices=_AUDIENCES, default="internal",
                          help="internal（庁内用）、representatives（代表者会議用）、"
                          "public（公表用）。庁内用のほかは小さな数を x にします")  # fmt: skip
    out(evaluate)


def _figures(figures: Parser) -> None:
    figures.add_argument("--year", type=_fiscal_year, metavar="年度",
                         help="2026 か R8（令和8年度）")  # fmt: skip
    figures.add_argument("--indicator", metavar="名前", help="どの指標か（評価の表の id）")
    figures.add_argument("--by", metavar="名前", help="何で分けるか（route、age、issue など）")
    figures.add_argument("--from", dest="first", type=_day, metavar="日付", help="初めの日")
    figures.add_argument("--to", dest="last", type=_day, metavar="日付", help="終わりの日")
    figures.add_argument("--audience", choices=_AUDIENCES, default="internal",
                         help="internal（庁内用）のほかは小さな数を x にします")  # fmt: skip
    figures.add_argument("--asked-by", metavar="名", help="だれに答えるか（記録に残ります）")
    figures.add_argument("--purpose", metavar="文", help="何に使うか（記録に残ります）")
    figures.add_argument("--answered", action="store_true", help="答えた数の記録を並べます")


def allowed(parser: Parser) -> None:
    """Add what the chief lets pass: who allowed it, and why."""
    parser.add_argument("--allowed-by", metavar="職・氏名", help="課長の判断: だれが認めたか")
    parser.add_argument("--allowed-because", metavar="理由", help="課長の判断: なぜ認めたか")


def _fiscal_year(text: str) -> int:
    """Read 2026, R8 or 令和8年度 as the western year in which the 年度 begins."""
    try:
        return read_date(f"{text.removesuffix('年度')}.4.1").value.year
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」は 2026 か R8 と入れてください") from None


def _day(text: str) -> date:
    """Read 2026-10-01 as a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"「{text}」は 2026-10-01 の形で入れてください") from None
