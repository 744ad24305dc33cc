"""What a worker sees in JupyterLab: forms, and the desk on which they lie."""

from jusou_nb.widgets.desk import desk

__all__ = ["desk"]
