"""Long work on the store in a thread of its own, so that the page and typing stay free."""

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from jusou_nb.errors import JusouError
from jusou_nb.store import Store, open_store
from jusou_nb.widgets.session import Session

TITLE = "台帳の取込み"

T = TypeVar("T")
_FAILED = "思わぬ不具合で止まりました。何も取り込んでいません。管理者に伝えてください"


class StoreWork:
    """Does one thing after another with a store of its own; in memory it is done at once."""

    def __init__(self, session: Session) -> None:
        """Work on the session's store; ``is_running`` while something is being done."""
        self._session = session
        self._threads: list[Thread] = []
        self.is_running = False

    def wait(self, seconds: float) -> None:
        """Wait until it is done, with what it started in turn; each at most so long."""
        while running := next((t for t in self._threads if t.is_alive()), None):
            running.join(seconds)
            if running.is_alive():
                return

    def start(
        self,
        do: Callable[[Store], T],
        then: Callable[[T], None],
        fail: Callable[[JusouError], None],
        *,
        writes: bool = False,
    ) -> None:
        """Do something with the store, then show what came of it or why it failed."""
        self.is_running = True
        path = self._session.store.path
        if path is None:
            self._finish(lambda: do(self._session.store), then, fail)
            return

        def with_own_store() -> T:
            mine = self._session.store
            given = {"account": mine.account, "clock": mine.clock}
            with open_store(path, readonly=not writes, **given) as store:  # type: ignore[arg-type]
                return do(store)

        work = Thread(target=self._finish, args=(with_own_store, then, fail), daemon=True)
        self._threads = [t for t in self._threads if t.is_alive()]
        self._threads.append(work)
        work.start()

    def _finish(
        self, do: Callable[[], T], then: Callable[[T], None], fail: Callable[[JusouError], None]
    ) -> None:
        try:
            made = do()
        except JusouError as fault:
            self.is_running = False
            fail(fault)
        except Exception:  # noqa: BLE001 - nobody would hear of it in a thread
            self.is_running = False
            fail(JusouError(_FAILED))
        else:
            self.is_running = False
            then(made)
