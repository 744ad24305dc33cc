"""A casework notebook for 重層的支援体制整備事業 (社会福祉法 106条の4〜6)."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jusou_nb.store import Store, open_store

__all__ = ["Store", "open_store"]
__version__ = "0.5.0"


def __getattr__(name: str) -> Any:
    """Load the store when it is asked for: ``--help`` and papermill need not wait for it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from jusou_nb import store  # noqa: PLC0415 - see above

    return getattr(store, name)
