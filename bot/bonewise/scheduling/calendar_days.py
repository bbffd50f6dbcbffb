"""Days of the calendar as people name them, with all the readings that a name has."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

from bonewise.scheduling.unclear import Reason, Unclear

AHEAD = timedelta(days=270)
"""A day without a year that has just gone by is not taken for the one of next year, if that is further off."""

_FURTHEST = 3660  # days
ONE = timedelta(days=1)
WEEK = timedelta(days=7)
_WEEK_STARTS = (0, 6)  # Monday and Sunday: both are in use


def decided(readings: Iterable[date]) -> date | Unclear:
    """The day, if all readings are the same one."""
    days = tuple(sorted(set(readings)))
    return days[0] if len(days) == 1 else Unclear(Reason.AMBIGUOUS, days)


def after_days(today: date, days: int) -> date | Unclear:
    """So many days from today."""
    return today + timedelta(days=days) if days <= _FURTHEST else Unclear(Reason.IMPOSSIBLE)


def after_months(today: date, months: int) -> date | Unclear:
    """The same day of a later month, or its last day if it is shorter."""
    if months * 31 > _FURTHEST:
        return Unclear(Reason.IMPOSSIBLE)
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def coming(today: date, weekday: int) -> date:
    """The next such weekday, today included."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def of_next_week(today: date, weekday: int) -> tuple[date, ...]:
    """That weekday of the next calendar week, for weeks that begin on Monday and on Sunday."""
    begins = (today - timedelta(days=(today.weekday() - start) % 7) + WEEK for start in _WEEK_STARTS)
    return tuple(coming(begin, weekday) for begin in begins)


def of_month(today: date, day: int, month: int) -> date | Unclear:
    """The next such day without a year."""
    days = [found for year in (today.year, today.year + 1) if (found := existing(year, month, day))]
    future = [found for found in days if found >= today]
    if not days:
        return Unclear(Reason.IMPOSSIBLE)
    if not future or future[0] - today > AHEAD:
        return Unclear(Reason.PAST, tuple(future[:1]))
    return future[0]


def of_year(today: date, day: int, month: int, year: int) -> date | Unclear:
    """A day with its year, of four digits or the last two."""
    found = existing(year + 2000 if year < 100 else year, month, day)
    if found is None:
        return Unclear(Reason.IMPOSSIBLE)
    return found if found >= today else Unclear(Reason.PAST)


def of_this_or_next_month(today: date, day: int) -> date | Unclear:
    """The next day with this number."""
    following = after_months(today.replace(day=1), 1)
    months = [today, following] if isinstance(following, date) else [today]
    days = (existing(month.year, month.month, day) for month in months)
    return next((found for found in days if found and found >= today), Unclear(Reason.IMPOSSIBLE))


def existing(year: int, month: int, day: int) -> date | None:
    """The date, if there is such a one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
