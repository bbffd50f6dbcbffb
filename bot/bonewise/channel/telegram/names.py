"""A person's name as other people's software sends it, made fit to be shown inside our own sentences."""

from __future__ import annotations

from bonewise.i18n.bidi import tame

LONGEST = 64  # characters; what Telegram allows for a first name


def clean_name(name: str | None) -> str | None:
    """The name without control and direction characters, of at most 64 characters; None if nothing is left."""
    return " ".join(tame(name or "").split())[:LONGEST].strip() or None
