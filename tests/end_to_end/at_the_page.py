"""Somebody at the chat page of a running bot, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, expect

PATIENCE = 10_000  # ms
WELCOME = ("Start", "Yes, keep my answers", "Yes, 18 or older", "United Kingdom")
BIENVENIDA = ("Empezar", "Sí, guarden mis respuestas", "Sí, 18 años o más", "España")
WHO = ("Check a symptom", "Tingling, numb", "Me")
QUIEN = ("Revisar un síntoma", "Hormigueo", "De mí")


@asynccontextmanager
async def visiting(browser: Browser, address: str, **options: Any) -> AsyncIterator[Page]:
    """A new person with the page open. It fails if a script of the page failed."""
    context = await browser.new_context(**{"viewport": {"width": 390, "height": 800}, "locale": "en-GB"} | options)
    try:
        page = await open_tab(context, address)
        yield page
    finally:
        await context.close()
    assert page.troubles == []  # type: ignore[attr-defined]


async def open_tab(context: BrowserContext, address: str) -> Page:
    """One more tab of the same person."""
    page = await context.new_page()
    troubles: list[str] = []
    page.troubles = troubles  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: troubles.append(str(error)))
    await page.goto(address)
    return page


async def taps(page: Page, *labels: str) -> None:
    """Tap button after button, each where it stands last in the talk, as soon as it is there."""
    for label in labels:
        button = page.locator("#talk").get_by_role("button", name=label, exact=True).last
        await button.click(timeout=PATIENCE)
        await expect(button.and_(page.locator("[aria-disabled]"))).to_have_count(0, timeout=PATIENCE)


async def types(page: Page, text: str) -> None:
    """Type and send."""
    await page.fill("#typed", text)
    await page.press("#typed", "Enter")


async def reads(page: Page, text: str, within: float = PATIENCE) -> None:
    """The last message holds this text."""
    await expect(page.locator("#talk .message").last).to_contain_text(text, timeout=within)


async def talk_of(page: Page) -> list[str]:
    """The texts of the talk, in order."""
    return [" ".join(text.split()) for text in await page.locator("#talk .text").all_inner_texts()]
