"""A computer that others use too: when its page is closed, all that was kept about the person is wiped.

A reload closes the page as well, so the wipe waits a moment for a return.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from bonewise.dialogue.event import Command
from bonewise.dialogue.received import Received

GRACE = 30.0  # seconds

Receive: TypeAlias = Callable[[Sequence[Received]], Awaitable[None]]
"""Takes events in; returns after they are committed."""

_log = logging.getLogger(__name__)


class Leaving:
    """The people who closed the page on a shared computer and may still come back."""

    def __init__(self, receive: Receive, is_there: Callable[[str], bool], grace: float = GRACE) -> None:
        self.receive = receive
        self.is_there = is_there  # another page of the same person keeps the talk
        self.grace = grace
        self._waiting: dict[str, asyncio.Task[None]] = {}

    def left(self, address: str) -> None:
        """The page was closed."""
        self.returned(address)
        self._waiting[address] = asyncio.create_task(self._wipe_later(address))

    def returned(self, address: str) -> None:
        """The page was opened again in time: nothing is wiped."""
        task = self._waiting.pop(address, None)
        if task:
            task.cancel()

    async def close(self) -> None:
        """Wipe for all who have left: after a stop nobody would."""
        for address in list(self._waiting):
            self.returned(address)
            await self._wipe(address)

    async def _wipe_later(self, address: str) -> None:
        await asyncio.sleep(self.grace)
        del self._waiting[address]
        if not self.is_there(address):
            await self._wipe(address)

    async def _wipe(self, address: str) -> None:
        event = Received(f"{address}:left:{secrets.token_hex(8)}", address, Command("forget_now"))
        try:
            await self.receive([event])
        except Exception:
            _log.exception("The wipe on a shared computer was not taken in; the person is not wiped")
