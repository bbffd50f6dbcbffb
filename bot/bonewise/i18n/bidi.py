"""Text of two directions: isolates round what is filled in, and marks where a right-to-left line begins otherwise.

Directions are those of the Unicode Bidirectional Algorithm (UAX 9). Clients such as Telegram's take a paragraph's
direction from its first strong character outside isolates (rule P2).
"""

from __future__ import annotations

import unicodedata

FSI, LRI, PDI, RLM = "\u2068", "\u2066", "\u2069", "\u200f"

_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_UNSEEN = "\ufeff\ufff9\ufffa\ufffb"
_BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_TABLE = {**dict.fromkeys(map(ord, _CONTROLS + _UNSEEN)), **dict.fromkeys(map(ord, _BREAKS), " ")}
_BAD = frozenset({"Cc", "Cs"})


def isolated(text: str) -> str:
    """The text in an isolate, so that its direction does not reach what stands round it; empty text stays empty."""
    return f"{FSI}{text}{PDI}" if text else ""


def left_to_right(text: str) -> str:
    """The text in an isolate that runs left to right: a telephone number, a dose."""
    return f"{LRI}{text}{PDI}"


def tame(text: str) -> str:
    """The text in one line, without controls of direction, control characters and lone surrogates."""
    kept = text.translate(_TABLE)
    if kept.isascii() and kept.isprintable():
        return kept
    return "".join(character for character in kept if unicodedata.category(character) not in _BAD)


def begun_rtl(text: str) -> str:
    """The text with a mark before each line that would not run from right to left by itself."""
    return "\n".join(line if not line or _runs_rtl(line) else RLM + line for line in text.split("\n"))


def _runs_rtl(line: str) -> bool:
    depth = 0
    for character in line:
        direction = unicodedata.bidirectional(character)
        if direction in {"FSI", "LRI", "RLI"}:
            depth += 1
        elif direction == "PDI":
            depth = max(0, depth - 1)
        elif not depth and direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
