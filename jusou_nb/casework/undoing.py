"""登録の取り消し: take back the last 登録, so that it can be written anew."""

from jusou_nb.problems import settle
from jusou_nb.rules import strikes
from jusou_nb.rules import undoing as rules
from jusou_nb.store import Store, undoing
from jusou_nb.store.undoing import Step

REASON = "登録の取り消し（書き直し）"


def undo_last(store: Store, step: Step) -> None:
    """Take back what a worker registered last; both stay in the history.

    Raises:
        NotAllowed: Something stands on it: it was changed since, is on a paper that was made,
            or other records use what it made.
    """
    with store.transaction():
        settle(
            rules.may_undo(
                is_last=undoing.is_last(store, step),
                is_of_forms=undoing.is_of_forms(store, step),
                changed=undoing.changed_since(store, step),
                papers=undoing.papers_since(store, step),
            )
        )
        for title, standing in undoing.reverse(store, step, REASON):
            settle(strikes.may_strike(title, standing))
