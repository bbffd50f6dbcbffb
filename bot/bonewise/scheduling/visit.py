"""When a booked visit is reminded of (docs/clinical.md, rule N4: two touches, 72 and 24 hours before)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bonewise.scheduling.recurrence import to_utc

BEFORE = (timedelta(days=3), timedelta(days=1))
"""By local days: a change of clocks in between moves no touch to another hour."""


def touches_ahead(visit: datetime, zone: str, now: datetime) -> tuple[datetime, ...]:
    """The local times of the touches that are still to come; `visit` is the visit's own local time.

    Raises `ZoneInfoNotFoundError` for an unknown zone.
    """
    touches = (visit - before for before in BEFORE)
    return tuple(touch for touch in touches if to_utc(touch, zone) > now)
