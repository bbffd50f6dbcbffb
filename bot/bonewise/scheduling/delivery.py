"""How what is said unasked is delivered, by its kind: until when, how often, and at which hours.

A message has a moment that it was meant for. It can be sent later than that: the bot was down, the channel said stop,
nobody was at the page. This table says what holds then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bonewise.scheduling.recurrence import in_quiet_hours

LATE = timedelta(minutes=5)
"""What comes later than this says so, where its moment was chosen."""

SPREAD = timedelta(minutes=5)
"""By how much what has no exact time comes earlier or later, so that not all come at the full hour."""

_HOURS_OF_A_CHOICE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the table."""

    rank: str  # the class for sending: reminder | nudge | tip
    until: timedelta | None  # after its moment; later it is not sent. None: always
    then: str = "missed"  # what becomes of it after that: missed (said in the next message) | skipped
    resent: bool = True  # once more when nobody knows whether it arrived, marked "(again)"
    quiet: str = "next"  # quiet hours: sent | chosen (its own moment wins, a later one does not) | next (allowed time)
    exact: bool = True  # at its moment; otherwise within `SPREAD` of it


_CHOSEN = Delivery("reminder", _HOURS_OF_A_CHOICE, quiet="chosen")
_AFTER_EMERGENCY = Delivery("reminder", _HOURS_OF_A_CHOICE, quiet="sent")
_NUDGE = Delivery("nudge", timedelta(hours=24), exact=False)
_TIP = Delivery("tip", timedelta(days=3), then="skipped", resent=False, exact=False)

TABLE: Mapping[str, Delivery] = {
    "check_in": _AFTER_EMERGENCY,
    "dropout": _AFTER_EMERGENCY,
    "urgent": _AFTER_EMERGENCY,  # a follow-up after an emergency or a same-day result, if that was agreed to
    "urgent_by_day": Delivery("reminder", _HOURS_OF_A_CHOICE),  # the same, where it was not
    "plan": _CHOSEN,
    "own": _CHOSEN,
    "visit": _NUDGE,
    "follow_up": _NUDGE,
    "watch": _NUDGE,
    "copy": Delivery("nudge", timedelta(hours=24), then="skipped", exact=False),  # of a nudge, for a caregiver
    "link": Delivery("nudge", None),  # what the other one of a link did
    "tips": _TIP,
    "announcement": Delivery("tip", None, then="skipped", resent=False, exact=False),  # until its plan ends
}


def is_too_late(kind: str, meant: datetime, now: datetime) -> bool:
    """Whether something that was meant for a moment is not sent any more. Raises `KeyError` for an unknown kind."""
    until = TABLE[kind].until
    return until is not None and now > meant + until


def near(kind: str, name: str, exact: datetime, zone: str) -> datetime:
    """When something of this kind that was meant for a moment falls due: some minutes before or after, by `spread`.

    Never for that in the quiet hours of the zone.
    """
    moved = exact + spread(kind, name)
    return exact if in_quiet_hours(moved, zone) else moved


def spread(kind: str, name: str) -> timedelta:
    """How far from its moment this falls due: the same for a name each time, within `SPREAD`, 0 for an exact kind."""
    if TABLE[kind].exact:
        return timedelta(0)
    share = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") / 2**32
    return SPREAD * (2 * share - 1)
