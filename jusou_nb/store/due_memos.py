"""What waits of 電話メモ: those that nobody has settled.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.store.due_sql import Kind, waiting


def phone_memos() -> str:
    """電話メモ: a call was written down, and it became no 支援経過 and no 相談 yet.

    Whose: who took it. Date: いつまでに, else the day of the call. Until: it is attached,
    received, or closed with a reason.
    """
    return waiting(
        "phone_memos AS m",
        "m.struck_at IS NULL AND m.outcome IS NULL",
        record_id="m.id",
        due_on="coalesce(m.call_back_by, substr(m.called_at, 1, 10))",
        worker="m.taken_by",
    )


KINDS = (
    Kind(
        sql=phone_memos,
        table="phone_memos",
        label="電話メモ",
        what_to_do="ケースに付けるか、相談として受け付けるか、対応済みにしてください。",
    ),
)
"""The kinds of this area, as the list of all of them takes them up."""
