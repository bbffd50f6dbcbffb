"""A town in which all goes wrong: people plan, snooze and stop, processes die and hang, the wire loses answers."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from bonewise.binding import dialogue_of
from bonewise.dialogue import falling_due
from bonewise.dialogue.event import Command, Event, Press
from bonewise.dialogue.person import CHOSEN
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output, Screen
from bonewise.service import codec
from bonewise.store.base import Outcome, Statement
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault
from tests.dialogue.conversation import ALARMS, MATCHER, WORLD
from tests.simulation.oracle import Oracle
from tests.simulation.people import (
    PLAIN,
    START,
    Citizen,
    citizens,
    random_plan,
    reacting,
    simulate,
)
from tests.simulation.virtual import VirtualLoop, inline_sqlite
from tests.simulation.worker import CHANNEL, Worker, make_task

NEIGHBOURS, CROWD = 8, 50
DAY = 86400.0
NEVER = 7200  # steps of about a second without a rest, where nothing goes wrong any more
_ECHO = re.compile(r"echo (\d+)")


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

    def __init__(self, folder: Path, seed: int, *, days: float, alone: bool = False, until_fault: bool = False) -> None:
        self.random = Random(seed)
        self.loop = VirtualLoop(Random(seed))
        self.loop.set_task_factory(make_task)
        self.folder, self.days, self.alone, self.until_fault = folder, days, alone, until_fault
        self.oracle = Oracle()
        self.vault = Vault(bytes(32))
        self.people = citizens(NEIGHBOURS + CROWD)
        self.zones = {one.address: one.zone for one in self.people}
        self.workers: list[Worker] = []
        self.trouble = False
        self.blocked_until = 0.0
        self.kills = 0
        self.ends: Counter[str] = Counter()
        self.rush = 0.85  # how often the store answers at once
        self.answers: dict[int, set[int]] = {}  # the messages that answer each word
        self.numbers = 0
        self._updates: asyncio.Queue[Received] = asyncio.Queue()
        self._cities = {one.address: one for one in self.people}
        real = dialogue_of(WORLD, ALARMS, MATCHER)
        self.dialogue = replace(real, react=self._react, seed=self._seed)
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

    # what the workers tell of

    async def committed(self, statements: Sequence[Statement], outcomes: Sequence[Outcome]) -> None:
        """A transaction of a worker is in the store."""
        self.oracle.committed(self.now, statements, outcomes)
        for statement in statements:
            if statement.sql.startswith("INSERT INTO outbox"):
                self.born[int(statement.args[0])] = self.oracle.events  # type: ignore[arg-type]
            if "poison" in statement.args:
                self.oracle.fault(self.now, f"lost: event {statement.args[0]} cannot be answered")
            if statement.sql.startswith("UPDATE outbox SET state = 'sending'"):
                self.oracle.sending(self.now, await self._row(int(statement.args[0])))  # type: ignore[arg-type]

    async def requested(self, address: str, output: Output, row: int) -> None:
        """A worker puts a message on the wire."""
        echo = _ECHO.match(output.text) if isinstance(output, Screen) else None
        if echo:
            self.answers[int(echo[1])].add(row)
        found = await self._row(row)
        now = datetime.fromtimestamp(self.clock(), START.tzinfo)
        unasked = None
        if found["sealed"] is not None:
            key = self.vault.key(found["person_id"], found["wrapped_key"])
            unasked = codec.load_message(key.open(f"outbox:{row}", found["sealed"]))[1]
        self.oracle.requested(now, self.zones[address], address, found, unasked)

    async def _row(self, row: int) -> dict[str, Any]:
        query = (
            "SELECT outbox.id, rank, reminder_id, person_id, outbox.sealed, wrapped_key FROM outbox "
            "JOIN person ON person.id = person_id WHERE outbox.id = $1"
        )
        [[found]] = await self.store.load(Statement(query, (row,)))
        return {**found, "now": self.now, "born": self.born.get(row, 0)}

    async def doubts(self, owner: str) -> None:
        """A worker dies or hangs: what it is sending may arrive twice."""
        query = Statement("SELECT id FROM outbox WHERE owner = $1 AND state = 'sending'", (owner,))
        [rows] = await self.store.load(query)
        for row in rows:
            self.oracle.excuse(row["id"])

    def arrives(self, seconds: float, address: str, output: Output, row: int) -> None:
        """The wire has it, and brings it to the phone after so long."""
        self.loop.call_later(seconds, self._arrived, address, output, row)

    def _arrived(self, address: str, output: Output, row: int) -> None:
        self.oracle.arrived(self.now, row)
        if isinstance(output, Screen) and output.role == "nudge" and self.random.random() < 0.5:
            presses = [one.press for line in output.buttons for one in line if one.press and one.press[:2] == "n:"]
            if presses:
                self._presses(address, self.random.choice(presses), self.random.random() * 3 * 3600)

    # what people do

    def says(self, address: str, event: Event) -> None:
        """Somebody does something with their phone; now and then Telegram tells of it twice."""
        self.numbers += 1
        self._updates.put_nowait(received := Received(f"u{self.numbers}", address, event))
        if self.trouble and self.random.random() < 0.1:
            self.loop.call_later(self.random.random() * 60, self._updates.put_nowait, received)

    def _presses(self, address: str, press: str, seconds: float) -> None:
        self.loop.call_later(seconds, self._press, address, press)

    def _press(self, address: str, press: str) -> None:
        name, what = press.split(":")[1:]
        if what in {"in_2_hours", "this_evening", "tomorrow"}:
            self.oracle.changes(name)
        self.says(address, Press(press))

    def plans(self, citizen: Citizen, **fixed: Any) -> dict[str, Any]:
        """Somebody plans a reminder, and perhaps presses under an old message of it just when it falls due."""
        self.numbers += 1
        now = datetime.fromtimestamp(self.clock(), START.tzinfo)
        plan = {**random_plan(self.random, citizen, now, f"r{self.numbers}"), **fixed}
        self.oracle.plans(plan["id"], plan["local"], citizen.zone, plan["times"])
        self.says(citizen.address, simulate(plan=plan))
        due = min(self.oracle.planned[plan["id"]]).timestamp() - START.timestamp() - self.now
        if due > 0 and self.random.random() < 0.3:
            what = self.random.choice(["tomorrow", "in_2_hours", "stop"] if plan["kind"] in CHOSEN else ["stop"])
            self._presses(citizen.address, f"n:{plan['id']}:{what}", max(0, due - 0.2 + self.random.expovariate(1)))
        if due > 0 and self.random.random() < 0.3:
            self.loop.call_later(max(0, due + self.random.uniform(-0.2, 2)), self._strike)
        if due > 0 and self.random.random() < 0.1:
            self.loop.call_later(max(0, due - 1), self._block, self.random.choice([60, 600, 7200, 40_000]))
        return plan

    def _block(self, seconds: float) -> None:
        if self.trouble:
            self.blocked_until = max(self.blocked_until, self.now + seconds)

    def strikes(self) -> bool:
        """Whether a process dies right after it has written something."""
        return self.trouble and self.random.random() < 0.01

    def kill(self, worker: Worker) -> None:
        """A process dies."""
        if not worker.dead:
            self.loop.create_task(worker.kill())
            self.kills += 1

    def _strike(self) -> None:
        if self.trouble:
            self.kill(self.random.choice(self.workers))

    def _echoes(self, citizen: Citizen) -> None:
        for _ in range(self.random.randrange(1, 5)):
            self.numbers += 1
            self.answers[self.numbers] = set()
            self.says(citizen.address, simulate(echo=self.numbers))

    def _bursts(self) -> None:
        """Everybody wants to be reminded at the same moment."""
        moment = datetime.fromtimestamp(self.clock(), START.tzinfo) + timedelta(hours=1)
        for citizen in self.people[NEIGHBOURS:]:
            local = f"{moment.astimezone(_zone(citizen)):%Y-%m-%dT%H:%M}"
            self.plans(citizen, kind="own", local=local, urgent=None, times=None)

    def _stops(self, citizen: Citizen) -> None:
        self.says(citizen.address, Command("stop"))
        back = self.random.random() * DAY
        self.loop.call_later(back, self.says, citizen.address, Press("s:messages_on"))

    def _acts(self) -> None:
        citizen, chance = self.random.choice(self.people[:NEIGHBOURS]), self.random.random()
        if chance < 0.55:
            self.plans(citizen)
        elif chance < 0.85:
            self._echoes(citizen)
        elif chance < 0.90:
            self._stops(citizen)
        elif chance < 0.93:
            self._bursts()
        else:
            self._strike()

    # the run

    def run(self) -> Outcomes:
        """Live through it."""
        with ExitStack() as patches:
            patches.enter_context(inline_sqlite())
            patches.enter_context(mock.patch.dict(falling_due._SAYS, PLAIN))  # type: ignore[arg-type]
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
        self.born: dict[int, int] = {}
        self.store = await SqliteStore.open(self.folder / "bonewise.db")
        for _ in range(1 if self.alone else 2):
            self.workers.append(Worker(self))
        tasks = [asyncio.create_task(self._keeps(place)) for place in range(len(self.workers))]
        tasks.append(asyncio.create_task(self._poller()))
        for number, one in enumerate(self.people):
            tips = ("08:00", "20:59", "13:30", None)[number % 4] if number < NEIGHBOURS else None
            self.says(one.address, simulate(become={"zone": one.zone, "language": one.language, "tips": tips}))
        await self._until(self.now + 300)
        self.trouble = True
        self._bursts()
        while self.now < self.days * DAY and not (self.oracle.faults and self.until_fault):
            await self._until(self.now + self.random.expovariate(1 / (8 * 3600)))
            self.rush = self.random.choice([0.85, 0.99])
            self._acts()
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
            received = await self._updates.get()
            while True:
                worker = self.random.choice(self.workers)
                service = worker.service
                if service is not None and await worker.run(service.receive([received], CHANNEL)):
                    break
                await asyncio.sleep(0.3)

    async def _until(self, moment: float) -> None:
        """Let the time pass, in leaps while nobody has anything to do."""
        busy = 0
        while self.now < moment and not (self.oracle.faults and self.until_fault):
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
        if not self._updates.empty() or any(worker.service is None for worker in self.workers):
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
        timers = min((h._when for h in self.loop._scheduled if h._callback in self._alarms), default=1e12)  # type: ignore[attr-defined]
        if row["open"]:
            return self.now
        due = max(row["due"], row["blocked"] or 0) if row["due"] <= now else row["due"]
        return min(due - START.timestamp(), timers)

    @property
    def _alarms(self) -> tuple[Any, ...]:
        return (self._press, self._strike, self._block, self._updates.put_nowait, self.says, self._arrived)

    async def _look_back(self) -> None:
        outbox, inbox, reminders = await self.store.load(
            Statement("SELECT id, state FROM outbox"),
            Statement("SELECT id, state FROM inbox"),
            Statement("SELECT id, state, due_at < $1 AS overdue FROM reminder", (self.clock() - 3600,)),
        )
        self.ends = Counter(row["state"] for row in outbox)
        self.oracle.ends(self.now, {"outbox": outbox, "inbox": inbox, "reminder": reminders})
        self.oracle.echoes(self.now, self.answers)


def _zone(citizen: Citizen) -> ZoneInfo:
    return ZoneInfo(citizen.zone)
