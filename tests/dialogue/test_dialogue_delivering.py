"""A look at what is said unasked: when it falls due, and once more right before it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bonewise.dialogue.delivering import Look, Unasked, look, unasked
from bonewise.dialogue.person import Person, Reminder, Subscription

HOUR = timedelta(hours=1)
NIGHT = datetime(2026, 11, 26, 22, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
DAY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
PERSON = Person("p", "telegram", zone="Europe/London", tips=Subscription("2026-11-01", news=True))


def seen(kind: str, now: datetime, late: timedelta = timedelta(0), person: Person = PERSON) -> Look:
    return look(person, Unasked(kind, now - late, now), now)


@pytest.mark.parametrize("kind", ["check_in", "plan", "follow_up", "tips"])
def test_by_day_it_is_said(kind: str) -> None:
    assert seen(kind, DAY) == Look("now")


@pytest.mark.parametrize("person", [replace(PERSON, messages=False), replace(PERSON, gone=True)])
@pytest.mark.parametrize("kind", ["check_in", "plan", "tips"])
def test_who_wants_no_messages_or_is_gone_gets_none(person: Person, kind: str) -> None:
    assert seen(kind, DAY, person=person) == Look("dropped")


@pytest.mark.parametrize(
    ("kind", "hours", "then"), [("plan", 13, "missed"), ("watch", 25, "missed"), ("tips", 73, "skipped")]
)
def test_what_is_too_late_is_missed_or_skipped(kind: str, hours: int, then: str) -> None:
    assert seen(kind, DAY, hours * HOUR) == Look(then)


@pytest.mark.parametrize("kind", ["check_in", "dropout", "urgent"])
def test_what_follows_an_emergency_comes_by_night_too(kind: str) -> None:
    assert seen(kind, NIGHT) == Look("now")
    assert seen(kind, NIGHT, HOUR) == Look("now")


def test_a_chosen_hour_of_the_night_is_kept_and_one_that_we_are_late_for_is_not() -> None:
    assert seen("own", NIGHT, timedelta(minutes=5)) == Look("now")
    assert seen("own", NIGHT, timedelta(minutes=6)) == Look("later", MORNING)


def test_a_follow_up_for_which_the_night_was_not_agreed_to_waits_for_the_morning() -> None:
    assert seen("urgent_by_day", NIGHT) == Look("later", MORNING)


@pytest.mark.parametrize("kind", ["visit", "follow_up", "watch", "tips", "announcement"])
def test_what_has_no_exact_time_waits_for_the_morning_and_not_all_for_the_same_moment(kind: str) -> None:
    later = [seen(kind, NIGHT, person=replace(PERSON, id=f"{n}")).later or NIGHT for n in range(20)]
    assert all(MORNING <= one <= MORNING + timedelta(minutes=10) for one in later)
    assert len(set(later)) == 20


def test_quiet_hours_are_those_of_the_persons_own_clock() -> None:
    assert seen("tips", NIGHT, person=replace(PERSON, zone="America/New_York")) == Look("now")


def test_a_page_that_is_open_by_night_rings_for_nobody() -> None:
    assert seen("tips", NIGHT, person=replace(PERSON, channel="web")) == Look("now")


def test_the_moment_is_the_one_that_was_chosen_in_the_zone_where_it_was() -> None:
    reminder = Reminder("r", "plan", MORNING, local="2026-11-26T20:30", zone="Europe/Berlin")
    assert unasked(reminder, NIGHT) == Unasked("plan", datetime(2026, 11, 26, 19, 30, tzinfo=UTC), NIGHT)


def test_where_none_was_chosen_it_is_when_it_falls_due() -> None:
    assert unasked(Reminder("r", "follow_up", DAY), NIGHT) == Unasked("follow_up", DAY, NIGHT)


def test_a_follow_up_after_an_emergency_is_delivered_as_one() -> None:
    assert unasked(Reminder("r", "follow_up", DAY, urgent="urgent"), DAY).kind == "urgent"


def test_only_what_comes_after_a_moment_that_was_chosen_says_that_it_is_late() -> None:
    assert Unasked("plan", DAY, DAY).is_late(DAY + timedelta(minutes=6))
    assert not Unasked("plan", DAY, DAY).is_late(DAY + timedelta(minutes=5))
    assert not Unasked("check_in", DAY, DAY).is_late(DAY + HOUR)


def test_a_tip_that_was_said_already_is_not_sent_on_the_day_of_a_crisis() -> None:
    assert seen("tips", DAY, person=replace(PERSON, crisis=DAY - HOUR)) == Look("skipped")
    assert seen("tips", DAY, person=replace(PERSON, crisis=DAY - 24 * HOUR)) == Look("now")
    assert seen("plan", DAY, person=replace(PERSON, crisis=DAY - HOUR)) == Look("now")
