"""A matcher that goes by meaning (the extra `[semantic]`). It answers at once where it is sure."""

from __future__ import annotations

from collections.abc import Sequence

from bonewise.matching.examples import Example, normalised
from bonewise.matching.learnt import Learnt
from bonewise.matching.learnt_file import Embed
from bonewise.matching.matcher import Bars, Exact, Match, judged

BARS = Bars(answer=0.8, offer=0.1)
"""By the held-out part dev2: at most .05 of the questions answered wrong at once."""


class SemanticMatcher:
    """Matches by meaning."""

    def __init__(self, phrasings: Sequence[Example], learnt: Learnt, embed: Embed) -> None:
        self._exact = Exact(phrasings)
        self._learnt = learnt
        self._embed = embed

    def match(self, text: str) -> Match:
        """What this text is about, by its first characters."""
        ranked = self._learnt.ranked(self._embed(text)) if normalised(text) else []
        return self._exact.first(text, ranked) or judged(ranked, BARS)
