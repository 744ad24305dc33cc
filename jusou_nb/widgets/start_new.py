"""新しい業務ファイルを作る: whose it is, after which profile, and where it lies."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets

from jusou_nb import profile as profiles
from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.errors import Invalid, JusouError
from jusou_nb.fields import Form, Ref, Stage, item
from jusou_nb.problems import Problem
from jusou_nb.profile_town import FIRST, Offered, for_town, offered
from jusou_nb.store.beginning import ENDING, begin
from jusou_nb.values import Lexicon
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.messages import Banner, button
from jusou_nb.widgets.session import paragraph, row

Chosen = Callable[[Path], None]
_NAME = f"業務{ENDING}"
_SAID = "選んだ町の形: "
_NO_NAME = frozenset('/\\:*?"<>|')


@dataclass(frozen=True, kw_only=True)
class NewStore(Form, table="new_stores", title="業務ファイルの内容"):
    """What is asked before a store is made."""

    profile: Ref | None = item(
        "町の形",
        scope=NOT_PERSONAL,
        ref="profiles",
        required_at=Stage.DRAFT,
        help="会議や名簿、選択肢のもとになります。迷ったら標準を。あとから直せます",
    )
    municipality: str | None = item(
        "自治体の名前", scope=NOT_PERSONAL, required_at=Stage.DRAFT, help="例 見本市"
    )
    office: str | None = item(
        "窓口の名前",
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        help="資料の頭に出ます。例 福祉まるごと窓口",
    )
    name: str | None = item(
        "業務ファイルの名前", scope=NOT_PERSONAL, required_at=Stage.DRAFT, help="例 業務.db"
    )
    folder: str | None = item(
        "置く場所（フォルダー）",
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        help="このパソコンかサーバーの中。ネットワークドライブには置けません",
    )


class NewStoreView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The sheet, what the chosen profile is, and the button that makes the file."""

    def __init__(self, folder: Path, today: date, chosen: Chosen) -> None:
        """Offer the standard profile; ``chosen`` gets the file that was made."""
        self._chosen = chosen
        self._towns = dict(enumerate(offered(), 1))
        self._shown = self._towns[1]
        words = {place: _words(town) for place, town in self._towns.items()}
        lexicon = Lexicon(profiles.load(FIRST), {"profiles": words})
        first = NewStore(profile=Ref(1), name=_NAME, folder=str(folder))
        self.form = FormView(NewStore, lexicon, record=first, today=today)
        self.form.on_change(self._explain)
        self.about, self.banner = paragraph(_SAID + self._shown.about), Banner()
        self.go = button("この内容で作る", self.press, filled=True)
        super().__init__([self.form, self.about, self.banner, row(self.go)])

    def press(self) -> None:
        """Make the file; what is wrong is said beside its box."""
        self.form.clear_problems()
        self.banner.clear()
        try:
            said: Any = self.form.record()
            path = path_of(said.folder, said.name)
            town = self._towns[int(said.profile)]
            begin(path, for_town(town.name, said.municipality, said.office))
        except Invalid as fault:
            self.form.show_problems(fault.problems)
        except JusouError as fault:
            self.banner.fail(fault)
        else:
            self._chosen(path)

    def _explain(self) -> None:
        """Say what the chosen profile is, and put its names where nobody wrote others."""
        said: Any = self.form.as_it_stands()
        town = self._towns.get(int(said.profile or 0), self._shown)
        if town is self._shown:
            return
        before, self._shown = self._shown, town
        self.about.value = paragraph(_SAID + town.about).value
        own = {
            name: getattr(town, name) if town.name != FIRST else None
            for name in ("municipality", "office")
            if getattr(said, name) in (None, "", getattr(before, name))
        }
        self.form.load(replace(said, **own))


def _words(town: Offered) -> str:
    if town.name == FIRST:
        return "標準（どの町でも）"
    return f"{town.municipality}・{town.office} の例"


def path_of(folder: str, name: str) -> Path:
    """Give the place of a new file.

    Raises:
        Invalid: The name is none that a file can have; there is no such folder.
    """
    wanted = name.strip()
    if not wanted or set(wanted) & _NO_NAME or wanted.startswith("."):
        message = "ファイルの名前に使えない文字があります。"
        remedy = "「業務.db」のように、記号のない名前にしてください。"
        raise Invalid([Problem(rule="store.name", message=message, remedy=remedy, box="name")])
    where = Path(folder.strip()).expanduser()
    if not where.is_dir():
        message = "このフォルダーがありません。"
        remedy = "先に作るか、あるフォルダーを書いてください。"
        raise Invalid([Problem(rule="store.folder", message=message, remedy=remedy, box="folder")])
    return where / (wanted if wanted.endswith(ENDING) else f"{wanted}{ENDING}")
