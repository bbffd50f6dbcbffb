"""A text as the matching compares it: no case, accents, width, foreign digits or invisible characters."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 6000
"""What lies behind is not looked at. A Telegram message has at most 4,096 characters."""

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´＇"))
_LETTERS = str.maketrans("أإآٱىةیک", "اااايهيك")
_SIGNS = str.maketrans({"🆘": " sos ", "_": " "})
_DROPPED = re.compile("[\u00ad\u0300-\u036f\u0640\u064b-\u065f\u0670\u093c\u180b-\u180e\ufe00-\ufe0f]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_DIGIT = re.compile(r"[^\D0-9]")
_POSSESSIVE = re.compile("(?<=\\w\\w\\w)['’ʼ＇]s\\b")
_DOTTED = re.compile(r"\b(\w)\.(?=\w\b)")


def fold(text: str) -> str:
    """Fold the first `MOST_CHARACTERS` of a text. Marks that carry meaning, as in Devanagari, stay."""
    seen = _POSSESSIVE.sub("", _INVISIBLE.sub("", text[:MOST_CHARACTERS])).translate(_APOSTROPHES)
    if seen.isascii():
        return _DOTTED.sub(r"\1", seen.lower().translate(_SIGNS))
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", seen).casefold())
    bare = unicodedata.normalize("NFC", _DROPPED.sub("", apart)).translate(_LETTERS)
    return _DOTTED.sub(r"\1", _DIGIT.sub(_ascii_digit, bare.translate(_SIGNS)))


def _ascii_digit(found: re.Match[str]) -> str:
    return str(unicodedata.decimal(found[0]))
