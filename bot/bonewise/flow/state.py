"""Where a walk through a flow stands, and what it has come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bonewise.flow.answers import Answers
from bonewise.flow.model import Ask, Card, Do, Level, Offer, Rule, Say, Value

PROFILE = "profile"
"""The id under which the answer to a `Confirm` is kept."""

SAME = "same"
CHANGED = "changed"
CONFIRMATIONS = (SAME, CHANGED, "unsure")


@dataclass(frozen=True, slots=True)
class Confirm:
    """One card for all kept answers that are still to be used: are they the same as last time?

    The answer is one of `CONFIRMATIONS`. After `same` the kept answers count; otherwise each question is asked.
    """

    steps: tuple[Ask, ...]
    id: str = PROFILE


Open: TypeAlias = Say | Ask | Confirm


@dataclass(frozen=True, slots=True)
class State:
    """What a set of answers comes to.

    `answers` are those on the path, in its order; `aside` are the others, which count again when the walk reaches
    them. `kept` are the answers taken over from the profile. `values` is what counts per question, and has no entry
    for one that was not asked. `level` is the level so far, and at the end the outcome. `cards` and `offers` are
    empty before the end. `number` is the number of the open question, 0 before the first, and never goes
    back; `total` is about how many there will be: it can grow and shrink, but is never less.
    """

    answers: Answers
    aside: Answers
    kept: Answers
    values: Mapping[str, Value]
    open: Open | None
    again: bool  # the open question was answered once and is asked once more
    said: tuple[Say, ...]  # without a button, since the last step that waited
    done: tuple[Do, ...]
    raised: tuple[Rule, ...]  # most urgent first, then in the order of their flags in the file
    level: Level | None
    stopped: bool  # by a rule, before the last step
    facts: frozenset[str]
    cards: tuple[Card, ...]
    offers: tuple[Offer, ...]
    number: int
    total: int

    @property
    def ended(self) -> bool:
        """Whether nothing is left to answer."""
        return self.open is None
