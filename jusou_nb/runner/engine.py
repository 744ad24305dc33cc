"""A papermill engine that forks instead of starting a kernel: ``papermill --engine jusou``.

A kernel's start and stop take most of a packet's time. Here each notebook runs in a forked
child of this process, which has its modules loaded; messages are handed to the same client
class that stock papermill uses, so outputs, errors and metadata come out the same.

Papermill is imported inside the functions: it loads this module while it is itself loading.
"""

import sys
from typing import Any

from jusou_nb.runner import fork


class ForkEngine:
    """What papermill asks of an engine; falls back to its own where a fork is not safe."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook under papermill's management and give it back."""
        from papermill.engines import Engine  # noqa: PLC0415

        _leave_out_the_monitor()
        return Engine.execute_notebook.__func__(cls, nb, kernel_name, **options)

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run the cells; errors are written into the notebook, where papermill finds them."""
        from papermill.engines import NBClientEngine  # noqa: PLC0415
        from papermill.log import logger  # noqa: PLC0415

        reason = "the notebook is not Python" if not _is_python(nb_man.nb) else fork.unfit()
        if reason:
            logger.info(f"Engine jusou: stock kernel, because {reason}")
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
            return
        _Run(nb_man, kernel_name, options).all_cells()

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> Any:
        """Name the kernel that the notebook asks for."""
        from papermill.utils import nb_kernel_name  # noqa: PLC0415

        return nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> Any:
        """Name the notebook's language."""
        from papermill.utils import nb_language  # noqa: PLC0415

        return nb_language(nb, language)


def _is_python(nb: Any) -> bool:
    return bool(nb.metadata.get("kernelspec", {}).get("language", "python") == "python")


def _leave_out_the_monitor() -> None:
    """Keep papermill's progress bar from starting its watching thread."""
    from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415

    if tqdm.monitor is None:
        tqdm.monitor_interval = 0


class _Run:
    """One notebook: the cells in order, each message to papermill's client."""

    # papermill loads this module while it is itself loading, hence the imports inside.

    def __init__(self, nb_man: Any, kernel_name: str, options: dict[str, Any]) -> None:
        from papermill.clientwrap import PapermillNotebookClient  # noqa: PLC0415
        from papermill.log import logger  # noqa: PLC0415

        self.nb_man, self.nb = nb_man, nb_man.nb
        self.timeout = options.get("execution_timeout") or options.get("timeout")
        left_out = {"input_path", "timeout", "startup_timeout", "start_timeout"}
        passed = {k: v for k, v in options.items() if k not in left_out | {"execution_timeout"}}
        self.client = PapermillNotebookClient(
            nb_man, kernel_name=kernel_name, log=logger, record_timing=False, **passed
        )

    def all_cells(self) -> None:
        """Run until the end or the first failure."""
        self.client.reset_execution_trackers()
        with fork.Child() as child:
            for index, cell in enumerate(self.nb.cells):
                self.nb_man.cell_start(cell, index)
                failed = _runs(cell) and not self._succeeds(child, cell, index)
                if failed:
                    self.nb_man.cell_exception(cell, cell_index=index)
                self.nb_man.cell_complete(cell, cell_index=index)
                if failed:
                    break
        self.nb.metadata["language_info"] = _language()

    def _succeeds(self, child: fork.Child, cell: Any, index: int) -> bool:
        cell.outputs = []
        self.client.clear_before_next_output = False
        try:
            for said in child.run(cell.source, self.timeout):
                if said["msg_type"] == "finished":
                    ok = said["content"]["status"] == "ok"
                    return ok or "raises-exception" in cell.metadata.get("tags", [])
                self.client.process_message(said, cell, index)
        except fork.ChildSlowError:
            self._note(cell, index, "CellTimeoutError", f"longer than {self.timeout} seconds")
        except fork.ChildLostError as fault:
            self._note(cell, index, "DeadKernelError", str(fault))
        return False

    def _note(self, cell: Any, index: int, name: str, text: str) -> None:
        """Write down as the cell's output what no cell can say any more."""
        from jusou_nb.runner.shell import message  # noqa: PLC0415 - brings IPython

        content = {"ename": name, "evalue": text, "traceback": [f"{name}: {text}"]}
        self.client.process_message(message("error", content), cell, index)


def _runs(cell: Any) -> bool:
    skipped = "skip-execution" in cell.metadata.get("tags", [])
    return cell.cell_type == "code" and bool(cell.source.strip()) and not skipped


def _language() -> dict[str, Any]:
    """Say what a kernel says of its language, for highlighters."""
    return {
        "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": sys.version.split()[0],
    }
