"""The alarm layer: it hears an emergency or a crisis in a typed text, in every language, before anything else does.

Free text can only raise the alarm, never lower it (rule U4 of the clinical basis): hearing nothing says nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from bonewise.matching.alarm_classifier import AlarmClassifier, Odds
from bonewise.matching.alarm_examples import NO_ALARM
from bonewise.matching.alarm_file import KINDS, STRENGTHS, Language, Sign, Written, read
from bonewise.matching.alarm_learnt import Seen
from bonewise.matching.alarm_pieces import pieces
from bonewise.matching.examples import Example, did_you_mean
from bonewise.matching.groups import Groups
from bonewise.matching.guards import NAMES, Guards
from bonewise.matching.patterns import Part, Pattern, Place, Places, fits
from bonewise.matching.words import Words, split
from bonewise.strict_yaml import Diagnostic, StrictYamlError

Strength: TypeAlias = Literal["none", "soft", "hard"]
Kind: TypeAlias = Literal["emergency", "crisis"]


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard. `hard`: show the card at once. `soft`: ask whether it is happening now.

    What no pattern heard, but the classifier, has no sign.
    """

    strength: Strength = "none"
    kind: Kind | None = None
    sign: str | None = None


NOTHING = Heard()
_RANK = {
    ("none", None): 0,
    ("soft", "crisis"): 1,
    ("soft", "emergency"): 2,
    ("hard", "crisis"): 3,
    ("hard", "emergency"): 4,
}


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: Pattern
    heard: Heard


@dataclass(frozen=True, slots=True)
class _Tongue:
    """The rules of one language; `guards` are the numbers of its guard groups."""

    rules: tuple[_Rule, ...]
    alone: tuple[_Rule, ...]
    guards: dict[str, int]


class AlarmBook:
    """The alarm patterns of all languages, and with `examples` the classifier, which hears what no pattern knows.

    `asked` are questions about topics: who asks them tells of no alarm.
    """

    def __init__(
        self, languages: Sequence[Language], examples: Sequence[Example] = (), asked: Iterable[str] = ()
    ) -> None:
        self.languages = tuple(languages)
        told = [*examples, *_phrases(languages)] if examples else []
        self.examples = [*_calm_pieces(told), *((one.label, one.text) for one in told)]
        numbers = _numbers(languages)
        entries = (
            (phrase, number)
            for language, of in zip(languages, numbers, strict=True)
            for group, number in of.items()
            for phrase in language.groups[group]
        )
        mended = frozenset(number for of in numbers for group, number in of.items() if group not in NAMES)
        self._groups = Groups(entries, mended)
        self._tongues = _tongues(languages, numbers)
        self._begins = frozenset(tongue.guards["begins"] for tongue in self._tongues)
        self._classifier = None
        if examples:
            groups = repr([language.groups for language in languages])
            self._classifier = AlarmClassifier(
                [*((NO_ALARM, text) for text in asked), *self.examples], self._seen, groups
            )
        self._odds: Odds | None = None

    @classmethod
    def load(
        cls, directories: Sequence[Path], examples: Sequence[Example] = (), asked: Iterable[str] = ()
    ) -> AlarmBook:
        """Read every `<tag>.yml` in these directories (`locales/alarm`). Raises `StrictYamlError`, `OSError`."""
        paths = [path for directory in directories for path in sorted(directory.glob("*.yml"))]
        return cls([read(path) for path in paths], examples, asked)

    def learn(self) -> None:
        """Have the classifier learn now, which takes some seconds; else it does so at the first text."""
        if self._classifier is not None:
            self._classifier.learn()

    def recall(self, file: Path) -> None:
        """Take what the classifier learnt from this file, if it was learnt from the same patterns and examples."""
        if self._classifier is not None:
            self._classifier.recall(file)

    def keep(self, file: Path) -> None:
        """Keep what the classifier learns in this file. Raises `OSError`."""
        if self._classifier is not None:
            self._classifier.keep(file)

    def use_odds(self, odds: Odds) -> None:
        """Have the classifier go by these odds too, where a text is heard by meaning."""
        self._odds = odds

    def hear(self, text: str, *, by_meaning: bool = False) -> Heard:
        """What the text says, in whatever language. Never raises; linear in the text's length.

        `by_meaning`: by its meaning too, for which the model, where there is one, takes up to 20 ms, or 40 for a long
        text.
        """
        words, places = self._split(text)
        present = sum(1 << group for group in places)
        heard = NOTHING
        for tongue in self._tongues:
            heard = max((heard, *_hear(tongue, places, present, words)), key=_urgency)
        if self._classifier is None or heard.strength == "hard":
            return heard
        odds = self._odds if by_meaning else None
        return max(heard, _softly(self._classifier.label(text, (words.words, places), odds)), key=_urgency)

    def _seen(self, text: str) -> Seen:
        words, places = self._split(text)
        return words.words, tuple(places)

    def _split(self, text: str) -> tuple[Words, Places]:
        words = split(text)
        words.words = self._groups.repaired(words.words)
        return words, self._places(words)

    def _places(self, words: Words) -> dict[int, list[Place]]:
        places = self._groups.find(words.words)
        words.cut({start for group in self._begins for start, _ in places.get(group, ())})
        clause = words.clause
        inside = {g: [p for p in found if clause[p[0]] == clause[p[1] - 1]] for g, found in places.items()}
        return {group: found for group, found in inside.items() if found}


