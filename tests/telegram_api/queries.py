"""Button presses that wait for an answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from tests.telegram_api.chats import Button, Message
from tests.telegram_api.errors import bad_call, bad_request

NOTICE_LIMIT = 200


@dataclass
class Press:
    """One press, and what the bot answered to it."""

    id: str
    button: Button
    message: Message
    text: str | None = None
    alert: bool = False
    update_id: int | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def answered(self, within: float = 5.0) -> Press:
        """Wait for the bot to answer it. Raises `TimeoutError` after `within` seconds."""
        await asyncio.wait_for(self.done.wait(), within)
        return self


class Queries:
    """The presses that can still be answered."""

    def __init__(self) -> None:
        self._open: dict[str, Press] = {}
        self._last = 7_000_000_000

    def open(self, button: Button, message: Message) -> Press:
        """Begin a press."""
        self._last += 1
        press = Press(str(self._last), button, message)
        self._open[press.id] = press
        return press

    def expire(self) -> None:
        """Make all presses too old to be answered."""
        self._open.clear()

    def answer(self, query_id: str, text: str | None, alert: bool) -> None:
        """`answerCallbackQuery`. Raises `ApiError` for a press that is unknown or too old."""
        if text is not None and len(text) > NOTICE_LIMIT:
            raise bad_call("MESSAGE_TOO_LONG")
        if query_id not in self._open:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        press = self._open[query_id]
        press.text, press.alert = text, alert
        press.done.set()
