"""A matcher that looks at runs of letters only: no dependency, and no understanding, so it offers and never answers
at once, but for a phrasing word for word.

A text and the phrasings are vectors of their runs of 2 to 4 letters within words, weighted by how rare a run is
(tf-idf). A topic scores by its nearest phrasing and by the mean of its phrasings, half and half: on the held-out
questions either alone finds fewer.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from bonewise.matching.examples import Example, normalised
from bonewise.matching.matcher import Bars, Exact, Match, judged

BARS = Bars(answer=None, offer=0.28)
_SHORTEST_RUN, _LONGEST_RUN = 2, 4

Vector: TypeAlias = dict[str, float]


class NgramMatcher:
    """Matches by runs of letters. The tables are made at the first match: the start does not wait for them."""

    def __init__(self, phrasings: Sequence[Example]) -> None:
        self._phrasings = phrasings
        self._exact = Exact(phrasings)

    @cached_property
    def _tables(self) -> _Tables:
        return _Tables(self._phrasings)

    def match(self, text: str) -> Match:
        """What this text is about. Linear in the text's length."""
        return self._exact.first(text, ranked := self._tables.ranked(text)) or judged(ranked, BARS)


class _Tables:
    """The vectors of all phrasings and of the mean of each topic, by the runs they have."""

    def __init__(self, phrasings: Sequence[Example]) -> None:
        texts = [normalised(phrasing.text) for phrasing in phrasings]
        self._rarity = _rarity(texts)
        self._topics = list(dict.fromkeys(phrasing.label for phrasing in phrasings))
        number = {topic: place for place, topic in enumerate(self._topics)}
        self._topic_of = [number[phrasing.label] for phrasing in phrasings]
        means: list[Vector] = [defaultdict(float) for _ in self._topics]
        self._by_phrasing, self._by_topic = _Inverted(), _Inverted()
        for row, text in enumerate(texts):
            vector = self._vector(_runs(text))
            self._by_phrasing.add(row, vector)
            mean = means[self._topic_of[row]]
            for run, weight in vector.items():
                mean[run] += weight
        for row, mean in enumerate(means):
            self._by_topic.add(row, _unit(mean))

    def ranked(self, text: str) -> list[tuple[str, float]]:
        """Every topic with its score, the best first."""
        vector = self._vector(_runs(normalised(text)))
        nearest = [0.0] * len(self._topics)
        for row, likeness in self._by_phrasing.likenesses(vector).items():
            topic = self._topic_of[row]
            nearest[topic] = max(nearest[topic], likeness)
        means = self._by_topic.likenesses(vector)
        scores = {name: (nearest[row] + means.get(row, 0.0)) / 2 for row, name in enumerate(self._topics)}
        return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))

    def _vector(self, counts: Mapping[str, int]) -> Vector:
        known = ((run, count) for run, count in counts.items() if run in self._rarity)
        return _unit({run: (1 + math.log(count)) * self._rarity[run] for run, count in known})


class _Inverted:
    """Vectors as rows of a table, found by their runs. Arrays, as lists of pairs take ten times the memory."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[array[int], array[float]]] = {}

    def add(self, row: int, vector: Vector) -> None:
        for run, weight in vector.items():
            rows, weights = self._rows.setdefault(run, (array("H"), array("f")))
            rows.append(row)
            weights.append(weight)

    def likenesses(self, vector: Vector) -> dict[int, float]:
        """The cosine with each row that has a run in common."""
        found: dict[int, float] = defaultdict(float)
        for run, weight in vector.items():
            for row, other in zip(*self._rows.get(run, ((), ())), strict=True):
                found[row] += weight * other
        return found


def _runs(text: str) -> Counter[str]:
    padded = [f" {word} " for word in text.split()]
    lengths = range(_SHORTEST_RUN, _LONGEST_RUN + 1)
    return Counter(word[at : at + n] for word in padded for n in lengths for at in range(len(word) - n + 1))


def _rarity(texts: Sequence[str]) -> dict[str, float]:
    """Inverse document frequency, smoothed so that a run of every phrasing still counts."""
    seen = Counter(run for text in texts for run in _runs(text))
    return {run: math.log((1 + len(texts)) / (1 + often)) + 1 for run, often in seen.items()}


def _unit(vector: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {run: weight / length for run, weight in vector.items()}
