"""How buttons stand: two in a row only where both labels are short, so that no word is cut on a narrow phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bonewise.dialogue.screen import Button

PAIR = 14  # letters; voice.md, rules of the talk

Rows = tuple[tuple[Button, ...], ...]


def rows(*groups: Iterable[Button]) -> Rows:
    """The groups below each other; inside a group short neighbours share a row."""
    return tuple(row for group in groups for row in _paired(tuple(group)))


def _paired(buttons: Sequence[Button]) -> Iterable[tuple[Button, ...]]:
    at = 0
    while at < len(buttons):
        pair = buttons[at : at + 2]
        size = 2 if len(pair) == 2 and all(len(button.label) <= PAIR for button in pair) else 1
        yield tuple(buttons[at : at + size])
        at += size
