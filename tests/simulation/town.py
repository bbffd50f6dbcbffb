"""A town in which all goes wrong: people plan, snooze and stop, processes die and hang, the wire loses answers."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from bonewise.binding import dialogue_of, understand
from bonewise.dialogue.event import Event
from bonewise.store.base import Statement
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault
from tests.dialogue.conversation import ALARMS, MATCHER, WORLD
from tests.simulation.habits import CROWD, DAY, NEIGHBOURS, Habits
from tests.simulation.oracle import Oracle
from tests.simulation.people import START, citizens, reacting, simulate
from tests.simulation.reports import Reports
from tests.simulation.virtual import VirtualLoop, inline_sqlite
from tests.simulation.worker import CHANNEL, Worker, make_task

NEVER = 7200  # steps of about a second without a rest, where nothing goes wrong any more


async def _understood(event: Event) -> Event:
    """At once, as no other thread takes part in the time of the town."""
    return understand(ALARMS, MATCHER, event)


@dataclass(frozen=True)
class Outcomes:
    """What a run came to."""

    faults: tuple[str, ...]
    trace: str
    messages: int
    kills: int
    days: float
    ends: Counter[str]


class Town:
    """One run, decided by its seed."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        *,
        days: float,
        alone: bool = False,
        paid: bool = False,
        until: str | None = None,
    ) -> None:
        self.random = Random(seed)
        self.loop = VirtualLoop(Random(seed))
        self.loop.set_task_factory(make_task)
        self.folder, self.days, self.alone, self.paid, self.until = folder, days, alone, paid, until
        self.oracle = Oracle()
        self.vault = Vault(bytes(32))
        self.people = citizens(NEIGHBOURS + CROWD)
        self.zones = {one.address: one.zone for one in self.people}
        self.workers: list[Worker] = []
        self.trouble = False
        self.blocked_until = 0.0
        self.hangs_until = 0.0  # no leap before that: who hangs for minutes would do so for hours
        self.kills = 0
        self.ends: Counter[str] = Counter()
        self.rush = 0.85  # how often the store answers at once
        self.answers: dict[int, set[int]] = {}  # the messages that answer each word
        self.habits = Habits(self)
        self.reports = Reports(self)
        self._cities = {one.address: one for one in self.people}
        real = dialogue_of(WORLD, ALARMS, MATCHER)
        self.dialogue = replace(real, understand=_understood, react=self._react, seed=self._seed)
        self._answer = reacting(WORLD)

    @property
    def now(self) -> float:
        """Seconds since the beginning."""
        return self.loop.time()

    def clock(self) -> float:
        """Unix seconds."""
        return START.timestamp() + self.now

    def _seed(self) -> int:
        return self.random.getrandbits(63)

    def _react(self, person: Any, event: Event, now: datetime, seed: int) -> Any:
        self.oracle.current[person.id] = event
        return self._answer(person, event, now, seed)

    def strikes(self) -> bool:
        """Whether a process dies right after it has written something."""
        return self.trouble and self.random.random() < 0.01

    def kill(self, worker: Worker) -> None:
        """A process dies."""
        if not worker.dead:
            self.loop.create_task(worker.kill())
            self.kills += 1

    def strike_one(self) -> None:
        """Any process dies, if there is trouble."""
        if self.trouble:
            self.kill(self.random.choice(self.workers))

    def block(self, seconds: float) -> None:
        """Telegram takes nothing for so long, if there is trouble."""
        if self.trouble:
            self.blocked_until = max(self.blocked_until, self.now + seconds)

    def run(self) -> Outcomes:
        """Live through it."""
        with ExitStack() as patches:
            patches.enter_context(inline_sqlite())
            names = Random(self.random.random())
            patches.enter_context(
                mock.patch.object(secrets, "token_hex", lambda n: f"{names.getrandbits(8 * n):0{2 * n}x}")
            )
            try:
                self.loop.run_until_complete(self._live())
            finally:
                self.loop.close()
        return Outcomes(
            tuple(self.oracle.faults), self.oracle.trace, len(self.oracle.asked), self.kills, self.now / DAY, self.ends
        )

    async def _live(self) -> None:
        self.store = await SqliteStore.open(self.folder / "bonewise.db")
        for _ in range(1 if self.alone else 2):
            self.workers.append(Worker(self))
        tasks = [asyncio.create_task(self._keeps(place)) for place in range(len(self.workers))]
        tasks.append(asyncio.create_task(self._poller()))
        for number, one in enumerate(self.people):
            tips = ("08:00", "20:59", "13:30", None)[number % 4] if number < NEIGHBOURS else None
            self.habits.says(one.address, simulate(become={"zone": one.zone, "language": one.language, "tips": tips}))
        await self._until(self.now + 300)
        self.trouble = True
        self.habits.bursts()
        while self.now < self.days * DAY and not self._found():
            await self._until(self.now + self.random.expovariate(1 / (8 * 3600)))
            self.rush = self.random.choice([0.85, 0.99])
            self.habits.acts()
            await self.reports.unknown_echoes()
        await self._until(self.now + DAY)
        self.trouble = False
        await self._until(self.now + 10 * DAY)
        await self._look_back()
        for task in tasks:
            task.cancel()
        for worker in self.workers:
            await worker.kill()
        await asyncio.sleep(0)
        await self.store.close()

    def _found(self) -> bool:
        """Whether the fault that is looked for has shown itself."""
        until = self.until
        return until is not None and any(re.search(f": {until}", fault) for fault in self.oracle.faults)

    async def _keeps(self, place: int) -> None:
        """Start a process anew whenever it has died."""
        while True:
            await self.workers[place].start()
            await self.workers[place].died.wait()
            await asyncio.sleep(self.random.choice([0.1, 5, 40, 90]))
            self.workers[place] = Worker(self)

    async def _poller(self) -> None:
        """Hand each update over until a process has confirmed it."""
        while True:
            received = await self.habits.updates.get()
            while True:
                worker = self.random.choice(self.workers)
                service = worker.service
                if service is not None and await worker.run(service.receive([received], CHANNEL)):
                    break
                await asyncio.sleep(0.3)

    async def _until(self, moment: float) -> None:
        """Let the time pass, in leaps while nobody has anything to do."""
        busy = 0
        while self.now < moment and not self._found():
            ahead = min(moment, await self._next_work())
            busy += 1
            if ahead - 2 > self.now:
                self.loop.leap(ahead - 1)
                busy = 0
            if busy > NEVER and not self.trouble:
                self.oracle.fault(self.now, "lost: something is under way for ever")
                return
            await asyncio.sleep(min(1.0, max(0.01, moment - self.now)))

    async def _next_work(self) -> float:
        hangs = self.now < self.hangs_until
        if hangs or not self.habits.updates.empty() or any(worker.service is None for worker in self.workers):
            return self.now
        now = self.clock()
        query = (
            "SELECT (SELECT count(*) FROM inbox WHERE state IN ('pending', 'leased')) + (SELECT count(*) FROM outbox "
            "WHERE state IN ('leased', 'sending')) AS open, "
            "min(coalesce((SELECT min(due_at) FROM outbox WHERE state IN ('pending', 'postponed')), 1e12), "
            "coalesce((SELECT min(due_at) FROM reminder WHERE state = 'pending'), 1e12)) AS due, "
            "(SELECT max(blocked_until) FROM rate) AS blocked"
        )
        [[row]] = await self.store.load(Statement(query))
        timers = min((h._when for h in self.loop._scheduled if h._callback in self.habits.alarms), default=1e12)  # type: ignore[attr-defined]
        if row["open"]:
            return self.now
        due = max(row["due"], row["blocked"] or 0) if row["due"] <= now else row["due"]
        return min(due - START.timestamp(), timers)

    async def _look_back(self) -> None:
        outbox, inbox, reminders = await self.store.load(
            Statement("SELECT id, state FROM outbox"),
            Statement("SELECT id, state FROM inbox"),
            Statement("SELECT id, state, due_at < $1 AS overdue FROM reminder", (self.clock() - 3600,)),
        )
        self.ends = Counter(row["state"] for row in outbox)
        self.oracle.ends(self.now, {"outbox": outbox, "inbox": inbox, "reminder": reminders})
        await self.reports.unknown_echoes()
        self.oracle.echoes(self.now, self.answers)
