"""A tip to 100,000 people while others talk, on a clock that only passes when everybody waits.

`python -m benchmarks.broadcast [people]`. The real service on a real file; the wire takes 50 to 150 ms for a message.
What the processor takes is not in the times, so that they tell of queues alone: which message goes when, at the
allowed rate.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from tests.simulation.virtual import VirtualLoop, inline_sqlite

from bonewise.binding import dialogue_of
from bonewise.content import load_alarms, load_world
from bonewise.dialogue.announcing import Announcement
from bonewise.dialogue.event import Command
from bonewise.dialogue.person import Person, Subscription
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output, Screen
from bonewise.matching.ngrams import NgramMatcher
from bonewise.service import codec, orders
from bonewise.service.context import Context
from bonewise.service.orders import Order
from bonewise.service.pace import PER_SECOND, TELEGRAM
from bonewise.service.service import Service, open_context
from bonewise.settings import Settings
from bonewise.store import people
from bonewise.store.base import Statement
from bonewise.store.ids import new_person
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault

PEOPLE = 100_000
TALKERS = 500
REPLIES = 5.0  # a second
AT_ONCE = 1000  # people written at a time
CHANNEL = "telegram"
START = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
NEWS = Announcement("week", {"en": "**Bone week.** There is a new page about steps at home."}, date(2026, 12, 5))
TIPS = Subscription("2026-11-01", news=True)


@dataclass
class Wire:
    """The way to the phones, which keeps when each message was put on it."""

    random: Random
    acknowledge_within: float | None = 1.0
    tips: array[float] = field(default_factory=lambda: array("d"))
    replies: array[float] = field(default_factory=lambda: array("d"))
    waits: array[float] = field(default_factory=lambda: array("d"))
    asked: dict[str, float] = field(default_factory=dict)

    async def send(self, address: str, output: Output, target: str | None, row: int) -> str | None:
        """Takes a while."""
        now = asyncio.get_running_loop().time()
        if isinstance(output, Screen) and output.kind == "tip":
            self.tips.append(now)
        else:
            self.replies.append(now)
            self.waits.append(now - self.asked.pop(address, now))
        await asyncio.sleep(0.05 + self.random.random() / 10)
        return target or f"{row}"

    async def acknowledge(self, press: str, text: str) -> None:
        """Nothing is pressed."""

    async def waiting(self, address: str) -> None:
        """Nothing is shown."""


async def settle(context: Context, count: int) -> None:
    """So many people who agreed to news, and those who talk, who did not."""
    for first in range(0, count + TALKERS, AT_ONCE):
        statements: list[Statement] = []
        for number in range(first, min(first + AT_ONCE, count + TALKERS)):
            statements += _person(context, f"{number}", TIPS if number < count else None)
        await context.store.commit(statements)


def _person(context: Context, address: str, tips: Subscription | None) -> list[Statement]:
    known = {"greeted": True, "consent": "2026-11-01", "adult": True, "country": "GB"}
    person = Person(new_person(), CHANNEL, language="en", tips=tips, **known)  # type: ignore[arg-type]
    key, wrapped = context.vault.new_key(person.id)
    sealed, sessions = codec.dump_person(person), codec.dump_sessions(())
    new = people.NewPerson(
        person.id, CHANNEL, address, wrapped, key.seal("person", sealed), key.seal("session", sessions), 0.0
    )
    return people.insert(context.bot, new)


async def talk(service: Service, wire: Wire, first: int) -> None:
    """Somebody asks for a page, again and again; each of them in turn."""
    loop, number = asyncio.get_running_loop(), 0
    while True:
        number += 1
        address = f"{first + number % TALKERS}"
        wire.asked[address] = loop.time()
        await service.receive([Received(f"u{number}", address, Command("learn"))], CHANNEL)
        await asyncio.sleep(wire.random.expovariate(REPLIES))


async def run(folder: Path, count: int, loop: VirtualLoop) -> Wire:
    """Announce it, until the last one has it."""
    wire = Wire(Random(2))  # noqa: S311
    store = await SqliteStore.open(folder / "bonewise.db")
    context = await open_context(store, Vault(bytes(32)), "bot", lambda: START.timestamp() + loop.time())
    await settle(context, count)
    world = load_world(Settings())
    dialogue = dialogue_of(world, load_alarms(Settings()), NgramMatcher({}))
    spool = folder / "orders"
    service = Service(context, dialogue, {CHANNEL: wire}, {CHANNEL: TELEGRAM}, _nobody, spool)
    await service.start()
    talking = asyncio.create_task(talk(service, wire, count))
    await asyncio.sleep(60)
    orders.hand_over(spool, Order("send", NEWS.id, NEWS))
    while len(wire.tips) < count:  # noqa: ASYNC110 - a clock of its own
        await asyncio.sleep(1)
    talking.cancel()
    await service.drain()
    await store.close()
    return wire


async def _nobody(_channel: str, _address: str) -> None:
    return


def figures(wire: Wire) -> Iterator[tuple[str, str]]:
    """What it came to."""
    first, last = wire.tips[0], wire.tips[-1]
    every = sorted(moment for moment in (*wire.tips, *wire.replies) if first <= moment <= last)
    waits = sorted(wire.waits)
    rate = (len(every) - 1) / (last - first)
    yield "tips, replies beside them", f"{len(wire.tips)}, {len(every) - len(wire.tips)}"
    yield "all sent within", f"{(last - first) / 60:.1f} min"
    yield "share of the allowed rate", f"{rate / PER_SECOND:.2%}"
    yield "most in a second of the clock, and in any second", f"{_most_by_clock(every)} and {_most_in_any(every)}"
    yield (
        "replies waited, p50 and p99 and at most",
        " ".join(f"{waits[min(len(waits) - 1, int(len(waits) * share))] * 1e3:.0f} ms" for share in (0.5, 0.99, 1)),
    )


def _most_by_clock(moments: list[float]) -> int:
    return max(Counter(map(int, moments)).values())


def _most_in_any(moments: list[float]) -> int:
    most = start = 0
    for end, moment in enumerate(moments):
        while moments[start] <= moment - 1 + 1e-6:
            start += 1
        most = max(most, end - start + 1)
    return most


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


@contextmanager
def _timed() -> Iterator[None]:
    begun = time.process_time()
    yield
    sys.stdout.write(f"processor time: {time.process_time() - begun:.0f} s\n")


def main(count: int) -> None:
    """Print the figures."""
    logging.getLogger("bonewise").setLevel(logging.ERROR)
    loop = VirtualLoop(Random(1))  # noqa: S311
    with _timed(), tempfile.TemporaryDirectory() as folder, inline_sqlite():
        try:
            wire = loop.run_until_complete(run(Path(folder), count, loop))
        finally:
            loop.close()
        for name, figure in (*figures(wire), ("memory at the end", f"{_memory():.0f} MB")):
            sys.stdout.write(f"{name}: {figure}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
