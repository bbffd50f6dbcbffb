"""The rules of a time zone as a calendar file brings them along (RFC 5545, section 3.6.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bonewise.scheduling.zones import rules_of

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_BEFORE = timedelta(days=366)  # so that the change of clocks before the event is among them
_AFTER = timedelta(days=31)
_AFTER_AGAIN = timedelta(days=3653)  # of what comes again; later, calendars that do not know the zone keep the last


def of_zone(zone: str, moment: datetime, *, again: bool) -> Iterator[str]:
    """The lines about the zone around a moment, or for ten years `again` and again.

    Each change of clocks stands by itself, so that rules which no formula describes are right too.
    """
    rules = rules_of(zone)
    start, end = moment.astimezone(UTC) - _BEFORE, moment.astimezone(UTC) + (_AFTER_AGAIN if again else _AFTER)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone}")
    yield from _observed(rules, start, start - _SECOND)
    for change in _changes(rules, start, end):
        yield from _observed(rules, change, change - _SECOND)
    yield "END:VTIMEZONE"


def _observed(rules: ZoneInfo, change: datetime, before: datetime) -> tuple[str, ...]:
    """What clocks show from a change on; it is told by the clock of before."""
    new, old = change.astimezone(rules), before.astimezone(rules)
    kind = "DAYLIGHT" if new.dst() else "STANDARD"
    begins = (change + _offset(old)).replace(tzinfo=None)
    return (
        f"BEGIN:{kind}",
        f"DTSTART:{begins:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_signed(_offset(old))}",
        f"TZOFFSETTO:{_signed(_offset(new))}",
        f"END:{kind}",
    )


def _changes(rules: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The moments at which the zone's clocks are changed, in UTC, to the second."""
    day = start
    while day < end:
        if _offset(day.astimezone(rules)) != _offset((day + _DAY).astimezone(rules)):
            yield _exactly(rules, day, day + _DAY)
        day += _DAY


def _exactly(rules: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = _offset(after.astimezone(rules))
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (before, middle) if _offset(middle.astimezone(rules)) == offset else (middle, after)
    return after


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta(0)


def _signed(offset: timedelta) -> str:
    minutes, seconds = divmod(int(abs(offset).total_seconds()), 60)
    shown = f"{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")
    return f"{'-' if offset < timedelta(0) else '+'}{shown}"
