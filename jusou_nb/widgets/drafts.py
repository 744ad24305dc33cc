"""Keeps what is being typed in the store, so that a killed kernel loses no sentence."""

from typing import Any

from jusou_nb.store import Store, drafts
from jusou_nb.store.drafts import Draft


class DraftKeeper:
    """The draft of one form of this worker.

    Args:
        store: The open store.
        form_name: Which form, such as its table.
        key: Tells drafts of one form apart, such as the id of the record being changed.
    """

    def __init__(self, store: Store, form_name: str, key: str = "new") -> None:
        """Keep the draft of this form and record."""
        self._store, self._place = store, (form_name, key)

    def put(self, boxes: dict[str, Any]) -> str:
        """Keep what stands in the form now; give the clock time to show, such as 10:32:05."""
        return drafts.put(self._store, *self._place, boxes)[11:19]

    def get(self) -> Draft | None:
        """Give what was left, with the time it was kept, or None."""
        return drafts.get(self._store, *self._place)

    def drop(self) -> None:
        """Forget it: it was registered, or thrown away."""
        drafts.drop(self._store, *self._place)
