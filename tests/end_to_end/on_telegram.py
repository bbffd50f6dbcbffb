"""The bot as a process on the local Bot API, and somebody who gets to know it."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.end_to_end.process import START, Bot, running
from tests.telegram_api import Person, TelegramApi
from tests.telegram_talk import says, sees

AGAIN = "\n(again)"
TOKEN = "123456:a-token-for-the-local-bot-api"


@asynccontextmanager
async def on_telegram(api: TelegramApi, folder: Path, **settings: Any) -> AsyncIterator[Bot]:
    """A process that serves the bot of `api`, which must have been made with `TOKEN`."""
    async with running(folder, token=TOKEN, api_base_url=api.base_url, **settings) as bot:
        yield bot


@asynccontextmanager
async def on_webhook(api: TelegramApi, folder: Path, port: int, **settings: Any) -> AsyncIterator[Bot]:
    """The same, but updates are pushed to it at this port, where the page is too."""
    url = f"http://127.0.0.1:{port}/telegram"
    async with on_telegram(api, folder, webhook_url=url, **{"port": str(port)} | settings) as bot:
        await bot.until(lambda: len(bot.lines) == 2, START)
        yield bot


def sent(api: TelegramApi) -> Counter[str]:
    """How often each text went out as a new message, whether or not it was marked as one that may have come before."""
    texts = (call.params["text"] for call in api.calls_of("sendMessage") if call.error is None)
    return Counter(text.removesuffix(AGAIN) for text in texts)


def marked(api: TelegramApi) -> int:
    """How many new messages bear that mark."""
    return sum(call.params["text"].endswith(AGAIN) for call in api.calls_of("sendMessage") if call.error is None)


def free_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


GREETING = ("This is Bonewise", "May we keep", "Are you 18 or older?", "Which country", "What would you like to do?")


async def type_greeting(user: Person) -> None:
    """The same as `greet`, half of it typed: a press that counts twice changes nothing, a text does."""
    await user.types("hi")
    await sees(user, GREETING[0])
    await user.types("Start")
    await sees(user, GREETING[1])
    await says(user, "Yes, keep my answers", GREETING[2])
    await user.types("Yes, 18 or older")
    await sees(user, GREETING[3])
    await says(user, "United Kingdom", GREETING[4])


def beside_greeting(texts: Iterable[str]) -> set[str]:
    """The texts that nobody would have been sent who was greeted without trouble."""
    left = set(texts)
    for part in (*GREETING, "That's all we ask for now."):
        left.discard(next((text for text in sorted(left, key=len) if part in text), ""))
    return left
