"""What can be done with what an item's sitting told: write it down, and the 移行の一覧."""

from collections.abc import Callable
from typing import Any

from jusou_nb import casework
from jusou_nb.forms import AgendaItem, Case, Household
from jusou_nb.rules.provenance import stays_with_its_basis
from jusou_nb.store import queries
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.transition_view import TransitionView

HEARD = "heard"
"""What the draft of a household written from a sitting is named by."""


def item_acts(session: Session, item: AgendaItem, show: Callable[[str, Any], None]) -> list[Any]:
    """Give the buttons of an item by its basis; ``show`` takes a title and what to open."""
    store = session.store

    def transition() -> None:
        case = store.load(Case, item.case_id or 0)
        show("移行の一覧", TransitionView(session, case, titled=False))

    def hear() -> None:
        show("会議で聞いたこと", heard_entry(session, item, _then_say(show)))

    if not stays_with_its_basis(store.profile, item.basis):
        return [button("移行の一覧（会議で聞いたことの扱い）", transition)]
    return [button("会議で聞いたことを世帯の票に書く", hear), button("移行の一覧", transition)]


def _then_say(show: Callable[[str, Any], None]) -> Done:
    def done(_household: Household) -> None:
        said = Banner()
        words = (
            "登録しました。書いた欄は、同意で開く会議の資料には載りません（移行の一覧に出ます）。"
        )
        said.show(MessageKind.SUCCESS, words, focus=True)
        show("会議で聞いたこと", said)

    return done


def heard_entry(session: Session, item: AgendaItem, done: Done) -> Entry:
    """会議で聞いたことを書く: the household's sheet, whose changes keep the item's basis."""
    household = queries.household_of(session.store, item.client_id or 0)
    basis = session.store.profile.basis(item.basis or "").label
    title = f"{Household.title}（{basis}で聞いたこと）"
    sheet = Sheet(form=Household, key=f"{HEARD}-{item.id}", record=household, title=title)
    return Entry(
        session,
        {"record": sheet},
        lambda records, allowed: done(
            casework.write_heard(
                session.store, item, records["record"], on=session.today, overrides=allowed
            )
        ),
        words="聞いたこととして登録",
    )
