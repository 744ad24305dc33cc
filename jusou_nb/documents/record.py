"""会議記録 as a paper of its own: after the sitting, one for each recipient and basis."""

from dataclasses import replace
from datetime import date

from jusou_nb.dates import wareki
from jusou_nb.documents import cover, minutes, packet
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import PaperKind, Section, print_section
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.store import Store

RECORD = "会議記録"


def record(store: Store, conference_id: int, *, recipient: str, basis: str, day: date) -> Section:
    """Print what a sitting settled on a basis, as far as a recipient may have it.

    Raises:
        NotFound: No such sitting, or it has no copy for this recipient on this basis.
    """
    copy = packet.packet(
        store, conference_id, recipient=recipient, basis=basis, made_on=wareki(day)
    )
    framed = cover.values(copy)
    values = {
        **{name: framed[name] for name in ("copy", "basis", "nothing", "made_on", "office")},
        **minutes.values(copy, is_alone=True),
        "frame": office_frame(store, RECORD, day=day),
        "is_held": copy.sitting.conference.state is ConferenceState.HELD,
    }
    title = copy.identity.title.replace("会議資料", RECORD)
    identity = replace(copy.identity, kind=PaperKind.MINUTES, title=title)
    return print_section("record", RECORD, values, identity)
