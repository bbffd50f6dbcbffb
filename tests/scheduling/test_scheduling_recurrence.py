"""Local times and moments, where clocks jump and elsewhere."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonewise.scheduling.recurrence import in_quiet_hours, local_now, next_allowed, next_workday, to_utc

ZONES = [
    "Europe/Berlin",
    "Africa/Cairo",
    "America/Santiago",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
]
LOCAL = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2036, 1, 1))  # noqa: DTZ001


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "zone", "expected"),
    [
        ("2026-12-01T10:00", "Europe/Berlin", "2026-12-01T09:00"),
        ("2026-07-01T10:00", "Europe/Berlin", "2026-07-01T08:00"),
        ("2026-12-01T10:00", "Asia/Kolkata", "2026-12-01T04:30"),
        ("2027-03-28T01:59:59", "Europe/Berlin", "2027-03-28T00:59:59"),
        ("2027-03-28T03:00", "Europe/Berlin", "2027-03-28T01:00"),
    ],
)
def test_a_local_time_is_a_moment(local: str, zone: str, expected: str) -> None:
    assert to_utc(datetime.fromisoformat(local), zone) == utc(expected)


@pytest.mark.parametrize(
    ("local", "zone", "expected", "shown"),
    [
        ("2027-03-28T02:30", "Europe/Berlin", "2027-03-28T01:00", "2027-03-28T03:00"),
        ("2027-03-28T02:00", "Europe/Berlin", "2027-03-28T01:00", "2027-03-28T03:00"),
        ("2027-04-30T00:00", "Africa/Cairo", "2027-04-29T22:00", "2027-04-30T01:00"),
        ("2027-04-30T00:59:59.999999", "Africa/Cairo", "2027-04-29T22:00", "2027-04-30T01:00"),
        ("2027-09-05T00:00", "America/Santiago", "2027-09-05T04:00", "2027-09-05T01:00"),
        ("2026-10-04T02:15:07", "Australia/Lord_Howe", "2026-10-03T15:30", "2026-10-04T02:30"),
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-30T10:00", "2011-12-31T00:00"),
    ],
)
def test_a_time_that_clocks_skip_gives_the_first_moment_after(local: str, zone: str, expected: str, shown: str) -> None:
    moment = to_utc(datetime.fromisoformat(local), zone)
    assert moment == utc(expected)
    assert local_now(moment, zone) == datetime.fromisoformat(shown)


@pytest.mark.parametrize("fold", [0, 1])
def test_a_time_that_comes_twice_gives_the_first(fold: int) -> None:
    local = datetime(2026, 10, 25, 2, 30, fold=fold)  # noqa: DTZ001
    assert to_utc(local, "Europe/Berlin") == utc("2026-10-25T00:30")


@given(LOCAL, st.sampled_from(ZONES))
def test_clocks_show_the_time_that_was_meant_or_a_later_one(local: datetime, zone: str) -> None:
    moment = to_utc(local, zone)
    assert moment.tzinfo is UTC
    assert timedelta() <= local_now(moment, zone) - local <= timedelta(hours=1)
    before = moment - timedelta(seconds=1)
    assert before.astimezone(ZoneInfo(zone)).utcoffset() != moment.astimezone(ZoneInfo(zone)).utcoffset() or (
        local_now(moment, zone) == local
    )


def test_a_local_time_is_naive_and_a_moment_aware() -> None:
    with pytest.raises(ValueError, match="naive"):
        to_utc(utc("2026-12-01"), "Europe/Berlin")
    with pytest.raises(ValueError, match="aware"):
        local_now(datetime(2026, 12, 1), "Europe/Berlin")  # noqa: DTZ001
    with pytest.raises(ZoneInfoNotFoundError):
        to_utc(datetime(2026, 12, 1), "Europe/Nowhere")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("shown", "quiet"), [("20:59", False), ("21:00", True), ("00:00", True), ("07:59", True), ("08:00", False)]
)
def test_quiet_hours_go_over_midnight(shown: str, quiet: bool) -> None:
    now = to_utc(datetime.fromisoformat(f"2026-12-01T{shown}"), "Asia/Kolkata")
    assert in_quiet_hours(now, "Asia/Kolkata") is quiet


def test_quiet_hours_within_a_day() -> None:
    noon = utc("2026-12-01T12:00")
    assert in_quiet_hours(noon, "UTC", time(12), time(13))
    assert not in_quiet_hours(noon, "UTC", time(13), time(14))
    assert next_allowed(noon, "UTC", time(12), time(13)) == utc("2026-12-01T13:00")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-12-01T12:00", "2026-12-01T12:00"),
        ("2026-12-01T20:30", "2026-12-02T07:00"),
        ("2026-12-02T05:00", "2026-12-02T07:00"),
        ("2027-03-27T22:00", "2027-03-28T06:00"),
        ("2026-10-24T22:00", "2026-10-25T07:00"),
    ],
)
def test_quiet_hours_end_at_eight_by_the_clock(now: str, expected: str) -> None:
    assert next_allowed(utc(now), "Europe/Berlin") == utc(expected)


@pytest.mark.parametrize(
    ("day", "country", "expected"),
    [
        (date(2026, 11, 25), None, date(2026, 11, 26)),
        (date(2026, 11, 27), None, date(2026, 11, 30)),
        (date(2026, 11, 28), "ES", date(2026, 11, 30)),
        (date(2026, 11, 26), "EG", date(2026, 11, 29)),
        (date(2026, 11, 27), "IN", date(2026, 11, 28)),
        (date(2026, 11, 27), "ZZ", date(2026, 11, 30)),
        (date(2026, 11, 27), "AQ", date(2026, 11, 30)),
    ],
)
def test_the_next_workday_skips_the_countrys_weekend(day: date, country: str | None, expected: date) -> None:
    assert next_workday(day, country) == expected
