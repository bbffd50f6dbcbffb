"""What one page hears: all that was said, once it is surely kept, and then what comes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from sse_starlette import ServerSentEvent

from bonewise.channel.web.stream import events
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.words import PageWords
from bonewise.dialogue.screen import Output, Screen

Kept = list[tuple[int, Output, str | None]]


async def test_what_was_on_its_way_to_a_page_that_is_gone_comes_to_the_next_one(words: PageWords) -> None:
    transport, kept = WebTransport(words), Kept()
    kept.append((1, Screen("Hello", "en"), "1"))

    async def history(_address: str, after: int) -> Sequence[tuple[int, Output, str | None]]:
        return [row for row in kept if row[0] > after]

    async def arrived(address: str) -> None:
        kept.append((2, Screen("Here you are", "en"), "2"))
        await transport.send(address, Screen("And now", "en"), None, 3)

    stream = events("a", 0, transport, history, arrived)
    async with asyncio.timeout(5):
        heard = [_row(await anext(stream)) for _ in range(4)]
    await stream.aclose()  # type: ignore[attr-defined]
    assert heard == [1, None, 2, 3]


def _row(event: ServerSentEvent) -> int | None:
    """The number of a message; None for another event."""
    row: int | None = json.loads(event.data or "{}").get("row")
    return row
