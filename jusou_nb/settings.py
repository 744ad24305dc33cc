"""What the surroundings may set: one tuple, shown by ``doctor`` and in the guide."""

import getpass
import os
from dataclasses import dataclass
from datetime import date, datetime

from jusou_nb.errors import JusouError


@dataclass(frozen=True)
class Setting:
    """An environment variable, what stands when it is not set, and what it does."""

    name: str
    default: str
    help: str

    def get(self) -> str:
        """Its value now."""
        return os.environ.get(self.name) or self.default


STORE = Setting("JUSOU_STORE", "", "業務ファイル（.db）の場所。指定がないときに使います")
FOLDER = Setting(
    "JUSOU_FOLDER",
    "",
    "はじめの日に業務ファイルを探し、新しく作るフォルダー。空なら jusou-nb lab を始めたフォルダー",
)
REPORTS = Setting(
    "JUSOU_REPORTS", "", "資料を置くフォルダー。空なら業務ファイルと同じ場所の reports"
)
TEMPLATES = Setting(
    "JUSOU_TEMPLATES", "", "Word の様式を置くフォルダー。空なら業務ファイルと同じ場所の templates"
)
TODAY = Setting("JUSOU_TODAY", "", "今日とみなす日（YYYY-MM-DD）。研修用。空なら暦の今日")
ENGINE = Setting("JUSOU_ENGINE", "jusou", "資料を作る方式。jusou（速い）か papermill（標準）")
CHROMIUM = Setting(
    "JUSOU_CHROMIUM", "", "PDFを作るブラウザー（Chromium・Edge）の場所。空なら探します"
)

SPARE = Setting(
    "JUSOU_SPARE",
    "1",
    "1 なら机の処理を一つ先に用意し、すぐ開きます（約100MB）。0 なら用意しません",
)

SETTINGS = (STORE, FOLDER, REPORTS, TEMPLATES, TODAY, ENGINE, CHROMIUM, SPARE)


def account() -> str:
    """Name the account that works: JupyterHub's user where there is one, else the system's."""
    return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()


def today() -> date:
    """The day to count as today: ``JUSOU_TODAY``, else the calendar's.

    Raises:
        JusouError: What is set there is no day.
    """
    said = TODAY.get()
    try:
        return date.fromisoformat(said) if said else datetime.now().astimezone().date()
    except ValueError:
        raise JusouError(f"今日の日付「{said}」は 2026-10-15 の形で入れてください") from None
