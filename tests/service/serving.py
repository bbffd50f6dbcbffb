"""The real service on a real file, with a channel that keeps what is sent and a clock that stands still."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from tests.service.channel import Channel
from tests.service.talk import TALK, said

from bonewise.dialogue.event import Event, Text
from bonewise.dialogue.person import Person
from bonewise.dialogue.received import Received
from bonewise.service import people as service_people
from bonewise.service.context import Context
from bonewise.service.inbox import Dialogue
from bonewise.service.lanes import Paid
from bonewise.service.pace import UNPACED, Pace
from bonewise.service.service import Service, open_context
from bonewise.store import people
from bonewise.store.base import Statement, Store, Value
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault

BOT = "bot"
NAME = "chat"
START = 1_800_000_000.0  # unix seconds
PATIENCE = 3.0  # seconds until something must have happened
_keys = count()


@dataclass
class Clock:
    """Stands still until it is set."""

    now: float = START

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        """Set it, back as well."""
        self.now += seconds


def text(words: str, address: str = "a", key: str | None = None, **more: Any) -> Received:
    """Somebody says something."""
    return event(Text(words), address, key, **more)


def event(what: Event, address: str = "a", key: str | None = None, **more: Any) -> Received:
    """Something happens at an address."""
    return Received(key or f"k{next(_keys)}", address, what, **more)


@dataclass
class Served:
    """What a test can see of a running service."""

    service: Service
    context: Context
    channel: Channel
    clock: Clock
    forgotten: list[tuple[str, str]] = field(default_factory=list)

    def forward(self, seconds: float) -> None:
        """Set the clock, and do not wait until everything has looked at it."""
        self.clock.forward(seconds)
        self.service._settled()

    async def receive(self, *batch: Received) -> None:
        """Hand over a batch."""
        await self.service.receive(batch, NAME)

    async def says(self, *texts: str, address: str = "a") -> None:
        """Say one after the other, without waiting for an answer."""
        for one in texts:
            await self.receive(text(one, address))

    async def rows(self, sql: str, *args: Value) -> list[dict[str, Any]]:
        """The rows of a query."""
        [rows] = await self.context.store.load(Statement(sql, args))
        return rows

    async def do(self, sql: str, *args: Value) -> None:
        """Change rows behind the back of the service."""
        await self.context.store.commit([Statement(sql, args)])

    async def states(self, box: str = "outbox") -> list[str]:
        """The states of all rows of a box, in order."""
        return [row["state"] for row in await self.rows(f"SELECT state FROM {box} ORDER BY id")]  # noqa: S608

    async def person(self, address: str = "a") -> Person:
        """The person at an address, as kept."""
        [[row]] = await self.context.store.load(people.at_address(BOT, NAME, address))
        known = await service_people.load(self.context, row["id"])
        assert known is not None
        return known.person

    async def said(self, address: str = "a") -> list[object]:
        """What this person said, as the dialogue kept it."""
        return said(await self.person(address))

    async def sees(self, *texts: str, address: str = "a") -> None:
        """Wait until exactly these texts have arrived at an address."""
        await until(lambda: len(self.channel.texts_to(address)) >= len(texts))
        await self.settled()
        assert self.channel.texts_to(address) == list(texts), self.channel.texts_to(address)

    async def has(self, count: int, sql: str, *args: Value) -> None:
        """Wait until a query has so many rows."""
        end = time.monotonic() + PATIENCE
        while len(await self.rows(sql, *args)) != count:
            assert time.monotonic() < end, f"not {count} rows"
            await asyncio.sleep(0.003)

    async def settled(self) -> None:
        """Wait until nothing is to be handled, to be sent or on its way, but what waits for its moment or person."""
        query = (
            "SELECT (SELECT count(*) FROM inbox WHERE state IN ('pending', 'leased')) + (SELECT count(*) FROM outbox "
            "WHERE state IN ('leased', 'sending') OR (state = 'pending' AND due_at <= $1 "
            "AND NOT EXISTS (SELECT 1 FROM rate WHERE rate.channel = outbox.channel AND blocked_until > $1) "
            "AND NOT EXISTS (SELECT 1 FROM outbox AS first WHERE first.person_id = outbox.person_id "
            "AND (first.rank, first.id) < (outbox.rank, outbox.id) "
            "AND (first.state = 'waiting' OR (first.state = 'pending' AND first.due_at > $1))))) AS open"
        )
        end = time.monotonic() + PATIENCE
        while (await self.rows(query, self.clock()))[0]["open"]:
            assert time.monotonic() < end, (await self.states("inbox"), await self.states())
            await asyncio.sleep(0.005)


async def until(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something holds. Raises `AssertionError` when it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        await asyncio.sleep(0.003)


@asynccontextmanager
async def at_rest(
    folder: Path,
    *,
    channel: Channel | None = None,
    clock: Clock | None = None,
    dialogue: Dialogue = TALK,
    pace: Pace = UNPACED,
    paid: Paid | None = None,
    wrap: Callable[[Store], Store] = lambda store: store,
) -> AsyncIterator[Served]:
    """The service with its file open, not started."""
    channel, clock = channel or Channel(), clock or Clock()
    store = await SqliteStore.open(folder / "bonewise.db", patience=0.1)
    forgotten: list[tuple[str, str]] = []

    async def forget(name: str, address: str) -> None:
        forgotten.append((name, address))

    try:
        context = await open_context(wrap(store), Vault.from_file(folder / "key"), BOT, clock)
        ways = {} if paid is None else {NAME: paid}
        service = Service(context, dialogue, {NAME: channel}, {NAME: pace}, forget, folder / "orders", ways)
        yield Served(service, context, channel, clock, forgotten)
    finally:
        await store.close()


@asynccontextmanager
async def serving(folder: Path, **parts: Any) -> AsyncIterator[Served]:
    """The service runs, and drains at the end."""
    async with at_rest(folder, **parts) as served, running(served):
        yield served


@asynccontextmanager
async def running(served: Served) -> AsyncIterator[None]:
    """Start what is at rest; it drains at the end."""
    await served.service.start()
    try:
        yield
    finally:
        served.channel.go_on()
        await served.service.drain()
