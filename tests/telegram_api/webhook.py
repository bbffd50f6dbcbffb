"""Updates pushed to the bot's webhook: one in flight per queue, several queues at once, again until a 2xx.

Chat messages wait in a queue per chat, callback queries in one per person: so a message and a press by the same
person are not serialised, which is how Telegram's own server does it (tdlib/telegram-bot-api, Client.cpp).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from tests.telegram_api.updates import Pending, Queue, Updates

LONGEST_PAUSE = 60.0
TIMEOUT = 60.0

Answered = Callable[[str], Awaitable[None]]


class Webhook:
    """Delivers while a URL is set. `answered` gets the body of each 2xx answer, which may be a method call."""

    def __init__(self, updates: Updates, answered: Answered) -> None:
        self.url = ""
        self.secret: str | None = None
        self.connections = 40
        self.first_pause = 0.05  # seconds before the first retry; doubled each time
        self.last_error: tuple[int, str] | None = None
        self._updates = updates
        self._answered = answered
        self._workers: dict[Queue, asyncio.Task[None]] = {}
        self._gate = asyncio.Semaphore(self.connections)
        self._session: aiohttp.ClientSession | None = None

    async def set(self, url: str, secret: str | None, connections: int) -> None:
        """Push to this URL from now on; an empty one ends it."""
        await self.close()
        self.url, self.secret, self.connections, self.last_error = url, secret, connections, None
        self._gate = asyncio.Semaphore(connections)
        self._updates.pushed = bool(url)
        self.start()

    async def close(self) -> None:
        """Stop delivering."""
        for worker in self._workers.values():
            worker.cancel()
        await asyncio.gather(*self._workers.values(), return_exceptions=True)
        self._workers.clear()
        if self._session:
            await self._session.close()
            self._session = None

    def start(self) -> None:
        """Begin to deliver in every queue that has something and is idle."""
        if not self.url:
            return
        for queue in {waiting.queue for waiting in self._updates.pending}:
            if queue not in self._workers or self._workers[queue].done():
                self._workers[queue] = asyncio.create_task(self._drain(queue))

    def info(self) -> dict[str, Any]:
        """`getWebhookInfo`."""
        pending = len(self._updates.pending)
        info: dict[str, Any] = {"url": self.url, "has_custom_certificate": False, "pending_update_count": pending}
        if self.url:
            info |= {"max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        if self.last_error:
            info |= {"last_error_date": self.last_error[0], "last_error_message": self.last_error[1]}
        return info

    def _head(self, queue: Queue) -> Pending | None:
        self._updates.drop_stale()
        return next((waiting for waiting in self._updates.pending if waiting.queue == queue), None)

    async def _drain(self, queue: Queue) -> None:
        pause = self.first_pause
        while waiting := self._head(queue):
            async with self._gate:
                wanted = await self._deliver(waiting)
            if wanted is None:
                self._updates.done(waiting)
                pause = self.first_pause
            else:
                await asyncio.sleep(wanted or pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    async def _deliver(self, waiting: Pending) -> float | None:
        """None when it was taken, else the pause in seconds that the bot asked for (0: it named none)."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            async with self._client().post(self.url, json=waiting.update, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    await self._answered(await answer.text())
                    return None
                self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                return _retry_after(answer)
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed(f"Connection failed: {error or type(error).__name__}")
            return 0.0

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
        return self._session

    def _failed(self, why: str) -> None:
        self.last_error = (int(time.time()), why)


def _retry_after(answer: aiohttp.ClientResponse) -> float:
    with contextlib.suppress(ValueError):
        return min(float(answer.headers.get("Retry-After", "0")), 3600.0)
    return 0.0
