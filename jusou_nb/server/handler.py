"""The base of all that the server answers: who asks, in which words, and in which thread."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError

from jusou_nb.errors import JusouError
from jusou_nb.server.threads import lane
from jusou_nb.store import Store

T = TypeVar("T")
_SIGN_IN = "ログインの期限が切れました。この画面は閉じずに、別のタブで机を開いてください"
_FAILED = "サーバーで処理できませんでした。続くときは管理者に伝えてください"


class Room(APIHandler):
    """One address under ``jusou/``; subclasses answer with :meth:`ask` and :meth:`finish`.

    Methods carry ``@tornado.web.authenticated``; the server itself refuses a write without
    the page's XSRF token.

    Attributes:
        work: Which kind of work it is; each has its own thread and connection a store.
        writes: Whether its store is opened to write.
    """

    work: ClassVar[str] = "reading"
    writes: ClassVar[bool] = False

    async def ask(self, store_path: str | None, question: Callable[[Store], T]) -> T:
        """Ask a store in its thread; None asks the store that this server is for."""
        return await lane(store_path, self.work, writes=self.writes).run(question)

    def said(self) -> dict[str, Any]:
        """Give the body of the request.

        Raises:
            JusouError: It is no JSON object.
        """
        try:
            found = json.loads(self.request.body or b"{}")
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise JusouError("送られた内容を読めません。画面を開き直してください")
        return found

    def write_error(self, status_code: int, **words: Any) -> None:
        """Answer a refusal in one Japanese line, without a trace of what was typed."""
        fault = words.get("exc_info", (None, None))[1]
        self.set_header("Content-Type", "application/json")
        if isinstance(fault, JusouError):
            self.set_status(HTTPStatus.BAD_REQUEST)
            self.finish(json.dumps({"message": f"{fault}"}, ensure_ascii=False))
            return
        signed_out = status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
        message = _SIGN_IN if signed_out else _FAILED
        self.finish(json.dumps({"message": message}, ensure_ascii=False))

    def log_exception(self, kind: Any, fault: Any, _trace: Any) -> None:
        """Log only the kind of a fault: its text may hold what somebody typed."""
        if not isinstance(fault, (JusouError, HTTPError)):
            self.log.error("jusou: %s", getattr(kind, "__name__", kind))
