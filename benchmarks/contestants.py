"""Who takes part, and how their processes are started and looked at."""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.api import TOKEN, BotApi

BOTS = Path(__file__).parent / "bots"
OTHERS = Path(__file__).parents[1] / ".venv" / "bench" / "bin" / "python"
QUESTIONS = ("/start", "1", "1", "1")
PAGES = ("/check",) * 4
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = resource.getpagesize()


class Contestant(NamedTuple):
    """A bot: its name in the report, how it is started, what people write to it, and whether by webhook."""

    name: str
    python: Path
    arguments: Sequence[str]
    script: Sequence[str] = QUESTIONS
    pushed: bool = False


OURS = Contestant("**Bonewise**, answers to questions", Path(sys.executable), ("bonewise_bot.py", "run"))
SEQUENTIAL = Contestant("python-telegram-bot, echo", OTHERS, ("ptb_echo.py", "1"))
CONCURRENT = Contestant("python-telegram-bot, echo, concurrent_updates=16", OTHERS, ("ptb_echo.py", "16"))
ALL = (
    OURS,
    OURS._replace(name="**Bonewise**, the same by webhook", pushed=True),
    OURS._replace(name="**Bonewise**, a page for each text", script=PAGES),
    SEQUENTIAL,
    CONCURRENT,
    Contestant("aiogram, echo", OTHERS, ("aiogram_echo.py",)),
    Contestant("ConversationHandler + PicklePersistence, three questions", OTHERS, ("ptb_conversation.py",)),
    Contestant("aiogram-dialog, three questions", OTHERS, ("aiogram_questions.py",)),
)


class Running:
    """A bot's process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    def memory(self) -> int:
        """Bytes that it holds in memory now."""
        return int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]) * _PAGE

    def work(self) -> float:
        """Seconds of processor time that it has used."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


@asynccontextmanager
async def running(contestant: Contestant, api: BotApi) -> AsyncIterator[Running]:
    """The bot runs, with a data folder of its own on the disk of the temporary files."""
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            contestant.python,
            BOTS / contestant.arguments[0],
            *contestant.arguments[1:],
            env=_environment(folder, api) | (_webhook() if contestant.pushed else {}),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=None if os.environ.get("BENCH_SHOW") else asyncio.subprocess.DEVNULL,
        )
        try:
            yield Running(process)
        finally:
            process.kill()
            await process.wait()
            api.forget()


def _environment(folder: str, api: BotApi) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("BOT_", "BONEWISE_"))}
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_BASE_URL": api.base_url, "BOT_DATA_DIR": folder, "BOT_LOG_LEVEL": "ERROR"}
    return {**own, **settings, "NO_PROXY": "127.0.0.1"}


def _webhook() -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {"BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "BOT_PORT": str(port)}
