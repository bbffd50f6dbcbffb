"""Which method is answered by what."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.telegram_api import inline, minimal, profile, sending
from tests.telegram_api.errors import bad_call
from tests.telegram_api.schema import Schema
from tests.telegram_api.sending import Arguments, Files
from tests.telegram_api.state import State
from tests.telegram_api.webhook import Webhook

Method = Callable[[State, Arguments, Files], Any]

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "editMessageText": sending.edit_text,
    "editMessageCaption": sending.edit_caption,
    "editMessageReplyMarkup": sending.edit_markup,
    "deleteMessage": sending.delete,
    "sendChatAction": sending.show_action,
    "answerCallbackQuery": sending.answer_press,
    "answerInlineQuery": inline.answer,
    "setMyCommands": profile.set_commands,
    "getMyCommands": profile.get_commands,
    "deleteMyCommands": profile.delete_commands,
    "setMyDescription": profile.set_description,
    "getMyDescription": profile.get_description,
    "setMyShortDescription": profile.set_short_description,
    "getMyShortDescription": profile.get_short_description,
    "setMyName": profile.set_name,
    "getMyName": profile.get_name,
    "setChatMenuButton": profile.set_menu_button,
    "getChatMenuButton": profile.get_menu_button,
}
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOCAL = ("http://127.0.0.1:", "http://localhost:")


async def perform(schema: Schema, state: State, webhook: Webhook, name: str, arguments: Arguments, files: Files) -> Any:
    """Do what a checked call asks for, and return its result. Raises `ApiError`."""
    if name == "getUpdates":
        return await state.updates.poll(arguments)
    if name == "setWebhook":
        return await _set_webhook(state, webhook, arguments)
    if name == "deleteWebhook":
        return await _set_webhook(state, webhook, arguments | {"url": ""})
    if name == "getWebhookInfo":
        return webhook.info()
    if name in METHODS:
        return METHODS[name](state, arguments, files)
    if schema.methods[name]["returns"] == ["Message"] and "chat_id" in arguments:
        return sending.send_any(state, arguments, files)
    return minimal.result(schema, name)


async def _set_webhook(state: State, webhook: Webhook, arguments: Arguments) -> bool:
    url, secret = arguments["url"], arguments.get("secret_token")
    if url and not url.startswith(("https://", *_LOCAL)):
        raise bad_call("bad webhook: An HTTPS URL must be provided for webhook")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise bad_call("secret token contains unallowed characters")
    connections = arguments.get("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_call("max_connections must be between 1 and 100")
    if arguments.get("drop_pending_updates"):
        state.updates.drop_all()
    if "allowed_updates" in arguments:
        state.updates.allowed = arguments["allowed_updates"]
    await webhook.set(url, secret, connections)
    await state.updates.wake()
    return True
