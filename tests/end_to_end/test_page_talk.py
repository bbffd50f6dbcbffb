"""The whole way on the chat page: a real process, a real browser, and everything between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from tests.browser import chromium
from tests.end_to_end.at_the_page import PATIENCE, WELCOME, WHO, reads, talk_of, taps, types, visiting
from tests.end_to_end.process import running

pytestmark = pytest.mark.browser
DAY = 86400
PLAN = ("Plan my visit", "Doctor's visit", "Tomorrow", "09:00", "Skip", "Yes, remind me")
RESTART = 20_000  # ms until a page has come back after a restart


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


async def test_the_way_from_hello_through_a_check_to_the_emergency_card(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path) as bot, visiting(browser, bot.address) as page:
        await taps(page, *WELCOME)
        await reads(page, "What would you like to do?")
        await taps(page, *WHO, "2 Breathing")
        await expect(page.locator("#talk .emergency.first")).to_contain_text("Get emergency help now.")
        await expect(page.locator('#talk a[href="tel:999"]').last).to_be_visible()
        assert await bot.stop() == 0


async def test_words_that_cannot_wait_win_before_the_first_question(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path) as bot, visiting(browser, bot.address) as page:
        await reads(page, "This is Bonewise")
        await types(page, "my face has dropped and I cannot speak properly")
        await expect(page.locator("#talk .emergency.first")).to_contain_text("Get emergency help now.")


async def test_a_planned_visit_is_still_there_after_a_reload(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path) as bot, visiting(browser, bot.address, timezone_id="Europe/London") as page:
        await taps(page, *WELCOME, *PLAN)
        await expect(page.locator("#talk")).to_contain_text("Saved.")
        before = await talk_of(page)
        await page.reload()
        await expect(page.locator("#talk")).to_contain_text("Saved.")
        assert await talk_of(page) == before
        assert before == list(dict.fromkeys(before))


async def test_the_talk_goes_on_after_the_process_was_killed(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path) as bot, visiting(browser, bot.address) as page:
        await taps(page, *WELCOME, *WHO[:2])
        before = await talk_of(page)
        await bot.kill()
        await page.locator("#talk").get_by_role("button", name="Me", exact=True).click()
        await expect(page.locator("#status")).to_contain_text("No connection", timeout=PATIENCE)
        async with running(tmp_path, port=bot.port):
            await reads(page, "four signs", RESTART)
            await expect(page.locator("#status")).not_to_contain_text("No connection", timeout=PATIENCE)
            after = await talk_of(page)
            assert after[: len(before) - 1] == before[:-1]
            assert after == list(dict.fromkeys(after))
            await page.reload()
            await reads(page, "four signs")
            assert await talk_of(page) == after


