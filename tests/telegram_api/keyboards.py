"""The rules of keyboards that the description of the API only tells in words."""

from __future__ import annotations

import json
from typing import Any

from tests.telegram_api.errors import BadCallError, bad_call
from tests.telegram_api.markup_text import is_link

Markup = dict[str, Any]

_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "disabled",
)  # fmt: skip
_STYLES = {"primary", "success", "danger"}
_MARKUP_BYTES = 10_000


def checked(markup: Markup | None, *, private: bool) -> Markup | None:
    """The markup as it is kept, or `BadCallError`. An inline keyboard without buttons is no keyboard."""
    if markup is None:
        return None
    if len(json.dumps(markup, ensure_ascii=False).encode()) > _MARKUP_BYTES:
        raise bad_call("reply markup is too long")
    if "inline_keyboard" in markup:
        return _inline(markup, private=private)
    if "keyboard" in markup:
        _check_shape(markup["keyboard"], most=300, wide=12)
        for button in _flat(markup["keyboard"]):
            _check_look(button)
    return markup


def _flat(rows: list[list[Markup]]) -> list[Markup]:
    return [button for row in rows for button in row]


def _check_shape(rows: list[list[Markup]], *, most: int, wide: int) -> None:
    if len(_flat(rows)) > most or any(len(row) > wide for row in rows):
        raise bad_call("reply markup is too long")


def _check_look(button: Markup) -> None:
    if not button["text"].strip():
        raise bad_call("can't parse keyboard button: text must be non-empty")
    if "style" in button and button["style"] not in _STYLES:
        raise bad_call("can't parse keyboard button: invalid button style specified")


def _inline(markup: Markup, *, private: bool) -> Markup | None:
    rows = [row for row in markup["inline_keyboard"] if row]
    _check_shape(rows, most=100, wide=8)
    for button in _flat(rows):
        _check_inline(button, private=private)
    return markup | {"inline_keyboard": rows} if rows else None


def _check_inline(button: Markup, *, private: bool) -> None:
    _check_look(button)
    actions = [action for action in _ACTIONS if action in button]
    if not actions:
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsed(f"exactly one of the optional fields must be used, not {' and '.join(actions)}")
    _CHECKS.get(actions[0], lambda button, private: None)(button, private)


def _unparsed(why: str) -> BadCallError:
    return bad_call(f"can't parse inline keyboard button: {why}")


def _check_data(button: Markup, private: bool) -> None:
    if not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad_call("BUTTON_DATA_INVALID")


def _check_url(button: Markup, private: bool) -> None:
    if not is_link(button["url"]):
        raise bad_call(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _check_app(button: Markup, private: bool) -> None:
    if not private:
        raise bad_call("BUTTON_TYPE_INVALID")
    if not (button["web_app"]["url"].startswith("https://") and is_link(button["web_app"]["url"])):
        url = button["web_app"]["url"]
        raise bad_call(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")


def _check_copy(button: Markup, private: bool) -> None:
    if not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad_call("BUTTON_COPY_TEXT_INVALID")


_CHECKS = {"callback_data": _check_data, "url": _check_url, "web_app": _check_app, "copy_text": _check_copy}
