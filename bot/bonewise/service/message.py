"""One message of the outbox: opened for sending, and what its end means."""

from __future__ import annotations

from dataclasses import dataclass

from bonewise.dialogue.delivering import Unasked
from bonewise.dialogue.event import Left
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Call, Output, Screen, Strip
from bonewise.service import codec
from bonewise.service.context import Context
from bonewise.service.lanes import Lane
from bonewise.service.receive import event
from bonewise.service.transport import Ambiguous, NotSent, Refused, SendError, Unreachable
from bonewise.store import outbox, rate
from bonewise.store.base import Row, Statement
from bonewise.store.vault import Key


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent, to whom; `row` is its number in the outbox. `unasked` is by what it is delivered, if at all."""

    row: int
    person: str
    address: str
    key: Key
    output: Output
    unasked: Unasked | None = None
    reminder: str | None = None
    announcement: str | None = None
    again: bool = False  # it may have been delivered before


def open_message(context: Context, row: Row) -> Message:
    """Open a claimed row. Raises `SealBroken` and `DamagedRow`."""
    key = context.vault.key(row["person_id"], row["wrapped_key"])
    output, unasked = codec.load_message(key.open(f"outbox:{row['id']}", row["sealed"]))
    return Message(
        row["id"],
        row["person_id"],
        row["address"],
        key,
        output,
        unasked,
        reminder=row["reminder_id"],
        announcement=row["announcement"],
        again=row["resent"] > 0,
    )


async def target_of(context: Context, message: Message) -> str | None:
    """The channel's id of the message that is to be edited, if there is one. Raises `StoreError`."""
    output = message.output
    if isinstance(output, Call):
        return None
    if isinstance(output, Screen) and output.message is not None:
        return output.message
    slot = output.slot if isinstance(output, Strip) else output.replace
    if slot is None:
        return None
    [found] = await context.store.load(outbox.last_in_slot(message.person, slot))
    return str(found[0]["message_id"]) if found else None


def sense_in(output: Output) -> bool:
    """Whether the output makes sense without an older message."""
    return isinstance(output, Call) or (isinstance(output, Screen) and output.role != "answered")


def after(context: Context, lane: Lane, message: Message, error: SendError) -> list[Statement]:
    """What an error means for the message, for its channel and for its person."""
    row, owner = message.row, context.owner
    match error:
        case NotSent():
            now = context.clock()
            stop = lane.beside if error.everyone else (lane.name,) if error.same_lane else ()
            blocks = [rate.block(context.bot, name, now + error.retry_after) for name in stop]
            return [outbox.retry(row, owner, now, now + error.retry_after), *blocks]
        case Ambiguous():
            return [outbox.doubt(row, owner)]
        case Unreachable():
            return [outbox.end(row, owner, "waiting")]
        case Refused(gone=True):
            return [outbox.end(row, owner, "failed"), outbox.give_up(message.person), _left(context, message)]
    return [outbox.end(row, owner, "failed")]


def _left(context: Context, message: Message) -> Statement:
    """The person does not want us any more: the dialogue hears of it as of everything else."""
    name = f"gone:{message.row}"
    return event(context, message.person, message.key, name, Received(name, message.address, Left(back=False)))
