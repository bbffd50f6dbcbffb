"""Reminders that fall due in a process that is killed anywhere: each is said, and once."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from functools import partial
from pathlib import Path

import pytest
from tests.end_to_end.on_telegram import TOKEN, free_port, on_telegram, on_webhook
from tests.end_to_end.process import Bot
from tests.telegram_api import Person, TelegramApi
from tests.telegram_talk import greet, plan_call, sees, until_noon

from bonewise.service.points import NAMES

PEOPLE = (7, 8, 9)
OF_UPDATES = {"received", "before_ack", "after_ack"}  # a clock sends none
NUDGE = "You asked us to remind you to make a call."


@pytest.fixture(scope="module")
async def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which each person has a plan for tomorrow."""
    folder = tmp_path_factory.mktemp("planned")
    async with TelegramApi(TOKEN) as api, on_telegram(api, folder) as bot:
        await asyncio.gather(*(plan(api.user(number, "Maria", "en")) for number in PEOPLE))
        assert await bot.stop() == 0
    return folder


async def plan(user: Person) -> None:
    await greet(user)
    await plan_call(user)


def kills() -> list[tuple[str, str, int]]:
    """Every point that a reminder comes to, at each of its first hits."""
    return [
        (way, point, hit)
        for way in ("fetched", "pushed")
        for point in NAMES
        for hit in (1, 2, 3)
        if point not in OF_UPDATES
    ]


@pytest.mark.long
@pytest.mark.parametrize(("way", "point", "hit"), kills())
async def test_killed_at_any_point_every_reminder_is_said_and_none_twice(
    way: str, point: str, hit: int, planned: Path, tmp_path: Path
) -> None:
    shutil.copytree(planned, tmp_path, dirs_exist_ok=True)
    async with TelegramApi(TOKEN) as api:
        people = [api.user(number, "Maria", "en", known=True) for number in PEOPLE]
        run = serving(way, api, tmp_path)
        async with run(bonewise_crash_at=f"{point}:{hit}") as bot:
            assert await bot.ended() == -signal.SIGKILL
        in_doubt = messages(tmp_path, "'sending'")
        async with run() as bot:
            await asyncio.gather(*(sees(user, NUDGE) for user in people))
            await bot.until(lambda: not messages(tmp_path, "'pending', 'leased', 'sending'"), 10)
            assert await bot.stop() == 0
        assert (f"may arrive twice: {in_doubt} " in bot.said) is (in_doubt > 0)
        said = [sum(NUDGE in message.text for message in user.messages) for user in people]
        assert min(said) == 1
        assert (1 if point == "written" else 0) <= sum(said) - len(people) <= in_doubt


def messages(folder: Path, states: str) -> int:
    """How many messages are in one of these states."""
    with closing(sqlite3.connect(folder / "bonewise.db")) as store:
        [found] = store.execute(f"SELECT count(*) FROM outbox WHERE state IN ({states})").fetchone()  # noqa: S608
        return int(found)


def serving(way: str, api: TelegramApi, folder: Path) -> Callable[..., AbstractAsyncContextManager[Bot]]:
    """The process in one way of receiving, tomorrow at noon."""
    if way == "fetched":
        return partial(on_telegram, api, folder, ahead=until_noon(1))
    return partial(on_webhook, api, folder, free_port(), ahead=until_noon(1))


@pytest.mark.long
async def test_what_fell_due_while_the_process_was_down_for_a_day_is_told_of_once_in_the_next_message(
    tmp_path: Path,
) -> None:
    async with TelegramApi(TOKEN) as api:
        maria = api.user(7, "Maria", "en")
        async with on_telegram(api, tmp_path) as bot:
            await plan(maria)
            assert await bot.stop() == 0
        planned = len(maria.messages)
        async with on_telegram(api, tmp_path, ahead=until_noon(2)) as bot:
            await bot.until(lambda: reminders(tmp_path) == {"missed"}, 10)
            assert len(maria.messages) == planned
            for told in (1, 1):
                said = len(maria.messages)
                await maria.types("/home")
                await bot.until(lambda said=said: len(maria.messages) == said + 2, 10)
                lines = [message.text.count("could not be sent in time") for message in maria.messages]
                assert sum(lines) == told
            assert await bot.stop() == 0


def reminders(folder: Path) -> set[str]:
    """The states of all reminders."""
    with closing(sqlite3.connect(folder / "bonewise.db")) as store:
        return {row[0] for row in store.execute("SELECT state FROM reminder").fetchall()}
