"""An operator's page with a picture, from the file to the reader, on each channel."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from tests.end_to_end.at_the_page import PATIENCE, WELCOME, taps, visiting
from tests.end_to_end.on_telegram import TOKEN, on_telegram
from tests.end_to_end.process import running
from tests.telegram_api import TelegramApi
from tests.telegram_talk import greet, says, sees

FILE = Path(__file__).parents[1] / "flows" / "pictures" / "two_systems.png"
HOME = "flow: home\nversion: 9\nkind: page\nsteps:\n  - {say: hello, picture: two.png, links: [learn]}\n"
WORDS = "en:\n  home:\n    hello:\n      text: What would you like to do?\n      picture: A bone\n"


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    flows, locales = tmp_path / "own" / "flows", tmp_path / "own" / "locales"
    for folder in (flows, locales / "own", tmp_path / "own" / "pictures"):
        folder.mkdir(parents=True)
    shutil.copy(FILE, tmp_path / "own" / "pictures" / "two.png")
    (flows / "home.yml").write_text(HOME, encoding="utf-8")
    for tag in ("en", "es"):
        (locales / "own" / f"{tag}.yml").write_text(WORDS.replace("en", tag, 1), encoding="utf-8")
    return {"flows_dir": str(flows), "locales_dir": str(locales)}


@pytest.mark.long
async def test_on_telegram_it_comes_as_a_photo_and_the_next_page_as_a_message(
    tmp_path: Path, own: dict[str, str]
) -> None:
    async with TelegramApi(TOKEN) as api, on_telegram(api, tmp_path, **own) as bot:
        user = api.user(7, "Maria", "en")
        await greet(user)
        shown = user.screen()
        assert (shown.kind, shown.file and shown.file.content) == ("photo", FILE.read_bytes())
        await says(user, "Read and learn", "What would you like to read?")
        assert user.screen().kind == "text"
        assert not shown.edited
        await user.types("/start go-home")
        await sees(user, "What would you like to do?")
        assert api.faults == []
        assert await bot.stop() == 0
    assert "Traceback" not in bot.said


@pytest.mark.long
@pytest.mark.browser
async def test_on_the_page_it_stands_in_the_message(browser: Browser, tmp_path: Path, own: dict[str, str]) -> None:
    async with running(tmp_path, **own) as bot, visiting(browser, bot.address) as page:
        await taps(page, *WELCOME)
        shown = page.get_by_role("img", name="A bone")
        await expect(shown).to_be_visible(timeout=PATIENCE)
        assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 8
