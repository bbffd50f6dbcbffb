"""`bonewise run` as an operator starts it: a process of its own, with a data folder of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
START = 15.0  # seconds until it must be open
STOP = 20.0  # seconds until it must have drained
_BONEWISE = ("-m", "bonewise", "run")
_AHEAD = ("-m", "tests.end_to_end.ahead")


@dataclass
class Bot:
    """A running bot: the address that it printed, and what it has said on stderr so far."""

    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    reading: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The address on its last line of stdout."""
        return self.lines[-1].split()[-1]

    @property
    def port(self) -> str:
        """The port of the chat page."""
        return self.address.rpartition(":")[2]

    @property
    def said(self) -> str:
        """All of stderr so far."""
        return "".join(self.log)

    async def opened(self) -> None:
        """Wait until it has printed its address. Fails with its stderr if it ends before."""
        await self.until(lambda: self.lines, START)

    async def logs(self, part: str, within: float = START) -> None:
        """Wait until this stands on stderr."""
        await self.until(lambda: part in self.said, within)

    async def until(self, holds: Any, within: float) -> None:
        """Wait until a condition holds, for as long as the process lives."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not holds() and self.process.returncode is None:  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(0.02)
        assert holds(), f"not within {within} s; exit {self.process.returncode}\n{self.said}"

    async def ended(self, within: float = STOP) -> int:
        """The exit code, once it has ended by itself. Raises `TimeoutError`."""
        code = await asyncio.wait_for(self.process.wait(), within)
        await asyncio.gather(*self.reading)
        return code

    async def stop(self) -> int:
        """Ask it to stop, as a service manager does, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def kill(self) -> None:
        """End it at once, wherever it is."""
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.ended()


@asynccontextmanager
async def started(
    folder: Path, *, ahead: float = 0, through: Sequence[str] = (), **settings: str
) -> AsyncIterator[Bot]:
    """A bot that was started a moment ago, with these settings (`port="0"` for BOT_PORT) and the rest at rest.

    Its clock is `ahead` by so many seconds; `through` is a command that starts it.
    """
    command: Sequence[str] = (*_AHEAD, str(ahead)) if ahead else _BONEWISE
    async with launched(command, folder, through=through, **settings) as bot:
        yield bot


@asynccontextmanager
async def launched(
    command: Sequence[str], folder: Path, *, through: Sequence[str] = (), **settings: str
) -> AsyncIterator[Bot]:
    """The same for any command of Python's."""
    process = await asyncio.create_subprocess_exec(
        *through,
        sys.executable,
        *command,
        env=environment(folder, **settings),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    bot = Bot(process)
    for stream, kept in ((process.stdout, bot.lines), (process.stderr, bot.log)):
        assert stream is not None
        bot.reading.append(asyncio.create_task(_read(stream, kept)))
    try:
        yield bot
    finally:
        await bot.kill()


@asynccontextmanager
async def running(folder: Path, **settings: Any) -> AsyncIterator[Bot]:
    """The same, once it is open."""
    async with started(folder, **settings) as bot:
        await bot.opened()
        yield bot


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment without the settings of whoever runs the tests."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("BOT_", "BONEWISE_"))}
    own = {"DATA_DIR": str(folder), "PORT": "0"} | {name.upper(): value for name, value in settings.items()}
    special = {name: own.pop(name) for name in list(own) if name.startswith("BONEWISE_")}
    return mine | {"NO_PROXY": "127.0.0.1"} | {f"BOT_{name}": value for name, value in own.items()} | special


async def _read(stream: asyncio.StreamReader, kept: list[str]) -> None:
    while line := await stream.readline():
        kept.append(line.decode())
