"""呼ぶ機関: those that the roster proposes, to be confirmed or corrected."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ipywidgets

from jusou_nb.casework import agenda
from jusou_nb.fields import Ref
from jusou_nb.forms import Conference
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.messages import button
from jusou_nb.widgets.session import Session, heading, names_of, paragraph, row

Confirm = Callable[[tuple[Ref, ...]], None]
_OTHERS = names_of(Conference) - {"called"}


def called_parts(session: Session, sitting: Conference, confirm: Confirm) -> list[Any]:
    """Say whom a sitting calls; where nobody is called yet, propose the roster."""
    names = session.store.lexicon().refs["agencies"]
    if sitting.called:
        said = "、".join(names.get(agency, "") for agency in sitting.called)
        return [heading("呼ぶ機関", 3), paragraph(said)]
    return [heading("呼ぶ機関", 3), RosterBox(session, sitting, confirm)]


class RosterBox(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The agencies that the roster proposes, to be confirmed or corrected."""

    def __init__(self, session: Session, sitting: Conference, confirm: Confirm) -> None:
        """Tick whom the roster proposes."""
        self._confirm = confirm
        proposed = agenda.roster(session.store, sitting)
        self.form = FormView(
            Conference,
            session.store.lexicon(),
            record=replace(sitting, called=proposed),
            today=session.today,
            title="",
            without=_OTHERS,
        )
        said = "会議体の名簿から選んであります。確かめて確定すると、この機関ごとに資料を作ります。"
        super().__init__(
            [
                paragraph(said),
                self.form,
                row(button("名簿で確定", self.press, filled=True)),
            ]
        )
        self.add_class("jusou-roster")

    def press(self) -> None:
        """Confirm those that are ticked."""
        ticked: Any = self.form.as_it_stands()
        self._confirm(ticked.called or ())
