"""The methods that set what the bot shows of itself. Languages are two-letter ISO 639-1 codes, nothing longer."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.telegram_api.errors import bad_call
from tests.telegram_api.sending import Arguments, Files
from tests.telegram_api.state import State

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_COMMANDS_LIMIT = 100
_DESCRIPTION_LIMITS = {"description": 512, "short_description": 120, "name": 64}
_LANGUAGE = re.compile(r"([a-z]{2})?")


def get_me(state: State, arguments: Arguments, files: Files) -> Arguments:
    """`getMe`."""
    abilities = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
    return state.bot | dict.fromkeys(abilities, False)


def _language(arguments: Arguments) -> str:
    language = str(arguments.get("language_code", ""))
    if not _LANGUAGE.fullmatch(language):
        raise bad_call("invalid language code specified")
    return language


def _place(arguments: Arguments) -> tuple[str, str]:
    scope = arguments.get("scope", {"type": "default"})
    return json.dumps(scope, sort_keys=True), _language(arguments)


def set_commands(state: State, arguments: Arguments, files: Files) -> bool:
    """`setMyCommands`: at most 100, name 1-32 of a-z0-9_, description 1-256."""
    commands = arguments["commands"]
    if len(commands) > _COMMANDS_LIMIT:
        raise bad_call("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise bad_call("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_call("BOT_COMMAND_DESCRIPTION_INVALID")
    state.commands[_place(arguments)] = commands
    return True


def get_commands(state: State, arguments: Arguments, files: Files) -> list[dict[str, Any]]:
    """`getMyCommands`."""
    return state.commands.get(_place(arguments), [])


def delete_commands(state: State, arguments: Arguments, files: Files) -> bool:
    """`deleteMyCommands`."""
    state.commands.pop(_place(arguments), None)
    return True


def _set_words(what: str) -> Any:
    def setting(state: State, arguments: Arguments, files: Files) -> bool:
        words = arguments.get(what, "")
        if len(words) > _DESCRIPTION_LIMITS[what]:
            raise bad_call(f"bot {what} is too long")
        state.descriptions[what, _language(arguments)] = words
        return True

    return setting


def _get_words(what: str) -> Any:
    def getting(state: State, arguments: Arguments, files: Files) -> Arguments:
        fallback = state.bot["first_name"] if what == "name" else ""
        return {what: state.descriptions.get((what, _language(arguments)), fallback)}

    return getting


set_description, get_description = _set_words("description"), _get_words("description")
set_short_description, get_short_description = _set_words("short_description"), _get_words("short_description")
set_name, get_name = _set_words("name"), _get_words("name")


def set_menu_button(state: State, arguments: Arguments, files: Files) -> bool:
    """`setChatMenuButton`, for one chat or for all."""
    chat_id = arguments.get("chat_id")
    if chat_id is not None:
        state.chats.known(chat_id)
    state.menu_buttons[chat_id] = arguments.get("menu_button", {"type": "default"})
    return True


def get_menu_button(state: State, arguments: Arguments, files: Files) -> Arguments:
    """`getChatMenuButton`."""
    return state.menu_buttons.get(arguments.get("chat_id"), {"type": "commands"})
