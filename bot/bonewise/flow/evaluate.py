"""What a condition comes to: True, False, or None while it cannot be known yet (Kleene's three values)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self

from bonewise.flow import condition as c
from bonewise.flow.model import NONE, UNSURE, Level, Value


class Knowledge(Protocol):
    """What a walk asks of its knowledge and adds to it: `Known` for a person's answers, or the prover's own."""

    level: Level | None

    def holds(self, condition: c.Condition) -> bool | None:
        """Whether the condition holds; None while it cannot be known yet."""

    def settle(self, step: str, value: Value | None) -> None:
        """The question was answered, or passed without being asked (None)."""

    def fork(self) -> Self:
        """The same knowledge, to be added to apart."""


@dataclass(slots=True)
class Known:
    """What a walk knows so far.

    `values` holds a value for each question answered, and None for each that was passed without being asked; a
    question that is absent has not been reached. `level` is the level reached so far.
    """

    values: dict[str, Value | None] = field(default_factory=dict)
    facts: Mapping[str, c.Condition] = field(default_factory=dict)
    traits: frozenset[str] = frozenset()
    level: Level | None = None

    def holds(self, condition: c.Condition) -> bool | None:
        """Whether the condition holds; None while it cannot be known yet."""
        return holds(condition, self)

    def settle(self, step: str, value: Value | None) -> None:
        """The question was answered, or passed without being asked (None)."""
        self.values[step] = value

    def fork(self) -> Known:
        """The same knowledge, to be added to apart."""
        return Known(dict(self.values), self.facts, self.traits, self.level)


def holds(condition: c.Condition, known: Known) -> bool | None:
    """Whether the condition holds; None while a question that could still decide it has not been reached."""
    match condition:
        case c.Is() | c.Has() | c.Between() | c.Chosen():
            return _leaf(condition, known)
        case c.FactIs(fact):
            return holds(known.facts[fact], known) if fact in known.facts else False
        case c.Any(of):
            return _at_least(1, of, known)
        case c.All(of):
            return _at_least(len(of), of, known)
        case c.Count(of, least):
            return _at_least(least, of, known)
        case c.Not(of):
            inner = holds(of, known)
            return None if inner is None else not inner
        case c.Person(which, traits):
            return _compare(which, traits, known.traits)
        case c.LevelBelow(level):
            return known.level is None or known.level.urgency < Level(level).urgency


def grounds(condition: c.Condition, known: Known) -> Iterator[str]:
    """The questions whose answers make a condition hold; what is only not the case (`not`, `has_none`) is no ground."""
    if holds(condition, known) is not True or (isinstance(condition, c.Has) and condition.which == "none"):
        return
    match condition:
        case c.Is() | c.Has() | c.Between() | c.Chosen():
            yield condition.step
        case c.FactIs(fact):
            yield from grounds(known.facts[fact], known)
        case c.Any(of) | c.All(of) | c.Count(of):
            for part in of:
                yield from grounds(part, known)


def _at_least(least: int, of: tuple[c.Condition, ...], known: Known) -> bool | None:
    sure, possible = 0, len(of)
    for part in of:
        value = holds(part, known)
        sure += value is True
        possible -= value is False
        if sure >= least:
            return True
        if possible < least:
            return False
    return None


def _leaf(leaf: c.Is | c.Has | c.Between | c.Chosen, known: Known) -> bool | None:
    if leaf.step not in known.values:
        return None
    value = known.values[leaf.step]
    return value is not None and _fits(leaf, value)


def _fits(leaf: c.Is | c.Has | c.Between | c.Chosen, value: Value) -> bool:
    match leaf:
        case c.Is(_, values):
            return any(v in values for v in value) if isinstance(value, tuple) else value in values
        case c.Between(_, least, most):
            return isinstance(value, int | float) and _between(value, least, most)
        case c.Has(_, which, options):
            # A skipped question says nothing, so not even that none of its options holds.
            return isinstance(value, tuple) and _compare(which, options, frozenset(value))
        case c.Chosen(_, least, most):
            return isinstance(value, tuple) and _between(len(set(value) - {NONE, UNSURE}), least, most)


def _between(value: float, least: float | None, most: float | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)


def _compare(which: str, wanted: tuple[str, ...], present: frozenset[str]) -> bool:
    found = present.intersection(wanted)
    if which == "any":
        return bool(found)
    return not found if which == "none" else len(found) == len(set(wanted))
