"""One opening of a sheet: its token, the drafts of its forms, and the courier that keeps them."""

import secrets
from collections.abc import Mapping
from typing import Any

from jusou_nb.fields import Form
from jusou_nb.store import drafts
from jusou_nb.store.drafts import Draft
from jusou_nb.widgets.courier import Courier
from jusou_nb.widgets.drafts import DraftKeeper
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.session import Session


class Opening:
    """The drafts of a sheet from its opening to its 登録.

    Args:
        session: The desk's session.
        places: Form and key of each form of the sheet, by the form's name in it.

    Attributes:
        token: What tells it from every other opening of the same forms.
        keepers: What finds and drops the draft of each form.
        courier: What the browser keeps the letters with.
    """

    def __init__(self, session: Session, places: Mapping[str, tuple[type[Form], str]]) -> None:
        """Begin an opening; nothing is written yet."""
        self._session, self.token = session, secrets.token_hex(8)
        self.keepers: dict[str, DraftKeeper] = {
            name: session.keeper(form, key, self.token) for name, (form, key) in places.items()
        }
        self._forms: Mapping[str, FormView] = {}
        path = session.store.path
        self.courier = Courier(store=str(path.absolute()) if path else "", opening=self.token)
        self.courier.observe(self._hear, ["served", "opening"])

    def follow(self, forms: Mapping[str, FormView]) -> None:
        """Carry what is typed in these forms from now on."""
        self._forms = forms
        for view in forms.values():
            view.on_redrawn(lambda: self.courier.follow(forms))
            view.observe(lambda change: self._say(change["new"]), "draft_status")
        self.courier.follow(forms)

    def resume(self) -> dict[str, Draft]:
        """Take over what was left in these forms: the draft asked for, else the latest."""
        store, places = self._session.store, {k.place: n for n, k in self.keepers.items()}
        left = [d for d in drafts.every(store) if (d.form, d.key) in places]
        if not left:
            return {}
        wanted = [d for d in left if d.opening == self._session.resuming]
        opening = (wanted or left)[0].opening
        found = {places[d.form, d.key]: d for d in left if d.opening == opening}
        drafts.take_over(store, [(d.form, d.key) for d in found.values()], opening, self.token)
        return found

    def drop(self) -> None:
        """Forget the drafts; whatever is typed afterwards is of another opening."""
        for keeper in self.keepers.values():
            keeper.drop()
        self._go_on_as(secrets.token_hex(8))
        # Where the sheet was closed with its 登録 there is nothing left to follow.
        if self.courier.comm is not None:
            self.courier.follow(self._forms)
            self.courier.settle(self.token)

    def _go_on_as(self, token: str) -> None:
        self.token = token
        for keeper in self.keepers.values():
            keeper.opening = token

    def _hear(self, _change: Any) -> None:
        """The browser keeps the letters itself, or has begun another opening."""
        self._go_on_as(self.courier.opening)
        for keeper in self.keepers.values():
            keeper.writes = not self.courier.served

    def _say(self, words: str) -> None:
        self.courier.said = words
