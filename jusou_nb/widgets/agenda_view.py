"""案件に載せる, on which basis."""

from collections.abc import Callable, Sequence
from typing import Any

from jusou_nb import casework
from jusou_nb.casework.agenda import Placed
from jusou_nb.forms import AgendaItem, Case, Conference, Consent
from jusou_nb.problems import Override, Problem
from jusou_nb.profile import Basis
from jusou_nb.store import queries
from jusou_nb.widgets import entries
from jusou_nb.widgets.case_picker import CasePicker
from jusou_nb.widgets.entry import Entry, Records, Sheet
from jusou_nb.widgets.messages import Action, MessageKind
from jusou_nb.widgets.session import Page, Session, key_under, names_of

_ASKED = frozenset({"basis", "kind", "question"})
_NOT_ASKED = names_of(AgendaItem) - _ASKED


class PlacingView(Page):
    """Chooses a case, then asks basis and question; offers the ways out of a refusal."""

    def __init__(
        self,
        session: Session,
        sitting: Conference,
        done: Callable[[Placed], None],
        open_item: Callable[[int], None],
    ) -> None:
        """Offer the cases to choose from."""
        super().__init__(session)
        self.sitting, self._done, self._open_item = sitting, done, open_item
        self.case: Case | None = None
        self.entry: Entry | None = None
        self.picker = CasePicker(session, self.choose)
        self.turn(self.picker)

    def choose(self, case_id: int) -> None:
        """Take a case and ask the rest."""
        store = self.session.store
        self.case = store.load(Case, case_id)
        self.client = queries.person(
            queries.household_of(store, self.case.client_id or 0), self.case.client_id
        )
        sheet = Sheet(
            form=AgendaItem,
            key=f"{key_under(self.sitting.id)}-{case_id}",
            title=f"{self.client.name}さんを案件に載せる",
            without=_NOT_ASKED,
        )
        self.entry = Entry(
            self.session, {"item": sheet}, self._register, words="案件に載せる", ways=self._ways
        )
        self.turn(self.entry)

    def _register(self, records: Records, allowed: tuple[Override, ...]) -> None:
        case = self.session.store.load(Case, self.case.id or 0) if self.case else Case()
        placed = casework.put_on_agenda(
            self.session.store, self.sitting, case, records["item"], overrides=allowed
        )
        self._done(placed)

    def _ways(self, problems: Sequence[Problem]) -> Sequence[Action]:
        rules = {problem.rule for problem in problems}
        ways: list[Action] = []
        if "consent.none" in rules:
            ways += [self._on_open_basis(b.code, b.label) for b in self._open_bases()]
            ways.append(("同意を記録する", self._ask_consent))
        if "conference.twice" in rules:
            ways.append(("その案件を開く", self._open_same))
        return ways

    def _open_bases(self) -> list[Basis]:
        profile = self.session.store.profile
        codes = profile.body(self.sitting.body or "").bases
        found = [profile.basis(code) for code in codes]
        return [basis for basis in found if not basis.requires_consent and not basis.anonymous]

    def _on_open_basis(self, code: str, label: str) -> Action:
        def place() -> None:
            if self.entry is not None:
                view = self.entry.forms["item"]
                view.restore({**view.boxes(), "basis": [code]})
                self.entry.press()

        return f"「{label}」の案件として載せる", place

    def _ask_consent(self) -> None:
        if self.entry is None:
            return
        gate = self.entry.gate
        asked = entries.consent_entry(self.session, self.client, self._consented)
        gate.aside.children = (asked,)
        asked.focus()

    def _consented(self, _consent: Consent) -> None:
        if self.entry is not None:
            self.entry.gate.clear()
            said = "同意を記録しました。もう一度「案件に載せる」を押してください。"
            self.entry.gate.banner.show(MessageKind.SUCCESS, said, focus=True)

    def _open_same(self) -> None:
        asked: Any = self.entry.forms["item"].as_it_stands() if self.entry else AgendaItem()
        for item in queries.items_of(self.session.store, self.sitting.id or 0):
            if (item.client_id, item.basis) == (self.client.id, asked.basis):
                self._open_item(item.id or 0)
                return
