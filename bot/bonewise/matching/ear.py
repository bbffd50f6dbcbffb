"""The second ear of the alarm layer: it learns from examples which words tell of an emergency that no pattern knows.

What it hears is only ever asked about ("is this happening now?"), so it may be wrong more often than a pattern.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import combinations, pairwise
from typing import TypeAlias

from bonewise.matching.alarm_examples import NO_ALARM
from bonewise.matching.linear import fit, length_of
from bonewise.matching.phrasings import LONGEST, normalised

BAR, BAR_BY_MEANING = -0.5, -0.8
"""From which margin on it is asked about, by words alone and with the leaning. Of 100 ordinary messages of the held-out
dev parts 8 are, with either; 12 would be the most, as others' messages are harder."""
_WEIGHT = 0.1
"""Of the leaning beside the words."""
_SHORTEST_RUN, _LONGEST_RUN = 3, 5
_FEWEST = 2  # times a feature has to stand in the examples, or else it says nothing

Lean: TypeAlias = Callable[[str], float]
"""How much a text leans towards an alarm by its meaning: the logarithm of the odds."""

Seen: TypeAlias = tuple[Sequence[str], Iterable[int]]
"""The words of a text, with typing errors mended, and the numbers of the word groups that are in it."""


class Ear:
    """Learns at the first text, or by `learn`: that takes a second. The same examples and text, the same answer."""

    def __init__(self, examples: Sequence[tuple[str, str]], see: Callable[[str], Seen]) -> None:
        """`examples` are labels and texts."""
        self._examples = examples
        self._see = see

    def learn(self) -> None:
        """Learn now what would be learnt at the first text."""
        _ = self._learnt

    @cached_property
    def _known(self) -> dict[str, str]:
        return {normalised(text): label for label, text in self._examples}

    @cached_property
    def _learnt(self) -> _Learnt:
        return _Learnt([(label, self._see(text)) for label, text in self._examples])

    def label(self, text: str, seen: Seen, lean: Lean | None = None) -> str:
        """What a text tells, one of `LABELS`. An example word for word tells what it stands for."""
        known = self._known.get(normalised(text)) if len(text) <= LONGEST else None
        return known or self._learnt.label(seen, lean(text) if lean else None)


class _Learnt:
    """Two classifiers over the same features: whether a text tells of anything, and whether that is a crisis."""

    def __init__(self, examples: Sequence[tuple[str, Seen]]) -> None:
        often: Counter[str] = Counter()
        for _, seen in examples:  # found twice rather than kept: all features of all examples take 70 MB
            often.update(_features(seen))
        self._number = {feature: at for at, feature in enumerate(sorted(f for f, n in often.items() if n >= _FEWEST))}
        rarity = (math.log((1 + len(examples)) / (1 + often[feature])) + 1 for feature in self._number)
        self._sizes = [size * size for size in rarity]
        rows = [self._row(_features(seen)) for _, seen in examples]
        lengths = [length_of(row, self._sizes) for row in rows]
        labels = [label for label, _ in examples]
        self._alarm = fit(rows, lengths, [label != NO_ALARM for label in labels], self._sizes)
        told = [at for at, label in enumerate(labels) if label != NO_ALARM]
        kinds = [labels[at] == "crisis" for at in told]
        self._crisis = fit([rows[at] for at in told], [lengths[at] for at in told], kinds, self._sizes)

    def label(self, seen: Seen, leaning: float | None) -> str:
        row = self._row(_features(seen))
        length = length_of(row, self._sizes)
        margin = self._alarm.margin(row, length)
        if margin <= BAR if leaning is None else margin + _WEIGHT * leaning <= BAR_BY_MEANING:
            return NO_ALARM
        return "crisis" if self._crisis.margin(row, length) > 0 else "emergency"

    def _row(self, features: Iterable[str]) -> list[int]:
        return sorted(self._number[feature] for feature in features if feature in self._number)


def _features(seen: Seen) -> set[str]:
    """Words, pairs of neighbours, runs of letters, word groups and pairs of these."""
    words, groups = seen
    numbers = [f"#{number}" for number in sorted(groups)]
    found = {*map(" ".join, pairwise(words)), *numbers, *map("".join, combinations(numbers, 2))}
    return found.union(*map(_runs, words))


def _runs(word: str) -> list[str]:
    """The word between blanks, and its runs of letters."""
    padded = f" {word} "
    lengths = range(_SHORTEST_RUN, _LONGEST_RUN + 1)
    return [padded, *(padded[at : at + n] for n in lengths for at in range(len(padded) - n + 1))]
