"""The sender: one message of a person at a time, in order, and for each error what its class asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from bonewise.service.context import LEASE, PATIENCE, Context
from bonewise.service.lanes import Lane
from bonewise.service.log import log_error, ref
from bonewise.service.loop import POLL, Loop, Tasks
from bonewise.service.marks import Marks
from bonewise.service.message import Message, after, open_message, sense_in, target_of
from bonewise.service.points import point
from bonewise.service.second_look import look_again
from bonewise.service.transport import Ambiguous, SendError, Unreachable
from bonewise.store import outbox, people, rate
from bonewise.store.base import Row, Statement
from bonewise.store.errors import Conflict, SealBroken, StoreError

FLOOR = 10  # of so many messages one is the oldest that is no reply, so that no class waits for ever
REQUEST = 21.0  # seconds that a lease must still last; a request gets no more


class Sender:
    """Sends what is in the outbox for one lane; `written` is called after each end that was written down."""

    def __init__(self, context: Context, lane: Lane, marks: Marks, written: Callable[[], None]) -> None:
        self._context = context
        self._lane = lane
        self._pace = lane.pace
        self._marks = marks
        self._written = written
        self.loop = Loop(f"outbox of {lane.name}", self._claim)
        self._tasks = Tasks(lane.at_once, self.loop.wake)
        self._turn = 1  # which of `FLOOR` the next one is
        self._under_way: set[str] = set()
        self._came: set[str] = set()  # people under way who arrived meanwhile

    async def finish(self, seconds: float) -> None:
        """Let the messages on their way arrive, for at most so many seconds."""
        await self._tasks.finish(seconds)

    async def arrived(self, person: str) -> None:
        """Somebody is there now: send what waited for them. Raises `StoreError`."""
        if person in self._under_way:
            self._came.add(person)
        await self._context.store.commit([outbox.arrived(person)])
        self.loop.wake()

    async def _claim(self) -> float:
        """Lease one message, together with the right to send it now."""
        if not self._tasks.room():
            return POLL
        oldest = self._turn == FLOOR
        try:
            row = await self._lease(oldest)
        except Conflict as conflict:
            if conflict.index != 0:
                return await self._until_allowed()
            self._turn = 1
            return 0 if oldest else POLL
        self._turn = self._turn % FLOOR + 1
        point("leased")
        self._tasks.start(self._deliver(row))
        return 0

    async def _lease(self, oldest: bool) -> Row:
        context, now = self._context, self._context.clock()
        lane, pace = self._lane, self._pace
        claim = outbox.claim(
            *(context.bot, lane.channel, context.owner, now, now + LEASE, pace.burst), oldest=oldest, tips=lane.tips
        )
        take = rate.take(context.bot, lane.name, now, pace.interval, pace.late)
        [claimed, _] = await context.store.commit([claim, take])
        return claimed.rows[0]

    async def _until_allowed(self) -> float:
        [[row]] = await self._context.store.load(rate.state(self._context.bot, self._lane.name))
        open_at: float = row["open_at"]
        return min(POLL, max(0.001, open_at - self._context.clock()))

    async def _deliver(self, row: Row) -> None:
        person: str = row["person_id"]
        self._under_way.add(person)
        try:
            await self._write_down(row, await self._outcome(row))
            if person in self._came:
                await self._context.insist(_name(row), [outbox.arrived(person)])
        finally:
            self._under_way.discard(person)
            self._came.discard(person)

    async def _outcome(self, row: Row) -> list[Statement]:
        """What is to be written down of this message."""
        while True:
            try:
                return await self._try(row)
            except Conflict:
                return [outbox.end(row["id"], self._context.owner, "pending")]  # if the lease is over and not lost
            except Exception as error:
                log_error(_name(row), error)
                if not isinstance(error, StoreError) or isinstance(error, SealBroken):
                    return [outbox.end(row["id"], self._context.owner, "failed")]
                await asyncio.sleep(PATIENCE)

    async def _try(self, row: Row) -> list[Statement]:
        message = open_message(self._context, row)
        target = await target_of(self._context, message)
        if target is None and not sense_in(message.output):
            return [outbox.end(row["id"], self._context.owner, "dropped")]
        seen = await look_again(self._context, message)
        if seen.held:
            return list(seen.held)
        now = self._context.clock()
        await self._context.store.commit(
            [
                outbox.sending(row["id"], self._context.owner, now + REQUEST),
                people.pace(message.person, now, self._pace.chat_interval, self._pace.burst),
                *seen.holds,
            ]
        )
        return await self._request(self._marks.put(message, target, seen.person, now), target)

    async def _request(self, message: Message, target: str | None) -> list[Statement]:
        """The request itself, after which nothing is tried again but by its outcome."""
        point("sending")
        try:
            async with asyncio.timeout(REQUEST):
                sent = await self._lane.transport.send(message.address, message.output, target, message.row)
        except SendError as error:
            return self._failed(message, error)
        except Exception as error:
            log_error(f"message {message.row}", error)
            return self._failed(message, Ambiguous("an error that the channel does not know"))
        point("written")
        return [outbox.sent(message.row, self._context.owner, sent)]

    def _failed(self, message: Message, error: SendError) -> list[Statement]:
        if not isinstance(error, Unreachable):
            log_error(f"message {message.row} of {ref(message.person)}", error)
        return after(self._context, self._lane, message, error)

    async def _write_down(self, row: Row, statements: list[Statement]) -> None:
        try:
            await self._context.insist(_name(row), statements)
        except Conflict:
            return  # the person has gone, and the message with them
        point("marked")
        self._written()
        if self._pace.chat_interval:
            self.loop.wake_in(self._pace.chat_interval)


def _name(row: Row) -> str:
    return f"message {row['id']} of {ref(row['person_id'])}"


class Senders:
    """The senders of all lanes; `written` is called after each end of a message that was written down."""

    def __init__(self, context: Context, lanes: Iterable[Lane], marks: Marks, written: Callable[[], None]) -> None:
        self._all = [(lane.channel, Sender(context, lane, marks, written)) for lane in lanes]
        self.loops = [sender.loop for _, sender in self._all]

    def wake(self) -> None:
        """There may be something to send."""
        for loop in self.loops:
            loop.wake()

    async def finish(self, seconds: float) -> None:
        """Let the messages on their way arrive, for at most so many seconds."""
        await asyncio.gather(*(sender.finish(seconds) for _, sender in self._all))

    async def arrived(self, channel: str, person: str) -> None:
        """Somebody is at the page of this channel now. Raises `StoreError`."""
        for of, sender in self._all:
            if of == channel:
                await sender.arrived(person)