def _phrases(languages: Iterable[Language]) -> Iterator[Example]:
    """The phrases by which the patterns are tested, as examples."""
    for sign in (sign for language in languages for sign in language.signs):
        yield from (Example(sign.kind, hit.text, hit.mark) for strength in STRENGTHS for hit in sign.must_hit[strength])
        yield from (Example(NO_ALARM, quiet.text, quiet.mark) for quiet in sign.must_not_hit)


def _calm_pieces(examples: Iterable[Example]) -> Iterator[tuple[str, str]]:
    """The pieces of long messages that tell of no alarm: none of them does."""
    calm = (one.text for one in examples if one.label == NO_ALARM)
    return ((NO_ALARM, piece) for text in calm for piece in pieces(text))


def _softly(label: str) -> Heard:
    """What the classifier heard. It never makes the alarm hard."""
    return next((Heard("soft", kind) for kind in KINDS if kind == label), NOTHING)


def _urgency(heard: Heard) -> int:
    return _RANK[heard.strength, heard.kind]


def _hear(tongue: _Tongue, places: Places, present: int, words: Words) -> Iterator[Heard]:
    guards: Guards | None = None
    for rule in tongue.rules:
        if rule.pattern.mask & present == rule.pattern.mask:
            guards = guards or Guards(words, {name: places.get(n, []) for name, n in tongue.guards.items()})
            yield _left(rule, guards, places, words)
    for rule in tongue.alone:
        if rule.pattern.mask & present and _covers(rule.pattern, places, len(words.words)):
            yield rule.heard


def _left(rule: _Rule, guards: Guards, places: Places, words: Words) -> Heard:
    heard = rule.heard
    every = tuple(place for part in rule.pattern.parts for group in part.groups for place in places.get(group, ()))
    left = {guards.left(heard.strength, str(heard.kind), fit, every) for fit in fits(rule.pattern, places, words)}
    strength: Strength = "hard" if "hard" in left else "soft" if "soft" in left else "none"
    return Heard(strength, heard.kind, heard.sign) if strength != "none" else NOTHING


def _covers(pattern: Pattern, places: Places, length: int) -> bool:
    """Whether the whole text is made of these groups, the first of which must be there."""
    groups = [group for part in pattern.parts for group in part.groups]
    covered = {at for group in groups for start, end in places.get(group, ()) for at in range(start, end)}
    return groups[0] in places and len(covered) == length


def _numbers(languages: Sequence[Language]) -> list[dict[str, int]]:
    """Per language the number of each group; no number stands twice."""
    counter = itertools.count()
    return [{group: next(counter) for group in language.groups} for language in languages]


def _tongues(languages: Sequence[Language], numbers: list[dict[str, int]]) -> tuple[_Tongue, ...]:
    faults: list[Diagnostic] = []
    tongues = tuple(_tongue(language, of, faults) for language, of in zip(languages, numbers, strict=True))
    if faults:
        raise StrictYamlError(faults)
    return tongues


def _tongue(language: Language, of: dict[str, int], faults: list[Diagnostic]) -> _Tongue:
    return _Tongue(
        rules=tuple(_rules(language.signs, "patterns", of, faults)),
        alone=tuple(_rules(language.signs, "alone", of, faults)),
        guards={name: of[name] for name in NAMES},
    )


def _rules(signs: Iterable[Sign], which: str, of: dict[str, int], faults: list[Diagnostic]) -> Iterator[_Rule]:
    for sign in signs:
        for strength in STRENGTHS:
            for written in getattr(sign, which)[strength]:
                heard = Heard(strength, sign.kind, sign.id)
                yield _Rule(_pattern(written, of, faults), heard)


def _pattern(written: Written, of: dict[str, int], faults: list[Diagnostic]) -> Pattern:
    wanted, _, unwanted = written.text.partition(" - ")
    parts = tuple(_part(piece, written, of, faults) for piece in wanted.split("+"))
    mask = sum({1 << group for part in parts for group in part.groups})
    without = tuple(_group(name, written, of, faults) for name in unwanted.split())
    return Pattern(parts, mask, without)


def _part(piece: str, written: Written, of: dict[str, int], faults: list[Diagnostic]) -> Part:
    ordered = "&" not in piece
    names = piece.split(">" if ordered else "&")
    return Part(tuple(_group(name.strip(), written, of, faults) for name in names), ordered)


def _group(name: str, written: Written, of: dict[str, int], faults: list[Diagnostic]) -> int:
    if name not in of:
        faults.append(Diagnostic(written.mark, f"unknown word group `{name}`{did_you_mean(name, of)}"))
    return of.get(name, 0)
