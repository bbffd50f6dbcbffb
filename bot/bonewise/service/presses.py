"""Each press is acknowledged once: with the notice of its turn, or without one if the channel cannot wait for that.

Until then its button shows a waiting sign. Telegram takes one acknowledgement per press, so a later notice is lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TypeAlias

from bonewise.dialogue.received import Received
from bonewise.service.context import PATIENCE
from bonewise.service.loop import Tasks
from bonewise.service.transport import Transport

REMEMBERED = 10_000  # presses: one that the store could not take comes again, and is acknowledged already
AT_ONCE = 8

Pressed: TypeAlias = tuple[str, str]
"""Channel, and the id under which the press is to be acknowledged."""


class Presses:
    """The presses that wait to be acknowledged, and those that were."""

    def __init__(self, transports: Mapping[str, Transport]) -> None:
        self._transports = transports
        self._waiting: dict[Pressed, asyncio.TimerHandle] = {}
        self._acknowledged: dict[Pressed, None] = {}
        self._tasks = Tasks(AT_ONCE, lambda: None)

    def expect(self, received: Received, channel: str) -> None:
        """A turn will acknowledge this one; if it has not in time, it is done without a notice."""
        transport = self._transports.get(channel)
        if received.press is None or transport is None or transport.acknowledge_within is None:
            return
        pressed = (channel, received.press)
        if pressed not in self._waiting and pressed not in self._acknowledged:
            loop = asyncio.get_running_loop()
            self._waiting[pressed] = loop.call_later(transport.acknowledge_within, self._acknowledge, pressed, "")

    def acknowledge(self, received: Received, channel: str, notice: str = "") -> None:
        """Acknowledge it now, unless that was done."""
        if received.press is not None:
            self._acknowledge((channel, received.press), notice)

    async def finish(self) -> None:
        """Let acknowledgements under way end. What waits is left to the next process, which takes up the turn."""
        while self._waiting:
            self._waiting.popitem()[1].cancel()
        await self._tasks.finish(PATIENCE)

    def _acknowledge(self, pressed: Pressed, notice: str) -> None:
        if waiting := self._waiting.pop(pressed, None):
            waiting.cancel()
        channel, press = pressed
        transport = self._transports.get(channel)
        if transport is None or pressed in self._acknowledged:
            return
        self._acknowledged[pressed] = None
        if len(self._acknowledged) > REMEMBERED:
            del self._acknowledged[next(iter(self._acknowledged))]
        self._tasks.start(transport.acknowledge(press, notice))
