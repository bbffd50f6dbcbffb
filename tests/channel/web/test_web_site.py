"""What is beside the page: whether the process lives and is ready, for whoever asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from tests.channel.web.demo import Demo

from bonewise.channel.web.server import make_app
from bonewise.channel.web.site import make_site
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.words import PageWords


async def hook(_request: Request) -> Response:
    return PlainTextResponse("hook")


@asynccontextmanager
async def asking(words: PageWords, *, ready: bool = True, host: str = "10.0.0.7") -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who asks for a site by this host."""

    async def is_ready() -> bool:
        return ready

    transport = WebTransport(words)
    page = make_app(Demo().service(transport), transport)
    site = make_site(page, is_ready, [Route("/hook", hook, methods=["POST"])])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url=f"http://{host}") as client:
        yield client


@pytest.mark.parametrize(("ready", "status"), [(True, 200), (False, 503)])
async def test_a_process_that_is_not_ready_still_lives(words: PageWords, ready: bool, status: int) -> None:
    async with asking(words, ready=ready) as client:
        assert [(await client.get(path)).status_code for path in ("/live", "/ready")] == [200, status]


async def test_a_probe_and_a_hook_need_no_name_of_the_page_but_the_page_does(words: PageWords) -> None:
    async with asking(words) as client:
        assert (await client.post("/hook")).text == "hook"
        assert (await client.get("/")).status_code == 421
    async with asking(words, host="localhost") as client:
        assert (await client.get("/")).status_code == 200


async def test_what_a_probe_hears_is_never_an_old_answer(words: PageWords) -> None:
    async with asking(words) as client:
        for path in ("/live", "/ready"):
            assert (await client.get(path)).headers["cache-control"] == "no-store"
