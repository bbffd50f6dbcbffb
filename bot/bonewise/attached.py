"""The bot while it lives in a host's application: started and stopped with it, and given its share of the updates."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, Self, TypeAlias

from telegram import Update
from telegram.ext import ApplicationHandlerStop, ExtBot, InvalidCallbackData, TypeHandler

from bonewise.attached_parts import AttachError, Host, Parts, Running, open_in
from bonewise.channel.telegram.polling import Poller, reach
from bonewise.channel.telegram.updates import KINDS
from bonewise.dialogue import data
from bonewise.process import StartError

FIRST = -1_000_000
"""The group of our handler with `receive="host"`; the host's groups have higher numbers."""

Hook: TypeAlias = Callable[[Host], Coroutine[Any, Any, None]]
_NOT_STARTED = (
    "Bonewise is attached but was not started: run the application with run_polling, run_webhook or Attached.run, or "
    "put `async with attached:` around the time that it runs; and set no post_init after attach"
)
_log = logging.getLogger(__name__)


class Attached:
    """The bot in its host. Made by `attach`."""

    def __init__(self, application: Host, parts: Parts, own: bool, allowed_updates: Sequence[str]) -> None:
        self._application = application
        self._parts = parts
        self._own = own
        self._kinds = sorted({*KINDS, *allowed_updates}) if allowed_updates else []
        self._life: AsyncExitStack | None = None
        self._running: Running | None = None
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
            try:
                async with AsyncExitStack() as opened:
                    self._running = await open_in(opened, self._application, self._parts)
                    self._life = opened.pop_all()
            except StartError as error:
                raise AttachError(str(error)) from None

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

    def _now(self) -> Running:
        if self._running is None:
            raise AttachError(_NOT_STARTED)
        return self._running

    async def _take(self, updates: Sequence[Mapping[str, Any]]) -> None:
        for update, theirs in zip(updates, await self._now().sharing.take(updates), strict=True):
            if theirs and not self._takes_inline(update):
                await self._hand_on(update)

    def _takes_inline(self, update: Mapping[str, Any]) -> bool:
        inline = self._now().inline
        return inline is not None and inline.takes(update)

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
        plain = _plain(update)
        theirs = await self._now().sharing.insist(plain)
        if not theirs or self._takes_inline(plain):
            raise ApplicationHandlerStop


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
