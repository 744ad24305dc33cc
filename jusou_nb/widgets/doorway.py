"""The way onto the desk from outside: a card, the panel or a shortcut names a place.

JupyterLab's side opens a comm of the name :data:`TARGET` and sends addresses, either
``{"place": "intake"}`` or ``{"page": "期限", "what": […]}``. It is answered ``{"opened": page}``
or ``{"refused": why}``; ``{"at": page}`` tells of each page that is turned to.
"""

from collections.abc import Callable, Mapping
from typing import Any

from comm import get_comm_manager
from IPython.core.getipython import get_ipython

from jusou_nb.errors import JusouError

TARGET = "jusou.desk"
Address = Mapping[str, Any]
FIRST = ""
"""Stands for the desk's first page."""
STAY = "stay"
"""Stands for ``what`` where a page is opened as it was left."""
PLACES: Mapping[str, tuple[str, Any]] = {
    "home": ("ホーム", STAY),
    "phone": ("ホーム", "phone"),
    "search": ("ホーム", "search"),
    "intake": ("相談受付", None),
    "sittings": ("会議", STAY),
    "plans": ("プラン", STAY),
    "papers": ("会議", "papers"),
    "due": ("期限", STAY),
}
"""What JupyterLab's cards and shortcuts call a place, and where on the desk that is."""
_STRANGE = "開く場所が分かりません。画面を読み込み直してください"


def asked() -> Address:
    """Give what came along with the request to run this cell.

    That is the address to open at, if any, and under ``alone`` whether no other window shows
    a desk of this kernel.
    """
    message: Mapping[str, Any] = getattr(get_ipython(), "get_parent", dict)()
    found = message.get("metadata", {}).get("jusou")
    return found if isinstance(found, dict) else {}


def place_of(address: Address) -> tuple[str, Any]:
    """Give the page and what to show there; an empty address is the first page.

    Raises:
        JusouError: It names a place that there is not.
    """
    if "place" in address:
        found = PLACES.get(str(address["place"]))
        if found is None:
            raise JusouError(_STRANGE)
        return found
    if not isinstance(address.get("page"), str):
        return FIRST, STAY
    return address["page"], _tupled(address.get("what", STAY))


def _tupled(what: Any) -> Any:
    """Turn lists, which is how tuples travel, into tuples again."""
    return tuple(_tupled(part) for part in what) if isinstance(what, list) else what


class Doorway:
    """Hears addresses from JupyterLab's side and answers them."""

    def __init__(self, enter: Callable[[Address], str], left: Callable[[], None]) -> None:
        """Listen; ``enter`` opens an address and gives its page, ``left`` hears the last go."""
        self._enter, self._left = enter, left
        self.comms: list[Any] = []
        self.page = ""
        get_comm_manager().register_target(TARGET, self._meet)

    def tell(self, page: str) -> None:
        """Tell every JupyterLab that listens which page is open, and whoever comes later."""
        self.page = page
        for comm in self.comms:
            comm.send({"at": page})

    def hear(self, comm: Any, address: Address) -> None:
        """Open an address and answer."""
        try:
            comm.send({"opened": self._enter(address)})
        except JusouError as fault:
            comm.send({"refused": f"{fault}"})

    def adopt(self, earlier: "Doorway") -> None:
        """Hear those who came to the doorway that stood here before."""
        for comm in earlier.comms:
            self._follow(comm)

    def _follow(self, comm: Any) -> None:
        self.comms.append(comm)
        comm.on_msg(lambda said: self.hear(comm, said["content"]["data"]))
        comm.on_close(lambda _said: self._part(comm))

    def _meet(self, comm: Any, message: Mapping[str, Any]) -> None:
        self._follow(comm)
        comm.send({"at": self.page})
        address = message["content"]["data"]
        if address:
            self.hear(comm, address)

    def _part(self, comm: Any) -> None:
        self.comms.remove(comm)
        if not self.comms:
            self._left()
