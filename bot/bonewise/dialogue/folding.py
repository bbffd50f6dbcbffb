"""How typed words are compared."""

from __future__ import annotations

import unicodedata

from bonewise.i18n.markup import plain

EDGES = " .,;:!?¡¿\"'“”()"


def fold(text: str) -> str:
    """The text as it is compared: no case, accents, width forms, isolates or outer punctuation; ASCII digits."""
    flat = "".join(_digit(character) for character in unicodedata.normalize("NFKD", plain(text)))
    kept = "".join(c for c in flat if unicodedata.category(c) not in {"Mn", "Cf"})
    return " ".join(kept.casefold().split()).strip(EDGES)


def _digit(character: str) -> str:
    return str(unicodedata.digit(character)) if character.isdecimal() else character
