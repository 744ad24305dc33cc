"""Runs paper templates with parameters and puts offline HTML in its place.

Papermill loads the engine of this package whenever it starts, so nothing heavy is imported
here until it is asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jusou_nb.runner.execute import run
    from jusou_nb.runner.papers import minutes, monthly, packets, sheet
    from jusou_nb.runner.reprinting import reprint

__all__ = ["minutes", "monthly", "packets", "reprint", "run", "sheet"]


def __getattr__(name: str) -> Any:
    """Import what is asked for."""
    from importlib import import_module  # noqa: PLC0415 - see above

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = {"run": "execute", "reprint": "reprinting"}.get(name, "papers")
    return getattr(import_module(f"jusou_nb.runner.{home}"), name)
