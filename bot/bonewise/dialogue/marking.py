"""Marks on a message that are known only when it is sent: that it comes again, and that it comes late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.world import World
from bonewise.i18n.tags import SOURCE
from bonewise.i18n.words import Words


def mark_again(world: World, screen: Screen) -> Screen:
    """The screen with a line that says that it may have come before."""
    return replace(screen, text=f"{screen.text}\n{Words(world.catalog, (screen.lang, SOURCE)).say('nudge.again')}")


def mark_late(world: World, screen: Screen, person: Person, meant: datetime) -> Screen:
    """The screen with a line that says when it should have come."""
    tag = screen.lang if Words(world.catalog, (screen.lang,)).has("nudge.late") else SOURCE
    speaker = Speaker(world, person, tag, meant)
    return replace(screen, text=f"{screen.text}\n{speaker.say('nudge.late', when=speaker.moment(meant))}")
