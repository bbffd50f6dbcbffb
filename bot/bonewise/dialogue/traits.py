"""What a flow's conditions can ask about the person."""

from __future__ import annotations

from datetime import date, datetime

from bonewise.dialogue.person import Person
from bonewise.scheduling.recurrence import local_now
from bonewise.scheduling.zones import only_zone

TRAITS = frozenset(
    {
        "consented",
        "read_only",
        "adult",
        "under_18",
        "country_known",
        "zone_known",
        "reminders",
        "tips_on",
        "tips_paused",
        "invited",
        "messages_on",
        "about_other",
        "telegram",
        "web",
    }
)

EXCLUSIVE = (
    frozenset({"adult", "under_18", "about_other"}),
    frozenset({"consented", "read_only"}),
    frozenset({"telegram", "web"}),
    frozenset({"tips_on", "tips_paused"}),
)
"""Sets of traits of which at most one holds."""


def zone_of(person: Person) -> str | None:
    """The person's time zone: the chosen one, or their country's if it has only one."""
    return person.zone or (only_zone(person.country) if person.country else None)


def clock_of(person: Person) -> str:
    """The time zone that the person's days and hours are told in: UTC while theirs is not known."""
    return zone_of(person) or "UTC"


def today_of(person: Person, now: datetime) -> date:
    """The person's own day at a moment."""
    return local_now(now, clock_of(person)).date()


def traits_of(person: Person, about: str = "self") -> frozenset[str]:
    """The traits that hold now."""
    holds = {
        "consented": person.consent is not None,
        "read_only": person.greeted and person.consent is None,
        "adult": person.adult is True and about == "self",
        "under_18": person.adult is False and about == "self",
        "country_known": person.country is not None,
        "zone_known": zone_of(person) is not None,
        "reminders": any(r.kind == "plan" and r.state in {"pending", "queued", "shown"} for r in person.reminders),
        "tips_on": person.tips is not None and person.tips.is_on,
        "tips_paused": person.tips is not None and person.tips.paused,
        "invited": person.invitation is not None,
        "messages_on": person.messages,
        "about_other": about == "other",
        person.channel: True,
    }
    return frozenset(trait for trait, true in holds.items() if true) & TRAITS
