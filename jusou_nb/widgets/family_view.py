"""The family drawn on the client's page: to look at; it is changed on its own sheet."""

from jusou_nb.documents.family_part import TITLE, for_office
from jusou_nb.widgets.client_person import Client
from jusou_nb.widgets.drawn import Said
from jusou_nb.widgets.session import Session


def family_card(session: Session, client: Client) -> Said | None:
    """Describe the drawings of the family of the client shown; None without a map.

    People are called by their names as everywhere on this page; ties that may tell where
    somebody under 秘匿 is are left off here too.
    """
    names = {person.id or 0: person.name or "" for person in client.household.members}
    drawn = for_office(
        session.store,
        client.household,
        day=session.today,
        client_id=client.person.id,
        names=names,
    )
    if drawn is None:
        return None
    return {
        "title": TITLE,
        "drawings": [list(pair) for pair in drawn.drawings],
        "told": list(drawn.told),
        "notes": list(drawn.notes),
    }
