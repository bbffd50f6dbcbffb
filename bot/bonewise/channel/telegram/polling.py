"""Long polling that confirms an update to Telegram only after it is committed.

Asking for a higher offset is what confirms (https://core.telegram.org/bots/api#getupdates). So a process that is
killed anywhere gets the updates again, and `receive` recognises them by their keys.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeAlias, TypeVar

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bonewise.channel.telegram.bot import UNKNOWN_BOT, TelegramBot
from bonewise.channel.telegram.errors import TOKEN_PAUSE, seconds
from bonewise.channel.telegram.inline import Inline
from bonewise.channel.telegram.request import ConnectError, RateLimitError
from bonewise.channel.telegram.updates import KINDS, received
from bonewise.dialogue.received import Received
from bonewise.service.log import log_error
from bonewise.service.points import point

CHANNEL = "telegram"
WAIT = 50  # seconds of one long poll; the most that Telegram grants
LONGEST_PAUSE = 60.0  # seconds between two tries
_log = logging.getLogger(__name__)
_OTHER_PROCESS = (
    "another process fetches this bot's updates, and Telegram serves only one: stop the other one, or give this one a "
    "bot of its own (@BotFather, /newbot)"
)
_WEBHOOK = "a webhook was set for this bot while it was polling: end the program that sets it, then start again"
T = TypeVar("T")

Take: TypeAlias = Callable[[Sequence[dict[str, Any]]], Awaitable[object]]
"""Takes updates in; they are confirmed once it returns."""


class Receiver(Protocol):
    """Where updates go."""

    async def receive(self, batch: Sequence[Received], channel: str) -> object:
        """Return once the batch is committed."""
        ...


async def reach(bot: Bot, jitter: Callable[[], float]) -> None:
    """Ask who the bot is, until Telegram answers. Raises `InvalidToken`."""
    await insist(bot.initialize, jitter, (InvalidToken,))


async def insist(
    ask: Callable[[], Awaitable[object]], jitter: Callable[[], float], final: tuple[type[TelegramError], ...]
) -> None:
    """Ask until Telegram answers. Raises an error only if it is one of the `final` ones."""
    failures = 0
    while True:
        try:
            await ask()
            return
        except final:
            raise
        except TelegramError as error:
            failures += 1
            await asyncio.sleep(_told(error, failures) * (1 + jitter() / 2))


class Poller:
    """Fetches updates. `jitter` gives numbers in [0, 1) that spread the tries of several processes."""

    def __init__(
        self,
        bot: TelegramBot,
        receiver: Receiver,
        jitter: Callable[[], float],
        *,
        wait: int = WAIT,
        kinds: Sequence[str] = KINDS,
        take: Take | None = None,
        inline: Inline | None = None,
    ) -> None:
        """`take` is what becomes of updates of these kinds; without it the receiver gets those that are for us, and
        `inline` the queries from other chats."""
        self.skipped = 0  # updates that are nothing for us
        self._kinds = kinds
        self._take = take or self._receive
        self._inline = inline
        self._bot = bot
        self._receiver = receiver
        self._jitter = jitter
        self._wait = wait
        self._offset: int | None = None
        self._unconfirmed = False
        self._opened = False
        self._failures = 0
        self._stopping = asyncio.Event()
        self._call: asyncio.Future[Any] | None = None

    async def run(self) -> None:
        """Fetch until `stop`; no error ends it. The bot is initialized first, if it is not yet."""
        while not self._stopping.is_set():
            try:
                await (self._round() if self._opened else self._open())
                self._recovered()
            except Exception as error:
                self._failures += 1
                await self._pause(_told(error, self._failures) * (1 + self._jitter() / 2))

    def _recovered(self) -> None:
        if self._failures:
            _log.info("updates come in again")
        self._failures = 0

    def stop(self) -> None:
        """Fetch nothing more; what was fetched is still handed over."""
        self._stopping.set()
        if self._call is not None:
            self._call.cancel()

    async def _round(self) -> None:
        if self._unconfirmed:
            point("before_ack")
        updates = await self._until_stopped(self._bot.raw_updates(self._offset, self._wait, self._kinds))
        if self._unconfirmed and updates is not None:
            self._unconfirmed = False
            point("after_ack")
        if updates:
            await self._hand_over(updates)

    async def _hand_over(self, updates: list[dict[str, Any]]) -> None:
        updates.sort(key=_id)
        await self._take(updates)
        self._offset = _id(updates[-1]) + 1
        self._unconfirmed = True

    async def _receive(self, updates: Sequence[dict[str, Any]]) -> None:
        updates = [update for update in updates if self._inline is None or not self._inline.takes(update)]
        batch = [event for update in updates if (event := received(update, self._bot.username)) is not None]
        if batch:
            await self._receiver.receive(batch, CHANNEL)
        self.skipped += len(updates) - len(batch)

    async def _open(self) -> None:
        self._opened = await self._until_stopped(self._ready()) is not None

    async def _ready(self) -> bool:
        await self._bot.initialize()
        if (await self._bot.get_webhook_info()).url:
            await self._bot.delete_webhook()
            _log.warning("a webhook was set for this bot; it is deleted, because this process polls")
        return True

    async def _until_stopped(self, call: Awaitable[T]) -> T | None:
        """The result of a call, or None if `stop` came first."""
        self._call = asyncio.ensure_future(call)
        try:
            await asyncio.wait({self._call})
        finally:
            self._call.cancel()
        return None if self._call.cancelled() else self._call.result()

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            pass


def _id(update: dict[str, Any]) -> int:
    return int(update["update_id"])


def _told(error: Exception, failures: int) -> float:
    """Log an error, and say for how many seconds to wait."""
    if isinstance(error, InvalidToken):
        _log.error("%s", UNKNOWN_BOT)
        return TOKEN_PAUSE
    if isinstance(error, Conflict):
        _log.error("%s", _WEBHOOK if "webhook" in error.message else _OTHER_PROCESS)
        return _doubled(5.0, failures)
    if isinstance(error, RateLimitError | RetryAfter):
        return seconds(error)
    if isinstance(error, TelegramError):
        why = error.message if isinstance(error, ConnectError) else type(error).__name__
        _log.warning("Telegram cannot be reached (%s); trying again", why)
    else:
        log_error("updates", error)
    return _doubled(1.0, failures)


def _doubled(first: float, failures: int) -> float:
    return min(LONGEST_PAUSE, first * 2.0 ** min(failures - 1, 10))
