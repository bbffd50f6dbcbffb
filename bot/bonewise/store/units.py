"""Units of work on SQLite: several statements that run together on the database's own thread.

aiosqlite hops to its thread once per call. A `Units` connection collects the units that wait, and runs them when
`commit()` is called on that thread: one hop per unit, and units that came at the same time share one transaction,
so that they share its disk flush. Each has a savepoint of its own: one that fails takes no other along.
"""

from __future__ import annotations

import re
import sqlite3
from collections import deque
from collections.abc import Sequence
from functools import cache
from typing import Any

from bonewise.store.base import Outcome, Statement
from bonewise.store.errors import Conflict, StoreError

SHARED = 64  # units in one transaction: enough to share the flush, few enough to answer soon

_ARGUMENT = re.compile(r"\$(\d+)")


class Unit:
    """Statements that hold together or not at all, and what they came to."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._outcomes: list[Outcome] = []
        self._error: Exception | None = StoreError("the unit was not run: start again")

    def run(self, connection: sqlite3.Connection) -> None:
        """Run all statements. Raises `Conflict` and `sqlite3.Error`."""
        self._error = None
        self._outcomes = [_run(connection, index, one) for index, one in enumerate(self._statements)]

    def fail(self, error: Exception) -> None:
        """Keep the error for the one who waits."""
        self._error = error

    def result(self) -> list[Outcome]:
        """The outcome of each statement, or raises what went wrong."""
        if self._error is not None:
            raise self._error
        return self._outcomes


class Units(sqlite3.Connection):
    """A connection whose `commit()` runs the units that wait in `waiting`."""

    def __init__(self, *args: Any, waiting: deque[Unit], begin: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting = waiting
        self._begin = begin

    def commit(self) -> None:
        """Run the units that wait, at most `SHARED`. Errors go to the units."""
        units = [self._waiting.popleft() for _ in range(min(SHARED, len(self._waiting)))]
        if units:
            self._transact(units)

    def _transact(self, units: list[Unit]) -> None:
        try:
            self.execute(self._begin)
        except sqlite3.Error as error:
            for unit in units:
                unit.fail(error)
            return
        try:
            for unit in units:
                self._attempt(unit)
            self.execute("COMMIT")
        except Exception as error:
            self._undo(units, error)

    def _attempt(self, unit: Unit) -> None:
        self.execute("SAVEPOINT unit")
        try:
            unit.run(self)
        except Exception as error:
            if not self.in_transaction:  # SQLite has rolled back the whole transaction itself, as it may when full
                raise
            self.execute("ROLLBACK TO unit")
            unit.fail(error)
        self.execute("RELEASE unit")

    def _undo(self, units: list[Unit], error: Exception) -> None:
        for unit in units:  # first of all, so that none passes for done if the database does not even roll back
            unit.fail(error)
        if self.in_transaction:
            self.execute("ROLLBACK")
        if len(units) == 1:
            return
        for unit in units:  # alone, so that only the one at fault fails
            self._transact([unit])


@cache
def _numbered(sql: str) -> str:
    """The statement as SQLite takes it. There are as many as stand in the code, and each is run a million times."""
    return _ARGUMENT.sub(r"?\1", sql)


def _run(connection: sqlite3.Connection, index: int, statement: Statement) -> Outcome:
    try:
        cursor = connection.execute(_numbered(statement.sql), statement.args)
    except sqlite3.IntegrityError as error:
        raise Conflict(index, "breaks a rule of the schema") from error
    rows = [dict(row) for row in cursor.fetchall()] if cursor.description else []
    outcome = Outcome(rows, len(rows) or max(cursor.rowcount, 0))
    if statement.affects is not None and outcome.changed != statement.affects:
        raise Conflict(index, f"changed {outcome.changed} rows instead of {statement.affects}")
    return outcome
