"""Makes docs/conversation.png: the bot is started, somebody talks to it on the page, and the page is photographed."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

HERE = Path(__file__).parent
TAPS = ("Start", "Yes, keep my answers", "Yes, 18 or older", "United Kingdom")
CHECK = ("Check a symptom", "Tingling, numb", "Me", "None")


async def main() -> None:
    """Start the bot on a free port, talk, take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "BOT_DATA_DIR": folder, "BOT_PORT": "0"}
        env.pop("BOT_TOKEN", None)
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bonewise", "run", env=env, stdout=asyncio.subprocess.PIPE
        )
        try:
            await _photograph(await _address(bot))
        finally:
            bot.terminate()
            await bot.wait()


async def _address(bot: asyncio.subprocess.Process) -> str:
    while bot.stdout and (line := await bot.stdout.readline()):
        found = re.search(rb"http://\S+", line)
        if found:
            return found[0].decode()
    raise SystemExit("the bot did not start")


async def _photograph(address: str) -> None:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = await browser.new_page(viewport={"width": 480, "height": 1000}, locale="en-GB")
        await page.goto(address)
        for label in (*TAPS, *CHECK):
            await _tap(page, label)
        await page.wait_for_timeout(500)
        await page.screenshot(path=sys.argv[1] if len(sys.argv) > 1 else HERE / "conversation.png")
        await browser.close()


async def _tap(page: Page, label: str) -> None:
    button = page.get_by_role("button", name=label, exact=True).last
    await button.wait_for()
    await button.click()
    await page.wait_for_timeout(400)


asyncio.run(main())
