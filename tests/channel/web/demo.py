"""A small service for the page's tests: it keeps what it is told in memory and answers from a short script."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.channel.web import scenes

from bonewise.channel.web.server import Service
from bonewise.channel.web.transport import WebTransport
from bonewise.dialogue.event import Command, Event, Opened, Press, Text
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output, Screen
from bonewise.service.transport import Unreachable


@dataclass
class Row:
    """An outbox row of the demo."""

    number: int
    address: str
    output: Output
    message: str | None
    sent: bool = False


@dataclass
class Demo:
    """Remembers everything, so it can be handed to a second server as a database would be."""

    rows: list[Row] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    slots: dict[tuple[str, str], str] = field(default_factory=dict)
    ticks: set[str] = field(default_factory=set)
    transport: WebTransport | None = None
    delay: float = 0.0  # seconds before an answer
    toast: str = ""

    def service(self, transport: WebTransport) -> Service:
        self.transport = transport
        return Service(self.receive, self.history, self.arrived)

    async def receive(self, batch: Sequence[Received]) -> None:
        for one in batch:
            if any(known.key == one.key for known in self.received):
                continue
            self.received.append(one)
            asyncio.get_running_loop().call_later(self.delay, self._answer, one)

    async def history(self, address: str, after: int) -> list[tuple[int, Output, str | None]]:
        kept = [row for row in self.rows if row.address == address and row.sent and row.number > after]
        return [(row.number, row.output, row.message) for row in kept]

    async def arrived(self, address: str) -> None:
        await self._send(address)

    async def show(self, address: str, *outputs: Output) -> None:
        """Say something that nobody asked for."""
        for output in outputs:
            self.add(address, output)
        await self._send(address)

    def events(self, kind: type[Event]) -> list[Event]:
        return [one.event for one in self.received if isinstance(one.event, kind)]

    def _answer(self, received: Received) -> None:
        said = [Screen(received.said, "und", role="said")] if received.said else []
        for output in [*said, *self._react(received)]:
            self.add(received.address, output)
        asyncio.get_running_loop().create_task(self._after(received))

    async def _after(self, received: Received) -> None:
        if self.transport and received.press:
            await self.transport.acknowledge(received.press, self.toast)
        await self._send(received.address)

    def _react(self, received: Received) -> list[Output]:
        match received.event:
            case Opened():
                known = any(row.address == received.address for row in self.rows)
                return [] if known else [scenes.HELLO]
            case Press(data) if data.startswith("t:"):
                self.ticks ^= {data}
                return [replace(scenes.many(self.ticks), replace="many")]
            case Press(data):
                return list(scenes.AFTER.get(data, (scenes.STALE,)))
            case Command("forget"):
                return [scenes.FORGET]
            case Text(text):
                return list(scenes.AFTER.get(text, (scenes.SHORT_ANSWER,)))
        return []

    def add(self, address: str, output: Output) -> None:
        """Put an output into the outbox; it is sent when somebody is there."""
        number = len(self.rows) + 1
        slot = output.slot if not isinstance(output, Screen) else output.replace
        target = self.slots.get((address, slot)) if slot else None
        if isinstance(output, Screen) and output.slot and target is None:
            self.slots[address, output.slot] = str(number)
        self.rows.append(Row(number, address, output, target))

    async def _send(self, address: str) -> None:
        assert self.transport is not None
        for row in [row for row in self.rows if row.address == address and not row.sent]:
            try:
                row.message = await self.transport.send(address, row.output, row.message, row.number)
                row.sent = True
            except Unreachable:
                return
