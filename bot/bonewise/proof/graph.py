"""The states of a flow once all are explored: where each can end, and conversations that show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from bonewise.flow.model import Ask, Level, Value
from bonewise.flow.walk import Walk
from bonewise.proof.compiled import Compiled
from bonewise.proof.explore import State
from bonewise.proof.finding import Talk
from bonewise.proof.residual import Residual

_Best = Callable[[Iterable[tuple[int, int]]], tuple[int, int]]
Way = list[tuple[str, Value]]
"""Answers by the steps that they are to be given to."""


@dataclass
class Graph:
    """All states of a flow, those with the shortest conversations first."""

    compiled: Compiled
    states: list[State]
    starts: dict[frozenset[str], int]

    def start(self, traits: frozenset[str]) -> State:
        """The state before any answer, for a person of whom this holds."""
        asked_for = frozenset[str]().union(*self.starts)
        return self.states[self.starts[traits & asked_for]]

    @cached_property
    def backwards(self) -> list[State]:
        """The states, each after all that can follow it."""
        return sorted(self.states, key=lambda state: place_of(state), reverse=True)

    @cached_property
    def lowest(self) -> list[tuple[int, int]]:
        """For each state the mildest urgency in which it can end, and by how few answers."""
        return self._ends(min, urgency_of)

    @cached_property
    def least_raised(self) -> list[tuple[int, int]]:
        """The same of what flags raise, nothing raised being as mild as the lowest level."""
        return self._ends(min, lambda state: max(state.walk.known.urgency, Level.SELF_CARE.urgency))

    @cached_property
    def highest(self) -> list[tuple[int, int]]:
        """For each state the highest urgency in which it can end, and by how few answers (negative)."""
        return self._ends(max, urgency_of)

    def _ends(self, best: _Best, of: Callable[[State], int]) -> list[tuple[int, int]]:
        step = 1 if best is min else -1
        found: list[tuple[int, int]] = [(0, 0)] * len(self.states)
        for state in self.backwards:
            if state.ended:
                found[state.number] = (of(state), 0)
            elif state.next:
                urgency, steps = best(found[target] for target in state.next)
                found[state.number] = (urgency, steps + step)
        return found

    def open_asks(self) -> Iterator[tuple[State, Ask]]:
        """The states in which a question is open."""
        for state in self.states:
            if isinstance(state.walk.open, Ask) and state.next:
                yield state, state.walk.open

    def way(self, number: int, ends: list[tuple[int, int]]) -> Way:
        """The answers from a state to its best end, by one of the lists above."""
        best = max if ends is self.highest else min
        way: Way = []
        while self.states[number].next:
            state = self.states[number]
            there = [ends[target] for target in state.next]
            cell = there.index(best(there))
            way.append(self.answer(state, cell))
            number = state.next[cell]
        return way

    def answer(self, state: State, cell: int) -> tuple[str, Value]:
        """The step that is open in a state, and the answer that stands for a cell."""
        return state.step, self.compiled.cells[state.step].values[cell]

    def talk(self, state: State, way: Way) -> Talk:
        """The conversation that leads to a state and on along a way, up to its end.

        What no longer matters is answered with the first answer there is.
        """
        left: dict[str, list[Value]] = defaultdict(list)
        for step, value in way:
            left[step].append(value)
        walk: Walk[Residual] = state.walk
        while walk.open is not None:
            step = walk.open.id
            values = left[step] or list(self.compiled.cells[step].values[:1])
            if not values:
                break
            walk = walk.after(values.pop(0))
        return Talk(walk.answers, state.traits)


def place_of(state: State) -> tuple[bool, int]:
    """How far along the flow a state is; every answer leads further."""
    return (state.ended, state.walk.reached)


def urgency_of(state: State) -> int:
    """The urgency of the level that an ended state has come to; -1 if there is none."""
    walk = state.walk
    level = walk.known.level if walk.raised else walk.flow.otherwise
    return -1 if level is None else level.urgency


def level_called(urgency: int) -> str:
    """The level of this urgency, as it is written."""
    return next((str(level) for level in Level if level.urgency == urgency), "no level")
