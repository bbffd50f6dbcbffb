"""Statements about reminders."""

from __future__ import annotations

from bonewise.store.base import Statement
from bonewise.store.ids import shard


def of(person: str) -> Statement:
    """All reminders of a person, in the order in which they fall due."""
    return Statement("SELECT id, state, sealed FROM reminder WHERE person_id = $1 ORDER BY due_at, id", (person,))


def save(bot: str, person: str, reminder: str, state: str, due: float, sealed: bytes) -> Statement:
    """Add or change a reminder; `due` in unix seconds."""
    return Statement(
        "INSERT INTO reminder (person_id, id, bot_id, shard, state, due_at, sealed) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) "
        "ON CONFLICT (person_id, id) DO UPDATE SET state = excluded.state, due_at = excluded.due_at, "
        "sealed = excluded.sealed",
        (person, reminder, bot, shard(person), state, due, sealed),
        affects=1,
    )


def delete(person: str, reminder: str) -> Statement:
    """Delete a reminder."""
    return Statement("DELETE FROM reminder WHERE person_id = $1 AND id = $2", (person, reminder))


def due(bot: str, now: float, most: int) -> Statement:
    """At most `most` reminders whose moment has come, with the keys of their people; the latest ones last."""
    return Statement(
        "SELECT reminder.id, person_id, due_at, channel, address, wrapped_key "
        "FROM reminder JOIN person ON person.id = person_id "
        "WHERE reminder.bot_id = $1 AND state = 'pending' AND due_at <= $2 ORDER BY due_at LIMIT $3",
        (bot, now, most),
    )


def next_due(bot: str) -> Statement:
    """When the next reminder falls due, or NULL."""
    return Statement("SELECT min(due_at) AS due_at FROM reminder WHERE bot_id = $1 AND state = 'pending'", (bot,))


def waiting(bot: str, person: str, reminder: str, most: int) -> Statement:
    """At most `most` reminders that wait, of all people, with their keys: those after this one in a fixed order."""
    return Statement(
        "SELECT reminder.id, person_id, due_at, reminder.sealed, wrapped_key "
        "FROM reminder JOIN person ON person.id = person_id "
        "WHERE (person_id, reminder.id) > ($2, $3) AND reminder.bot_id = $1 AND state IN ('pending', 'paused') "
        "ORDER BY person_id, reminder.id LIMIT $4",
        (bot, person, reminder, most),
    )


def put_off(person: str, reminder: str, due: float, new: float, sealed: bytes) -> Statement:
    """Another moment for one that waits, unless it was changed meanwhile; in unix seconds."""
    return Statement(
        "UPDATE reminder SET due_at = $4, sealed = $5 "
        "WHERE person_id = $1 AND id = $2 AND due_at = $3 AND state IN ('pending', 'paused')",
        (person, reminder, due, new, sealed),
    )


def move(person: str, reminder: str, due: float, state: str) -> Statement:
    """From pending to another state. A `Conflict` when it was changed meanwhile."""
    return Statement(
        "UPDATE reminder SET state = $4 WHERE person_id = $1 AND id = $2 AND due_at = $3 AND state = 'pending'",
        (person, reminder, due, state),
        affects=1,
    )
