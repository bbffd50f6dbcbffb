"""What an error of the Bot API means for a message: `service.transport` has the classes.

Codes: https://core.telegram.org/bots/api#making-requests; descriptions: Telegram's own server, tdlib/telegram-bot-api.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bonewise.channel.telegram.bot import UNKNOWN_BOT
from bonewise.channel.telegram.request import ConnectError, RateLimitError
from bonewise.service.transport import Ambiguous, NotSent, Refused, SendError

TOKEN_PAUSE = 60.0  # seconds until a refused token is tried again
STARS_PAUSE = 60.0  # seconds until it is tried again whether there are Stars
_NO_STARS = "balance_too_low"  # https://core.telegram.org/api/errors
_log = logging.getLogger(__name__)
NO_STARS = (
    "the bot has too few Stars for a paid broadcast; tips and announcements wait: give it Stars, or take out "
    "BOT_PAID_RATE and start again"
)
_QUOTED = re.compile(r'"[^"]*"')
_HTTPX_NOT_SENT = {"ConnectError", "ConnectTimeout", "PoolTimeout"}


@contextlib.contextmanager
def filed(method: str) -> Iterator[None]:
    """Turn a `TelegramError` of this method into a `SendError`."""
    try:
        yield
    except TelegramError as error:
        raise send_error(method, error) from None


def send_error(method: str, error: TelegramError) -> SendError:
    """The class of an error. Its words hold the method, and Telegram's own description where there is one."""
    if isinstance(error, RateLimitError | RetryAfter):
        return NotSent(f"{method}: too many requests", retry_after=seconds(error), everyone=True)
    if isinstance(error, InvalidToken):
        _log.error("%s: %s", method, UNKNOWN_BOT)
        return NotSent(f"{method}: the token was refused", retry_after=TOKEN_PAUSE, everyone=True)
    if isinstance(error, Forbidden):
        return Refused(f"{method}: {description(error)}", gone=True)
    if isinstance(error, ChatMigrated):
        return Refused(f"{method}: the group has another id now")
    if isinstance(error, BadRequest) and _NO_STARS in error.message.lower():
        _log.error("%s: %s", method, NO_STARS)
        return NotSent(f"{method}: no Stars are left", retry_after=STARS_PAUSE, same_lane=True)
    if isinstance(error, BadRequest):
        _log.error("%s was refused: %s", method, description(error))
        return Refused(f"{method}: {description(error)}")
    if _surely_not_sent(error):
        return NotSent(f"{method}: no connection")
    return Ambiguous(f"{method}: {type(error).__name__}")


def description(error: TelegramError) -> str:
    """Telegram's own description, without what it quotes: that can be words of a person."""
    return _QUOTED.sub('"…"', error.message)


def seconds(error: RateLimitError | RetryAfter) -> float:
    """How long a 429 asks us to wait, whichever request class met it."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _surely_not_sent(error: TelegramError) -> bool:
    """Also of the library's own request class, which a host application may use."""
    if isinstance(error, ConnectError | Conflict):
        return True
    return isinstance(error, NetworkError) and type(error.__cause__).__name__ in _HTTPX_NOT_SENT
