"""All bots in one run, in turn, several times over: `python -m benchmarks [rounds] [part of a bot's name]`."""

from __future__ import annotations

import asyncio
import sys

from benchmarks import pure, report
from benchmarks.api import serving
from benchmarks.contestants import ALL, CONCURRENT, SEQUENTIAL, Contestant
from benchmarks.measure import Figures, Sizes, measure

ROUNDS = 3


async def main(rounds: int, name: str) -> None:
    """Measure, and print the tables."""
    chosen = [one for one in ALL if name in one.name or one in (SEQUENTIAL, CONCURRENT)]
    _say(report.machine())
    found: dict[Contestant, list[Figures]] = {one: [] for one in chosen}
    async with serving() as api:
        for number in range(rounds):
            for one in chosen:
                found[one].append(await measure(one, api, Sizes()))
                _tell(number + 1, one, found[one][-1])
    _say(*report.table(found))
    _say(*report.pure(pure.costs()), report.machine())


def _tell(number: int, one: Contestant, figures: Figures) -> None:
    sys.stderr.write(f"round {number}, {one.name}: {figures.rate:.0f}/s, {figures.work * 1e3:.2f} ms\n")


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()


asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS, " ".join(sys.argv[2:])))
