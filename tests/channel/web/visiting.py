"""Somebody at the page: a tab of a real browser, and what one can do in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page
from tests.channel.web import scenes
from tests.channel.web.running import Site

_MEASURES = Path(__file__).with_name("measures.js")


@asynccontextmanager
async def visit(browser: Browser, site: Site, **options: Any) -> AsyncIterator[Page]:
    """A new person with the page open, greeted. It fails when a script failed or the policy stopped something."""
    context = await browser.new_context(**{"viewport": {"width": 390, "height": 800}, "locale": "en"} | options)
    try:
        page = await open_tab(context, site)
        await page.wait_for_selector(".hello")
        yield page
    finally:
        await context.close()
    assert page.troubles == []  # type: ignore[attr-defined]


async def open_tab(context: BrowserContext, site: Site) -> Page:
    await context.add_init_script(path=_MEASURES)
    page = await context.new_page()
    troubles: list[str] = []
    page.troubles = troubles  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if "Security Policy" in said.text else None)
    await page.goto(site.url)
    return page


async def press(page: Page, label: str) -> None:
    """Press a button of the newest message."""
    await page.locator(".newest button", has_text=label).last.click()


async def type_in(page: Page, text: str) -> None:
    await page.fill("#typed", text)
    await page.press("#typed", "Enter")


async def talk_of(page: Page) -> list[str]:
    """The texts of the talk, in order."""
    return [" ".join(text.split()) for text in await page.locator("#talk .text").all_inner_texts()]


async def show_all(page: Page, site: Site) -> None:
    """Bring every kind of message onto the page, a question last."""
    await site.demo.show(site.address, *scenes.EMERGENCY, scenes.HOME, scenes.SHORT_ANSWER, scenes.ARABIC)
    await site.demo.show(site.address, *scenes.RESULT, scenes.NUDGE, scenes.STALE, scenes.SADDLE)
    await type_in(page, "go:check")
    await page.wait_for_selector(".newest [aria-pressed]")
    await press(page, "2 Breathing")
    await page.wait_for_selector('.newest [aria-pressed="true"]')
