"""The page on a real port of 127.0.0.1."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn
from tests.channel.web.demo import Demo
from tests.channel.web.until import until

from bonewise.channel.web.server import make_app
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.words import PageWords


@dataclass
class Site:
    """A running page."""

    url: str
    demo: Demo
    transport: WebTransport

    def client(self, **headers: str) -> httpx.AsyncClient:
        """A browser without a page: it sends the headers that a browser would."""
        return httpx.AsyncClient(base_url=self.url, headers={"Origin": self.url, **headers}, timeout=10)

    @property
    def address(self) -> str:
        """The address of whoever spoke last."""
        return self.demo.received[-1].address


@asynccontextmanager
async def running(words: PageWords, demo: Demo | None = None, port: int = 0, **options: Any) -> AsyncIterator[Site]:
    """The page with the demo behind it; the same `demo` and `port` again is a restart."""
    demo = demo or Demo()
    transport = WebTransport(words)
    app = make_app(demo.service(transport), transport, **options)
    listening = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    serving = asyncio.create_task(server.serve([listening]))
    await until(lambda: server.started)
    try:
        yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", demo, transport)
    finally:
        transport.close()
        server.should_exit = True
        await serving
        listening.close()
