"""The ways to Telegram: one for all, and one that is paid for if the operator wants it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from telegram import Bot

from bonewise.channel.telegram.polling import CHANNEL
from bonewise.channel.telegram.transport import TelegramTransport
from bonewise.service.lanes import Paid
from bonewise.service.pace import to_chats
from bonewise.service.transport import Transport


def ways(
    bot: Bot,
    pictures: Mapping[str, Path],
    paid_rate: int | None,
    wrap: Callable[[TelegramTransport], Transport] = lambda transport: transport,
) -> tuple[Transport, dict[str, Paid]]:
    """The way for all, and the one for tips and announcements at `paid_rate` messages a second, each wrapped."""
    free = wrap(TelegramTransport(bot, pictures))
    if paid_rate is None:
        return free, {}
    return free, {CHANNEL: Paid(wrap(TelegramTransport(bot, pictures, paid=True)), to_chats(paid_rate))}
