"""A moment as a file that a calendar app takes in (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bonewise.scheduling.ics_zone import of_zone
from bonewise.scheduling.recurrence import local_now, next_workday, to_utc
from bonewise.scheduling.rule import Rule, next_day

LONGEST_LINE = 75  # octets, without the line break (section 3.1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST_MONTH = 28
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into the calendar. `summary` is all that it shows there."""

    uid: str  # the same for each file about the same thing, so that a newer one replaces it
    summary: str
    local: datetime  # naive; of what comes again, the next time
    zone: str  # IANA name
    alarms: tuple[timedelta, ...] = (timedelta(0),)  # how long before it rings
    rule: Rule | None = None
    country: str | None = None  # ISO 3166: which days are workdays


def calendar_file(entry: Entry, stamp: datetime) -> str:
    """The whole file; `stamp` is the moment at which it is made. Raises `ZoneInfoNotFoundError`."""
    local = entry.local
    if entry.rule is None:
        local = local_now(to_utc(local, entry.zone), entry.zone)  # calendars differ on an hour that clocks skip
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Bonewise//Reminders//EN",
        *of_zone(entry.zone, to_utc(local, entry.zone), again=entry.rule is not None),
        "BEGIN:VEVENT",
        f"UID:{_text(entry.uid)}",
        f"DTSTAMP:{_utc(stamp)}",
        f"DTSTART;TZID={entry.zone}:{local:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_text(entry.summary)}",
        "CLASS:PRIVATE",
        *(_again(entry, entry.rule) if entry.rule else ()),
        *(line for before in entry.alarms for line in _alarm(entry, before)),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _again(entry: Entry, rule: Rule) -> Iterator[str]:
    """The rule from its next time on (section 3.3.10)."""
    parts = {
        "day": "FREQ=DAILY",
        "week": f"FREQ=WEEKLY;INTERVAL={rule.step}",
        "workday": f"FREQ=WEEKLY;BYDAY={','.join(_workdays(entry))}",
        "month": f"FREQ=MONTHLY;BYMONTHDAY={_day_of_month(rule.first)}",
    }[rule.every]
    if rule.times is not None:
        parts += f";COUNT={_times_left(entry, rule)}"
    elif rule.until is not None:
        parts += f";UNTIL={_utc(to_utc(datetime.combine(rule.until, entry.local.time()), entry.zone))}"
    yield f"RRULE:{parts}"


def _workdays(entry: Entry) -> list[str]:
    week = (entry.local.date() + timedelta(days=n) for n in range(7))
    days = (day for day in week if next_workday(day - timedelta(days=1), entry.country) == day)
    return [_WEEKDAYS[number] for number in sorted(day.weekday() for day in days)]


def _day_of_month(first: date) -> str:
    """A month that is too short has its last day."""
    if first.day <= _SHORTEST_MONTH:
        return str(first.day)
    return ",".join(map(str, range(_SHORTEST_MONTH, first.day + 1))) + ";BYSETPOS=-1"


def _times_left(entry: Entry, rule: Rule) -> int:
    left, day = 1, next_day(rule, entry.local.date(), entry.country)
    while day is not None:
        left, day = left + 1, next_day(rule, day, entry.country)
    return left


def _alarm(entry: Entry, before: timedelta) -> tuple[str, ...]:
    minutes = int(before.total_seconds()) // 60
    trigger = f"-PT{minutes}M" if minutes else "PT0S"
    return "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.summary)}", f"TRIGGER:{trigger}", "END:VALARM"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A text as a value (section 3.3.11), where no control character may stand."""
    plain = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_ESCAPED.get(letter, letter) for letter in plain)


def _folded(line: str) -> str:
    """The line in parts of at most so many octets, none of which ends within a letter."""
    parts, length = [""], 0
    for letter in line:
        size = len(letter.encode())
        if length + size > LONGEST_LINE:
            parts.append(" ")
            length = 1
        parts[-1] += letter
        length += size
    return "\r\n".join(parts)
