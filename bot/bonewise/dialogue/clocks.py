"""The person's clock, and what is planned by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bonewise.dialogue import data
from bonewise.dialogue.delivering import meant
from bonewise.dialogue.layout import rows
from bonewise.dialogue.person import Reminder
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tips import plan_tips
from bonewise.dialogue.traits import clock_of, zone_of
from bonewise.i18n import format as formats
from bonewise.scheduling.delivery import SPREAD, near
from bonewise.scheduling.recurrence import local_now, to_utc
from bonewise.scheduling.zones import country_of


def at(talk: Talk, reminder: Reminder, local: datetime) -> Reminder:
    """The reminder, planned for a local time of the person's clock."""
    zone = clock_of(talk.person)
    shown = local.isoformat(timespec="minutes")
    return replace(reminder, due=to_utc(local, zone), state="pending", local=shown, zone=zone)


def near_to(talk: Talk, reminder: Reminder, local: datetime) -> Reminder:
    """The same for a local time that the person did not choose: some minutes before or after, if its kind allows it."""
    planned, kind = at(talk, reminder, local), reminder.urgent or reminder.kind
    return replace(planned, due=near(kind, talk.person.id, planned.due, clock_of(talk.person)))


def at_moment(talk: Talk, reminder: Reminder, due: datetime) -> Reminder:
    """The reminder, planned for a moment, and what the person's clock shows then."""
    local = local_now(due, clock_of(talk.person)).isoformat(timespec="minutes")
    return replace(reminder, due=due, state="pending", local=local, zone=clock_of(talk.person))


def set_zone(talk: Talk, zone: str) -> None:
    """The person's clock is another one: what waits is said when the new clock shows the hour that was chosen."""
    talk.change(zone=zone)
    talk.change(reminders=tuple(_moved(one, zone) for one in talk.person.reminders))
    plan_tips(talk)


def set_country(talk: Talk, country: str) -> None:
    """The person is in another country: what waits goes by its clock if it has one only, else by the one so far.

    Either is said where something waits that goes by a clock.
    """
    before = zone_of(talk.person)
    talk.change(country=country)
    after = zone_of(talk.person)
    if after is None:
        talk.change(zone=before)
    elif after != before:
        talk.change(reminders=tuple(_moved(one, after) for one in talk.person.reminders))
    plan_tips(talk)
    if before is not None and after != before and any(one.local for one in talk.person.reminders):
        key = "ui.clock_kept" if after is None else "ui.clock_moved"
        talk.show(lambda speaker: _draw_clock(speaker, key, after or before))


def _draw_clock(speaker: Speaker, key: str, zone: str) -> Screen:
    clock = formats.zone_and_hour(zone, local_now(speaker.now, zone), speaker.tag, country_of(zone))
    change = Button(speaker.say("clock.link"), press=data.go("clock"))
    return speaker.screen(speaker.say(key, zone=speaker.own(clock)), rows([change]))


def _moved(reminder: Reminder, zone: str) -> Reminder:
    if reminder.local is None or reminder.state not in {"pending", "paused"}:
        return reminder
    kept = reminder.due - meant(reminder)
    exact = to_utc(datetime.fromisoformat(reminder.local), zone)
    return replace(reminder, zone=zone, due=exact + kept if abs(kept) <= SPREAD else exact)
