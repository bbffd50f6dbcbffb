"""A calendar file is read back as what was put in, has the form of RFC 5545, and rings at the hour that was chosen."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bonewise.scheduling.ics import LONGEST_LINE, Entry, calendar_file
from bonewise.scheduling.recurrence import local_now, to_utc
from bonewise.scheduling.rule import EVERY, Rule, next_day

STAMP = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
LOCAL = datetime(2026, 12, 3, 11, 0)  # noqa: DTZ001 - a local time
ZONES = ("UTC", "Europe/London", "America/New_York", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia")
DAY = timedelta(days=1)
SPAN = timedelta(days=700)


def entry(**more: object) -> Entry:
    return Entry(**{"uid": "a@b", "summary": "Visit", "local": LOCAL, "zone": "UTC", **more})  # type: ignore[arg-type]


def lines(file: str) -> list[str]:
    """The lines as they were before they were folded."""
    assert file.endswith("\r\n")
    assert "\n" not in file.replace("\r\n", "")
    return file[:-2].replace("\r\n ", "").split("\r\n")


def value(file: str, name: str) -> str:
    [found] = [line.partition(":")[2] for line in lines(file) if re.split("[:;]", line, maxsplit=1)[0] == name]
    return found


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def observed(file: str) -> list[tuple[datetime, timedelta]]:
    """From which moment on clocks are how far from UTC, as the file says."""
    shown = "\n".join(lines(file))
    kinds = re.findall(r"DTSTART:(\w+)\nTZOFFSETFROM:(\S+)\nTZOFFSETTO:(\S+)", shown)
    return [(datetime.fromisoformat(f"{start}+0000") - offset(old), offset(new)) for start, old, new in kinds]


def offset(text: str) -> timedelta:
    size = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]), seconds=int(text[5:] or 0))
    return -size if text[0] == "-" else size


def read(local: datetime, file: str) -> datetime:
    """The moment of a local time by the file's own rules; one that is shown twice is the first (section 3.3.5)."""
    for start, away in reversed(observed(file)):
        moment = local.replace(tzinfo=UTC) - away
        if moment >= start:
            earlier = [local.replace(tzinfo=UTC) - old for begins, old in observed(file) if begins < start]
            return min([moment, *(one for one in earlier[-1:] if one < start)])
    raise AssertionError("before the first rule of the file")


@given(st.text())
def test_any_text_comes_back_as_it_was_but_for_control_characters(text: str) -> None:
    plain = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        plain.encode()
    except UnicodeEncodeError:
        return
    file = calendar_file(entry(summary=text), STAMP)
    [summary, described] = (unescaped(value(file, name)) for name in ("SUMMARY", "DESCRIPTION"))
    assert summary == described == plain


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=60))
def test_no_line_is_longer_than_75_octets_and_none_ends_within_a_letter(text: str) -> None:
    file = calendar_file(entry(summary=text), STAMP).encode()
    for line in file.split(b"\r\n"):
        assert len(line) <= LONGEST_LINE
        line.decode()


def test_every_part_that_is_begun_is_ended_in_its_order() -> None:
    open_parts: list[str] = []
    for line in lines(calendar_file(entry(zone="Europe/London", alarms=(DAY, 3 * DAY)), STAMP)):
        name, _, part = line.partition(":")
        if name == "BEGIN":
            open_parts.append(part)
        elif name == "END":
            assert open_parts.pop() == part
    assert open_parts == []


