"""When a reminder that comes again comes next."""

from __future__ import annotations

from datetime import datetime, timedelta

from bonewise.dialogue.person import Reminder
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import clock_of
from bonewise.scheduling.recurrence import local_now, to_utc
from bonewise.scheduling.rule import next_day


def next_local(talk: Talk, reminder: Reminder) -> datetime | None:
    """The next local time that is still ahead, or None when it is over or comes once only.

    What fell due meanwhile is passed over: nobody is told five times what was to be said on five days.
    """
    if reminder.rule is None or reminder.local is None:
        return None
    zone, said = clock_of(talk.person), datetime.fromisoformat(reminder.local)
    yesterday = local_now(talk.now, zone).date() - timedelta(days=1)
    day = next_day(reminder.rule, max(said.date(), yesterday), talk.person.country)
    while day is not None and to_utc(datetime.combine(day, said.time()), zone) <= talk.now:
        day = next_day(reminder.rule, day, talk.person.country)
    return None if day is None else datetime.combine(day, said.time())
