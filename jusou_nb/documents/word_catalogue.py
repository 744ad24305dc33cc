"""Every paper that is given out as a Word file, by the name under which it is asked for."""

from collections.abc import Mapping

from jusou_nb.documents import word_drafts, word_handover, word_minutes, word_notices
from jusou_nb.documents.word import WordPaper

_ROOMS = (word_notices, word_minutes, word_drafts, word_handover)

WORD_PAPERS: Mapping[str, WordPaper] = {paper.name: paper for room in _ROOMS for paper in room.WORD}
"""The papers by name."""


def word_papers_of(table: str) -> list[WordPaper]:
    """List the Word papers that a record of a table makes."""
    return [paper for paper in WORD_PAPERS.values() if paper.table == table]
