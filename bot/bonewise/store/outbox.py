"""Statements about what is to be sent.

A row goes `pending → leased → sending → sent | failed | unknown | waiting | dropped`, or from `leased` to `postponed`
(and at its moment to `pending` again), `missed`,
`skipped` or `held`. Only a row in `sending` can have been delivered without
our knowing. `rank` is the class: 0 reply, 1 reminder, 2 nudge, 3 tip.
"""

from __future__ import annotations

from typing import NamedTuple

from bonewise.store.base import Statement
from bonewise.store.ids import shard
from bonewise.store.rate import SET_BACK

_IN_DOUBT = "CASE WHEN resent = 0 AND rank < 3 AND recalled = 0 THEN 'pending' ELSE 'unknown' END"

RANKS = {"reply": 0, "reminder": 1, "nudge": 2, "tip": 3}
TEXT_KEPT_FOR = 30 * 86400.0  # seconds


class NewMessage(NamedTuple):
    """A message to be sent. `reminder` is the reminder that it says, if any; `slot` names the message.

    `announcement` is the one that it is a message of.
    """

    id: int
    person: str
    channel: str
    dedup_key: str
    rank: int
    at: float
    sealed: bytes
    reminder: str | None = None
    slot: str | None = None
    announcement: str | None = None


def insert(bot: str, new: NewMessage) -> Statement:
    """Add a message, unless its key is known. A `Conflict` when the person is gone."""
    return Statement(
        "INSERT INTO outbox (id, bot_id, shard, person_id, channel, dedup_key, rank, state, due_at, created_at, "
        "sealed, reminder_id, slot, announcement) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $8, $9, $10, $11, $12) "
        "ON CONFLICT (bot_id, dedup_key) DO NOTHING",
        (
            *(new.id, bot, shard(new.person), new.person, new.channel, new.dedup_key, new.rank),
            *(new.at, new.sealed, new.reminder, new.slot, new.announcement),
        ),
    )


def claim(
    bot: str,
    channel: str,
    owner: str,
    now: float,
    until: float,
    burst: float,
    *,
    oldest: bool = False,
    tips: bool | None = None,
) -> Statement:
    """Lease the next message of a channel: the best class first, in a person's order, one at a time per person.

    With `oldest` it is the one that has waited longest, of all but replies; with `tips` one of the class tip, or of
    all but that class.
    A chat that had messages lately waits; `burst` is by how many seconds replies may run ahead. Nothing waits for a
    clock that was set back. A `Conflict` when there is none. Without the CAST SQLite 3.40 reads all people: in
    RETURNING it does not know that the column is a text.
    """
    only, order = ("AND head.rank <> 0", "head.id") if oldest else ("", "head.rank, head.id")
    of = {None: "", True: "AND head.rank = 3", False: "AND head.rank < 3"}[tips]
    return Statement(
        "UPDATE outbox SET state = 'leased', owner = $3, lease_until = $5 WHERE id = ("  # noqa: S608
        "SELECT head.id FROM outbox AS head JOIN person ON person.id = head.person_id "
        f"WHERE head.bot_id = $1 AND head.channel = $2 AND head.state = 'pending' {only} {of} "
        "AND (head.due_at <= $4 OR head.created_at > $4) "
        "AND (person.paced_at <= $4 + CASE WHEN head.rank = 0 THEN $6 ELSE 0 END OR person.paced_at > $7) "
        "AND NOT EXISTS ("
        "SELECT 1 FROM outbox AS other WHERE other.person_id = head.person_id "
        "AND (other.state IN ('leased', 'sending') "
        "OR (other.state IN ('pending', 'waiting') AND (other.rank, other.id) < (head.rank, head.id)))) "
        f"ORDER BY {order} LIMIT 1) RETURNING id, person_id, rank, tries, resent, sealed, reminder_id, announcement, "
        "(SELECT address FROM person WHERE id = CAST(outbox.person_id AS TEXT)) AS address, "
        "(SELECT wrapped_key FROM person WHERE id = CAST(outbox.person_id AS TEXT)) AS wrapped_key",
        (bot, channel, owner, now, until, burst, now + burst + SET_BACK),
        affects=1,
    )


def sending(row: int, owner: str, least: float) -> Statement:
    """The last moment before the request. A `Conflict` when the lease is lost or ends before `least`."""
    return Statement(
        "UPDATE outbox SET state = 'sending' WHERE id = $1 AND state = 'leased' AND owner = $2 AND lease_until > $3",
        (row, owner, least),
        affects=1,
    )


def sent(row: int, owner: str, message: str | None) -> Statement:
    """Delivered, as the channel's message `message`."""
    return Statement(
        "UPDATE outbox SET state = 'sent', owner = NULL, message_id = $3 WHERE id = $1 AND owner = $2",
        (row, owner, message),
    )


def end(row: int, owner: str, state: str) -> Statement:
    """Not delivered: failed, unknown, waiting, dropped, skipped, or pending again at once."""
    return Statement(
        "UPDATE outbox SET state = CASE WHEN recalled = 1 AND $3 IN ('pending', 'waiting') THEN 'dropped' ELSE $3 END, "
        "owner = NULL WHERE id = $1 AND owner = $2",
        (row, owner, state),
    )


