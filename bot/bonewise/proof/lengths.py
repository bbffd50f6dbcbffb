"""How many questions a conversation can have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bonewise.flow.answers import Answered
from bonewise.flow.model import Ask, Many, Value
from bonewise.flow.walk import MOST_ASKED_AGAIN
from bonewise.proof.explore import State
from bonewise.proof.finding import Finding, Talk
from bonewise.proof.graph import Graph

MOST_QUESTIONS = 30
"""A check that asks more is not finished by the person it is for (docs/clinical.md)."""


def find_too_long(graph: Graph) -> Iterator[Finding]:
    """P16: a check whose longest conversation has more questions than a person is to be asked."""
    flow = graph.compiled.flow
    longest = Longest(graph)
    if flow.kind == "check" and longest.questions > MOST_QUESTIONS:
        what = (
            f"a conversation can have {longest.questions} questions, and at most {MOST_QUESTIONS} are to be asked; "
            "put rare signs in one list, or leave out what can raise the level no more"
        )
        yield Finding("P16", flow.id, flow.id, flow.mark, what, longest.talk())


@dataclass
class Longest:
    """The longest conversation of a flow. A question that is asked once more counts twice."""

    graph: Graph

    @property
    def questions(self) -> int:
        """How many questions it has."""
        return self._left[self._start.number][MOST_ASKED_AGAIN]

    def talk(self) -> Talk:
        """The conversation itself."""
        state, again, answers = self._start, MOST_ASKED_AGAIN, list[Answered]()
        while state.next:
            twice = self._twice(state, again)
            again -= twice
            cell = max(range(len(state.next)), key=lambda cell: self._left[state.next[cell]][again])
            step, value = self.graph.answer(state, cell)
            answers += [Answered(step, self._unsure(step))] if twice else []
            answers.append(Answered(step, value))
            state = self.graph.states[state.next[cell]]
        return Talk(tuple(answers), self._start.traits)

    @cached_property
    def _start(self) -> State:
        starts = (self.graph.states[number] for number in self.graph.starts.values())
        return max(starts, key=lambda state: self._left[state.number][MOST_ASKED_AGAIN])

    @cached_property
    def _left(self) -> list[list[int]]:
        """For each state the most questions to come, by how many can still be asked once more."""
        left = [[0] * (MOST_ASKED_AGAIN + 1) for _ in self.graph.states]
        for state in self.graph.backwards:
            if state.next:
                asked = isinstance(state.walk.open, Ask)
                for again in range(MOST_ASKED_AGAIN + 1):
                    twice = self._twice(state, again)
                    most = max(left[target][again - twice] for target in state.next)
                    left[state.number][again] = asked + twice + most
        return left

    def _twice(self, state: State, again: int) -> bool:
        return again > 0 and state.step in self.graph.compiled.asked_again

    def _unsure(self, step: str) -> Value:
        compiled = self.graph.compiled
        value = min(compiled.asked_again[step])
        return (value,) if isinstance(compiled.asks[compiled.question[step]].kind, Many) else value
