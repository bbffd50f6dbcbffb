"""Statements about links between a person who is reminded and a caregiver.

One row tells both how the link stands, so every change names the state that it starts from: of two people who act at
the same moment the second one meets a `Conflict`, and looks again.
"""

from __future__ import annotations

from typing import NamedTuple

from bonewise.store.base import Statement
from bonewise.store.ids import shard


class NewCareLink(NamedTuple):
    """An invitation that nobody has opened; `expires` in unix seconds."""

    id: str
    person: str
    token_hash: str
    expires: float
    sealed: bytes


def insert(bot: str, new: NewCareLink) -> Statement:
    """Add an invitation."""
    return Statement(
        "INSERT INTO care_link (id, bot_id, shard, person_id, state, token_hash, expires_at, sealed) "
        "VALUES ($1, $2, $3, $4, 'invited', $5, $6, $7)",
        (new.id, bot, shard(new.person), new.person, new.token_hash, new.expires, new.sealed),
        affects=1,
    )


def of(person: str, now: float) -> Statement:
    """All links of a person that are not over, each with their own sealed side and where the other one is."""
    return Statement(
        "SELECT care_link.id, person_id, state, expires_at, copies, token_hash, "
        "CASE WHEN person_id = $1 THEN care_link.sealed ELSE sealed_caregiver END AS sealed_side, "
        "other.id AS other_id, other.address AS other_address, other.wrapped_key AS other_key "
        "FROM care_link LEFT JOIN person AS other "
        "ON other.id = CASE WHEN person_id = $1 THEN caregiver_id ELSE person_id END "
        "WHERE (person_id = $1 OR caregiver_id = $1) AND (state = 'on' OR expires_at > $2) "
        "ORDER BY expires_at, care_link.id",
        (person, now),
    )


def by_token(bot: str, token_hash: str, now: float) -> Statement:
    """The link that was invited to with a token, if it is not over, with the key of the one who invited."""
    return Statement(
        "SELECT care_link.id, person_id, caregiver_id, token_hash, expires_at, care_link.sealed, wrapped_key "
        "FROM care_link JOIN person ON person.id = person_id "
        "WHERE care_link.bot_id = $1 AND token_hash = $2 AND (state = 'on' OR expires_at > $3)",
        (bot, token_hash, now),
    )


def take(link: str, caregiver: str, now: float, sealed: bytes) -> Statement:
    """The caregiver opened the invitation, and nobody else can. A `Conflict` when somebody did, or it is over."""
    return Statement(
        "UPDATE care_link SET state = 'opened', caregiver_id = $2, sealed_caregiver = $4 "
        "WHERE id = $1 AND state = 'invited' AND caregiver_id IS NULL AND person_id <> $2 AND expires_at > $3",
        (link, caregiver, now, sealed),
        affects=1,
    )


class ChangedCareLink(NamedTuple):
    """What one of the two has changed; `copies` (0 or 1) counts only from the one who is reminded."""

    id: str
    person: str
    before: str
    state: str
    expires: float
    copies: int
    sealed: bytes


def change(new: ChangedCareLink) -> Statement:
    """The state and a person's own side are new. A `Conflict` when the state is not `before` any more."""
    return Statement(
        "UPDATE care_link SET state = $4, expires_at = $5, "
        "copies = CASE WHEN person_id = $2 THEN $6 ELSE copies END, "
        "sealed = CASE WHEN person_id = $2 THEN $7 ELSE sealed END, "
        "sealed_caregiver = CASE WHEN caregiver_id = $2 THEN $7 ELSE sealed_caregiver END "
        "WHERE id = $1 AND (person_id = $2 OR caregiver_id = $2) AND state = $3",
        new,
        affects=1,
    )


def delete(link: str, person: str) -> Statement:
    """The link of this person is over. A `Conflict` when it is already."""
    return Statement(
        "DELETE FROM care_link WHERE id = $1 AND (person_id = $2 OR caregiver_id = $2)", (link, person), affects=1
    )


def forget(bot: str, now: float) -> Statement:
    """Delete what was not confirmed in time."""
    return Statement(
        "DELETE FROM care_link WHERE bot_id = $1 AND state <> 'on' AND expires_at <= $2",
        (bot, now),
    )
