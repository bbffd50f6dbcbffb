"""Updates that Telegram pushes: each is answered with 200 only after it is committed.

Until then Telegram sends it again (https://core.telegram.org/bots/api#setwebhook), and `receive` recognises it by its
key. What a request says is never logged.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, InvalidToken

from bonewise.channel.telegram.inline import Inline
from bonewise.channel.telegram.polling import CHANNEL, Receiver, insist
from bonewise.channel.telegram.updates import KINDS, received
from bonewise.service.log import log_error
from bonewise.service.points import point

CONNECTIONS = 40  # at once; Telegram's own default
MOST_BYTES = 1024 * 1024
AGAIN = 2  # seconds until Telegram tries again; of its own it waits longer each time
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def secret_of(token: str) -> str:
    """The secret of a bot that was given none: the same at each start, and the token cannot be found from it."""
    return hmac.new(token.encode(), b"bonewise webhook", hashlib.sha256).hexdigest()


async def announce(bot: Bot, url: str, secret: str, jitter: Callable[[], float]) -> None:
    """Have updates pushed to `url`, however long Telegram cannot be reached.

    Raises `InvalidToken`, and `BadRequest` if Telegram does not take the address.
    """
    ask = partial(bot.set_webhook, url, allowed_updates=KINDS, secret_token=secret, max_connections=CONNECTIONS)
    await insist(ask, jitter, (InvalidToken, BadRequest))


class Webhook:
    """Takes updates in from whoever knows the secret. `username` is the bot's own; `inline` gets the queries."""

    def __init__(self, receiver: Receiver, username: str, secret: str, inline: Inline | None = None) -> None:
        self._inline = inline
        self._receiver = receiver
        self._username = username
        self._secret = secret.encode()

    def route(self, path: str) -> Route:
        """Where Telegram posts to."""
        return Route(path, self._take, methods=["POST"])

    async def _take(self, request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(_HEADER, "").encode(), self._secret):
            raise HTTPException(403)
        update = await _read(request)
        if self._inline is not None and self._inline.takes(update):
            return Response()
        try:
            event = received(update, self._username)
            if event is not None:
                await self._receiver.receive([event], CHANNEL)
        except Exception as error:
            log_error("webhook", error)
            return Response(status_code=503, headers={"Retry-After": str(AGAIN)})
        point("before_ack")
        return Response(background=BackgroundTask(_acknowledged))


async def _acknowledged() -> None:
    point("after_ack")


async def _read(request: Request) -> dict[str, Any]:
    """The update. Raises `HTTPException` 415, 413 or 400."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415)
    try:
        update = json.loads(await _body(request))
    except (ValueError, RecursionError, ClientDisconnect):
        raise HTTPException(400) from None
    if not isinstance(update, dict):
        raise HTTPException(400)
    return update


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    return bytes(body)
