"""Two people with the real dialogue on a real file: `maria` is reminded, `ana` helps."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.dialogue.conversation import KNOWN, WORLD
from tests.service.serving import Clock, Served, event, serving, until
from tests.service.talk import TALK

from bonewise.dialogue import event as e
from bonewise.dialogue.person import CareLink, Person, Reminder, Turn
from bonewise.dialogue.react import react
from bonewise.dialogue.screen import Screen

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC).timestamp()
HELLO = "hello"
PLAN = "plan a call"
_TOKEN = re.compile(r"join\W{0,2}([0-9a-f]{32})")


def known_or_real(person: Person, what: e.Event, now: datetime, seed: int) -> Turn:
    """Who says hello is known from then on, and `PLAN` plans a call in an hour; all else is the real dialogue."""
    match what:
        case e.Text(text) if text == HELLO:
            known: dict[str, Any] = {**KNOWN, "language": "en", "zone": "Europe/London"}
            return Turn(replace(person, **known), (Screen("hi", "en"),))
        case e.Text(text) if text.startswith(PLAN):
            kind = text.removeprefix(PLAN).strip() or "plan"
            visit = "2026-11-26T09:00" if kind == "visit" else None
            due = now + timedelta(hours=1)
            plan = Reminder(f"p{seed}", kind, due, note="planted note", whom="self", flow="booked", visit=visit)
            return Turn(replace(person, reminders=(*person.reminders, plan)), (Screen("planned", "en"),))
    return react(WORLD, person, what, now, seed)


DIALOGUE = replace(TALK, react=known_or_real, seed=lambda: secrets.randbits(256))


def two(folder: Any, **more: Any) -> Any:
    """The service with the real dialogue, on a Wednesday at noon."""
    return serving(folder, dialogue=DIALOGUE, clock=more.pop("clock", None) or Clock(NOON), **more)


async def greet(served: Served, *people: str) -> None:
    """These are known."""
    for person in people:
        await served.says(HELLO, address=person)
    await served.settled()


async def does(served: Served, who: str, *what: e.Event) -> None:
    """One event after the other happens to somebody, and all that comes of it, for others too."""
    for one in what:
        served.clock.forward(5)
        await served.receive(event(one, who))
        await served.settled()


async def answers(served: Served, who: str, *values: str) -> None:
    """Press these options of the open questions, one after the other."""
    for value in values:
        session = (await served.person(who)).sessions[-1]
        await does(served, who, e.Press(f"a:{session.id}:{session.seq}:{value}"))


async def invites(served: Served, who: str = "maria") -> str:
    """Somebody invites, by their own name; the token."""
    await does(served, who, e.Press("go:care_links"))
    await answers(served, who, "invite")
    await does(served, who, e.Text(who.title()))
    found = [token for text in served.channel.texts_to(who) for token in _TOKEN.findall(text)]
    return str(found[-1])


async def opens(served: Served, who: str, token: str) -> None:
    """Somebody opens an invitation."""
    await does(served, who, e.Command("start", f"join-{token}"))


async def accepts(served: Served, who: str = "ana") -> None:
    """Somebody says yes to the invitation that they opened, and gives their name."""
    await answers(served, who, "yes")
    await does(served, who, e.Text(who.title()))


async def link_of(served: Served, who: str) -> CareLink:
    """The one link of somebody."""
    [link] = (await served.person(who)).care_links
    return link


async def presses(served: Served, who: str, what: str) -> None:
    """Press a button of the one link."""
    await does(served, who, e.Press(f"care:{(await link_of(served, who)).id}:{what}"))


async def linked(served: Served, copies: str = "yes") -> None:
    """Maria and Ana are linked, with copies or without."""
    await greet(served, "maria", "ana")
    await opens(served, "ana", await invites(served))
    await accepts(served)
    await presses(served, "maria", "confirm")
    await answers(served, "maria", copies)


def heard(served: Served, who: str, key: str) -> int:
    """How often somebody was sent the words of this key."""
    words = str(WORLD.catalog.text("en", key)).partition("{")[0].strip("* ")
    return sum(words in text for text in served.channel.texts_to(who))


async def hears(served: Served, who: str, key: str) -> None:
    """Wait until somebody was sent the words of this key."""
    await until(lambda: heard(served, who, key))
