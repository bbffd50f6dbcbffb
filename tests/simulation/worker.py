"""One process of the bot: the real service, with a store that takes its time and a wire that cannot be trusted."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from bonewise.dialogue.screen import Output, Screen
from bonewise.service.lanes import Paid
from bonewise.service.pace import TELEGRAM, to_chats
from bonewise.service.service import Service, open_context
from bonewise.service.transport import Ambiguous, NotSent, Refused
from bonewise.store.base import Outcome, Row, Statement

if TYPE_CHECKING:
    from tests.simulation.town import Town

CHANNEL = "telegram"
BOT = "bot"
PAID = 100  # tips a second
STALL = 20.0  # seconds; who hangs longer than this can lose a lease
_worker: ContextVar[Worker | None] = ContextVar("worker", default=None)


def make_task(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **more: Any) -> asyncio.Task[Any]:
    """A task factory that knows whose tasks they are."""
    task = asyncio.Task(work, loop=loop, **more)
    worker = _worker.get()
    if worker is not None:
        worker.tasks[task] = None
        task.add_done_callback(lambda done: worker.tasks.pop(done, None) and None)
    return task


def owner() -> str:
    """The name of the process that runs now."""
    worker = _worker.get()
    return worker.owner if worker else ""


class Worker:
    """A process that can die at any moment."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.tasks: dict[asyncio.Task[Any], None] = {}
        self.dead = False
        self.died = asyncio.Event()
        self.owner = ""
        self.service: Service | None = None

    async def run(self, work: Coroutine[Any, Any, Any]) -> bool:
        """Do some work of this process; False if it dies meanwhile."""
        token = _worker.set(self)
        task = asyncio.ensure_future(work)
        _worker.reset(token)
        await asyncio.wait({task})
        if not task.cancelled() and task.exception() is not None:
            raise task.exception()  # type: ignore[misc]
        return not task.cancelled()

    async def start(self) -> None:
        """Begin, unless it dies before."""
        await self.run(self._start())

    async def _start(self) -> None:
        context = await open_context(Slow(self), self.town.vault, BOT, self.town.clock)
        self.owner = context.owner
        paid = {CHANNEL: Paid(Wire(self, paid=True), to_chats(PAID))} if self.town.paid else {}
        transports, paces = {CHANNEL: Wire(self)}, {CHANNEL: TELEGRAM}
        service = Service(context, self.town.dialogue, transports, paces, _nobody, paid=paid)
        await service.start()
        self.service = service

    async def kill(self) -> None:
        """Die at once: what is on the wire goes on without it."""
        if self.dead:
            return
        self.dead = True
        self.died.set()
        self.service = None
        await self.town.reports.doubts(self.owner)
        for task in list(self.tasks):
            task.cancel()

    async def lives(self) -> None:
        """Raises nothing, but does not go on for a process that is dead."""
        if self.dead:
            await asyncio.get_running_loop().create_future()


class Slow:
    """The real store. Each call takes a while, in which anything can happen; now and then it takes very long."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._town = worker.town
        self.alone = worker.town.alone

    async def load(self, *queries: Statement) -> list[list[Row]]:
        await self._worker.lives()
        found = await self._town.store.load(*queries)
        await self._pause()
        return found

    async def commit(self, statements: Sequence[Statement]) -> list[Outcome]:
        await self._worker.lives()
        outcomes = await self._town.store.commit(statements)
        await self._town.reports.committed(statements, outcomes)
        if any(one.changed for one in outcomes) and self._town.strikes():
            asyncio.get_running_loop().call_soon(self._town.kill, self._worker)
        await self._pause()
        return outcomes

    async def purge(self) -> None:
        await self._worker.lives()

    async def close(self) -> None:
        return

    async def _pause(self) -> None:
        random, chance = self._town.random, self._town.random.random()
        if chance < self._town.rush or not self._town.trouble:
            seconds = random.random() * 0.003
        elif chance < 0.998:
            seconds = random.random()
        else:
            seconds = STALL + random.random() * 100
            self._town.hangs_until = max(self._town.hangs_until, self._town.now + seconds)
            await self._town.reports.doubts(self._worker.owner)
        await asyncio.sleep(seconds)


class Wire:
    """The way to the phones. What it takes arrives even if nobody waits for the answer any more."""

    acknowledge_within = 1.0

    def __init__(self, worker: Worker, *, paid: bool = False) -> None:
        self._worker = worker
        self._town = worker.town
        self._paid = paid

    async def send(self, address: str, output: Output, target: str | None, row: int) -> str | None:
        await self._worker.lives()
        town, random = self._town, self._town.random
        is_tip = isinstance(output, Screen) and output.kind == "tip"
        if self._paid is not (is_tip and town.paid):
            town.oracle.fault(town.now, f"lane: message {row} is {'' if self._paid else 'not '}paid for")
        await town.reports.requested(address, output, row)
        if town.now < town.blocked_until:
            raise NotSent("too many requests", retry_after=town.blocked_until - town.now, everyone=True)
        chance = random.random() if town.trouble else 1.0
        if chance < 0.04:
            await asyncio.sleep(random.random() * 5)
            raise NotSent("no connection")
        if chance < 0.05:
            town.blocked_until = town.now + random.random() * 40
            raise NotSent("too many requests", retry_after=town.blocked_until - town.now, everyone=True)
        if chance < 0.06:
            raise Refused("bad request")
        await self._takes(address, output, row, chance)
        return target or f"{row}"

    async def _takes(self, address: str, output: Output, row: int, chance: float) -> None:
        town, random = self._town, self._town.random
        seconds = random.random() * (19 if chance < 0.15 else 0.2)
        in_doubt = chance < 0.12
        if in_doubt:
            town.oracle.excuse(row)
        if not in_doubt or random.random() < 0.6:
            town.habits.arrives(seconds * random.random(), address, output, row)
        await asyncio.sleep(100 if chance < 0.075 else seconds)
        if in_doubt:
            raise Ambiguous("timed out")

    async def acknowledge(self, press: str, text: str) -> None:
        await self._worker.lives()

    async def waiting(self, address: str) -> None:
        await self._worker.lives()


async def _nobody(_channel: str, _address: str) -> None:
    return
