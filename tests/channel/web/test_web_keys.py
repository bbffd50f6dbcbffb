"""The page for those who do not see it or do not use a pointer."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect
from tests.channel.web import scenes
from tests.channel.web.running import Site
from tests.channel.web.until import until
from tests.channel.web.visiting import press, visit

from bonewise.dialogue.event import Press, Text

pytestmark = pytest.mark.browser

_FOCUSED = "document.activeElement.closest('.message')?.dataset.message"


async def _tab_to(page: Page, label: str) -> None:
    """Go on by the tab key until the button with this text has the focus, with its ring in sight."""
    for _ in range(40):
        button = await page.evaluate(
            "document.activeElement.matches('button') ? document.activeElement.textContent : ''"
        )
        if label in button:
            ring = await page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert float(ring.removesuffix("px")) >= 3
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{label} cannot be reached by keys")


async def test_a_whole_check_by_keys_alone(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        for label, enter in (
            ("Start", "Enter"),
            ("Check a symptom", " "),
            ("2 Breathing", " "),
            ("2 Breathing", " "),
            ("None of these", "Enter"),
            ("Not sure", "Enter"),
        ):
            count = len(site.demo.received)
            await _tab_to(page, label)
            await page.keyboard.press(enter)
            await until(lambda before=count: len(site.demo.received) > before)
            await page.wait_for_timeout(150)
        assert [event.data for event in site.demo.events(Press)] == [
            "go:home",
            "go:check",
            "t:s1:1:2",
            "t:s1:1:2",
            "a:s1:1:none",
            "a:s1:2:unsure",
        ]


async def test_a_question_is_typed_and_sent_by_keys(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await page.focus("#typed")
        await page.keyboard.type("two")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("lines")
        await page.keyboard.press("Enter")
        await expect(page.locator(".newest")).to_contain_text("No, not directly")
        assert site.demo.events(Text) == [Text("two\nlines")]
        assert await page.evaluate(_FOCUSED) == str(len(site.demo.rows))


async def test_the_focus_goes_to_the_new_question(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        assert await page.evaluate(_FOCUSED) == "1"
        await press(page, "Start")
        await expect(page.locator(".newest")).to_contain_text("What would you like")
        newest = await page.locator(".newest").get_attribute("data-message")
        assert await page.evaluate(_FOCUSED) == newest


async def test_a_tick_keeps_the_focus_where_it_is(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await site.demo.show(site.address, scenes.many(()))
        await press(page, "3 Chest")
        await page.wait_for_selector('[aria-pressed="true"]')
        assert await page.evaluate("document.activeElement.textContent") == "Yes: 3 Chest"


async def test_nobody_is_torn_away_from_typing(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await page.focus("#typed")
        await page.keyboard.type("my feet are")
        await site.demo.show(site.address, scenes.NUDGE)
        await expect(page.locator(".newest")).to_contain_text("You asked us to remind you")
        assert await page.evaluate("document.activeElement.id") == "typed"


async def test_the_talk_is_a_polite_log_and_an_emergency_is_read_at_once(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        talk = page.get_by_role("log", name="Your talk with Bonewise")
        await expect(talk).to_have_attribute("aria-live", "polite")
        await page.click("#help")
        alert = talk.get_by_role("alert")
        await expect(alert).to_have_count(1)
        await expect(alert).to_contain_text("Get emergency help now.")
        assert await page.evaluate(_FOCUSED) == await alert.get_attribute("data-message")


async def test_an_old_emergency_is_not_read_again(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await page.click("#help")
        await page.get_by_role("alert").wait_for()
        await page.reload()
        await page.wait_for_selector(".emergency")
        await expect(page.locator("#talk")).to_have_attribute("aria-live", "polite")
        assert await page.get_by_role("alert").count() == 0


async def test_each_message_says_its_language_and_direction(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await site.demo.show(site.address, scenes.ARABIC)
        message = page.locator(".message:lang(ar)")
        await expect(message).to_have_attribute("dir", "rtl")
        assert await message.locator(".text").evaluate("e => getComputedStyle(e).textAlign") in {"start", "right"}
        key = message.locator("button").first
        left, right = await key.evaluate("element => measure.margins(element)")
        assert left > right


async def test_everything_has_a_name(browser: Browser, site: Site) -> None:
    async with visit(browser, site) as page:
        await expect(page.get_by_role("textbox", name="Type your question")).to_be_visible()
        for name in ("I need help now", "Send", "Text size: normal", "Language", "Privacy", "Wipe my answers"):
            await expect(page.get_by_role("button", name=name).first).to_be_visible()
        await expect(page.get_by_role("checkbox", name="This is a shared computer")).to_be_visible()


async def test_without_script_the_page_says_so_and_whom_to_call(browser: Browser, site: Site) -> None:
    context = await browser.new_context(java_script_enabled=False, locale="en")
    page = await context.new_page()
    await page.goto(site.url)
    await expect(page.locator(".note")).to_contain_text("112")
    await context.close()
