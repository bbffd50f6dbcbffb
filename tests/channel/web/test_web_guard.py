"""Other sites, other names and other origins get nothing."""

from __future__ import annotations

import httpx
import pytest
from tests.channel.web.running import Site, running

from bonewise.channel.web.words import PageWords

_ID = {"id": "0123456789abcdef"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:80:80", ""])
async def test_a_host_that_is_not_ours_is_refused(site: Site, host: str) -> None:
    async with site.client(Host=host) as client:
        answer = await client.get("/")
    assert answer.status_code in {400, 421}
    assert "set-cookie" not in answer.headers


async def test_a_host_that_the_operator_named_is_served(words: PageWords) -> None:
    async with running(words, hosts=["chat.example"]) as site, site.client(Host="Chat.Example:443") as client:
        assert (await client.get("/")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
@pytest.mark.parametrize("path", ["/say", "/open", "/shared", "/leave"])
async def test_a_post_from_elsewhere_is_refused(site: Site, path: str, headers: dict[str, str]) -> None:
    async with site.client() as client:
        await client.get("/")
        answer = await client.post(path, json=_ID | {"text": "hello"}, headers=headers)
    assert answer.status_code == 403
    assert site.demo.received == []


async def test_a_post_that_does_not_say_where_it_is_from_is_refused(site: Site) -> None:
    async with httpx.AsyncClient(base_url=site.url) as client:
        await client.get("/")
        assert (await client.post("/say", json=_ID | {"text": "hello"})).status_code == 403


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_the_stream_is_refused_to_other_sites(site: Site, headers: dict[str, str]) -> None:
    async with site.client() as client:
        await client.get("/")
        assert (await client.get("/stream", headers=headers)).status_code == 403


@pytest.mark.parametrize("path", ["/", "/static/page.js", "/words/en", "/nothing-here"])
async def test_every_answer_carries_the_strict_headers(site: Site, path: str) -> None:
    async with site.client() as client:
        headers = (await client.get(path)).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
