"""The buttons of a screen as an inline keyboard.

Limits: https://core.telegram.org/bots/api#inlinekeyboardbutton, and for the size of the whole what Telegram was seen
to refuse.
"""

from __future__ import annotations

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bonewise.dialogue.screen import Button, Screen

MOST_BUTTONS = 100
WIDEST_ROW = 8
LONGEST_DATA = 64  # bytes
LONGEST_COPY = 256  # characters
LARGEST = 10_000  # bytes of the whole keyboard
_COLOURS = {"primary", "danger"}


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The keyboard, or None without buttons. Raises `ValueError` for what Telegram would refuse.

    Rows are turned round for a right-to-left language, because the apps do not do so.
    """
    rows = [tuple(_button(button) for button in row) for row in screen.buttons if row]
    if not rows:
        return None
    made = InlineKeyboardMarkup([row[::-1] if screen.rtl else row for row in rows])
    _check(sum(map(len, rows)) <= MOST_BUTTONS and max(map(len, rows)) <= WIDEST_ROW, "too many buttons")
    _check(len(made.to_json().encode()) <= LARGEST, "the keyboard is too large")
    return made


def standing(screen: Screen) -> ReplyKeyboardMarkup | None:
    """The button that calls for help below the whole chat; it stays there until another message changes it.

    None for a screen with buttons, as a message has one keyboard, and for one that is edited later: Telegram does not
    edit a message that has brought such a keyboard.
    """
    if screen.help is None or screen.slot is not None or any(screen.buttons):
        return None
    button = KeyboardButton(screen.help, style="danger")
    return ReplyKeyboardMarkup([[button]], is_persistent=True, resize_keyboard=True)


def _button(button: Button) -> InlineKeyboardButton:
    style = button.style if button.style in _COLOURS else None
    if button.press is not None:
        _check(1 <= len(button.press.encode()) <= LONGEST_DATA, f"button data {button.press!r} is not 1 to 64 bytes")
        return InlineKeyboardButton(button.label, callback_data=button.press, style=style)
    if button.url is not None:
        return InlineKeyboardButton(button.label, url=button.url, style=style)
    copied = button.copy or ""
    _check(1 <= len(copied) <= LONGEST_COPY, "a text to copy has 1 to 256 characters")
    return InlineKeyboardButton(button.label, copy_text=CopyTextButton(copied), style=style)


def _check(holds: bool, why: str) -> None:
    if not holds:
        raise ValueError(why)
