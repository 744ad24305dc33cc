"""The store: one SQLite file, opened to work in or to read from."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import sqlite_utils

from jusou_nb import profile as profiles
from jusou_nb import settings
from jusou_nb.fields import Form
from jusou_nb.forms import Household
from jusou_nb.problems import Override, Problem
from jusou_nb.profile import Profile
from jusou_nb.store import agencies, connection, history, migrations, records, search_index, words
from jusou_nb.store import overrides as allowed
from jusou_nb.store.schema import inserted
from jusou_nb.values import Lexicon

if TYPE_CHECKING:
    import pandas as pd

F = TypeVar("F", bound=Form)
Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """The office's time, to the second."""
    return datetime.now().astimezone().replace(microsecond=0)


class Store:
    """An open store. Use as a context manager, or call :meth:`close`."""

    def __init__(
        self,
        path: Path | None,
        *,
        readonly: bool = False,
        account: str | None = None,
        profile: str | Profile = "standard",
        clock: Clock = wall_clock,
    ) -> None:
        """Open the file; :func:`open_store` says what the arguments mean."""
        self.path, self.readonly = path, readonly
        self.account = account or settings.account()
        self.name = path.name if path else "（メモリー）"
        self.copy_made: Path | None = None
        self.clock = clock
        self.hearing: str | None = None
        self.on_commit: Callable[[], None] = lambda: None
        self._worker_id: int | None = None
        self._profile: Profile | None = None
        self.db = sqlite_utils.Database(connection.connect(path, readonly=readonly))
        try:
            self._prepare(profile)
        except BaseException:
            self.close()
            raise

    def _prepare(self, profile: str | Profile) -> None:
        with connection.in_words(self.name):
            if self.readonly:
                migrations.refuse_unfit(self.db, self.name)
                return
            migrations.refuse_newer(self.db, self.name)
            if migrations.is_current(self.db):
                return
        with self.transaction():
            # Another process may have done it while this one waited for the lock.
            if not migrations.is_current(self.db):
                self.copy_made = migrations.migrate(self.db, self.path)
                if not self.db.table("profiles").count:
                    town = profile if isinstance(profile, Profile) else profiles.load(profile)
                    self.use_profile(town)

    def __enter__(self) -> Self:
        """Give the open store."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; a closed store cannot be used again."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all or nothing. The outermost takes the write lock at once (BEGIN IMMEDIATE)."""
        with connection.in_words(self.name):
            if self.db.conn.in_transaction:
                with self.db.atomic():
                    yield
                return
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.conn.in_transaction:
                    self.db.execute("ROLLBACK")
                self._worker_id = None
                raise
        self.on_commit()

    def now(self) -> str:
        """The time now, as it is kept."""
        return self.clock().isoformat()

    @property
    def profile(self) -> Profile:
        """The municipality's profile in force."""
        if self._profile is None:
            sql = "SELECT text FROM profiles ORDER BY id DESC LIMIT 1"
            self._profile = profiles.parse(self.db.execute(sql).fetchone()[0])
        return self._profile

    def use_profile(self, profile: Profile, *, register: bool = True) -> None:
        """Put a profile in force; the earlier ones stay.

        Its agencies are added by name, unless the ``register`` is to stay as it is. It is a
        change like any other: papers made from then on have other numbers.
        """
        with self.transaction():
            row = {"name": profile.name, "text": profile.text, "saved_at": self.now()}
            id_ = inserted(self.db, "profiles", row)
            self.log_change("profiles", id_, "insert", {n: [None, v] for n, v in row.items()})
            self._profile = profile
            if register:
                agencies.add_from_profile(self, profile)

    @property
    def worker_id(self) -> int:
        """The worker of this account, registered at the first write."""
        if self._worker_id is None:
            sql = "SELECT id FROM workers WHERE account = ?"
            found = self.db.execute(sql, [self.account]).fetchone()
            self._worker_id = found[0] if found else self._register()
        return self._worker_id

    def _register(self) -> int:
        row = {"account": self.account, "name": self.account, "registered_at": self.now()}
        return inserted(self.db, "workers", row)

    def worker_name(self) -> str:
        """The name under which this account works."""
        sql = "SELECT name FROM workers WHERE account = ?"
        found = self.db.execute(sql, [self.account]).fetchone()
        return found[0] if found else self.account

    def save(self, record: F) -> F:
        """Write a record with its rows; see :func:`jusou_nb.store.records.save`."""
        return records.save(self, record)

    def load(self, form: type[F], record_id: int) -> F:
        """Load one record with its rows (NotFound when there is none)."""
        with connection.in_words(self.name):
            return records.load(self, form, record_id)

    def find(self, form: type[F], order: str = "id", **where: Any) -> list[F]:
        """Load all records whose columns hold these values, struck ones left out."""
        with connection.in_words(self.name):
            return records.find(self, form, order, **where)

    def strike(self, record: Form, reason: str) -> None:
        """取消 of a record, with its reason."""
        records.strike(self, type(record), record.id or 0, reason)

    def log_change(
        self, table: str, record_id: int, action: str, payload: Mapping[str, Any]
    ) -> int:
        """Append to the chain of changes."""
        told = history.framed(payload, self.hearing)
        return self._log("changes", (table, record_id), action, told)

    def log_reading(self, table: str, record_id: int, action: str, payload: Any) -> int:
        """Append to the chain of readings and papers made."""
        with self.transaction():
            return self._log("readings", (table, record_id), action, payload)

    def _log(self, chain: str, record: tuple[str, int], action: str, payload: Any) -> int:
        worker = (self.worker_id, self.account)
        return history.append(
            self.db,
            chain,
            at=self.now(),
            worker=worker,
            record=record,
            action=action,
            payload=payload,
        )

    def log_overrides(
        self, record: Form, problems: list[Problem], overrides: tuple[Override, ...]
    ) -> None:
        """Keep what the chief let pass; see :mod:`jusou_nb.store.overrides`."""
        allowed.keep(self, record, problems, overrides)

    def lexicon(self, household: Household | None = None, *, on: date | None = None) -> Lexicon:
        """The words for codes and ids, as they stood ``on`` a day; of people this household's."""
        return words.household_lexicon(self, household) if household else words.lexicon(self, on)

    def frame(self, table: str, *, reason: str | None = None) -> "pd.DataFrame":
        """Give a table as a DataFrame, masked; see :func:`jusou_nb.store.frames.frame`."""
        from jusou_nb.store import frames  # noqa: PLC0415 - pandas takes half a second to import

        return frames.frame(self, table, reason=reason)

    def verify(self) -> list[str]:
        """Say what is wrong with the file or its chains; an empty list is: nothing."""
        with connection.in_words(self.name):
            faults = [line for line in (history.damage(self.db), *history.breaks(self.db)) if line]
            return faults or [*history.differing(self.db), *search_index.faults(self.db)]


def open_store(
    path: str | os.PathLike[str] | None = None,
    *,
    readonly: bool = False,
    account: str | None = None,
    profile: str | Profile = "standard",
    clock: Clock = wall_clock,
) -> Store:
    """Open a store by its path; without one, what ``JUSOU_STORE`` names, else in memory.

    Args:
        path: The file; an empty string keeps everything in memory.
        readonly: Open to read only; never migrates.
        account: Who works; by default the system's or JupyterHub's account.
        profile: The profile of a new store, by name or ``.toml`` path, or one that is read.
        clock: Where the time of changes comes from.

    Raises:
        StoreError: The file cannot be used; the message says why and what to do.
    """
    named = os.fspath(path) if path is not None else settings.STORE.get()
    target = Path(named) if named else None
    return Store(target, readonly=readonly, account=account, profile=profile, clock=clock)
