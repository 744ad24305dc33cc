"""「既に伺ったこと」 of a case, as a paper of the office."""

from datetime import date
from pathlib import Path

from jusou_nb.forms import Case
from jusou_nb.runner.jobs import Job
from jusou_nb.runner.papers import make
from jusou_nb.store import open_store


def known(store_path: Path, case_id: int, out_dir: Path, today: date) -> Path:
    """Print what the people of a case have told already.

    Raises:
        NotFound: There is no such case.
    """
    with open_store(store_path, readonly=True) as store:
        store.load(Case, case_id)
    values = {"store": str(store_path), "case_id": case_id, "today": today.isoformat()}
    return make([Job("known_already", values, f"既に伺ったこと_ケース{case_id}.html")], out_dir)[0]
