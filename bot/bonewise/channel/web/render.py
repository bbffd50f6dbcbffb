"""An output as the page gets it: plain data, its text already safe HTML."""

from __future__ import annotations

import re
from typing import Any

from bonewise.channel.web.words import PageWords
from bonewise.dialogue.screen import Attachment, Button, Output, Screen
from bonewise.i18n.markup import to_page_html

_NUMBER = re.compile(r"\+?[\d][\d ()./-]*")
_OF_ONE_QUESTION = frozenset("atdcmbls")


def render(row: int, output: Output, message: str | None, words: PageWords) -> dict[str, Any]:
    """The JSON of an output. `message` is the id of the message that it edits, or that it was sent as.

    `edit` says whether an older message is changed in place.
    """
    shown = message or str(row)
    base = {"row": row, "message": shown, "edit": shown != str(row)}
    if isinstance(output, Screen):
        return {**base, **_screen(row, output, words)}
    return {**base, "edit": True, "strip": True}


def _screen(row: int, screen: Screen, words: PageWords) -> dict[str, Any]:
    shown = [_button(button, screen.lang, words) for line in screen.buttons for button in line]
    return {
        "role": screen.role,
        "lang": screen.lang,
        "dir": "rtl" if screen.rtl else "ltr",
        "html": to_page_html(screen.text),
        "folded": to_page_html(screen.folded) if screen.folded else None,
        "picture": {"src": f"pictures/{screen.picture}", "alt": screen.picture_words} if screen.picture else None,
        "buttons": [*_file(row, screen.file), *shown],
    }


def _file(row: int, file: Attachment | None) -> list[dict[str, Any]]:
    """The file is a button that loads it from our own server."""
    if file is None:
        return []
    return [{"label": file.label, "style": "primary", "ticked": False, "lasting": True, "url": f"files/{row}",
             "download": file.name}]  # fmt: skip


def _button(button: Button, lang: str, words: PageWords) -> dict[str, Any]:
    return {
        "label": button.label,
        "style": button.style,
        "ticked": button.ticked,
        "lasting": _lasts(button),
        **_does(button, lang, words),
    }


def _does(button: Button, lang: str, words: PageWords) -> dict[str, str]:
    """What the button does, by the one key that says so."""
    if button.press is not None:
        return {"press": button.press}
    if button.url is not None:
        return {"url": button.url}
    text = button.copy or ""
    if _NUMBER.fullmatch(text):
        return {"tel": _dialled(text), "label": words.call(lang, text)}
    return {"copy": text}


def _lasts(button: Button) -> bool:
    """Whether the button outlives the question: a link, a number, help. Answers and the like do not."""
    kind = (button.press or "").partition(":")[0]
    return button.style == "danger" or kind not in _OF_ONE_QUESTION


def _dialled(number: str) -> str:
    """A number as `tel:` takes it (RFC 3966): digits, with a leading plus."""
    return ("+" if number.startswith("+") else "") + re.sub(r"\D", "", number)
