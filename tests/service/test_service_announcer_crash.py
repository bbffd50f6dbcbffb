"""Killed anywhere while it announces: none gets it twice, and none is left out."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from tests.service.serving import at_rest
from tests.service.test_service_announcer import order, settle

from bonewise.service.points import ANNOUNCING

ROOT = Path(__file__).parents[2]
SHORT = {("announced", 3)}
POINTS = (*ANNOUNCING, "leased", "sending", "written", "marked")
STATES = "SELECT state, count(*) FROM outbox WHERE announcement = 'week' GROUP BY state"


async def ordered(folder: Path, people: int) -> list[str]:
    """Somebody has ordered an announcement to so many people; nobody has begun."""
    everybody = [f"p{number}" for number in range(people)]
    async with at_rest(folder) as served:
        await settle(served.context, *everybody)
    order(folder, "send")
    return everybody


async def process(folder: Path, crash: str = "") -> int:
    """Run until it is done or killed; how it ended."""
    environment = {**os.environ, "BONEWISE_CRASH_AT": crash}
    command = (sys.executable, "-m", "tests.service.announce_process", str(folder))
    started = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    return await asyncio.wait_for(started.wait(), 60)


def got(folder: Path) -> Counter[str]:
    return Counter(line.split()[0] for line in (folder / "sent").read_text().splitlines())


def states(folder: Path) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "bonewise.db")) as store:
        return dict(store.execute(STATES).fetchall())


def check(folder: Path, everybody: list[str]) -> None:
    """Each has got it once, but for those whose message was on its way when the process died: at most once."""
    assert set(got(folder).values()) == {1}
    ends = states(folder)
    assert set(ends) <= {"sent", "unknown"}
    assert sum(ends.values()) == len(everybody)
    assert ends["sent"] <= len(got(folder)) <= len(everybody)


def kills() -> list[object]:
    """Every point at its first and third hit; a few of them always, the others in the long checks."""
    every = [("obeyed", 1), *((point, hit) for point in POINTS[1:] for hit in (1, 3))]
    return [pytest.param(*kill, marks=[] if kill in SHORT else [pytest.mark.long]) for kill in every]


@pytest.mark.parametrize(("point", "hit"), kills())
async def test_killed_at_a_point_none_gets_it_twice_and_none_is_left_out(tmp_path: Path, point: str, hit: int) -> None:
    everybody = await ordered(tmp_path, 250)
    assert await process(tmp_path, f"{point}:{hit}") == -signal.SIGKILL
    assert await process(tmp_path) == 0
    check(tmp_path, everybody)


@pytest.mark.long
async def test_killed_at_every_point_in_turn_two_thousand_get_it_once(tmp_path: Path) -> None:
    everybody = await ordered(tmp_path, 2000)
    for point in POINTS:
        assert await process(tmp_path, f"{point}:{1 if point == 'obeyed' else 2}") == -signal.SIGKILL
    assert await process(tmp_path) == 0
    check(tmp_path, everybody)
