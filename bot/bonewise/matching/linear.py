"""A linear classifier without dependencies: a support-vector machine, fitted by descent in the dual.

After Hsieh et al., "A dual coordinate descent method for large-scale linear SVM", ICML 2008, with the hinge loss.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

_PASSES = 8
_MOST = 1.0
"""How much one example may pull at most: more fits the examples and less the rest."""
_LEAP = (math.sqrt(5) - 1) / 2
"""Examples are visited in leaps of this part of them, the golden one, so that those of one kind do not follow each
other."""


@dataclass(frozen=True, slots=True)
class Linear:
    """What was learnt: the pull of each feature, and where it starts from."""

    pulls: array[float]
    base: float

    def margin(self, features: Sequence[int], length: float) -> float:
        """How far on the wanted side a row lies: -1 and 1 are where the examples should at least be."""
        return self.base + sum([self.pulls[at] for at in features]) / length


def fit(
    rows: Sequence[Sequence[int]], lengths: Sequence[float], wanted: Sequence[bool], sizes: Sequence[float]
) -> Linear:
    """Tell the rows that are wanted from the others. The same rows make the same pulls.

    A row is the numbers of its features, each of which has the square of its size in `sizes`; `lengths` are those of
    the rows as vectors.
    """
    pulls, base, total = [0.0] * len(sizes), 0.0, 0.0
    held = [0.0] * len(rows)
    order = _mixed(len(rows))
    for _ in range(_PASSES):
        total = 0.0
        for at in order:
            total += base
            row, length, side = rows[at], lengths[at], 1 if wanted[at] else -1
            short = 1 - side * (base + sum([pulls[feature] for feature in row]) / length)
            step = side * (min(max(held[at] + short / 2, 0.0), _MOST) - held[at])
            if step:
                held[at] += side * step
                base += step
                part = step / length
                for feature in row:
                    pulls[feature] += part * sizes[feature]
    return Linear(array("f", pulls), total / len(rows) if rows else 0.0)  # where it starts from swings to the end


def _mixed(length: int) -> list[int]:
    """All places, once each, those next to each other far apart."""
    leap = next((leap for leap in range(int(length * _LEAP), 0, -1) if math.gcd(leap, length) == 1), 1)
    return [at * leap % length for at in range(length)]


def length_of(row: Sequence[int], sizes: Sequence[float]) -> float:
    """The length of a row as a vector; 1 of an empty one."""
    return math.sqrt(sum([sizes[feature] for feature in row])) or 1.0
