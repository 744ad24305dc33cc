"""Who works here: asked once in each store, put off by a press, changed later in the header."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ipywidgets

from jusou_nb import remembered
from jusou_nb.casework.workers import introduce, role_of
from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.errors import Invalid, JusouError
from jusou_nb.fields import Code, Form, Ref, Stage, item
from jusou_nb.store import Store, workers
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.session import Session, row

TITLE = "あなたの名前と役割"
SHORT = "名前と役割"
REGISTER = "名前を登録する"


@dataclass(frozen=True, kw_only=True)
class Myself(Form, table="myself", title=TITLE):
    """What a worker says of themselves."""

    name: str | None = item(
        "あなたの名前",
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        help="画面の上、資料、記録の履歴に出ます。例 見本 花子",
    )
    agency: Ref | None = item("あなたの所属", scope=NOT_PERSONAL, ref="agencies")
    role: Code | None = item(
        "あなたの役割",
        scope=NOT_PERSONAL,
        codes="worker_role",
        help="空でもかまいません。だれかの役割をはじめて登録すると、役割のない人はケースを開けなくなります",
    )


class WorkerView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The sheet with the worker's name, and what is to be looked at after it is kept."""

    def __init__(self, session: Session, done: Callable[[], None]) -> None:
        """Show what is known; ``done`` is called when it was kept, or left as it was."""
        self.session, self._done = session, done
        store, today = session.store, session.today
        held = role_of(store, today)
        known = Myself(
            name=store.worker_name() if workers.is_named(store) else None,
            agency=held.agency if held else None,
            role=held.role if held else None,
        )
        self.form = FormView(Myself, store.lexicon(), record=known, today=today)
        self.banner = Banner()
        keep = button(REGISTER, self.press, filled=True)
        super().__init__([self.form, self.banner, row(keep, button("登録しないで戻る", done))])

    def press(self) -> None:
        """Keep what is said."""
        self.form.clear_problems()
        store, today = self.session.store, self.session.today
        try:
            said: Any = self.form.record()
            kept = introduce(store, said.name, role=said.role, agency=said.agency, on=today)
        except Invalid as fault:
            self.form.show_problems(fault.problems)
        except JusouError as fault:
            self.banner.fail(fault)
        else:
            self._done()
            if kept.remarks:
                self.banner.show(MessageKind.WARNING, kept.name, problem_lines(kept.remarks))


class Welcome(ipywidgets.VBox):  # type: ignore[misc] # as above
    """Greets whoever opens a store for the first time; empty afterwards.

    Args:
        session: The desk's session.
        tour: Starts the tour of the desk.
        named: Called when the name may have changed.
    """

    def __init__(
        self, session: Session, tour: Callable[[], None], named: Callable[[], None]
    ) -> None:
        """Greet, unless this account was greeted in this store before."""
        self.session, self._tour, self._named = session, tour, named
        self.banner = Banner()
        super().__init__()
        self.add_class("jusou-welcome")
        if is_new(session.store):
            self._greet()

    def ask(self) -> None:
        """Open the sheet with the worker's name."""
        self.view = WorkerView(self.session, self._leave)
        self._lay(self.view)
        self.view.form.summary.focus()

    def _greet(self) -> None:
        self.banner.show(
            MessageKind.INFORMATION,
            "はじめまして。この業務ファイルに、あなたの名前を登録してください。",
            [f"いまは「{self.session.store.worker_name()}」と表示されます。あとからでも直せます。"],
            [(REGISTER, self.ask), ("5分の案内を見る", self._walk), ("あとで", self._put_off)],
        )
        self._lay(self.banner)

    def _walk(self) -> None:
        self._put_off()
        self._tour()

    def _leave(self) -> None:
        """Put the sheet away; what is to be looked at after it stays in sight."""
        self._lay(self.view.banner)
        self._named()
        self._remember()
        if workers.is_named(self.session.store) and not remembered.is_toured():
            self.banner.show(
                MessageKind.SUCCESS,
                f"「{self.session.store.worker_name()}」さんで始めます。",
                actions=[("5分の案内を見る", self._walk), ("閉じる", self._put_off)],
            )
            self._lay(self.view.banner, self.banner)

    def _put_off(self) -> None:
        self._remember()
        self._lay()

    def _lay(self, *parts: Any) -> None:
        self.children = parts

    def _remember(self) -> None:
        if self.session.store.path is not None:
            remembered.greet(self.session.store.path)


def is_new(store: Store) -> bool:
    """Whether nobody asked this account for a name in this store yet."""
    return (
        store.path is not None
        and not workers.is_named(store)
        and not remembered.is_greeted(store.path)
    )
