"""Killed anywhere, twice over: nothing is lost, no answer counts twice, and a message repeats in one window only."""

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
from tests.service.crash_process import LAST, PEOPLE, TIP, WORDS
from tests.service.serving import at_rest

from bonewise.service.points import NAMES

ROOT = Path(__file__).parents[2]
PEOPLE_NAMES = [f"p{who}" for who in range(PEOPLE)]
SAID = [*(f"{word}" for word in range(WORDS)), *LAST]
ANSWERS = [*(f"got {word}" for word in range(WORDS)), "planned r", "due r"]
HITS = (1, 4)


async def process(folder: Path, crash: str = "") -> int:
    """Run until it ends or is killed; how it ended."""
    environment = {**os.environ, "BONEWISE_CRASH_AT": crash}
    command = (sys.executable, "-m", "tests.service.crash_process", str(folder))
    started = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    return await asyncio.wait_for(started.wait(), 30)


def sent(folder: Path) -> Counter[str]:
    return Counter((folder / "sent").read_text().splitlines())


def in_order(folder: Path, who: str) -> list[str]:
    """What arrived at one person, each for the first time, but for the tip, which comes whenever nothing else does."""
    lines = [line.removeprefix(f"{who} ") for line in (folder / "sent").read_text().splitlines() if who in line]
    return list(dict.fromkeys(line for line in lines if line != TIP))


def in_doubt(folder: Path) -> int:
    """How many messages were on their way when the process died."""
    with closing(sqlite3.connect(folder / "bonewise.db")) as store:
        return int(store.execute("SELECT count(*) FROM outbox WHERE state = 'sending'").fetchone()[0])


async def kept(folder: Path) -> tuple[list[list[object]], Counter[str], set[str]]:
    """What each person said by the state of the dialogue, how messages ended, and how reminders did."""
    async with at_rest(folder) as served:
        said = [await served.said(who) for who in PEOPLE_NAMES]
        reminders = {row["state"] for row in await served.rows("SELECT state FROM reminder")}
        return said, Counter(await served.states()), reminders


@pytest.mark.parametrize("hit", [pytest.param(HITS[0], marks=pytest.mark.long), HITS[1]])
@pytest.mark.parametrize("point", NAMES)
async def test_killed_at_a_point_nothing_is_lost_and_nothing_counts_twice(tmp_path: Path, point: str, hit: int) -> None:
    assert await process(tmp_path, f"{point}:{hit}") == -signal.SIGKILL
    doubts = in_doubt(tmp_path)
    assert await process(tmp_path) == 0
    for who in PEOPLE_NAMES:
        assert in_order(tmp_path, who) == ANSWERS
    repeated = sum(sent(tmp_path).values()) - len(sent(tmp_path))
    assert (1 if point == "written" else 0) <= repeated <= doubts <= PEOPLE
    said, ends, reminders = await kept(tmp_path)
    assert (said, reminders) == ([SAID] * PEOPLE, {"shown"})
    assert ends["sent"] + ends["unknown"] == len(ANSWERS) * PEOPLE + PEOPLE
    assert PEOPLE - ends["unknown"] <= tips_once(tmp_path) <= PEOPLE


def tips_once(folder: Path) -> int:
    """How many got the tip: none of them twice, whatever became of it."""
    got = [sent(folder)[f"{who} {TIP}"] for who in PEOPLE_NAMES]
    assert max(got) <= 1
    return sum(got)


@pytest.mark.long
async def test_killed_at_every_point_in_turn_nothing_is_lost_but_what_was_in_doubt_twice(tmp_path: Path) -> None:
    for point in NAMES:
        await process(tmp_path, f"{point}:2")
    assert await process(tmp_path) == 0
    said, ends, reminders = await kept(tmp_path)
    assert said == [SAID] * PEOPLE
    assert reminders == {"shown"}
    assert ends["sent"] + ends["unknown"] == len(ANSWERS) * PEOPLE + PEOPLE
    assert len(sent(tmp_path)) >= ends["sent"]
    tips_once(tmp_path)
