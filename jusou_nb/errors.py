"""What can go wrong, said in Japanese for the worker who reads it.

    JusouError
    ├── NotFound          the record, file or conference asked for does not exist
    ├── NotAllowed        a rule says no; carries the problems
    ├── Invalid           boxes are missing or hold what cannot be read; carries the problems
    ├── Conflict          somebody else saved first; carries both texts
    ├── StoreError        the file cannot be used
    │   ├── StoreTooNew   written by a newer version of this program
    │   └── StoreTooOld   opened read-only before it was upgraded
    ├── TableError        a file of Excel or CSV cannot be read or written
    ├── TemplateError     a notebook template or its parameters are wrong
    └── PaperError        a paper could not be made, or not be put in its place

Each message is one line: what is wrong, and what to do.
"""

from collections.abc import Mapping, Sequence
from typing import Any


class JusouError(Exception):
    """Base of all errors that a worker may see; its text is one Japanese line."""


class NotFound(JusouError):
    """What was asked for is not there."""


class _WithProblems(JusouError):
    def __init__(self, problems: Sequence[Any]) -> None:
        self.problems = tuple(problems)
        super().__init__("／".join(f"{p.message}{p.remedy}" for p in self.problems))


class NotAllowed(_WithProblems):
    """A rule forbids the step; ``problems`` say which, why, and the way out."""


class Invalid(_WithProblems):
    """Boxes are missing or unreadable; ``problems`` name each box."""


class Conflict(JusouError):
    """Another worker saved the same record first.

    ``differences`` maps the label of each differing box to (saved text, own text).
    """

    def __init__(self, message: str, differences: Mapping[str, tuple[str, str]]) -> None:
        """Take the message and what differs."""
        self.differences = dict(differences)
        super().__init__(message)


class StoreError(JusouError):
    """The store's file cannot be used as asked."""


class StoreTooNew(StoreError):
    """A newer version of the program has written this store."""


class StoreTooOld(StoreError):
    """The store must be upgraded before it can be read."""


class TableError(JusouError):
    """A file of Excel or CSV is no table that can be taken in, or cannot be written."""


class TemplateError(JusouError):
    """A notebook template, or a parameter given to it, is wrong."""


class PaperError(JusouError):
    """A paper could not be made, or could not be put in its place."""
