"""Opens what the bot needs while it lives in a host's application."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from telegram.ext import Application

from bonewise.binding import cards_of, dialogue_of
from bonewise.channel.telegram.bot import TelegramBot, make_bot
from bonewise.channel.telegram.hosted import Do, HostedTransport
from bonewise.channel.telegram.inline import Inline
from bonewise.channel.telegram.menu import add_commands
from bonewise.channel.telegram.polling import CHANNEL, reach
from bonewise.channel.telegram.sharing import Sharing
from bonewise.channel.telegram.ways import ways
from bonewise.dialogue.world import World
from bonewise.flow.load_pictures import pictures_of
from bonewise.matching.alarm import AlarmBook
from bonewise.matching.matcher import Matcher
from bonewise.process import make_data_folder, open_vault
from bonewise.service.orders import folder_of
from bonewise.service.pace import TELEGRAM
from bonewise.service.service import Service, open_context
from bonewise.store.sqlite import SqliteStore

Host: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


class AttachError(Exception):
    """The bot cannot live in this application; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the bot is made of, before it runs."""

    world: World
    alarms: AlarmBook
    matcher: Matcher
    actions: Mapping[str, Do]
    data_dir: Path
    key: bytes | None
    prefix: str
    paid_rate: int | None
    inline: bool


@dataclass(frozen=True, slots=True)
class Running:
    """What there is only while it runs."""

    bot: TelegramBot
    service: Service
    sharing: Sharing
    inline: Inline | None


async def open_in(opened: AsyncExitStack, application: Host, parts: Parts) -> Running:
    """Open the store, find out who the bot is, and begin to answer; `opened` ends it all.

    Waits until Telegram answers. Raises `AttachError`, `StartError`, `StoreError` and `InvalidToken`.
    """
    make_data_folder(parts.data_dir, "data_dir")
    store = await SqliteStore.open(parts.data_dir / "bonewise.db")
    opened.push_async_callback(store.close)
    token: str = application.bot.token
    bot = make_bot(token, _server(application))
    opened.push_async_callback(bot.shutdown)
    await reach(bot, random.random)
    context = await open_context(store, open_vault(parts.data_dir, parts.key), token.partition(":")[0], time.time)
    world = replace(parts.world, bot_name=bot.username)
    dialogue = dialogue_of(world, parts.alarms, parts.matcher)
    hosted = partial(HostedTransport, prefix=parts.prefix, actions=parts.actions)
    transport, paid = ways(bot, pictures_of(parts.world.flows), parts.paid_rate, hosted)
    orders = folder_of(parts.data_dir, context.bot)
    service = Service(context, dialogue, {CHANNEL: transport}, {CHANNEL: TELEGRAM}, _nobody_to_tell, orders, paid)
    await service.start()
    opened.push_async_callback(service.drain)
    opened.push_async_callback(_break_off, asyncio.create_task(add_commands(bot, parts.world.catalog, parts.prefix)))
    inline = Inline(bot, cards_of(world, parts.alarms, parts.matcher), parts.prefix) if parts.inline else None
    if inline is not None:
        opened.push_async_callback(inline.end)
    return Running(bot, service, Sharing(context, service, bot.username, parts.prefix, dialogue.hear), inline)


def _server(application: Host) -> str:
    """The address of the host's Bot API server, as `make_bot` takes it."""
    ending, address = f"/bot{application.bot.token}", str(application.bot.base_url)
    if not address.endswith(ending):
        raise AttachError("base_url: it must end in /bot, where the token is added")
    return address.removesuffix(ending)


async def _break_off(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


async def _nobody_to_tell(_channel: str, _address: str) -> None:
    """A chat shows itself what was wiped."""
