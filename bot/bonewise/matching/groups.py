"""Word groups: which words and phrases of a text belong to which group."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from bonewise.matching.patterns import Place
from bonewise.matching.spelling import Spelling

YEAR = "<year>"
ANY = "<any>"
"""Behind the first word of a phrase: any one word ("hace <any> años")."""
_A_YEAR = re.compile("(19|20)[0-9]{2}")
_Entry = tuple[tuple[str, ...], int]  # the words behind the first, and the group


class Groups:
    """All groups of all languages in one index. A word that ends in `*` stands for all that begin with it.

    Typing errors are mended towards words of the groups `mended` only: a "no" that nobody wrote would do harm.
    """

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], int]], mended: frozenset[int]) -> None:
        self._whole: dict[str, list[_Entry]] = defaultdict(list)
        self._begun: dict[str, list[_Entry]] = defaultdict(list)
        words: set[str] = set()
        for phrase, group in entries:
            if group in mended:
                words.update(word for word in phrase if not word.endswith("*") and word != ANY)
            first = phrase[0]
            index = self._begun if first.endswith("*") else self._whole
            index[first.removesuffix("*")].append((phrase[1:], group))
        self._lengths = sorted({len(start) for start in self._begun})
        self._spelling = Spelling(words)
        self._entries = lru_cache(maxsize=8192)(self._entries_of)
        self._word = lru_cache(maxsize=8192)(self._word_of)

    def repaired(self, words: list[str]) -> list[str]:
        """The words with typing errors mended, and every year from 1900 on as `YEAR`."""
        return [self._word(word) for word in words]

    def find(self, words: list[str]) -> dict[int, list[Place]]:
        """Where each group stands, in the order of the text."""
        found: dict[int, list[Place]] = {}
        for start, word in enumerate(words):
            for rest, group in self._entries(word):
                end = start + 1 + len(rest)
                if not rest or (all(map(_is, words[start + 1 : end], rest)) and end <= len(words)):
                    found.setdefault(group, []).append((start, end))
        return found

    def _entries_of(self, word: str) -> tuple[_Entry, ...]:
        entries = list(self._whole.get(word, ()))
        for length in self._lengths:
            if length <= len(word):
                entries += self._begun.get(word[:length], ())
        return tuple(entries)

    def _word_of(self, word: str) -> str:
        if _A_YEAR.fullmatch(word):
            return YEAR
        return word if self._entries(word) else self._spelling.repaired(word)


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else wanted in (word, ANY)
