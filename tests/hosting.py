"""A python-telegram-bot application with handlers of its own and the bot beside them, against the local Bot API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CommandHandler, MessageHandler, TypeHandler, filters

from bonewise import Attached, attach
from tests.end_to_end.process import Bot, launched
from tests.telegram_api import TelegramApi

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "example_host.py"
MODES = ("own", "host")


@dataclass
class Host:
    """An application, what its handlers were given, and the bot in it."""

    application: Application[Any, Any, Any, Any, Any, Any]
    attached: Attached
    given: list[Update] = field(default_factory=list)

    def kinds(self) -> list[str]:
        """What kinds of updates its handlers were given."""
        return [next(kind for kind in update.to_dict() if kind != "update_id") for update in self.given]


def builder(api: TelegramApi, receive: str) -> Any:
    """A builder of an application at the local Bot API, that receives or not."""
    made = ApplicationBuilder().token(api.token).base_url(f"{api.base_url}/bot")
    return made if receive == "host" else made.updater(None)


def hosted(application: Any, folder: Path, **more: Any) -> Host:
    """A host that answers /start and every text, with the bot put into it."""
    more = {"prefix": "bw_", **more}
    host = Host(application, attach(application, data_dir=folder, **more))

    async def note(update: Update, _context: object) -> None:
        host.given.append(update)

    application.add_handler(TypeHandler(Update, note), group=-1)
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, _echo))
    return host


async def _start(update: Update, _context: object) -> None:
    await update.effective_chat.send_message("This is the host.")


async def _echo(update: Update, _context: object) -> None:
    await update.effective_chat.send_message(f"The host heard: {update.effective_message.text}")


@asynccontextmanager
async def serving(host: Host, receive: str) -> AsyncIterator[Host]:
    """It runs, with whoever receives the updates, and ends in order."""
    async with _receiving(host) if receive == "host" else _served(host):
        yield host


@asynccontextmanager
async def _served(host: Host) -> AsyncIterator[None]:
    task = asyncio.create_task(host.attached.serve())
    try:
        yield
    finally:
        host.attached.end()
        await asyncio.wait_for(task, 10)


@asynccontextmanager
async def _receiving(host: Host) -> AsyncIterator[None]:
    """What `run_polling` does, in this loop."""
    application = host.application
    async with application:
        await application.post_init(application)
        await application.updater.start_polling(timeout=1, allowed_updates=Update.ALL_TYPES)
        await application.start()
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()
            await application.post_stop(application)
    await application.post_shutdown(application)


@asynccontextmanager
async def example(api: TelegramApi, folder: Path, receive: str, **special: str) -> AsyncIterator[Bot]:
    """The example of docs/plugin.md as a process of its own."""
    command = (str(EXAMPLE), receive)
    async with launched(command, folder, token=api.token, api_base_url=api.base_url, **special) as bot:
        yield bot
