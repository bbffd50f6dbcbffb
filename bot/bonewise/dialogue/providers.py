"""The person's own rows, which a question can offer (`one: {from: my_reminders}`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from bonewise.dialogue.delivering import meant
from bonewise.dialogue.person import LISTED, Reminder
from bonewise.dialogue.recurring import moment_of_visit
from bonewise.dialogue.speaker import Speaker
from bonewise.i18n import format as formats
from bonewise.i18n.negotiate import name_of
from bonewise.scheduling.delivery import SPREAD
from bonewise.scheduling.recurrence import local_now
from bonewise.scheduling.zones import country_of, is_zone, zones_of

NOTE = 11  # letters of the person's own words in a list
_IN_THE_BOOK = frozenset({"pending", "shown", "paused", "missed"})


class Row(NamedTuple):
    """One row: its id and how it reads."""

    id: str
    label: str


def my_reminders(speaker: Speaker) -> tuple[Row, ...]:
    """What is planned, soonest first; a visit with whom it is for if not for the reader."""
    chosen = [r for r in speaker.person.reminders if r.kind in LISTED and r.state in _IN_THE_BOOK]
    planned = [r for r in chosen if r.visit is None or _moment(speaker, r) > speaker.now]
    planned.sort(key=lambda reminder: _moment(speaker, reminder))
    return tuple(Row(reminder.id, _planned(speaker, reminder)) for reminder in planned)


def _moment(speaker: Speaker, reminder: Reminder) -> datetime:
    """When we write, or when the visit is that we write about."""
    planned = meant(reminder)
    when = planned if abs(reminder.due - planned) <= SPREAD else reminder.due
    return moment_of_visit(speaker.person, reminder) or when


def _planned(speaker: Speaker, reminder: Reminder) -> str:
    when = speaker.own(speaker.short_moment(_moment(speaker, reminder)))
    if reminder.state == "paused":
        return speaker.say("ui.book.resting", when=when)
    if reminder.kind == "own":
        return speaker.say("ui.book.own", when=when, note=_begun(reminder.note or ""))
    if reminder.whom != "other":
        return speaker.say("ui.book.visit", when=when) if reminder.visit else when.text
    if reminder.subject is None:
        return speaker.say("ui.about.plan_unnamed", when=when)
    return speaker.say("ui.about.plan", when=when, subject=reminder.subject.name)


def _begun(note: str) -> str:
    """How the person's own words begin."""
    line = " ".join(note.split())
    return line if len(line) <= NOTE else f"{line[: NOTE - 1].rstrip()}…"


def my_zones(speaker: Speaker) -> tuple[Row, ...]:
    """The time zones of the person's country, each with the time it is there now."""
    return tuple(
        Row(zone, formats.zone_and_hour(zone, local_now(speaker.now, zone), speaker.tag))
        for zone in zones_of(speaker.person.country)
    )


def row_words(speaker: Speaker, provider: str, value: str) -> str:
    """How a chosen row reads; a time zone of elsewhere stands with its country."""
    label = next((row.label for row in PROVIDERS[provider](speaker) if row.id == value), value)
    if provider != "my_zones" or label != value or not is_zone(value):
        return label
    return formats.zone_and_hour(value, local_now(speaker.now, value), speaker.tag, country_of(value))


def languages(speaker: Speaker) -> tuple[Row, ...]:
    """The languages served, each by its own name."""
    return tuple(Row(tag, name_of(tag)) for tag in sorted(speaker.world.catalog.languages))


def my_links(speaker: Speaker) -> tuple[Row, ...]:
    """Who is linked with the person, and who was invited."""
    return tuple(
        Row(link.id, speaker.say(f"care.row.{link.role}.{link.state}", name=link.name))
        for link in speaker.person.care_links
    )


PROVIDERS: Mapping[str, Callable[[Speaker], tuple[Row, ...]]] = {
    "my_reminders": my_reminders,
    "my_zones": my_zones,
    "my_links": my_links,
    "languages": languages,
}
