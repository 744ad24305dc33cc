"""What the system's own clock needs to make the papers on the 1st of each month.

The command is the same everywhere: ``monthly --scheduled`` finds out by itself which month
it is, so that no shell has to calculate with dates.
"""

import shlex
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from jusou_nb.errors import PaperError

HOUR = 6
_NAME = "jusou-nb-monthly"
_TEXT = """\
# 毎月1日 {hour}時に、その月の会議資料と前の月の報告を作ります。どれか一つを使ってください。

# ── systemd（電源が切れていた日は、入れたあとに作ります）
# ~/.config/systemd/user/{name}.service
[Unit]
Description=jusou_nb monthly papers

[Service]
Type=oneshot
UMask=0077
ExecStart={systemd}

# ~/.config/systemd/user/{name}.timer
[Unit]
Description=jusou_nb monthly papers, on the 1st

[Timer]
OnCalendar=*-*-01 {hour:02}:00:00
Persistent=true

[Install]
WantedBy=timers.target

# 置いたあと:  systemctl --user daemon-reload && systemctl --user enable --now {name}.timer
# ログインしていない日も動かす:  loginctl enable-linger

# ── cron（crontab -e で、次の1行を入れます）
{cron}

# ── Windows タスク（コマンド プロンプトで1回だけ実行します）
{windows}
"""


@dataclass(frozen=True)
class Command:
    """The command that makes a month's papers, word by word, with absolute paths."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, store: Path, out: Path) -> "Command":
        """Name this interpreter, the store and the folder of the papers.

        Raises:
            PaperError: A path holds a line break, which no timer can carry.
        """
        ends = ("monthly", str(store.absolute()), "--scheduled", "--out", str(out.absolute()))
        words = (sys.executable, "-m", "jusou_nb", *ends)
        if any("\n" in word for word in words):
            raise PaperError("場所の名前に改行があります。フォルダーの名前を変えてください")
        return cls(words)

    def cron(self) -> str:
        """One line of a crontab; cron ends a command at a bare ``%``."""
        return f"0 {HOUR} 1 * * {shlex.join(self.words)}".replace("%", r"\%")

    def systemd(self) -> str:
        """Write the words for ``ExecStart=``."""
        return " ".join(_systemd_word(word) for word in self.words)

    def windows(self) -> str:
        """One line for the command prompt of Windows."""
        inner = subprocess.list2cmdline(self.words).replace('"', r"\"")
        return f'schtasks /Create /TN "{_NAME}" /SC MONTHLY /D 1 /ST {HOUR:02}:00 /TR "{inner}"'


def _systemd_word(word: str) -> str:
    for sign, meant in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        word = word.replace(sign, meant)
    return f'"{word}"'


def text(command: Command) -> str:
    """Print all three ways, each with what to do with it."""
    return _TEXT.format(
        hour=HOUR,
        name=_NAME,
        systemd=command.systemd(),
        cron=command.cron(),
        windows=command.windows(),
    )


def months_of(today: date) -> tuple[str, str]:
    """Give the month of the packets (this one) and of the report (the last one)."""
    last = today.replace(day=1) - timedelta(days=1)
    return today.strftime("%Y-%m"), last.strftime("%Y-%m")


def failure_file(today: date) -> str:
    """Name the file that tells of papers that could not be made."""
    return f"作成できませんでした_{today.isoformat()}.txt"


def leave_word(message: str, today: date, folders: tuple[Path, ...]) -> Path | None:
    """Leave the reason where somebody will see it: the first folder that takes it."""
    text_ = (
        f"{today.isoformat()} の資料を作成できませんでした。\n\n{message}\n\n"
        "直したあと、jusou-nb monthly をもう一度行ってください。前にできた資料はそのままです。\n"
    )
    for folder in folders:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (path := folder / failure_file(today)).write_text(text_, encoding="utf-8")
        except OSError:
            continue
        return path
    return None


def take_word_back(today: date, folders: tuple[Path, ...]) -> None:
    """Remove the word of a failure after the papers came out on the same day."""
    for folder in folders:
        (folder / failure_file(today)).unlink(missing_ok=True)
