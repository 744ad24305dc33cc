"""登録の取り消し: after a 登録 the desk offers to take it back and to go on writing."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.errors import JusouError
from jusou_nb.store import drafts
from jusou_nb.widgets.left import left_on
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.session import Registered, Session


class UndoOffer(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The line above the page that takes the last 登録 back; one at a time.

    Args:
        session: The desk's session; its sheets report here what they registered.
        resume: Goes on with what was left in an opening.
    """

    def __init__(self, session: Session, resume: Callable[[Any], None]) -> None:
        """Start without any."""
        self._session, self._resume = session, resume
        self.banner = Banner()
        super().__init__([self.banner])
        session.registered = self.offer

    def offer(self, made: Registered) -> None:
        """Offer to take back what was registered just now."""
        actions = [
            ("いまの登録を取り消して書き直す", lambda: self._take_back(made)),
            ("この案内を閉じる", self.banner.clear),
        ]
        self.banner.show(
            MessageKind.INFORMATION, "まちがいに気づいたら、いまなら元に戻せます。", actions=actions
        )

    def _take_back(self, made: Registered) -> None:
        store, opening = self._session.store, secrets.token_hex(8)
        try:
            with store.transaction():
                casework.undo_last(store, made.step)
                for draft in made.typed:
                    drafts.put(store, draft.form, draft.key, draft.boxes, opening, base=draft.base)
        except JusouError as fault:
            self.banner.fail(fault)
            return
        said = "登録を取り消しました。書いたことは下書きに残っています。"
        self.banner.show(MessageKind.SUCCESS, said, focus=True)
        with suppress(StopIteration):
            self._resume(next(left for left in left_on(store) if left.opening == opening))
