"""The family drawn on the client's page: to look at; it is changed on its own sheet."""

from html import escape
from typing import Any

from jusou_nb.documents.family_part import TITLE, for_office
from jusou_nb.widgets.client_person import Client
from jusou_nb.widgets.session import Session, markup


def family_view(session: Session, client: Client) -> list[Any]:
    """Draw the family of the client shown, closed until somebody opens it; [] without a map.

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
        return []
    figures = "".join(
        f"<figure><figcaption>{escape(heading)}</figcaption>{svg}</figure>"
        for heading, svg in drawn.drawings
    )
    told = "".join(f"<li>{escape(line)}</li>" for line in drawn.told)
    notes = "".join(f"<p>{escape(note)}</p>" for note in drawn.notes)
    return [
        markup(
            f"<details class='jusou-family'><summary>{TITLE}を見る</summary>{figures}{notes}"
            f"<details><summary>図の文字での説明</summary><ul>{told}</ul></details></details>"
        )
    ]
