"""A process on Telegram: it fetches the updates, or with BOT_WEBHOOK_URL they are pushed to it."""

from __future__ import annotations

import random
import time
from contextlib import AsyncExitStack
from dataclasses import replace
from urllib.parse import urlsplit

from pydantic import SecretStr
from telegram.error import BadRequest, InvalidToken

from bonewise.binding import dialogue_of
from bonewise.channel.telegram.bot import TelegramBot, make_bot
from bonewise.channel.telegram.errors import description
from bonewise.channel.telegram.polling import CHANNEL, Poller, reach
from bonewise.channel.telegram.setup import set_up
from bonewise.channel.telegram.transport import TelegramTransport
from bonewise.channel.telegram.webhook import Webhook, announce, secret_of
from bonewise.flow.load_pictures import pictures_of
from bonewise.process import Parts, StartError, meanwhile, started, stopping, until_stopped
from bonewise.run_page import CHANNEL as PAGE
from bonewise.run_page import Page
from bonewise.service.context import Context
from bonewise.service.pace import TELEGRAM
from bonewise.service.service import Service, open_context
from bonewise.service.transport import Transport


async def serve_telegram(parts: Parts, token: SecretStr) -> None:
    """Serve the bot of this token until SIGTERM or SIGINT. Raises `StartError` and `StoreError`."""
    secret = token.get_secret_value()
    bot, url = make_bot(secret, parts.settings.api_base_url), parts.settings.webhook_url
    page = Page(parts) if url is not None else None
    async with AsyncExitStack() as opened:
        opened.push_async_callback(bot.shutdown)
        try:
            if not await until_stopped(reach(bot, random.random)):
                return
            parts = replace(parts, world=replace(parts.world, bot_name=bot.username))
            context = await open_context(parts.store, parts.vault, secret.partition(":")[0], time.time)
            await (_fetch(parts, bot, context) if page is None else _be_told(parts, bot, context, page, url or ""))
        except InvalidToken as error:
            raise StartError(f"BOT_TOKEN: {error}") from None


async def _fetch(parts: Parts, bot: TelegramBot, context: Context) -> None:
    transports, paces = {CHANNEL: TelegramTransport(bot, pictures_of(parts.world.flows))}, {CHANNEL: TELEGRAM}
    service = Service(
        context, dialogue_of(parts.world, parts.alarms, parts.matcher), transports, paces, _nobody_to_tell
    )
    poller = Poller(bot, service, random.random)
    async with stopping(poller.stop), started(service), meanwhile(set_up(bot, parts.world.catalog)):
        parts.tell(_chat(bot))
        await poller.run()


async def _be_told(parts: Parts, bot: TelegramBot, context: Context, page: Page, url: str) -> None:
    transports: dict[str, Transport] = {
        CHANNEL: TelegramTransport(bot, pictures_of(parts.world.flows)),
        PAGE: page.transport,
    }
    dialogue = dialogue_of(parts.world, parts.alarms, parts.matcher)
    service = Service(context, dialogue, transports, {CHANNEL: TELEGRAM}, page.forgotten)
    secret = _secret(parts, bot)
    server = page.server(service, [Webhook(service, bot.username, secret).route(urlsplit(url).path)])
    async with started(service), meanwhile(set_up(bot, parts.world.catalog)):
        if await _announced(bot, url, secret):
            parts.tell(_chat(bot))
            async with stopping(lambda: page.stop(server)):
                await server.serve(page.sockets)


def _secret(parts: Parts, bot: TelegramBot) -> str:
    own = parts.settings.webhook_secret
    return own.get_secret_value() if own is not None else secret_of(bot.token)


async def _announced(bot: TelegramBot, url: str, secret: str) -> bool:
    try:
        return await until_stopped(announce(bot, url, secret, random.random))
    except BadRequest as error:
        raise StartError(f"BOT_WEBHOOK_URL: Telegram does not take this address: {description(error)}") from None


def _chat(bot: TelegramBot) -> str:
    return f"https://t.me/{bot.username}"


async def _nobody_to_tell(_channel: str, _address: str) -> None:
    """A chat shows itself what was wiped."""
