"""Statements about how fast a channel may send: one row, shared by all replicas.

The rate is kept by GCRA (the generic cell rate algorithm, ITU-T I.371): each message moves `allowed_at` on by the
interval, and is allowed once that moment has come.
"""

from __future__ import annotations

from bonewise.store.base import Statement

SET_BACK = 5.0  # seconds; a moment further ahead than it can be by this was written before the clock was set back


def ensure(bot: str, channel: str) -> Statement:
    """Make the row of a channel, if it is not there."""
    return Statement(
        "INSERT INTO rate (bot_id, shard, channel, allowed_at, blocked_until) VALUES ($1, 0, $2, 0, 0) "
        "ON CONFLICT (bot_id, channel) DO NOTHING",
        (bot, channel),
    )


def take(bot: str, channel: str, now: float, interval: float, late: float) -> Statement:
    """Take the right to send one message, `interval` seconds after the last. A `Conflict` when it is too early.

    Who comes late by at most `late` seconds does not lose the time; more than that is never made up for.
    """
    return Statement(
        "UPDATE rate SET allowed_at = "
        "CASE WHEN allowed_at BETWEEN $3 - $5 AND $3 THEN allowed_at ELSE $3 - $5 END + $4 "
        "WHERE bot_id = $1 AND channel = $2 AND (allowed_at <= $3 OR allowed_at > $6) AND blocked_until <= $3",
        (bot, channel, now, interval, late, now + interval + SET_BACK),
        affects=1,
    )


def block(bot: str, channel: str, until: float) -> Statement:
    """Nobody sends to this channel before `until`."""
    return Statement(
        "UPDATE rate SET blocked_until = $3 WHERE bot_id = $1 AND channel = $2 AND blocked_until < $3",
        (bot, channel, until),
    )


def state(bot: str, channel: str) -> Statement:
    """From when on the next message is allowed, in unix seconds."""
    return Statement(
        "SELECT CASE WHEN allowed_at > blocked_until THEN allowed_at ELSE blocked_until END AS open_at "
        "FROM rate WHERE bot_id = $1 AND channel = $2",
        (bot, channel),
    )
