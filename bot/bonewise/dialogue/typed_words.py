"""Common words for an answer, and answers with words around them that add nothing: "yes, it is", "both my feet"."""

from __future__ import annotations

import re
from functools import lru_cache

from bonewise.dialogue.choices import CHANGE, KEEP, Choice
from bonewise.dialogue.common_words import AND, NO, YES
from bonewise.dialogue.folding import fold
from bonewise.dialogue.speaker import Speaker
from bonewise.flow.model import NONE, PRESSED, SKIPPED, UNSURE
from bonewise.flow.state import CHANGED, SAME

_MEANS = {name: name for name in (YES, NO, UNSURE, NONE, SKIPPED)} | {
    PRESSED: YES, SAME: YES, CHANGED: NO, CHANGE: YES, KEEP: NO
}  # fmt: skip
"""Under which name the common words stand for what has an id of its own: "yep" confirms a change, too."""

THUMBS = frozenset("👍✅")
"""Say yes to a plain question. A thumb down or a cross can also mean that something is bad, so they say nothing."""

_INNER = re.compile(r"[,.;:!…]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`")


def listed(speaker: Speaker, name: str) -> tuple[str, ...]:
    """The words of a list in the locale, folded."""
    return _listed(speaker, name, speaker.tag)


def is_listed_anywhere(speaker: Speaker, name: str, said: str) -> bool:
    """Whether the word stands in a list of any language served."""
    return any(said in _listed(speaker, name, tag) for tag in speaker.world.catalog.languages)


def is_and(speaker: Speaker, said: str) -> bool:
    """Whether the word stands between two answers, in any language."""
    return is_listed_anywhere(speaker, AND, said) or speaker.world.common_words.get(said) == AND


def common_word(speaker: Speaker, said: str, options: tuple[Choice, ...]) -> str | None:
    """The option for which a common word stands: of the talk's language before those of the others."""
    own = (choice.value for choice in options if said in listed(speaker, _MEANS.get(choice.value, "")))
    return next(own, None) or _foreign_word(speaker, said, options)


def read_loosely(speaker: Speaker, options: tuple[Choice, ...], said: str) -> str | None:
    """The option that is meant if words that add nothing are left out, if that is clearly one."""
    short = without_fillers(speaker, said)
    if not short or short.isdecimal():
        return None
    word = common_word(speaker, bare(said), options) or common_word(speaker, short, options)
    if word is not None and (_MEANS.get(word) not in {YES, NO} or _first(said) == _first(short)):
        return word  # "I am ok" says neither yes nor no
    named = [choice.value for choice in options if short in _names(speaker, choice)]
    return named[0] if len(named) == 1 else None


def without_fillers(speaker: Speaker, said: str) -> str:
    """A folded text without the words that add nothing to an answer, and without punctuation inside."""
    short = f" {bare(said)} "
    for filler in sorted(map(bare, listed(speaker, "fillers")), key=len, reverse=True):
        short = short.replace(f" {filler} ", " ")
        short = short.replace(f" {filler} ", " ")  # neighbours share the blank between them
    return short.strip()


def _foreign_word(speaker: Speaker, said: str, options: tuple[Choice, ...]) -> str | None:
    """One letter is no word of another language: "y" is "and" in Spanish."""
    if len(said) < 2 and said.isascii():
        return None
    meaning = speaker.world.common_words.get(said) or _elsewhere(speaker, said)
    wanted = {meaning, *((NONE,) if meaning == NO else ())} - {None}
    return next((choice.value for choice in options if _MEANS.get(choice.value) in wanted), None)


def _elsewhere(speaker: Speaker, said: str) -> str | None:
    """What the word means in the first of the served languages that lists it."""
    tags = (tag for tag in speaker.world.catalog.languages if tag != speaker.tag)
    found = (name for tag in tags for name in (YES, NO, UNSURE, NONE) if said in _listed(speaker, name, tag))
    return next(found, None)


def _names(speaker: Speaker, choice: Choice) -> set[str]:
    """The names of an option with an id of its own: its label, or each of several that stand in it ("new or worse")."""
    if choice.value in _MEANS:
        return set()
    between = {f" {word} " for word in listed(speaker, "or")}
    parts = [fold(line) for line in choice.names]
    for word in between:
        parts = [part for whole in parts for part in whole.split(word)]
    return {without_fillers(speaker, name) for part in parts for name in (part, _without_both(speaker, part))}


def _without_both(speaker: Speaker, name: str) -> str:
    """Who says "feet" means both."""
    both = (f"{word} " for word in listed(speaker, "both"))
    return next((name.removeprefix(word) for word in both if name.startswith(word)), name)


def _first(said: str) -> str:
    return bare(said).partition(" ")[0]


def bare(said: str) -> str:
    """A folded text without punctuation inside and without apostrophes."""
    return " ".join(_INNER.sub(" ", said.translate(_APOSTROPHES)).split())


def _listed(speaker: Speaker, name: str, tag: str) -> tuple[str, ...]:
    key = f"ui.typed.{name}"
    catalog = speaker.world.catalog
    return _folded(str(catalog.text(tag, key))) if catalog.has(tag, key) else ()


@lru_cache(1024)
def _folded(words: str) -> tuple[str, ...]:
    """Each word as it is typed, and without apostrophes and punctuation inside."""
    folded = [fold(word) for word in words.split(",")]
    return tuple(dict.fromkeys([*folded, *map(bare, folded)]))
