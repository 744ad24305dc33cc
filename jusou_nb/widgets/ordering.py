"""案件の順: moved by the keyboard or by buttons, and kept as soon as the moving rests."""

from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import traitlets

from jusou_nb.casework import agenda
from jusou_nb.errors import JusouError
from jusou_nb.forms import AgendaItem, Conference
from jusou_nb.store import queries, sittings
from jusou_nb.widgets.messages import Banner, MessageKind, problem_lines
from jusou_nb.widgets.parts import esm
from jusou_nb.widgets.session import Page, Session, paragraph

ORDER = "order"
_TOLD = "「上へ」「下へ」か、Altを押しながら↑↓で動かします。動かすと、その順で登録されます。"


class Order(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """The list; ``items`` are id, title and chips, ``numbers`` what they share in order."""

    _esm = esm("dom.js", "ordering.js")
    label = traitlets.Unicode("案件の順").tag(sync=True)
    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    numbers = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(self, keep: Callable[[list[int]], None]) -> None:
        """Take what keeps an order of ids."""
        super().__init__()
        self._keep = keep
        self.on_msg(self._heard)

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and isinstance(content.get("order"), list):
            self._keep([int(item_id) for item_id in content["order"]])


class OrderView(Page):
    """The items of a sitting in their order, topics among them."""

    def __init__(self, session: Session, sitting: Conference) -> None:
        """Lay out the order as it stands; where it may not be changed, say why."""
        super().__init__(session)
        self.sitting = sitting
        self.banner = Banner()
        self.order = Order(self.keep)
        problems = agenda.order_problems(session.store, sitting)
        if problems:
            lines = problem_lines(problems)
            self.banner.show(MessageKind.WARNING, "案件の順を変える前に読んでください。", lines)
        self._fill()
        self.turn(paragraph(_TOLD), self.banner, self.order)

    def keep(self, item_ids: Sequence[int]) -> None:
        """Keep this order; where it may not be, the list goes back to how it stands."""
        try:
            remarks = agenda.reorder(self.session.store, self.sitting, item_ids)
        except JusouError as fault:
            self.banner.fail(fault)
            self._fill()
            return
        lines = problem_lines(remarks)
        kind = MessageKind.INFORMATION if lines else MessageKind.SUCCESS
        self.banner.show(kind, "この順で登録しました。", lines)

    def _fill(self) -> None:
        store, of = self.session.store, self.sitting.id or 0
        found = [*queries.items_of(store, of), *sittings.topics_of(store, of)]
        found.sort(key=lambda item: item.place_in_order or 0)
        self.order.numbers = [item.place_in_order or 0 for item in found]
        # Set anew even where it is the same: the page shows an order that was not kept.
        self.order.items = []
        self.order.items = [self._line(item) for item in found]

    def _line(self, item: AgendaItem) -> dict[str, Any]:
        store = self.session.store
        basis = store.profile.basis(item.basis or "").label
        kind = [item.kind.label] if item.kind else []
        if item.case_id is None:
            return {"id": item.id, "title": item.topic or "", "chips": [basis]}
        household = queries.household_of(store, item.client_id or 0)
        name = queries.person(household, item.client_id).name or ""
        return {"id": item.id, "title": name, "chips": [basis, *kind]}
