"""Asking later how it went, and the checks after a broken spine bone: rows that have several moments."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bonewise.dialogue.clocks import near_to
from bonewise.dialogue.person import Person, Reminder, Result, Session
from bonewise.dialogue.subjects import key_of
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import clock_of, today_of
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
    urgent = "urgent" if level is Level.SAME_DAY else None
    _remind(talk, replace(plan, id=f"{plan.id}{LATER}", kind="follow_up", rule=None, urgent=urgent), moments)


def _remind(talk: Talk, row: Reminder, moments: list[datetime]) -> None:
    """Plan a row with several local times."""
    if moments:
        shown = tuple(moment.isoformat(timespec="minutes") for moment in moments)
        talk.remind(near_to(talk, replace(row, moments=shown), moments[0]))


def _behind(talk: Talk, plan: Reminder) -> Result | None:
    result = newest(talk.person, plan)
    return result if result is not None and talk.since(result.on) <= _FRESH else None


def newest(person: Person, reminder: Reminder) -> Result | None:
    """The newest result about whom the reminder is about; the newest of all where that was not asked."""
    whom = reminder.whom and key_of(reminder.whom, reminder.subject)
    fits = (one for one in reversed(person.results) if whom in {None, key_of(one.ended.about, one.ended.subject)})
    return next(fits, None)


def _moments(talk: Talk, asked: FollowUp, plan: Reminder, result: Result | None) -> list[datetime]:
    zone = clock_of(talk.person)
    origin = result.on if result and asked.origin == "result" else plan.due
    local = [_after(origin, zone, seconds) for seconds in asked.after]
    return [moment for moment in local if to_utc(moment, zone) > max(plan.due, talk.now)]


def _after(origin: datetime, zone: str, seconds: int | None) -> datetime:
    """The local time so many seconds after a moment, or of the next morning."""
    if seconds is not None:
        return local_now(origin + timedelta(seconds=seconds), zone)
    return datetime.combine(local_now(origin, zone).date() + timedelta(days=1), _MORNING)


def watch(talk: Talk, session: Session, weeks: tuple[int, ...]) -> None:
    """Ask for the check of the warning signs after so many weeks each (rule U10); planned anew, it begins anew."""
    today = today_of(talk.person, talk.now)
    name = f"{WATCH}{key_of(session.about, session.subject)}"
    row = Reminder(name, "watch", talk.now, whom=session.about, subject=session.subject)
    _remind(talk, row, [datetime.combine(today + timedelta(weeks=n), _WATCHED_AT) for n in weeks])


def close_all(talk: Talk, reminder: Reminder) -> None:
    """No more of a reminder, nor of what was planned along with it."""
    name = reminder.id.removesuffix(AGAIN).removesuffix(LATER)
    for one in (name, f"{name}{LATER}", f"{name}{AGAIN}", f"{name}{LATER}{AGAIN}"):
        talk.unplan(one)
