"""Who answers an event, and in which order. Pure: the same person, event, moment and seed make the same turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bonewise.dialogue.asked import asked_in
from bonewise.dialogue.care_links import end_all
from bonewise.dialogue.care_news import hear_of
from bonewise.dialogue.care_opening import be_invited
from bonewise.dialogue.commands import command
from bonewise.dialogue.emergency import answer_alarm
from bonewise.dialogue.event import (
    Command,
    Due,
    Event,
    Group,
    Invited,
    Left,
    Linked,
    Missed,
    Opened,
    Position,
    Press,
    Text,
    Unreadable,
)
from bonewise.dialogue.falling_due import fall_due
from bonewise.dialogue.first_help import with_first_help
from bonewise.dialogue.groups import answer_group
from bonewise.dialogue.hearing import hear
from bonewise.dialogue.layout import rows
from bonewise.dialogue.links import target
from bonewise.dialogue.locating import hear_place
from bonewise.dialogue.missed import miss, tell
from bonewise.dialogue.opening import after_task, start
from bonewise.dialogue.person import Person, Turn
from bonewise.dialogue.pressing import press
from bonewise.dialogue.pressing_in_words import answer_in_words
from bonewise.dialogue.question import slot_of
from bonewise.dialogue.screen import Button, Screen, Strip
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tips import ended
from bonewise.dialogue.world import World
from bonewise.scheduling.zones import is_zone

CHAINED = 3  # tasks that may end one after the other in one turn


def react(world: World, person: Person, event: Event, now: datetime, seed: int) -> Turn:
    """The turn that an event makes. `now` is UTC, `seed` a random number that new ids are drawn from."""
    talk = Talk(world, person, now, str(seed))
    talk.change(sessions=tuple(s for s in person.sessions if _can_go_on(world, s.flow)))
    dispatch(talk, event)
    for _ in range(CHAINED):
        if talk.ended is None:
            break
        task, talk.ended = talk.ended, None
        after_task(talk, task)
    turn = tell(talk, talk.turn())
    shown = [output for output in turn.screens if isinstance(output, Screen)]
    turn = replace(turn, person=replace(turn.person, asked=asked_in(talk, event, person.asked, shown)))
    screens = turn.screens if isinstance(event, Group) else with_first_help(talk, turn.screens)
    return replace(turn, screens=(*_stripped(person, turn), *screens))


def _can_go_on(world: World, flow: str) -> bool:
    return flow in world.flows.flows and target(world, flow) == flow


def _stripped(before: Person, turn: Turn) -> tuple[Strip, ...]:
    """Only the newest question has buttons: an older one that was not replaced loses them."""
    old = _slot_on_screen(before)
    replaced = {screen.replace for screen in turn.screens if isinstance(screen, Screen)}
    stays = old is None or turn.forget or old in {_slot_on_screen(turn.person), *replaced}
    return () if stays or old is None else (Strip(old),)


def _slot_on_screen(person: Person) -> str | None:
    session = person.sessions[-1] if person.sessions else None
    return slot_of(session) if session and session.seq and not session.left else None


def dispatch(talk: Talk, event: Event) -> None:
    """Have the event answered. Where a task ends by that, what comes after it is not opened yet."""
    if isinstance(event, Text | Press | Command | Invited) and talk.person.gone:
        talk.change(gone=False)
    event = _asked(talk, event)
    match event:
        case Text():
            if not answer_in_words(talk, event):
                hear(talk, event)
        case Press(data, message):
            talk.change(unclear=0)
            press(talk, data, message)
        case Command(name, argument):
            talk.change(unclear=0)
            command(talk, name, argument)
        case Due(reminder):
            fall_due(talk, reminder)
        case Missed(reminder, meant):
            miss(talk, reminder, meant)
        case Left(back):
            _left(talk, back)
        case Opened(zone):
            _opened(talk, zone)
        case Unreadable():
            if not answer_alarm(talk, event):
                _not_read(talk, event.kind)
        case Position(latitude, longitude):
            if not hear_place(talk, latitude, longitude):
                _not_read(talk, "position")
        case Invited():
            be_invited(talk, event)
        case Linked():
            hear_of(talk, event)
        case Group(text):
            answer_group(talk, text)


def _asked(talk: Talk, event: Event) -> Event:
    """The event, of which a text behind /ask is a question; what else the person does ends the asking."""
    asking = talk.person.asking
    if asking and isinstance(event, Text | Press | Command):
        talk.change(asking=False)
    return replace(event, question=True) if asking and isinstance(event, Text) else event


def _left(talk: Talk, back: bool) -> None:
    """Who blocks us is not written to, and nothing of what was planned comes back with them."""
    talk.change(gone=not back)
    if not back:
        end_all(talk)
        talk.change(reminders=(), tips=ended(talk.person.tips))


def _opened(talk: Talk, zone: str | None) -> None:
    if zone and is_zone(zone) and talk.person.zone is None:
        talk.change(zone=zone)
    if not talk.person.greeted and talk.session is None:
        start(talk)


def _not_read(talk: Talk, kind: str) -> None:
    key = f"ui.{kind}" if kind in {"edited", "forward"} else "ui.unreadable"
    talk.show(lambda speaker: speaker.screen(speaker.say(key)))


def apology(world: World, person: Person, now: datetime) -> Screen:
    """What is shown when something went wrong on our side."""
    return Talk(world, person, now, "").drawn(draw_apology)


def draw_apology(speaker: Speaker) -> Screen:
    """The same in one language."""
    again = speaker.button("ui.sorry.again", "s:resume", "primary")
    urgent = Button(speaker.say("emergency.link"), press="go:emergency", style="danger")
    return speaker.screen(speaker.say("ui.sorry.text"), rows([again], [urgent]))
