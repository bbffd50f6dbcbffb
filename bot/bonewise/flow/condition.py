"""Conditions as data, and what they come to on a set of answers.

A condition comes to True, False, or None while it cannot be known yet: a leaf over a question that the
walk has not reached is unknown, one over a question that was passed without being asked is False. So a flag
that is raised on the way can never be taken back further on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is one of these ids (of a `many`: one of these alone is its whole answer, or is in it)."""

    step: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The number lies between both bounds, which belong to it; None is open."""

    step: str
    min: float | None
    max: float | None


@dataclass(frozen=True, slots=True)
class Has:
    """Of a `many`: any, all or none of these options were chosen."""

    step: str
    which: str  # any | all | none
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Of a `many`: how many options were chosen; `none` and `unsure` do not count."""

    step: str
    min: int | None
    max: int | None


@dataclass(frozen=True, slots=True)
class FactIs:
    """A named condition of the flow holds."""

    fact: str


@dataclass(frozen=True, slots=True)
class LevelBelow:
    """The level reached so far is milder than this one."""

    level: str


@dataclass(frozen=True, slots=True)
class Person:
    """Any, all or none of these hold of the person (not of an answer)."""

    which: str  # any | all | none
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: Condition


@dataclass(frozen=True, slots=True)
class Count:
    """At least `min` of these hold."""

    of: tuple[Condition, ...]
    min: int


Condition: TypeAlias = Is | Between | Has | Chosen | FactIs | LevelBelow | Person | All | Any | Not | Count


def parts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that this one is directly made of."""
    match condition:
        case All(of) | Any(of) | Count(of):
            return of
        case Not(of):
            return (of,)
        case _:
            return ()


def leaves(condition: Condition, facts: Mapping[str, Condition]) -> Iterator[Condition]:
    """Every condition at the ends, facts opened up; `facts` must be free of circles."""
    if isinstance(condition, FactIs):
        if condition.fact in facts:
            yield from leaves(facts[condition.fact], facts)
        return
    inner = parts(condition)
    if not inner:
        yield condition
    for part in inner:
        yield from leaves(part, facts)


def questions(condition: Condition, facts: Mapping[str, Condition]) -> frozenset[str]:
    """The ids of all questions that the condition reads, through its facts too."""
    return frozenset(leaf.step for leaf in leaves(condition, facts) if isinstance(leaf, Is | Between | Has | Chosen))
