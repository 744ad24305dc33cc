"""電話メモ on the desk: written at once, settled later in one of three ways."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import ipywidgets

from jusou_nb import casework, values
from jusou_nb.addresses import MEMO
from jusou_nb.choices import OFFICE
from jusou_nb.errors import JusouError
from jusou_nb.fields import Form, Stage, item, items
from jusou_nb.forms import Case, Household, Intake, PhoneMemo
from jusou_nb.problems import Override
from jusou_nb.widgets.chapters_community import FROM_IMPORTS
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.record_view import strike_entry
from jusou_nb.widgets.search import Found, SearchBox
from jusou_nb.widgets.session import NEW, Page, Session, heading, key_of, key_under, paragraph, row

OUTCOME = frozenset({"outcome", "outcome_on", "outcome_reason"})
RECEIVE, CLOSE, CORRECT, STRIKE = "receive", "close", "correct", "strike"


@dataclass(frozen=True, kw_only=True)
class MemoReason(Form, table="memo_reasons", title="電話メモの対応済み"):
    """Why a memo belongs to no case."""

    reason: str | None = item(
        "対応済みとする理由",
        scope=OFFICE,
        lines=2,
        required_at=Stage.DRAFT,
        help="折り返した、間違い電話だった、情報提供だけだったなど",
    )


class MemoEntry(Entry):
    """電話メモを書く: what was said is the only box that must be filled."""

    def __init__(self, session: Session, done: Done, memo: PhoneMemo | None = None) -> None:
        """Open a blank memo with the time of the call in it, or one that was kept."""
        new = PhoneMemo(called_at=session.now, taken_by=session.store.worker_name())
        key = key_of(memo.id) if memo else NEW
        sheet = Sheet(form=PhoneMemo, key=key, record=memo or new, without=OUTCOME)

        def register(records: Mapping[str, Any], _allowed: tuple[Override, ...]) -> None:
            kept = casework.take_call(session.store, records[MEMO])
            # Whoever is told lists what is left unfinished; this is not.
            self.throw_away()
            done(kept)

        super().__init__(session, {MEMO: sheet}, register)

    def focus(self) -> None:
        """Put the keyboard where one writes who has the receiver in the hand."""
        self.forms[MEMO].box_set.by_name["said"].focus()


class MemoView(Page):
    """One memo that was kept: what it says, and the ways to settle it."""

    def __init__(
        self, session: Session, memo_id: int, done: Callable[[str], None], act: str = ""
    ) -> None:
        """Show a memo; ``done`` hears what was done with it (NotFound when it is gone)."""
        super().__init__(session)
        self.memo = session.store.load(PhoneMemo, memo_id)
        self._done = done
        self.banner, self.sheet = Banner(), ipywidgets.VBox()
        self.search = SearchBox(
            session,
            self._ask,
            label="どのケースに付けますか",
            support="本人の氏名・フリガナ・番号・電話などで探して選ぶと、支援経過になります",
        )
        lexicon, boxes = session.store.lexicon(), items(PhoneMemo)
        lines = [
            f"{box.label}　{values.show(box, getattr(self.memo, box.name), lexicon)}"
            for box in boxes
            if getattr(self.memo, box.name) is not None
        ]
        settled = self.memo.outcome is not None
        ways = [] if settled else [self.search, self._ways()]
        told = [paragraph(line) for line in lines]
        self.turn(heading("電話メモ"), *told, self.banner, *ways, self.sheet)
        if act:
            self.open_sheet(act)

    def open_sheet(self, act: str) -> None:
        """Open one of the sheets: receive, close, correct, strike."""
        made = self._made(act)
        self.sheet.children = (made,)
        made.focus()

    def _ways(self) -> Any:
        ways = {
            RECEIVE: "相談として受け付ける",
            CLOSE: "対応済みにする",
            CORRECT: "メモを直す",
            STRIKE: "メモを取り消す",
        }
        return row(*(button(words, partial(self.open_sheet, act)) for act, words in ways.items()))

    def _made(self, act: str) -> Entry:
        if act == RECEIVE:
            return self._receive()
        if act == CLOSE:
            return self._close()
        if act == CORRECT:
            return MemoEntry(
                self.session, lambda _m: self._done("電話メモを直しました。"), self.memo
            )
        said = "電話メモを取り消しました。"
        return strike_entry(self.session, self.memo, "電話メモ", lambda _gone: self._done(said))

    def _ask(self, found: Found) -> None:
        """Ask once before the memo becomes a note: of whom, and where the case stands."""
        if found.get("case_id") is None:
            self.banner.show(
                MessageKind.WARNING,
                f"{found['title']}にはケースがありません。",
                ["「相談として受け付ける」か、先にケースを開いてください。"],
            )
            return
        case = self.session.store.load(Case, int(found["case_id"]))
        stands = "・".join(part for part in (found["detail"], found["status"]) if part)
        self.banner.show(
            MessageKind.INFORMATION,
            f"{found['title']}（{stands}）の支援経過にします。",
            actions=[
                ("このケースに付ける", lambda: self.attach(case)),
                ("やめる", self.banner.clear),
            ],
            focus=True,
        )

    def attach(self, case: Case) -> None:
        """Make the memo a 支援経過 of a case."""
        try:
            casework.attach_memo(self.session.store, self.memo, case, on=self.session.today)
        except JusouError as fault:
            self.banner.fail(fault)
            return
        self._done("電話メモを支援経過に付けました。")

    def _receive(self) -> Entry:
        known = casework.sheet_of_memo(self.memo, on=self.session.today)
        key = f"{MEMO}-{self.memo.id}"

        def register(records: Mapping[str, Any], allowed: tuple[Override, ...]) -> None:
            received = casework.receive_memo(
                self.session.store,
                self.memo,
                casework.MemoSheet(**records),
                on=self.session.today,
                overrides=allowed,
            )
            self._done(f"受付番号 {received.intake.number} で受け付けました。")

        intake = Sheet(form=Intake, key=key, record=known.intake, without=FROM_IMPORTS)
        home = Sheet(form=Household, key=key, record=known.household)
        return Entry(self.session, {"intake": intake, "household": home}, register)

    def _close(self) -> Entry:
        def register(records: Mapping[str, Any], _allowed: tuple[Override, ...]) -> None:
            reason = records["reason"].reason or ""
            casework.close_memo(self.session.store, self.memo, reason, on=self.session.today)
            self._done("電話メモを対応済みにしました。")

        sheet = Sheet(form=MemoReason, key=key_under(self.memo.id))
        return Entry(self.session, {"reason": sheet}, register, words="対応済みにする")
