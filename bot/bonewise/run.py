"""Puts the parts together for one process: start, serve, drain, stop."""

from __future__ import annotations

import asyncio
import logging
import random
import secrets
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from telegram.error import InvalidToken

from bonewise.channel.telegram.bot import TelegramBot, make_bot
from bonewise.channel.telegram.polling import Poller, reach
from bonewise.channel.telegram.setup import set_up
from bonewise.channel.telegram.transport import TelegramTransport
from bonewise.channel.web import server as web
from bonewise.channel.web.serving import PageServer, listen
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.words import PageWords
from bonewise.content import load_alarms, load_world, missing_texts
from bonewise.dialogue.event import Command, Event, Text
from bonewise.dialogue.react import apology, react
from bonewise.dialogue.world import World
from bonewise.matching.alarm import AlarmBook, Heard
from bonewise.service.inbox import Dialogue
from bonewise.service.pace import TELEGRAM
from bonewise.service.service import Service, open_context
from bonewise.settings import Settings
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault


class StartError(Exception):
    """The bot cannot start; the message says what to do."""


async def serve(settings: Settings, tell: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `tell` is told the address once people can come.

    Raises `StartError`, `StoreError` and what `load_world` raises.
    """
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    world, alarms = _world(settings), load_alarms(settings)
    _make_folder(settings.data_dir)
    async with AsyncExitStack() as opened:
        store = await SqliteStore.open(settings.data_dir / "bonewise.db")
        opened.push_async_callback(store.close)
        vault = _vault(settings)
        if settings.token is None:
            await _serve_page(settings, world, alarms, store, vault, tell)
        else:
            await _serve_telegram(settings, world, alarms, store, vault, tell)


def _world(settings: Settings) -> World:
    world = load_world(settings)
    if missing := list(missing_texts(world)):
        raise StartError("\n".join(missing))
    return world


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StartError(f"BOT_DATA_DIR: {folder} cannot be made ({why}); name a folder of this user") from None


def _vault(settings: Settings) -> Vault:
    if settings.key is not None:
        return Vault(settings.key.get_secret_value())
    file = settings.data_dir / "key"
    try:
        return Vault.from_file(file)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StartError(f"{file}: this key file cannot be read or made ({why}); check its rights") from None
    except ValueError as error:
        raise StartError(f"{file}: {error}; restore the key file from its backup") from None


def dialogue_of(world: World, alarms: AlarmBook) -> Dialogue:
    """What the service asks of the dialogue, bound to these flows, words and alarm patterns."""
    return Dialogue(
        understand=partial(understand, alarms),
        react=partial(react, world),
        apology=lambda person: apology(world, person, datetime.now(UTC)),
        seed=lambda: secrets.randbits(63),
    )


def understand(alarms: AlarmBook, event: Event) -> Event:
    """Mark what the alarm layer hears in a text; what follows a command and cannot wait is a text too."""
    if isinstance(event, Command) and event.argument:
        heard = alarms.hear(event.argument)
        return event if heard.strength != "hard" else _heard(Text(event.argument), heard)
    return _heard(event, alarms.hear(event.text)) if isinstance(event, Text) else event


def _heard(text: Text, heard: Heard) -> Text:
    return replace(text, alarm=heard.strength, alarm_kind=heard.kind, alarm_sign=heard.sign)


async def _serve_page(
    settings: Settings, world: World, alarms: AlarmBook, store: SqliteStore, vault: Vault, tell: Callable[[str], None]
) -> None:
    sockets = _listen(settings.host, settings.port)
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
    server = PageServer(web.make_app(page, transport, hosts=settings.hosts), tell)
    async with _stopping(lambda: _stop_page(server, transport)), _started(service):
        await server.serve(sockets)


def _listen(host: str, port: int) -> list[socket.socket]:
    try:
        return listen(host, port)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StartError(f"BOT_HOST, BOT_PORT: cannot listen at {host}:{port} ({why}); name another one") from None


def _stop_page(server: PageServer, transport: WebTransport) -> None:
    transport.close()
    server.should_exit = True


async def _serve_telegram(
    settings: Settings, world: World, alarms: AlarmBook, store: SqliteStore, vault: Vault, tell: Callable[[str], None]
) -> None:
    token = settings.token.get_secret_value() if settings.token else ""
    bot = make_bot(token, settings.api_base_url)
    async with AsyncExitStack() as opened:
        opened.push_async_callback(bot.shutdown)
        if not await _reached(bot):
            return
        world = replace(world, bot_name=bot.username)
        context = await open_context(store, vault, token.partition(":")[0], time.time)
        service = Service(
            context,
            dialogue_of(world, alarms),
            {"telegram": TelegramTransport(bot)},
            {"telegram": TELEGRAM},
            _nobody_to_tell,
        )
        poller = Poller(bot, service, random.random)
        async with _stopping(poller.stop), _started(service), _meanwhile(set_up(bot, world.catalog)):
            tell(f"https://t.me/{bot.username}")
            await poller.run()


async def _reached(bot: TelegramBot) -> bool:
    """Wait until Telegram has said who the bot is; False if the process was asked to stop before."""
    reaching = asyncio.ensure_future(reach(bot, random.random))
    async with _stopping(reaching.cancel):
        await asyncio.wait({reaching})
    if reaching.cancelled():
        return False
    try:
        reaching.result()
    except InvalidToken as error:
        raise StartError(f"BOT_TOKEN: {error}") from None
    return True


async def _nobody_to_tell(_channel: str, _address: str) -> None:
    """A chat shows itself what was wiped."""


@asynccontextmanager
async def _started(service: Service) -> AsyncIterator[None]:
    """While it lasts the service runs; at its end it drains."""
    await service.start()
    try:
        yield
    finally:
        await service.drain()


@asynccontextmanager
async def _meanwhile(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """While it lasts the work may go on; at its end it is broken off."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


class _stopping:  # noqa: N801 - reads as what it does at its place
    """While it lasts, SIGTERM and SIGINT call `stop`; a second signal ends the process."""

    def __init__(self, stop: Callable[[], object]) -> None:
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
