"""Whether what is said unasked is still to be said: looked at when it falls due, and again right before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bonewise.dialogue.announcing import KIND, wants_news
from bonewise.dialogue.person import Person, Reminder
from bonewise.dialogue.tips import ROW, is_day_of_crisis
from bonewise.dialogue.traits import clock_of, today_of
from bonewise.scheduling.delivery import LATE, SPREAD, TABLE, Delivery, is_too_late, spread
from bonewise.scheduling.recurrence import in_quiet_hours, next_allowed, to_utc


@dataclass(frozen=True, slots=True)
class Unasked:
    """What is said unasked: by which row of the table, the moment it was meant for, and the one when it was said."""

    kind: str
    meant: datetime
    said: datetime
    until: date | None = None  # the last day on which it is said, by the person's clock

    @property
    def delivery(self) -> Delivery:
        """Its row of the table. Raises `KeyError`."""
        return TABLE[self.kind]

    def is_late(self, now: datetime) -> bool:
        """Whether it comes later than at the moment that was chosen, so that this is said along with it."""
        return self.delivery.quiet == "chosen" and now - self.meant > LATE


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be done: now | later (at that moment) | missed | skipped | dropped."""

    what: str
    later: datetime | None = None


def unasked(reminder: Reminder, now: datetime) -> Unasked:
    """What it is to say this reminder now."""
    kind = reminder.kind if reminder.urgent is None else reminder.urgent
    return Unasked(kind, meant(reminder), now)


def meant(reminder: Reminder) -> datetime:
    """The moment that the person chose, in UTC; it may fall due later."""
    if reminder.local is None or reminder.zone is None:
        return reminder.due
    return to_utc(datetime.fromisoformat(reminder.local), reminder.zone)


def look(person: Person, what: Unasked, now: datetime) -> Look:
    """Look at the person, the hour and the table. Raises `KeyError` for a kind that is not in the table."""
    if not person.messages or person.gone or (what.kind == KIND and not wants_news(person)):
        return Look("dropped")
    if is_too_late(what.kind, what.meant, now) or _is_over(person, what, now):
        return Look(what.delivery.then)
    if what.kind in {ROW, KIND} and is_day_of_crisis(person, now):
        return Look("skipped") if what.kind == ROW else Look("later", _tomorrow(person, now))
    if _waits_in_quiet_hours(what, now) and _rings(person) and in_quiet_hours(now, clock_of(person)):
        return Look("later", _after_quiet_hours(person, what, now))
    return Look("now")


def _is_over(person: Person, what: Unasked, now: datetime) -> bool:
    return what.until is not None and today_of(person, now) > what.until


def _tomorrow(person: Person, now: datetime) -> datetime:
    zone = clock_of(person)
    midnight = datetime.combine(today_of(person, now) + timedelta(days=1), time())
    return next_allowed(to_utc(midnight, zone), zone)


def _waits_in_quiet_hours(what: Unasked, now: datetime) -> bool:
    """An hour that the person chose is kept, one that we are late for is not."""
    return what.delivery.quiet == "next" or what.is_late(now)


def _rings(person: Person) -> bool:
    """A page that is open is looked at, and a closed one gets nothing."""
    return person.channel != "web"


def _after_quiet_hours(person: Person, what: Unasked, now: datetime) -> datetime:
    """Not all at the same moment, where the moment is not exact."""
    allowed = next_allowed(now, clock_of(person))
    return allowed if what.delivery.exact else allowed + SPREAD + spread(what.kind, person.id)
