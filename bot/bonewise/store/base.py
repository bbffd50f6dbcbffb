"""What every database driver offers: one hop to read, one hop to write.

Statements are written once for SQLite and PostgreSQL: `$1` for the first argument, no arrays, no booleans, no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

Value: TypeAlias = str | int | float | bytes | None
Row: TypeAlias = dict[str, Any]


class Statement(NamedTuple):
    """One SQL statement.

    `affects` is the number of rows that it has to change (or return); any other number is a `Conflict`.
    That is how an expected version, a lease or a token is checked.
    """

    sql: str
    args: tuple[Value, ...] = ()
    affects: int | None = None


class Outcome(NamedTuple):
    """What one statement of a commit came to: the rows of RETURNING, and how many rows it changed."""

    rows: list[Row]
    changed: int


class Store(Protocol):
    """A database."""

    @property
    def alone(self) -> bool:
        """Whether no other process can use it while this one does."""
        ...

    async def load(self, *queries: Statement) -> list[list[Row]]:
        """The rows of each query, all seen at the same moment. Raises `StoreError`."""
        ...

    async def commit(self, statements: Sequence[Statement]) -> list[Outcome]:
        """Run all statements in one transaction, durable when this returns.

        The order of calls is the order of the transactions. Raises `Conflict`, and other `StoreError`s; then
        nothing was changed.
        """
        ...

    async def purge(self) -> None:
        """Make sure that what was deleted is gone from the files too. Raises `StoreError`."""
        ...

    async def close(self) -> None:
        """Finish what was asked for, and close."""
        ...
