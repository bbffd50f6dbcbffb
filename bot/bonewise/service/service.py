"""All parts of the service in one process: start, drain, and what a channel asks of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output
from bonewise.service import codec
from bonewise.service.announcer import Announcer
from bonewise.service.context import Context
from bonewise.service.inbox import Dialogue, Dispatcher, Forgotten
from bonewise.service.lanes import Paid, lanes
from bonewise.service.log import log_doubts, log_error, log_messages
from bonewise.service.loop import Loop
from bonewise.service.outbox import Senders
from bonewise.service.pace import Pace
from bonewise.service.presses import Presses
from bonewise.service.receive import Receiver
from bonewise.service.scheduler import Scheduler
from bonewise.service.transport import Transport
from bonewise.service.unknown import forget_unknown
from bonewise.service.zone_rules import ZoneRules
from bonewise.store import care_links, inbox, outbox, people, rate
from bonewise.store.base import Row, Statement, Store
from bonewise.store.errors import SealBroken, StoreError
from bonewise.store.ids import Ids
from bonewise.store.vault import Key, Vault

DRAIN = 20.0  # seconds that turns and messages under way get when the process is to stop
TIDY = 3600.0  # seconds between two rounds of deleting what is old
TIDY_AGAIN = 60.0  # seconds until the next one if another program reads the file: a try holds up all who write
TRIED = 5  # people whose keys are tried at start
TAKE_OVER = 10.0  # seconds between two looks at what other processes left
EVER = float("inf")


async def open_context(store: Store, vault: Vault, bot: str, clock: Callable[[], float]) -> Context:
    """What all parts share, with numbers that go on above those in use. Raises `StoreError`."""
    [[highest]] = await store.load(inbox.highest())
    return Context(store, vault, bot, clock, Ids(highest["id"] or 0))


class Service:
    """Takes events in, answers them, and sends what is due."""

    def __init__(
        self,
        context: Context,
        dialogue: Dialogue,
        transports: Mapping[str, Transport],
        paces: Mapping[str, Pace],
        forgotten: Forgotten,
        orders: Path | None = None,
        paid: Mapping[str, Paid] = MappingProxyType({}),
    ) -> None:
        """`orders` is the folder where an operator's command leaves its orders; `paid` the channels where tips and
        announcements are sent faster, for money.
        """
        self._context = context
        self._channels = tuple(transports)
        self._presses = Presses(transports)
        self._dispatcher = Dispatcher(context, dialogue, self._presses, self._settled, forgotten)
        self._lanes = tuple(lanes(transports, paces, paid))
        self._senders = Senders(context, self._lanes, dialogue.marks, self._dispatcher.loop.wake)
        self._receiver = Receiver(context, self._presses, self._dispatcher.loop.wake, dialogue.hear)
        self._scheduler = Scheduler(context, self._dispatcher.loop.wake, self._senders.wake)
        intervals = (lane.pace.interval for lane in self._lanes if lane.tips is not False)
        interval = min(filter(None, intervals), default=0.0)
        self._announcer = Announcer(context, self._channels, dialogue.announce, orders, interval, self._senders.wake)
        self._tidier = Loop("tidying", self._tidy)
        others = [] if context.store.alone else [Loop("taking over", self._take_over)]
        self._beside = [ZoneRules(context, self._scheduler.loop.wake).loop, *others]
        self._running: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Take up what an earlier process left, and begin. Raises `StoreError`, `SealBroken` for another key."""
        context = self._context
        await self._try_key()
        *_, in_doubt = await context.store.commit(
            [
                *(rate.ensure(context.bot, lane.name) for lane in self._lanes),
                *self._left_by_others(EVER if context.store.alone else context.clock()),
            ]
        )
        log_doubts([row["state"] for row in in_doubt.rows])
        self._running = [asyncio.create_task(loop.run()) for loop in self._loops()]

    def _left_by_others(self, before: float) -> list[Statement]:
        bot, owner = self._context.bot, self._context.owner
        return [inbox.take_back(bot, owner, before), *outbox.take_back(bot, owner, before)]

    async def _take_over(self) -> float:
        """Take up what a process beside this one left when it died."""
        *_, in_doubt = await self._context.store.commit(self._left_by_others(self._context.clock()))
        log_doubts([row["state"] for row in in_doubt.rows])
        return TAKE_OVER

    async def _try_key(self) -> None:
        """One damaged row is no reason not to start; that none of several opens is."""
        [some] = await self._context.store.load(people.some(self._context.bot, TRIED))
        broken: SealBroken | None = None
        for row in some:
            try:
                self._context.vault.key(row["id"], row["wrapped_key"])
                return
            except SealBroken as error:
                broken = error
        if broken is not None:
            raise broken

    async def drain(self) -> None:
        """Stop: nothing new is begun, what is under way gets its time, leases are given back. Raises `StoreError`."""
        for loop in self._loops():
            loop.stop()
        await asyncio.gather(*self._running)
        await asyncio.gather(self._dispatcher.finish(DRAIN), self._senders.finish(DRAIN))
        await self._presses.finish()
        owner = self._context.owner
        await self._context.store.commit([inbox.release(owner), outbox.release(owner)])

    async def ready(self) -> bool:
        """Whether what comes in now can be written down and is answered by this process."""
        if not self._running or any(task.done() for task in self._running):
            return False
        try:
            await self._context.store.commit([rate.ensure(self._context.bot, self._channels[0])])
        except StoreError as error:
            log_error("ready", error)
            return False
        return True

    async def receive(self, batch: Sequence[Received], channel: str) -> None:
        """Write events down; they may be confirmed when this returns. Raises `StoreError`."""
        await self._receiver.receive(batch, channel)

    async def history(self, channel: str, address: str, after: int) -> list[tuple[int, Output, str | None]]:
        """What was sent to an address after a row, in order: row, output, the channel's id of the message.

        What still waits is not in it: that is sent on `arrived`. A row that cannot be read is left out. Raises
        `StoreError`.
        """
        [found] = await self._context.store.load(people.at_address(self._context.bot, channel, address))
        if not found:
            return []
        key = self._context.vault.key(found[0]["id"], found[0]["wrapped_key"])
        [rows] = await self._context.store.load(outbox.history(found[0]["id"], after))
        return [(row["id"], output, row["message_id"]) for row in rows if (output := _opened(key, row)) is not None]

    async def arrived(self, channel: str, address: str) -> None:
        """Somebody is at the page now: what waited for them is sent. Raises `StoreError`."""
        [found] = await self._context.store.load(people.at_address(self._context.bot, channel, address))
        for row in found:
            await self._senders.arrived(channel, row["id"])

    def _loops(self) -> list[Loop]:
        sending = [*self._senders.loops, self._announcer.loop]
        return [self._scheduler.loop, self._dispatcher.loop, *sending, self._tidier, *self._beside]

    def _settled(self) -> None:
        self._senders.wake()
        self._scheduler.loop.wake()
        self._dispatcher.loop.wake()

    async def _tidy(self) -> float:
        now, bot = self._context.clock(), self._context.bot
        old = [inbox.forget(bot, now), outbox.forget(bot, now), care_links.forget(bot, now)]
        await self._context.store.commit([*old, *forget_unknown(bot, now)])
        [counts] = await self._context.store.load(outbox.counts(bot))
        log_messages({row["state"]: row["count"] for row in counts})
        try:
            await self._context.store.purge()
        except StoreError as error:
            log_error("tidying", error)
            return TIDY_AGAIN
        return TIDY


def _opened(key: Key, row: Row) -> Output | None:
    try:
        return codec.load_output(key.open(f"outbox:{row['id']}", row["sealed"]))
    except (SealBroken, codec.DamagedRow) as error:
        log_error(f"message {row['id']}", error)
        return None
