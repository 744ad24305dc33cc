"""What waits of the register of desks and schemes."""

from jusou_nb.store.due_sql import Kind, later, waiting


def stale_schemes() -> str:
    """窓口・制度の確かめ直し: nobody has confirmed for long what the register says of a scheme.

    Whose: the office. Date: the profile's days after 内容を確かめた日; today where there is none.
    Only what is due is told: a register holds many. Until: it is confirmed or ended.
    """
    due_on = f"coalesce({later('s.confirmed_on', 'scheme_confirm_days')}, :today)"
    return waiting(
        "schemes AS s",
        "s.struck_at IS NULL AND (s.ended_on IS NULL OR s.ended_on >= :today)"
        f" AND {due_on} <= :today",
        record_id="s.id",
        due_on=due_on,
    )


KINDS = (
    Kind(
        sql=stale_schemes,
        table="schemes",
        label="窓口・制度の確かめ直し",
        what_to_do="担当の機関に確かめて「確かめた」を押すか、終わったものは終わりにしてください。",
    ),
)
