"""A reminder that could not be sent in time is told of with the next screen that the person gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bonewise.dialogue.person import Turn
from bonewise.dialogue.screen import Output, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk

MOST = 3  # the latest ones: after a long while away nobody reads a list
NOT_ON = frozenset({"emergency", "result", "answered", "said"})
"""Roles of screens that are about something that comes first."""


def miss(talk: Talk, name: str, moment: datetime) -> None:
    """Keep the moment of a reminder that nobody heard of, and what became of it."""
    talk.change(missed=(*talk.person.missed, moment)[-MOST:])
    for reminder in talk.person.reminders:
        if reminder.id == name and reminder.state in {"pending", "queued", "shown"} and reminder.due <= talk.now:
            talk.remind(replace(reminder, state="missed"))


def tell(talk: Talk, turn: Turn) -> Turn:
    """The turn with a line about each that was missed, below its first screen that has room for it."""
    for number, output in enumerate(turn.screens):
        if turn.person.missed and isinstance(output, Screen) and output.role not in NOT_ON:
            screens = (*turn.screens[:number], _with_lines(talk, turn, output), *turn.screens[number + 1 :])
            return replace(turn, person=replace(turn.person, missed=()), screens=screens)
    return turn


def _with_lines(talk: Talk, turn: Turn, screen: Screen) -> Output:
    speaker = Speaker(talk.world, turn.person, screen.lang, talk.now)
    lines = [speaker.say("nudge.missed", when=speaker.moment(moment)) for moment in turn.person.missed]
    return replace(screen, text="\n".join([screen.text, *lines]))
