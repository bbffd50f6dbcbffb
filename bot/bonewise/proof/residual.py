"""What a walk still has to know, instead of what it was told: the prover's knowledge for the engine's own walk."""

from __future__ import annotations

from typing import NamedTuple

from bonewise.flow.condition import Condition
from bonewise.flow.model import Level, Rule, Value
from bonewise.proof.compiled import Compiled
from bonewise.proof.formulas import TRUE, UNASKED


class LeftOut(NamedTuple):
    """A question that was not asked because of the level, though a rule above the level still reads it."""

    question: str
    rule: Rule


class Residual:
    """For each condition what is left of it. Comes to the same as `Known` does on the answers themselves."""

    __slots__ = ("compiled", "left", "left_out", "level")

    def __init__(self, compiled: Compiled, left: list[int], level: Level | None = None) -> None:
        self.compiled = compiled
        self.left = left
        self.level = level
        self.left_out: list[LeftOut] = []  # in the last step of the walk

    @property
    def urgency(self) -> int:
        """That of the level reached so far; -1 if there is none."""
        return -1 if self.level is None else self.level.urgency

    def holds(self, condition: Condition) -> bool | None:
        """Whether the condition holds; None while it cannot be known yet."""
        formula = self.left[self.compiled.place[id(condition)]]
        if formula > TRUE:
            formula = self.compiled.formulas.at_level(formula, self.urgency, below=TRUE)
        return None if formula > TRUE else formula == TRUE

    def settle(self, step: str, value: Value | None) -> None:
        """The question was answered, or passed without being asked (None)."""
        question = self.compiled.question[step]
        cell = self.compiled.cell_of[question][value]
        if cell == UNASKED and question in self.compiled.by_level:
            self._note_left_out(step, question)
        settled, left = self.compiled.formulas.settled(question, cell), self.left
        for place in self.compiled.on[question]:
            if left[place] > TRUE:
                left[place] = settled[left[place]]

    def fork(self) -> Residual:
        """The same knowledge, to be added to apart."""
        return Residual(self.compiled, self.left.copy(), self.level)

    def _note_left_out(self, step: str, question: int) -> None:
        formulas = self.compiled.formulas
        if formulas.at_level(self.left[self.compiled.by_level[question]], -1, below=TRUE) != TRUE:
            return
        reads, left, reached = formulas.reads, self.left, self.urgency
        for rule, place, urgency in self.compiled.rules:
            if urgency > reached and reads[left[place]] >> question & 1:
                self.left_out.append(LeftOut(step, rule))
