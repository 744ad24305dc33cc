"""PUT, GET and DELETE drafts: what is being typed goes to the store past the kernel."""

from typing import Any

from tornado.web import authenticated

from jusou_nb import settings
from jusou_nb.errors import JusouError
from jusou_nb.server.handler import Room
from jusou_nb.store import Store, drafts, roles

_UNREADABLE = "送られた下書きを読めません。画面を開き直してください"


class Drafts(Room):
    """What a worker is typing. A form's opening names who writes; see the store's drafts."""

    work = "typing"
    writes = True

    @authenticated
    async def put(self) -> None:
        """Keep what stands in the forms of one sheet, all or none.

        The body holds ``store`` (path or null), ``opening``, and ``sheets``: a list of
        ``{"form", "key", "boxes", "base"}``. Answers with ``saved_at``, which is null where
        this opening was registered or thrown away before.
        """
        said = self.said()
        at = await self.ask(said.get("store"), lambda store: _keep(store, said))
        self.finish({"saved_at": at})

    @authenticated
    async def get(self) -> None:
        """List what was left: form, key, opening and time; nothing of what was typed."""
        left = await self.ask(self.get_argument("store", None), _left)
        self.finish({"drafts": left})

    @authenticated
    async def delete(self) -> None:
        """Drop the forms of one opening: body as for PUT, without boxes."""
        said = self.said()
        await self.ask(said.get("store"), lambda store: _drop(store, said))
        self.finish({"saved_at": None})


def _keep(store: Store, said: dict[str, Any]) -> str | None:
    at = None
    with store.transaction():
        for sheet in _sheets(said):
            boxes, base = sheet.get("boxes"), sheet.get("base")
            if not isinstance(boxes, dict) or not isinstance(base, dict | None):
                raise JusouError(_UNREADABLE)
            at = drafts.put(store, sheet["form"], sheet["key"], boxes, said["opening"], base=base)
    return at


def _drop(store: Store, said: dict[str, Any]) -> None:
    with store.transaction():
        for sheet in _sheets(said):
            drafts.drop(store, sheet["form"], sheet["key"], said["opening"])


def _sheets(said: dict[str, Any]) -> list[dict[str, Any]]:
    sheets, opening = said.get("sheets"), said.get("opening")
    if not isinstance(sheets, list) or not isinstance(opening, str) or not opening:
        raise JusouError(_UNREADABLE)
    for sheet in sheets:
        if not isinstance(sheet, dict) or not _is_named(sheet):
            raise JusouError(_UNREADABLE)
    return sheets


def _is_named(sheet: dict[str, Any]) -> bool:
    return all(isinstance(sheet.get(name), str) for name in ("form", "key"))


def _left(store: Store) -> list[dict[str, str]]:
    if roles.reading_problems(store, settings.today()):
        return []
    names = ("form", "key", "opening", "saved_at")
    return [{name: getattr(draft, name) for name in names} for draft in drafts.every(store)]
