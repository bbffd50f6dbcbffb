"""What is kept of a yes to messages, and the most that is kept of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bonewise.dialogue import event as e
from bonewise.dialogue.person import Agreed, Reminder
from tests.dialogue.conversation import KNOWN, WEDNESDAY, WORLD, Conversation
from tests.dialogue.words import stands_in

PLAN = (("for_what", "gp"), ("day", "2026-11-26"), ("hour", "09.00"), ("barrier", "skipped"), ("sure", "yes"))
BOOKED = (("for_what", "gp"), ("day", "2026-11-27"), ("hour", "15.00"), ("sure", "yes"))


def asks_for(talk: Conversation, link: str, *answers: tuple[str, str]) -> None:
    talk.does(e.Press(f"go:{link}"))
    for step, value in answers:
        talk.answers(step, value)


def test_each_yes_is_kept_with_the_version_of_its_words_until_stop() -> None:
    talk = Conversation()
    asks_for(talk, "plan_visit.self", *PLAN)
    asks_for(talk, "ask_later", ("sure", "yes"))
    asks_for(talk, "watch.self", ("sure", "yes"))
    asks_for(talk, "booked.self", *BOOKED)
    versions = {flow: WORLD.flows.flows[flow].version for flow in ("plan_visit", "ask_later", "watch", "booked")}
    assert talk.person.agreed == {flow: Agreed("2026-11-25", version) for flow, version in versions.items()}
    talk.commands("stop")
    assert talk.person.agreed == {}


def test_a_no_is_no_yes() -> None:
    talk = Conversation()
    asks_for(talk, "watch.self", ("sure", "no"))
    asks_for(talk, "plan_visit.self", *PLAN[:-1], ("sure", "no"))
    assert talk.person.agreed == {}


@pytest.mark.parametrize(("kept", "more"), [(49, 1), (50, 0)])
def test_the_fifty_first_reminder_is_not_taken_and_how_to_make_room_is_said(kept: int, more: int) -> None:
    talk = Conversation({**KNOWN, "reminders": tuple(_reminder(number) for number in range(kept))})
    asks_for(talk, "plan_visit.self", *PLAN)
    assert len(talk.person.reminders) == kept + more
    assert any(stands_in(WORLD, "en", "ui.reminders_full", one.text) is not None for one in talk.new) is not bool(more)
    if not more:
        talk.person = replace(talk.person, reminders=talk.person.reminders[1:])
        talk.answers("day", "2026-11-26")
        talk.answers("sure", "yes")
        assert len(talk.person.reminders) == kept


def _reminder(number: int) -> Reminder:
    return Reminder(f"r{number}", "own", WEDNESDAY + timedelta(days=number + 1), note="Water the plants")
