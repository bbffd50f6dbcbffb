"""Tips for caregivers: which comes next, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonewise.dialogue import event as e
from bonewise.dialogue.person import Person, Reminder, Subscription
from bonewise.dialogue.react import react
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.tips import (
    ROW,
    ended,
    next_tip,
    planned,
)
from bonewise.flow.tip import Tip
from bonewise.scheduling.delivery import SPREAD, is_too_late, spread
from bonewise.scheduling.recurrence import in_quiet_hours, local_now, to_utc
from tests.dialogue.conversation import KNOWN, WEDNESDAY, WORLD, Conversation

BOOK = WORLD.flows.tips
TOPICS = sorted({tip.topic for tip in BOOK.values() if not tip.is_emergency})
DAILY = Subscription(agreed="2026-11-25", days=tuple(range(7)))
ZONES = ("Europe/Madrid", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "UTC")
ONE_DAY = timedelta(days=1)
AGAIN, EMERGENCY_AGAIN, EMERGENCY_APART = (timedelta(days=days) for days in (182, 56, 14))


def subscriber(tips: Subscription = DAILY, zone: str = "Europe/Madrid", name: str = "p1") -> Person:
    return Person(name, "telegram", language="en", zone=zone, tips=tips, **KNOWN)  # type: ignore[arg-type]


def row(person: Person, now: datetime) -> Reminder:
    found = planned(person, now)
    assert found is not None
    return found


def meant(row: Reminder) -> datetime:
    assert row.local is not None
    assert row.zone is not None
    return to_utc(datetime.fromisoformat(row.local), row.zone)


def said(person: Person, now: datetime, name: str = ROW) -> tuple[Person, list[Screen]]:
    """The person after the row has fallen due, and what was shown."""
    turn = react(WORLD, person, e.Due(name), now, 1)
    return turn.person, [screen for screen in turn.screens if isinstance(screen, Screen)]


def new_in(before: Person, after: Person) -> list[Tip]:
    """The tips that were sent in between."""
    assert before.tips is not None
    assert after.tips is not None
    return [BOOK[tip] for tip, day in after.tips.sent.items() if before.tips.sent.get(tip) != day]


subscriptions = st.builds(
    Subscription,
    agreed=st.just("2026-11-25"),
    topics=st.lists(st.sampled_from(TOPICS), unique=True).map(tuple),
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    hour=st.times(time(8), time(20, 59)).map(lambda hour: hour.isoformat(timespec="minutes")),
    unwanted=st.frozensets(st.sampled_from(sorted(BOOK)), max_size=5),
)
delays = st.sampled_from(
    [timedelta(), timedelta(seconds=30), timedelta(hours=13), timedelta(days=2), timedelta(days=9)]
)


@given(subscriptions, st.sampled_from(ZONES), st.dates(date(2026, 1, 1), date(2027, 6, 1)), st.text(), st.data())
def test_in_any_year_no_tip_comes_too_soon_by_night_or_on_what_was_not_chosen(
    tips: Subscription, zone: str, begins: date, name: str, data: st.DataObject
) -> None:
    now = datetime.combine(begins, time(12), UTC)
    end = now + timedelta(days=380)
    person = subscriber(tips, zone, name)
    person = replace(person, reminders=(row(person, now),))
    came: list[tuple[date, Tip]] = []
    while now < end:
        [due] = person.reminders
        now = due.due + data.draw(delays)
        before, (person, screens) = person, said(person, now)
        assert [one.due > now for one in person.reminders] == [True], "the row waits for its next time"
        sent = new_in(before, person)
        assert len(screens) == len(sent) <= 1
        for tip in sent:
            assert not in_quiet_hours(now, zone)
            assert not is_too_late(ROW, meant(due), now)
            came.append((local_now(now, zone).date(), tip))
    check_apart(came)
    assert all(tip.is_emergency or not tips.topics or tip.topic in tips.topics for _, tip in came)
    assert not any(tip.id in tips.unwanted for _, tip in came)


def check_apart(came: list[tuple[date, Tip]]) -> None:
    """Raises `AssertionError` where two tips stand too near to each other."""
    days = [day for day, _ in came]
    assert len(set(days)) == len(days), "two on one day"
    emergency = [day for day, tip in came if tip.is_emergency]
    assert all(later - day >= EMERGENCY_APART for day, later in pairwise(emergency))
    for tip in {tip.id: tip for _, tip in came}.values():
        own = [day for day, other in came if other.id == tip.id]
        apart = EMERGENCY_AGAIN if tip.is_emergency else AGAIN
        assert all(later - day >= apart for day, later in pairwise(own)), tip.id


@pytest.mark.parametrize("days", [(1, 4), (1,), tuple(range(7))])
def test_each_sign_of_an_emergency_comes_again_every_eight_weeks(days: tuple[int, ...]) -> None:
    person, now, seen = subscriber(replace(DAILY, days=days)), WEDNESDAY, dict[str, list[date]]()
    while now < WEDNESDAY + timedelta(days=365):
        planned_for = row(person, now)
        now = planned_for.due
        before, (person, _) = person, said(replace(person, reminders=(planned_for,)), now)
        for tip in new_in(before, person):
            seen.setdefault(tip.id, []).append(now.date())
    for tip in (tip for tip in BOOK.values() if tip.is_emergency):
        gaps = [later - day for day, later in pairwise(seen[tip.id])]
        assert gaps
        assert max(gaps) <= EMERGENCY_AGAIN + timedelta(days=14)
    assert len(seen) == len(BOOK) or days == (1,)


def test_the_topic_that_waited_longest_comes_next() -> None:
    sent = {"T1": "2026-11-24", "T5": "2026-11-20", "T10": "2026-11-22"}
    tips = replace(DAILY, topics=("spine", "bones"), sent=sent)
    found = next_tip(BOOK, tips, date(2026, 11, 25))
    assert found is not None
    assert found.id == "T6"


def test_where_all_was_sent_nothing_comes_and_the_row_goes_on() -> None:
    sent = dict.fromkeys(BOOK, "2026-11-20")
    person = subscriber(replace(DAILY, sent=sent))
    person = replace(person, reminders=(row(person, WEDNESDAY),))
    after, screens = said(person, person.reminders[0].due)
    assert screens == []
    assert (person.reminders[0].local, after.reminders[0].local) == ("2026-11-26T10:00", "2026-11-27T10:00")


@pytest.mark.parametrize(
    ("day", "hour", "zone", "due"),
    [
        ("2027-03-27", "10:00", "Europe/Madrid", "2027-03-27T09:00"),  # the day before clocks go forward
        ("2027-03-28", "10:00", "Europe/Madrid", "2027-03-28T08:00"),
        ("2027-10-31", "10:00", "Europe/Madrid", "2027-10-31T09:00"),  # and back
        ("2027-03-14", "08:30", "America/New_York", "2027-03-14T12:30"),
        ("2027-11-07", "08:30", "America/New_York", "2027-11-07T13:30"),
        ("2027-04-04", "10:00", "Australia/Lord_Howe", "2027-04-03T23:30"),  # by half an hour
    ],
)
def test_the_hour_on_the_clock_stays_when_clocks_change(day: str, hour: str, zone: str, due: str) -> None:
    person = subscriber(replace(DAILY, hour=hour), zone)
    found = row(person, datetime.fromisoformat(f"{due}+00:00") - timedelta(hours=12))
    assert (found.local, found.zone) == (f"{day}T{hour}", zone)
    assert found.due - datetime.fromisoformat(f"{due}+00:00") == spread(ROW, "p1")


@given(st.text(), st.sampled_from(["08:00", "08:02", "20:57", "20:59"]))
def test_the_minutes_before_or_after_are_a_persons_own_and_never_in_the_quiet_hours(name: str, hour: str) -> None:
    person = subscriber(replace(DAILY, hour=hour), name=name)
    found = row(person, WEDNESDAY)
    assert abs(found.due - meant(found)) <= SPREAD
    assert not in_quiet_hours(found.due, "Europe/Madrid")
    assert row(person, WEDNESDAY) == found


def test_not_all_fall_due_at_the_same_minute() -> None:
    assert len({round(spread(ROW, f"p{number}").total_seconds() / 60) for number in range(200)}) == 11


def test_at_most_one_tip_a_day_whatever_is_changed() -> None:
    person = subscriber(replace(DAILY, hour="18:00", sent={"T1": "2026-11-25"}))
    assert row(person, WEDNESDAY).local == "2026-11-26T18:00"


def test_a_clock_that_was_far_ahead_for_a_while_does_not_silence_the_tips() -> None:
    person = replace(subscriber(replace(DAILY, sent={"T1": "2031-01-01"})), crisis=WEDNESDAY + timedelta(days=900))
    waiting = row(person, WEDNESDAY)
    assert waiting.local == "2026-11-26T10:00"
    _, screens = said(replace(person, reminders=(waiting,)), waiting.due)
    assert len(screens) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"messages": False},
        {"gone": True},
        {"tips": None},
        {"tips": ended(DAILY)},
        {"tips": replace(DAILY, paused=True)},
    ],
)
def test_who_is_not_to_be_written_to_gets_nothing(change: dict[str, object]) -> None:
    person = replace(subscriber(), **change)  # type: ignore[arg-type]
    assert planned(person, WEDNESDAY) is None
    waiting = replace(person, reminders=(row(subscriber(), WEDNESDAY),))
    after, screens = said(waiting, waiting.reminders[0].due)
    assert (after.reminders, screens) == ((), [])


def test_what_was_moved_since_it_fell_due_waits_for_its_new_time() -> None:
    person = subscriber()
    person = replace(person, reminders=(row(person, WEDNESDAY),))
    after, screens = said(person, WEDNESDAY - ONE_DAY)
    assert (after, screens) == (person, [])


def test_a_queued_row_is_said_even_if_the_clock_was_set_back() -> None:
    person = subscriber()
    person = replace(person, reminders=(replace(row(person, WEDNESDAY), state="queued"),))
    _, screens = said(person, person.reminders[0].due - timedelta(minutes=30))
    assert [screen.kind for screen in screens] == ["tip"]


def test_a_tip_that_left_the_book_can_still_be_stopped_and_is_not_kept() -> None:
    talk = Conversation({**KNOWN, "tips": DAILY, "zone": "Europe/Madrid", "reminders": (row(subscriber(), WEDNESDAY),)})
    talk.does(e.Press("tip:T99:not_for_us"))
    assert talk.person.tips is not None
    assert talk.person.tips.unwanted == frozenset()
    talk.does(e.Press("tip:T99:stop"))
    assert talk.person.tips.agreed is None
    talk.does(e.Press("tip:T1:nonsense"))


def test_what_was_agreed_to_is_kept_with_its_day_and_version() -> None:
    talk = Conversation()
    talk.does(e.Press("go:caregiver_tips"))
    talk.answers("agree", "as_said")
    tips = talk.person.tips
    assert tips is not None
    assert (tips.agreed, tips.terms) == ("2026-11-25", WORLD.flows.flows["caregiver_tips"].version)


def test_the_topics_that_can_be_chosen_are_those_of_the_book() -> None:
    ask = WORLD.flows.flows["caregiver_tips"].ask("topics")
    assert ask is not None
    assert sorted(ask.kind.options) == TOPICS  # type: ignore[union-attr]
