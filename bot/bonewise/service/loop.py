"""A piece of work that is repeated: at once when it is woken, and anyway after a while."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bonewise.service.log import log_error

POLL = 1.0  # seconds; everything is woken at once by the commit that makes work, this is the safety net


class Loop:
    """Repeats `step`, which returns for how many seconds there is nothing to do; an error never ends it."""

    def __init__(self, name: str, step: Callable[[], Awaitable[float]]) -> None:
        self._name = name
        self._step = step
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There is work."""
        self._woken.set()

    def wake_in(self, seconds: float) -> None:
        """There will be work."""
        asyncio.get_running_loop().call_later(seconds, self._woken.set)

    def stop(self) -> None:
        """End after the step under way."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Repeat until `stop`."""
        while not self._stopping:
            self._woken.clear()
            pause = await self._guarded()
            if pause > 0 and not self._stopping:
                await self._sleep(pause)

    async def _guarded(self) -> float:
        try:
            return await self._step()
        except Exception as error:
            log_error(self._name, error)
            return POLL

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            pass


class Tasks:
    """Tasks under way, at most `most` of them; `free` is called whenever one ends."""

    def __init__(self, most: int, free: Callable[[], None]) -> None:
        self._most = most
        self._free = free
        self._running: set[asyncio.Task[None]] = set()

    def room(self) -> int:
        """How many more may start."""
        return self._most - len(self._running)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Start one."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def finish(self, seconds: float) -> None:
        """Wait until all have ended; cancel those that have not after so many seconds."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log_error("task", error)
        self._free()
