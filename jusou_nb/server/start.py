"""Which store this server is for: asked by the panel, and chosen on the first day."""

import asyncio
from pathlib import Path
from typing import Any

from tornado.web import authenticated

from jusou_nb import remembered, settings
from jusou_nb.errors import StoreError
from jusou_nb.server.handler import Room
from jusou_nb.store.beginning import refuse_stranger


class Start(Room):
    """``GET`` says which file is worked in, ``POST {"store": path}`` chooses one."""

    @authenticated
    async def get(self) -> None:
        """Give the file's name, not its place, and whether it is there."""
        self.finish(await asyncio.to_thread(chosen))

    @authenticated
    async def post(self) -> None:
        """Work in another file from now on, and after the next start."""
        said = self.said().get("store")
        await asyncio.to_thread(choose, said if isinstance(said, str) else "")
        self.finish(await asyncio.to_thread(chosen))


def chosen() -> dict[str, Any]:
    """Say which store is worked in; an empty name is none."""
    named = remembered.store_file()
    path = Path(named)
    return {"chosen": bool(named) and path.is_file(), "name": path.name if named else ""}


def choose(named: str) -> None:
    """Remember a store.

    Raises:
        StoreError: The administrator set one; the file is no store.
        NotFound: There is no such file.
    """
    if settings.STORE.get():
        raise StoreError(
            "業務ファイルは始めるときに決められています。別のものは jusou-nb lab で開いてください"
        )
    path = Path(named).expanduser()
    refuse_stranger(path)
    remembered.choose(path)
