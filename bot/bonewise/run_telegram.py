"""A process on Telegram: it fetches the updates, or with BOT_WEBHOOK_URL they are pushed to it."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TypeAlias

from pydantic import SecretStr
from telegram.error import InvalidToken

from bonewise.binding import cards_of, dialogue_of
from bonewise.channel.telegram.bot import TelegramBot, make_bot
from bonewise.channel.telegram.inline import Inline
from bonewise.channel.telegram.polling import CHANNEL, Poller, reach
from bonewise.channel.telegram.setup import set_up
from bonewise.channel.telegram.ways import ways
from bonewise.flow.load_pictures import pictures_of
from bonewise.process import Parts, StartError, meanwhile, started, stopping, until_stopped
from bonewise.service.context import Context
from bonewise.service.orders import folder_of
from bonewise.service.pace import TELEGRAM
from bonewise.service.service import Service, open_context

_Serve: TypeAlias = Callable[[Parts, TelegramBot, Context], Awaitable[None]]


async def serve_telegram(parts: Parts, token: SecretStr) -> None:
    """Serve the bot of this token until SIGTERM or SIGINT. Raises `StartError` and `StoreError`."""
    secret = token.get_secret_value()
    bot = make_bot(secret, parts.settings.api_base_url)
    serve = _fetch if parts.settings.webhook_url is None else _pushed_to(parts, parts.settings.webhook_url)
    async with AsyncExitStack() as opened:
        opened.push_async_callback(bot.shutdown)
        try:
            if not await until_stopped(reach(bot, random.random)):
                return
            parts = replace(parts, world=replace(parts.world, bot_name=bot.username))
            context = await open_context(parts.store, parts.vault, parts.settings.bot, time.time)
            await serve(parts, bot, context)
        except InvalidToken as error:
            raise StartError(f"BOT_TOKEN: {error}") from None


def _pushed_to(parts: Parts, url: str) -> _Serve:
    from bonewise.run_webhook import Pushed  # who fetches does not wait for a web server to be imported

    return Pushed(parts, url).serve


async def _fetch(parts: Parts, bot: TelegramBot, context: Context) -> None:
    transport, paid = ways(bot, pictures_of(parts.world.flows), parts.settings.paid_rate)
    dialogue = dialogue_of(parts.world, parts.alarms, parts.matcher)
    orders = folder_of(parts.settings.data_dir, context.bot)
    service = Service(context, dialogue, {CHANNEL: transport}, {CHANNEL: TELEGRAM}, _nobody_to_tell, orders, paid)
    inline = Inline(bot, cards_of(parts.world, parts.alarms, parts.matcher))
    poller = Poller(bot, service, random.random, inline=inline)
    async with stopping(poller.stop), started(service), meanwhile(set_up(bot, parts.world.catalog)):
        parts.tell(bot.link)
        await poller.run()
        await inline.end()


async def _nobody_to_tell(_channel: str, _address: str) -> None:
    """A chat shows itself what was wiped."""
