"""How typed words are compared."""

from __future__ import annotations

import unicodedata

from bonewise.i18n.markup import plain

EDGES = " .,;:!?¡¿\"'“”()"


_SKIN = frozenset(map(chr, range(0x1F3FB, 0x1F400)))  # the colour of a hand among emoji


def fold(text: str) -> str:
    """The text as it is compared: no case, accents, width forms, key caps, isolates or outer punctuation;
    ASCII digits."""
    flat = "".join(_digit(character) for character in unicodedata.normalize("NFKD", plain(text)))
    kept = "".join(c for c in flat if unicodedata.category(c) not in {"Mn", "Me", "Cf"} and c not in _SKIN)
    return " ".join(kept.casefold().split()).strip(EDGES)


def _digit(character: str) -> str:
    return str(unicodedata.digit(character)) if character.isdecimal() else character
