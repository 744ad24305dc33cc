"""秘匿 of a household: one sets it, a second confirms; one asks to lift it, a second lifts."""

from collections.abc import Iterator
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.forms import Household, Person
from jusou_nb.problems import Problem
from jusou_nb.rules import masking
from jusou_nb.store import queries
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.gate import Gate, Step
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.mask_entries import LIFT, MASK, REVIEW, ask_entry, mask_entry, review_entry
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.session import Page, Session, heading, paragraph, row

HEADINGS = ("世帯員", "続柄", "秘匿", "付けた人", "二人目の確認", "見直し日", "支援措置の期限")
_ABOUT = (
    "秘匿は、一人が付けるとすぐに効きます。翌開庁日までに、別の人が確かめます。"
    "外すときは、一人が求め、別の人が確かめるまで外れません。"
)


class MaskView(Page):
    """The members of a household, and what is done about the 秘匿 of one of them.

    Args:
        session: The desk's session.
        household: The household, as it was last loaded.
        done: Called with the person after each step.
        person_id: Whose 秘匿 it is about; by default the member about whom something is due.
    """

    def __init__(
        self, session: Session, household: Household, done: Done, person_id: int | None = None
    ) -> None:
        """List the members and open one."""
        super().__init__(session)
        self.household, self._done = household, done
        self.said, self.room, self.gate = Banner(), ipywidgets.VBox(), Gate(session)
        self.sheet, self.buttons = ipywidgets.VBox(), list[Any]()
        self.listing = Listing("世帯員と秘匿", HEADINGS, self.choose)
        self.person = self._first(person_id)
        self.turn(
            heading("秘匿", 3), paragraph(_ABOUT), self.said, self.listing,
            self.room, self.gate, self.sheet,
        )  # fmt: skip
        self.refresh()

    def refresh(self) -> None:
        """Show where things stand now."""
        self.household = queries.household_of(self.session.store, self.person.id or 0)
        self.person = queries.person(self.household, self.person.id)
        self.listing.fill([(p.id or 0, self._cells(p)) for p in self.household.members])
        self._close()
        put_away(*self.room.children)
        self.room.children = tuple(self._acts())
        if not self.person.is_masked:
            self._open(MASK)

    def choose(self, person_id: int) -> None:
        """Turn to a member."""
        self.person = queries.person(self.household, person_id)
        self.said.clear()
        self.refresh()

    def open_sheet(self, act: str) -> None:
        """Open a sheet for the member: to set, to ask for the lifting, to look at it again."""
        self._open(act)
        self.focus()

    def _open(self, act: str) -> None:
        made = {MASK: mask_entry, LIFT: ask_entry, REVIEW: review_entry}[act]
        self._close()
        self.sheet.children = (made(self.session, self.person, self._did),)

    def focus(self) -> None:
        """Bring what is to be done for the member into view."""
        for part in (*self.sheet.children, *self.buttons):
            part.focus()
            return

    def confirm(self) -> None:
        """二人目として確かめる."""
        self._step("秘匿を二人目として確かめました。", casework.confirm_mask)

    def lift(self) -> None:
        """二人目として外す."""
        self._step("秘匿を外しました。", casework.confirm_unmask)

    def keep(self) -> None:
        """外さず、続ける."""
        self._try(
            lambda _allowed: self._did(
                "秘匿を続けます。解除の求めを取り下げました。",
                casework.keep_masked(self.session.store, self.person.id or 0),
            )
        )

    def _step(self, said: str, verb: Any) -> None:
        store, today = self.session.store, self.session.today
        self._try(
            lambda allowed: self._did(
                said, verb(store, self.person.id or 0, on=today, overrides=allowed)
            )
        )

    def _try(self, step: Step) -> None:
        self._close()
        self.gate.attempt(step)

    def _did(self, said: str, person: Person, about: tuple[Problem, ...] = ()) -> None:
        """Show what was done; what is to be thought of stays until it was read."""
        self.refresh()
        if not about:
            self.said.show(MessageKind.SUCCESS, said, focus=True)
            self._done(person)
            return
        read = [("確かめました", lambda: self._done(person))]
        self.said.show(MessageKind.WARNING, said, problem_lines(about), read)

    def _close(self) -> None:
        put_away(*self.sheet.children)
        self.sheet.children = ()
        self.gate.clear()

    def _first(self, person_id: int | None) -> Person:
        members = self.household.members
        profile, today = self.session.store.profile, self.session.today
        waiting = [p for p in members if masking.reminders(profile, p, today)]
        return next((p for p in members if p.id == person_id), [*waiting, *members][0])

    def _acts(self) -> Iterator[Any]:
        person = self.person
        self.buttons = []
        yield heading(f"{person.name}さん", 4)
        if not person.is_masked:
            return
        yield from self._reminders()
        yield from (paragraph(line) for line in _told(person))
        self.buttons = list(self._buttons())
        yield row(*self.buttons)

    def _reminders(self) -> Iterator[Any]:
        store = self.session.store
        found = masking.reminders(store.profile, self.person, self.session.today)
        if found:
            banner = Banner()
            banner.show(MessageKind.INFORMATION, "待っていること", problem_lines(found))
            yield banner
        if own := _own_step(self.person, store.worker_name()):
            yield paragraph(own)

    def _buttons(self) -> Iterator[Any]:
        person = self.person
        others = not _own_step(person, self.session.store.worker_name())
        unconfirmed = person.mask_confirmed_on is None
        if unconfirmed:
            filled = others and not person.unmask_asked_by
            yield button("二人目として確かめる", self.confirm, filled=filled)
        if person.unmask_asked_by:
            yield button("二人目として外す", self.lift, filled=others)
            yield button("外さず、秘匿を続ける", self.keep)
        else:
            yield button("解除を求める", lambda: self.open_sheet(LIFT))
        yield button("見直し日・支援措置・見てよい人", lambda: self.open_sheet(REVIEW))

    def _cells(self, person: Person) -> list[Cell]:
        return [
            Cell(person.name or ""),
            Cell(person.relation or ""),
            _state(person),
            Cell(person.masked_by or "" if person.is_masked else ""),
            day_cell(person.mask_confirmed_on if person.is_masked else None),
            day_cell(person.masked_until if person.is_masked else None),
            day_cell(person.protection_until if person.is_masked else None),
        ]


def _state(person: Person) -> Cell:
    if person.is_masked and person.unmask_asked_by:
        return Cell("秘匿・解除待ち", chip="strong")
    if person.is_masked:
        waits = person.mask_confirmed_on is None
        return Cell("秘匿・確認待ち" if waits else "秘匿", chip="strong")
    return Cell("相手方", chip="plain") if person.is_opponent else Cell("なし", chip="plain")


def _own_step(person: Person, name: str) -> str:
    """Say that the next step is somebody else's, where this worker took the first."""
    if person.unmask_asked_by:
        own = bool(masking.may_lift(person, name))
        return "解除はあなたが求めました。別の人が、自分の机で確かめてください。" if own else ""
    own = person.mask_confirmed_on is None and bool(masking.may_confirm(person, name))
    return "この秘匿はあなたが付けました。別の人が、自分の机で確かめてください。" if own else ""


def _told(person: Person) -> Iterator[str]:
    if person.masked_because:
        yield f"秘匿の理由: {person.masked_because}"
    if person.unmask_asked_by:
        yield f"解除の理由: {person.unmask_because or ''}（求めた人: {person.unmask_asked_by}）"
