"""A look at what nobody asked for, right before it is sent: much can have happened since it fell due."""

from __future__ import annotations

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
from bonewise.store import outbox, people
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
    known = await load(context, message.person)
    if known is None:
        return Seen(held=(outbox.end(message.row, context.owner, "dropped"),))
    now = datetime.fromtimestamp(context.clock(), UTC)
    found = look(known.person, message.unasked, now)
    match found.what:
        case "now":
            return Seen(known.person, holds=(people.unchanged(message.person, known.version),))
        case "later" if found.later is not None:
            return Seen(held=(outbox.postpone(message.row, context.owner, found.later.timestamp()),))
        case "missed":
            return Seen(held=(outbox.miss(message.row, context.owner), _told(context, message, message.unasked)))
    return Seen(held=(outbox.end(message.row, context.owner, found.what),))


def _told(context: Context, message: Message, unasked: Unasked) -> Statement:
    """The dialogue hears of it as of everything else, and tells the person with the next screen."""
    name = f"missed:{message.row}"
    missed = Missed(message.reminder or "", unasked.meant)
    return event(context, message.person, message.key, name, Received(name, message.address, missed))
