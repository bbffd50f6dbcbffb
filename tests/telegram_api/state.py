"""All that the local Bot API keeps of one bot."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.telegram_api.chats import Chats
from tests.telegram_api.queries import Queries
from tests.telegram_api.updates import Updates


class State:
    """Chats, updates, presses and settings of one bot."""

    def __init__(self, bot: dict[str, Any]) -> None:
        self.bot = bot
        self.chats = Chats()
        self.updates = Updates()
        self.queries = Queries()
        self.commands: dict[tuple[str, str], list[dict[str, Any]]] = {}  # (scope as JSON, language)
        self.descriptions: dict[tuple[str, str], str] = {}  # (setMyDescription | setMyShortDescription, language)
        self.inline: dict[str, dict[str, Any] | None] = {}  # the answer to each inline query, None while it waits
        self.inline_news = asyncio.Condition()
        self.menu_buttons: dict[int | None, dict[str, Any]] = {}  # chat id, None for all

    def tell_of_inline(self) -> None:
        """Let those who wait for the answer to an inline query look again."""
        self._telling = asyncio.ensure_future(self._tell())

    async def _tell(self) -> None:
        async with self.inline_news:
            self.inline_news.notify_all()
