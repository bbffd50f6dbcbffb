"""What is measured of one bot in one round."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.api import BotApi
from benchmarks.contestants import Contestant, running
from benchmarks.load import Backlog, Stream

STEADY = 50.0  # texts a second


class Sizes(NamedTuple):
    """How many people write in each part of a round."""

    warm: int = 50
    people: int = 300
    stream: int = 125


class Figures(NamedTuple):
    """One round: answers a second, times in seconds, memory in bytes."""

    rate: float
    work: float  # of the processor, per update
    calls: float  # of the Bot API, per update
    start: float  # from the start of the process to the request with its first answer
    p50: float
    p99: float
    memory: float


async def measure(contestant: Contestant, api: BotApi, sizes: Sizes) -> Figures:
    """One round of one bot. Raises `LoadError`."""
    first = Backlog(api, contestant.script[:1], 1)
    async with running(contestant, api) as bot:
        start = await first.run()
        await Backlog(api, contestant.script, sizes.warm).run()
        work, calls = bot.work(), api.calls
        took = await Backlog(api, contestant.script, sizes.people).run()
        updates = sizes.people * len(contestant.script)
        work, calls = bot.work() - work, api.calls - calls
        waits = await Stream(api, contestant.script, sizes.stream).run(STEADY)
        return Figures(
            updates / took,
            work / updates,
            calls / updates,
            start,
            waits[len(waits) // 2],
            waits[len(waits) * 99 // 100],
            bot.memory(),
        )
