"""A typed text that answers what was asked last outside of a flow's own questions (`asked`).

A button's words, a common word or the number of a link stand for the press. After a card, and after the question
whether it is happening now, whatever says yes, no or not sure is about that, and so is a number: none of it answers the
question of a flow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bonewise.dialogue.asked import NOT_NOW, NOW, NUMBER
from bonewise.dialogue.choices import Choice
from bonewise.dialogue.common_words import MEANINGS, NO, YES
from bonewise.dialogue.folding import fold
from bonewise.dialogue.person import Asked
from bonewise.dialogue.places_in_words import place_of
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.typed_words import (
    THUMBS,
    bare,
    common_word,
    is_and,
    is_listed_anywhere,
    read_loosely,
    without_fillers,
)

_ANSWERS = tuple(Choice(meaning, "") for meaning in MEANINGS)
_BETWEEN = re.compile(r"[\W_]+")


def meant_press(speaker: Speaker, asked: Asked, text: str) -> str | None:
    """The data of the button that a text stands for, if it answers what was asked last."""
    said = fold(text)
    if not said and "?" not in text:
        return None  # as in an answer: a lone "?" says "not sure"
    words = asked.urgent or asked.words
    meaning = _meaning(speaker, said)
    return _labelled(speaker, asked.labels, words, said) or (
        words.get(meaning or "") or _numbered(speaker, asked, said)
    )


def _meaning(speaker: Speaker, said: str) -> str | None:
    """Under which name in `Asked.words` or `Asked.urgent` the text stands, if it is no number."""
    if said in THUMBS:
        return YES
    return common_word(speaker, said, _ANSWERS) or read_loosely(speaker, _ANSWERS, said) or _when(speaker, said)


def _when(speaker: Speaker, said: str) -> str | None:
    meaning, rest = _parted(speaker, said)
    whole = next((name for name in (NOW, NOT_NOW) if is_listed_anywhere(speaker, name, bare(said))), None)
    behind = {YES: NOW, NO: NOT_NOW}.get(meaning or "")  # "no, it is happening" is neither
    return whole or (behind if behind and is_listed_anywhere(speaker, behind, rest) else None)


def _numbered(speaker: Speaker, asked: Asked, said: str) -> str | None:
    if place_of(speaker, said) is None and not _is_number(speaker, said):
        return None
    number = place_of(speaker, said)
    if asked.urgent:
        return asked.urgent.get(str(number)) or asked.urgent.get(NUMBER)
    return asked.places[number - 1] if number is not None and 1 <= number <= len(asked.places) else None


def _is_number(speaker: Speaker, said: str) -> bool:
    """Whether there is nothing in the text but numbers: "2", "1 and 3"."""
    parts = [part for part in _BETWEEN.split(without_fillers(speaker, said)) if part]
    numbers = [place_of(speaker, part) is not None for part in parts if not is_and(speaker, part)]
    return bool(numbers) and all(numbers)


def _labelled(speaker: Speaker, labels: Mapping[str, str], words: Mapping[str, str], said: str) -> str | None:
    """The button with these words: "only asking" for "No, only asking", and "yes, it is ..." for "It is ..."."""
    known = {form: press for label, press in labels.items() for form in _forms(speaker, fold(label))}
    meaning, rest = _parted(speaker, said)
    press = known.get(rest)
    return known.get(bare(said)) or (press if press and meaning and words.get(meaning) == press else None)


def _forms(speaker: Speaker, label: str) -> Iterator[str]:
    yield _parted(speaker, label)[1]
    yield bare(label)


def _parted(speaker: Speaker, said: str) -> tuple[str | None, str]:
    """Which of yes and no a text begins with, if it does, and what comes after that."""
    first, _, rest = bare(said).partition(" ")
    meaning = common_word(speaker, first, _ANSWERS)
    return (meaning, rest) if rest and meaning in {YES, NO} else (None, bare(said))
