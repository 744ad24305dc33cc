"""Who may not open cases is told so before a command prints or writes any."""

import argparse

from jusou_nb.cli.common import day, existing
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.fields import Form
from jusou_nb.forms import by_table
from jusou_nb.store import archive, open_store, roles

_OF_A_CASE = frozenset({"sheet", "known"})
"""Papers that show a record; packets and reports are what the office sends."""
_LIST = "list"
"""Lists of cases by name."""


def may_open(options: argparse.Namespace, *forms: type[Form]) -> None:
    """Stop where this account may not open cases and a form tells of people; without forms, always.

    Raises:
        NotAllowed: It says whom to ask.
    """
    with open_store(existing(options.store), readonly=True) as store:
        roles.refuse_unless_reader(store, day(options), forms)


def may_read(options: argparse.Namespace) -> bool:
    """Whether this account may open cases on the day."""
    with open_store(existing(options.store), readonly=True) as store:
        return roles.may_read_cases(store, None, day(options))


def may_reprint(options: argparse.Namespace) -> None:
    """Stop where this account may not open cases and a past paper shows a record of one.

    Raises:
        NotAllowed: It says whom to ask.
        NotFound: No paper of this number was made here.
    """
    with open_store(existing(options.store), readonly=True) as store:
        paper = archive.find(store, options.number)
        form, own = by_table(paper.subject[0]), PAPERS.get(paper.recipient)
        if paper.kind == _LIST or (own is not None and not own.of_office):
            roles.refuse_unless_reader(store, day(options))
        elif paper.kind in _OF_A_CASE and form is not None:
            roles.refuse_unless_reader(store, day(options), [form])
