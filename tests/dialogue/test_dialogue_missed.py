"""What could not be sent in time is told of once, where it is not in the way."""

from __future__ import annotations

from datetime import timedelta

from bonewise.dialogue import event as e
from bonewise.dialogue.person import Reminder
from tests.dialogue.conversation import KNOWN, WEDNESDAY, Conversation

YESTERDAY = WEDNESDAY - timedelta(days=1)
SAID = Reminder("r", "plan", YESTERDAY, state="shown", about="gp", flow="plan_visit")
LINE = "A message for"


def told(talk: Conversation) -> int:
    return sum(screen.text.count(LINE) for screen in talk.new)


def test_a_message_that_was_missed_on_its_way_is_told_of_once() -> None:
    talk = Conversation({**KNOWN, "reminders": (SAID,)})
    assert talk.does(e.Missed("r", YESTERDAY)).screens == ()
    assert [one.state for one in talk.person.reminders] == ["missed"]
    talk.does(e.Press("go:learn"))
    assert told(talk) == 1
    talk.does(e.Press("go:learn"))
    assert told(talk) == 0


def test_a_reminder_that_was_moved_meanwhile_stays_planned() -> None:
    moved = Reminder("r", "plan", WEDNESDAY + timedelta(days=1), about="gp", flow="plan_visit")
    talk = Conversation({**KNOWN, "reminders": (moved,)})
    talk.does(e.Missed("r", YESTERDAY))
    assert [one.state for one in talk.person.reminders] == ["pending"]


def test_in_an_emergency_what_to_do_stands_alone() -> None:
    talk = Conversation(KNOWN)
    talk.does(e.Missed("r", YESTERDAY))
    talk.types("I can't breathe")
    assert told(talk) == 0
    talk.does(e.Press("go:learn"))
    assert told(talk) == 1


def test_of_many_the_latest_three_are_told() -> None:
    talk = Conversation(KNOWN)
    for day in range(5):
        talk.does(e.Missed("r", YESTERDAY + timedelta(hours=day)))
    talk.does(e.Press("go:learn"))
    assert told(talk) == 3
