"""Every paper that one record makes, by the name under which it is asked for.

A room of papers names its own in ``PAPERS``; the command line, the template and the desk ask
here. The sheet of a form needs no row: it is called by the form.
"""

from collections.abc import Mapping

from jusou_nb.documents import (
    around_sitting,
    case_papers,
    case_report,
    consent_papers,
    disclosure,
    handover,
    letters_inquiry,
    letters_referral,
    notices,
    own_item,
    plan_for_person,
    slips,
    transcript,
    visit_letters,
)
from jusou_nb.documents.paper import Paper

_ROOMS = (
    slips,
    handover,
    transcript,
    case_report,
    disclosure,
    notices,
    around_sitting,
    letters_referral,
    letters_inquiry,
    consent_papers,
    visit_letters,
    plan_for_person,
    own_item,
    case_papers,
)

PAPERS: Mapping[str, Paper] = {paper.name: paper for room in _ROOMS for paper in room.PAPERS}
"""The papers by name."""


def papers_of(table: str) -> list[Paper]:
    """List the papers that a record of a table makes, in the order of their rooms."""
    return [paper for paper in PAPERS.values() if paper.table == table]
