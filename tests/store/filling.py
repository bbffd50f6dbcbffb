"""Rows for the tests of statements."""

from __future__ import annotations

from typing import Any

from bonewise.store import inbox, outbox, people
from bonewise.store.base import Statement, Store
from bonewise.store.inbox import NewEvent
from bonewise.store.outbox import RANKS, NewMessage
from bonewise.store.people import NewPerson

BOT = "bot"


async def people_of(store: Store, *names: str) -> None:
    """Add people, each at the address that is their name."""
    for name in names:
        await store.commit(people.insert(BOT, NewPerson(name, "telegram", name, b"key", b"person", b"session", 0.0)))


async def events_of(store: Store, *events: tuple[int, str], at: float = 0.0) -> None:
    """Add events by number and person."""
    await store.commit([inbox.insert(BOT, NewEvent(row, person, f"key {row}", at, b"event")) for row, person in events])


async def messages_of(store: Store, *messages: tuple[int, str, str], **more: Any) -> None:
    """Add messages by number, person and kind."""
    await store.commit(
        [
            outbox.insert(BOT, NewMessage(row, person, "telegram", f"key {row}", RANKS[kind], 0.0, b"text", **more))
            for row, person, kind in messages
        ]
    )


async def run(store: Store, statement: Statement) -> list[dict[str, Any]]:
    """The rows that one statement returns."""
    [outcome] = await store.commit([statement])
    return outcome.rows


async def read(store: Store, sql: str) -> list[dict[str, Any]]:
    """The rows of a query."""
    [rows] = await store.load(Statement(sql))
    return rows


async def column(store: Store, sql: str) -> list[Any]:
    """The first column of a query."""
    return [next(iter(row.values())) for row in await read(store, sql)]
