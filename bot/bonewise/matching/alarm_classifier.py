"""The alarm classifier has learnt from examples which words tell of an emergency that no pattern knows.

What it hears is only ever asked about ("is this happening now?"), so it may be wrong more often than a pattern.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from bonewise.matching.alarm_examples import NO_ALARM
from bonewise.matching.alarm_learnt import Learnt, Seen, features, keep, learn, recalled
from bonewise.matching.examples import LONGEST, normalised

BAR, BAR_BY_MEANING = -0.5, -0.8
"""From which margin on it is asked about, by words alone and with the odds. Of 100 ordinary messages of the held-out
dev parts 8 are, with either; 12 would be the most, as others' messages are harder."""
_WEIGHT = 0.1
"""Of the odds beside the words."""
_VERSION = "1"
"""Goes up when the way of learning changes, so that what was kept before is not used."""

Odds: TypeAlias = Callable[[str], float]
"""How much a text leans towards an alarm by its meaning: the logarithm of the odds."""


class AlarmClassifier:
    """Learns at the first text, or by `learn`: that takes some seconds. The same examples and text, the same answer.

    What was learnt can be kept in a file (`keep`), and taken from there (`recall`) in a twentieth of a second.
    """

    def __init__(self, examples: Sequence[tuple[str, str]], see: Callable[[str], Seen], version: str) -> None:
        """`examples` are labels and texts; `version` changes with what `see` makes of a text."""
        self._examples = examples
        self._see = see
        self._version = version

    def learn(self) -> None:
        """Learn now what would be learnt at the first text."""
        _ = self._learnt

    def recall(self, file: Path) -> None:
        """Take what was kept in this file, if that was learnt from the same examples."""
        learnt = recalled(file, self._digest)
        if learnt is not None:
            self._learnt = learnt  # in place of what the property would learn

    def keep(self, file: Path) -> None:
        """Keep what is learnt. Raises `OSError`."""
        keep(file, self._digest, self._learnt)

    @cached_property
    def _digest(self) -> str:
        lines = (f"{label}\t{text}" for label, text in self._examples)
        return hashlib.sha256("\n".join([_VERSION, self._version, *lines]).encode()).hexdigest()

    @cached_property
    def _known(self) -> dict[str, str]:
        return {normalised(text): label for label, text in self._examples}

    @cached_property
    def _learnt(self) -> Learnt:
        return learn([(label, self._see(text)) for label, text in self._examples])

    def label(self, text: str, seen: Seen, odds: Odds | None = None) -> str:
        """What a text tells, one of `LABELS`. An example word for word tells what it stands for."""
        known = self._known.get(normalised(text)) if len(text) <= LONGEST else None
        return known or self._judged(seen, odds(text) if odds else None)

    def _judged(self, seen: Seen, odds: float | None) -> str:
        learnt = self._learnt
        row = learnt.row(features(seen))
        margin = learnt.alarm.margin(row, learnt.length(row))
        if margin <= BAR if odds is None else margin + _WEIGHT * odds <= BAR_BY_MEANING:
            return NO_ALARM
        return "crisis" if learnt.crisis.margin(row, learnt.length(row)) > 0 else "emergency"
