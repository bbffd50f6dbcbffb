"""Binds the dialogue, which is pure, to the flows, the words and the alarm patterns of one bot."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from bonewise.dialogue.event import Command, Event, Text, Unreadable
from bonewise.dialogue.react import apology, react
from bonewise.dialogue.world import World
from bonewise.matching.alarm import AlarmBook, Heard
from bonewise.service.inbox import Dialogue


def dialogue_of(world: World, alarms: AlarmBook) -> Dialogue:
    """What the service asks of the dialogue, bound to these flows, words and alarm patterns."""
    return Dialogue(
        understand=partial(understand, alarms),
        react=partial(react, world),
        apology=lambda person: apology(world, person, datetime.now(UTC)),
        seed=lambda: secrets.randbits(63),
    )


def understand(alarms: AlarmBook, event: Event) -> Event:
    """Mark what the alarm layer hears in words; what follows a command and cannot wait is a text too."""
    match event:
        case Command(_, argument) if argument:
            heard = alarms.hear(argument)
            return event if heard.strength != "hard" else _marked(Text(argument), heard)
        case Text(text) | Unreadable(_, text):
            return _marked(event, _softened(event, alarms.hear(text)))
    return event


def _softened(event: Text | Unreadable, heard: Heard) -> Heard:
    """What is sent on was written by somebody else, perhaps long ago: it is asked about, and no more."""
    sent_on = isinstance(event, Unreadable) and event.kind == "forward" and heard.strength == "hard"
    return replace(heard, strength="soft") if sent_on else heard


def _marked(event: Text | Unreadable, heard: Heard) -> Event:
    return replace(event, alarm=heard.strength, alarm_kind=heard.kind, alarm_sign=heard.sign)
