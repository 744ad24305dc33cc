"""取込みの一覧: what was taken in, when, by whom; and taking a whole one back."""

from collections.abc import Callable
from datetime import date
from functools import partial

import ipywidgets

from jusou_nb.dates import wareki
from jusou_nb.errors import JusouError
from jusou_nb.store import batches
from jusou_nb.store.batches import Batch
from jusou_nb.widgets.import_work import StoreWork
from jusou_nb.widgets.listing import Cell, Listing
from jusou_nb.widgets.messages import Action, Banner, MessageKind
from jusou_nb.widgets.session import Session, heading, paragraph

_HEADINGS = ("ファイル", "取り込んだ日時", "担当", "入った行", "取り込めなかった行", "状態")
_LEAD = "ファイルの名前を選ぶと、その取込みの結果を見て、まとめて取り消せます。"


class Batches(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The earlier imports."""

    def __init__(self, session: Session, work: StoreWork, gone: Callable[[], None]) -> None:
        """List them; ``gone`` is called when one was taken back."""
        self._session, self._work, self._after = session, work, gone
        self.banner = Banner()
        self.listing = Listing(
            "取込みの一覧", _HEADINGS, self.choose, empty="取込みはまだありません。"
        )
        super().__init__(
            [heading("これまでの取込み", 3), paragraph(_LEAD), self.banner, self.listing]
        )
        self.refresh()

    def refresh(self) -> None:
        """List them anew."""
        found = batches.every(self._session.store)
        self.listing.fill([(batch.id, _cells(batch)) for batch in found])

    def choose(self, batch_id: int) -> None:
        """Show what came of an import, and offer to take it back."""
        batch = batches.get(self._session.store, batch_id)
        title = f"「{batch.file_name}」の取込み（{batch.good:,}行）"
        confirm = [f"要確認 {line}" for line in batch.report.get("to_confirm", ())]
        if batch.withdrawn_at is not None:
            self.banner.show(MessageKind.INFORMATION, title, ["取り消しました。"], focus=True)
            return
        lines = ["だれも触れていなければ、この取込みで入ったものをまとめて取り消せます。", *confirm]
        ways: list[Action] = [
            ("まとめて取り消す", partial(self.withdraw, batch_id)),
            ("閉じる", self.banner.clear),
        ]
        self.banner.show(MessageKind.INFORMATION, title, lines, ways, focus=True)

    def withdraw(self, batch_id: int) -> None:
        """取り消す: all of an import, unless somebody has touched it since."""
        if self._work.is_running:
            self.banner.show(
                MessageKind.WARNING, "前の作業が終わってから、もう一度行ってください。"
            )
            return
        self.banner.show(MessageKind.INFORMATION, "取り消しています…")
        self._work.start(
            lambda store: batches.withdraw(store, batch_id), self._gone, self._fail, writes=True
        )

    def _gone(self, struck: int) -> None:
        self.banner.show(
            MessageKind.SUCCESS, f"まとめて取り消しました（{struck:,}件の記録）。", focus=True
        )
        self.refresh()
        self._session.news()
        self._after()

    def _fail(self, fault: JusouError) -> None:
        self.banner.fail(fault)


def _cells(batch: Batch) -> list[Cell]:
    day, _, clock = batch.taken_at.partition("T")
    return [
        Cell(batch.file_name),
        Cell(f"{_japanese(day)} {clock[:5]}", title=batch.taken_at, sort=batch.taken_at),
        Cell(batch.worker),
        Cell(f"{batch.good:,}"),
        Cell(f"{batch.refused:,}" if batch.refused else ""),
        Cell("取消済" if batch.withdrawn_at else ""),
    ]


def _japanese(day: str) -> str:
    return wareki(date.fromisoformat(day))
