"""Typed days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import TypeAlias

from bonewise.scheduling import calendar_days as days
from bonewise.scheduling.unclear import Reason, Unclear
from bonewise.scheduling.when_time import read_time
from bonewise.scheduling.when_tokens import COMPOUND, NUMBER, Token, Tokens
from bonewise.scheduling.when_words import UNITS

_Day: TypeAlias = date | Unclear | None
_PARTS_OF_DAY = frozenset({"part", "am", "pm"})
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}


def read_day(tokens: Tokens, today: date) -> date | Unclear:
    """The day that the tokens name."""
    kinds = {token.kind for token in tokens}
    if "vague" in kinds or (kinds and kinds <= _PARTS_OF_DAY):
        return Unclear(Reason.VAGUE)
    found = _day(_without_time(tokens), today)
    return Unclear(Reason.NOT_UNDERSTOOD) if found is None else found


def time_behind(tokens: Tokens) -> time | None:
    """The time that stands behind a day ("tomorrow at 9", "Tuesday 16:30"), if it is clear."""
    at = _time_begins(tokens)
    following = (*tokens[1:], Token("end"))
    shown = [place for place, pair in enumerate(zip(tokens, following, strict=True)) if _of_time(*pair)]
    begins = min((at, *shown[:1]))
    found = read_time(tokens[begins:]) if 0 < begins < len(tokens) else None
    return found if isinstance(found, time) else None


def _time_begins(tokens: Tokens) -> int:
    """The place of the "at" with a time behind it; behind the last token if there is none."""
    at = next((place for place, token in enumerate(tokens) if token.kind == "at" and place), len(tokens))
    return at if at < len(tokens) and _is_time(tokens[at:]) else len(tokens)


def _without_time(tokens: Tokens) -> Tokens:
    """The tokens without a part of the day, and without a time."""
    tokens = tokens[: _time_begins(tokens)]
    if _shape(tokens) == ("this", "part"):
        return (Token("day", 0),)
    following = (*tokens[1:], Token("end"))
    return tuple(token for token, after in zip(tokens, following, strict=False) if not _of_time(token, after))


def _of_time(token: Token, following: Token) -> bool:
    if token.kind in {NUMBER, COMPOUND}:
        return following.kind in {"am", "pm"} or ":" in token.typed
    return token.kind in _PARTS_OF_DAY


def _is_time(tokens: Tokens) -> bool:
    found = read_time(tokens)
    return not isinstance(found, Unclear) or found.reason == Reason.AMBIGUOUS


def _day(tokens: Tokens, today: date) -> _Day:
    if _shape(tokens) == ("article", NUMBER):
        return days.of_this_or_next_month(today, tokens[1].value)
    bare = tuple(token for token in tokens if token.kind != "article")
    if read := _SHAPES.get(_shape(bare)):
        return read(bare, today)
    return _with_weekday(bare, today)


def _with_weekday(tokens: Tokens, today: date) -> _Day:
    """A date with its weekday before or behind it: the two must fit."""
    for weekday, rest in ((tokens[:1], tokens[1:]), (tokens[-1:], tokens[:-1])):
        if _shape(weekday) == ("weekday",) and (found := _dated(rest, today)):
            return _fitting(found, weekday[0].value)
    return None


def _dated(tokens: Tokens, today: date) -> _Day:
    if _shape(tokens) == (NUMBER,) and tokens[0].typed:
        return days.of_this_or_next_month(today, tokens[0].value)
    read = _DATES.get(_shape(tokens))
    return read(tokens, today) if read else None


def _fitting(found: date | Unclear, weekday: int) -> date | Unclear:
    if isinstance(found, date):
        return found if found.weekday() == weekday else Unclear(Reason.CONTRADICTION)
    fitting = [day for day in found.choices if isinstance(day, date) and day.weekday() == weekday]
    return fitting[0] if found.reason == Reason.AMBIGUOUS and len(fitting) == 1 else found


def _shape(tokens: Tokens) -> tuple[str, ...]:
    return tuple(token.kind for token in tokens)


def _values(tokens: Tokens, kind: str) -> list[int]:
    return [token.value for token in tokens if token.kind == kind]


def _relative(tokens: Tokens, today: date) -> _Day:
    distance = tokens[0].value
    return days.after_days(today, distance) if distance >= 0 else Unclear(Reason.PAST)


def _after(tokens: Tokens, today: date) -> _Day:
    (amount,) = _values(tokens, NUMBER)
    unit = UNITS[_values(tokens, "unit")[0]]
    if unit == "month":
        return days.after_months(today, amount)
    return days.after_days(today, amount * _DAYS_OF[unit])


def _gone(tokens: Tokens, today: date) -> _Day:
    return Unclear(Reason.PAST)


def _some(tokens: Tokens, today: date) -> _Day:
    return Unclear(Reason.VAGUE)


def _weekday(tokens: Tokens, today: date) -> _Day:
    first = days.coming(today, tokens[0].value)
    return days.decided([first, first + days.WEEK] if first == today else [first])


def _this_weekday(tokens: Tokens, today: date) -> _Day:
    (weekday,) = _values(tokens, "weekday")
    return days.coming(today, weekday)


def _next_weekday(tokens: Tokens, today: date) -> _Day:
    (weekday,) = _values(tokens, "weekday")
    following = days.coming(today + days.ONE, weekday)
    return days.decided([following, *days.of_next_week(today, weekday)])


def _weekday_of_next_week(tokens: Tokens, today: date) -> _Day:
    (weekday,), (unit,) = _values(tokens, "weekday"), _values(tokens, "unit")
    return days.decided(days.of_next_week(today, weekday)) if UNITS[unit] == "week" else None


def _number_of_month(tokens: Tokens, today: date) -> _Day:
    (month,) = _values(tokens, "month")
    numbers = [token for token in tokens if token.kind == NUMBER]
    if len(numbers) == 1:
        return days.of_month(today, numbers[0].value, month)
    day, year = numbers
    return days.of_year(today, day.value, month, year.value) if len(year.typed) in {2, 4} else None


def _numbers(tokens: Tokens, today: date) -> _Day:
    typed = tokens[0].typed
    if first := _YEAR_FIRST.fullmatch(typed):
        return days.of_year(today, int(first[4]), int(first[3]), int(first[1]))
    last = _YEAR_LAST.fullmatch(typed)
    return _either_order(today, int(last[1]), int(last[3]), last[4]) if last else None


def _either_order(today: date, one: int, two: int, year: str | None) -> date | Unclear:
    """Day and month stand in either order in different countries, so both are tried."""
    orders = {(day, month) for day, month in ((one, two), (two, one)) if days.existing(2000, month, day)}
    found = [
        days.of_year(today, day, month, int(year)) if year else days.of_month(today, day, month)
        for day, month in orders
    ]
    if len(found) == 1:
        return found[0]
    readings = {day for day in found if isinstance(day, date)}
    return Unclear(Reason.AMBIGUOUS if found else Reason.IMPOSSIBLE, tuple(sorted(readings)))


def _numbered(tokens: Tokens, today: date) -> _Day:
    return days.of_this_or_next_month(today, tokens[0].value)


_Read: TypeAlias = Callable[[Tokens, date], _Day]
_DATES: dict[tuple[str, ...], _Read] = {
    ("day",): _relative,
    (NUMBER, "month"): _number_of_month,
    (NUMBER, "nth", "month"): _number_of_month,
    ("month", NUMBER): _number_of_month,
    ("month", NUMBER, "nth"): _number_of_month,
    (NUMBER, "month", NUMBER): _number_of_month,
    (NUMBER, "nth", "month", NUMBER): _number_of_month,
    ("month", NUMBER, NUMBER): _number_of_month,
    ("month", NUMBER, "nth", NUMBER): _number_of_month,
    (COMPOUND,): _numbers,
    (NUMBER, "nth"): _numbered,
}
_SHAPES: dict[tuple[str, ...], _Read] = {
    **_DATES,
    ("in", NUMBER, "unit"): _after,
    (NUMBER, "unit"): _after,
    (NUMBER, "unit", "from_now"): _after,
    (NUMBER, "unit", "ago"): _gone,
    ("ago", NUMBER, "unit"): _gone,
    ("unit",): _some,
    ("next", "unit"): _some,
    ("unit", "next"): _some,
    ("this", "unit"): _some,
    ("month",): _some,
    ("next", "month"): _some,
    ("weekday",): _weekday,
    ("this", "weekday"): _this_weekday,
    ("weekday", "this"): _this_weekday,
    ("next", "weekday"): _next_weekday,
    ("weekday", "next"): _next_weekday,
    ("weekday", "next", "unit"): _weekday_of_next_week,
    ("weekday", "unit", "next"): _weekday_of_next_week,
    ("next", "unit", "weekday"): _weekday_of_next_week,
    ("unit", "next", "weekday"): _weekday_of_next_week,
}
