"""What Telegram shows of the bot before and beside the talk: its commands and descriptions, per language.

Telegram takes two-letter codes only (https://core.telegram.org/bots/api#setmycommands), and shows what has no code
to everyone else. Each setting is asked for first, because setting the same again and again is refused after a while.
"""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bonewise.i18n.catalog import Catalog
from bonewise.i18n.markup import plain
from bonewise.i18n.tags import SOURCE
from bonewise.i18n.words import Words

PRIVATE = ("start", "help", "check", "ask", "learn", "remind", "language", "privacy", "forget", "stop")
GROUP = ("help", "learn")
_SCOPES = ((BotCommandScopeAllPrivateChats(), PRIVATE), (BotCommandScopeAllGroupChats(), GROUP))
_NUMBER = "places.default.emergency_number"
_TEXTS = ("description", "short_description", *(f"commands.{name}" for name in PRIVATE))
_KEYS = (_NUMBER, *(f"telegram.{text}" for text in _TEXTS))
_log = logging.getLogger(__name__)


async def set_up(bot: Bot, catalog: Catalog) -> None:
    """Tell Telegram what has changed. If it cannot be told, the bot works all the same: this is only logged."""
    try:
        for code, tag in codes(catalog).items():
            await _set_language(bot, code, Words(catalog, (tag,)))
    except TelegramError as error:
        _log.warning("commands and descriptions are not set: %s; the next start tries again", type(error).__name__)


def codes(catalog: Catalog) -> dict[str | None, str]:
    """The languages that have all texts, by Telegram's code; None is for everyone else.

    Of several languages with one code, the one without a script or region is taken.
    """
    whole = [tag for tag in catalog.languages if all(catalog.has(tag, key) for key in _KEYS)]
    plain_last = sorted(whole, key=lambda tag: (-len(tag), tag))
    found = {tag.partition("-")[0]: tag for tag in plain_last}
    return {None if code == SOURCE else code: tag for code, tag in found.items() if len(code) == 2}


async def _set_language(bot: Bot, code: str | None, words: Words) -> None:
    for scope, names in _SCOPES:
        commands = tuple(BotCommand(name, plain(words.say(f"telegram.commands.{name}"))) for name in names)
        if await bot.get_my_commands(scope, code) != commands:
            await bot.set_my_commands(commands, scope, code)
    description = plain(words.say("telegram.description", emergency_number=words.words(_NUMBER)))
    if (await bot.get_my_description(code)).description != description:
        await bot.set_my_description(description, code)
    short = plain(words.say("telegram.short_description"))
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
