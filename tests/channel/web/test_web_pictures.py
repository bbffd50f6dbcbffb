"""A page with a picture: from our own server, with the words for who cannot see it."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, expect
from tests.channel.web.demo import Demo
from tests.channel.web.running import running
from tests.channel.web.visiting import visit

from bonewise.channel.web.render import render
from bonewise.channel.web.server import make_app
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.words import PageWords
from bonewise.dialogue.screen import Screen

FILE = Path(__file__).parents[2] / "flows" / "pictures" / "two_systems.png"
SERVED = {"0a.png": "png", "0b.webp": "webp", "0c.jpg": "jpeg"}
IDS = (*SERVED, "gone.png")
WORDS = 'A "bone" <b> & a nerve'
PAGE = Screen("Two systems", "en", role="page", picture="0a.png", picture_words=WORDS)


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    files = {id: tmp_path / f"kept-{id}" for id in IDS}
    for id in SERVED:
        shutil.copy(FILE, files[id])
    return files


@pytest.fixture
def client(words: PageWords, pictures: dict[str, Path]) -> httpx.AsyncClient:
    transport = WebTransport(words)
    app = make_app(Demo().service(transport), transport, pictures=pictures)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


def test_a_picture_goes_out_with_its_words(words: PageWords) -> None:
    assert render(7, PAGE, None, words)["picture"] == {"src": "pictures/0a.png", "alt": WORDS}
    assert render(7, Screen("Hello", "en"), None, words)["picture"] is None


@pytest.mark.parametrize(("id", "kind"), SERVED.items())
async def test_a_picture_is_served_for_good_and_as_nothing_else(client: httpx.AsyncClient, id: str, kind: str) -> None:
    answer = await client.get(f"/pictures/{id}")
    assert (answer.status_code, answer.content) == (200, FILE.read_bytes())
    assert answer.headers["content-type"] == f"image/{kind}"
    assert "immutable" in answer.headers["cache-control"]
    assert "img-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("id", ["gone.png", "other.png", "..%2ftwo_systems.png", "../two_systems.png"])
async def test_nothing_else_is_served(client: httpx.AsyncClient, id: str) -> None:
    assert (await client.get(f"/pictures/{id}")).status_code == 404


@pytest.mark.browser
async def test_the_page_shows_it_and_reads_its_words(
    browser: Browser, words: PageWords, pictures: dict[str, Path]
) -> None:
    async with running(words, pictures=pictures) as site, visit(browser, site) as page:
        await site.demo.show(site.address, PAGE)
        shown = page.get_by_role("img", name=WORDS)
        await expect(shown).to_be_visible()
        assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 8
