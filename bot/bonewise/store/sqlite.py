"""The store in one SQLite file, for one process.

Exactly one connection ever writes or checkpoints; the other one reads only. That also keeps clear of the WAL-reset
bug of SQLite 3.7.0 to 3.51.2 (sqlite.org/wal.html#walresetbug), which needs two writers.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Self

import aiosqlite

from bonewise.store.base import Outcome, Row, Statement
from bonewise.store.errors import Damaged, Full, InUse, Locked, ReadOnly, StoreError
from bonewise.store.migrate import migrate
from bonewise.store.units import Unit, Units

PATIENCE = 5.0  # seconds to wait for another program's lock

_log = logging.getLogger(__name__)
_FIXED = ((3, 44, 6, 3, 45), (3, 50, 7, 3, 51))  # backports: from the first three until below the last two
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")


class _Line:
    """One connection, on whose thread units run."""

    def __init__(self, database: str, begin: str, patience: float) -> None:
        self._waiting: deque[Unit] = deque()
        self.connection = aiosqlite.connect(
            database,
            uri=True,
            timeout=patience,
            isolation_level=None,
            factory=partial(Units, waiting=self._waiting, begin=begin),
        )

    async def open(self) -> None:
        await _connect(self.connection)
        self.connection.row_factory = sqlite3.Row

    async def set(self, pragmas: Sequence[str]) -> None:
        for pragma in pragmas:
            await self.connection.execute_fetchall(f"PRAGMA {pragma}")

    async def run(self, statements: Sequence[Statement]) -> list[Outcome]:
        unit = Unit(statements)
        self._waiting.append(unit)
        await self.connection.commit()
        return unit.result()


class SqliteStore:
    """A `Store` in one file. Make it with `open`."""

    alone = True

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        address = path.absolute().as_uri()
        self._guard = aiosqlite.connect(path.with_name(path.name + ".lock"), timeout=0, isolation_level=None)
        self._writer = _Line(address, "BEGIN IMMEDIATE", patience)
        self._reader = _Line(f"{address}?mode=ro", "BEGIN", patience)
        self._opened: list[aiosqlite.Connection] = []

    @classmethod
    async def open(cls, path: Path, patience: float = PATIENCE) -> Self:
        """Open or make the database at `path` (its folder must exist) and bring its schema up to date.

        `patience` is how many seconds to wait when another program holds the file. Raises `StoreError`.
        """
        store = cls(path, patience)
        try:
            with store._errors():
                await store._open()
            await migrate(store)
        except BaseException:
            await store.close()
            raise
        _announce(sqlite3.sqlite_version_info)
        return store

    async def load(self, *queries: Statement) -> list[list[Row]]:
        with self._errors():
            return [outcome.rows for outcome in await self._reader.run(queries)]

    async def commit(self, statements: Sequence[Statement]) -> list[Outcome]:
        with self._errors():
            return await self._writer.run(statements)

    async def purge(self) -> None:
        with self._errors():
            [result] = await self._writer.connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        if result["busy"]:
            raise Locked(f"{self._path}: another program reads the file, so what was deleted is still in it. End it")

    async def close(self) -> None:
        while self._opened:
            await self._opened.pop().close()

    async def _open(self) -> None:
        await _connect(self._guard)
        self._opened.append(self._guard)
        await self._hold()
        _make_private(self._path)
        await self._open_line(self._writer)
        await self._writer.set(_PRAGMAS)
        await self._open_line(self._reader)

    async def _open_line(self, line: _Line) -> None:
        await line.open()
        self._opened.append(line.connection)

    async def _hold(self) -> None:
        """Hold a lock for as long as the process lives; the system frees it when it dies, in whatever way."""
        try:
            await self._guard.execute_fetchall("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise InUse(
                f"{self._path}: another process uses this database. Stop it, or give this one its own data folder"
            ) from error

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _translated(error, self._path) from error


async def _connect(connection: aiosqlite.Connection) -> None:
    """Open a connection; if that fails, wait for the thread that aiosqlite leaves behind."""
    try:
        await connection
    except sqlite3.Error:
        await asyncio.to_thread(connection._thread.join)
        raise


def _make_private(path: Path) -> None:
    """Make the file readable by its owner only; SQLite gives its side files the same mode."""
    with suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)


def _translated(error: sqlite3.Error, path: Path) -> StoreError:
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    for code, kind, advice in _KINDS:
        if name.startswith(code):
            return kind(f"{path}: {advice} ({name})")
    return StoreError(f"{path}: {error} ({name}). Check the disk, then start again")


_KINDS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("SQLITE_BUSY", Locked, "another program writes to the file. End it; what was asked for is tried again"),
    ("SQLITE_LOCKED", Locked, "another program writes to the file. End it; what was asked for is tried again"),
    ("SQLITE_READONLY", ReadOnly, "the file cannot be written. Give this user write access to it and its folder"),
    ("SQLITE_PERM", ReadOnly, "the file cannot be written. Give this user write access to it and its folder"),
    ("SQLITE_CANTOPEN", ReadOnly, "the file cannot be opened. Make its folder, writable for this user"),
    ("SQLITE_FULL", Full, "no space is left. Make room on the disk; what was asked for is tried again"),
    ("SQLITE_CORRUPT", Damaged, "the database is damaged. Stop, keep the file, and restore the last backup"),
    ("SQLITE_NOTADB", Damaged, "the file is not a database. Name another file, or restore the last backup"),
)


def _announce(version: tuple[int, int, int]) -> None:
    text = ".".join(map(str, version))
    _log.info("SQLite %s", text)
    if _has_wal_reset_bug(version):
        _log.warning(
            "SQLite %s can lose data when a second program writes to or checkpoints the database: "
            "run neither litestream nor the sqlite3 shell on it while the bot runs, or update SQLite to 3.51.3",
            text,
        )


def _has_wal_reset_bug(version: tuple[int, int, int]) -> bool:
    """Fixed in 3.51.3, and in 3.44.6 and 3.50.7 of the older lines (sqlite.org/wal.html#walresetbug)."""
    if version >= (3, 51, 3) or version < (3, 7, 0):
        return False
    return not any((a, b, c) <= version < (d, e, 0) for a, b, c, d, e in _FIXED)
