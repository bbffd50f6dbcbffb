"""A row that cannot be read any more: it costs that row, and nothing else."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import httpx
from tests.end_to_end.process import Bot, running


async def hears(client: httpx.AsyncClient, part: str) -> str:
    """All that the page hears up to this part."""
    heard = ""
    async with asyncio.timeout(8), client.stream("GET", "/stream") as stream:
        async for piece in stream.aiter_text():
            heard += piece
            if part in heard:
                return heard
    raise AssertionError(f"the stream ended before {part!r}: {heard}")


def browser(bot: Bot) -> httpx.AsyncClient:
    headers = {"Origin": bot.address, "Sec-Fetch-Site": "same-origin"}
    return httpx.AsyncClient(base_url=bot.address, headers=headers)


async def test_one_damaged_message_does_not_close_the_page(tmp_path: Path) -> None:
    async with running(tmp_path) as bot, browser(bot) as client:
        await client.get("/")
        await client.post("/open", json={"id": "0123456789", "zone": "UTC"})
        await hears(client, "This is Bonewise")
        await client.post("/say", json={"id": "0123456780", "text": "/privacy"})
        await hears(client, "We keep what you tap and type")
        cookies = client.cookies
        assert await bot.stop() == 0
    with sqlite3.connect(tmp_path / "bonewise.db") as database:
        database.execute("UPDATE outbox SET sealed = x'00' WHERE id = (SELECT min(id) FROM outbox)")
    database.close()
    async with running(tmp_path, port=bot.port) as again, browser(again) as client:
        client.cookies = cookies
        heard = await hears(client, "event: ready")
    assert "We keep what you tap and type" in heard
    assert "This is Bonewise" not in heard
    assert "Traceback" not in again.said
