"""What JupyterLab writes under ``jusou-nb lab``: the source of notebooks and nothing else.

A notebook that is open holds what its widgets show; saving it would put what was typed into
a second file beside the store.
"""

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager


class SourceOnlyManager(AsyncLargeFileManager):
    """Jupyter's own manager of files, but outputs and widgets' state are never written."""

    async def save(self, model: dict[str, Any], path: str = "") -> Any:
        """Write a notebook's source; any failure to strip it keeps it from being written."""
        if model.get("type") == "notebook":
            strip(model["content"])
        return await super().save(model, path)  # type: ignore[no-untyped-call]


def strip(notebook: dict[str, Any]) -> None:
    """Take outputs, pasted pictures and widgets' state out of a notebook."""
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        cell.pop("attachments", None)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
