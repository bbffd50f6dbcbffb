"""Just enough of HTTP/1.1 to be no bottleneck: requests with a length, on connections that stay open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

Fields: TypeAlias = dict[str, Any]
Answer: TypeAlias = Callable[[bytes], None]
"""Takes the JSON of the answer, now or later."""

Call: TypeAlias = Callable[[str, Fields, Answer], None]
"""Takes the method, what was given, and where the answer goes."""


class Connection(asyncio.Protocol):
    """One client, which sends a request only after the answer to the last."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        self._transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """A part of a request is there, or all of it."""
        self._received += data
        head, separator, body = self._received.partition(b"\r\n\r\n")
        if not separator:
            return
        line, *headers = head.split(b"\r\n")
        named = {name.lower(): value.strip() for name, _, value in (header.partition(b":") for header in headers)}
        if len(body) < int(named.get(b"content-length", b"0")):
            return
        self._received = b""
        path = line.split(b" ")[1].decode()
        self._call(path.rpartition("/")[2].lower(), _fields(named.get(b"content-type", b""), body), self._answer)

    def _answer(self, content: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(content), content)
            )


def _fields(kind: bytes, body: bytes) -> Fields:
    if kind.startswith(b"application/json"):
        fields: Fields = json.loads(body)
        return fields
    return dict(parse_qsl(body.decode()))
