"""What makes a pattern that fits mean less than it says: a no, the past, a question, mere talk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bonewise.matching.patterns import Fit, Place
from bonewise.matching.words import Words

_OF_A_CLAUSE = ("begins", "negations", "not_negations", "asks", "defines", "supposes", "talks")
_OF_A_SENTENCE = ("past", "returns", "lasting", "now", "personal", "distant")
NAMES = (*_OF_A_CLAUSE, *_OF_A_SENTENCE, "figures")
"""The guard groups of a language: words that begin a clause; a no; a "no" that denies nothing ("no puedo"); words
that begin a question; those that ask for the meaning of a word; "if"; mere talk ("afraid of", "signs of"); what is
over; that it has come back; what has long been so; what is now; words for the person who writes or is cared for; what
is told of a dream, a leaflet, a film, an animal, or is said to be well again; figures of speech ("I nearly died
laughing")."""
REACH = 4
"""How many words before a word of the pattern a no still denies it, in the same clause."""

_LOWER = {"hard": "soft", "soft": "none", "none": "none"}


@dataclass(slots=True)
class Guards:
    """Where the guard words of one language stand in one text."""

    text: Words
    places: Mapping[str, list[Place]]
    _denials: set[int] = field(init=False)
    _figures: set[int] = field(init=False)
    _openings: list[Place] = field(init=False)

    def __post_init__(self) -> None:
        self._denials = _covered(self.places["negations"]) - _covered(self.places["not_negations"])
        self._figures = _covered(self.places["figures"])
        self._openings = self._question_words()

    def left(self, strength: str, kind: str, fit: Fit, words: Fit) -> str:
        """What is left of a pattern's strength where it fits like this; `words` are all words of its groups."""
        if self._denied(fit) or not self._figures.isdisjoint(_covered(fit)):
            return "none"
        if self._before("talks", fit):
            return "soft" if self._in_sentence("now", fit) else "none"
        now = self._in_sentence("now", fit) or self._in_sentence("returns", fit)
        if self._over(fit) and not now:
            strength = _LOWER[strength] if kind == "crisis" else "none"
        if self._in_sentence("lasting", fit) and not now:
            strength = _LOWER[strength]
        if self._defined(fit) or self._far_off(fit) or (self._over(fit) and not self._said_now(words)):
            strength = "soft" if strength == "hard" else strength
        if not self._asked(fit):
            return strength
        return "soft" if strength != "none" and self._in_sentence("personal", fit) else "none"

    def _denied(self, fit: Fit) -> bool:
        noes = _covered(self.places["negations"]) & _covered(fit)
        denials = self._denials - noes
        return bool(denials) and any(self._denies(denials, noes, start) for start, _ in fit)

    def _denies(self, denials: set[int], noes: set[int], start: int) -> bool:
        """Whether one of these denies the word there. Behind a no of the pattern itself another denies nothing."""
        clause = self.text.clause
        for at in range(start if start in noes else start - 1, max(0, start - REACH) - 1, -1):
            if at in noes or clause[at] != clause[start]:
                return False
            if at in denials:
                return True
        return False

    def _over(self, fit: Fit) -> bool:
        """Whether it is past. "Hace dos años" is past, but not within "desde hace dos años", which lasts."""
        if self._in_sentence("returns", fit):
            return False
        sentence = {self.text.sentence[start] for start, _ in fit}
        lasting = [place for place in self.places["lasting"] if self.text.sentence[place[0]] in sentence]
        past = [place for place in self.places["past"] if self.text.sentence[place[0]] in sentence]
        return any(not any(s < start and end <= e for s, e in lasting) for start, end in past)

    def _far_off(self, fit: Fit) -> bool:
        """Whether it is told of something else. What follows and is said to be now is not ("a sad film, and now…")."""
        clause, first = self.text.clause, min(fit)[0]
        sentence = {self.text.sentence[start] for start, _ in fit}
        meant = _covered(self.places["not_negations"])  # "no es broma"
        told = [at for at, _ in self.places["distant"] if self.text.sentence[at] in sentence and at not in meant]
        now = self._said_now(fit)
        return any(not (now and at < first and clause[at] != clause[first]) for at in told)

    def _said_now(self, words: Fit) -> bool:
        """Whether a clause with one of these words says that it is now."""
        clause, now = self.text.clause, self.places["now"]
        clauses = {clause[start] for start, _ in now}
        return any(clause[start] in clauses for start, end in words if (start, end) not in now)

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
