"""How fast a channel may send."""

from __future__ import annotations

from typing import NamedTuple


class Pace(NamedTuple):
    """In seconds: between two messages of the channel, between two to one chat, and how far replies may run ahead."""

    interval: float = 0.0
    chat_interval: float = 0.0
    burst: float = 0.0


UNPACED = Pace()

TELEGRAM = Pace(interval=1 / 30, chat_interval=1.0, burst=10.0)
"""30 messages a second, about one a second to one chat where short bursts pass (core.telegram.org/bots/faq)."""
