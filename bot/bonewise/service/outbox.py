"""The sender: one message of a person at a time, in order, and for each error what its class asks for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bonewise.dialogue.event import Left
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output, Screen, Strip
from bonewise.service import codec
from bonewise.service.context import LEASE, Context
from bonewise.service.log import log_error, ref
from bonewise.service.loop import POLL, Loop, Tasks
from bonewise.service.pace import UNPACED, Pace
from bonewise.service.points import point
from bonewise.service.receive import event
from bonewise.service.transport import Ambiguous, NotSent, Refused, SendError, Transport, Unreachable
from bonewise.store import outbox, people, rate
from bonewise.store.base import Row, Statement
from bonewise.store.errors import Conflict
from bonewise.store.vault import Key

AT_ONCE = 8  # messages of a channel on their way; what a dead process leaves in doubt
REQUEST = 21.0  # seconds that a lease must still last, more than a request may take
LOST = "dropped"


class Sender:
    """Sends what is in the outbox of each channel."""

    def __init__(self, context: Context, transports: Mapping[str, Transport], paces: Mapping[str, Pace]) -> None:
        self._context = context
        self._transports = transports
        self._paces = paces
        self.loops = {channel: Loop(f"outbox of {channel}", partial(self._claim, channel)) for channel in transports}
        self._tasks = {channel: Tasks(AT_ONCE, loop.wake) for channel, loop in self.loops.items()}

    def wake(self) -> None:
        """There may be something to send."""
        for loop in self.loops.values():
            loop.wake()

    async def finish(self, seconds: float) -> None:
        """Let the messages on their way arrive, for at most so many seconds."""
        for tasks in self._tasks.values():
            await tasks.finish(seconds)

    async def arrived(self, person: str) -> None:
        """Somebody is there now: send what waited for them."""
        await self._context.store.commit([outbox.arrived(person)])
        self.wake()

    async def _claim(self, channel: str) -> float:
        if not self._tasks[channel].room():
            return POLL
        context, now, pace = self._context, self._context.clock(), self._paces.get(channel, UNPACED)
        allowed = [rate.take(context.bot, channel, now, pace.interval)] if pace.interval else []
        claim = outbox.claim(context.bot, channel, context.owner, now, now + LEASE, pace.burst)
        try:
            outcomes = await context.store.commit([*allowed, claim])
        except Conflict as conflict:
            return POLL if conflict.index == len(allowed) else await self._until_allowed(channel)
        point("leased")
        self._tasks[channel].start(self._deliver(channel, outcomes[-1].rows[0]))
        return 0

    async def _until_allowed(self, channel: str) -> float:
        [[row]] = await self._context.store.load(rate.state(self._context.bot, channel))
        open_at: float = row["open_at"]
        return min(POLL, max(0.001, open_at - self._context.clock()))

    async def _deliver(self, channel: str, row: Row) -> None:
        context = self._context
        [found] = await context.store.load(people.one(row["person_id"]))
        if not found:
            return
        key = context.vault.key(row["person_id"], found[0]["wrapped_key"])
        try:
            output = codec.load_output(key.open(f"outbox:{row['id']}", row["sealed"]))
            await self._send(channel, row, found[0]["address"], key, output)
        except Conflict:
            return  # the lease was lost: the reminder was changed, or the person has gone
        except SendError as error:
            await self._settle(row, self._after(channel, row, found[0]["address"], key, error))
        except Exception as error:
            log_error(f"message {row['id']} of {ref(row['person_id'])}", error)
            await self._settle(row, [outbox.end(row["id"], context.owner, "failed")])

    async def _send(self, channel: str, row: Row, address: str, key: Key, output: Output) -> None:
        target = await self._target(row["person_id"], output)
        if target is None and _only_edits(output):
            await self._settle(row, [outbox.end(row["id"], self._context.owner, LOST)])
            return
        now = self._context.clock()
        sending = outbox.sending(row["id"], self._context.owner, now + REQUEST)
        pace = people.pace(row["person_id"], now, self._paces.get(channel, UNPACED).chat_interval)
        await self._context.store.commit([sending, pace])
        point("sending")
        message = await self._transports[channel].send(address, output, target, row["id"])
        point("written")
        await self._settle(row, [outbox.sent(row["id"], self._context.owner, message)])
        point("marked")

    async def _target(self, person: str, output: Output) -> str | None:
        """The channel's id of the message that is to be edited, if it is known."""
        if isinstance(output, Screen) and output.message is not None:
            return output.message
        slot = output.slot if isinstance(output, Strip) else output.replace
        if slot is None:
            return None
        [found] = await self._context.store.load(outbox.last_in_slot(person, slot))
        return found[0]["message_id"] if found else None

    def _after(self, channel: str, row: Row, address: str, key: Key, error: SendError) -> list[Statement]:
        context, owner, now = self._context, self._context.owner, self._context.clock()
        log_error(f"message {row['id']} of {ref(row['person_id'])}", error)
        match error:
            case NotSent():
                later = now + error.retry_after
                blocked = [rate.block(context.bot, channel, later)] if error.everyone else []
                return [outbox.retry(row["id"], owner, later), *blocked]
            case Ambiguous():
                return [outbox.doubt(row["id"], owner)]
            case Unreachable():
                return [outbox.end(row["id"], owner, "waiting")]
            case Refused():
                return [outbox.end(row["id"], owner, "failed"), *self._left(row, address, key, error)]
        return [outbox.end(row["id"], owner, "failed")]

    def _left(self, row: Row, address: str, key: Key, error: Refused) -> list[Statement]:
        """The person does not want us any more: the dialogue hears of it as of everything else."""
        if not error.gone:
            return []
        name = f"gone:{row['id']}"
        return [event(self._context, row["person_id"], key, name, Received(name, address, Left(back=False)))]

    async def _settle(self, row: Row, statements: list[Statement]) -> None:
        try:
            await self._context.insist(f"message {row['id']}", statements)
        except Conflict:
            return


def _only_edits(output: Output) -> bool:
    """Whether the output makes no sense as a new message."""
    return isinstance(output, Strip) or output.role == "answered"
