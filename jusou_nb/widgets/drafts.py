"""Keeps what is being typed in the store, so that a killed kernel loses no sentence.

Where JupyterLab's server is ours, the browser puts the letters there (:mod:`.courier`) and
the keeper only finds and drops them. Elsewhere the kernel keeps them itself.
"""

from typing import Any

from jusou_nb.store import Store, drafts
from jusou_nb.store.drafts import Draft


class DraftKeeper:
    """The draft of one form of this worker, in one opening of it.

    Args:
        store: The open store.
        form_name: Which form, such as its table.
        key: Tells drafts of one form apart, such as the id of the record being changed.
        opening: The token of the sheet that is open; "" where one is enough.

    Attributes:
        place: Form and key.
        writes: Whether the kernel keeps the letters; not where the browser does it.
    """

    def __init__(self, store: Store, form_name: str, key: str = "new", opening: str = "") -> None:
        """Keep the draft of this form and record."""
        self._store, self.place, self.opening = store, (form_name, key), opening
        self.writes = True

    def put(self, boxes: dict[str, Any], base: dict[str, Any] | None = None) -> str:
        """Keep what stands in the form now; give the clock time to show, such as 10:32:05."""
        kept = drafts.put(self._store, *self.place, boxes, self.opening, base=base)
        return (kept or "")[11:19]

    def get(self) -> Draft | None:
        """Give what was left, with the time it was kept, or None."""
        return drafts.get(self._store, *self.place, self.opening)

    def drop(self) -> None:
        """Forget it: it was registered, or thrown away."""
        drafts.drop(self._store, *self.place, self.opening)
