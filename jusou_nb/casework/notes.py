"""支援経過を書く。"""

from dataclasses import replace

from jusou_nb.checks import require
from jusou_nb.forms import Case, CaseNote
from jusou_nb.store import Store


def write_note(store: Store, case: Case, note: CaseNote) -> CaseNote:
    """Write a note on a case (Invalid if boxes miss)."""
    require(note)
    return store.save(replace(note, case_id=case.id, author=note.author or store.worker_name()))
