"""What the page may say, how often it counts, and what the stream brings back."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from tests.channel.web import scenes
from tests.channel.web.demo import Demo
from tests.channel.web.running import Site, running
from tests.channel.web.until import until

from bonewise.channel.web.words import PageWords
from bonewise.dialogue.event import Command, Opened, Press, Text

_ID = "0123456789abcdef"


async def _say(client: httpx.AsyncClient, path: str = "/say", **said: object) -> int:
    return (await client.post(path, json={"id": _ID} | said)).status_code


async def _listen(client: httpx.AsyncClient, after: str = "", **headers: str) -> list[dict[str, Any]]:
    """The rows of a stream up to "ready"."""
    rows: list[dict[str, Any]] = []
    async with client.stream("GET", f"/stream{after}", headers=headers) as answer:
        assert answer.status_code == 200
        async for line in answer.aiter_lines():
            if line == "event: ready":
                return rows
            if line.startswith("data: ") and "row" in line:
                rows.append(json.loads(line.removeprefix("data: ")))
    raise AssertionError("the stream ended")


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(site: Site) -> None:
    async with site.client() as client:
        cookie = (await client.get("/")).headers["set-cookie"].lower()
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "secure" not in cookie


async def test_over_https_the_cookie_is_secure(site: Site) -> None:
    async with site.client(**{"X-Forwarded-Proto": "https"}) as client:
        assert "; secure" in (await client.get("/")).headers["set-cookie"].lower()


async def test_who_comes_back_keeps_the_token(site: Site) -> None:
    async with site.client() as client:
        await client.get("/")
        first = client.cookies["bonewise"]
        await client.get("/")
        assert client.cookies["bonewise"] == first


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ({"text": " are my bones weak? "}, Text("are my bones weak?")),
        ({"text": "/Home"}, Command("home")),
        ({"text": "/start visit now"}, Command("start", "visit now")),
        ({"press": "a:s1:2:yes", "message": "7"}, Press("a:s1:2:yes", "7")),
        ({"press": "go:home"}, Press("go:home")),
        ({"command": "forget"}, Command("forget")),
        ({"start": "join-0a"}, Command("start", "join-0a")),
    ],
)
async def test_what_is_said_becomes_one_event(site: Site, said: dict[str, str], event: object) -> None:
    async with site.client() as client:
        await client.get("/")
        assert await _say(client, **said) == 202
    assert [one.event for one in site.demo.received] == [event]
    assert client.cookies["bonewise"][1:] not in site.address


async def test_the_zone_of_the_browser_comes_with_the_opening(site: Site) -> None:
    async with site.client() as client:
        await client.get("/")
        await _say(client, "/open", zone="Europe/Madrid")
        await client.post("/open", json={"id": "another-id", "zone": "../../etc/passwd"})
    assert site.demo.events(Opened) == [Opened("Europe/Madrid"), Opened(None)]


async def test_the_same_id_counts_once_and_two_people_may_have_the_same(site: Site) -> None:
    async with site.client() as one, site.client() as other:
        await one.get("/")
        await other.get("/")
        assert [await _say(c, text="hello") for c in (one, one, other)] == [202, 202, 202]
    assert len(site.demo.received) == 2
    assert len({received.key for received in site.demo.received}) == 2


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ("{}", 400),
        ("[]", 400),
        ("nonsense", 400),
        ("[" * 10_000, 400),
        (json.dumps({"id": "short", "text": "hello"}), 400),
        (json.dumps({"id": _ID, "text": " "}), 400),
        (json.dumps({"id": _ID, "text": 7}), 400),
        (json.dumps({"id": _ID, "text": "x" * 4001}), 400),
        (json.dumps({"id": _ID, "press": "x" * 65}), 400),
        (json.dumps({"id": _ID, "press": "é"}), 400),
        (json.dumps({"id": _ID, "command": "forget_now"}), 400),
        (json.dumps({"id": _ID, "text": "x" * 17_000}), 413),
    ],
)
async def test_what_is_not_a_thing_to_say_is_refused(site: Site, content: str, status: int) -> None:
    async with site.client() as client:
        await client.get("/")
        answer = await client.post("/say", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert site.demo.received == []


async def test_only_json_is_read(site: Site) -> None:
    async with site.client() as client:
        await client.get("/")
        answer = await client.post("/say", data={"id": _ID, "text": "hello"})
    assert answer.status_code == 415


async def test_halves_of_letters_and_nul_do_not_reach_the_service(site: Site) -> None:
    async with site.client() as client:
        await client.get("/")
        content = json.dumps({"id": _ID, "text": "a\ud800\0b"})
        await client.post("/say", content=content, headers={"Content-Type": "application/json"})
    assert site.demo.events(Text) == [Text("a?b")]


@pytest.mark.parametrize("path", ["/say", "/open", "/shared", "/leave"])
async def test_without_the_cookie_nothing_is_taken_in(site: Site, path: str) -> None:
    async with site.client() as client:
        assert (await client.post(path, json={"id": _ID, "text": "hello"})).status_code == 401
        assert (await client.get("/stream")).status_code == 401


async def test_a_fresh_page_gets_the_whole_talk_and_another_one_the_rest(site: Site) -> None:
    async with site.client() as client:
        await client.get("/")
        await _say(client, text="hello")
        await until(lambda: len(site.demo.rows) == 2)
        for row in site.demo.rows:
            row.sent = True
        assert [row["role"] for row in await _listen(client)] == ["said", "page"]
        assert [row["row"] for row in await _listen(client, "?after=1")] == [2]
        assert [row["row"] for row in await _listen(client, "?after=0", **{"Last-Event-ID": "1"})] == [2]
        assert len(await _listen(client, "?after=nonsense")) == 2


async def test_what_waited_while_no_page_was_open_comes_when_one_is(site: Site) -> None:
    async with site.client() as client:
        await client.get("/")
        await _say(client, text="hello")
        await until(lambda: len(site.demo.rows) == 2)
        assert not any(row.sent for row in site.demo.rows)
        await _listen(client)
        await until(lambda: all(row.sent for row in site.demo.rows))


async def test_nobody_hears_the_talk_of_another(site: Site) -> None:
    async with site.client() as one, site.client() as other:
        await one.get("/")
        await other.get("/")
        await _say(one, text="hello")
        await until(lambda: len(site.demo.rows) == 2)
        for row in site.demo.rows:
            row.sent = True
        assert await _listen(other) == []


async def test_the_page_speaks_the_language_of_the_browser(site: Site) -> None:
    async with site.client(**{"Accept-Language": "xx, es-MX;q=0.9, en;q=0.1"}) as client:
        page = (await client.get("/")).text
        await _say(client, text="hola")
    assert '<html lang="es"' in page
    assert site.demo.received[0].language == "es"


async def test_the_words_can_be_had_in_each_language(site: Site) -> None:
    async with site.client() as client:
        spanish, unknown = [(await client.get(f"/words/{tag}")).json() for tag in ("es", "xx")]
    assert (spanish["lang"], unknown["lang"]) == ("es", "en")
    assert spanish["send"] != unknown["send"]


async def test_closing_the_page_on_a_shared_computer_wipes(words: PageWords) -> None:
    async with running(words, grace=0.05) as site, site.client() as client:
        await client.get("/")
        answer = await client.post("/shared", json={"on": True})
        assert "max-age" not in answer.headers["set-cookie"].lower()
        await client.post("/leave", json={})
        await until(lambda: site.demo.received)
    assert site.demo.events(Command) == [Command("forget_now")]


async def test_a_reload_on_a_shared_computer_wipes_nothing(words: PageWords) -> None:
    async with running(words, grace=0.2) as site, site.client() as client:
        await client.get("/")
        await client.post("/shared", json={"on": True})
        await client.post("/leave", json={})
        await _listen(client)
        await asyncio.sleep(0.4)
    assert site.demo.received == []


async def test_a_stop_wipes_for_those_who_have_left(words: PageWords) -> None:
    async with running(words, grace=60) as site, site.client() as client:
        await client.get("/")
        await client.post("/shared", json={"on": True})
        await client.post("/leave", json={})
    assert site.demo.events(Command) == [Command("forget_now")]


async def test_closing_the_page_at_home_wipes_nothing(words: PageWords) -> None:
    async with running(words, grace=0.01) as site, site.client() as client:
        await client.get("/")
        await client.post("/leave", json={})
        await asyncio.sleep(0.1)
    assert site.demo.received == []


async def test_the_oldest_of_too_many_pages_rests(site: Site) -> None:
    async with site.client() as client, AsyncExitStack() as pages:
        await client.get("/")
        opened = [await pages.enter_async_context(client.stream("GET", "/stream")) for _ in range(5)]
        assert "event: rest" in [line async for line in opened[0].aiter_lines()]


async def test_a_restart_keeps_the_talk(words: PageWords) -> None:
    demo = Demo()
    async with running(words, demo) as site, site.client() as client:
        await client.get("/")
        cookies = client.cookies
        await _say(client, text="hello")
        await until(lambda: len(demo.rows) == 2)
    async with running(words, demo) as site, site.client() as client:
        client.cookies = cookies
        await _listen(client)
        await until(lambda: all(row.sent for row in demo.rows))
        assert (await _listen(client))[1]["html"].startswith("<")
    assert scenes.SHORT_ANSWER in [row.output for row in demo.rows]
