"""Time that passes only when everybody waits, in an order that a seed decides; and SQLite without its threads."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest import mock

import aiosqlite

from bonewise.store import sqlite


class Stuck(AssertionError):  # noqa: N818 - the name says what it is
    """Everybody waits, and nothing will ever happen."""


class _Clock(selectors.BaseSelector):
    """Waits for no file: to wait is to let the time pass."""

    def __init__(self) -> None:
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise Stuck("everybody waits, and nothing will ever happen")
        self.now += max(0.0, timeout)
        return []

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return selectors.SelectorKey(fileobj, 0, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return selectors.SelectorKey(fileobj, 0, 0, None)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return {}

    def get_key(self, fileobj: Any) -> selectors.SelectorKey:
        raise KeyError(fileobj)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose callbacks are run in an order drawn from a seed, with a clock of its own that starts at 0."""

    def __init__(self, random: Random) -> None:
        self._clock = _Clock()
        self._random = random
        super().__init__(self._clock)
        self._clock_resolution = 1e-6  # seconds; after a year a clock in floating point tells no smaller ones apart

    def time(self) -> float:
        return self._clock.now

    def leap(self, moment: float) -> None:
        """Let the time pass at once, as if all had been asleep: each timer that is over rings once."""
        self._clock.now = max(self._clock.now, moment)

    def _run_once(self) -> None:
        self._random.shuffle(self._ready)  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


@contextmanager
def inline_sqlite() -> Iterator[None]:
    """aiosqlite runs each call at once instead of on a thread of the connection, and nothing is flushed to the disk."""

    async def execute(self: Any, function: Any, *args: Any, **more: Any) -> Any:
        return function(*args, **more)

    async def connect(self: Any) -> Any:
        self._connection = self._connector()
        return self

    async def close(self: Any) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    unflushed = ("journal_mode = WAL", "synchronous = OFF", "foreign_keys = ON")  # no power fails here
    with (
        mock.patch.object(sqlite, "_PRAGMAS", unflushed),
        mock.patch.multiple(
            aiosqlite.Connection,
            _execute=execute,
            _connect=connect,
            close=close,
            stop=lambda _self: None,
            __await__=lambda self: self._connect().__await__(),
        ),
    ):
        yield
