"""What several commands need: the day, and a store that is there."""

import argparse
from datetime import date, datetime
from pathlib import Path

from jusou_nb.errors import NotFound


def day(options: argparse.Namespace) -> date:
    """Today as given (a command may have no such option), else the calendar's."""
    given: date | None = getattr(options, "today", None)
    return given or datetime.now().astimezone().date()


def existing(store: Path) -> Path:
    """Give the store's path, or say that there is none: reading must not make a new one."""
    if not store.is_file():
        raise NotFound(
            f"業務ファイル「{store.name}」が見つかりません。"
            "場所を確かめるか、jusou-nb init で作ってください"
        )
    return store
