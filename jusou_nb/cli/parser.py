"""What can be typed, and the help for it."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from jusou_nb import __version__, settings
from jusou_nb.cli import parser_copies, parser_figures, parser_files, parser_sheets
from jusou_nb.cli.japanese import Parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"日付「{text}」は 2026-10-01 の形で入れてください"
        ) from None


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"「{text}」は1以上の数で入れてください")
    return int(text)


def build() -> Parser:
    """Describe every command."""
    parser = Parser(
        prog="jusou-nb", description="重層的支援体制整備事業のケースワーク・ノートブック"
    )
    parser.add_argument("--version", action="version", version=f"jusou-nb {__version__}")
    commands = parser.add_subparsers(
        title="コマンド", metavar="コマンド", dest="command", required=True, parser_class=Parser
    )
    for describe in (_stores, _ledgers, _papers, _town, _desk):
        describe(commands)
    parser_figures.describe(commands, _command, _out)
    parser_files.describe(commands, _command, _out)
    return parser


def _command(
    commands: Any, name: str, run: str, help_: str, *places: tuple[str, str], today: bool = False
) -> Parser:
    parser: Parser = commands.add_parser(name, help=help_, description=help_)
    parser.set_defaults(run=run)
    for place, said in places:
        kind = Path if place in {"store", "file"} else str
        parser.add_argument(place, metavar=place.upper(), help=said, type=kind)
    parser.add_argument("--debug", action="store_true", help="不具合の詳しい内容を表示します")
    if today:
        parser.add_argument(
            "--today",
            type=_day,
            metavar="日付",
            default=settings.TODAY.get() or None,
            help="今日とみなす日（2026-10-01 の形）",
        )
    return parser


_STORE = ("store", "業務ファイル（.db）")


def _stores(commands: Any) -> None:
    demo = _command(
        commands, "demo", "demo:demo", "架空の町の業務ファイルと資料を作ります", today=True
    )
    demo.add_argument("folder", nargs="?", type=Path, default=Path("demo"), metavar="DIR",
                      help="置く場所（なければ demo）")  # fmt: skip
    demo.add_argument("--profile", default="standard", metavar="名前", help="自治体の設定")
    demo.add_argument("--households", type=_positive, default=40, metavar="数", help="世帯の数")
    demo.add_argument("--seed", type=int, default=1, metavar="数", help="町の作り方を変える数")
    demo.add_argument("--whole-year", action="store_true",
                      help="年度の終わり（3月31日）までの一年を作ります")  # fmt: skip
    demo.add_argument("--town-only", action="store_true", help="町だけを作り、資料は作りません")
    demo.add_argument("--fresh", action="store_true", help="前の町を消して作り直します")
    init = _command(commands, "init", "stores:init", "新しい業務ファイルを作ります", _STORE)
    init.add_argument("--profile", default="standard", metavar="名前",
                      help="自治体の設定（名前か .toml の場所）")  # fmt: skip
    upgrade = _command(commands, "upgrade", "stores:upgrade",
                       "写しを取ってから、業務ファイルを今の版に更新します", _STORE)  # fmt: skip
    parser_copies.of_upgrade(upgrade)
    _command(
        commands, "verify", "stores:verify", "記録が書き換えられていないかを確かめます", _STORE
    )
    parser_copies.describe(commands, _command, _positive)
    _doctor(commands)


def _doctor(commands: Any) -> None:
    help_ = "動く状態かどうかを調べます。資料のファイルを渡すと、いつだれが作ったものかを調べます"
    doctor = _command(commands, "doctor", "doctor:doctor", help_)
    doctor.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="STORE・FILE",
        help="業務ファイル（.db。なければ JUSOU_STORE）と、調べたい資料のファイル",
    )


def _ledgers(commands: Any) -> None:
    taken = _command(
        commands, "import", "ledgers:import_", "台帳（Excel・CSV）を取り込みます",
        _STORE, ("file", "台帳のファイル（.xlsx、.csv）"), today=True,
    )  # fmt: skip
    taken.add_argument("--form", metavar="名前", help="どの様式の台帳か（空なら見出しから）")
    taken.add_argument("--dry-run", action="store_true", help="取り込まずに結果だけ示します")
    listed = _command(
        commands, "imports", "ledgers:imports", "取込みの一覧を示し、まとめて取り消します", _STORE
    )
    listed.add_argument("--withdraw", type=int, metavar="番号",
                        help="だれも触れていない取込みを、まとめて取り消します")  # fmt: skip
    given = _command(
        commands, "export", "ledgers:export", "台帳を Excel に書き出します",
        _STORE, ("file", "書き出すファイル（.xlsx）"), today=True,
    )  # fmt: skip
    given.add_argument("--form", metavar="名前", help="書き出す様式")


def _papers(commands: Any) -> None:
    packet = _command(commands, "packet", "papers:packet",
                      "会議の資料を、配付先と根拠ごとに作ります", _STORE, today=True)  # fmt: skip
    minutes = _command(commands, "minutes", "papers:minutes",
                       "会議記録を、配付先と根拠ごとに作ります（会議のあと）", _STORE,
                       today=True)  # fmt: skip
    for parser in (packet, minutes):
        parser.add_argument("conference_id", type=int, metavar="CONFERENCE_ID", help="会議の番号")
        parser.add_argument(
            "--recipient", metavar="ID", help="chair（議長用）か agency-機関番号だけ"
        )
    parser_sheets.describe(commands, _command, _out)
    reprint = _reprint(commands)
    monthly = _monthly(commands)
    for parser in (packet, minutes, monthly):
        parser.add_argument("--pdf", action="store_true",
                            help="全部数を宛先の順に一つにした印刷用PDFも作ります")  # fmt: skip
    schedule = _command(commands, "schedule", "papers:schedule",
                        "毎月1日に自動で作るための設定を表示します", _STORE)  # fmt: skip
    for parser in (packet, minutes, reprint, monthly, schedule):
        _out(parser)
    _copies(commands)
    _lists(commands)


def _monthly(commands: Any) -> Parser:
    monthly = _command(commands, "monthly", "papers:monthly",
                       "ひと月の会議資料と月次報告を作ります", _STORE, today=True)  # fmt: skip
    when = monthly.add_mutually_exclusive_group(required=True)
    when.add_argument("--month", metavar="2026-10", help="どの月か")
    when.add_argument(
        "--scheduled",
        action="store_true",
        help="定時の実行: 今月の会議資料と前の月の報告。"
        "できないときは「作成できませんでした_日付.txt」を残します",
    )
    return monthly


def _lists(commands: Any) -> None:
    lists = _command(commands, "lists", "lists:lists",
                     "ケース一覧と期限一覧を、担当ごとに作ります（事務局の中だけ）",
                     _STORE, today=True)  # fmt: skip
    lists.add_argument("--worker", metavar="名前", default="all", help="この担当の分だけ")
    lists.add_argument("--xlsx", action="store_true",
                       help="窓口・制度・研修・回収なども、Excel にします")  # fmt: skip
    _out(lists)


def _copies(commands: Any) -> None:
    copies = _command(commands, "copies", "whence:copies",
                      "作った資料を、だれが持っているかとともに一覧にします", _STORE)  # fmt: skip
    which = copies.add_mutually_exclusive_group()
    which.add_argument("--conference", type=int, metavar="ID", help="この会議の資料だけ")
    which.add_argument("--number", metavar="文書番号", help="この文書番号の資料だけ")
    which.add_argument("--form", metavar="名前",
                       help="この様式の資料だけ（--record で記録の番号）")  # fmt: skip
    copies.add_argument("--record", type=int, metavar="ID", help="--form の記録の番号")


def _out(parser: Parser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="資料の置き場所")


def _town(commands: Any) -> None:
    """Describe what is of the town and of no household."""
    register = _command(commands, "register", "papers:register",
                        "窓口・制度一覧を、だれにでも渡せる形で作ります",
                        _STORE, today=True)  # fmt: skip
    register.add_argument("--field", default="all", metavar="分野",
                          help="分野のコード（なければ全部）")  # fmt: skip
    flow = _command(commands, "flow", "papers:flow", "支援の流れ図を、自治体の設定から描きます",
                    _STORE, today=True)  # fmt: skip
    flow.add_argument("--for", dest="reader", choices=("staff", "citizens"), default="staff",
                      help="staff（職員用）か citizens（住民用）")  # fmt: skip
    for parser in (register, flow):
        _out(parser)


def _reprint(commands: Any) -> Parser:
    reprint = _command(commands, "reprint", "papers:reprint",
                       "前に作った資料を、文書番号で当時のまま印刷し直します（控え）", _STORE,
                       ("number", "文書番号（資料の左下にあります）"))  # fmt: skip
    reprint.add_argument("--reason", required=True, metavar="理由",
                         help="印刷し直す理由（資料と記録に残ります）")  # fmt: skip
    parser_figures.allowed(reprint)
    return reprint


def _desk(commands: Any) -> None:
    lab = _command(commands, "lab", "lab:lab", "JupyterLab で画面を開きます")
    lab.add_argument(
        "store",
        nargs="?",
        type=Path,
        metavar="STORE",
        help="業務ファイル（.db）。なければ JUSOU_STORE、それもなければ前に画面で選んだもの",
    )
    lab.add_argument("--choose", action="store_true", help="業務ファイルを画面で選び直します")
    lab.add_argument("--no-browser", action="store_true", help="ブラウザーを開きません")
    lab.add_argument("--port", type=int, default=8888, metavar="番号", help="使うポート")
