"""The way from the outbox to Telegram; implements `service.transport.Transport`."""

from __future__ import annotations

import asyncio
import html
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias, TypedDict, TypeVar

from telegram import Bot, LinkPreviewOptions, Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bonewise.channel.telegram.errors import description, filed
from bonewise.channel.telegram.render import LONGEST_CAPTION, Part, render
from bonewise.dialogue.screen import Output, Screen
from bonewise.service.transport import Ambiguous, NotSent, Refused

ACKNOWLEDGE_WITHIN = 1.0  # seconds; longer, and the turning wheel on the button looks like nothing happens
LONGEST_NOTICE = 200  # characters; https://core.telegram.org/bots/api#answercallbackquery
_log = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SAME = "message is not modified"
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
)

T = TypeVar("T")

_Arrived: TypeAlias = dict[int, int | None]
"""The message ids of the parts of one message that have arrived, by their numbers."""


class _Manner(TypedDict):
    disable_notification: bool | None
    allow_paid_broadcast: bool | None


class TelegramTransport:
    """Sends to private chats and groups. A message is known by its message id."""

    acknowledge_within = ACKNOWLEDGE_WITHIN

    def __init__(self, bot: Bot, pictures: Mapping[str, Path] = MappingProxyType({}), *, paid: bool = False) -> None:
        """`pictures` are the files of pictures by id. With `paid` new messages may go beyond 30 a second, for money."""
        self._bot = bot
        self._pictures = pictures
        self._paid = paid or None
        self._begun: dict[int, _Arrived] = {}

    async def send(self, address: str, output: Output, target: str | None, row: int) -> str | None:
        """Send, or edit the message `target` in place; return the id of the message that has the buttons.

        A message that cannot be edited any more is sent anew, but for an answered question, which stays as it is.
        What has a picture is sent anew too: Telegram turns no text into one, nor back. Of several parts those that
        arrived are not sent again when the rest is. Raises `SendError`.
        """
        if not isinstance(output, Screen):
            return await self._strip(int(address), target)
        if output.role == "said":
            return None
        chat = int(address)
        parts = _rendered(output, private=chat > 0 and target is None)
        arrived = self._begun.pop(row, {})
        try:
            message = await self._deliver(chat, parts, target, output, arrived)
        except (NotSent, Ambiguous, asyncio.CancelledError):
            if arrived:
                self._begun[row] = arrived
            raise
        return str(message) if message is not None else None

    async def acknowledge(self, press: str, text: str) -> None:
        """End the waiting sign of a pressed button. A press that is too old for it is let go."""
        try:
            await self._bot.answer_callback_query(press, text[:LONGEST_NOTICE] or None)
        except TelegramError as error:
            _log.info("answerCallbackQuery: %s", type(error).__name__)

    async def waiting(self, address: str) -> None:
        """Show the typing sign, which lasts 5 seconds."""
        try:
            await self._bot.send_chat_action(int(address), ChatAction.TYPING)
        except TelegramError as error:
            _log.info("sendChatAction: %s", type(error).__name__)

    async def _deliver(
        self, chat: int, parts: list[Part], target: str | None, screen: Screen, arrived: _Arrived
    ) -> int | None:
        if screen.picture is not None or screen.file is not None:
            return await self._attach(chat, parts, screen, arrived)
        message = await _once(arrived, 0, partial(self._place, chat, parts[0], target, screen))
        for number, part in enumerate(parts[1:], 1):
            message = await _once(arrived, number, partial(self._post, chat, part, screen))
        return message

    async def _place(self, chat: int, part: Part, target: str | None, screen: Screen) -> int | None:
        if target is None:
            return await self._post(chat, part, screen)
        if await self._edit(chat, part, int(target)):
            return int(target)
        return None if screen.role == "answered" else await self._post(chat, part, screen)

    async def _post(self, chat: int, part: Part, screen: Screen) -> int:
        with filed("sendMessage"):
            write = partial(self._bot.send_message, chat, **self._manner(screen))
            message = await _written("sendMessage", write, part)
        return message.message_id

    async def _attach(self, chat: int, parts: list[Part], screen: Screen, arrived: _Arrived) -> int | None:
        """Post the picture or file with the text below it, or before the text if that is too long."""
        below = parts[0] if len(parts) == 1 and parts[0].is_caption else None
        write = self._post_picture if screen.file is None else self._post_file
        message = await _once(arrived, 0, partial(write, chat, below or _words_of_picture(screen), screen))
        for number, part in enumerate(parts if below is None or message is None else (), 1):
            message = await _once(arrived, number, partial(self._post, chat, part, screen))
        return message

    async def _post_picture(self, chat: int, below: Part, screen: Screen) -> int | None:
        """Post the picture with these words below it; None if that cannot be, so that at least the words are sent."""
        write = partial(self._bot.send_photo, chat, filename=screen.picture, **self._manner(screen))
        try:
            content = await asyncio.to_thread(self._pictures[screen.picture or ""].read_bytes)
        except (KeyError, OSError) as error:
            _log.error("picture %s cannot be read (%s): sent without it", screen.picture, type(error).__name__)
            return None
        return await _posted("sendPhoto", partial(write, content), below)

    async def _post_file(self, chat: int, below: Part, screen: Screen) -> int | None:
        """The same with the file."""
        if screen.file is None:
            return None
        content, name = screen.file.content.encode(), screen.file.name
        write = partial(self._bot.send_document, chat, content, filename=name, **self._manner(screen))
        return await _posted("sendDocument", write, below)

    def _manner(self, screen: Screen) -> _Manner:
        return {"disable_notification": screen.silent or None, "allow_paid_broadcast": self._paid}

    async def _edit(self, chat: int, part: Part, target: int) -> bool:
        write = partial(self._bot.edit_message_text, chat_id=chat, message_id=target)
        return await _edited("editMessageText", partial(_written, "editMessageText", write, part))

    async def _strip(self, chat: int, target: str | None) -> str | None:
        if target is not None:
            write = partial(self._bot.edit_message_reply_markup, chat_id=chat, message_id=int(target))
            await _edited("editMessageReplyMarkup", write)
        return target


