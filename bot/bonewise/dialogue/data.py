"""What a button sends back: short ASCII words parted by colons, at most 64 bytes (Telegram's limit).

Anybody can forge them, so they carry no right and no text: whoever reads one checks it against the person's
own sessions and reminders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

LIMIT = 64  # bytes; Bot API, InlineKeyboardButton.callback_data
_ROOM = LIMIT - 8  # less the prefix of a bot that is shared with a host
_NONE = "-"

_PART = re.compile(r"[0-9A-Za-z_.@/+-]{1,48}")


class Data(NamedTuple):
    """The parts of a button's data; `kind` is its first word."""

    kind: str
    parts: tuple[str, ...]


_PARTS = {
    "go": 1,
    "in": 1,
    "card": 1,
    "src": 1,
    "q": 1,
    "not": 2,
    "lang": 2,
    "keep": 2,
    "a": 3,
    "t": 3,
    "d": 2,
    "c": 2,
    "m": 2,
    "b": 2,
    "l": 2,
    "e": 2,
    "r": 1,
    "o": 2,
    "n": 2,
    "tip": 2,
    "care": 2,
    "s": 1,
}


def parse(data: str) -> Data | None:
    """The data's parts, or None when it is nothing that this bot makes."""
    kind, *parts = data[: LIMIT + 1].split(":")
    if len(data) > LIMIT or len(parts) != _PARTS.get(kind):
        return None
    if not all(_PART.fullmatch(part) for part in parts):
        return None
    if kind in "atdcmbl" and not parts[1].isdecimal():
        return None
    return Data(kind, tuple(parts))


def go(to: str, in_place: bool = False) -> str:
    """A link to a flow; from page to page it turns the page in place."""
    return f"in:{to}" if in_place else f"go:{to}"


def card(flow: str, name: str) -> str:
    """A card of a check."""
    return f"card:{flow}.{name}"


def sources(flow: str) -> str:
    """The sources of a page."""
    return f"src:{flow}"


def topic(name: str) -> str:
    """The answer to a question that was typed; the name is a topic's."""
    return f"q:{name}"


def not_meant(name: str, others: Iterable[str] = ()) -> str:
    """The answer about a topic was not what was meant; `others` may have been, as many as there is room for."""
    named = ""
    for other in others:
        longer = f"{named}+{other}" if named else other
        if len(f"not:{name}:{longer}") > _ROOM or _PART.fullmatch(longer) is None:
            break
        named = longer
    return f"not:{name}:{named or _NONE}"


def others_meant(part: str) -> list[str]:
    """The `others` of `not_meant`, as they stand in its last part."""
    return [] if part == _NONE else part.split("+")


def language(tag: str, topic: str | None) -> str:
    """Goes on in this language, with the answer about a topic if one was shown."""
    return f"lang:{tag}:{topic or _NONE}"


def keep(version: int, answer: str) -> str:
    """Whether questions that were not understood may be kept: yes or no, to the words of this version."""
    return f"keep:{version}:{answer}"


def of_question(kind: str, session: str, seq: int, value: str | None = None) -> str:
    """A button of one question: a (answer), t (tick), d (done), c (clear), m (more), b (back) or l (leave)."""
    return ":".join([kind, session, str(seq), *([value] if value is not None else [])])


def change(session: str, step: str) -> str:
    """Reopens an answered question of the check under way."""
    return f"e:{session}:{step}"


def restart(session: str) -> str:
    """Begins the check under way once more."""
    return f"r:{session}"


def of_result(session: str, name: str) -> str:
    """A function under a result."""
    return f"o:{session}:{name}"


def of_reminder(reminder: str, what: str) -> str:
    """A button of a reminder."""
    return f"n:{reminder}:{what}"


def of_tip(tip: str, what: str) -> str:
    """A button of a tip for caregivers."""
    return f"tip:{tip}:{what}"


def of_care_link(link: str, what: str) -> str:
    """A button of a link with somebody else."""
    return f"care:{link}:{what}"


def own(name: str) -> str:
    """One of the bot's own functions."""
    return f"s:{name}"
