"""The first day: no store is named, so one is made, tried or opened; then the desk opens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import ipywidgets

from jusou_nb import remembered, settings
from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.dates import wareki
from jusou_nb.errors import JusouError
from jusou_nb.fields import Form, get_item, item
from jusou_nb.profile import load
from jusou_nb.profile_town import FIRST
from jusou_nb.store.beginning import refuse_stranger, stores_in
from jusou_nb.values import Lexicon
from jusou_nb.widgets.controls import control_for
from jusou_nb.widgets.doorway import Address, Doorway
from jusou_nb.widgets.listing import Cell, Listing
from jusou_nb.widgets.messages import Banner, button
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.session import heading, paragraph, row
from jusou_nb.widgets.start_demo import DemoView, towns_in
from jusou_nb.widgets.start_new import NewStoreView
from jusou_nb.widgets.tabs import Tabs

NEW, TRY, OPEN = (
    "新しい業務ファイルを作る",
    "架空の町で試す",
    "いまある業務ファイルを開く",
)
_LEAD = (
    "相談の記録は、一つの業務ファイル（.db）に入ります。はじめに、使うファイルを決めてください。"
    "次からは、決めたファイルがすぐに開きます。"
)
_FIRST = "はじめに、業務ファイルを決めてください。"
_WAYS = (
    (NEW, "この町で仕事を始めるとき。町の名前と窓口の名前を入れると、すぐに使えます。"),
    (TRY, "まず触ってみたいとき、研修のとき。架空の人物だけの町を作ります。"),
    (OPEN, "前の担当者やほかの人が使っているファイルがあるとき。"),
)


@dataclass(frozen=True, kw_only=True)
class Where(Form):
    """Which existing file is opened."""

    path: str | None = item(
        "ファイルの場所",
        scope=NOT_PERSONAL,
        help="一覧にないときに書いてください。例 /srv/jusou/業務.db",
    )


def folder() -> Path:
    """Give the folder in which stores are looked for and made."""
    named = settings.FOLDER.get()
    return Path(named) if named else Path.home()


class FirstDay(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """Three ways to a store; the desk takes this place once one is chosen.

    Args:
        desk: Opens the desk of a store.
        why: What is wrong with the store that was named, or nothing.
    """

    def __init__(self, desk: Callable[[Path], Any], why: JusouError | None = None) -> None:
        """Offer the three ways."""
        self._desk, self.today = desk, settings.today()
        self.banner, self.page = Banner(), ipywidgets.VBox()
        self.page.add_class("jusou-page")
        room = ipywidgets.VBox([self.page])
        room.add_class("jusou-room")
        # The bar of tabs brings the style sheet of the desk along.
        self.tabs = Tabs("はじめに", [], lambda _place: None)
        super().__init__()
        self.parts: tuple[Any, ...] = ()
        self._lay(self.tabs, self.banner, room)
        self.doorway = Doorway(self._not_yet, lambda: None)
        self.add_class("jusou-desk")
        self.show_ways()
        if why is not None:
            self.banner.fail(why)

    def __repr__(self) -> str:
        """Say what it is, not what it holds: the text goes into the notebook's file."""
        return "（相談の机）"

    def _repr_keys(self) -> tuple[str, ...]:
        return ()

    def show_ways(self) -> None:
        """Show the three ways, each with when it is the right one."""
        parts = [heading("はじめに、業務ファイルを決めます"), paragraph(_LEAD)]
        for place, (words, said) in enumerate(_WAYS):
            press = button(words, (self.show_new, self.show_demo, self.show_files)[place])
            parts += [heading(words, 3), paragraph(said), row(press)]
        self._turn(*parts)

    def show_new(self) -> None:
        """Ask for what a new store needs."""
        self._step(NEW, NewStoreView(folder(), self.today, self.choose))

    def show_demo(self) -> None:
        """Offer the town to try the desk with."""
        self._step(TRY, DemoView(folder(), self.today, self.choose))

    def show_files(self) -> None:
        """List what lies in the folder, and ask for a place elsewhere."""
        found = [*stores_in(folder()), *towns_in(folder())]
        listing = Listing(
            "業務ファイル",
            ("名前", "最後に書いた日", "フォルダー"),
            lambda place: self._attempt(found[place - 1]),
            empty="このフォルダーに業務ファイル（.db）はありません。",
        )
        listing.fill([(place, _cells(path)) for place, path in enumerate(found, 1)])
        lexicon = Lexicon(load(FIRST))
        self.where = control_for(get_item(Where, "path"), lexicon, self.today)
        self._step(OPEN, listing, self.where, row(button("このファイルを開く", self.press)))

    def press(self) -> None:
        """Open the file whose place was written."""
        said = str(self.where.text).strip()
        self._attempt(Path(said).expanduser() if said else Path())

    def choose(self, path: Path) -> None:
        """Open the desk of a store here, and remember it for the next time.

        Raises:
            JusouError: It is no store, or cannot be opened.
        """
        refuse_stranger(path)
        made = self._desk(path)
        made.doorway.adopt(self.doorway)
        remembered.choose(path)
        self.remove_class("jusou-desk")
        put_away(*self._lay(made))

    def _lay(self, *parts: Any) -> tuple[Any, ...]:
        """Show these parts here; give those that stood here before."""
        gone: tuple[Any, ...] = self.parts
        self.children = self.parts = parts
        return gone

    def _not_yet(self, _address: Address) -> str:
        raise JusouError(_FIRST)

    def _attempt(self, path: Path) -> None:
        try:
            self.choose(path)
        except JusouError as fault:
            self.banner.fail(fault)

    def _step(self, words: str, *parts: Any) -> None:
        self._turn(row(button("はじめの画面へ戻る", self.show_ways)), heading(words), *parts)

    def _turn(self, *parts: Any) -> None:
        self.banner.clear()
        gone, self.page.children = self.page.children, parts
        put_away(*gone)


def _cells(path: Path) -> list[Cell]:
    day = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    return [Cell(path.name), Cell(wareki(day), sort=day.isoformat()), Cell(path.parent.name)]
