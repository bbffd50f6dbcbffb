"""A person's name as other people's software sends it, made fit to be shown inside our own sentences."""

from __future__ import annotations

import unicodedata

LONGEST = 64  # characters; what Telegram allows for a first name
# Marks that turn the direction of all text behind them (UAX #9). The joiners U+200C and U+200D are letters' business.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = frozenset({"Cc", "Zl", "Zp"})


def clean_name(name: str | None) -> str | None:
    """The name without control and direction characters, of at most 64 characters; None if nothing is left."""
    shown = "".join(" " if unicodedata.category(c) in _BREAKS else c for c in name or "" if c not in _DIRECTION)
    return " ".join(shown.split())[:LONGEST].strip() or None