def test_it_says_what_a_calendar_needs() -> None:
    file = calendar_file(entry(zone="Europe/London", alarms=(3 * DAY, timedelta(0))), STAMP)
    assert lines(file)[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert (value(file, "UID"), value(file, "DTSTAMP")) == ("a@b", "20261127T100000Z")
    assert "DTSTART;TZID=Europe/London:20261203T110000" in lines(file)
    assert [line for line in lines(file) if line.startswith("TRIGGER")] == ["TRIGGER:-PT4320M", "TRIGGER:PT0S"]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001
def test_by_its_own_rules_it_is_the_moment_that_we_would_write_at(local: datetime, zone: str) -> None:
    local = local.replace(second=0, microsecond=0)
    file = calendar_file(entry(local=local, zone=zone), STAMP)
    [start] = [line for line in lines(file) if line.startswith("DTSTART;")]
    said = datetime.strptime(start.partition(":")[2], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a local time
    assert read(said, file) == to_utc(local, zone)


@pytest.mark.parametrize(
    ("zone", "local", "moment"),
    [
        ("America/New_York", datetime(2027, 3, 14, 2, 30), "2027-03-14T07:00"),  # noqa: DTZ001 - skipped
        ("Europe/London", datetime(2027, 10, 31, 1, 30), "2027-10-31T00:30"),  # noqa: DTZ001 - shown twice
    ],
)
def test_named_hours_of_a_change_of_clocks(zone: str, local: datetime, moment: str) -> None:
    file = calendar_file(entry(local=local, zone=zone), STAMP)
    [start] = [line for line in lines(file) if line.startswith("DTSTART;")]
    said = datetime.strptime(start.partition(":")[2], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a local time
    assert read(said, file).strftime("%Y-%m-%dT%H:%M") == moment


@pytest.mark.parametrize("zone", ZONES)
def test_what_comes_again_keeps_its_hour_for_ten_years(zone: str) -> None:
    file = calendar_file(entry(zone=zone, rule=Rule("day", LOCAL.date())), STAMP)
    for days in range(0, 3650, 7):
        local = LOCAL + days * DAY
        assert read(local, file) == to_utc(local, zone), local


def recurs(file: str, first: date) -> list[date]:
    """The first days of the file's RRULE, by the parts of it that we use (section 3.3.10)."""
    parts = dict(part.split("=") for part in value(file, "RRULE").split(";"))
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

    def fits(day: date) -> bool:
        match parts["FREQ"]:
            case "WEEKLY" if "BYDAY" in parts:
                return names[day.weekday()] in parts["BYDAY"].split(",")
            case "WEEKLY":
                return (day - first).days % (7 * int(parts["INTERVAL"])) == 0
            case "MONTHLY":
                month = [one for one in _month(day) if str(one.day) in parts["BYMONTHDAY"].split(",")]
                return day in (month[-1:] if "BYSETPOS" in parts else month)
        return True

    until = datetime.fromisoformat(parts["UNTIL"]).date() if "UNTIL" in parts else date.max
    days = (first + n * DAY for n in range(800))
    return list(islice((day for day in days if fits(day) and day <= until), int(parts.get("COUNT", 400))))


def _month(day: date) -> list[date]:
    days = (day.replace(day=1) + n * DAY for n in range(31))
    return [one for one in days if one.month == day.month]


@given(
    st.builds(
        Rule,
        st.sampled_from(EVERY),
        st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        st.integers(1, 4),
        st.none() | st.dates(date(2028, 1, 1), date(2028, 6, 1)),
        st.none() | st.integers(5, 20),
    ),
    st.sampled_from([None, "US", "EG"]),
    st.integers(0, 3),
)
def test_it_comes_again_on_the_days_on_which_we_write(rule: Rule, country: str | None, said: int) -> None:
    days = _days(rule, country)[said:]
    assume(days)
    local = datetime.combine(days[0], LOCAL.time())
    file = calendar_file(entry(local=local, rule=rule, country=country), STAMP)
    read_back = [day for day in recurs(file, days[0]) if day - rule.first < SPAN]
    assert read_back[:60] == days[:60]
    assert not {"COUNT", "UNTIL"} <= set(re.findall("[A-Z]+", value(file, "RRULE")))


def _days(rule: Rule, country: str | None) -> list[date]:
    found: list[date] = []
    day = next_day(rule, rule.first - DAY, country)
    while day is not None and len(found) < 70 and day - rule.first < SPAN:
        found.append(day)
        day = next_day(rule, day, country)
    return found


def test_until_counts_the_last_day_by_the_clock_of_the_place() -> None:
    rule = Rule("day", LOCAL.date(), until=date(2026, 12, 5))
    file = calendar_file(entry(local=LOCAL.replace(hour=23), zone="America/New_York", rule=rule), STAMP)
    assert value(file, "RRULE") == "FREQ=DAILY;UNTIL=20261206T040000Z"
    assert local_now(datetime(2026, 12, 6, 4, tzinfo=UTC), "America/New_York").date() == rule.until
