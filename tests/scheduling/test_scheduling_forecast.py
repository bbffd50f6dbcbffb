"""How long it takes to say something to everybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bonewise.scheduling.forecast import Forecast, forecast

MORNING = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
LAST = date(2026, 12, 5)


def test_a_hundred_thousand_take_an_hour_at_thirty_a_second() -> None:
    seen = forecast({"UTC": 100_000}, MORNING, 30, LAST)
    assert timedelta(minutes=55) <= seen.done - MORNING <= timedelta(minutes=56)
    assert seen.left == 0


def test_nobody_is_done_at_once() -> None:
    assert forecast({}, MORNING, 30, LAST) == Forecast(MORNING, 0)
    assert forecast({"UTC": 0}, MORNING, 30, LAST) == Forecast(MORNING, 0)


def test_who_sleeps_is_waited_for() -> None:
    seen = forecast({"UTC": 30, "America/New_York": 30}, MORNING, 30, LAST)
    assert seen == Forecast(datetime(2026, 11, 27, 13, 0, 1, tzinfo=UTC), 0)


def test_what_is_not_done_by_night_goes_on_in_the_morning() -> None:
    evening = datetime(2026, 11, 27, 20, 59, tzinfo=UTC)
    assert forecast({"UTC": 120}, evening, 1, LAST).done == datetime(2026, 11, 28, 8, 1, tzinfo=UTC)


def test_after_the_last_day_nobody_is_reached() -> None:
    evening = datetime(2026, 11, 27, 20, 59, tzinfo=UTC)
    assert forecast({"UTC": 120}, evening, 1, evening.date()) == Forecast(evening + timedelta(minutes=1), 60)


@given(
    st.dictionaries(st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Europe/Madrid"]), st.integers(0, 5000)),
    st.integers(0, 24 * 60),
    st.floats(0.5, 1000),
)
def test_it_is_never_faster_than_the_rate_and_never_too_late(people: dict[str, int], minute: int, rate: float) -> None:
    start = MORNING + timedelta(minutes=minute)
    seen = forecast(people, start, rate, LAST)
    assert seen.done - start >= timedelta(seconds=(sum(people.values()) - seen.left) / rate - 61)
    assert seen.done.date() <= LAST + timedelta(days=1)
    assert 0 <= seen.left <= sum(people.values())
