"""The desk's kernel: one that has loaded the desk stands by, so that a form opens at once.

A Jupyter server that loads this extension keeps one spare; ``jusou-nb lab`` does.
"""

from typing import Any

from jusou_nb import settings


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "jusou_nb.kernel"}]


def _load_jupyter_server_extension(_server: Any) -> None:
    if settings.SPARE.get() != "1":
        return
    # The server alone needs it; the spare itself imports this package, too.
    from jusou_nb.kernel.provisioner import SPARES  # noqa: PLC0415

    SPARES.prepare()
