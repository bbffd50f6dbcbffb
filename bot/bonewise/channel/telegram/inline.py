"""Inline mode: a question typed in any chat brings cards to share there.

https://core.telegram.org/bots/api#inline-mode

A query is neither written down nor logged. It comes with every few letters, so of one person only the newest counts,
and one that cannot be answered at once is let go: the app asks again with the next letter.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bonewise.channel.telegram.hosted import prefixed
from bonewise.channel.telegram.render import render
from bonewise.dialogue.cards import Card, Cards
from bonewise.service.log import log_error

KIND = "inline_query"
AT_ONCE = 32  # queries of different people
CACHED = 300  # seconds for which Telegram keeps the cards for the one who asked
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = logging.getLogger(__name__)

Answer: TypeAlias = Callable[[str, str | None], Awaitable[Cards]]
"""Makes the cards for a text and the language of the app."""


class Inline:
    """Answers inline queries beside everything else. `prefix` is that of a bot that is shared with a host."""

    def __init__(self, bot: Bot, answer: Answer, prefix: str = "") -> None:
        self._bot = bot
        self._answer = answer
        self._prefix = prefix
        self._running: dict[int, asyncio.Task[None]] = {}

    def takes(self, update: Mapping[str, Any]) -> bool:
        """Whether the update is an inline query; then it is answered from here on."""
        query = update.get(KIND)
        if query is None:
            return False
        try:
            person, arguments = int(query["from"]["id"]), (str(query["id"]), str(query["query"]))
            language = query["from"].get("language_code")
        except (KeyError, TypeError, ValueError, AttributeError):
            return True
        self._start(person, arguments, language)
        return True

    async def end(self) -> None:
        """Let go what is not answered yet."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _start(self, person: int, arguments: tuple[str, str], language: str | None) -> None:
        before = self._running.pop(person, None)
        if before is not None:
            before.cancel()
        if len(self._running) >= AT_ONCE:
            return
        task = asyncio.create_task(self._serve(*arguments, language))
        self._running[person] = task
        task.add_done_callback(lambda _: self._running.get(person) is task and self._running.pop(person))

    async def _serve(self, query: str, text: str, language: str | None) -> None:
        try:
            found = await self._answer(text, language)
            await self._bot.answer_inline_query(
                query,
                [self._article(card) for card in found.cards],
                cache_time=CACHED,
                is_personal=True,
                button=InlineQueryResultsButton(found.ask, start_parameter=self._prefix + found.start),
            )
        except TelegramError as error:
            _log.info("answerInlineQuery: %s", type(error).__name__)
        except Exception as error:
            log_error("inline query", error)

    def _article(self, card: Card) -> InlineQueryResultArticle:
        screen = prefixed(card.screen, self._prefix) if self._prefix else card.screen
        part = render(screen, private=False)[0]
        below = part.keyboard if isinstance(part.keyboard, InlineKeyboardMarkup) else None
        content = InputTextMessageContent(part.html, ParseMode.HTML, link_preview_options=_NO_PREVIEW)
        return InlineQueryResultArticle(
            card.id,
            card.title,
            content,
            reply_markup=below,
            description=card.description or None,
        )
