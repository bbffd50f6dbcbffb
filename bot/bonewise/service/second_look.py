"""A look at what nobody asked for, right before it is sent: much can have happened since it fell due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bonewise.dialogue.delivering import Unasked, look
from bonewise.dialogue.event import Missed
from bonewise.dialogue.person import Person
from bonewise.dialogue.received import Received
from bonewise.service.context import Context
from bonewise.service.message import Message
from bonewise.service.people import load
from bonewise.service.receive import event
from bonewise.store import announcements, outbox, people
from bonewise.store.base import Statement


@dataclass(frozen=True, slots=True)
class Seen:
    """What the look has shown: the person as seen, what is written down instead of sending, what must still hold."""

    person: Person | None = None
    held: tuple[Statement, ...] = ()
    holds: tuple[Statement, ...] = ()


async def look_again(context: Context, message: Message) -> Seen:
    """Look at the person and the hour. Raises `StoreError`, and `SealBroken` and `DamagedRow` for a damaged person."""
    if message.unasked is None:
        return Seen()
    end = await _end_of(context, message.announcement)
    if end is not None:
        return Seen(held=(outbox.end(message.row, context.owner, end),))
    known = await load(context, message.person)
    if known is None:
        return Seen(held=(outbox.end(message.row, context.owner, "dropped"),))
    now = datetime.fromtimestamp(context.clock(), UTC)
    found = look(known.person, message.unasked, now)
    match found.what:
        case "now":
            same = people.unchanged(message.person, known.version)
            return Seen(known.person, holds=(same, *_goes_on(context, message)))
        case "later" if found.later is not None:
            return Seen(held=(outbox.postpone(message.row, context.owner, found.later.timestamp()),))
        case "missed":
            return Seen(held=(outbox.miss(message.row, context.owner), _told(context, message, message.unasked)))
    return Seen(held=(outbox.end(message.row, context.owner, found.what),))


async def _end_of(context: Context, announcement: str | None) -> str | None:
    """What becomes of a message whose announcement does not go on."""
    if announcement is None:
        return None
    [found] = await context.store.load(announcements.one(context.bot, announcement))
    return {"paused": "held", "stopped": "dropped"}.get(found[0]["state"])


def _goes_on(context: Context, message: Message) -> Iterator[Statement]:
    if message.announcement is not None:
        yield announcements.goes_on(context.bot, message.announcement)


def _told(context: Context, message: Message, unasked: Unasked) -> Statement:
    """The dialogue hears of it as of everything else, and tells the person with the next screen."""
    name = f"missed:{message.row}"
    missed = Missed(message.reminder or "", unasked.meant)
    return event(context, message.person, message.key, name, Received(name, message.address, missed))
