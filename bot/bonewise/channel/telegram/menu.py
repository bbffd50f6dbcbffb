"""Our commands in the menu of a bot that is shared: added to the lists that its host keeps, and never in their place.

Telegram shows the list of the narrowest scope and language alone (https://core.telegram.org/bots/api#botcommandscope),
so a list of ours for a scope or language without one of the host's would hide the host's commands there.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bonewise.channel.telegram.setup import GROUP, PRIVATE, codes
from bonewise.i18n.catalog import Catalog
from bonewise.i18n.markup import plain
from bonewise.i18n.words import Words

MOST = 100  # commands in one list; https://core.telegram.org/bots/api#setmycommands
_SCOPES: tuple[tuple[BotCommandScope, Sequence[str]], ...] = (
    (BotCommandScopeDefault(), PRIVATE),
    (BotCommandScopeAllPrivateChats(), PRIVATE),
    (BotCommandScopeAllGroupChats(), GROUP),
)
_log = logging.getLogger(__name__)


async def add_commands(bot: Bot, catalog: Catalog, prefix: str) -> None:
    """Add our commands to each list of the host's, and to the one for everybody. Trouble is only logged."""
    try:
        for code, tag in codes(catalog).items():
            for scope, names in _SCOPES:
                await _add(bot, scope, code, _ours(Words(catalog, (tag,)), names, prefix))
    except TelegramError as error:
        _log.warning("commands are not added: %s; the next start tries again", type(error).__name__)


async def _add(bot: Bot, scope: BotCommandScope, code: str | None, ours: Sequence[BotCommand]) -> None:
    present = await bot.get_my_commands(scope, code)
    names = {command.command for command in ours}
    theirs = [command for command in present if command.command not in names]
    everybody = isinstance(scope, BotCommandScopeDefault) and code is None
    merged = (*theirs, *ours)[:MOST]
    if (theirs or everybody) and merged != present:
        await bot.set_my_commands(merged, scope, code)


def _ours(words: Words, names: Sequence[str], prefix: str) -> list[BotCommand]:
    return [BotCommand(prefix + name, plain(words.say(f"telegram.commands.{name}"))) for name in names]
