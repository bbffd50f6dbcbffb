"""Days, times, numbers and lists as a language writes them (CLDR through Babel). Results are plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from math import inf
from typing import Literal, TypeAlias

from babel.core import Locale, get_global
from babel.dates import format_date, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal

from bonewise.i18n.tags import SOURCE, locale_of

_Unit: TypeAlias = Literal["day", "hour", "minute"]

_LOCALES = {SOURCE: "en-150"}
"""English is written for all its readers: day before month, 24 hours."""

_ZEROS = {"arab": 0x0660, "arabext": 0x06F0, "deva": 0x0966, "beng": 0x09E6, "mymr": 0x1040, "tibt": 0x0F20}
"""The digit zero of numbering systems that CLDR uses by default somewhere."""

_DAY_SKELETONS = ("MMMMEEEEd", "MMMMEd", "MMMEd")
_SHORT_DAY_SKELETON = "MMMd"
_UNITS: tuple[tuple[_Unit, timedelta], ...] = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
)


COUNTRY_CODE = 2  # letters (ISO 3166-1)


def day(day: date, tag: str) -> str:
    """Weekday, day and month: "Tuesday, 1 December"."""
    return digits(format_date(day, _day_pattern(tag), locale=_locale(tag)), tag)


def date_of(day: date, tag: str) -> str:
    """Day, month and year: "1 December 2026"."""
    return digits(format_date(day, "long", locale=_locale(tag)), tag)


def weekday(day: date, tag: str) -> str:
    """The name of the day: "Tuesday"."""
    return format_date(day, "cccc", locale=_locale(tag))


def hour(at: time, tag: str) -> str:
    """A time of day to the minute: "10:00"."""
    return digits(format_time(at, "short", locale=_locale(tag)), tag)


def moment(local: datetime, tag: str) -> str:
    """Day and time of a local moment: "Tuesday, 1 December, 10:00"."""
    return _joined(day(local.date(), tag), local, tag)


def short_moment(local: datetime, tag: str) -> str:
    """The same without the weekday and with a short month, to stand on a button: "1 Dec, 10:00"."""
    pattern = str(_locale(tag).datetime_skeletons[_SHORT_DAY_SKELETON].pattern)
    day = digits(format_date(local.date(), pattern, locale=_locale(tag)), tag)
    return _joined(day, local, tag)


def weekday_and_hour(local: datetime, tag: str) -> str:
    """Weekday and time of a local moment in the coming week: "Tuesday, 10:00"."""
    return _joined(weekday(local.date(), tag), local, tag)


def weekdays_and_hour(days: Iterable[int], at: time, tag: str) -> str:
    """Days of the week (Monday is 0) and a time: "Tuesday and Friday, 10:00"."""
    names = _locale(tag).days["stand-alone"]["wide"]
    return _at(listing((str(names[day]) for day in days), tag), at, tag)


def number(value: int | float, tag: str) -> str:
    """A number with the language's own digits and separators."""
    return digits(format_decimal(value, locale=_locale(tag), numbering_system="default"), tag)


def duration(span: timedelta, tag: str) -> str:
    """A length of time to the minute, rounded down, in its two largest units: "1 hour and 30 minutes"."""
    rest = max(timedelta(), span)
    said: list[str] = []
    for unit, size in _UNITS:
        amount, rest = divmod(rest, size)
        if amount or (unit == "minute" and not said):
            said.append(_of_unit(amount * size, unit, tag))
    return format_list(said[:2], locale=_locale(tag))


def listing(items: Iterable[str], tag: str, *, either: bool = False) -> str:
    """Items in a row with "and", or with "or" if `either`; no item gives no text."""
    return format_list(list(items), style="or" if either else "standard", locale=_locale(tag))


def digits(text: str, tag: str) -> str:
    """The text with its ASCII digits in the language's own."""
    return text.translate(_digits(tag))


def country(code: str, tag: str) -> str:
    """The name of a country (ISO 3166); the code itself where the language has no name for it."""
    return str(_locale(tag).territories.get(code, code))


def countries(tag: str) -> dict[str, str]:
    """The name of each country (ISO 3166) in a language."""
    codes = (str(code) for code in _locale(tag).territories)
    return {code: country(code, tag) for code in codes if len(code) == COUNTRY_CODE and code.isalpha()}


def city(zone: str, tag: str) -> str:
    """The place that a time zone is named after: "Buenos Aires"."""
    known = _locale(tag).time_zones
    own = next((city for name in (zone, *older_names(zone)) if (city := known.get(name, {}).get("city"))), None)
    return str(own or zone.rpartition("/")[2].replace("_", " "))


def older_names(zone: str) -> tuple[str, ...]:
    """The other names of a time zone, under which CLDR may know it."""
    return _older_names().get(zone, ())


def zone_and_hour(zone: str, local: datetime, tag: str, country_code: str | None = None) -> str:
    """A time zone by its place, and the time it is there: "Buenos Aires, 10:00", "Paris (France), 10:00"."""
    place = city(zone, tag)
    if country_code is not None:
        place = str(_locale(tag).zone_formats["fallback"]) % {"1": place, "0": country(country_code, tag)}
    return _joined(place, local, tag)


def _of_unit(span: timedelta, unit: _Unit, tag: str) -> str:
    said = format_timedelta(span, granularity=unit, threshold=inf, locale=_locale(tag))
    return digits(said, tag)


def _joined(what: str, local: datetime, tag: str) -> str:
    return _at(what, local.time(), tag)


def _at(what: str, at: time, tag: str) -> str:
    pattern = str(_locale(tag).datetime_formats["short"])
    return pattern.replace("{1}", what).replace("{0}", hour(at, tag))


def _locale(tag: str) -> Locale:
    return locale_of(_LOCALES.get(tag, tag))


@cache
def _older_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for older, name in sorted(get_global("zone_aliases").items()):
        names[str(name)] = (*names.get(str(name), ()), str(older))
    return names


@cache
def _day_pattern(tag: str) -> str:
    """The language's pattern of weekday, day and month, with the names written out."""
    skeletons = _locale(tag).datetime_skeletons
    pattern = next(str(skeletons[name].pattern) for name in _DAY_SKELETONS if name in skeletons)
    return re.sub(r"\bMMM\b", "MMMM", re.sub(r"E+|ccc", "EEEE", pattern))


@cache
def _digits(tag: str) -> dict[int, str]:
    zero = _ZEROS.get(_locale(tag).default_numbering_system)
    return {ord(str(n)): chr(zero + n) for n in range(10)} if zero else {}
