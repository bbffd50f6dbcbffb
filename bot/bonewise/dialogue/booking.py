"""The action that keeps a visit for which the person has a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bonewise.dialogue.calendar_file import file_button
from bonewise.dialogue.layout import rows
from bonewise.dialogue.outcome import Arguments, Outcome
from bonewise.dialogue.person import Reminder, Session
from bonewise.dialogue.recurring import moment_of_visit
from bonewise.dialogue.reminding import remind
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import clock_of
from bonewise.flow.model import Do
from bonewise.scheduling.recurrence import to_utc
from bonewise.scheduling.visit import touches_ahead

BOOKING: Mapping[str, Mapping[str, str]] = {
    "book_visit": {"day": "date", "hour": "time", "about": "text?", "note": "text?"},
}
"""Its arguments, as in `actions.ACTIONS`."""


def _book(talk: Talk, session: Session, do: Do, given: Arguments) -> Outcome:
    """Visits that are over make way."""
    for old in talk.person.reminders:
        if old.visit and (moment_of_visit(talk.person, old) or talk.now) <= talk.now:
            talk.unplan(old.id)
    outcome = remind(talk, session, do, {**given, "kind": "visit"})
    if outcome is None:
        _tell(talk, talk.person.reminders[-1])
    return outcome


def _tell(talk: Talk, reminder: Reminder) -> None:
    """When we write, which is not always twice."""
    zone = clock_of(talk.person)
    visit = datetime.fromisoformat(reminder.visit or "")
    moments = [to_utc(touch, zone) for touch in touches_ahead(visit, zone, talk.now)]
    key = ("visit.told_none", "visit.told_one", "visit.told_both")[len(moments)]

    def draw(speaker: Speaker) -> Screen:
        told: dict[str, Any] = dict(zip(("next", "last"), map(speaker.moment, moments), strict=False))
        text = speaker.say(key, when=speaker.moment(to_utc(visit, zone)), **told)
        return speaker.screen(text, rows([file_button(speaker, reminder)]))

    talk.show(draw)


BOOKS: Mapping[str, Callable[[Talk, Session, Do, Arguments], Outcome]] = {"book_visit": _book}
