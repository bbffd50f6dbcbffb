"""Binds the dialogue, which is pure, to the flows, the words and the alarm patterns of one bot."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from bonewise.dialogue.event import Command, Event, Text
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
    """Mark what the alarm layer hears in a text; what follows a command and cannot wait is a text too."""
    if isinstance(event, Command) and event.argument:
        heard = alarms.hear(event.argument)
        return event if heard.strength != "hard" else _heard(Text(event.argument), heard)
    return _heard(event, alarms.hear(event.text)) if isinstance(event, Text) else event


def _heard(text: Text, heard: Heard) -> Text:
    return replace(text, alarm=heard.strength, alarm_kind=heard.kind, alarm_sign=heard.sign)
