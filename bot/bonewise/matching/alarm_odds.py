"""How much a text leans towards an alarm by its meaning (the extra `[semantic]`)."""

from __future__ import annotations

import math

from bonewise.matching.alarm_examples import NO_ALARM
from bonewise.matching.examples import normalised
from bonewise.matching.learnt import Learnt
from bonewise.matching.learnt_file import Embed

_LEAST = 1e-6  # chance, so that the odds have a logarithm


class AlarmOdds:
    """Goes by what was learnt from the examples of the alarm layer, labelled as they are."""

    def __init__(self, learnt: Learnt, embed: Embed) -> None:
        self._learnt = learnt
        self._embed = embed

    def __call__(self, text: str) -> float:
        """The logarithm of the odds that it tells of an alarm, by its first characters; without a word the least."""
        none = dict(self._learnt.ranked(self._embed(text)))[NO_ALARM] if normalised(text) else 1.0
        chance = min(max(1 - none, _LEAST), 1 - _LEAST)
        return math.log(chance / (1 - chance))
