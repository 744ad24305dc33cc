"""A past paper once more, by its document number: as it was, with the reason on it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.errors import PaperError
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules.reprints import may_reprint
from jusou_nb.runner.execute import Again, run
from jusou_nb.runner.papers import REPRINT, locked
from jusou_nb.store import Store, archive, open_store
from jusou_nb.store.archive import Printed

_TEMPLATES = {
    "packet": "conference_packet",
    "minutes": "conference_minutes",
    "monthly": "monthly_report",
    "evaluation": "annual_evaluation",
    "sheet": "sheet",
    "flow": "flow",
    "register": "register",
    "list": "office_list",
}


def problems(store: Store, number: str, reason: str) -> list[Problem]:
    """Ask whether a past paper may be printed again for this reason; an empty list is yes.

    Raises:
        NotFound: No paper of this number was made here.
    """
    paper = archive.find(store, number)
    with archive.as_of(store, paper) as then:
        return may_reprint(reason, archive.masked_since(store, then, paper))


def reprint(
    store_path: Path,
    number: str,
    out_dir: Path,
    *,
    reason: str,
    overrides: Sequence[Override] = (),
) -> Path:
    """Print a past paper again as it was when it was made: same number, same text.

    Who did it, when and why goes into the chain of readings.

    Raises:
        NotFound: No paper of this number was made here.
        NotAllowed: There is no reason, or somebody on it came under 秘匿 since.
        PaperError: The paper cannot be put together from the record any more.
    """
    with open_store(store_path, readonly=True) as store:
        paper = archive.find(store, number)
        settle(problems(store, number, reason), overrides)
    if paper.kind not in _TEMPLATES:
        raise PaperError(
            f"「{paper.kind}」の資料は再印刷できません。元の様式から作り直してください"
        )
    stamp = f"再印刷（控え・配付しない）　理由 {' '.join(reason.split())}"
    noted = _noted(reason, overrides)
    again = Again(number=paper.number, content=paper.content, stamp=stamp, noted=noted)
    with locked(out_dir):
        file = out_dir / f"{REPRINT}{paper.number}_{paper.file}"
        return run(_TEMPLATES[paper.kind], _values(paper, store_path), file, again=again)


def _values(paper: Printed, store_path: Path) -> dict[str, Any]:
    then = {"today": paper.made_on.isoformat(), "as_of": paper.place}
    return {**_about(paper), "store": str(store_path), **then}


_BY_RECIPIENT = {"flow": "reader", "register": "field"}
"""Papers that are told apart by their reader alone: the parameter that names it."""


def _about(paper: Printed) -> dict[str, Any]:
    table, record_id = paper.subject
    if paper.kind in ("packet", "minutes"):
        found = {"recipient": paper.recipient, "basis": paper.basis}
        return {"conference_id": record_id, **found}
    if paper.kind == "sheet":
        form = paper.recipient if paper.recipient in PAPERS else table
        return {"form": form, "record_id": record_id}
    if paper.kind == "evaluation":
        return {"year": record_id, "audience": paper.recipient}
    if paper.kind in _BY_RECIPIENT:
        return {_BY_RECIPIENT[paper.kind]: paper.recipient}
    if paper.kind == "list":
        which, _, worker = paper.recipient.partition("/")
        return {"which": which, "worker": worker}
    return {"month": f"{record_id // 100}-{record_id % 100:02}"}


def _noted(reason: str, overrides: Sequence[Override]) -> dict[str, str]:
    said = {"reason": reason.strip()}
    for entry in overrides:
        said |= {"allowed_by": entry.allowed_by, "allowed_because": entry.reason}
    return said
