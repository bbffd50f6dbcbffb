"""What makes a pattern that fits mean less than it says: a no, the past, a question, mere talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bonewise.matching.patterns import Fit, Place
from bonewise.matching.words import Words

_OF_A_CLAUSE = ("begins", "negations", "not_negations", "asks", "defines", "supposes", "talks")
_OF_A_SENTENCE = ("past", "lasting", "now", "personal")
NAMES = (*_OF_A_CLAUSE, *_OF_A_SENTENCE)
"""The guard groups of a language: words that begin a clause; a no; a "no" that denies nothing ("no puedo"); words
that begin a question; those that ask for the meaning of a word; "if"; mere talk ("afraid of", "signs of"); what is
over; what has long been so; what is now; words for the person who writes or is cared for."""
REACH = 4
"""How many words before a word of the pattern a no still denies it, in the same clause."""

_LOWER = {"hard": "soft", "soft": "none", "none": "none"}


@dataclass(slots=True)
class Guards:
    """Where the guard words of one language stand in one text."""

    text: Words
    places: Mapping[str, list[Place]]
    _denials: set[int] = field(init=False)
    _openings: list[Place] = field(init=False)

    def __post_init__(self) -> None:
        self._denials = _covered(self.places["negations"]) - _covered(self.places["not_negations"])
        self._openings = self._question_words()

    def left(self, strength: str, kind: str, fit: Fit) -> str:
        """What is left of a pattern's strength where it fits like this."""
        if self._denied(fit) or self._before("talks", fit):
            return "none"
        if self._over(fit) and not self._in_sentence("now", fit):
            strength = _LOWER[strength] if kind == "crisis" else "none"
        if self._in_sentence("lasting", fit) and not self._in_sentence("now", fit):
            strength = _LOWER[strength]
        if self._defined(fit):
            strength = "soft" if strength == "hard" else strength
        if not self._asked(fit):
            return strength
        return "soft" if strength != "none" and self._in_sentence("personal", fit) else "none"

    def _denied(self, fit: Fit) -> bool:
        denials = self._denials - _covered(fit)
        return bool(denials) and any(self._denies(denials, start) for start, _ in fit)

    def _denies(self, denials: set[int], start: int) -> bool:
        clause = self.text.clause
        return any(at in denials and clause[at] == clause[start] for at in range(max(0, start - REACH), start))

    def _over(self, fit: Fit) -> bool:
        """Whether it is past. "Hace dos años" is past, but not within "desde hace dos años", which lasts."""
        sentence = {self.text.sentence[start] for start, _ in fit}
        lasting = [place for place in self.places["lasting"] if self.text.sentence[place[0]] in sentence]
        past = [place for place in self.places["past"] if self.text.sentence[place[0]] in sentence]
        return any(not any(s < start and end <= e for s, e in lasting) for start, end in past)

    def _in_sentence(self, guard: str, fit: Fit) -> bool:
        sentence = self.text.sentence
        fitted = {sentence[start] for start, _ in fit}
        return any(sentence[start] in fitted for start, _ in self.places[guard])

    def _asked(self, fit: Fit) -> bool:
        clause, covered = self.text.clause, _covered(fit)
        own = {clause[s] for s, end in self._openings if covered.issuperset(range(s, end))}  # "what is the point"
        clauses = {clause[start] for start, _ in fit} - own
        opened = any(clause[start] in clauses for start, _ in self._openings)
        return opened or not clauses.isdisjoint(self.text.asked) or self._before("supposes", fit)

    def _defined(self, fit: Fit) -> bool:
        """Whether it is asked what it means, and nobody is said to have it ("saddle numbness meaning")."""
        clauses = {self.text.clause[start] for start, _ in fit}
        asked = any(self.text.clause[start] in clauses for start, _ in self.places["defines"])
        return asked and not self._in_sentence("personal", fit) and not self._in_sentence("now", fit)

    def _before(self, guard: str, fit: Fit) -> bool:
        clause, first = self.text.clause, min(fit)[0]
        return any(start < first and clause[start] == clause[first] for start, _ in self.places[guard])

    def _question_words(self) -> list[Place]:
        """The words for questions that begin their clause."""
        clause = self.text.clause
        return [place for place in self.places["asks"] if place[0] == 0 or clause[place[0] - 1] != clause[place[0]]]


def _covered(places: Iterable[Place]) -> set[int]:
    return {at for start, end in places for at in range(start, end)}
