"""Statements about announcements.

One goes `sending → done`, with a way to `paused` and back, or to `stopped`. An announcement that is over keeps its row:
its id cannot be used again.
"""

from __future__ import annotations

from typing import NamedTuple

from bonewise.store.base import Statement
from bonewise.store.ids import shard

OPEN = ("pending", "leased", "sending")
"""The states of a message that is to be sent now."""


class NewAnnouncement(NamedTuple):
    """An announcement that begins; `texts` is JSON, `last_day` YYYY-MM-DD."""

    id: str
    hash: str
    texts: str
    last_day: str
    at: float


def key(announcement: str, person: str) -> str:
    """The dedup key of the one message of an announcement to a person."""
    return f"announcement:{announcement}:{person}"


def begin(bot: str, new: NewAnnouncement) -> Statement:
    """Begin an announcement, unless its id was used."""
    return Statement(
        "INSERT INTO announcement (bot_id, id, shard, hash, texts, last_day, state, reached, due_at, begun_at) "
        "VALUES ($1, $2, 0, $3, $4, $5, 'sending', '', $6, $6) ON CONFLICT (bot_id, id) DO NOTHING",
        (bot, new.id, new.hash, new.texts, new.last_day, new.at),
    )


def every(bot: str) -> Statement:
    """All announcements, in the order in which they began."""
    return Statement(
        "SELECT id, last_day, state, due_at, begun_at FROM announcement WHERE bot_id = $1 ORDER BY begun_at, id",
        (bot,),
    )


def running(bot: str) -> Statement:
    """Those that are to be sent now, in the same order."""
    return Statement(
        "SELECT id, texts, last_day, reached, due_at, next_at, begun_at FROM announcement "
        "WHERE bot_id = $1 AND state = 'sending' ORDER BY begun_at, id",
        (bot,),
    )


def one(bot: str, announcement: str) -> Statement:
    """The state and hash of an announcement."""
    return Statement("SELECT state, hash FROM announcement WHERE bot_id = $1 AND id = $2", (bot, announcement))


def counts(bot: str, announcement: str) -> Statement:
    """How many of its messages are in each state."""
    return Statement(
        "SELECT state, count(*) AS count FROM outbox WHERE bot_id = $1 AND announcement = $2 GROUP BY state",
        (bot, announcement),
    )


def open_now(bot: str, announcement: str) -> Statement:
    """The same of those states that lead on to another one, whoever is there."""
    return Statement(
        "SELECT state, count(*) AS count FROM outbox WHERE bot_id = $1 AND announcement = $2 "
        "AND state IN ('pending', 'leased', 'sending', 'postponed', 'held') GROUP BY state",
        (bot, announcement),
    )


def pause(bot: str, announcement: str) -> list[Statement]:
    """Send no more of it for now."""
    return [
        _move(bot, announcement, "paused", "('sending')"),
        _move_messages(bot, announcement, "held", "('pending', 'postponed')"),
    ]


def resume(bot: str, announcement: str) -> list[Statement]:
    """Go on with it."""
    return [_move(bot, announcement, "sending", "('paused')"), release(bot, announcement)]


def stop(bot: str, announcement: str) -> list[Statement]:
    """Send no more of it."""
    return [
        _move(bot, announcement, "stopped", "('sending', 'paused')"),
        _move_messages(bot, announcement, "dropped", "('pending', 'postponed', 'held', 'waiting')"),
    ]


def finish(bot: str, announcement: str) -> Statement:
    """All of it was sent. A `Conflict` when it does not go on any more."""
    return _move(bot, announcement, "done", "('sending')")


def release(bot: str, announcement: str) -> Statement:
    """What was held is to be sent."""
    return _move_messages(bot, announcement, "pending", "('held')")


def goes_on(bot: str, announcement: str) -> Statement:
    """A `Conflict` when it is paused or stopped."""
    return Statement(
        "SELECT 1 FROM announcement WHERE bot_id = $1 AND id = $2 AND state IN ('sending', 'done')",
        (bot, announcement),
        affects=1,
    )


def people(bot: str, announcement: str, reached: str, begun: float, most: int) -> Statement:
    """At most `most` people after `reached` who were there when it began and have no message of it yet."""
    return Statement(
        "SELECT id, channel, wrapped_key, sealed FROM person WHERE bot_id = $1 AND id > $2 AND created_at <= $3 "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.bot_id = $1 AND dedup_key = $4 || person.id) "
        "ORDER BY id LIMIT $5",
        (bot, reached, begun, key(announcement, ""), most),
    )


def advance(bot: str, announcement: str, reached: tuple[str, str], next_at: float | None) -> Statement:
    """From one person to another. A `Conflict` when it does not go on, or somebody else went on with it."""
    return Statement(
        "UPDATE announcement SET reached = $4, next_at = $5 "
        "WHERE bot_id = $1 AND id = $2 AND reached = $3 AND state = 'sending'",
        (bot, announcement, *reached, next_at),
        affects=1,
    )


def turn(bot: str, announcement: str, reached: str, next_at: float | None) -> Statement:
    """All people were gone through: once more from `next_at` on, or never more. A `Conflict` as in `advance`."""
    return Statement(
        "UPDATE announcement SET reached = CASE WHEN $4 IS NULL THEN NULL ELSE '' END, next_at = NULL, "
        "due_at = coalesce($4, due_at) WHERE bot_id = $1 AND id = $2 AND reached = $3 AND state = 'sending'",
        (bot, announcement, reached, next_at),
        affects=1,
    )


def settled(bot: str, announcement: str, row: int, person: tuple[str, str], state: str, now: float) -> Statement:
    """A person (id and channel) will get no message of it: skipped or failed. A `Conflict` when they are gone."""
    return Statement(
        "INSERT INTO outbox (id, bot_id, shard, person_id, channel, dedup_key, rank, state, due_at, created_at, "
        "announcement) VALUES ($1, $2, $3, $4, $5, $6, 3, $7, $8, $8, $9) ON CONFLICT (bot_id, dedup_key) DO NOTHING",
        (row, bot, shard(person[0]), *person, key(announcement, person[0]), state, now, announcement),
    )


def _move(bot: str, announcement: str, state: str, before: str) -> Statement:
    return Statement(
        f"UPDATE announcement SET state = $3 WHERE bot_id = $1 AND id = $2 AND state IN {before}",  # noqa: S608
        (bot, announcement, state),
        affects=1,
    )


def _move_messages(bot: str, announcement: str, state: str, before: str) -> Statement:
    return Statement(
        f"UPDATE outbox SET state = $3 WHERE bot_id = $1 AND announcement = $2 AND state IN {before}",  # noqa: S608
        (bot, announcement, state),
    )
