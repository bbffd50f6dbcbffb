"""Cheap forgiveness for typing errors: one slip in a word that the patterns know."""

from __future__ import annotations

import re
from collections.abc import Iterable

_RUN = re.compile(r"(\w)\1+")
_SHORTEST = 6  # letters; one slip in a shorter word makes too many other words
_SHORTEST_CHANGED = 7


def _squeezed(word: str) -> str:
    return _RUN.sub(r"\1", word)


def _without_one(word: str) -> set[str]:
    return {word[:n] + word[n + 1 :] for n in range(1, len(word))}


class Spelling:
    """Knows the words of the patterns, and finds the one that a mistyped word stands for."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._squeezed: dict[str, str] = {}
        self._near: dict[str, set[str]] = {}
        for word in sorted(self._known):
            if len(word) > 3:
                self._squeezed.setdefault(_squeezed(word), word)
            if len(word) >= _SHORTEST:
                for shape in {word, *_without_one(word)}:
                    self._near.setdefault(shape, set()).add(word)

    def repaired(self, word: str) -> str:
        """The known word with doubled letters, or one letter missing, added, changed or swapped; else the word."""
        if word in self._known or len(word) < 4:
            return word
        single = self._squeezed.get(_squeezed(word))
        if single and len(single) < len(word):
            return single
        return self._neighbour(word) or word

    def _neighbour(self, word: str) -> str | None:
        if not _SHORTEST - 1 <= len(word) <= 20:
            return None
        for shape in (word, *sorted(_without_one(word))):
            for known in sorted(self._near.get(shape, ())):
                if _one_slip(word, known):
                    return known
        return None


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, added, changed or swapped with the next."""
    begin = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    rest, other = typed[begin:], meant[begin:]
    if len(typed) < len(meant):
        return rest == other[1:]
    if len(typed) > len(meant):
        return rest[1:] == other
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return swapped or (len(meant) >= _SHORTEST_CHANGED and rest[1:] == other[1:])
