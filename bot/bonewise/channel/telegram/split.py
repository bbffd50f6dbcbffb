"""Cut a text that is too long for one message, at the widest border there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_BORDERS = ("\n\n", "\n", " ")


def split_text(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut `text` into pieces that fit: between paragraphs, else lines, else words, else anywhere."""
    if fits(text) or len(text) < 2:
        return [text]
    border = next((border for border in _BORDERS if border in text.strip()), None)
    if border is None:
        middle = len(text) // 2
        return split_text(text[:middle], fits) + split_text(text[middle:], fits)
    small = [piece for part in text.split(border) for piece in split_text(part, fits)]
    return [piece for piece in _packed(small, border, fits) if piece.strip()]


def _packed(pieces: Sequence[str], border: str, fits: Callable[[str], bool]) -> list[str]:
    """As many neighbours together as fit."""
    packed = [pieces[0]]
    for piece in pieces[1:]:
        joined = packed[-1] + border + piece
        packed[-1:] = [joined] if fits(joined) else [packed[-1], piece]
    return packed
