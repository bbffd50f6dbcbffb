"""What has no exact time falls due some minutes before or after it, always by as much, and still once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bonewise.dialogue import event as e
from bonewise.dialogue.delivering import meant
from bonewise.dialogue.person import Reminder
from bonewise.scheduling.delivery import SPREAD, spread
from tests.dialogue.conversation import Conversation

EARLY = next(name for name in map(str, range(100)) if spread("watch", name) < -timedelta(minutes=1))
LATE = next(name for name in map(str, range(100)) if spread("watch", name) > timedelta(minutes=1))


def asked(person: str, *answers: tuple[str, str], link: str) -> Conversation:
    """Somebody of this id answers the questions behind a link."""
    talk = Conversation()
    talk.person = replace(talk.person, id=person)
    talk.does(e.Press(f"go:{link}"))
    for step, value in answers:
        talk.answers(step, value)
    return talk


def watched(person: str) -> Conversation:
    return asked(person, ("sure", "yes"), link="watch.self")


def booked(person: str) -> Conversation:
    talk = asked(person, ("for_what", "gp"), link="booked.self")
    talk.does(e.Text("3 December"))
    talk.answers("hour", "11.00")
    talk.answers("sure", "yes")
    return talk


def followed_up(person: str) -> Conversation:
    answers = (("for_what", "gp"), ("day", "2026-11-26"), ("hour", "09.00"), ("barrier", "skipped"), ("sure", "yes"))
    talk = asked(person, *answers, link="plan_visit.self")
    talk.presses("go:ask_later")
    talk.answers("sure", "yes")
    return talk


@pytest.mark.parametrize("person", [EARLY, LATE])
@pytest.mark.parametrize(
    ("begin", "kind", "times"), [(watched, "watch", 5), (booked, "visit", 2), (followed_up, "follow_up", 4)]
)
def test_each_moment_comes_once_as_far_from_its_time_as_all_of_that_person(
    begin: Callable[[str], Conversation], kind: str, times: int, person: str
) -> None:
    talk = begin(person)
    meants = []
    while (row := row_of(talk, kind)) is not None and row.state == "pending":
        assert row.due - meant(row) == spread(kind, person)
        meants.append(meant(row))
        talk.falls_due(kind)
        assert [screen.role for screen in talk.turn.screens] == ["nudge"]
    assert meants == sorted(set(meants))
    assert len(meants) == times


def row_of(talk: Conversation, kind: str) -> Reminder | None:
    return next((one for one in talk.person.reminders if one.kind == kind), None)


def test_people_are_spread_over_ten_minutes() -> None:
    due = [row.due for n in range(40) if (row := row_of(watched(f"p{n}"), "watch"))]
    assert len(set(due)) == 40
    assert SPREAD < max(due) - min(due) <= 2 * SPREAD


def test_a_moment_that_the_person_chose_for_what_we_ask_is_exact() -> None:
    talk = watched(EARLY)
    talk.does(e.Press("go:reminders"))
    for step, value in (("which", "watch-self"), ("what", "change_time"), ("day", "2026-11-27"), ("hour", "09.00")):
        talk.answers(step, value)
    row = row_of(talk, "watch")
    assert row is not None
    assert row.due == datetime(2026, 11, 27, 9, tzinfo=UTC)


def test_a_new_clock_keeps_the_distance() -> None:
    talk = watched(LATE)
    talk.does(e.Press("go:clock"))
    talk.does(e.Text("Tokyo"))
    talk.answers("sure", "yes")
    row = row_of(talk, "watch")
    assert row is not None
    assert (row.zone, row.due - meant(row)) == ("Asia/Tokyo", spread("watch", LATE))
