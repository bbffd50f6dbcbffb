"""All bots in one run, in turn, several times over: `python -m benchmarks [rounds] [part of a bot's name]`."""

from __future__ import annotations

import asyncio
import sys

from benchmarks import pure, report
from benchmarks.api import BotApi, serving
from benchmarks.contestants import ALL, CONCURRENT, SEQUENTIAL, Contestant
from benchmarks.load import LoadError
from benchmarks.measure import Figures, Sizes, measure, middle

ROUNDS = 3


async def main(rounds: int, name: str) -> None:
    """Measure, and print the tables."""
    chosen = [one for one in ALL if name in one.name or one in (SEQUENTIAL, CONCURRENT)]
    _say(report.machine())
    found: dict[Contestant, list[Figures]] = {one: [] for one in chosen}
    async with serving() as api:
        for number in range(rounds):
            for one in chosen:
                await _round(one, api, found[one], number)
    _say(*report.table({one: middle(figures) for one, figures in found.items() if figures}))
    _say(*report.pure(pure.costs()), report.machine())


async def _round(one: Contestant, api: BotApi, kept: list[Figures], number: int) -> None:
    try:
        figures = await measure(one, api, Sizes())
    except LoadError as error:
        sys.stderr.write(f"round {number + 1}, {one.name}: left out, {error}\n")
        return
    sys.stderr.write(f"round {number + 1}, {one.name}: {figures.rate:.0f}/s, {figures.work * 1e3:.2f} ms\n")
    kept.append(figures)


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()


asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS, " ".join(sys.argv[2:])))
