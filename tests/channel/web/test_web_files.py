"""A file is a button that loads it, for the visitor whom it was sent to and nobody else."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser
from tests.channel.web.demo import Demo
from tests.channel.web.running import running
from tests.channel.web.visiting import visit

from bonewise.channel.web.render import render
from bonewise.channel.web.server import make_app
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.words import PageWords
from bonewise.dialogue.screen import Attachment, Screen

CONTENT = "BEGIN:VCALENDAR\r\nSUMMARY:año\r\nEND:VCALENDAR\r\n"
SCREEN = Screen("Here it is", "en", file=Attachment("reminder.ics", CONTENT, "Add to calendar"))


def test_it_goes_out_as_a_lasting_button(words: PageWords) -> None:
    [button] = render(7, SCREEN, None, words)["buttons"]
    assert (button["label"], button["url"], button["download"]) == ("Add to calendar", "files/7", "reminder.ics")
    assert button["lasting"]


@pytest.mark.parametrize("path", ["/files/1", "/files/0", "/files/99999999999999", "/files/x", "/files/-1"])
async def test_without_a_visitor_or_a_file_there_is_none(words: PageWords, path: str) -> None:
    transport = WebTransport(words)
    app = make_app(Demo().service(transport), transport)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        assert (await client.get(path)).status_code in {401, 404}
        await client.get("/")  # brings the visitor's cookie
        assert (await client.get(path)).status_code == 404


@pytest.mark.browser
async def test_the_page_loads_it(browser: Browser, words: PageWords, tmp_path: Path) -> None:
    async with running(words) as site, visit(browser, site) as page:
        await site.demo.show(site.address, SCREEN)
        async with page.expect_download() as loading:
            await page.get_by_role("link", name="Add to calendar").click()
        loaded = await loading.value
        assert loaded.suggested_filename == "reminder.ics"
        await loaded.save_as(tmp_path / "loaded")
        assert (tmp_path / "loaded").read_bytes() == CONTENT.encode()


@pytest.mark.browser
async def test_another_visitor_gets_nothing(browser: Browser, words: PageWords) -> None:
    async with running(words) as site, visit(browser, site) as page:
        await site.demo.show(site.address, SCREEN)
        href = await page.get_by_role("link", name="Add to calendar").get_attribute("href")
        async with visit(browser, site) as other:
            answer = await other.request.get(f"{site.url}/{href}")
            assert answer.status == 404
