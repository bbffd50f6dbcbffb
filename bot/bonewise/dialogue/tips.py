"""Tips for caregivers: which one comes next, and when (delivery rules: docs/clinical.md, tips for caregivers)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bonewise.dialogue.person import Person, Reminder, Subscription
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import clock_of, today_of
from bonewise.flow.tip import Tip
from bonewise.scheduling.delivery import near
from bonewise.scheduling.recurrence import next_allowed, to_utc

ROW = "tips"
"""The id and the kind of the one reminder that says the next tip."""

AGAIN = timedelta(days=182)
EMERGENCY_AGAIN = timedelta(days=56)
EMERGENCY_APART = timedelta(days=14)
"""Between two emergency tips: four of them come round in eight weeks, and leave room for the others."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_AGO = ""


def next_tip(book: Mapping[str, Tip], tips: Subscription, day: date) -> Tip | None:
    """The tip for a day, if one may come: an emergency tip that is due, else one of the topic that waited longest."""
    due = [tip for tip in book.values() if _is_wanted(tips, tip) and _may_come(tips, tip, day)]
    emergency = [tip for tip in due if tip.is_emergency]
    if emergency and _days_since(_last(book, tips, emergency[0].topic), day) >= EMERGENCY_APART:
        return min(emergency, key=lambda tip: tips.sent.get(tip.id, _LONG_AGO))
    others = [tip for tip in due if not tip.is_emergency]
    return min(others, key=lambda tip: (_last(book, tips, tip.topic), tips.sent.get(tip.id, _LONG_AGO)), default=None)


def _is_wanted(tips: Subscription, tip: Tip) -> bool:
    return tip.id not in tips.unwanted and (tip.is_emergency or not tips.topics or tip.topic in tips.topics)


def _may_come(tips: Subscription, tip: Tip, day: date) -> bool:
    apart = EMERGENCY_AGAIN if tip.is_emergency else AGAIN
    return _days_since(tips.sent.get(tip.id, _LONG_AGO), day) >= apart


def _last(book: Mapping[str, Tip], tips: Subscription, topic: str) -> str:
    """The day on which a tip of this topic was last sent."""
    return max((day for tip, day in tips.sent.items() if tip in book and book[tip].topic == topic), default=_LONG_AGO)


def _days_since(sent: str, day: date) -> timedelta:
    return day - date.fromisoformat(sent) if sent else timedelta.max


def planned(person: Person, now: datetime) -> Reminder | None:
    """The row of the next tip, or None where none is to come: at most one a day, and none on the day of a crisis."""
    tips = person.tips
    if tips is None or not tips.is_on or not person.messages or person.gone:
        return None
    zone = clock_of(person)
    first = today_of(person, now) + timedelta(days=1 if is_held(person, now) else 0)
    days = (first + timedelta(days=n) for n in range(len(WEEK) + 1))
    for local in (datetime.combine(day, time.fromisoformat(tips.hour)) for day in days if day.weekday() in tips.days):
        due = near(ROW, person.id, next_allowed(to_utc(local, zone), zone), zone)
        if due > now:
            return Reminder(ROW, ROW, due, local=local.isoformat(timespec="minutes"), zone=zone)
    return None


def is_held(person: Person, now: datetime) -> bool:
    """Whether no tip may come today any more: one did already, or there was a crisis."""
    today = today_of(person, now).isoformat()
    return (person.tips is not None and today in person.tips.sent.values()) or is_day_of_crisis(person, now)


def is_day_of_crisis(person: Person, now: datetime) -> bool:
    """Whether the card for a crisis was shown today: no tip for the rest of that day (voice.md, at a crisis)."""
    return person.crisis is not None and today_of(person, person.crisis) == today_of(person, now)


def plan_tips(talk: Talk) -> None:
    """Have the row of the next tip stand as the subscription says now."""
    row = planned(talk.person, talk.now)
    if row is None:
        talk.unplan(ROW)
    else:
        talk.remind(row)


def ended(tips: Subscription | None) -> Subscription | None:
    """The subscription once tips are stopped. What was sent is kept: nothing comes twice if they begin again."""
    return tips and replace(tips, agreed=None, paused=False)
