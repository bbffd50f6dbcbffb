"""The number of the open question, and the most there may be: "Question 6 of about 14"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from bonewise.flow.evaluate import Known, holds
from bonewise.flow.model import Ask, Step
from bonewise.flow.plan import Plan


def passed(plan: Plan, asked: Collection[str]) -> int:
    """How many questions were answered; one that follows up on another is counted with it."""
    return sum(plan.follows.get(step) not in asked for step in asked)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Counts the most questions that may still come. `taken`: answered already, without asking, from the profile."""

    plan: Plan
    known: Known
    asked: Collection[str]
    taken: Callable[[Ask], bool]

    def count(self, steps: Iterable[Step]) -> int:
        """The most of these steps' questions that get a number of their own."""
        numbered: set[str] = set()
        surely = set(self.asked)
        for step in steps:
            if isinstance(step, Ask) and not self.taken(step):
                self._count(step, numbered, surely)
        return len(numbered)

    def _count(self, ask: Ask, numbered: set[str], surely: set[str]) -> None:
        comes = True if ask.when is None else holds(ask.when, self.known)
        if comes is False:
            return
        before = self.plan.follows.get(ask.id)
        if before not in surely and before not in numbered:
            numbered.add(ask.id)
        if comes:
            surely.add(ask.id)
