"""What the alarm classifier learns: two linear classifiers over the same features, and the file that keeps them."""

from __future__ import annotations

import base64
import json
import logging
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, TypeAlias

from bonewise.matching.alarm_examples import NO_ALARM
from bonewise.matching.linear import Linear, fit, length_of

log = logging.getLogger(__name__)

_SHORTEST_RUN, _LONGEST_RUN = 3, 5
_FEWEST = 2  # times a feature has to stand in the examples, or else it says nothing

Seen: TypeAlias = tuple[Sequence[str], Iterable[int]]
"""The words of a text, with typing errors mended, and the numbers of the word groups that are in it."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """The number of each feature, the square of its size, and whether a text tells of anything, or of a crisis."""

    numbers: dict[str, int]
    sizes: array[float]
    alarm: Linear
    crisis: Linear

    def row(self, found: Iterable[str]) -> list[int]:
        """The numbers of the features that are known."""
        return sorted(self.numbers[feature] for feature in found if feature in self.numbers)

    def length(self, row: Sequence[int]) -> float:
        """The length of a row as a vector."""
        return length_of(row, self.sizes)


def learn(examples: Sequence[tuple[str, Seen]]) -> Learnt:
    """Learn from labels and what is seen of their texts. The same examples, the same is learnt."""
    often: Counter[str] = Counter()
    for _, seen in examples:  # found twice rather than kept: all features of all examples take 70 MB
        often.update(features(seen))
    numbers = {feature: at for at, feature in enumerate(sorted(f for f, n in often.items() if n >= _FEWEST))}
    sizes = array("d", ((math.log((1 + len(examples)) / (1 + often[one])) + 1) ** 2 for one in numbers))
    rows = [sorted(numbers[one] for one in features(seen) if one in numbers) for _, seen in examples]
    lengths = [length_of(row, sizes) for row in rows]
    labels = [label for label, _ in examples]
    alarm = fit(rows, lengths, [label != NO_ALARM for label in labels], sizes)
    told = [at for at, label in enumerate(labels) if label != NO_ALARM]
    kinds = [labels[at] == "crisis" for at in told]
    return Learnt(numbers, sizes, alarm, fit([rows[at] for at in told], [lengths[at] for at in told], kinds, sizes))


def features(seen: Seen) -> set[str]:
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


def keep(file: Path, digest: str, learnt: Learnt) -> None:
    """Write what was learnt from the examples of this digest. Raises `OSError`."""
    kept = {
        "digest": digest,
        "features": list(learnt.numbers),
        "sizes": _packed(learnt.sizes),
        "alarm": [_packed(learnt.alarm.pulls), learnt.alarm.base],
        "crisis": [_packed(learnt.crisis.pulls), learnt.crisis.base],
    }
    half = file.with_suffix(".half")
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_text(json.dumps(kept), encoding="utf-8")
    half.replace(file)


def recalled(file: Path, digest: str) -> Learnt | None:
    """What was kept for this digest; None if it is not in the file, or cannot be read."""
    try:
        kept: Any = json.loads(file.read_text(encoding="utf-8"))
        if kept["digest"] != digest:
            return None
        numbers = {feature: at for at, feature in enumerate(kept["features"])}
        learnt = Learnt(numbers, _unpacked("d", kept["sizes"]), _linear(kept["alarm"]), _linear(kept["crisis"]))
        if {len(learnt.sizes), len(learnt.alarm.pulls), len(learnt.crisis.pulls)} != {len(numbers)}:
            raise ValueError("a part is missing")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s cannot be read (%s), so the examples are learnt again", file, type(error).__name__)
        return None
    return learnt


def _linear(kept: Any) -> Linear:
    return Linear(_unpacked("f", kept[0]), float(kept[1]))


def _packed(numbers: array[float]) -> str:
    return base64.b64encode(numbers.tobytes()).decode()


def _unpacked(kind: str, packed: str) -> array[float]:
    return array(kind, base64.b64decode(packed, validate=True))
