"""An argument parser that speaks Japanese: argparse's own words and faults, translated."""

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

_WORDS = (
    (r"^usage: ", "使い方: "),
    (r"^positional arguments:", "指定するもの:"),
    (r"^options:", "オプション:"),
    (r"show this help message and exit", "この説明を表示します"),
    (r"show program's version number and exit", "版を表示します"),
)
_FAULTS = (
    (r"the following arguments are required: (.*)", r"指定が足りません: \1"),
    (r"unrecognized arguments: (.*)", r"知らない指定です: \1"),
    (
        r"argument (\S+): invalid choice: ('.*?') \(choose from (.*)\)",
        r"\1 に \2 はありません（\3）",
    ),
    (r"argument (\S+): invalid int value: (.*)", r"\1 は数字で指定してください（\2）"),
    (r"argument (\S+): expected one argument", r"\1 に値がありません"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 と \2 は一緒に使えません"),
    (r"one of the arguments (.*) is required", r"\1 のどちらかを指定してください"),
    (r"argument (\S+): (.*)", r"\1: \2"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Japanese."""

    def __init__(self, **options: Any) -> None:
        """Allow no shortened options: a new one must not change what an old line means."""
        super().__init__(allow_abbrev=False, **options)

    def format_help(self) -> str:
        """Put argparse's own words in Japanese."""
        return _translate(super().format_help(), _WORDS)

    def format_usage(self) -> str:
        """Put the line of usage in Japanese."""
        return _translate(super().format_usage(), _WORDS)

    def error(self, message: str) -> NoReturn:
        """Say in Japanese what was typed wrong, and leave with 2."""
        said = _translate(message, _FAULTS)
        self.exit(2, f"{said}。{self.prog} --help で使い方を見られます\n")


def _translate(text: str, words: Sequence[tuple[str, str]]) -> str:
    for pattern, japanese in words:
        text, found = re.subn(pattern, japanese, text, flags=re.MULTILINE)
        if found and words is _FAULTS:
            break
    return text
