"""What every kind of process needs: its parts, its signals, and a service that drains when it stops."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bonewise.dialogue.world import World
from bonewise.matching.alarm import AlarmBook
from bonewise.matching.matcher import Matcher
from bonewise.service.service import Service
from bonewise.settings import Settings
from bonewise.store.base import Store
from bonewise.store.vault import Vault


class StartError(Exception):
    """The bot cannot start; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a process is made of. `tell` is told an address once people can come to it."""

    settings: Settings
    world: World
    alarms: AlarmBook
    matcher: Matcher
    store: Store
    vault: Vault
    tell: Callable[[str], None]


@asynccontextmanager
async def started(service: Service) -> AsyncIterator[None]:
    """While it lasts the service runs; at its end it drains."""
    await service.start()
    try:
        yield
    finally:
        await service.drain()


@asynccontextmanager
async def meanwhile(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """While it lasts the work may go on; at its end it is broken off."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def until_stopped(work: Coroutine[Any, Any, None]) -> bool:
    """Do the work; False if the process was asked to stop before it was done. Raises what the work raises."""
    task = asyncio.ensure_future(work)
    async with stopping(task.cancel):
        await asyncio.wait({task})
    if task.cancelled():
        return False
    task.result()
    return True


class stopping:  # noqa: N801 - reads as what it does at its place
    """While it lasts, SIGTERM and SIGINT call `stop`; a second signal ends the process."""

    def __init__(self, stop: Callable[[], object]) -> None:
        self._stop = stop

    async def __aenter__(self) -> None:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self._once)

    async def __aexit__(self, *_error: object) -> None:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)

    def _once(self) -> None:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)
        self._stop()
