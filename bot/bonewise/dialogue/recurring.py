"""When a reminder that comes again comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bonewise.dialogue.clocks import at, near_to
from bonewise.dialogue.delivering import meant
from bonewise.dialogue.person import Person, Reminder
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import clock_of, today_of
from bonewise.scheduling.recurrence import to_utc
from bonewise.scheduling.rule import next_day
from bonewise.scheduling.visit import touches_ahead


def next_local(talk: Talk, reminder: Reminder) -> datetime | None:
    """The next local time that is still ahead, or None when it is over or comes once only.

    Not the one that is said now, which can be some minutes before its time.
    What fell due meanwhile is passed over: nobody is told five times what was to be said on five days.
    """
    zone, said_for = clock_of(talk.person), max(talk.now, meant(reminder))
    if reminder.moments:
        planned = map(datetime.fromisoformat, reminder.moments)
        return next((local for local in planned if to_utc(local, zone) > said_for), None)
    if reminder.visit is not None:
        return next(iter(touches_ahead(datetime.fromisoformat(reminder.visit), zone, said_for)), None)
    if reminder.rule is None or reminder.local is None:
        return None
    said = datetime.fromisoformat(reminder.local)
    yesterday = today_of(talk.person, talk.now) - timedelta(days=1)
    day = next_day(reminder.rule, max(said.date(), yesterday), talk.person.country)
    while day is not None and to_utc(datetime.combine(day, said.time()), zone) <= talk.now:
        day = next_day(reminder.rule, day, talk.person.country)
    return None if day is None else datetime.combine(day, said.time())


def waits_again(reminder: Reminder) -> bool:
    """Whether it waits for its next time already, while the one before is being answered."""
    several = reminder.rule is not None or bool(reminder.moments)
    return several and reminder.state in {"pending", "queued", "paused"}


def before_visit(talk: Talk, reminder: Reminder, visit: datetime) -> Reminder:
    """The reminder of a visit at a local time, planned for the next touch; without one ahead it only stands there."""
    of_visit = replace(reminder, visit=visit.isoformat(timespec="minutes"), local=None, due=talk.now)
    touch = next_local(talk, of_visit)
    return replace(at(talk, of_visit, visit), state="shown") if touch is None else near_to(talk, of_visit, touch)


def moment_of_visit(person: Person, reminder: Reminder) -> datetime | None:
    """When the visit is that a reminder is about, in UTC."""
    return to_utc(datetime.fromisoformat(reminder.visit), clock_of(person)) if reminder.visit else None
