"""A screen as one or more messages: https://core.telegram.org/bots/api#html-style.

A time that the reader's own app may word (`Screen.moment`) stands between two `MOMENT` marks in the text. They are
invisible, so that a channel which knows nothing of them shows the words between them as they are.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache, partial

from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup

from bonewise.channel.telegram.keyboard import keyboard, standing
from bonewise.channel.telegram.split import split_text
from bonewise.dialogue.screen import MOMENT, Screen
from bonewise.i18n.bidi import begun_rtl
from bonewise.i18n.markup import to_telegram_html

LONGEST = 4096  # UTF-16 units after the tags are gone; Telegram's apps count these, its server counts characters
LONGEST_CAPTION = 1024  # the same of the words below a picture
_MOMENT = re.compile(f"{MOMENT}([^{MOMENT}\n]+){MOMENT}")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Part:
    """One message."""

    html: str
    keyboard: InlineKeyboardMarkup | ReplyKeyboardMarkup | None = None

    @property
    def plain(self) -> str:
        """The words without their formatting."""
        return _plain(self.html)

    @property
    def units(self) -> int:
        """Its length as Telegram counts it."""
        return _units(self.html)

    @property
    def is_caption(self) -> bool:
        """Whether it is short enough for the words below a picture."""
        return _fits(self.html, LONGEST_CAPTION)


def render(screen: Screen, *, private: bool = True) -> list[Part]:
    """The messages of a screen, nearly always one; the buttons are on the last. Raises `ValueError`: see `keyboard`.

    In a `private` chat a screen without buttons brings the one that stands below the chat.
    """
    shown = cache(partial(_html, screen=screen))
    texts = [shown(piece) for piece in split_text(screen.text, lambda text: _fits(shown(text)))]
    for folded in _folded(screen):
        joined = f"{texts[-1]}\n\n{folded}"
        texts[-1:] = [joined] if _fits(joined) else [texts[-1], folded]
    *first, last = texts
    return [*map(Part, first), Part(last, keyboard(screen) or (standing(screen) if private else None))]


def _folded(screen: Screen) -> list[str]:
    def quoted(text: str) -> str:
        return f"<blockquote expandable>{_html(text, screen)}</blockquote>"

    return [quoted(piece) for piece in split_text(screen.folded or "", lambda text: _fits(quoted(text))) if piece]


def _html(text: str, screen: Screen) -> str:
    shown = to_telegram_html(begun_rtl(text) if screen.rtl else text)
    return _MOMENT.sub(lambda words: _moment(words[1], screen.moment), shown).replace(MOMENT, "")


def _moment(words: str, moment: int | None) -> str:
    """Weekday, date and time in the reader's own zone and language; old apps show the words."""
    return words if moment is None else f'<tg-time unix="{moment}" format="wDt">{words}</tg-time>'


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def _units(text: str) -> int:
    return len(_plain(text).encode("utf-16-le")) // 2


def _fits(text: str, longest: int = LONGEST) -> bool:
    return _units(text) <= longest
