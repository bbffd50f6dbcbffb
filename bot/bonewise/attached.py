"""The bot while it lives in a host's application: started and stopped with it, and given its share of the updates."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeAlias

from telegram import Update
from telegram.ext import Application, ApplicationHandlerStop, ExtBot, InvalidCallbackData, TypeHandler

from bonewise.binding import dialogue_of
from bonewise.channel.telegram.bot import TelegramBot, make_bot
from bonewise.channel.telegram.hosted import Do, HostedTransport
from bonewise.channel.telegram.menu import add_commands
from bonewise.channel.telegram.polling import CHANNEL, Poller, reach
from bonewise.channel.telegram.sharing import Sharing
from bonewise.channel.telegram.updates import KINDS
from bonewise.channel.telegram.ways import ways
from bonewise.dialogue import data
from bonewise.dialogue.world import World
from bonewise.flow.load_pictures import pictures_of
from bonewise.matching.alarm import AlarmBook
from bonewise.matching.matcher import Matcher
from bonewise.service.orders import folder_of
from bonewise.service.pace import TELEGRAM
from bonewise.service.service import Service, open_context
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault

FIRST = -1_000_000
"""The group of our handler with `receive="host"`; the host's groups have higher numbers."""

Host: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Hook: TypeAlias = Callable[[Host], Coroutine[Any, Any, None]]
_NOT_STARTED = (
    "Bonewise is attached but was not started: run the application with run_polling, run_webhook or Attached.run, or "
    "put `async with attached:` around the time that it runs; and set no post_init after attach"
)
_log = logging.getLogger(__name__)


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


class Attached:
    """The bot in its host. Made by `attach`."""

    def __init__(self, application: Host, parts: Parts, own: bool, allowed_updates: Sequence[str]) -> None:
        self._application = application
        self._parts = parts
        self._own = own
        self._kinds = sorted({*KINDS, *allowed_updates}) if allowed_updates else []
        self._life: AsyncExitStack | None = None
        self._running: _Running | None = None
        self._poller: Poller | None = None
        self._serving: asyncio.Task[Any] | None = None
        self._ended = False

    def install(self) -> None:
        """Start and stop with the application, and see its updates first if it is the host that receives."""
        application = self._application
        application.post_init = self._after(application.post_init)
        application.post_stop = self._before(application.post_stop)
        application.post_shutdown = self._before(application.post_shutdown)
        if not self._own:
            application.add_handler(TypeHandler(Update, self._claim, block=True), FIRST)

    def _after(self, hosts: Hook | None) -> Hook:
        """Start when the host is ready, whose actions may need what it opens."""

        async def start(application: Host) -> None:
            if hosts is not None:
                await hosts(application)
            await self.start()

        return start

    def _before(self, hosts: Hook | None) -> Hook:
        """Stop while the host still has what its actions need; whatever happens, the host has its turn."""

        async def stop(application: Host) -> None:
            try:
                await self.stop()
            finally:
                if hosts is not None:
                    await hosts(application)

        return stop

    def link(self, flow: str) -> str:
        """The `callback_data` of a host's button that opens a flow. Raises `KeyError` if there is none of that id."""
        return self._parts.prefix + data.go(self._parts.world.flows.flows[flow].id)

    async def start(self) -> None:
        """Open the store, find out who the bot is, and begin to answer. Nothing if it runs already.

        Waits until Telegram answers. Raises `AttachError`, `StoreError` and `InvalidToken`.
        """
        if self._running is None:
            async with AsyncExitStack() as opened:
                self._running = await _open(opened, self._application, self._parts)
                self._life = opened.pop_all()

    async def stop(self) -> None:
        """Let what is under way end (20 seconds at most) and close the store. Nothing if it does not run.

        Raises `StoreError`.
        """
        life, self._life, self._running = self._life, None, None
        if life is not None:
            await life.aclose()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    async def take(self, update: Mapping[str, Any]) -> None:
        """One update as Telegram sends it, for a web server of the host's with `receive="own"`.

        When this returns, ours is committed or the host's is in its `update_queue`, and the update may be answered
        with 200. Raises `StoreError`: then it must not be.
        """
        await self._take([update])

    def run(self) -> None:
        """In place of `run_polling` with `receive="own"`: serve until SIGTERM or SIGINT."""
        asyncio.run(self._run())

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        signals = (signal.SIGTERM, signal.SIGINT)

        def once() -> None:
            for name in signals:
                loop.remove_signal_handler(name)
            self.end()

        for name in signals:
            loop.add_signal_handler(name, once)
        await self.serve()

    async def serve(self) -> None:
        """The same in a loop that is there already, until `end`. Raises what `start` raises."""
        if not self._own:
            raise AttachError('with receive="host" the host receives: use run_polling or run_webhook')
        self._serving, self._ended = asyncio.current_task(), False
        try:
            await self._serve(self._application)
        except asyncio.CancelledError:
            if not self._ended:
                raise
        finally:
            self._serving = self._poller = None

    async def _serve(self, application: Host) -> None:
        async with AsyncExitStack() as opened:
            opened.push_async_callback(_call, application, "post_shutdown")
            opened.push_async_callback(application.shutdown)
            await reach(application.bot, random.random)
            await application.initialize()
            await _call(application, "post_init")
            await application.start()
            opened.push_async_callback(_call, application, "post_stop")
            opened.push_async_callback(application.stop)
            running = self._now()
            self._poller = Poller(running.bot, running.service, random.random, kinds=self._kinds, take=self._take)
            await self._poller.run()

    def end(self) -> None:
        """Let `serve` end: what was fetched is still handed over, and what is under way gets its time."""
        self._ended = True
        if self._poller is not None:
            self._poller.stop()
        elif self._serving is not None:
            self._serving.cancel()

    def _now(self) -> _Running:
        if self._running is None:
            raise AttachError(_NOT_STARTED)
        return self._running

    async def _take(self, updates: Sequence[Mapping[str, Any]]) -> None:
        for update, theirs in zip(updates, await self._now().sharing.take(updates), strict=True):
            if theirs:
                await self._hand_on(update)

    async def _hand_on(self, update: Mapping[str, Any]) -> None:
        bot = self._application.bot
        try:
            handed = Update.de_json(dict(update), bot)
        except Exception as error:
            _log.error("update %s is of no known form (%s)", update.get("update_id"), type(error).__name__)
            return
        if isinstance(bot, ExtBot) and bot.callback_data_cache is not None:
            bot.insert_callback_data(handed)
        await self._application.update_queue.put(handed)

    async def _claim(self, update: Update, _context: object) -> None:
        """Commit an update of ours and keep it from the host's handlers. Raises `StoreError`."""
        theirs = await self._now().sharing.insist(_plain(update))
        if not theirs:
            raise ApplicationHandlerStop


