"""Statements about people and their sessions."""

from __future__ import annotations

from typing import NamedTuple

from bonewise.store.base import Statement
from bonewise.store.ids import shard
from bonewise.store.rate import SET_BACK


class NewPerson(NamedTuple):
    """A person who was not known, with the state of nothing said yet."""

    id: str
    channel: str
    address: str
    wrapped_key: bytes
    sealed: bytes
    sealed_session: bytes
    at: float


def insert(bot: str, new: NewPerson) -> list[Statement]:
    """Add a person and their session. A `Conflict` when the address is known already."""
    where = (bot, shard(new.id))
    return [
        Statement(
            "INSERT INTO person (id, bot_id, shard, channel, address, wrapped_key, sealed, created_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            (new.id, *where, new.channel, new.address, new.wrapped_key, new.sealed, new.at),
            affects=1,
        ),
        Statement(
            "INSERT INTO session (person_id, bot_id, shard, version, sealed, touched_at) "
            "VALUES ($1, $2, $3, 0, $4, $5)",
            (new.id, *where, new.sealed_session, new.at),
            affects=1,
        ),
    ]


def one(person: str) -> Statement:
    """The person and the session, with its version."""
    return Statement(
        "SELECT person.id, channel, address, wrapped_key, person.sealed, version, session.sealed AS sealed_session "
        "FROM person JOIN session ON session.person_id = person.id WHERE person.id = $1",
        (person,),
    )


def at_address(bot: str, channel: str, address: str) -> Statement:
    """The id and key of the person at an address."""
    return Statement(
        "SELECT id, address, wrapped_key FROM person WHERE bot_id = $1 AND channel = $2 AND address = $3",
        (bot, channel, address),
    )


def some(bot: str, most: int) -> Statement:
    """The ids and keys of at most `most` people."""
    return Statement("SELECT id, wrapped_key FROM person WHERE bot_id = $1 LIMIT $2", (bot, most))


def save(person: str, sealed: bytes, sealed_session: bytes, version: int, now: float) -> list[Statement]:
    """Keep the new state. A `Conflict` when the session is not of `version` any more."""
    return [
        Statement(
            "UPDATE session SET sealed = $2, version = version + 1, touched_at = $3 "
            "WHERE person_id = $1 AND version = $4",
            (person, sealed_session, now, version),
            affects=1,
        ),
        Statement("UPDATE person SET sealed = $2 WHERE id = $1", (person, sealed), affects=1),
    ]


def unchanged(person: str, version: int) -> Statement:
    """A `Conflict` when the session is not of `version` any more."""
    return Statement("SELECT 1 FROM session WHERE person_id = $1 AND version = $2", (person, version), affects=1)


def delete(person: str) -> Statement:
    """Delete a person with all their rows and their key."""
    return Statement("DELETE FROM person WHERE id = $1", (person,), affects=1)


def pace(person: str, now: float, seconds: float, burst: float) -> Statement:
    """Count one message to this chat: it uses up `seconds` of the chat's time, which runs ahead by at most `burst`."""
    return Statement(
        "UPDATE person SET paced_at = CASE WHEN paced_at BETWEEN $2 AND $4 THEN paced_at ELSE $2 END + $3 "
        "WHERE id = $1",
        (person, now, seconds, now + burst + SET_BACK),
    )
