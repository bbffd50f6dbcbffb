"""Updates on their way to the bot: one list, from which they are polled or pushed."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_api.errors import ApiError, bad_call

CALLBACK_LIFE = 150.0  # seconds that a callback query waits for a bot that is down
POLL_LIMIT = 100
POLL_TIMEOUT = 50  # seconds
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}

Queue = tuple[str, int]


@dataclass
class Pending:
    """An update that is not confirmed. It is delivered once more than `extra` says."""

    update: dict[str, Any]
    queue: Queue
    born: float = field(default_factory=time.monotonic)
    extra: int = 0

    @property
    def id(self) -> int:
        """The update's id."""
        return int(self.update["update_id"])


class Updates:
    """The updates that wait for the bot, oldest first."""

    def __init__(self) -> None:
        self.pending: list[Pending] = []
        self.allowed: list[str] = []
        self.pushed = False  # a webhook is set
        self.closed = False
        self.callback_life = CALLBACK_LIFE
        self.repeat = 0  # how many further times the next update is delivered
        self._held: list[Pending] | None = None
        self._next_id = 1000
        self._poll: object | None = None
        self._news = asyncio.Condition()
        self.on_new: Any = lambda: None  # called without arguments after an update was added

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind of update."""
        return kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT

    async def add(self, kind: str, content: dict[str, Any], queue: Queue) -> int | None:
        """Hand the bot an update; return its id, or None if the bot does not want this kind."""
        if not self.wants(kind):
            return None
        self._next_id += 1
        waiting = Pending({"update_id": self._next_id, kind: content}, queue, extra=self.repeat)
        self.repeat = 0
        await self._put([waiting])
        return waiting.id

    def hold(self) -> None:
        """Keep new updates back until `release`, so that they arrive in one batch."""
        self._held = []

    async def release(self) -> None:
        """Hand over everything that was held."""
        held, self._held = self._held or [], None
        await self._put(held)

    async def _put(self, updates: list[Pending]) -> None:
        if self._held is not None:
            self._held.extend(updates)
            return
        self.pending.extend(updates)
        await self.wake()
        self.on_new()

    async def wake(self) -> None:
        """Let a waiting poll look again."""
        async with self._news:
            self._news.notify_all()

    def drop_stale(self) -> None:
        """Forget button presses that waited too long."""
        oldest = time.monotonic() - self.callback_life
        self.pending = [p for p in self.pending if "callback_query" not in p.update or p.born >= oldest]

    def done(self, waiting: Pending) -> None:
        """An update was taken; a repeated one stays for its next delivery."""
        if waiting.extra > 0:
            waiting.extra -= 1
        elif waiting in self.pending:
            self.pending.remove(waiting)

    def drop_all(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()

    async def poll(self, arguments: dict[str, Any]) -> list[dict[str, Any]]:
        """`getUpdates`. Raises `ApiError` 409 for a second poller and while a webhook is set."""
        self._refuse_if_pushed()
        if "allowed_updates" in arguments:
            self.allowed = arguments["allowed_updates"]
        self._poll = mine = object()
        await self.wake()
        self._confirm(arguments.get("offset", 0))
        limit = _limit(arguments.get("limit", POLL_LIMIT))
        await self._wait(mine, min(max(arguments.get("timeout", 0), 0), POLL_TIMEOUT))
        self.drop_stale()
        return [waiting.update for waiting in self.pending[:limit]]

    def _refuse_if_pushed(self) -> None:
        if self.pushed:
            why = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise ApiError(409, f"Conflict: {why}")

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        for waiting in [waiting for waiting in self.pending if waiting.id < offset]:
            self.done(waiting)

    async def _wait(self, mine: object, seconds: float) -> None:
        def over() -> bool:
            return bool(self.pending) or self._poll is not mine or self.pushed or self.closed

        async with self._news:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait_for(over), seconds or 0.001)
        if self._poll is not mine:
            why = "terminated by other getUpdates request; make sure that only one bot instance is running"
            raise ApiError(409, f"Conflict: {why}")
        self._refuse_if_pushed()


def _limit(limit: int) -> int:
    if not 1 <= limit <= POLL_LIMIT:
        raise bad_call("getUpdates limit must be between 1 and 100")
    return limit
