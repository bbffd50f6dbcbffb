"""A matcher that looks at runs of letters only: no dependency, and no understanding, so it offers and never answers
at once, but for a phrasing word for word.

A text and the phrasings are vectors of their runs of 2 to 4 letters within words, weighted by how rare a run is
(tf-idf). A topic scores by its nearest phrasing and by the mean of its phrasings, half and half: on the held-out
questions either alone finds fewer.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from bonewise.matching.matcher import Bars, Exact, Match, judged
from bonewise.matching.phrasings import Phrasing, normalised

BARS = Bars(answer=None, offer=0.28)
_SHORTEST_RUN, _LONGEST_RUN = 2, 4

Vector: TypeAlias = dict[str, float]
_Key = TypeVar("_Key")


class NgramMatcher:
    """Matches by runs of letters."""

    def __init__(self, phrasings: Sequence[Phrasing]) -> None:
        counted = [(phrasing.topic, _runs(normalised(phrasing.text))) for phrasing in phrasings]
        self._exact = Exact(phrasings)
        self._rarity = _rarity(counts for _, counts in counted)
        self._phrasings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._topics: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self._topic_of = [topic for topic, _ in counted]
        means: dict[str, Vector] = defaultdict(lambda: defaultdict(float))
        for number, (topic, counts) in enumerate(counted):
            for run, weight in self._vector(counts).items():
                self._phrasings[run].append((number, weight))
                means[topic][run] += weight
        for topic, mean in means.items():
            for run, weight in _unit(mean).items():
                self._topics[run].append((topic, weight))

    def match(self, text: str) -> Match:
        """What this text is about. Linear in the text's length."""
        vector = self._vector(_runs(normalised(text)))
        nearest: dict[str, float] = dict.fromkeys(self._topic_of, 0.0)
        for number, likeness in _likenesses(vector, self._phrasings).items():
            topic = self._topic_of[number]
            nearest[topic] = max(nearest[topic], likeness)
        means = _likenesses(vector, self._topics)
        scores = {topic: (likeness + means.get(topic, 0.0)) / 2 for topic, likeness in nearest.items()}
        ranked = sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))
        return self._exact.first(text, ranked) or judged(ranked, BARS)

    def _vector(self, counts: Mapping[str, int]) -> Vector:
        known = ((run, count) for run, count in counts.items() if run in self._rarity)
        return _unit({run: (1 + math.log(count)) * self._rarity[run] for run, count in known})


def _runs(text: str) -> Counter[str]:
    padded = [f" {word} " for word in text.split()]
    lengths = range(_SHORTEST_RUN, _LONGEST_RUN + 1)
    return Counter(word[at : at + n] for word in padded for n in lengths for at in range(len(word) - n + 1))


def _rarity(texts: Iterable[Mapping[str, int]]) -> dict[str, float]:
    """Inverse document frequency, smoothed so that a run of every phrasing still counts."""
    every = list(texts)
    seen = Counter(run for counts in every for run in counts)
    return {run: math.log((1 + len(every)) / (1 + often)) + 1 for run, often in seen.items()}


def _unit(vector: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {run: weight / length for run, weight in vector.items()}


def _likenesses(vector: Vector, table: Mapping[str, list[tuple[_Key, float]]]) -> dict[_Key, float]:
    """The cosine with each row of an inverted table."""
    found: dict[_Key, float] = defaultdict(float)
    for run, weight in vector.items():
        for key, other in table.get(run, ()):
            found[key] += weight * other
    return found
