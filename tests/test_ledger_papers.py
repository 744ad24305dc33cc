"""An office's ledger, printed month by month on the day it was brought in."""

from datetime import date
from pathlib import Path

import pytest

from jusou_nb import open_store, runner
from jusou_nb.casework.ledger import import_ledger
from jusou_nb.forms import Household, Intake

LEDGER = Path(__file__).parent / "data" / "ledger.xlsx"
TODAY = date(2026, 11, 21)
MONTHS = [f"2026-{month:02}" for month in range(4, 11)]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The store and every paper of the seven months."""
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "daichou.xlsx").write_bytes(LEDGER.read_bytes())
    with open_store(folder / "office.db") as store:
        import_ledger(store, folder / "daichou.xlsx", today=TODAY)
    papers = [
        path
        for month in MONTHS
        for path in runner.monthly(folder / "office.db", month, folder / "out", TODAY)
    ]
    return folder / "office.db", {path.name: path.read_text(encoding="utf-8") for path in papers}


def test_every_month_has_its_report_and_the_chairs_copy_of_each_basis(printed):
    _, papers = printed

    assert sum(name.startswith("月次報告") for name in papers) == len(MONTHS)
    assert sum("支援会議_01_議長用" in name for name in papers) == 12
    assert len(papers) == 19


def test_no_masked_persons_whereabouts_leave_on_paper_or_in_a_file_name(printed):
    path, papers = printed
    with open_store(path, readonly=True) as store:
        members = [m for h in store.find(Household) for m in h.members if m.is_masked]
    words = {w for m in members for w in (m.address, m.telephone) if w}

    assert len(members) == 6
    assert [w for w in words if any(w in text or w in name for name, text in papers.items())] == []


def test_the_desks_remarks_and_a_name_that_is_a_tag_do_no_harm(printed):
    path, papers = printed
    with open_store(path, readonly=True) as store:
        (remarks,) = (i.remarks for i in store.find(Intake) if (i.remarks or "").startswith("="))

    assert remarks.startswith("=HYPERLINK")
    assert all("<script>" not in text for text in papers.values())


def test_an_item_on_a_consent_of_unknown_scope_is_on_the_chairs_copy(printed):
    _, papers = printed
    multilayered = [t for name, t in papers.items() if "重層的支援会議_01" in name]

    assert len(multilayered) == 6
    assert all("未確認" in text for text in multilayered)
