"""An update of the Bot API (https://core.telegram.org/bots/api#update) as an event.

A person's messages and presses come in separate queues of Telegram: only the update ids say what came first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from telegram import Update

from bonewise.channel.telegram.names import clean_name
from bonewise.dialogue.event import Command, Event, Group, Left, Position, Press, Text, Unreadable
from bonewise.dialogue.received import Received

Data = Mapping[str, Any]

UNREADABLE = (
    *("animation", "audio", "checklist", "contact", "dice", "document", "game", "live_photo", "paid_media", "photo"),
    *("poll", "rich_message", "sticker", "story", "video", "video_note", "voice"),
)
_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.DOTALL)


def received(update: Data | Update, username: str) -> Received | None:
    """The update as an event, or None if it is nothing for us (or is broken). `username` is the bot's own.

    Words below a picture count as typed: somebody may say there what cannot wait.
    """
    data = update.to_dict() if isinstance(update, Update) else update
    reader = next((reader for kind, reader in _READERS.items() if kind in data), None)
    if reader is None:
        return None
    try:
        return reader(data, username)
    except (KeyError, TypeError, AttributeError, ValueError):
        return None


def _message(update: Data, username: str) -> Received | None:
    message = update["message"]
    if message["chat"]["type"] == "private":
        return _of(update, message, message["from"], _said(message))
    text = _for_us(message.get("text", ""), username)
    return _of(update, message, message["from"], Group(text)) if text is not None else None


def _edited(update: Data, _: str) -> Received | None:
    message = update["edited_message"]
    # A shared live location is "edited" every few seconds.
    if message["chat"]["type"] != "private" or not _words(message):
        return None
    return _of(update, message, message["from"], Unreadable("edited", _words(message)))


def _press(update: Data, _: str) -> Received | None:
    query = update["callback_query"]
    message, data = query["message"], query["data"]
    if message["chat"]["type"] != "private":
        return _of(update, message, query["from"], Group(data), press=query["id"])
    # A message that is too old to be changed comes with the date 0.
    shown = str(message["message_id"]) if message["date"] else None
    return _of(update, message, query["from"], Press(data, shown), press=query["id"])


def _member(update: Data, _: str) -> Received | None:
    change = update["my_chat_member"]
    if change["chat"]["type"] != "private":
        return None
    back = {"member": True, "kicked": False}.get(change["new_chat_member"]["status"])
    return _of(update, change, change["from"], Left(back)) if back is not None else None


_READERS: dict[str, Callable[[Data, str], Received | None]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _press,
    "my_chat_member": _member,
}
KINDS = (*_READERS, "inline_query")
"""The kinds that are asked for; the last one is answered by `inline` and never written down."""


def _of(update: Data, place: Data, sender: Data, event: Event | None, *, press: str | None = None) -> Received | None:
    if event is None:
        return None
    name = None if isinstance(event, Group) else clean_name(sender.get("first_name"))
    key, address = f"u{update['update_id']}", str(place["chat"]["id"])
    return Received(key, address, event, language=sender.get("language_code"), name=name, press=press)


def _said(message: Data) -> Event | None:
    if "forward_origin" in message:
        return Unreadable("forward", _words(message))
    if text := _words(message):
        return _typed(text)
    if place := message.get("location"):
        return Position(float(place["latitude"]), float(place["longitude"]))
    kind = next((kind for kind in UNREADABLE if kind in message), None)
    return Unreadable(kind) if kind else None


def _words(message: Data) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _typed(text: str) -> Event:
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return Text(text)
    return Command(found["name"].lower(), (found["argument"] or "").strip())


def _for_us(text: str, username: str) -> str | None:
    """What a group says to us, without our name; None if it is for nobody or for another bot."""
    found = _COMMAND.fullmatch(text.strip())
    if found and (found["bot"] or username).lower() != username.lower():
        return None
    rest, times = re.subn(rf"@{re.escape(username)}\b", "", text, flags=re.IGNORECASE)
    return rest.strip() if found or times else None
