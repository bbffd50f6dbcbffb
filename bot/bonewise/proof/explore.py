"""All states that a flow can come to, each reached by the engine's own walk along the shortest conversation."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

from bonewise.flow.answers import Answers
from bonewise.flow.model import Ask
from bonewise.flow.walk import Walk
from bonewise.proof.cells import Cells
from bonewise.proof.compiled import Compiled
from bonewise.proof.formulas import TRUE
from bonewise.proof.keys import Keys
from bonewise.proof.residual import Residual

MOST_STATES = 60_000


class TooManyStatesError(Exception):
    """A flow has more states than are explored."""


@dataclass(slots=True)
class State:
    """One state: a walk that leads to it, and for each cell of the open question's answers where that leads."""

    number: int
    walk: Walk[Residual]
    traits: frozenset[str]
    next: tuple[int, ...] = ()

    @property
    def step(self) -> str:
        """The id of the step that is open; empty at the end."""
        return "" if self.walk.open is None else self.walk.open.id

    @property
    def answers(self) -> Answers:
        """The conversation that leads to it."""
        return self.walk.answers

    @property
    def ended(self) -> bool:
        """Whether nothing is left to answer."""
        return self.walk.open is None


Seen = Callable[["Walk[Residual] | None", "Walk[Residual]", frozenset[str]], None]
"""Is told of every walk that was taken: the one before it, the walk, and what holds of the person."""


@dataclass
class Explorer:
    """Explores a flow, breadth first unless `deepest_first`: then it soon sees an end, by a longer way.

    `seen` is told of each step, `wanted` can leave a state out.
    """

    compiled: Compiled
    keys: Keys
    seen: Seen
    wanted: Callable[[Walk[Residual]], bool] = lambda walk: True
    most: int = MOST_STATES
    deepest_first: bool = False
    starts: dict[frozenset[str], int] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)
    _waiting: deque[int] = field(default_factory=deque)
    _number: dict[tuple[Hashable, ...], int] = field(default_factory=dict)

    def explore(self) -> list[State]:
        """All states, those with the shortest conversations first. Raises `TooManyStatesError`."""
        for traits in self.compiled.traits():
            known = Residual(self.compiled, self.compiled.start(traits))
            walk = Walk(self.compiled.flow, (), {}, known)
            self.seen(None, walk, traits)
            self.starts[traits] = self._reach(walk, traits)
        while self._waiting:
            state = self.states[self._waiting.pop() if self.deepest_first else self._waiting.popleft()]
            if state.walk.open is not None and self.wanted(state.walk):
                state.next = self._go_on(state)
        return self.states

    def _reach(self, walk: Walk[Residual], traits: frozenset[str]) -> int:
        key = self.keys.of(walk)
        number = self._number.get(key)
        if number is None:
            number = self._number[key] = len(self.states)
            if number >= self.most:
                raise TooManyStatesError(too_many(self))
            self.states.append(State(number, walk, traits))
            self._waiting.append(number)
        return number

    def _go_on(self, state: State) -> tuple[int, ...]:
        walk = state.walk
        cells = self.compiled.cells[state.step]
        targets: dict[Hashable, int] = {}
        reached: list[int] = []
        for cell, kind in enumerate(self._kinds(walk, cells)):
            if kind not in targets:
                further = walk.after(cells.values[cell])
                self.seen(walk, further, state.traits)
                targets[kind] = self._reach(further, state.traits)
            reached.append(targets[kind])
        return tuple(reached)

    def _kinds(self, walk: Walk[Residual], cells: Cells) -> Iterator[Hashable]:
        """For each cell what tells it apart: cells of one kind lead to one state."""
        if not isinstance(walk.open, Ask):
            yield 0
            return
        question, left, urgency = self.compiled.question[walk.open.id], walk.known.left, walk.known.urgency
        rules = [
            (left[place], own, rule.stop)
            for rule, place, own in self.compiled.rules_on[question]
            if left[place] > TRUE and (own > urgency or rule.stop)
        ]
        gates = [left[place] for place in self.keys.gates_on[question] if left[place] > TRUE]
        watched = [left[place] for place in self.keys.watched_on[question]]
        for cell in range(len(cells.values)):
            settled = self.compiled.formulas.settled(question, cell)
            later = [(settled[formula], own, stop) for formula, own, stop in rules]
            level = max([urgency, *[own for formula, own, _ in later if formula == TRUE]])
            seen = [settled[formula] for formula in watched]
            if any(stop for formula, _, stop in later if formula == TRUE):
                yield ("stop", level, *seen)
            else:
                asked = [settled[formula] for formula in gates]
                raised = [formula for formula, own, stop in later if own > level or stop]
                yield (cell in cells.ends, level, *seen, *asked, *raised)


def too_many(explorer: Explorer) -> str:
    """What is too much, and which conditions make it so: those that stay undecided in most ways at the widest step."""
    states = [state for state in explorer.states if state.walk.open is not None]
    (place, _), *_ = Counter(state.walk.reached for state in states).most_common(1)
    there = [state.walk.known.left for state in states if state.walk.reached == place]
    ways = {condition: len({left[condition] for left in there}) for condition in range(len(there[0]))}
    names = explorer.compiled.names
    most = sorted((c for c in ways if c in names), key=lambda condition: -ways[condition])[:4]
    open_ = ", ".join(f"`{names[condition]}`" for condition in most if ways[condition] > 1)
    return (
        f"more than {explorer.most} states, most of them at `{explorer.compiled.flow.steps[place].id}`, where most is "
        f"undecided of {open_}: ask what they read closer together, or let them read less"
    )
