"""The way from the outbox to Telegram for a bot that is shared with a host: everything of ours gets the prefix."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bonewise.channel.telegram.transport import TelegramTransport
from bonewise.dialogue.commands import COMMANDS
from bonewise.dialogue.screen import Button, Call, Output, Screen
from bonewise.flow.model import Value

_NAMED = re.compile(rf"(?<![\w/:.])/(?=(?:{'|'.join(COMMANDS)})(?![\w/]))")
_LINK = re.compile(r"(?P<to>https://t\.me/\w+\?start=)(?=go-)")


@dataclass(frozen=True, slots=True)
class Order:
    """What one of the host's actions is asked to do.

    `number` is the order's own: when a kill leaves it unknown whether an order was carried out, it comes once more
    with the same number.
    """

    chat: int
    answers: Mapping[str, Value | bool | None]
    number: int


Do = Callable[[Order], Awaitable[None]]


class HostedTransport:
    """Sends what `TelegramTransport` sends, with a prefix; and has the host's actions done."""

    def __init__(self, inner: TelegramTransport, prefix: str, actions: Mapping[str, Do]) -> None:
        self.acknowledge_within = inner.acknowledge_within
        self._inner = inner
        self._prefix = prefix
        self._actions = actions

    async def send(self, address: str, output: Output, target: str | None, row: int) -> str | None:
        """Send, or have the action done. Raises `SendError`, and whatever the action raises."""
        if isinstance(output, Call):
            await self._actions[output.action](Order(int(address), output.answers, row))
            return None
        shown = prefixed(output, self._prefix) if isinstance(output, Screen) else output
        return await self._inner.send(address, shown, target, row)

    async def acknowledge(self, press: str, text: str) -> None:
        """End the waiting sign of a pressed button."""
        await self._inner.acknowledge(press, text)

    async def waiting(self, address: str) -> None:
        """Show the typing sign."""
        await self._inner.waiting(address)


def prefixed(screen: Screen, prefix: str) -> Screen:
    """The screen with the prefix on its button data, on its links to the bot and on the commands that it names."""
    return replace(
        screen,
        help=None,  # what stands below the chat is the host's
        text=_name(screen.text, prefix),
        folded=_name(screen.folded, prefix) if screen.folded is not None else None,
        buttons=tuple(tuple(_button(button, prefix) for button in row) for row in screen.buttons),
    )


def _name(text: str, prefix: str) -> str:
    return _NAMED.sub(f"/{prefix}", text)


def _button(button: Button, prefix: str) -> Button:
    press = prefix + button.press if button.press is not None else None
    return replace(button, press=press, url=_link(button.url, prefix) if button.url is not None else None)


def _link(url: str, prefix: str) -> str:
    return _LINK.sub(rf"\g<to>{prefix}", url)
