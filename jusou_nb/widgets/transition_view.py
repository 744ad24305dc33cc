"""移行の一覧 of a case: each fact heard without consent, and what its holder says of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.dates import wareki
from jusou_nb.errors import Invalid
from jusou_nb.forms import Case, CaseNote, Decision, DirectionRow, Provenance
from jusou_nb.forms.provenance import Release
from jusou_nb.problems import Override, Problem, Strength
from jusou_nb.store import Store, history
from jusou_nb.store.history import Setting
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.listing import Cell
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.session import Page, Session, heading, key_under, names_of, paragraph, row
from jusou_nb.widgets.ticking import TickTable

TRANSITION = "transition"
"""What a page is asked for, to show this."""
FACT = "fact"
"""What the draft of a fact that is put right is named by."""
HEADINGS = (
    "番",
    "事実",
    "知った場（いつ・だれが）",
    "情報を持つ機関",
    "種類",
    "区分",
    "扱い",
    "理由",
)
_ANSWER = frozenset({"release", "reason"})
_FACT = frozenset({"fact", "sort", "category", "held_by"})
_ABOUT = (
    "同意のいらない会議で聞いたことは、ここで「出す」「本人から再聴取済」となったものだけが、"
    "同意で開く会議の資料に載ります。情報を持つ機関に聞き、選んでまとめて記録してください。"
)


class TransitionView(Page):
    """The facts of a case, ticked and answered in bulk with one reason."""

    def __init__(
        self,
        session: Session,
        case: Case,
        done: Done = lambda _facts: None,
        *,
        titled: bool = True,
    ) -> None:
        """Make the list, or bring it up to date, and show it, under its title or another's."""
        super().__init__(session)
        self.case, self._done = case, done
        self.said, self.sheet = Banner(), ipywidgets.VBox()
        self.facts: Mapping[int, Provenance] = {}
        self.table = TickTable(
            "聞いたことと、その扱い",
            HEADINGS,
            empty="同意のいらない会議で聞いたことの記録はありません。",
        )
        self.mend = row(button("選んだ1件の内容を直す", self.open_fact))
        self.turn(
            *([heading("移行の一覧", 3)] if titled else []), paragraph(_ABOUT),
            self.said, self.table, self.mend, self.sheet,
        )  # fmt: skip
        self.refresh()

    def refresh(self) -> None:
        """List the facts as they stand now, under the sheet for their answers."""
        found = casework.transition_list(self.session.store, self.case)
        self.facts = {fact.id or 0: fact for fact in found}
        lines = [self._cells(place, fact) for place, fact in enumerate(found, 1)]
        self.table.fill(list(zip(self.facts, lines, strict=True)))
        self.mend.layout.display = "" if found else "none"
        self._open(self._answers() if found else None)

    def focus(self) -> None:
        """Bring the list into view."""
        self.table.focus()

    def open_sheet(self, _name: str) -> None:
        """Go on with the sheet of a fact that was left."""
        self.open_fact()

    def open_fact(self) -> None:
        """Open one fact: shorten it, name its sort, category and holder."""
        if len(self.table.ticked) != 1:
            said = "直す事実を1件だけ選んでください。"
            self.said.show(MessageKind.INFORMATION, said, focus=True)
            return
        (fact_id,) = self.table.ticked
        entry = _fact_entry(self.session, self.facts[fact_id], self._mended)
        self._open(entry)
        entry.focus()

    def _mended(self, _fact: Any) -> None:
        self.refresh()
        self.said.show(MessageKind.SUCCESS, "内容を直しました。", focus=True)

    def _open(self, part: Any) -> None:
        put_away(*self.sheet.children)
        self.sheet.children = (part,) if part else ()

    def _answers(self) -> Entry:
        sheet = Sheet(
            form=Provenance,
            key=key_under(self.case.id),
            title="選んだ事実の扱い",
            without=names_of(Provenance) - _ANSWER,
        )
        return Entry(
            self.session,
            {"answer": sheet},
            lambda records, allowed: self._answer(records["answer"], allowed),
            words="選んだ事実の返事を記録",
        )

    def _answer(self, said: Provenance, allowed: tuple[Override, ...]) -> None:
        if not self.table.ticked:
            raise Invalid([_none_ticked()])
        answers = dict.fromkeys(sorted(self.table.ticked), said.release or Release.OPEN)
        facts = casework.answer_provenance(
            self.session.store,
            answers,
            reason=said.reason or "",
            on=self.session.today,
            overrides=allowed,
        )
        self.table.clear()
        self.refresh()
        left = sum(fact.release is Release.OPEN for fact in self.facts.values())
        rest = f"未回答は{left}件です。" if left else "未回答はありません。"
        words = f"{len(facts)}件の返事を記録しました。{rest}"
        self.said.show(MessageKind.SUCCESS, words, focus=True)
        self._done(facts)

    def _cells(self, place: int, fact: Provenance) -> list[Cell]:
        store = self.session.store
        names = store.lexicon().refs["agencies"]
        basis = store.profile.basis(fact.heard_on_basis).label if fact.heard_on_basis else ""
        release = fact.release or Release.OPEN
        tone = "strong" if release is Release.OPEN else "plain"
        return [
            Cell(str(place), sort=f"{place:04}"),
            Cell(fact.fact or ""),
            Cell(f"{basis}（{set_by_words(self.session, fact)}）"),
            Cell(names.get(fact.held_by or 0, ""))
            if fact.held_by
            else Cell("未記入", chip="plain"),
            Cell(fact.sort.label if fact.sort else ""),
            Cell(fact.category.label) if fact.category else Cell("未記入", chip="plain"),
            Cell(release.label, chip="good" if release.may_be_printed else tone),
            Cell(fact.reason or ""),
        ]


def _fact_entry(session: Session, fact: Provenance, done: Done) -> Entry:
    sheet = Sheet(
        form=Provenance,
        key=f"{FACT}-{fact.id}",
        record=fact,
        title="事実の内容",
        without=names_of(Provenance) - _FACT,
    )
    return Entry(
        session,
        {"fact": sheet},
        lambda records, _allowed: done(session.store.save(records["fact"])),
        words="直した内容を登録",
    )


def set_by_words(session: Session, fact: Provenance) -> str:
    """Say who wrote a fact down and when, from the change that set it."""
    found = _set_by(session.store, fact)
    if found is None:
        return ""
    return f"{wareki(datetime.fromisoformat(found.at).date())}　{found.worker}"


def _set_by(store: Store, fact: Provenance) -> Setting | None:
    if fact.change_seq is not None:
        return history.change(store, fact.change_seq)
    for form, record_id, box in (
        (CaseNote, fact.case_note_id, "content"),
        (Decision, fact.decision_id, "what"),
        (DirectionRow, fact.direction_id, "what"),
        (Provenance, fact.id, "fact"),
    ):
        if record_id is not None:
            return history.set_by(store, form, record_id).get(box)
    return None


def _none_ticked() -> Problem:
    return Problem(
        rule="provenance.none_ticked",
        message="事実が選ばれていません。",
        remedy="上の表で、同じ返事の事実を選んでください。",
        strength=Strength.FORBIDDEN,
    )
