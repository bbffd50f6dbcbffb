"""Chats and their messages, as Telegram keeps them."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_api.errors import ApiError, bad_request
from tests.telegram_api.formatted import as_html
from tests.telegram_api.keyboards import Markup
from tests.telegram_api.markup_text import Formatted
from tests.telegram_api.parameters import Upload


@dataclass(frozen=True)
class Button:
    """A button as a person sees it."""

    label: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None
    style: str | None = None
    raw: Markup = field(default_factory=dict, compare=False)


@dataclass
class Message:
    """A message in its present state."""

    id: int
    chat: Chat
    sender: dict[str, Any]
    formatted: Formatted
    markup: Markup | None = None
    kind: str = "text"  # text | photo | document | …: the field of the message that holds the content
    content: Any = None
    file: Upload | None = None
    silent: bool = False
    edited: bool = False
    deleted: bool = False
    date: int = field(default_factory=lambda: int(time.time()))
    arguments: dict[str, Any] = field(default_factory=dict)  # of the call that sent it

    @property
    def from_bot(self) -> bool:
        """Whether the bot sent it."""
        return bool(self.sender["is_bot"])

    @property
    def text(self) -> str:
        """Plain text, or the caption of a file."""
        return self.formatted.text

    @property
    def html(self) -> str:
        """The same with its formatting, in Telegram's tags."""
        return as_html(self.formatted)

    @property
    def buttons(self) -> list[list[Button]]:
        """The rows of the inline keyboard, or of the reply keyboard."""
        rows = (self.markup or {}).get("inline_keyboard") or (self.markup or {}).get("keyboard") or []
        return [[_button(raw) for raw in row] for row in rows]

    @property
    def labels(self) -> list[str]:
        """All labels, row by row."""
        return [button.label for row in self.buttons for button in row]

    def button(self, what: str) -> Button | None:
        """The button with this label or data."""
        return next((b for row in self.buttons for b in row if what in {b.label, b.data}), None)

    def as_api(self) -> dict[str, Any]:
        """The message as the Bot API shows it."""
        shown: dict[str, Any] = {"message_id": self.id, "date": self.date, "chat": self.chat.as_api()}
        shown["from"] = self.sender
        if self.edited:
            shown["edit_date"] = int(time.time())
        if self.kind != "text":
            shown[self.kind] = self.content
        shown |= self._words()
        if self.markup and "inline_keyboard" in self.markup:
            shown["reply_markup"] = self.markup
        return shown

    def _words(self) -> dict[str, Any]:
        words, entities = ("text", "entities") if self.kind == "text" else ("caption", "caption_entities")
        shown: dict[str, Any] = {words: self.text} if self.text else {}
        return shown | ({entities: self.formatted.entities} if self.formatted.entities else {})


def _button(raw: Markup) -> Button:
    copied = raw.get("copy_text", {}).get("text")
    return Button(raw["text"], raw.get("callback_data"), raw.get("url"), copied, raw.get("style"), raw)


@dataclass
class Chat:
    """A private chat or a group. `refusal` is why the bot may not write there."""

    id: int
    kind: str
    names: dict[str, str]
    refusal: ApiError | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)  # sendChatAction, oldest first
    changes: list[tuple[str, Message]] = field(default_factory=list)  # ("sent" | "edited" | "deleted", message)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def as_api(self) -> dict[str, Any]:
        """The chat as the Bot API shows it."""
        return {"id": self.id, "type": self.kind, **self.names}

    def note(self, change: str, message: Message) -> None:
        """Let those who wait for this chat know."""
        self.changes.append((change, message))
        self.changed.set()
        self.changed = asyncio.Event()

    def find(self, message_id: int, missing: str) -> Message:
        """A message that still stands. Raises `ApiError` with the words in `missing`."""
        message = self.messages.get(message_id)
        if message is None or message.deleted:
            raise bad_request(missing)
        return message


class Chats:
    """All chats that the bot has ever seen."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}
        self._last_message = 0

    def add(self, chat: Chat) -> Chat:
        """Keep a chat; a chat with the same id stays as it is."""
        return self._chats.setdefault(chat.id, chat)

    def writable(self, chat_id: Any) -> Chat:
        """The chat for a call that writes to it. Raises `ApiError` (chat not found, blocked by the user)."""
        chat = self.known(chat_id)
        if chat.refusal:
            raise chat.refusal
        return chat

    def known(self, chat_id: Any) -> Chat:
        """The chat with this id. Raises `ApiError`."""
        if chat_id == "":
            raise bad_request("chat_id is empty")
        chat = self._chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def post(self, chat: Chat, sender: dict[str, Any], formatted: Formatted, **more: Any) -> Message:
        """Put a new message into a chat; `more` are further fields of `Message`."""
        self._last_message += 1
        message = Message(self._last_message, chat, sender, formatted, **more)
        chat.messages[message.id] = message
        chat.note("sent", message)
        return message
