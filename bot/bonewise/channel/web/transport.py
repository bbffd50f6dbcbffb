"""The way from the outbox to the open pages."""

from __future__ import annotations

import json

from sse_starlette import ServerSentEvent

from bonewise.channel.web.render import render
from bonewise.channel.web.streams import Streams
from bonewise.channel.web.words import PageWords
from bonewise.dialogue.screen import Output
from bonewise.service.transport import Unreachable


class WebTransport:
    """Sends to all open pages of a person; implements `service.transport.Transport`.

    A message is known by the number of the outbox row that made it.
    """

    acknowledge_within = None  # the page says itself that an answer takes longer

    def __init__(self, words: PageWords) -> None:
        self.words = words
        self.streams = Streams()

    async def send(self, address: str, output: Output, target: str | None, row: int) -> str:
        """Push to the open pages and return the message's id. Raises `Unreachable` when no page is open."""
        if not self.streams.push(address, self.event(row, output, target)):
            raise Unreachable("no page is open")
        return target or str(row)

    async def acknowledge(self, press: str, text: str) -> None:
        """End the waiting sign of a press (`<address>/<id>`), with a short notice if there is one."""
        address, _, _ = press.partition("/")
        self.streams.push(address, ServerSentEvent(event="done", data=json.dumps({"text": text})))

    async def waiting(self, address: str) -> None:
        """Say that an answer takes longer."""
        self.streams.push(address, ServerSentEvent(event="waiting", data="{}"))

    async def forgotten(self, address: str) -> None:
        """Empty the open pages: what they show is no longer kept."""
        self.streams.push(address, ServerSentEvent(event="forgotten", data="{}"))

    def event(self, row: int, output: Output, message: str | None) -> ServerSentEvent:
        """One output as the page gets it, live or from what is kept."""
        return ServerSentEvent(id=str(row), data=json.dumps(render(row, output, message, self.words)))

    def close(self) -> None:
        """End all streams; to be called before the web server stops, which would wait for them."""
        self.streams.close()
