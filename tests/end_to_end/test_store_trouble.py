"""A disk that is full and a database that another program holds: told in the log, and nothing is lost by it."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from tests.end_to_end.at_the_page import PATIENCE, taps, types, visiting
from tests.end_to_end.on_telegram import TOKEN, on_telegram
from tests.end_to_end.process import Bot, running
from tests.telegram_api import Person, TelegramApi
from tests.telegram_talk import greet, sees, talking

BEYOND = "That may be beyond this guide."
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@contextmanager
def full(bot: Bot, folder: Path) -> Iterator[None]:
    """As long as it lasts no file of the bot can grow."""
    size = (folder / "bonewise.db-wal").stat().st_size
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, UNLIMITED)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """As long as it lasts another program writes to the database."""
    other = sqlite3.connect(folder / "bonewise.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@asynccontextmanager
async def acquainted(folder: Path) -> AsyncIterator[tuple[Bot, TelegramApi, Person]]:
    """A process on Telegram that knows somebody."""
    async with TelegramApi(TOKEN) as api, on_telegram(api, folder) as bot:
        user = api.user(7, "Maria", "en")
        await greet(user)
        yield bot, api, user


def answers(user: Person) -> int:
    return sum(message.from_bot and BEYOND in message.text for message in user.messages)


@pytest.mark.long
async def test_what_is_said_on_telegram_while_the_disk_is_full_is_answered_once_there_is_room(tmp_path: Path) -> None:
    async with acquainted(tmp_path) as (bot, api, user):
        with full(bot, tmp_path):
            await user.types("what is the weather today")
            await bot.logs("bonewise.db: ")
            await asyncio.sleep(0.5)
            assert answers(user) == 0
            assert api.state.updates.pending
        await sees(user, BEYOND)
        assert answers(user) == 1
        assert await bot.stop() == 0
    assert "weather" not in bot.said
    assert "Traceback" not in bot.said


@pytest.mark.long
async def test_what_is_said_while_another_program_holds_the_database_is_answered_after_it(tmp_path: Path) -> None:
    async with acquainted(tmp_path) as (bot, _, user):
        with held(tmp_path):
            await user.types("what is the weather today")
            await bot.logs("another program writes to the file. End it")
            assert answers(user) == 0
        await sees(user, BEYOND)
        assert answers(user) == 1


async def test_a_press_does_not_spin_while_another_program_holds_the_database(tmp_path: Path) -> None:
    async with TelegramApi() as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await greet(user)
        known = len(api.calls_of("answerCallbackQuery"))
        with held(tmp_path):
            press = await user.presses("Check a symptom")
            await press.answered()
            assert not press.text
        await sees(user, "What bothers you most?")
        assert len(api.calls_of("answerCallbackQuery")) == known + 1


async def test_a_database_without_room_is_told_and_outlasted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with TelegramApi() as api, talking(api, tmp_path) as service:
        user = api.user(7, "Maria", "en")
        await greet(user)
        writer = service._context.store._writer  # type: ignore[attr-defined]
        await writer.set(["max_page_count = 1"])
        await user.types("what is the weather today" + " " * 4000)
        async with asyncio.timeout(5):
            while "no space is left. Make room on the disk" not in caplog.text:  # noqa: ASYNC110 - the log tells nobody
                await asyncio.sleep(0.02)
        await writer.set(["max_page_count = 1000000"])
        await sees(user, BEYOND)
        assert answers(user) == 1


@pytest.mark.browser
@pytest.mark.long
async def test_what_is_said_on_the_page_while_the_disk_is_full_is_answered_once_there_is_room(
    browser: Browser, tmp_path: Path
) -> None:
    async with running(tmp_path) as bot, visiting(browser, bot.address) as page:
        await taps(page, "Start")
        with full(bot, tmp_path):
            await types(page, "what is the weather today")
            await expect(page.locator("#status")).to_contain_text("No connection. We try again.", timeout=PATIENCE)
        said = page.locator("#talk .said", has_text="what is the weather today")
        await expect(page.locator("#status")).not_to_contain_text("No connection", timeout=2 * PATIENCE)
        await expect(said).to_have_count(1)
        assert await bot.stop() == 0
    assert "bonewise.db: " in bot.said
    assert "Traceback" not in bot.said
