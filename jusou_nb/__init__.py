"""A casework notebook for 重層的支援体制整備事業 (社会福祉法 106条の4〜6)."""

from jusou_nb.store import Store, open_store

__all__ = ["Store", "open_store"]
__version__ = "0.1.0"
