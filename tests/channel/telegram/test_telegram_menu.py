from __future__ import annotations

import json

import pytest
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from tests.telegram_api import TelegramApi
from tests.telegram_talk import WORLD

from bonewise.channel.telegram.bot import TelegramBot
from bonewise.channel.telegram.menu import MOST, add_commands
from bonewise.channel.telegram.setup import GROUP, PRIVATE

CATALOG = WORLD.catalog
OURS = [f"bw_{name}" for name in PRIVATE]
MINE = [BotCommand("start", "Mine"), BotCommand("game", "Play")]


def lists(api: TelegramApi) -> dict[tuple[str, str], list[str]]:
    """The names in each list, by scope and language."""
    kept = api.state.commands.items()
    return {(json.loads(scope)["type"], code): [one["command"] for one in names] for (scope, code), names in kept}


async def test_a_bot_without_a_menu_gets_ours_for_everybody(api: TelegramApi, bot: TelegramBot) -> None:
    await add_commands(bot, CATALOG, "bw_")
    assert lists(api) == {("default", ""): OURS}


async def test_each_list_of_the_hosts_keeps_what_it_has_and_no_list_is_made_that_hides_it(
    api: TelegramApi, bot: TelegramBot
) -> None:
    await bot.set_my_commands(MINE)
    await bot.set_my_commands(MINE[:1], language_code="es")
    await bot.set_my_commands(MINE[1:], BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(MINE[1:], BotCommandScopeAllGroupChats())
    await add_commands(bot, CATALOG, "bw_")
    assert lists(api) == {
        ("default", ""): ["start", "game", *OURS],
        ("default", "es"): ["start", *OURS],
        ("all_private_chats", ""): ["game", *OURS],
        ("all_group_chats", ""): ["game", *(f"bw_{name}" for name in GROUP)],
    }
    [spanish] = [c["description"] for c in api.state.commands['{"type": "default"}', "es"] if c["command"] == "bw_stop"]
    assert spanish != "No more messages from us"


async def test_what_is_there_already_is_not_set_again(api: TelegramApi, bot: TelegramBot) -> None:
    await bot.set_my_commands(MINE)
    for _ in range(2):
        await add_commands(bot, CATALOG, "bw_")
    assert len(api.calls_of("setMyCommands")) == 2


async def test_a_full_list_keeps_the_hosts(api: TelegramApi, bot: TelegramBot) -> None:
    many = [BotCommand(f"c{number}", "Mine") for number in range(MOST - 2)]
    await bot.set_my_commands(many)
    await add_commands(bot, CATALOG, "bw_")
    assert lists(api)["default", ""] == [*(command.command for command in many), *OURS[:2]]


async def test_telegrams_refusal_is_only_logged(
    api: TelegramApi, bot: TelegramBot, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail_next("getMyCommands", status=500)
    await add_commands(bot, CATALOG, "bw_")
    assert "commands are not added" in caplog.text
