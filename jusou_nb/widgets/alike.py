"""前に受けた人かもしれません: told while a sheet is typed; the worker says who it is."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import anywidget
import ipywidgets
import traitlets

from jusou_nb import casework
from jusou_nb.casework.again import household_again, like
from jusou_nb.casework.intakes import Received
from jusou_nb.errors import JusouError, NotFound
from jusou_nb.forms import Household, Person
from jusou_nb.problems import Override
from jusou_nb.rules.joining import Take
from jusou_nb.store import known, queries
from jusou_nb.widgets.box_choices import BoxChoices, rows_of
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.parts import esm
from jusou_nb.widgets.session import Session

COMPARED = ("name", "kana", "birth", "address", "telephone")
_WORDS = {Take.KEPT: "前の記録", Take.GONE: "今回の内容", Take.BOTH: "両方"}
_HEADINGS = ("欄", "前の記録", "今回の内容", "登録する内容")


class Hint(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """Follows the boxes in the browser, asks the server, and shows who may be known.

    Attributes:
        store: The store's path; empty where there is none to name.
        people: Of each row of the household the models of the boxes that are compared.
        apart: Ids of persons who are somebody else.
        chosen: Whether the worker said who it is; then nothing is asked.
        served: Said by the browser: a server answers.
        found: What the kernel found, while no server does.
        more: How many more there are.
    """

    _esm = esm("server.js", "alike.js")

    store = traitlets.Unicode().tag(sync=True)
    people = traitlets.List(traitlets.Dict()).tag(sync=True)
    apart = traitlets.List(traitlets.Int()).tag(sync=True)
    chosen = traitlets.Bool(default_value=False).tag(sync=True)
    served = traitlets.Bool(default_value=False).tag(sync=True)
    found = traitlets.List(traitlets.Dict()).tag(sync=True)
    more = traitlets.Int(0).tag(sync=True)


class KnownAlready(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """Stands below the household of a new sheet, and stays in sight while it asks.

    Attributes:
        person: Whom the worker said it is, by id; None while it is somebody new.
    """

    def __init__(self, session: Session) -> None:
        """Start with nobody found."""
        self.session, self.person = session, 0
        self._takes: dict[str, Take] = {}
        self._view: FormView | None = None
        path = session.store.path
        self.hint = Hint(store=str(path.absolute()) if path else "")
        self.hint.on_msg(self._heard)
        self.banner = Banner()
        self.choices = BoxChoices("前の記録と違うところ", _HEADINGS, self.take)
        self.choices.fill([])
        super().__init__([self.hint, self.banner, self.choices])
        self.add_class("jusou-known")

    def watch(self, view: FormView) -> None:
        """Follow the household that is typed in a form."""
        self._view = view
        view.on_change(self.look)
        self.look()

    def look(self) -> None:
        """Name the boxes as they are drawn now; without a server, look for the people too."""
        if self._view is None:
            return
        typed = self._typed()
        rows = [row["boxes"] or {} for row in self._view.plan()["rows"]["members"]]
        self.hint.people = [{n: row[n][0] for n in COMPARED if n in row} for row in rows]
        if self.person:
            self._compare()
        elif not self.hint.served:
            people = [_texts(person) for person in typed.members]
            told = known.hints(self.session.store, people, set(self.hint.apart))
            self.hint.found, self.hint.more = told["found"], told["more"]

    def same(self, person_id: int) -> None:
        """同じ人です: the consultation becomes one of that person's household."""
        try:
            home = queries.household_of(self.session.store, person_id)
        except NotFound as fault:
            self.banner.fail(fault)
            return
        self.person, self.hint.chosen = person_id, True
        name = queries.person(home, person_id).name or "氏名不明"
        said = f"「{name}」の世帯の相談として登録します。"
        lines = ["空の欄は今回の内容で埋まります。違う欄は、前の記録が残ります（下で選べます）。"]
        again = [("やめて、別の人として登録する", self.anew)]
        self.banner.show(MessageKind.INFORMATION, said, lines, again, focus=True)
        self._compare()

    def anew(self) -> None:
        """Take back that it is somebody known."""
        self.person, self._takes = 0, {}
        self.hint.chosen = False
        self.banner.clear()
        self.choices.fill([])
        self.look()

    def apart(self, person_id: int) -> None:
        """別の人です: remembered with the sheet, and not asked again."""
        self.hint.apart = [*self.hint.apart, person_id]
        self.look()

    def take(self, key: str, code: str) -> None:
        """Choose what a box becomes."""
        self._takes[key] = Take.of(code)
        self._compare()

    def receive(self, records: Mapping[str, Any], allowed: tuple[Override, ...]) -> Received:
        """Receive the sheet as of whom the worker said it is."""
        store = self.session.store
        with store.transaction():
            if self.person:
                typed = records["household"]
                again = household_again(store, self.person, typed, takes=self._takes)
                given = {**records, "household": again.household, "client": again.client}
                received = casework.receive_intake(store, **given, overrides=allowed)
            else:
                received = casework.receive_intake(store, **records, overrides=allowed)
            self._remember(received.household)
        return received

    def _remember(self, household: Household) -> None:
        for other in self.hint.apart:
            try:
                home = queries.household_of(self.session.store, other)
            except NotFound:
                continue
            known_one = queries.person(home, other)
            place = like(self.session.store, household.members, known_one)
            one = household.members[place].id or 0
            if home.id != household.id:
                casework.tell_apart(self.session.store, one, other)

    def _typed(self) -> Household:
        stands: Any = self._view.as_it_stands() if self._view else Household()
        return stands if isinstance(stands, Household) else Household()

    def _compare(self) -> None:
        typed = self._typed()
        if not typed.members:
            self.choices.fill([])
            return
        try:
            again = household_again(self.session.store, self.person, typed, takes=self._takes)
        except JusouError as fault:
            self.banner.fail(fault)
            return
        self.choices.fill(rows_of(_differing(again.choices), _WORDS))

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        acts: dict[str, Callable[[int], None]] = {"same": self.same, "apart": self.apart}
        for word, act in acts.items():
            if isinstance(content, dict) and isinstance(content.get(word), int):
                act(content[word])


def _differing(choices: Any) -> list[Any]:
    """Leave out what is only filled or only kept: nobody has to look at that."""
    return [one for one in choices if one.kept and one.gone and one.options]


def _texts(person: Person) -> dict[str, str]:
    said = asdict(person)
    birth = person.birth.iso() if person.birth else ""
    return {**{name: said[name] or "" for name in COMPARED}, "birth": birth}
