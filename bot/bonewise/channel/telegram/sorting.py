"""Which updates of a bot that is shared with a host are ours: what a person turns to says so, not where they are.

Commands and button data of ours begin with a prefix. A text has no such mark: it goes to whom the
person turned to last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum, auto
from typing import Any, NamedTuple

from bonewise.channel.telegram.updates import received
from bonewise.dialogue import data
from bonewise.dialogue.commands import COMMANDS
from bonewise.dialogue.event import Command, Event, Group, Left, Press
from bonewise.dialogue.received import Received

PREFIX = re.compile(r"([a-z][a-z0-9_]{0,7})?")
"""At most 8 characters, so that button data keeps within Telegram's 64 bytes."""

_COMMAND = re.compile(r"/(?P<name>[a-z0-9_]{1,32})(?P<rest>\s.*)?", re.DOTALL | re.IGNORECASE)
_LINKS = ("go-", "join-")


class Side(Enum):
    """Whose an update is."""

    OURS = auto()  # the person turned to us
    THEIRS = auto()  # the person turned to the host
    OPEN = auto()  # to whom the person turned last
    BOTH = auto()
    NOT_OURS = auto()  # nothing for us, and the person turned to nobody


class Sorted(NamedTuple):
    """An update, and what we would make of it."""

    side: Side
    received: Received | None


class Sorter:
    """Sorts updates. `username` is the bot's; `cannot_wait` says whether an event is an alarm, which is always ours."""

    def __init__(self, username: str, prefix: str, cannot_wait: Callable[[Event], bool]) -> None:
        self._username = username
        self._prefix = prefix
        self._cannot_wait = cannot_wait

    def sort(self, update: Mapping[str, Any]) -> Sorted:
        """Whose the update is, and the event without the prefix."""
        found = received(update, self._username)
        if found is None:
            return Sorted(Side.NOT_OURS, None)
        side, event = self._judge(found.event, pressed=found.press is not None)
        if side is Side.BOTH:  # it is not something that the person turned to us with
            return Sorted(side, replace(found, key=f"left-{found.key}"))
        return Sorted(side, replace(found, event=event))

    def _judge(self, event: Event, *, pressed: bool) -> tuple[Side, Event]:
        match event:
            case Command(name, argument):
                ours = self._command(name, argument)
                side, event = (Side.OURS, ours) if ours else (Side.THEIRS, event)
            case Press(pressed_data, message):
                own = self._data(pressed_data)
                return (Side.OURS, Press(own, message)) if own else (Side.THEIRS, event)
            case Group(text):
                own = self._data(text) if pressed else self._group_command(text)
                return (Side.OURS, Group(own)) if own else (Side.NOT_OURS, event)
            case Left():
                return Side.BOTH, event
            case _:
                side = Side.OPEN
        return (Side.OURS if self._cannot_wait(event) else side), event

    def _command(self, name: str, argument: str) -> Command | None:
        if own := self._own(name):
            return Command(own, argument)
        if name == "start" and argument.startswith(tuple(self._prefix + link for link in _LINKS)):
            return Command(name, argument.removeprefix(self._prefix))
        return None

    def _own(self, name: str) -> str | None:
        own = name.lower().removeprefix(self._prefix)
        return own if name.lower().startswith(self._prefix) and own in COMMANDS else None

    def _data(self, pressed: str) -> str | None:
        own = pressed.removeprefix(self._prefix)
        return own if pressed.startswith(self._prefix) and data.parse(own) else None

    def _group_command(self, text: str) -> str | None:
        found = _COMMAND.fullmatch(text)
        own = self._own(found["name"]) if found else None
        return f"/{own}{(found and found['rest']) or ''}" if own else None
