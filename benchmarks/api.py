"""A local Bot API for load: it knows who wrote what, checks nothing, and tells when a reply was asked for."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from benchmarks.push import Pusher
from benchmarks.wire import Answer, Connection, Fields

TOKEN = "123456:" + "benchmark-token-benchmark-token"
MOST = 100  # updates of one getUpdates
_ME = {"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_TRUE = b'{"ok":true,"result":true}'
_NONE = b'{"ok":true,"result":[]}'

Replied: TypeAlias = Callable[[int, float], None]
"""Told the chat and the moment (time.perf_counter) at which a message to it was asked for."""


class BotApi:
    """The Bot API of one bot."""

    def __init__(self) -> None:
        self.replied: Replied = lambda _chat, _at: None
        self.calls = 0  # that are no getUpdates
        self.base_url = ""
        self._updates: deque[tuple[int, bytes]] = deque()
        self._numbers = 0
        self._pusher: Pusher | None = None
        self._poll: Answer | None = None
        self._timeout: asyncio.TimerHandle | None = None

    def say(self, chat: int, text: str) -> None:
        """Somebody writes a text to the bot."""
        self._numbers += 1
        update = _update(self._numbers, chat, text)
        if self._pusher is not None:
            self._pusher.push(update)
            return
        self._updates.append((self._numbers, update))
        if self._poll is not None and len(self._updates) == 1:
            asyncio.get_running_loop().call_soon(self._deliver)

    def forget(self) -> None:
        """The bot has ended, and what it did not take is dropped."""
        self._updates.clear()
        self._poll = self._pusher = None
        if self._timeout is not None:
            self._timeout.cancel()

    def call(self, method: str, fields: Fields, answer: Answer) -> None:
        """One call of the bot."""
        if method == "getupdates":
            self._wait(fields, answer)
            return
        self.calls += 1
        if method == "setwebhook":
            self._be_pushed(Pusher(fields["url"], fields["secret_token"]))
        if method == "sendmessage":
            self.replied(int(fields["chat_id"]), time.perf_counter())
        answer(self._result(method, fields))

    def _be_pushed(self, pusher: Pusher) -> None:
        self._pusher = pusher
        while self._updates:
            pusher.push(self._updates.popleft()[1])

    def _result(self, method: str, fields: Fields) -> bytes:
        if method == "getme":
            return _ok(_ME)
        if method == "getwebhookinfo":
            return _ok({"url": "", "has_custom_certificate": False, "pending_update_count": 0})
        if method in ("sendmessage", "editmessagetext", "editmessagereplymarkup"):
            self._numbers += 1
            return _ok(_message(int(fields.get("message_id", self._numbers)), int(fields["chat_id"]), "answer"))
        return _TRUE

    def _wait(self, fields: Fields, answer: Answer) -> None:
        while self._updates and self._updates[0][0] < int(fields.get("offset") or 0):
            self._updates.popleft()
        self._poll = answer
        if self._updates:
            self._deliver()
            return
        if self._timeout is not None:
            self._timeout.cancel()
        self._timeout = asyncio.get_running_loop().call_later(float(fields.get("timeout") or 0), self._deliver)

    def _deliver(self) -> None:
        answer, self._poll = self._poll, None
        if answer is None:
            return
        updates = [content for (_, content), _ in zip(self._updates, range(MOST), strict=False)]
        answer(b'{"ok":true,"result":[' + b",".join(updates) + b"]}" if updates else _NONE)


@asynccontextmanager
async def serving() -> AsyncIterator[BotApi]:
    """A Bot API that listens at its `base_url`."""
    api = BotApi()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(api.call), "127.0.0.1", 0)
    api.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield api
    finally:
        server.close()


def _ok(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def _message(number: int, chat: int, text: str) -> dict[str, Any]:
    where = {"id": chat, "type": "private", "first_name": "Ann"}
    return {"message_id": number, "date": int(time.time()), "chat": where, "text": text}


def _update(number: int, chat: int, text: str) -> bytes:
    sender = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    message = {**_message(number, chat, text), "from": sender}
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return json.dumps({"update_id": number, "message": message}).encode()
