"""What is looked for once all states are known: `unsure` on red flags, and worse answers that come out milder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bonewise.flow.condition import questions
from bonewise.flow.model import Level, Value
from bonewise.proof.explore import State
from bonewise.proof.finding import Finding
from bonewise.proof.flag_questions import unsure_questions
from bonewise.proof.graph import Graph, Way, place_of

_STOPS = Level.EMERGENCY.urgency


def find_unsure(graph: Graph) -> Iterator[Finding]:
    """P6: not sure, or skipped, on a red flag that ends in the lowest level; each answer once, by the shortest way."""
    asks = {ask.id for ask in unsure_questions(graph.compiled)}
    shortest: dict[tuple[str, int], tuple[int, State]] = {}
    for state, ask in graph.open_asks():
        for cell in graph.compiled.cells[ask.id].unsure if ask.id in asks else ():
            urgency, steps = graph.least_raised[state.next[cell]]
            length = len(state.answers) + 1 + steps
            known = shortest.get((ask.id, cell))
            if urgency <= Level.SELF_CARE.urgency and (known is None or length < known[0]):
                shortest[ask.id, cell] = length, state
    for (step, cell), (_, state) in shortest.items():
        ask = graph.compiled.asks[graph.compiled.question[step]]
        given = graph.answer(state, cell)
        what = f"`{_said(given[1])}` can end with nothing raised; let it raise a level, or accept it with a reason"
        way = [given, *graph.way(state.next[cell], graph.least_raised)]
        yield Finding("P6", graph.compiled.flow.id, step, ask.mark, what, graph.talk(state, way))


@dataclass
class Worse:
    """P3: an answer that is declared to be worse than another, and comes to a lower level.

    Both go on with the same answers. What follows up on the worse answer alone is answered in the worst way, and what
    else only one of them is asked in any way. Emergency and crisis count alike: each ends the questions.
    """

    graph: Graph
    _following: frozenset[str] = frozenset()  # what follows up on the question that is looked at
    _known: dict[tuple[frozenset[str], int, int], bool] = field(default_factory=dict)

    @cached_property
    def _follow_ups(self) -> dict[str, frozenset[str]]:
        """For each question those whose condition reads it, or reads one that follows up on it."""
        follow: dict[str, frozenset[str]] = {}
        compiled = self.graph.compiled
        for ask in reversed(compiled.asks):
            direct = frozenset(
                other.id
                for other in compiled.asks
                if other.when is not None and ask.id in questions(other.when, compiled.flow.facts)
            )
            follow[ask.id] = direct.union(*(follow[other] for other in direct))
        return follow

    def find(self) -> Iterator[Finding]:
        """Each pair of answers once, with the shortest conversations."""
        graph = self.graph
        found: set[tuple[str, int, int]] = set()
        for state, ask in graph.open_asks():
            self._following = self._follow_ups[ask.id]
            for worse, better in graph.compiled.cells[ask.id].worse:
                pair = state.next[worse], state.next[better]
                if (ask.id, worse, better) not in found and self.milder(*pair):
                    found.add((ask.id, worse, better))
                    yield self._finding(state.number, worse, better)

    def milder(self, worse: int, better: int) -> bool:
        """Whether the state after the worse answer can come out milder than that after the better one."""
        if worse == better or self._low[worse] >= self._high[better]:
            return False
        key = (self._following, worse, better)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._comes_out_milder(worse, better)
        return known

    def _comes_out_milder(self, worse: int, better: int) -> bool:
        first, second = self.graph.states[worse], self.graph.states[better]
        if first.ended:
            return True
        if self._places[worse] < self._places[better]:
            follows_up = first.step in self._following and bool(first.next)
            milder = (self.milder(target, better) for target in set(first.next))
            return all(milder) if follows_up else any(milder)
        if self._places[better] < self._places[worse]:
            return any(self.milder(worse, target) for target in set(second.next))
        return any(self.milder(*pair) for pair in set(zip(first.next, second.next, strict=True)))

    @cached_property
    def _places(self) -> list[tuple[bool, int]]:
        return [place_of(state) for state in self.graph.states]

    @cached_property
    def _low(self) -> list[int]:
        return [min(urgency, _STOPS) for urgency, _ in self.graph.lowest]

    @cached_property
    def _high(self) -> list[int]:
        return [min(urgency, _STOPS) for urgency, _ in self.graph.highest]

    def _finding(self, number: int, worse: int, better: int) -> Finding:
        graph, state = self.graph, self.graph.states[number]
        ask = graph.compiled.asks[graph.compiled.question[graph.answer(state, worse)[0]]]
        one, other = self._ways(state.next[worse], state.next[better])
        talk = graph.talk(state, [graph.answer(state, worse), *one])
        against = graph.talk(state, [graph.answer(state, better), *other])
        said = [_said(graph.answer(state, cell)[1]) for cell in (worse, better)]
        what = f"`{said[0]}` is declared worse than `{said[1]}`, but comes to a milder level; mend the rules or the order, or accept it with a reason"  # noqa: E501
        return Finding("P3", graph.compiled.flow.id, ask.id, ask.mark, what, talk, against)

    def _ways(self, worse: int, better: int) -> tuple[Way, Way]:
        """The answers on either side by which the worse answer comes out milder."""
        one: Way = []
        other: Way = []
        while not self.graph.states[worse].ended:
            first, second = self.graph.states[worse], self.graph.states[better]
            ahead, behind = self._places[worse] <= self._places[better], self._places[better] <= self._places[worse]
            for cell in range(len(first.next if ahead else second.next)):
                pair = first.next[cell] if ahead else worse, second.next[cell] if behind else better
                if self.milder(*pair):
                    break
            one += [self.graph.answer(first, cell)] if ahead else []
            other += [self.graph.answer(second, cell)] if behind else []
            worse, better = pair
        return one, [*other, *self.graph.way(better, self.graph.highest)]


def _said(value: Value) -> str:
    return " and ".join(value) if isinstance(value, tuple) else str(value)
