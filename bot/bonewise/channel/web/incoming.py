"""What the page says, read with care: a body of at most 16 KiB of JSON becomes one event."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bonewise.dialogue.data import LIMIT, parse
from bonewise.dialogue.event import Command, Event, Opened, Press, Text

MOST_BYTES = 16 * 1024
MOST_LETTERS = 4000

Said: TypeAlias = Mapping[str, Any]
"""What the page sent: a JSON object that nobody has checked yet."""

_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:\s+(.*))?", re.DOTALL)
_PAYLOAD = re.compile(r"[0-9A-Za-z_-]{1,64}")  # of a deep link, as Telegram takes it
_SHOWN = frozenset({*"atdcbl", "in"})  # the message itself shows what was answered, or turns into what was asked for


async def read_object(request: Request) -> Said:
    """The body's JSON object. Raises `HTTPException` 415, 413 or 400."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    return _object(bytes(body))


def _object(body: bytes) -> Said:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400) from error
    if not isinstance(value, dict):
        raise HTTPException(400)
    return value


def read_id(said: Said) -> str:
    """The id that the page made, by which a repetition is recognised. Raises `HTTPException` 400."""
    key = said.get("id")
    if not isinstance(key, str) or not _ID.fullmatch(key):
        raise HTTPException(400)
    return key


def read_event(said: Said) -> Event:
    """The event: `{text}`, `{press, message}`, `{command: "forget"}` or `{start}`. Raises `HTTPException` 400."""
    match said:
        case {"text": str(text)} if 0 < len(text.strip()) <= MOST_LETTERS:
            return _typed(_clean(text).strip())
        case {"press": str(data)} if len(data) <= LIMIT and data.isascii():
            return Press(data, _short(said.get("message")))
        case {"command": "forget"}:
            return Command("forget")
        case {"start": str(payload)} if _PAYLOAD.fullmatch(payload):
            return Command("start", payload)
    raise HTTPException(400)


def read_label(said: Said) -> str | None:
    """What the talk shows as said: the text, or a pressed link's label; None for an answer or a page that turns."""
    text = said.get("text")
    if isinstance(text, str):
        return _clean(text).strip()
    data = parse(str(said.get("press")))
    return None if data and data.kind in _SHOWN else _short(said.get("label"))


def read_opened(said: Said) -> Opened:
    """The page was opened; a time zone that nobody knows counts as none."""
    zone = said.get("zone")
    return Opened(zone if isinstance(zone, str) and _is_zone(zone) else None)


def _typed(text: str) -> Event:
    command = _COMMAND.fullmatch(text)
    return Command(command[1].lower(), (command[2] or "").strip()) if command else Text(text)


def _short(value: object) -> str | None:
    return _clean(value)[:64] if isinstance(value, str) and value else None


def _clean(text: str) -> str:
    """Without what no database takes: NUL, and halves of a letter."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _is_zone(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, LookupError):
        return False
    return len(zone) <= 64
