"""An item: whom it calls, its 事前シート, who sat there, what was decided, 事後承認."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.dates import wareki
from jusou_nb.fields import Form, Ref, Stage, item
from jusou_nb.forms import AgendaItem, Agreement, ItemAttendance
from jusou_nb.forms.conference import AgendaKind, AgreementAnswer, Presence
from jusou_nb.problems import Override
from jusou_nb.rules.attendance import AWAY
from jusou_nb.store import queries
from jusou_nb.widgets import entries
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.gate import Gate
from jusou_nb.widgets.messages import MessageKind, button, problem_lines
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.session import Session, chips, heading, paragraph, row
from jusou_nb.widgets.sheets_view import SheetsView
from jusou_nb.widgets.slip_panel import paper_panels


@dataclass(frozen=True, kw_only=True)
class Calling(Form):
    """Which agencies are called to one item."""

    agencies: tuple[Ref, ...] | None = item(
        "この案件に呼ぶ機関", scope=NOT_PERSONAL, ref="agencies", required_at=Stage.DRAFT
    )


class ItemView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """One item of a sitting, from its preparation to its result."""

    def __init__(self, session: Session, item_id: int, done: Callable[[AgendaItem], None]) -> None:
        """Open an item; ``done`` gets it once its result is registered."""
        self.session = session
        self.item = session.store.load(AgendaItem, item_id)
        self.sitting = queries.conference(session.store, self.item.conference_id or 0)
        self.entry = entries.result_entry(session, self.item, done)
        self.sheets = SheetsView(session, self.item)
        self.gate, self.aside, self.head = Gate(session), ipywidgets.VBox(), ipywidgets.VBox()
        super().__init__(
            [
                self.head,
                self.gate,
                self.aside,
                self.sheets,
                heading("案件と結果", 3),
                paragraph("出欠と了承は、呼んだ機関を並べてから、違うところだけ直せます。"),
                row(
                    button("出欠に、呼んだ機関を並べる", self.line_up),
                    button("了承に、出席した機関を並べる", self.line_up_agreements),
                ),
                self.entry,
                *paper_panels(session, AgendaItem.table, item_id),
            ]
        )
        self._draw_head()

    def call(self) -> None:
        """この案件に呼ぶ機関: as proposed, or as corrected."""
        proposed = self.item.called or casework.members_to_call(self.session.store, self.item)
        self.calling = FormView(
            Calling,
            self.session.store.lexicon(),
            record=Calling(agencies=proposed or None),
            today=self.session.today,
            title="",
        )
        go = row(button("この機関を呼ぶ", self._press_call), button("やめる", self._close))
        self._close()
        self.aside.children = (self.calling, go)
        self.calling.summary.focus()

    def approve(self) -> None:
        """事後承認: the sitting approves what was done before it met."""
        on = self.sitting.held_on or self.session.today

        def step(allowed: tuple[Override, ...]) -> None:
            self._take(
                casework.approve_after(self.session.store, self.item, on=on, overrides=allowed)
            )
            self.gate.banner.show(MessageKind.SUCCESS, f"{wareki(on)}の事後承認を記録しました。")

        self.gate.attempt(step)

    def line_up(self) -> None:
        """Put those that were called into 出欠, as present; who is there already stays."""
        there = self._form().attendances
        known = {line.agency for line in there}
        called = casework.members_to_call(self.session.store, self.item)
        new = [
            ItemAttendance(agency=agency, presence=Presence.PRESENT)
            for agency in called
            if agency not in known
        ]
        self._fill("attendances", (*there, *new))

    def line_up_agreements(self) -> None:
        """Put the agencies that sat there into 各機関の了承, as agreeing."""
        stands = self._form()
        known = {line.agency for line in stands.agreements}
        sat = [line.agency for line in stands.attendances if line.presence not in AWAY]
        new = [
            Agreement(agency=agency, answer=AgreementAnswer.AGREED)
            for agency in dict.fromkeys(sat)
            if agency is not None and agency not in known
        ]
        if not (new or stands.agreements):
            said = "出席した機関がありません。先に「出欠に、呼んだ機関を並べる」を押してください。"
            self.gate.banner.show(MessageKind.WARNING, said)
            return
        self._fill("agreements", (*stands.agreements, *new))

    def _form(self) -> Any:
        return self.entry.forms["item"].as_it_stands()

    def _fill(self, name: str, records: tuple[Form, ...]) -> None:
        view = self.entry.forms["item"]
        view.put_rows(name, records)
        view.rows[name].add_button.focus()

    def _press_call(self) -> None:
        asked: Any = self.calling.as_it_stands()

        def step(allowed: tuple[Override, ...]) -> None:
            called = asked.agencies or ()
            placed = casework.call_to_item(self.session.store, self.item, called, overrides=allowed)
            self._take(placed.item)
            self._close()
            kind = MessageKind.WARNING if placed.remarks else MessageKind.SUCCESS
            said = f"この案件に呼ぶ機関を{len(called)}にしました。資料は作り直してください。"
            self.gate.banner.show(kind, said, problem_lines(placed.remarks))

        self.gate.attempt(step)

    def _take(self, saved: AgendaItem) -> None:
        """Go on with the item as it is saved now; what is being typed stays."""
        self.item = saved
        view = self.entry.forms["item"]
        stands: Any = view.as_it_stands()
        view.load(
            replace(
                stands,
                version=saved.version,
                called=saved.called,
                approved_after_on=saved.approved_after_on,
                outcome=stands.outcome or saved.outcome,
            )
        )
        self._draw_head()

    def _close(self) -> None:
        put_away(*self.aside.children)
        self.aside.children = ()

    def _draw_head(self) -> None:
        item, store = self.item, self.session.store
        household = queries.household_of(store, item.client_id or 0)
        name = queries.person(household, item.client_id).name or ""
        basis = store.profile.basis(item.basis or "").label
        kind = item.kind.label if item.kind else ""
        after = item.kind is AgendaKind.AFTER_THE_FACT
        waits = "事後承認待ち" if after and item.approved_after_on is None else ""
        approved = f"事後承認 {wareki(item.approved_after_on)}" if item.approved_after_on else ""
        names = store.lexicon().refs["agencies"]
        called = "、".join(names.get(a, "") for a in item.called or ()) or "会議に呼ぶ機関すべて"
        acts = [button("この案件に呼ぶ機関を決める", self.call)]
        if waits:
            acts.append(button("事後承認を記録", self.approve))
        self.head.children = (
            heading(f"{item.place_in_order}番　{name}", 3),
            chips((basis, "plain"), (kind, "plain"), (waits, "strong"), (approved, "good")),
            paragraph(f"呼ぶ機関: {called}"),
            row(*acts),
        )
