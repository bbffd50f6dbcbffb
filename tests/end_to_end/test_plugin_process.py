"""The example of docs/plugin.md as a process: killed anywhere, in both ways of receiving."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from pathlib import Path

import pytest
from tests.end_to_end.on_telegram import TOKEN, sent
from tests.hosting import MODES, example
from tests.telegram_api import Person, TelegramApi

from bonewise.service.points import NAMES

NOT_YET_OURS = {"received", "before_ack", "after_ack"}
"""With the host's Updater an update is confirmed before it is committed: what is killed there is not ours to keep."""


START = 30.0  # seconds in which a process that was killed has been followed by one that answers


async def sees(user: Person, part: str) -> None:
    """Wait until a message with this part comes, though a start lies between, and everything has come."""
    while part not in (await user.next_change(START)).text:
        pass
    await user.settled(0.15)


async def says(user: Person, what: str, part: str) -> None:
    """Press a button, and wait until a message with this part shows."""
    await user.presses(what)
    await sees(user, part)


async def talk(user: Person) -> None:
    """Have the host's action done, then find the way to the consent."""
    await user.types("/start bw_go-call_back")
    await sees(user, "At what time may we call you?")
    await user.types("10:30")
    await sees(user, "We will call you at")
    await user.types("/bw_start")
    await sees(user, "This is Bonewise")
    await says(user, "Start", "May we keep your answers?")


def kills() -> list[tuple[str, str, int]]:
    """Every point at which the promise of a mode holds, at each of its first hits."""
    return [
        (mode, point, hit)
        for mode in MODES
        for point in NAMES
        for hit in (1, 2, 3)
        if mode == "own" or point not in NOT_YET_OURS
    ]


@pytest.mark.long
@pytest.mark.parametrize(("receive", "point", "hit"), kills())
async def test_killed_at_any_point_it_loses_no_update_and_says_nothing_twice(
    receive: str, point: str, hit: int, tmp_path: Path
) -> None:
    async with TelegramApi(TOKEN) as api:
        user = api.user(7, "Maria", "en")
        async with example(api, tmp_path, receive, bonewise_crash_at=f"{point}:{hit}") as bot:
            talking = asyncio.create_task(talk(user))
            assert await bot.ended() == -signal.SIGKILL
        async with example(api, tmp_path, receive) as again:
            await talking
            assert await again.stop() == 0
        assert api.faults == []
        said = sent(api)
        # Between an answer, from Telegram or from the action, and our own note of it nobody can know: that comes again.
        twice = 1 if point == "written" else 0
        assert (said - Counter(set(said))).total() <= twice
        assert 1 <= (bot.said + again.said).count("call at 10:30") <= 1 + twice


@pytest.mark.long
@pytest.mark.parametrize("receive", MODES)
async def test_whom_the_person_turned_to_last_outlives_a_kill(receive: str, tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        user = api.user(7, "Maria", "en")
        async with example(api, tmp_path, receive) as bot:
            await user.types("/bw_privacy")
            await sees(user, "We keep what you tap")
            await user.types("/start")
            await sees(user, "This is the host.")
            await bot.kill()
        async with example(api, tmp_path, receive) as bot:
            await user.types("hello")
            await sees(user, "The host heard: hello")
            await user.types("/bw_privacy")
            await sees(user, "We keep what you tap")
            await bot.kill()
        async with example(api, tmp_path, receive):
            await user.types("hello again")
            await sees(user, "This is Bonewise")


@pytest.mark.long
async def test_the_menu_of_the_host_is_added_to(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        for _ in range(2):
            async with example(api, tmp_path, "own") as bot:
                await bot.logs("Application started")
                await bot.until(lambda: any("bw_stop" in str(kept) for kept in api.state.commands.values()), 10)
                assert await bot.stop() == 0
        [(place, kept)] = api.state.commands.items()
        assert place == ('{"type": "default"}', "")
        assert [command["command"] for command in kept][:3] == ["start", "bw_start", "bw_help"]
        assert len({command["command"] for command in kept}) == len(kept) == 11
        assert api.state.descriptions == {}
        assert "Traceback" not in bot.said
        assert TOKEN.partition(":")[2] not in bot.said
