"""A reminder as a file for the person's own calendar: it names no illness, visit or word of the person's."""

from __future__ import annotations

from datetime import datetime, timedelta

from bonewise.dialogue import data
from bonewise.dialogue.layout import rows
from bonewise.dialogue.person import Reminder
from bonewise.dialogue.screen import Attachment, Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import clock_of
from bonewise.i18n.markup import plain
from bonewise.scheduling.ics import Entry, calendar_file
from bonewise.scheduling.visit import BEFORE

FILE = "reminder.ics"


def offer_file(talk: Talk, reminder: Reminder) -> None:
    """Offer the file where we may not reach the person ourselves."""

    def draw(speaker: Speaker) -> Screen:
        return speaker.screen(speaker.say("calendar.offer"), rows([file_button(speaker, reminder)]))

    talk.show(draw)


def file_button(speaker: Speaker, reminder: Reminder) -> Button:
    """The button that brings the file."""
    return speaker.button("calendar.get", data.of_reminder(reminder.id, "calendar"))


def give_file(talk: Talk, reminder: Reminder) -> None:
    """Send the file."""
    talk.show(lambda speaker: _draw(speaker, reminder, talk.now))


def _draw(speaker: Speaker, reminder: Reminder, now: datetime) -> Screen:
    summary = plain(speaker.say(f"calendar.summary.{reminder.kind}"))
    entry = Entry(
        uid=f"{reminder.id}@bonewise",
        summary=summary,
        local=datetime.fromisoformat(str(reminder.visit or reminder.local)),
        zone=clock_of(speaker.person),
        alarms=BEFORE if reminder.visit else (timedelta(0),),
        rule=reminder.rule,
        country=speaker.person.country,
    )
    return speaker.screen(
        speaker.say("calendar.here", summary=speaker.own(summary)),
        file=Attachment(FILE, calendar_file(entry, now), plain(speaker.say("calendar.load"))),
    )
