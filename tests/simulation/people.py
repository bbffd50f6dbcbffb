"""Who lives in the simulation, and what they can say beside what is real: words for the bot's own test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from bonewise.dialogue.clocks import near_to
from bonewise.dialogue.event import Command, Event
from bonewise.dialogue.person import CHOSEN, Person, Reminder, Subscription, Turn
from bonewise.dialogue.react import react
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tips import plan_tips
from bonewise.dialogue.world import World
from bonewise.scheduling.rule import Rule

ZONES = (
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Cairo",
    "Europe/Madrid",
    "Pacific/Auckland",
)
SIMULATE = "simulate"


@dataclass(frozen=True)
class Citizen:
    """Somebody with a phone, by the address of their chat."""

    address: str
    zone: str
    language: str


def citizens(count: int) -> list[Citizen]:
    """So many people all over the world."""
    return [Citizen(f"{n}", ZONES[n % len(ZONES)], ("en", "es")[n % 2]) for n in range(1, count + 1)]


def simulate(**what: Any) -> Command:
    """A command of the test's own: `become`, `plan` or `echo`."""
    return Command(SIMULATE, json.dumps(what))


def reacting(world: World) -> Callable[[Person, Event, datetime, int], Turn]:
    """The real dialogue, which also knows the commands of the test."""

    def answer(person: Person, event: Event, now: datetime, seed: int) -> Turn:
        if isinstance(event, Command) and event.name == SIMULATE:
            (name, given), *_ = json.loads(event.argument).items()
            return _DOES[name](world, person, given, now)
        return react(world, person, event, now, seed)

    return answer


def _become(world: World, person: Person, given: Mapping[str, Any], now: datetime) -> Turn:
    """Somebody whom the bot knows; who has `tips` gets one every day."""
    tips = Subscription("2026-11-01", days=tuple(range(7)), hour=given["tips"]) if given["tips"] else None
    known = {"greeted": True, "consent": "2026-11-01", "adult": True, "country": None, "tips": tips}
    new = replace(person, **known, zone=given["zone"], language=given["language"])  # type: ignore[arg-type]
    talk = Talk(world, new, now, "")
    plan_tips(talk)
    return talk.turn()


def _plan(world: World, person: Person, given: Mapping[str, Any], now: datetime) -> Turn:
    talk = Talk(world, person, now, "")
    local = datetime.fromisoformat(given["local"])
    rule = Rule("day", date.fromisoformat(given["local"][:10]), times=given["times"]) if given["times"] else None
    reminder = Reminder(given["id"], given["kind"], now, about="gp", flow="plan_visit", urgent=given["urgent"])
    planned = near_to(talk, replace(reminder, rule=rule), local)
    if planned.kind not in CHOSEN:
        planned = replace(planned, local=None, zone=None)
    if planned.due > now:
        talk.remind(planned)
    return talk.turn()


def _echo(_world: World, person: Person, number: int, _now: datetime) -> Turn:
    return Turn(person, (Screen(f"echo {number}", "en"),))


_DOES: Mapping[str, Callable[..., Turn]] = {"become": _become, "plan": _plan, "echo": _echo}


KINDS = ("plan", "own", "check_in", "follow_up", "watch")


def random_plan(random: Random, citizen: Citizen, now: datetime, name: str) -> dict[str, Any]:
    """A reminder of any kind within the next three days, often right before or in the quiet hours."""
    kind = random.choice(KINDS)
    day = (now + timedelta(days=random.randrange(3))).date()
    hour, minute = random.choice([(20, 57), (20, 30), (21, 30), (7, 50), (9, 0), (9, 0), (random.randrange(24), 15)])
    urgent = random.choice(["urgent", "urgent_by_day"]) if kind == "follow_up" and random.random() < 0.4 else None
    times = random.randrange(2, 9) if kind == "own" and random.random() < 0.6 else None
    local = f"{day.isoformat()}T{hour:02}:{minute:02}"
    return {"id": name, "kind": kind, "local": local, "urgent": urgent, "times": times}


START = datetime(2027, 1, 4, tzinfo=UTC)
