"""From local days and times to moments in UTC, by the zone's rules (IANA time zone database).

Every moment (`now`, and what is returned as one) is an aware datetime; a local day and time is a naive one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError

from bonewise.scheduling.zones import rules_of

QUIET_FROM = time(21)
QUIET_UNTIL = time(8)
"""The hours in which nobody is written to unasked."""

_SECOND = timedelta(seconds=1)
_WEEKDAYS = 7
_WEEKEND = frozenset({5, 6})


def to_utc(local: datetime, zone: str) -> datetime:
    """The moment in UTC at which clocks in the zone show `local`.

    A time that clocks skip gives the first moment after the gap; one that they show twice gives the first.
    Raises `ValueError` if `local` is aware, `ZoneInfoNotFoundError` for an unknown zone.
    """
    if local.tzinfo is not None:
        raise ValueError("the local time must be naive: its zone is the second argument")
    rules = rules_of(zone)
    first = local.replace(tzinfo=rules, fold=0).astimezone(UTC)
    if first.astimezone(rules).replace(tzinfo=None) == local.replace(fold=0):
        return first
    return _end_of_gap(local.replace(tzinfo=rules, fold=1).astimezone(UTC), first, rules)


def local_now(now: datetime, zone: str) -> datetime:
    """What clocks in the zone show at `now`, as a naive datetime. Raises `ZoneInfoNotFoundError`."""
    return _aware(now).astimezone(rules_of(zone)).replace(tzinfo=None, fold=0)


def in_quiet_hours(now: datetime, zone: str, start: time = QUIET_FROM, end: time = QUIET_UNTIL) -> bool:
    """Whether clocks in the zone show a time from `start` (included) to `end` (not included), over midnight too."""
    shown = local_now(now, zone).time()
    return start <= shown < end if start <= end else shown >= start or shown < end


def next_allowed(now: datetime, zone: str, start: time = QUIET_FROM, end: time = QUIET_UNTIL) -> datetime:
    """`now` in UTC, or the end of the quiet hours that it lies in."""
    if not in_quiet_hours(now, zone, start, end):
        return _aware(now).astimezone(UTC)
    local = local_now(now, zone)
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    return to_utc(datetime.combine(day, end), zone)


def next_workday(day: date, country: str | None = None) -> date:
    """The first day after `day` that is no weekend in the country (ISO 3166; by CLDR's week data).

    Without a country, or with an unknown one, Saturday and Sunday are the weekend.
    """
    weekend = _weekend(country)
    following = (day + timedelta(days=n) for n in range(1, _WEEKDAYS + 1))
    return next(one for one in following if one.weekday() not in weekend)


@cache
def _weekend(country: str | None) -> frozenset[int]:
    try:
        week = Locale.parse(f"und_{country}")
    except (ValueError, UnknownLocaleError):
        return _WEEKEND
    length = (week.weekend_end - week.weekend_start) % _WEEKDAYS + 1
    return frozenset((week.weekend_start + n) % _WEEKDAYS for n in range(length))


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment must be aware")
    return moment


def _end_of_gap(before: datetime, after: datetime, rules: ZoneInfo) -> datetime:
    """The first second between two moments of UTC at which the zone's clocks have the later offset."""
    offset = after.astimezone(rules).utcoffset()
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(rules).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
