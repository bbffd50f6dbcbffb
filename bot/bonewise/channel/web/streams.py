"""The open pages: one queue for each, by the address of the person."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

from sse_starlette import ServerSentEvent

MOST_PER_PERSON = 4  # a browser keeps at most 6 connections to a host (HTTP/1.1), and the page needs one to speak
_WAITING = 256  # events; a page that is so far behind starts over from what is kept

Line: TypeAlias = "asyncio.Queue[ServerSentEvent | None]"
"""What is still to be written to one page; None ends it."""


class Streams:
    """Knows which pages are open, and hands events to all pages of a person."""

    def __init__(self) -> None:
        self._lines: dict[str, list[Line]] = {}

    @contextmanager
    def joined(self, address: str) -> Iterator[Line]:
        """A line for one page, for as long as the block lasts. The oldest page of too many is told to rest."""
        line: Line = asyncio.Queue(_WAITING)
        lines = self._lines.setdefault(address, [])
        lines.append(line)
        if len(lines) > MOST_PER_PERSON:
            _end(lines.pop(0), ServerSentEvent(event="rest", data="{}"))
        try:
            yield line
        finally:
            self._leave(address, line)

    def are_open(self, address: str) -> bool:
        """Whether this person has a page open."""
        return address in self._lines

    def push(self, address: str, event: ServerSentEvent) -> bool:
        """Hand an event to all pages of a person; False if none is open."""
        lines = self._lines.get(address, [])
        for line in lines:
            try:
                line.put_nowait(event)
            except asyncio.QueueFull:
                _end(line)
        return bool(lines)

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        for lines in self._lines.values():
            for line in lines:
                _end(line)

    def _leave(self, address: str, line: Line) -> None:
        lines = self._lines.get(address, [])
        if line in lines:
            lines.remove(line)
        if not lines:
            self._lines.pop(address, None)


def _end(line: Line, *last: ServerSentEvent) -> None:
    """End a page's stream at once; what it did not get it asks for when it comes back."""
    while not line.empty():
        line.get_nowait()
    for event in (*last, None):
        line.put_nowait(event)
