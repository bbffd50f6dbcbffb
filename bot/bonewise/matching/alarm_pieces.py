"""A long message in pieces, as an alarm in one sentence of it would drown among the others."""

from __future__ import annotations

import re

LONG = 20
"""Words of a message that is looked at in pieces too; a piece has no more than a quarter more."""
_SHORTEST = 3
_END = re.compile(r"(?<=[.!?\n\u2026\u061f\u0964])\s+|(?<=[\u3002\uff01\uff1f])")


def pieces(text: str) -> list[str]:
    """The sentences of a long message; one that is long itself in runs of words, each of which overlaps the next.

    None of a message that is short, or that is one short sentence.
    """
    if len(text.split()) <= LONG:
        return []
    return [piece for sentence in _END.split(text) for piece in _runs(sentence.split())]


def _runs(words: list[str]) -> list[str]:
    if len(words) < _SHORTEST:
        return []
    if len(words) <= LONG + LONG // 4:
        return [" ".join(words)]
    return [" ".join(words[at : at + LONG]) for at in range(0, len(words) - LONG // 2, LONG // 2)]
