"""What a typed question is about: the interface of every matcher, and how sure it has to be.

Which language a text is in is not asked: the phrasings of all languages are looked at together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

from bonewise.dialogue.topics import OUT_OF_SCOPE
from bonewise.matching.examples import Example, normalised

Band: TypeAlias = Literal["answer", "offer", "unknown"]
Ranked: TypeAlias = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Bars:
    """From which score (0 to 1) a matcher is sure enough to answer at once, and to offer topics; found by
    `benchmarks/evaluation`. `answer` is None where a matcher may offer only."""

    answer: float | None
    offer: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a text is about: `topics` best first, and what `score` allows. Without any phrasing there are no topics."""

    band: Band
    topics: tuple[str, ...]
    score: float  # 0 to 1, of the first topic; 1 for a phrasing word for word


class Matcher(Protocol):
    """Says what a text is about. Pure once it is made: the same text, the same match."""

    def match(self, text: str) -> Match:
        """What this text is about. Never raises."""


class Exact:
    """Knows every phrasing word for word, whatever its case, accents and punctuation."""

    def __init__(self, phrasings: Sequence[Example]) -> None:
        self._phrasings = phrasings

    @cached_property
    def _topics(self) -> dict[str, str]:
        """Made at the first match: the start does not wait for it."""
        return {normalised(phrasing.text): phrasing.label for phrasing in self._phrasings}

    def first(self, text: str, ranked: Ranked) -> Match | None:
        """The topic of which this text is a phrasing, before those that were ranked; None if it is none."""
        topic = self._topics.get(normalised(text))
        if topic is None:
            return None
        return Match("answer", (topic, *(other for other, _ in ranked if other != topic)), 1.0)


def judged(ranked: Ranked, bars: Bars) -> Match:
    """The ranked topics with what their scores allow. What is out of scope is not known, and named where it is sure."""
    if not ranked:
        return Match("unknown", (), 0.0)
    best, score = ranked[0]
    topics = tuple(topic for topic, _ in ranked)
    if score < bars.offer:
        return Match("unknown", tuple(topic for topic in topics if topic != OUT_OF_SCOPE), score)
    if best == OUT_OF_SCOPE:
        return Match("unknown", topics, score)
    answers = bars.answer is not None and score >= bars.answer
    return Match("answer" if answers else "offer", topics, score)
