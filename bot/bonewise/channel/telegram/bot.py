"""A python-telegram-bot `Bot` that keeps quiet about its token and about what people say."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from telegram import Bot
from telegram.error import InvalidToken

from bonewise.channel.telegram.request import AiohttpRequest

SERVER = "https://api.telegram.org"
UNKNOWN_BOT = (
    "Telegram does not know this bot's token (any more): copy the token from @BotFather (/mybots, API Token) into "
    "BOT_TOKEN and start again"
)
_SENDING = 64  # connections; Telegram takes about 30 messages a second
_SPARE = 10.0  # seconds that the answer to a long poll may be late


class TelegramBot(Bot):
    """The bot, which never shows its token and reads updates one by one, so that a strange one spoils no other."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}[…]"

    async def initialize(self) -> None:
        """Open the connections and ask who we are. Raises `InvalidToken` without the token, `NetworkError`."""
        try:
            await super().initialize()
        except InvalidToken:
            raise InvalidToken(UNKNOWN_BOT) from None

    async def raw_updates(self, offset: int | None, wait: int, kinds: Sequence[str]) -> list[dict[str, Any]]:
        """The updates from `offset` on as plain data, after at most `wait` seconds. Raises `TelegramError`.

        Asking for an offset confirms everything before it.
        """
        asked = {"offset": offset, "timeout": wait, "allowed_updates": kinds}
        updates: list[dict[str, Any]] = await self._post("getUpdates", asked, read_timeout=wait + _SPARE)
        return updates


def make_bot(token: str, base_url: str | None = None) -> TelegramBot:
    """A bot that is not initialized yet. `base_url` is the address of a Bot API server, without `/bot` and the token.

    Its proxy is taken from the environment (HTTPS_PROXY, NO_PROXY).
    """
    _hush()
    server = (base_url or SERVER).rstrip("/")
    proxy = _proxy(server)
    return TelegramBot(
        token,
        base_url=f"{server}/bot",
        base_file_url=f"{server}/file/bot",
        request=AiohttpRequest(_SENDING, proxy=proxy),
        get_updates_request=AiohttpRequest(1, proxy=proxy),
    )


def _proxy(server: str) -> str | None:
    address = urlsplit(server)
    return None if proxy_bypass(address.hostname or "") else getproxies().get(address.scheme)


def _hush() -> None:
    """Below INFO the library logs the address with the token in it, and every message in full."""
    logging.getLogger("telegram.Bot").addFilter(_not_debug)


def _not_debug(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.INFO
