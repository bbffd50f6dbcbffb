"""A channel that keeps what it is asked to send, and fails as it is told."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass

from bonewise.dialogue.screen import Output, Screen


@dataclass(frozen=True)
class Sent:
    """One request: to whom, what, and which message it edits."""

    address: str
    text: str
    target: str | None
    row: int


class Channel:
    """Implements `service.transport.Transport`. `fails["text"]` are the errors of the next tries to send this text."""

    def __init__(self) -> None:
        self.tried: list[Sent] = []
        self.sent: list[Sent] = []
        self.fails: defaultdict[str, deque[Exception]] = defaultdict(deque)
        self.acknowledge_within: float | None = None
        self.acknowledged: list[tuple[str, str]] = []
        self.most_at_once = 0
        self.under_way = 0
        self._open = asyncio.Event()
        self._open.set()

    @property
    def texts(self) -> list[str]:
        """What arrived, in order."""
        return [one.text for one in self.sent]

    def texts_to(self, address: str) -> list[str]:
        """What arrived at one address, in order."""
        return [one.text for one in self.sent if one.address == address]

    def hold(self) -> None:
        """Let requests hang."""
        self._open.clear()

    def go_on(self) -> None:
        """Let the hanging requests arrive."""
        self._open.set()

    async def send(self, address: str, output: Output, target: str | None, row: int) -> str | None:
        """Keep it, unless it is to fail."""
        one = Sent(address, output.text if isinstance(output, Screen) else f"strip {output.slot}", target, row)
        self.tried.append(one)
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            await self._open.wait()
        finally:
            self.under_way -= 1
        if self.fails[one.text]:
            raise self.fails[one.text].popleft()
        self.sent.append(one)
        return target or f"m{row}"

    async def acknowledge(self, press: str, text: str) -> None:
        """Keep it."""
        self.acknowledged.append((press, text))

    async def waiting(self, _address: str) -> None:
        """Nothing is shown."""
