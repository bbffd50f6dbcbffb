"""Statements about what was received.

A row goes `pending → leased → done | poison`. `dedup_key` recognises what comes twice: the set of keys is kept
(update ids of Telegram are no high-water mark: after a quiet week the next one is random), see `FORGOTTEN_AFTER`.
"""

from __future__ import annotations

from typing import NamedTuple

from bonewise.store.base import Statement
from bonewise.store.ids import shard

FORGOTTEN_AFTER = 48 * 3600.0  # seconds; Telegram keeps an update for 24 hours (Bot API, getUpdates)


class NewEvent(NamedTuple):
    """An event to be handled."""

    id: int
    person: str
    dedup_key: str
    at: float
    sealed: bytes


def insert(bot: str, new: NewEvent) -> Statement:
    """Add an event, unless its key is known. A `Conflict` when the person is gone."""
    return Statement(
        "INSERT INTO inbox (id, bot_id, shard, person_id, dedup_key, state, received_at, sealed) "
        "VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7) ON CONFLICT (bot_id, dedup_key) DO NOTHING",
        (new.id, bot, shard(new.person), new.person, new.dedup_key, new.at, new.sealed),
    )


def waiting(person: str, count: int | None = None) -> Statement:
    """What a person said and nobody took up yet, in order. A `Conflict` when it is not so many."""
    return Statement(
        "SELECT id, dedup_key, received_at, sealed FROM inbox WHERE person_id = $1 AND state = 'pending' ORDER BY id",
        (person,),
        count,
    )


def remember(bot: str, row: int, person: str, dedup_key: str, now: float) -> Statement:
    """Keep only the key of an event whose row was deleted with its person."""
    return Statement(
        "INSERT INTO inbox (id, bot_id, shard, person_id, dedup_key, state, received_at) "
        "VALUES ($1, $2, $3, $4, $5, 'done', $6)",
        (row, bot, shard(person), person, dedup_key, now),
    )


def last_turn(person: str, channel: str, elsewhere: str) -> Statement:
    """The key and time of the last thing a person did in a channel, or in the one that `elsewhere` begins a key with.

    What falls due is no such thing, nor is any other event whose key within its channel does not begin with `u`.
    """
    return Statement(
        "SELECT dedup_key, received_at FROM inbox WHERE person_id = $1 AND (dedup_key LIKE $2 OR dedup_key LIKE $3) "
        "ORDER BY id DESC LIMIT 1",
        (person, f"{channel}:u%", f"{elsewhere}:u%"),
    )


def claim(bot: str, owner: str, now: float, until: float, most: int) -> Statement:
    """Lease the oldest open event of at most `most` people, none of whom has one under way."""
    return Statement(
        "UPDATE inbox SET state = 'leased', owner = $2, lease_until = $3 WHERE id IN ("
        "SELECT head.id FROM inbox AS head WHERE head.bot_id = $1 AND head.state = 'pending' AND NOT EXISTS ("
        "SELECT 1 FROM inbox AS older WHERE older.person_id = head.person_id AND older.id < head.id "
        "AND older.state IN ('pending', 'leased')) ORDER BY head.id LIMIT $4) "
        "RETURNING id, person_id, dedup_key, attempts, received_at, sealed",
        (bot, owner, until, most),
    )


def finish(row: int, owner: str) -> Statement:
    """Handled: its content is not needed any more. A `Conflict` when the lease is lost."""
    return Statement(
        "UPDATE inbox SET state = 'done', owner = NULL, sealed = NULL "
        "WHERE id = $1 AND state = 'leased' AND owner = $2",
        (row, owner),
        affects=1,
    )


def fail(row: int, owner: str, state: str) -> Statement:
    """Count a failed attempt; `state` is pending for another one, or poison. A `Conflict` when the lease is lost."""
    return Statement(
        "UPDATE inbox SET state = $3, owner = NULL, attempts = attempts + 1 "
        "WHERE id = $1 AND state = 'leased' AND owner = $2",
        (row, owner, state),
        affects=1,
    )


def release(owner: str) -> Statement:
    """Give back what is leased to this owner."""
    return Statement("UPDATE inbox SET state = 'pending', owner = NULL WHERE state = 'leased' AND owner = $1", (owner,))


def take_back(bot: str, owner: str, before: float) -> Statement:
    """Take back what others leased and did not finish until `before`."""
    return Statement(
        "UPDATE inbox SET state = 'pending', owner = NULL "
        "WHERE bot_id = $1 AND state = 'leased' AND owner <> $2 AND lease_until <= $3",
        (bot, owner, before),
    )


def forget(bot: str, now: float) -> Statement:
    """Delete what was handled long ago."""
    return Statement(
        "DELETE FROM inbox WHERE bot_id = $1 AND state IN ('done', 'poison') AND received_at < $2",
        (bot, now - FORGOTTEN_AFTER),
    )


def highest() -> Statement:
    """The highest number in use, in both boxes."""
    return Statement(
        "SELECT max(id) AS id FROM (SELECT max(id) AS id FROM inbox UNION ALL SELECT max(id) AS id FROM outbox) AS ids"
    )
