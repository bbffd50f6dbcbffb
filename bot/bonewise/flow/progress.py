"""The number of the open question, and about how many there will be: "Question 6 of about 14"."""

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
    """Counts the questions that come as things stand: not those that an answer to come may yet open.

    To count every question that might come would be more than anybody is ever asked, and would frighten people off.
    `taken`: answered already, without asking, from the profile.
    """

    plan: Plan
    known: Known
    asked: Collection[str]
    taken: Callable[[Ask], bool]

    def count(self, steps: Iterable[Step]) -> int:
        """How many of these steps are questions that come and get a number of their own."""
        coming = set(self.asked)
        numbered = 0
        for step in steps:
            if isinstance(step, Ask) and not self.taken(step) and self._comes(step):
                numbered += self.plan.follows.get(step.id) not in coming
                coming.add(step.id)
        return numbered

    def _comes(self, ask: Ask) -> bool:
        return ask.when is None or holds(ask.when, self.known) is True
