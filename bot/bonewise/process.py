"""What every kind of process needs: its parts, its signals, and a service that drains when it stops."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
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


def make_data_folder(folder: Path, name: str) -> None:
    """Make the folder if it is not there; `name` is that of the setting. Raises `StartError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(f"{name}: {folder} cannot be made ({_why(error)}); name a folder of this user") from None


def open_vault(folder: Path, key: bytes | None) -> Vault:
    """The vault of this key, else of the key file in the data folder, which is made at the first start.

    Raises `StartError` and `SealBroken`.
    """
    file = folder / "key"
    try:
        return Vault(key) if key is not None else Vault.from_file(file)
    except OSError as error:
        raise StartError(f"{file}: this key file cannot be read or made ({_why(error)}); check its rights") from None
    except ValueError as error:
        raise StartError(f"key: {error}") from None


def known_vault(folder: Path, key: bytes | None) -> Vault | None:
    """The same, but None where there is no key yet. Raises `StartError` and `SealBroken`."""
    return open_vault(folder, key) if key is not None or (folder / "key").exists() else None


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


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
