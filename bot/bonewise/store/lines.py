"""The two connections to an SQLite file: one that writes, one that reads.

Statements run on the event loop: each takes microseconds, and on a thread of its own would wait much longer for
Python's lock, which SQLite gives up and takes again at every step. What waits for the disk, a COMMIT, has a thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from bonewise.store.base import Outcome, Statement
from bonewise.store.units import Unit, Units

PAUSE = 0.005  # seconds between two tries while another program holds the file

T = TypeVar("T")


class Line:
    """One connection, which may be used on any thread, by one at a time. `patience` is in seconds."""

    def __init__(self, address: str, begin: str, patience: float) -> None:
        """Open it. Raises `sqlite3.Error`."""
        self.waiting: deque[Unit] = deque()
        self.patience = patience
        self.connection: Units = sqlite3.connect(  # type: ignore[call-overload]  # a class is asked for, a call will do
            address,
            uri=True,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
            factory=partial(Units, waiting=self.waiting, begin=begin),
        )

    def set(self, pragmas: Sequence[str]) -> None:
        """Set these. Raises `sqlite3.Error`."""
        for pragma in (*pragmas, "busy_timeout = 0"):  # from now on `patiently` waits, which holds nobody up
            self.connection.execute(f"PRAGMA {pragma}").fetchall()


async def patiently(attempt: Callable[[], T], patience: float) -> T:
    """The result of the attempt, repeated for so many seconds while another program holds the file.

    Raises `sqlite3.Error`.
    """
    end = time.monotonic() + patience
    while True:
        try:
            return attempt()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        await asyncio.sleep(PAUSE)


class Reader:
    """Reads what is committed."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def run(self, statements: Sequence[Statement]) -> list[Outcome]:
        """The outcomes of the statements, all at the same moment. Raises `sqlite3.Error`."""
        await asyncio.sleep(0)  # who reads again and again lets others go on too
        return await patiently(partial(self._read, statements), self._line.patience)

    def _read(self, statements: Sequence[Statement]) -> list[Outcome]:
        unit = Unit(statements)
        if len(statements) == 1:  # which sees one moment by itself
            unit.run(self._line.connection)
        else:
            self._line.waiting.append(unit)
            self._line.connection.commit()
        return unit.result()


class Writer:
    """Writes, and takes into the next transaction all that came during the last one."""

    def __init__(self, line: Line, thread: ThreadPoolExecutor) -> None:
        self._line = line
        self._connection = line.connection
        self._thread = thread
        self._waiters: dict[Unit, asyncio.Future[None]] = {}
        self._alone = asyncio.Lock()
        self._writing: asyncio.Task[None] | None = None

    async def run(self, statements: Sequence[Statement]) -> list[Outcome]:
        """The outcomes of the statements once they are on the disk. Raises `Conflict` and `sqlite3.Error`."""
        unit, waiter = Unit(statements), asyncio.get_running_loop().create_future()
        self._line.waiting.append(unit)
        self._waiters[unit] = waiter
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await waiter
        return unit.result()

    async def checkpoint(self) -> bool:
        """Bring all into the file itself; False if a reader holds that up. Raises `sqlite3.Error`."""
        end = time.monotonic() + self._line.patience
        async with self._alone:
            while not await self._on_thread(self._checkpoint):
                if time.monotonic() > end:
                    return False
                await asyncio.sleep(PAUSE)
        return True

    async def finish(self) -> None:
        """Write what still waits."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})

    def _checkpoint(self) -> bool:
        busy: int = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy

    async def _write(self) -> None:
        while self._line.waiting:
            await asyncio.sleep(0)  # who was told of the last transaction can get into this one
            async with self._alone:
                await self._transact()

    async def _transact(self) -> None:
        error: Exception | None = None
        try:
            await patiently(self._connection.begin, self._line.patience)
        except sqlite3.Error as busy:
            error = busy
        units = self._connection.take()
        if error is not None:
            for unit in units:
                unit.fail(error)
        elif self._connection.attempt(units):
            await self._on_thread(partial(self._connection.end, units))
        for unit in units:
            waiter = self._waiters.pop(unit)
            if not waiter.done():
                waiter.set_result(None)

    async def _on_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)
