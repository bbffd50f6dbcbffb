"""A person with Telegram in their hand: what they do, and what they see."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any

from tests.telegram_api.chats import Button, Chat, Message
from tests.telegram_api.errors import ApiError
from tests.telegram_api.markup_text import Entity, Formatted, utf16_length
from tests.telegram_api.queries import Press
from tests.telegram_api.state import State

_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?")
_STRANGER = ApiError(403, "Forbidden: bot can't initiate conversation with a user")
_BLOCKED = ApiError(403, "Forbidden: bot was blocked by the user")
_FILE = {"file_id": "file-1", "file_unique_id": "unique-1"}


class Person:
    """Somebody who talks to the bot in a private chat, or in a group that is named."""

    def __init__(self, state: State, id: int, first_name: str, language_code: str | None, *, known: bool) -> None:
        self.id = id
        self.presses_made: list[Press] = []
        self._state = state
        self._account: dict[str, Any] = {"id": id, "is_bot": False, "first_name": first_name}
        if language_code is not None:
            self._account["language_code"] = language_code
        refusal = None if known else _STRANGER
        self.chat = state.chats.add(Chat(id, "private", {"first_name": first_name}, refusal))
        self._read = 0  # how many changes next_message has gone through
        self._turn = 0  # how many changes there were when the person last did something

    # What they do

    async def types(self, text: str, *, chat: Chat | None = None, reply_to: Message | None = None) -> Message:
        """Send a text of 1 to 4096 characters. In a group the bot only gets what is meant for it."""
        if not 1 <= len(text) <= 4096:
            raise ValueError("a person's text has 1 to 4096 characters; the app splits a longer one")
        reply = {"reply_to_message": reply_to.as_api()} if reply_to else {}
        return await self._sends(Formatted(text, _commands(text)), "text", None, chat, **reply)

    async def presses(self, what: str, message: Message | None = None) -> Press:
        """Press the button with this label or data: on `message`, else on what the bot last showed.

        A button of a reply keyboard types its label, or shares the location. Raises `LookupError` if there is no
        such button there, and if it does not call the bot (a link, a copy button).
        """
        shown, button = self._find(what, message)
        if shown.markup and "keyboard" in shown.markup:
            await self._presses_key(button)
            return Press("", button, shown)
        if button.data is None:
            raise LookupError(f"the button {button.label!r} does not call the bot: {button.raw}")
        return await self._calls(button, shown)

    async def presses_old(self, data: str, message: Message) -> Press:
        """Press a button that an old app still shows, whether or not the message has it now."""
        return await self._calls(Button(data, data), message)

    async def sends_photo(self, caption: str = "", *, chat: Chat | None = None) -> Message:
        """Send a photo."""
        size = _FILE | {"width": 90, "height": 90}
        return await self._sends(Formatted(caption, []), "photo", [size], chat)

    async def sends_voice(self, *, chat: Chat | None = None) -> Message:
        """Send a voice message."""
        return await self._sends(Formatted("", []), "voice", _FILE | {"duration": 3}, chat)

    async def sends_sticker(self, *, chat: Chat | None = None) -> Message:
        """Send a sticker."""
        flags = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return await self._sends(Formatted("", []), "sticker", _FILE | flags, chat)

    async def sends_document(self, name: str = "letter.pdf", *, chat: Chat | None = None) -> Message:
        """Send a file."""
        return await self._sends(Formatted("", []), "document", _FILE | {"file_name": name}, chat)

    async def sends_location(self, latitude: float, longitude: float, *, chat: Chat | None = None) -> Message:
        """Share a place, in degrees."""
        place = {"latitude": latitude, "longitude": longitude}
        return await self._sends(Formatted("", []), "location", place, chat)

    async def edits(self, message: Message, text: str) -> None:
        """Change a text that they sent."""
        message.formatted, message.edited = Formatted(text, _commands(text)), True
        await self._state.updates.add("edited_message", message.as_api(), ("chat", message.chat.id))

    async def asks_inline(self, text: str) -> str:
        """Type `@bot text` in another chat; return the id of the query."""
        query = f"inline-{len(self._state.inline) + 1}"
        self._state.inline[query] = None
        content = {"id": query, "from": self._account, "query": text, "offset": "", "chat_type": "private"}
        await self._state.updates.add("inline_query", content, ("inline", self.id))
        return query

    async def sees_cards(self, query: str, within: float = 30.0) -> dict[str, Any]:
        """The answer to an inline query, as the bot gave it. Raises `TimeoutError`."""
        async with asyncio.timeout(within):
            async with self._state.inline_news:
                await self._state.inline_news.wait_for(lambda: self._state.inline[query] is not None)
        answer = self._state.inline[query]
        assert answer is not None
        return answer

    async def blocks(self) -> None:
        """Block the bot."""
        await self._becomes("member", "kicked", _BLOCKED)

    async def unblocks(self) -> None:
        """Let the bot write again."""
        await self._becomes("kicked", "member", None)

    # What they see

    @property
    def messages(self) -> list[Message]:
        """All messages of the private chat as they stand now, oldest first."""
        return [message for message in self.chat.messages.values() if not message.deleted]

    def screen(self) -> Message:
        """The bot's last message. Raises `LookupError` if there is none."""
        shown = [message for message in self.messages if message.from_bot]
        if not shown:
            raise LookupError("the bot has not written yet")
        return shown[-1]

    async def next_message(self, within: float = 5.0) -> Message:
        """The bot's next new message that was not returned yet. Raises `TimeoutError` after `within` seconds."""
        async with asyncio.timeout(within):
            return await self._next({"sent"})

    async def next_change(self, within: float = 5.0) -> Message:
        """The same, but a message that was edited or deleted counts too."""
        async with asyncio.timeout(within):
            return await self._next({"sent", "edited", "deleted"})

    async def settled(self, quiet: float = 0.3, within: float = 10.0) -> list[Message]:
        """Wait until nothing has changed for `quiet` seconds; return the messages. Raises `TimeoutError`."""
        async with asyncio.timeout(within):
            while True:
                try:
                    await asyncio.wait_for(self.chat.changed.wait(), quiet)
                except TimeoutError:
                    return self.messages

    # How it is done

    async def _next(self, kinds: set[str]) -> Message:
        while True:
            while self._read < len(self.chat.changes):
                change, message = self.chat.changes[self._read]
                self._read += 1
                if change in kinds and message.from_bot:
                    return message
            await self.chat.changed.wait()

    async def _sends(self, formatted: Formatted, kind: str, content: Any, chat: Chat | None, **more: Any) -> Message:
        place = chat or self.chat
        if place is self.chat:
            self._opens()
        self._turn = len(place.changes)
        message = self._state.chats.post(place, self._account, formatted, kind=kind, content=content)
        if place.kind == "private" or self._meant_for_bot(formatted, more):
            await self._state.updates.add("message", message.as_api() | more, ("chat", place.id))
        return message

    def _opens(self) -> None:
        if self.chat.refusal is _BLOCKED:
            raise LookupError("a person who has blocked the bot cannot write to it: unblock first")
        self.chat.refusal = None

    def _meant_for_bot(self, formatted: Formatted, more: dict[str, Any]) -> bool:
        """Privacy mode: in a group a bot gets commands, mentions and replies to itself."""
        name = f"@{self._state.bot['username']}"
        named = any("@" not in command or command.endswith(name) for command in _COMMAND.findall(formatted.text))
        replied = more.get("reply_to_message", {}).get("from", {}).get("is_bot", False)
        return named or name in formatted.text or replied

    def _find(self, what: str, message: Message | None) -> tuple[Message, Button]:
        for shown in [message] if message else self._in_view():
            if button := shown.button(what):
                return shown, button
        there = [shown.labels for shown in ([message] if message else self._in_view())]
        raise LookupError(f"there is no button {what!r}; there are {there}")

    def _in_view(self) -> list[Message]:
        """The newest message with buttons, then the others of this turn, then the keyboard below the chat."""
        turn = [message for _, message in self.chat.changes[self._turn :]]
        marked = [message for message in reversed(self.messages) if message.from_bot and message.markup]
        below = [message for message in marked if message.markup and "keyboard" in message.markup]
        shown = [message for message in marked if message not in below]
        return shown[:1] + [message for message in shown[1:] if message in turn] + below[:1]

    async def _presses_key(self, button: Button) -> None:
        if button.raw.get("request_location"):
            raise LookupError(f"{button.label!r} shares a place: use sends_location")
        await self.types(button.label)

    async def _calls(self, button: Button, message: Message) -> Press:
        press = self._state.queries.open(button, message)
        self.presses_made.append(press)
        self._turn = len(message.chat.changes)
        gone = {"chat": message.chat.as_api(), "message_id": message.id, "date": 0}
        shown = gone if message.deleted else message.as_api()
        query = {"id": press.id, "from": self._account, "message": shown, "chat_instance": str(message.chat.id)}
        query["data"] = button.data
        press.update_id = await self._state.updates.add("callback_query", query, ("callback", self.id))
        return press

    async def _becomes(self, old: str, new: str, refusal: ApiError | None) -> None:
        self.chat.refusal = refusal
        change = {"chat": self.chat.as_api(), "from": self._account, "date": int(time.time())}
        change |= {"old_chat_member": self._standing(old), "new_chat_member": self._standing(new)}
        await self._state.updates.add("my_chat_member", change, ("member", self.id))

    def _standing(self, status: str) -> dict[str, Any]:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": self._state.bot, **until}


def _commands(text: str) -> list[Entity]:
    return [
        {"type": "bot_command", "offset": utf16_length(text[: found.start()]), "length": utf16_length(found[0])}
        for found in _COMMAND.finditer(text)
    ]
