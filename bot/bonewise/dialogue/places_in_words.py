"""Which one of a list a typed text names by its place: "2", "two", "the second one", "option 2", "2nd"."""

from __future__ import annotations

from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.typed_words import is_listed_anywhere, listed, without_fillers

ORDINALS = ("ordinals", "ordinals_too")
"""Lists of words for the first, the second and so on; a language can have two forms."""


def place_of(speaker: Speaker, said: str) -> int | None:
    """The place that a folded text names, from 1, or the number that it is."""
    number = number_of(speaker, said)
    return place_in_words(speaker, said) if number is None else number


def number_of(speaker: Speaker, said: str) -> int | None:
    """The number that a folded text is, in digits or as a word."""
    if said.isdecimal():
        return int(said)
    words = listed(speaker, "numbers")
    return words.index(said) if said in words else None


def place_in_words(speaker: Speaker, said: str) -> int | None:
    """The place that a folded text names otherwise than by a number alone, from 1."""
    if said.startswith("#"):
        return number_of(speaker, said[1:].strip())
    first, _, last = without_fillers(speaker, said).partition(" ")
    if last and is_listed_anywhere(speaker, "option", first):
        return number_of(speaker, last)
    if first.isdecimal() and last in listed(speaker, "ordinal_ends"):
        return int(first)  # "2.º"
    return _ordinal(speaker, first) if not last or last in listed(speaker, "one") else None


def _ordinal(speaker: Speaker, said: str) -> int | None:
    lists = (listed(speaker, name) for name in ORDINALS)
    place = next((words.index(said) + 1 for words in lists if said in words), None)
    digits = said[: len(said) - len(said.lstrip("0123456789"))]
    ends = said[len(digits) :] in listed(speaker, "ordinal_ends")
    return place or (int(digits) if digits and ends else None)
