"""Updates pushed to a webhook, over at most so many connections at once as Telegram opens of its own."""

from __future__ import annotations

import asyncio
from collections import deque
from urllib.parse import urlsplit

CONNECTIONS = 40
_OK = b"HTTP/1.1 200"
_tasks: set[asyncio.Task[None]] = set()


class Pusher:
    """Delivers to one address, over connections that stay open; what is not answered with 200 goes again."""

    def __init__(self, url: str, secret: str) -> None:
        address = urlsplit(url)
        self._where = (address.hostname, address.port)
        self._head = (
            f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: "
        ).encode()
        self._waiting: deque[bytes] = deque()
        self._idle: list[_Connection] = []
        self._open = 0

    def push(self, update: bytes) -> None:
        """Deliver an update as soon as a connection is free."""
        self._waiting.append(update)
        if not self._idle and self._open < CONNECTIONS:
            self._open += 1
            task = asyncio.ensure_future(self._connect())
            _tasks.add(task)
            task.add_done_callback(_tasks.discard)
        self._go_on()

    def free(self, connection: _Connection) -> None:
        """A connection has its answer."""
        self._idle.append(connection)
        self._go_on()

    def lost(self, connection: _Connection, unanswered: bytes | None) -> None:
        """A connection has ended."""
        self._open -= 1
        if connection in self._idle:
            self._idle.remove(connection)
        if unanswered is not None:
            self.push(unanswered)

    def _go_on(self) -> None:
        while self._idle and self._waiting:
            self._idle.pop().send(self._head, self._waiting.popleft())

    async def _connect(self) -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: _Connection(self), *self._where)
        except OSError:  # it does not listen yet
            self._open -= 1


class _Connection(asyncio.Protocol):
    def __init__(self, pusher: Pusher) -> None:
        self._pusher = pusher
        self._sent: bytes | None = None
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._pusher.free(self)

    def send(self, head: bytes, update: bytes) -> None:
        self._sent = update
        self._transport.write(head + b"%d\r\n\r\n" % len(update) + update)

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._received.endswith(b"\r\n\r\n"):  # the answer to an update has no body
            return
        if self._received.startswith(_OK):
            self._received, self._sent = b"", None
            self._pusher.free(self)
        else:
            self._transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        self._pusher.lost(self, self._sent)
