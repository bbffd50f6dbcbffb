"""A real store in which somebody else is quicker: what they do comes right before a commit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bonewise.store.base import Outcome, Statement, Store


class Meddling:
    """Passes everything on to the store. `before` is what happens first, when a statement has this in it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._what = ""
        self._times = 0
        self._happens: Callable[[Store], Awaitable[Any]] | None = None

    def before(self, what: str, happens: Callable[[Store], Awaitable[Any]], times: int = 1) -> None:
        """So many times, let something happen before a commit with this in its statements."""
        self._what, self._happens, self._times = what, happens, times

    def before_do(self, what: str, sql: str, times: int = 1) -> None:
        """The same, with a change of rows."""
        self.before(what, lambda store: store.commit([Statement(sql)]), times)

    @property
    def over(self) -> bool:
        """Whether it has happened as often as it was to."""
        return self._times == 0

    async def commit(self, statements: Sequence[Statement]) -> list[Outcome]:
        """Commit, after what comes before."""
        if self._times and self._happens and any(self._what in one.sql for one in statements):
            self._times -= 1
            await self._happens(self._store)
        return await self._store.commit(statements)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)
