"""How fast a channel may send."""

from __future__ import annotations

from typing import NamedTuple


class Pace(NamedTuple):
    """In seconds: between two messages of the channel, by how much one may be late without the time being lost,
    between two to one chat, and how far replies may run ahead.
    """

    interval: float = 0.0
    late: float = 0.0
    chat_interval: float = 0.0
    burst: float = 0.0


UNPACED = Pace()

_GIVEN_UP = 0.005
"""Of the allowed rate, which makes room for `late` in it, so that the rest is used to the full."""


def at_most(per_second: float) -> Pace:
    """No second, wherever it begins, has more messages than this (a whole number).

    Of k + 1 messages the last comes k intervals after the first, less what that one was late. So k is less than
    (1 + late) / interval within a second, and that is a hair below `per_second`.
    """
    return Pace(interval=1 / ((1 - _GIVEN_UP) * per_second), late=_GIVEN_UP)


PER_SECOND = 30


def to_chats(per_second: int) -> Pace:
    """So many a second in all, about one a second to one chat where short bursts pass (core.telegram.org/bots/faq)."""
    return at_most(per_second)._replace(chat_interval=1.0, burst=10.0)


TELEGRAM = to_chats(PER_SECOND)
