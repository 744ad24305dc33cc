"""What can be typed about copies of the store: backup, restore."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jusou_nb.cli.japanese import Parser

Describe = Callable[..., Parser]
_STORE = ("store", "業務ファイル（.db）")


def describe(commands: Any, command: Describe, positive: Callable[[str], int]) -> None:
    """Describe the commands, with what describes every command and reads a number."""
    backup = command(commands, "backup", "stores:backup",
                     "業務ファイルの写しを、使いながら取ります", _STORE)  # fmt: skip
    backup.add_argument(
        "target",
        type=Path,
        metavar="FILE・DIR",
        help="写しのファイル。フォルダーなら日付の付いた名前になります",
    )
    backup.add_argument("--keep", type=positive, metavar="数",
                        help="フォルダーに残す写しの数（古いものから消します）")  # fmt: skip
    restore = command(commands, "restore", "stores:restore",
                      "写しから業務ファイルを戻します（全員が画面を閉じてから）",
                      ("file", "写しのファイル"), _STORE)  # fmt: skip
    for parser, words in (
        (backup, "同じ名前の写しを置き換えます"),
        (restore, "今の業務ファイルを置き換えます（前のものは隣に残ります）"),
    ):
        parser.add_argument("--overwrite", action="store_true", help=words)


def of_upgrade(upgrade: Parser) -> None:
    """Describe what an upgrade may do to the profile."""
    upgrade.add_argument("--profile", metavar="名前",
                         help="自治体の設定を置き換えます（前の設定も残ります）")  # fmt: skip
    upgrade.add_argument(
        "--add-lists",
        action="store_true",
        help="手本にあって今の設定にない一覧・目安・文章だけを足します",
    )