@dataclass(frozen=True, slots=True)
class _Running:
    """What there is only while it runs."""

    bot: TelegramBot
    service: Service
    sharing: Sharing


async def _open(opened: AsyncExitStack, application: Host, parts: Parts) -> _Running:
    _make_folder(parts.data_dir)
    store = await SqliteStore.open(parts.data_dir / "bonewise.db")
    opened.push_async_callback(store.close)
    token: str = application.bot.token
    bot = make_bot(token, _server(application))
    opened.push_async_callback(bot.shutdown)
    await reach(bot, random.random)
    context = await open_context(store, _vault(parts), token.partition(":")[0], time.time)
    dialogue = dialogue_of(replace(parts.world, bot_name=bot.username), parts.alarms, parts.matcher)
    hosted = partial(HostedTransport, prefix=parts.prefix, actions=parts.actions)
    transport, paid = ways(bot, pictures_of(parts.world.flows), parts.paid_rate, hosted)
    orders = folder_of(parts.data_dir, context.bot)
    service = Service(context, dialogue, {CHANNEL: transport}, {CHANNEL: TELEGRAM}, _nobody_to_tell, orders, paid)
    await service.start()
    opened.push_async_callback(service.drain)
    opened.push_async_callback(_break_off, asyncio.create_task(add_commands(bot, parts.world.catalog, parts.prefix)))
    return _Running(bot, service, Sharing(context, service, bot.username, parts.prefix, dialogue.hear))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise AttachError(f"data_dir: {folder} cannot be made ({why}); name a folder of this user") from None


def _vault(parts: Parts) -> Vault:
    file = parts.data_dir / "key"
    try:
        return Vault(parts.key) if parts.key is not None else Vault.from_file(file)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise AttachError(f"{file}: this key file cannot be read or made ({why}); check its rights") from None
    except ValueError as error:
        raise AttachError(f"key: {error}") from None


def _server(application: Host) -> str:
    """The address of the host's Bot API server, as `make_bot` takes it."""
    ending, address = f"/bot{application.bot.token}", str(application.bot.base_url)
    if not address.endswith(ending):
        raise AttachError("base_url: it must end in /bot, where the token is added")
    return address.removesuffix(ending)


def _plain(update: Update) -> dict[str, Any]:
    """The update as Telegram sent it. What `arbitrary_callback_data` put into its place is no data of ours."""
    plain, query = update.to_dict(), update.callback_query
    if query is not None and not isinstance(query.data, str | None):
        raw = query.data.callback_data if isinstance(query.data, InvalidCallbackData) else None
        plain["callback_query"]["data"] = raw or ""
    return plain


async def _call(application: Host, hook: str) -> None:
    wanted: Hook | None = getattr(application, hook)
    if wanted is not None:
        await wanted(application)


async def _break_off(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


async def _nobody_to_tell(_channel: str, _address: str) -> None:
    """A chat shows itself what was wiped."""
