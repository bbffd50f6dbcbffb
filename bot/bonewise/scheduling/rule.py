"""How a reminder comes again, in local days of the person: no change of clocks moves it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from bonewise.scheduling.recurrence import next_workday

EVERY = ("day", "workday", "week", "month")
MOST_WEEKS = 52
MOST_TIMES = 366


@dataclass(frozen=True, slots=True)
class Rule:
    """Every day, workday, so many weeks, or month, from the first day on.

    `step` is the number of weeks between two (1 to 52), for weeks only. A month that is too short has its last day.
    It ends after `until` (included), or after so many `times` (the first counts; a missed one counts too).
    """

    every: str
    first: date
    step: int = 1
    until: date | None = None
    times: int | None = None

    def __post_init__(self) -> None:
        """Raises `ValueError` for what is no rule."""
        if self.every not in EVERY or not 1 <= self.step <= MOST_WEEKS:
            raise ValueError(f"no rule: every {self.step} {self.every}")
        if self.times is not None and not 1 <= self.times <= MOST_TIMES:
            raise ValueError(f"times: {self.times} is not from 1 to {MOST_TIMES}")


def next_day(rule: Rule, after: date, country: str | None = None) -> date | None:
    """The first day of the rule that is later than `after`, or None when it is over.

    `country` (ISO 3166) says which days are workdays.
    """
    number, day = 1, _first(rule, country)
    if rule.every in {"day", "week"} and day <= after:
        length = 1 if rule.every == "day" else 7 * rule.step
        passed = (after - day).days // length + 1
        number, day = number + passed, day + timedelta(days=passed * length)
    while day <= after:
        day = next_workday(day, country) if rule.every == "workday" else _month(rule.first, number)
        number += 1
    over = (rule.until is not None and day > rule.until) or (rule.times is not None and number > rule.times)
    return None if over else day


def _first(rule: Rule, country: str | None) -> date:
    """The first day itself; of workdays the first that is one."""
    return next_workday(rule.first - timedelta(days=1), country) if rule.every == "workday" else rule.first


def _month(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
