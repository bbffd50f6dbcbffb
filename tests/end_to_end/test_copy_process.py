"""Copies of a reminder for a caregiver, in a process that is killed anywhere: each comes, and once."""

from __future__ import annotations

import asyncio
import shutil
import signal
from pathlib import Path

import pytest
from tests.end_to_end.on_telegram import TOKEN, on_telegram
from tests.end_to_end.test_reminder_process import NUDGE, OF_UPDATES, messages
from tests.telegram_api import TelegramApi
from tests.telegram_talk import greet, link, plan_call, sees, until_noon

from bonewise.service.points import NAMES

COPY = "Someone you help was reminded of something."

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
async def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which Maria has a plan for tomorrow, and Ana gets copies."""
    folder = tmp_path_factory.mktemp("linked")
    async with TelegramApi(TOKEN) as api, on_telegram(api, folder) as bot:
        maria, ana = api.user(7, "Maria", "en"), api.user(8, "Ana", "en")
        await asyncio.gather(greet(maria), greet(ana))
        await link(maria, ana)
        await plan_call(maria)
        assert await bot.stop() == 0
    return folder


@pytest.mark.parametrize("hit", [1, 2])
@pytest.mark.parametrize("point", [point for point in NAMES if point not in OF_UPDATES])
async def test_killed_at_any_point_the_reminder_and_its_copy_are_said_and_none_twice(
    point: str, hit: int, linked: Path, tmp_path: Path
) -> None:
    shutil.copytree(linked, tmp_path, dirs_exist_ok=True)
    async with TelegramApi(TOKEN) as api:
        maria, ana = api.user(7, "Maria", "en", known=True), api.user(8, "Ana", "en", known=True)
        async with on_telegram(api, tmp_path, ahead=until_noon(1), bonewise_crash_at=f"{point}:{hit}") as bot:
            assert await bot.ended() == -signal.SIGKILL
        in_doubt = messages(tmp_path, "'sending'")
        async with on_telegram(api, tmp_path, ahead=until_noon(1)) as bot:
            await asyncio.gather(sees(maria, NUDGE), sees(ana, COPY))
            await bot.until(lambda: not messages(tmp_path, "'pending', 'leased', 'sending'"), 10)
            assert await bot.stop() == 0
        said = [
            sum(words in message.text for message in user.messages) for user, words in ((maria, NUDGE), (ana, COPY))
        ]
        assert min(said) == 1
        assert (1 if point == "written" else 0) <= sum(said) - 2 <= in_doubt
