"""The table of delivery, as the plan for reminders and tips has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bonewise.scheduling.delivery import SPREAD, TABLE, is_too_late, near, spread
from bonewise.scheduling.recurrence import in_quiet_hours
from bonewise.store.outbox import RANKS

MEANT = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

# kind: class, hours until which it is sent, what then, resent, quiet hours, exact
QUOTED = {
    "check_in": ("reminder", 12, "missed", "once", "sent", "exact"),
    "dropout": ("reminder", 12, "missed", "once", "sent", "exact"),
    "urgent": ("reminder", 12, "missed", "once", "sent", "exact"),
    "urgent_by_day": ("reminder", 12, "missed", "once", "next", "exact"),
    "plan": ("reminder", 12, "missed", "once", "chosen", "exact"),
    "own": ("reminder", 12, "missed", "once", "chosen", "exact"),
    "visit": ("nudge", 24, "missed", "once", "next", "spread"),
    "follow_up": ("nudge", 24, "missed", "once", "next", "spread"),
    "watch": ("nudge", 24, "missed", "once", "next", "spread"),
    "copy": ("nudge", 24, "skipped", "once", "next", "spread"),
    "link": ("nudge", None, "missed", "once", "next", "exact"),
    "tips": ("tip", 72, "skipped", "never", "next", "spread"),
    "announcement": ("tip", None, "skipped", "never", "next", "spread"),
}


def test_the_table_is_the_one_that_was_agreed_on() -> None:
    rows = {
        kind: (
            row.rank,
            None if row.until is None else row.until / HOUR,
            row.then,
            "once" if row.resent else "never",
            row.quiet,
            "exact" if row.exact else "spread",
        )
        for kind, row in TABLE.items()
    }
    assert rows == QUOTED


@pytest.mark.parametrize("kind", TABLE)
def test_the_class_says_whether_a_message_in_doubt_is_resent(kind: str) -> None:
    """The store knows the class only."""
    assert TABLE[kind].rank in RANKS
    assert TABLE[kind].resent == (TABLE[kind].rank != "tip")


@pytest.mark.parametrize(("kind", "hours"), [("urgent", 12), ("own", 12), ("watch", 24), ("tips", 72)])
def test_it_is_sent_until_its_last_moment_and_not_later(kind: str, hours: int) -> None:
    assert not is_too_late(kind, MEANT, MEANT + hours * HOUR)
    assert is_too_late(kind, MEANT, MEANT + hours * HOUR + timedelta(seconds=1))


def test_an_announcement_is_sent_until_its_plan_ends() -> None:
    assert not is_too_late("announcement", MEANT, MEANT + 1000 * HOUR)


def test_what_has_no_exact_time_is_spread_evenly_and_stays_where_it_is() -> None:
    offsets = [spread("tips", f"person {number}") for number in range(1000)]
    assert offsets == [spread("tips", f"person {number}") for number in range(1000)]
    assert all(-SPREAD <= offset <= SPREAD for offset in offsets)
    for minute in range(-5, 5):
        within = [one for one in offsets if timedelta(minutes=minute) <= one < timedelta(minutes=minute + 1)]
        assert 60 <= len(within) <= 140


def test_what_has_an_exact_time_keeps_it() -> None:
    assert spread("plan", "a") == timedelta(0)


@pytest.mark.parametrize("hour", [8, 21])
def test_what_is_spread_never_comes_in_the_quiet_hours_for_that(hour: int) -> None:
    exact = datetime(2026, 11, 27, hour, 0, tzinfo=UTC) - (timedelta(minutes=1) if hour == 21 else timedelta(0))
    for number in range(50):
        due = near("tips", f"{number}", exact, "UTC")
        assert abs(due - exact) <= SPREAD
        assert not in_quiet_hours(due, "UTC")