async def _once(arrived: _Arrived, number: int, write: Callable[[], Awaitable[int | None]]) -> int | None:
    """Send one of several parts, unless it has arrived already and only a later one is to be sent again."""
    if number not in arrived:
        arrived[number] = await write()
    return arrived[number]


async def _posted(method: str, write: Callable[..., Awaitable[Message]], below: Part) -> int | None:
    """Post a picture or file with these words below it; None if Telegram does not want it. Raises `SendError`."""
    write = partial(write, reply_markup=below.keyboard, caption=below.html or None, parse_mode=ParseMode.HTML)
    with filed(method):
        try:
            message = await write()
        except BadRequest as error:
            _log.error(
                "%s: sent without the picture or file, because Telegram answered: %s", method, description(error)
            )
            return None
    return message.message_id


def _words_of_picture(screen: Screen) -> Part:
    return Part(html.escape(screen.picture_words[:LONGEST_CAPTION]))


def _rendered(screen: Screen, *, private: bool) -> list[Part]:
    try:
        return render(screen, private=private)
    except ValueError as error:
        _log.error("a screen cannot be sent: %s", error)
        raise Refused(f"cannot be sent: {error}") from None


async def _written(method: str, write: Callable[..., Awaitable[T]], part: Part) -> T:
    """Write a part; if Telegram cannot read its formatting, at least its words."""
    write = partial(write, reply_markup=part.keyboard, link_preview_options=_NO_PREVIEW)
    try:
        return await write(text=part.html, parse_mode=ParseMode.HTML)
    except BadRequest as error:
        if "can't parse entities" not in error.message.lower():
            raise
        _log.error("%s: sent without formatting, because Telegram answered: %s", method, description(error))
        return await write(text=part.plain)


async def _edited(method: str, write: Callable[[], Awaitable[object]]) -> bool:
    """Edit, and say whether the message is now as it should be. Raises `SendError`."""
    with filed(method):
        try:
            await write()
        except BadRequest as error:
            if any(gone in error.message.lower() for gone in _GONE):
                return False
            if _SAME not in error.message.lower():
                raise
    return True
