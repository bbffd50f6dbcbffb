"""A process to which Telegram pushes the updates, with the chat page beside them."""

from __future__ import annotations

import random
from urllib.parse import urlsplit

from telegram.error import BadRequest

from bonewise.binding import cards_of, dialogue_of
from bonewise.channel.telegram.bot import TelegramBot
from bonewise.channel.telegram.errors import description
from bonewise.channel.telegram.inline import Inline
from bonewise.channel.telegram.polling import CHANNEL
from bonewise.channel.telegram.setup import set_up
from bonewise.channel.telegram.ways import ways
from bonewise.channel.telegram.webhook import Webhook, announce, secret_of
from bonewise.flow.load_pictures import pictures_of
from bonewise.process import Parts, StartError, meanwhile, started, stopping, until_stopped
from bonewise.run_page import CHANNEL as PAGE
from bonewise.run_page import Page
from bonewise.service.context import Context
from bonewise.service.orders import folder_of
from bonewise.service.pace import TELEGRAM
from bonewise.service.service import Service
from bonewise.service.transport import Transport


class Pushed:
    """It listens from the start, so that nobody is refused who comes a little early."""

    def __init__(self, parts: Parts, url: str) -> None:
        """Raises `StartError` if nobody can listen there."""
        self._url = url
        self._page = Page(parts)

    async def serve(self, parts: Parts, bot: TelegramBot, context: Context) -> None:
        """Serve until SIGTERM or SIGINT. Raises `InvalidToken` and `StartError`."""
        page = self._page
        transport, paid = ways(bot, pictures_of(parts.world.flows), parts.settings.paid_rate)
        transports: dict[str, Transport] = {CHANNEL: transport, PAGE: page.transport}
        dialogue = dialogue_of(parts.world, parts.alarms, parts.matcher)
        orders = folder_of(parts.settings.data_dir, context.bot)
        service = Service(context, dialogue, transports, {CHANNEL: TELEGRAM}, page.forgotten, orders, paid)
        own = parts.settings.webhook_secret
        secret = own.get_secret_value() if own is not None else secret_of(bot.token)
        inline = Inline(bot, cards_of(parts.world, parts.alarms, parts.matcher))
        webhook = Webhook(service, bot.username, secret, inline)
        server = page.server(service, [webhook.route(urlsplit(self._url).path)])
        async with started(service), meanwhile(set_up(bot, parts.world.catalog)):
            if await self._announced(bot, secret):
                parts.tell(bot.link)
                async with stopping(lambda: page.stop(server)):
                    await server.serve(page.sockets)
                await inline.end()

    async def _announced(self, bot: TelegramBot, secret: str) -> bool:
        try:
            return await until_stopped(announce(bot, self._url, secret, random.random))
        except BadRequest as error:
            raise StartError(f"BOT_WEBHOOK_URL: Telegram does not take this address: {description(error)}") from None
