"""Where on the desk something opens, as it travels: the name of a page and what to show there.

Whoever lists what waits (the server's panel) needs no page of the desk to name its address.
"""

from typing import Any, TypedDict

DUE_PAGE = "期限"
"""The page that lists all that waits."""
CLIENT_PAGE = "相談受付"
"""The page where one client is opened."""
HOME_PAGE, MEMO = "ホーム", "memo"
"""The first page, and what marks an 電話メモ on it."""
ENTRY = "due"
"""Marks an address on that page as one of its entries: kind and record follow."""


class Address(TypedDict):
    """A place on the desk; ``what`` holds texts, numbers, None and lists of these."""

    page: str
    what: Any


def of_due(kind: str, record_id: int) -> Address:
    """Give the address of something that waits; the desk finds where it is answered."""
    return {"page": DUE_PAGE, "what": [ENTRY, kind, record_id]}


def of_person(person_id: int, intake_id: int | None, task: list[Any] | None = None) -> Address:
    """Give the address of a person; ``task`` names a sheet to open there, and the record."""
    return {"page": CLIENT_PAGE, "what": [intake_id, task, person_id]}


def of_memo(memo_id: int | None) -> Address:
    """Give the address of an 電話メモ; None is a blank one."""
    return {"page": HOME_PAGE, "what": [MEMO, memo_id]}
