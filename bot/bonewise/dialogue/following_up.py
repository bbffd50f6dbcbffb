"""Asking later how it went, and the checks after a broken spine bone: rows that have several moments."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bonewise.dialogue.clocks import at_moment
from bonewise.dialogue.person import Person, Reminder, Result, Session
from bonewise.dialogue.subjects import key_of
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import clock_of
from bonewise.flow.model import FollowUp, Level
from bonewise.scheduling.recurrence import local_now, to_utc

LATER = "-later"  # behind the id of a plan: asking how it went
AGAIN = "-again"  # behind the id of one that comes again: this one time more
WATCH = "watch-"  # before whom the checks are about
_MORNING = time(9)
_WATCHED_AT = time(10)
_FRESH = timedelta(days=1)
"""A plan that is made within this of a result is about it."""


def follow_up(talk: Talk, plan: Reminder) -> None:
    """Ask how it went, at the moments that the level's book names and that lie behind the plan's own (rule N1)."""
    result = _behind(talk, plan)
    level = result.level if result else Level.ROUTINE
    asked = talk.world.flows.follow_ups.get(level)
    moments = _moments(talk, asked, plan, result) if asked else []
    if moments:
        row = replace(plan, id=f"{plan.id}{LATER}", kind="follow_up", rule=None, later=tuple(moments[1:]))
        urgent = "urgent" if level is Level.SAME_DAY else None
        talk.remind(at_moment(talk, replace(row, urgent=urgent), moments[0]))


def _behind(talk: Talk, plan: Reminder) -> Result | None:
    whom = newest(talk.person, plan)
    return whom if whom is not None and talk.since(whom.on) <= _FRESH else None


def newest(person: Person, reminder: Reminder) -> Result | None:
    """The newest result about whom the reminder is about; the newest of all where that was not asked."""
    whom = reminder.whom and key_of(reminder.whom, reminder.subject)
    fits = (one for one in reversed(person.results) if whom in {None, key_of(one.ended.about, one.ended.subject)})
    return next(fits, None)


def _moments(talk: Talk, asked: FollowUp, plan: Reminder, result: Result | None) -> list[datetime]:
    origin = result.on if result and asked.origin == "result" else plan.due
    return [moment for after in asked.after if (moment := _after(talk, origin, after)) > max(plan.due, talk.now)]


def _after(talk: Talk, origin: datetime, seconds: int | None) -> datetime:
    if seconds is not None:
        return origin + timedelta(seconds=seconds)
    zone = clock_of(talk.person)
    morrow = local_now(origin, zone).date() + timedelta(days=1)
    return to_utc(datetime.combine(morrow, _MORNING), zone)


def watch(talk: Talk, session: Session, weeks: tuple[int, ...]) -> None:
    """Ask for the check of the warning signs after so many weeks each (rule U10); planned anew, it begins anew."""
    zone = clock_of(talk.person)
    today = local_now(talk.now, zone).date()
    moments = [to_utc(datetime.combine(today + timedelta(weeks=n), _WATCHED_AT), zone) for n in weeks]
    name = f"{WATCH}{key_of(session.about, session.subject)}"
    row = Reminder(name, "watch", talk.now, whom=session.about, subject=session.subject, later=tuple(moments[1:]))
    talk.remind(at_moment(talk, row, moments[0]))


def move_on(talk: Talk, reminder: Reminder) -> bool:
    """Whether a row with several moments has one that is still ahead, for which it waits from the same turn on."""
    ahead = [moment for moment in reminder.later if moment > talk.now]
    if ahead:
        talk.remind(at_moment(talk, replace(reminder, later=tuple(ahead[1:])), ahead[0]))
    return bool(ahead)


def close_all(talk: Talk, reminder: Reminder) -> None:
    """No more of a reminder, nor of what was planned along with it."""
    name = reminder.id.removesuffix(AGAIN).removesuffix(LATER)
    for one in (name, f"{name}{LATER}", f"{name}{AGAIN}", f"{name}{LATER}{AGAIN}"):
        talk.unplan(one)