def miss(row: int, owner: str) -> Statement:
    """Not sent in time. A `Conflict` when the lease is lost: then its reminder was changed."""
    return Statement(
        "UPDATE outbox SET state = 'missed', owner = NULL WHERE id = $1 AND state = 'leased' AND owner = $2",
        (row, owner),
        affects=1,
    )


def postpone(row: int, owner: str, due: float) -> Statement:
    """Not to be sent before `due`; it holds up nothing meanwhile."""
    return Statement(
        "UPDATE outbox SET state = 'postponed', owner = NULL, due_at = $3 WHERE id = $1 AND owner = $2",
        (row, owner, due),
    )


def next_postponed(bot: str) -> Statement:
    """When the next postponed message is to be sent, or NULL."""
    return Statement("SELECT min(due_at) AS due_at FROM outbox WHERE bot_id = $1 AND state = 'postponed'", (bot,))


def resume(bot: str, now: float) -> Statement:
    """What was postponed until now is to be sent."""
    return Statement(
        "UPDATE outbox SET state = 'pending' WHERE bot_id = $1 AND state = 'postponed' AND due_at <= $2", (bot, now)
    )


def retry(row: int, owner: str, now: float, due: float) -> Statement:
    """Surely not delivered: once more at `due`, unless what it says was changed meanwhile."""
    return Statement(
        "UPDATE outbox SET state = CASE WHEN recalled = 1 THEN 'dropped' ELSE 'pending' END, owner = NULL, "
        "tries = tries + 1, due_at = $4, created_at = CASE WHEN created_at > $3 THEN $3 ELSE created_at END "
        "WHERE id = $1 AND owner = $2",
        (row, owner, now, due),
    )


def doubt(row: int, owner: str) -> Statement:
    """Nobody knows whether it was delivered: sent once more, but never a tip, nor what was changed meanwhile."""
    return Statement(
        f"UPDATE outbox SET state = {_IN_DOUBT}, resent = resent + 1, owner = NULL WHERE id = $1 AND owner = $2",  # noqa: S608
        (row, owner),
    )


def take_back(bot: str, owner: str, before: float) -> list[Statement]:
    """Take back what others leased and did not finish until `before`.

    What they were sending is in doubt: the last statement returns to which states that went.
    """
    args = (bot, owner, before)
    return [
        Statement(
            "UPDATE outbox SET state = 'pending', owner = NULL "
            "WHERE bot_id = $1 AND owner <> $2 AND lease_until <= $3 AND state = 'leased'",
            args,
        ),
        Statement(
            f"UPDATE outbox SET state = {_IN_DOUBT}, resent = resent + 1, owner = NULL "  # noqa: S608
            "WHERE bot_id = $1 AND owner <> $2 AND lease_until <= $3 AND state = 'sending' RETURNING state",
            args,
        ),
    ]


def release(owner: str) -> Statement:
    """Give back what is leased to this owner and not yet on its way."""
    return Statement(
        "UPDATE outbox SET state = 'pending', owner = NULL WHERE state = 'leased' AND owner = $1", (owner,)
    )


def arrived(person: str) -> Statement:
    """What waited for this person is to be sent."""
    return Statement("UPDATE outbox SET state = 'pending' WHERE person_id = $1 AND state = 'waiting'", (person,))


def cancel(person: str, reminder: str) -> Statement:
    """Drop what says a reminder that was changed. A lease is lost by that, so a sender that holds it stops too.

    What is on its way already may arrive, but is not sent once more.
    """
    return Statement(
        "UPDATE outbox SET recalled = 1, state = CASE WHEN state = 'sending' THEN state ELSE 'dropped' END, "
        "owner = CASE WHEN state = 'sending' THEN owner ELSE NULL END WHERE person_id = $1 AND reminder_id = $2 "
        "AND state IN ('pending', 'leased', 'sending', 'waiting', 'postponed')",
        (person, reminder),
    )


def give_up(person: str) -> Statement:
    """Drop all that was to be sent to somebody who has left."""
    return Statement(
        "UPDATE outbox SET state = 'dropped' "
        "WHERE person_id = $1 AND state IN ('pending', 'waiting', 'postponed', 'held')",
        (person,),
    )


def last_in_slot(person: str, slot: str) -> Statement:
    """The message that was last sent in a slot."""
    return Statement(
        "SELECT message_id FROM outbox WHERE person_id = $1 AND slot = $2 AND state = 'sent' "
        "AND message_id IS NOT NULL ORDER BY id DESC LIMIT 1",
        (person, slot),
    )


def history(person: str, after: int) -> Statement:
    """What was sent after row `after`, in order."""
    return Statement(
        "SELECT id, sealed, message_id FROM outbox WHERE person_id = $1 AND id > $2 AND state = 'sent' "
        "AND sealed IS NOT NULL ORDER BY id",
        (person, after),
    )


def counts(bot: str) -> Statement:
    """How many messages are in each state."""
    return Statement("SELECT state, count(*) AS count FROM outbox WHERE bot_id = $1 GROUP BY state", (bot,))


def forget(bot: str, now: float) -> Statement:
    """Erase the texts of what was settled long ago."""
    return Statement(
        "UPDATE outbox SET sealed = NULL WHERE bot_id = $1 AND created_at < $2 AND sealed IS NOT NULL "
        "AND state IN ('sent', 'failed', 'unknown', 'dropped', 'missed', 'skipped')",
        (bot, now - TEXT_KEPT_FOR),
    )
