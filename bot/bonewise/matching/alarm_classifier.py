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
from bonewise.matching.alarm_pieces import pieces
from bonewise.matching.examples import LONGEST, normalised

BAR, BAR_BY_MEANING = -0.8, -1.4
"""From which margin on it is asked about, by words alone and with the odds: as low as leaves at most 11 of 100
ordinary messages of the held-out dev parts that are asked about; 15 would be the most. Strangers' alarms lie lower."""
LONG_BAR, PIECE_BAR = -0.6, -0.2
"""The same, with the odds or without, for a long message and for the piece of it that tells most of an alarm: there is
more in it that may ring."""
SURE = 0.3
"""From which margin on the words are so sure of it that the odds take nothing back."""
FEWEST_WORDS = 3
"""A shorter text is left to the patterns, and to examples word for word: it is a name, or the answer to a question."""
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
        """What a text tells, one of `LABELS`. An example word for word tells what it stands for.

        The odds are asked for twice of a long text: for the whole, and for the piece that tells most.
        """
        known = self._known.get(normalised(text)) if len(text) <= LONGEST else None
        if known or len(seen[0]) < FEWEST_WORDS:
            return known or NO_ALARM
        cut = [(piece, self._see(piece)) for piece in pieces(text)]
        bar = LONG_BAR if cut else BAR if odds is None else BAR_BY_MEANING
        if self._rings(text, seen, odds, bar):
            return self._kind(seen)
        if not cut:
            return NO_ALARM
        piece, of_piece = max(cut, key=lambda one: self._margin(one[1]))
        return self._kind(of_piece) if self._rings(piece, of_piece, odds, PIECE_BAR) else NO_ALARM

    def _rings(self, text: str, seen: Seen, odds: Odds | None, bar: float) -> bool:
        margin = self._margin(seen)
        return margin > SURE or margin + (_WEIGHT * odds(text) if odds else 0.0) > bar

    def _margin(self, seen: Seen) -> float:
        row = self._learnt.row(features(seen))
        return self._learnt.alarm.margin(row, self._learnt.length(row))

    def _kind(self, seen: Seen) -> str:
        row = self._learnt.row(features(seen))
        return "crisis" if self._learnt.crisis.margin(row, self._learnt.length(row)) > 0 else "emergency"
