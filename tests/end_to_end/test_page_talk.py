"""The whole way on the chat page: a real process, a real browser, and everything between them."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from tests.end_to_end.at_the_page import (
    BIENVENIDA,
    PATIENCE,
    QUIEN,
    WELCOME,
    WHO,
    reads,
    talk_of,
    taps,
    types,
    visiting,
)
from tests.end_to_end.process import running, started
from tests.telegram_talk import until_noon

pytestmark = pytest.mark.browser
PLAN = ("Plan my visit", "Me", "Doctor's visit", "Tomorrow", "09:00", "Skip for now", "Yes, remind me")
TALK = (
    "This is Bonewise",
    "May we keep your answers?",
    "Are you 18 or older?",
    "Which country are you in?",
    "What bothers you most?",
    "You said Tingling, numb",
    "Who is this about?",
    "You said Me",
    "About",
    "First, signs",
)
RESTART = 20_000  # ms until a page has come back after a restart


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


@pytest.mark.long
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
        await reads(page, "Who is this about?")
        before = await talk_of(page)
        await bot.kill()
        await page.locator("#talk").get_by_role("button", name="Me", exact=True).click()
        await expect(page.locator("#status")).to_contain_text("No connection", timeout=PATIENCE)
        async with running(tmp_path, port=bot.port):
            await reads(page, "First, signs", RESTART)
            await expect(page.locator("#status")).not_to_contain_text("No connection", timeout=PATIENCE)
            after = await talk_of(page)
            assert after[: len(before) - 1] == before[:-1]
            assert after == list(dict.fromkeys(after))
            await page.reload()
            await reads(page, "First, signs")
            assert await talk_of(page) == after


@pytest.mark.long
@pytest.mark.parametrize("point", ["written:9", "before_commit:4"])
async def test_wherever_it_is_killed_nothing_is_lost_or_doubled(point: str, browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path, bonewise_crash_at=point) as bot, visiting(browser, bot.address) as page:
        tapping = asyncio.create_task(taps(page, *WELCOME, *WHO))
        assert await bot.ended() == -signal.SIGKILL
        async with running(tmp_path, port=bot.port):
            await tapping
            await reads(page, "First, signs")
            live = await talk_of(page)
            await page.reload()
            await reads(page, "First, signs")
            assert await talk_of(page) == live
    assert [next((start for start in TALK if text.startswith(start)), text) for text in live] == list(TALK)


@pytest.mark.long
async def test_a_reminder_that_falls_due_while_the_page_is_closed_shows_on_return(
    browser: Browser, tmp_path: Path
) -> None:
    async with visiting(browser, "about:blank", timezone_id="Europe/London") as page:
        async with running(tmp_path) as bot:
            await page.goto(bot.address)
            await taps(page, *WELCOME, *PLAN)
            await reads(page, "Saved.")
            await page.goto("about:blank")
            assert await bot.stop() == 0
        async with running(tmp_path, ahead=until_noon(1), port=bot.port):
            await asyncio.sleep(0.5)
            await page.goto(bot.address)
            nudge = page.locator("#talk .nudge")
            await expect(nudge).to_contain_text("You asked us to remind you to make a call.")
            await taps(page, "Show me")
            await expect(nudge.last).to_contain_text("This is your plan")
            await taps(page, "Done", "I was seen")
            await reads(page, "You can come back at any time")


@pytest.mark.long
async def test_the_footer_changes_the_language_of_talk_and_page(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path) as bot, visiting(browser, bot.address) as page:
        await taps(page, *WELCOME)
        await types(page, "¿Qué es la osteoporosis?")
        await reads(page, "¿Prefiere leer en español?")
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await page.locator("footer").get_by_role("button", name="Language").click()
        await taps(page, "Español")
        await expect(page.locator("html")).to_have_attribute("lang", "es")
        await expect(page.locator("#help")).to_have_text("Necesito ayuda ya")
        await page.locator("footer").get_by_role("button", name="Privacidad").click()
        await expect(page.locator("#talk .page").last).to_contain_text("Guardamos")


async def test_the_footer_tells_what_is_kept_and_wipes_it(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path) as bot, visiting(browser, bot.address) as page:
        await taps(page, *WELCOME)
        await page.locator("footer").get_by_role("button", name="Privacy").click()
        await expect(page.locator("#talk .page").last).to_contain_text("We keep what you tap and type")
        await page.locator("footer").get_by_role("button", name="Wipe my answers").click()
        await taps(page, "Yes, go on", "Wipe it all")
        await reads(page, "It is wiped.")
        assert len(await talk_of(page)) == 1
        await page.reload()
        await types(page, "hello")
        await expect(page.locator("#talk")).to_contain_text("This is Bonewise")
        await expect(page.locator("#talk")).not_to_contain_text("United Kingdom")


async def test_a_spanish_browser_is_spoken_to_in_spanish_to_the_end(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path) as bot, visiting(browser, bot.address, locale="es-ES") as page:
        await taps(page, *BIENVENIDA)
        await reads(page, "¿Qué le gustaría hacer?")
        await taps(page, *QUIEN, "2 Respirar")
        await expect(page.locator("#talk .emergency.first")).to_contain_text("Busque ayuda de emergencia ahora mismo.")
        await expect(page.locator('#talk a[href="tel:112"]').last).to_be_visible()
        tongues = {await message.get_attribute("lang") for message in await page.locator("#talk .message").all()}
        assert tongues == {"es"}


@pytest.mark.long
async def test_a_closed_page_on_a_shared_computer_leaves_nothing(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        async with visiting(browser, bot.address) as page:
            await taps(page, *WELCOME)
            await page.locator("#shared").check()
            cookies = await page.context.cookies()
            await page.close(run_before_unload=True)
            assert await bot.stop() == 0
        async with running(tmp_path, port=bot.port) as again, visiting(browser, "about:blank") as page:
            await page.context.add_cookies(cookies)
            await page.goto(again.address)
            await reads(page, "This is Bonewise")
            wiped, _ = await talk_of(page)
            assert wiped.startswith("It is wiped.")


async def test_the_log_holds_no_word_of_the_talk_at_its_finest(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path, log_level="DEBUG") as bot, visiting(browser, bot.address) as page:
        await taps(page, *WELCOME)
        await types(page, "what is the weather today")
        await expect(page.locator("#talk")).to_contain_text("what is the weather today")
        await expect(page.locator("#talk")).to_contain_text("That may be beyond this guide.")
        [visitor] = [cookie["value"] for cookie in await page.context.cookies() if cookie["name"] == "bonewise"]
        assert await bot.stop() == 0
    assert "aiosqlite" in bot.said
    for private in ("weather", "This is Bonewise", "United Kingdom", "Yes, 18", visitor[1:]):
        assert private not in bot.said


@pytest.mark.long
async def test_another_key_stops_the_start(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path) as bot, visiting(browser, bot.address) as page:
        await reads(page, "This is Bonewise")
    async with started(tmp_path, key="07" * 32) as bot:
        assert await bot.ended() == 1
    assert bot.said.splitlines()[-1].endswith("another key-encryption key is set")
    assert "Traceback" not in bot.said
