"""Statements about typed questions that were not understood."""

from __future__ import annotations

from bonewise.store.base import Statement
from bonewise.store.ids import shard

DAY = 86400.0
TEXTS_FOR = 90 * DAY  # seconds
TEXTS_OF_ONE = 20
TEXTS_OF_ALL = 2000
COUNTS_FOR_DAYS = 400


def count(bot: str, day: str, language: str, what: str, topic: str) -> Statement:
    """One more, on this day (YYYY-MM-DD, UTC)."""
    return Statement(
        "INSERT INTO unknown_count (bot_id, day, language, what, topic, count) VALUES ($1, $2, $3, $4, $5, 1) "
        "ON CONFLICT (bot_id, day, language, what, topic) DO UPDATE SET count = unknown_count.count + 1",
        (bot, day, language, what, topic),
    )


def keep(bot: str, person: str, row: int, now: float, sealed: bytes) -> list[Statement]:
    """Keep the words of one; of each person the newest stay."""
    return [
        Statement(
            "INSERT INTO unknown_text (id, bot_id, shard, person_id, kept_at, sealed) VALUES ($1, $2, $3, $4, $5, $6)",
            (row, bot, shard(person), person, now, sealed),
        ),
        Statement(
            "DELETE FROM unknown_text WHERE person_id = $1 AND id NOT IN "
            "(SELECT id FROM unknown_text WHERE person_id = $1 ORDER BY id DESC LIMIT $2)",
            (person, TEXTS_OF_ONE),
        ),
    ]


def drop(person: str) -> Statement:
    """Delete all words of this person."""
    return Statement("DELETE FROM unknown_text WHERE person_id = $1", (person,))


def forget(bot: str, now: float, oldest_day: str) -> list[Statement]:
    """Delete what is too old, and of the words those that are too many."""
    return [
        Statement("DELETE FROM unknown_text WHERE bot_id = $1 AND kept_at < $2", (bot, now - TEXTS_FOR)),
        Statement(
            "DELETE FROM unknown_text WHERE bot_id = $1 AND id NOT IN "
            "(SELECT id FROM unknown_text WHERE bot_id = $1 ORDER BY id DESC LIMIT $2)",
            (bot, TEXTS_OF_ALL),
        ),
        Statement("DELETE FROM unknown_count WHERE bot_id = $1 AND day < $2", (bot, oldest_day)),
    ]


def counts(bot: str) -> Statement:
    """All counts, newest day first."""
    return Statement(
        "SELECT day, language, what, topic, count FROM unknown_count WHERE bot_id = $1 "
        "ORDER BY day DESC, count DESC, language, what, topic",
        (bot,),
    )


def texts(bot: str) -> Statement:
    """All words that are kept, newest first, each with the key of its person."""
    return Statement(
        "SELECT unknown_text.id, person_id, kept_at, unknown_text.sealed, wrapped_key FROM unknown_text "
        "JOIN person ON person.id = person_id WHERE unknown_text.bot_id = $1 ORDER BY unknown_text.id DESC",
        (bot,),
    )
