"""Puts the parts together for one process: start, serve, drain, stop."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import signal
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import uvicorn
from telegram.error import InvalidToken

from bonewise.channel.telegram.bot import TelegramBot, make_bot
from bonewise.channel.telegram.polling import Poller
from bonewise.channel.telegram.setup import set_up
from bonewise.channel.telegram.transport import TelegramTransport
from bonewise.channel.web import server as web
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.words import PageWords
from bonewise.content import load_alarms, load_world
from bonewise.dialogue.event import Event, Text
from bonewise.dialogue.react import apology, react
from bonewise.dialogue.world import World
from bonewise.matching.alarm import AlarmBook
from bonewise.service.inbox import Dialogue
from bonewise.service.pace import TELEGRAM
from bonewise.service.service import Service, open_context
from bonewise.settings import Settings
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault

_log = logging.getLogger("bonewise")


class StartError(Exception):
    """The bot cannot start; the message says what to do."""


async def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises `StartError`, `StoreError` and what `load_world` raises."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    world, alarms = load_world(settings), load_alarms(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as opened:
        store = await SqliteStore.open(settings.data_dir / "bonewise.db")
        opened.push_async_callback(store.close)
        vault = _vault(settings)
        if settings.token is None:
            await _serve_page(settings, world, alarms, store, vault)
        else:
            await _serve_telegram(settings, world, alarms, store, vault)


def _vault(settings: Settings) -> Vault:
    if settings.key is None:
        return Vault.from_file(settings.data_dir / "key")
    return Vault(settings.key.get_secret_value())


def dialogue_of(world: World, alarms: AlarmBook) -> Dialogue:
    """What the service asks of the dialogue, bound to these flows, words and alarm patterns."""
    return Dialogue(
        understand=partial(_understand, alarms),
        react=partial(react, world),
        apology=lambda person: apology(world, person, datetime.now(UTC)),
        seed=lambda: secrets.randbits(63),
    )


def _understand(alarms: AlarmBook, event: Event) -> Event:
    """Mark what the alarm layer hears in a text."""
    if not isinstance(event, Text):
        return event
    heard = alarms.hear(event.text)
    return replace(event, alarm=heard.strength, alarm_kind=heard.kind, alarm_sign=heard.sign)


async def _serve_page(settings: Settings, world: World, alarms: AlarmBook, store: SqliteStore, vault: Vault) -> None:
    context = await open_context(store, vault, "page", time.time)
    transport = WebTransport(PageWords(world.catalog))

    async def forgotten(_channel: str, address: str) -> None:
        await transport.forgotten(address)

    service = Service(context, dialogue_of(world, alarms), {"web": transport}, {}, forgotten)
    page = web.Service(
        receive=partial(service.receive, channel="web"),
        history=partial(service.history, "web"),
        arrived=partial(service.arrived, "web"),
    )
    app = web.make_app(page, transport, hosts=settings.hosts)
    config = uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning", lifespan="on")
    server = _Server(config)
    await service.start()
    async with _stopping(lambda: _stop_page(server, transport)):
        await server.serve()
    await service.drain()


class _Server(uvicorn.Server):
    """uvicorn, with signals left to this process and the address told when it is open."""

    def install_signal_handlers(self) -> None:
        """Signals are handled by `serve`."""

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Tell the address as soon as the page can be opened."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            _log.warning("the chat page is open at http://%s:%s", host, port)


def _stop_page(server: uvicorn.Server, transport: WebTransport) -> None:
    transport.close()
    server.should_exit = True


async def _serve_telegram(
    settings: Settings, world: World, alarms: AlarmBook, store: SqliteStore, vault: Vault
) -> None:
    token = settings.token.get_secret_value() if settings.token else ""
    bot = make_bot(token, settings.api_base_url)
    poller: Poller | None = None
    async with AsyncExitStack() as opened:
        opened.push_async_callback(bot.shutdown)
        await _reach(bot)
        world = replace(world, bot_name=bot.username)
        context = await open_context(store, vault, token.partition(":")[0], time.time)
        transport = TelegramTransport(bot)
        service = Service(
            context, dialogue_of(world, alarms), {"telegram": transport}, {"telegram": TELEGRAM}, _nobody_to_tell
        )
        poller = Poller(bot, service, random.random)
        await service.start()
        await set_up(bot, world.catalog)
        _log.warning("the bot @%s is listening", bot.username)
        async with _stopping(poller.stop):
            await poller.run()
        await service.drain()


async def _reach(bot: TelegramBot) -> None:
    try:
        await bot.initialize()
    except InvalidToken as error:
        raise StartError(f"BOT_TOKEN: {error}") from None


async def _nobody_to_tell(_channel: str, _address: str) -> None:
    """A chat shows itself what was wiped."""


class _stopping:  # noqa: N801 - reads as what it does at its place
    """While it lasts, SIGTERM and SIGINT call `stop`; a second signal ends the process."""

    def __init__(self, stop: Callable[[], None]) -> None:
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
