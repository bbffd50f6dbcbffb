"""A booked visit is reminded of 3 days and 1 day before, at its own hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bonewise.scheduling.recurrence import to_utc
from bonewise.scheduling.visit import touches_ahead

ZONE = "America/New_York"
VISIT = datetime(2027, 3, 15, 9, 0)  # noqa: DTZ001 - a local time; clocks go forward the day before


def test_both_touches_are_at_the_hour_of_the_visit_across_a_change_of_clocks() -> None:
    touches = touches_ahead(VISIT, ZONE, datetime(2027, 3, 1, tzinfo=UTC))
    assert [touch.isoformat() for touch in touches] == ["2027-03-12T09:00:00", "2027-03-14T09:00:00"]
    assert [to_utc(touch, ZONE).hour for touch in touches] == [14, 13]


def test_a_touch_in_the_gap_of_the_clocks_is_still_ahead_until_the_gap_ends() -> None:
    visit = datetime(2027, 3, 15, 2, 30)  # noqa: DTZ001 - 14 March has no 2:30
    assert len(touches_ahead(visit, ZONE, datetime(2027, 3, 14, 6, 59, tzinfo=UTC))) == 1
    assert touches_ahead(visit, ZONE, datetime(2027, 3, 14, 7, 0, tzinfo=UTC)) == ()


@given(st.timedeltas(timedelta(0), timedelta(days=10)))
def test_only_what_is_to_come_is_told(before: timedelta) -> None:
    visit = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
    touches = touches_ahead(visit.replace(tzinfo=None), "UTC", visit - before)
    assert len(touches) == (before > timedelta(days=1)) + (before > timedelta(days=3))
