"""Binds the dialogue, which is pure, to the flows, the words, the alarm patterns and the matcher of one bot."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from threading import Thread

from bonewise.dialogue.announcing import draw_announcement
from bonewise.dialogue.cards import Cards, draw_cards
from bonewise.dialogue.event import Command, Event, Text, Unreadable
from bonewise.dialogue.marking import mark_again, mark_late
from bonewise.dialogue.react import apology, react
from bonewise.dialogue.topics import OUT_OF_SCOPE
from bonewise.dialogue.world import World
from bonewise.matching.alarm import AlarmBook, Heard
from bonewise.matching.matcher import Matcher
from bonewise.service.inbox import Dialogue
from bonewise.service.marks import Marks

_WORDS = (Command, Text, Unreadable)
MOST_TOPICS = 5  # kept of a text; three are shown, and two can lead to the same page


def dialogue_of(world: World, alarms: AlarmBook, matcher: Matcher) -> Dialogue:
    """What the service asks of the dialogue, bound to these flows, words, alarm patterns and this matcher."""
    Thread(target=alarms.learn, name="alarm classifier", daemon=True).start()  # the start does not wait; a text would
    return Dialogue(
        hear=partial(hear, alarms),
        understand=partial(_beside, partial(understand, alarms, matcher)),
        react=partial(react, world),
        apology=lambda person: apology(world, person, datetime.now(UTC)),
        seed=lambda: secrets.randbits(256),
        marks=Marks(again=partial(mark_again, world), late=partial(mark_late, world)),
        announce=partial(draw_announcement, world),
    )


def understand(alarms: AlarmBook, matcher: Matcher, event: Event) -> Event:
    """Mark what the alarm layer hears in words, and then what they are about, unless they cannot wait."""
    heard = hear(alarms, event, by_meaning=True)
    return _matched(heard, matcher) if isinstance(heard, Text) and heard.alarm != "hard" else heard


def cards_of(world: World, alarms: AlarmBook, matcher: Matcher) -> Callable[[str, str | None], Awaitable[Cards]]:
    """Makes the cards for a text that somebody types in another chat, and the language of their app."""

    async def cards(text: str, language: str | None) -> Cards:
        event = await _beside(partial(understand, alarms, matcher), Text(text))
        return draw_cards(world, event if isinstance(event, Text) else Text(text), language, datetime.now(UTC))

    return cards


async def _beside(understand: Callable[[Event], Event], event: Event) -> Event:
    """On a thread of its own, as a question can take 20 ms for which everybody would wait."""
    return await asyncio.to_thread(understand, event) if isinstance(event, _WORDS) else event


def hear(alarms: AlarmBook, event: Event, *, by_meaning: bool = False) -> Event:
    """Mark what the alarm layer hears in words, `by_meaning` by their meaning too.

    What follows a command and tells of an alarm is a text as well. Nobody typed the payload of a deep link, which is
    one word: that is not asked about.
    """
    match event:
        case Command("ask", argument) if argument:
            return _marked(Text(argument, question=True), alarms.hear(argument, by_meaning=by_meaning))
        case Command(name, argument) if argument:
            heard = alarms.hear(argument, by_meaning=by_meaning)
            payload = name == "start" and len(argument.split()) == 1
            asked_about = heard.strength == "hard" or (heard.strength == "soft" and not payload)
            return _marked(Text(argument), heard) if asked_about else event
        case Text(text):
            return _marked(event, alarms.hear(text, by_meaning=by_meaning))
        case Unreadable(_, text):
            return _marked(event, _softened(event, alarms.hear(text, by_meaning=by_meaning)))
    return event


def _matched(event: Text, matcher: Matcher) -> Text:
    match = matcher.match(event.text)
    likely = [topic for topic in match.topics if topic != OUT_OF_SCOPE or topic == match.topics[0]]
    return replace(event, band=match.band, topics=tuple(likely[:MOST_TOPICS]))


def _softened(event: Unreadable, heard: Heard) -> Heard:
    """What is sent on was written by somebody else, perhaps long ago: it is asked about, and no more."""
    sent_on = event.kind == "forward" and heard.strength == "hard"
    return replace(heard, strength="soft") if sent_on else heard


def _marked(event: Text | Unreadable, heard: Heard) -> Event:
    return replace(event, alarm=heard.strength, alarm_kind=heard.kind, alarm_sign=heard.sign)
