"""What an open page hears: first all that it has not seen yet, then each message as it is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeAlias

from sse_starlette import ServerSentEvent

from bonewise.channel.web.transport import WebTransport
from bonewise.dialogue.screen import Output

PING = 15  # seconds; the page takes three silent pings for a broken line

History: TypeAlias = Callable[[str, int], Awaitable[Sequence[tuple[int, Output, str | None]]]]
"""(address, after) -> (outbox row, output, the channel's id of the message), in order, rows above `after` only."""

Arrived: TypeAlias = Callable[[str], Awaitable[None]]
"""Tells the sender that somebody is there now, so that what waited is sent."""


async def events(
    address: str, after: int, transport: WebTransport, history: History, arrived: Arrived
) -> AsyncIterator[ServerSentEvent]:
    """The events of one page. It joins before it reads what is kept, so nothing falls between the two.

    What was just handed to a page that is gone now may not be kept yet when this one reads, but is once `arrived`
    returns. A row that is sent meanwhile comes twice; the page knows rows by their number.
    """
    with transport.streams.joined(address) as line:
        for row, output, message in await history(address, after):
            after = row
            yield transport.event(row, output, message)
        yield ServerSentEvent(event="ready", data="{}")
        await arrived(address)
        for row, output, message in await history(address, after):
            yield transport.event(row, output, message)
        while (event := await line.get()) is not None:
            yield event


def ping() -> ServerSentEvent:
    """A sign of life that the page can hear (a comment it could not)."""
    return ServerSentEvent(event="ping", data="{}")


def read_after(header: str | None, query: str | None) -> int:
    """The last row that the page has seen; 0 for a fresh page. The browser's own header is the newer one."""
    value = header or query or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 18 else 0
