"""Two versions of a flow side by side: whose answers come to a milder level than before (P10)?"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bonewise.flow.fit import fits
from bonewise.flow.model import Ask, Flow, Level, Many, One, Value
from bonewise.flow.play import play
from bonewise.proof.asked_once import with_second_answers
from bonewise.proof.cells import LeafCondition
from bonewise.proof.compiled import Compiled, Exclusive, leaves_of
from bonewise.proof.explore import State
from bonewise.proof.finding import Finding, Talk
from bonewise.proof.graph import Graph, Way, level_called, urgency_of
from bonewise.proof.prove import explore

MOST_PAIRS = 300_000
MOST_NAMED = 3  # questions in the finding that a change is too large
_STOPS = Level.EMERGENCY.urgency
Held = tuple[tuple[str, Value], ...]
"""Answers of before that the flow has not come to yet, by the ids that their questions have now."""


def compare(before: Flow, now: Flow, exclusive: Exclusive = (), most: int = MOST_PAIRS) -> Iterator[Finding]:
    """What a change of a flow does to answers that were possible before; nothing if no rule or question changed.

    Of a change with more than `most` pairs of states, what is found among the first ones, and that it is too large.
    """
    if _shape(before) == _shape(now):
        return
    yield from _lost_answers(before, now)
    if before.kind == now.kind == "check":
        for finding in _not_listed(now, list(_Pairs.of(before, now, exclusive, most).milder())):
            yield with_second_answers(finding, now, before)


def _shape(flow: Flow) -> str:
    parts = (flow.steps, flow.facts, flow.flags, flow.otherwise)
    return re.sub(r"Mark\([^)]*\)", "", repr(parts))


def _lost_answers(before: Flow, now: Flow) -> Iterator[Finding]:
    """Warnings: answers of before that are set aside, so that the person is asked again."""
    for ask in (step for step in before.steps if isinstance(step, Ask)):
        new = now.ask(now.renamed.get(ask.id, ask.id))
        if new is None:
            what = (
                f"the question `{ask.id}` is gone, and its answers with it; if it has another name now, write `renamed`"
            )
            yield Finding("P10", now.id, ask.id, now.mark, what, severity="warning")
            continue
        if ask.again - new.again:
            what = f"who is not sure of `{new.id}` is not asked again any more; the first answer counts"
            yield Finding("P10", now.id, new.id, new.mark, what, severity="warning")
        if isinstance(ask.kind, One | Many):
            gone = [option for option in ask.kind.options if not _fits(new, option)]
            if gone:
                what = f"who answered {', '.join(f'`{option}`' for option in gone)} before is asked again"
                yield Finding("P10", now.id, new.id, new.mark, what, severity="warning")


def _fits(ask: Ask, option: str) -> bool:
    return fits(ask, (option,) if isinstance(ask.kind, Many) else option)


def _not_listed(now: Flow, findings: list[Finding]) -> Iterator[Finding]:
    """Those that the flow does not list as `milder`, and what it lists in vain."""
    listed = {(milder.rule, str(milder.to)) for milder in now.milder}
    found = {(finding.at, finding.about) for finding in findings}
    yield from (finding for finding in findings if (finding.at, finding.about) not in listed)
    whole = all(finding.code == "P10" for finding in findings)
    for milder in now.milder if whole else ():
        if (milder.rule, str(milder.to)) not in found:
            what = f"lists `{milder.rule}` as milder, but nothing comes to `{milder.to}` by it; remove it"
            yield Finding("P14", now.id, milder.rule, milder.mark, what, severity="warning")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A state of before and one of now, to which the same answers lead."""

    before: int
    now: int
    held: Held


@dataclass
class _Pairs:
    """Explores both versions side by side. Whatever only the flow of now asks is answered in every way.

    What only one of them asks of the person (`person`) is taken not to hold. Emergency and crisis count alike: each
    ends the questions, so that the other is not asked for any more.
    """

    before: Graph
    now: Graph
    renamed: Mapping[str, str]
    most: int
    _ways: dict[_Pair, tuple[_Pair | None, Way, Way]] = field(default_factory=dict)

    @classmethod
    def of(cls, before: Flow, now: Flow, exclusive: Exclusive, most: int) -> _Pairs:
        old_ids = {new: old for old, new in now.renamed.items()}
        first = Compiled(before, [_renamed(leaf, old_ids) for leaf in leaves_of(now)], exclusive)
        second = Compiled(now, [_renamed(leaf, now.renamed) for leaf in leaves_of(before)], exclusive)
        return cls(explore(first)[0], explore(second)[0], now.renamed, most)

    def milder(self) -> Iterator[Finding]:
        """For each rule of before and each milder level of now the shortest conversation."""
        found: set[tuple[str, str]] = set()
        waiting: deque[_Pair] = deque()
        both = set(self.before.starts) & set(self.now.starts)
        starts = [_Pair(self.before.starts[some], self.now.starts[some], ()) for some in sorted(both, key=sorted)]
        for pair in dict.fromkeys(starts):
            self._ways[pair] = (None, [], [])
            waiting.append(pair)
        while waiting:
            if len(self._ways) > self.most:
                yield self._too_large()
                return
            pair = waiting.popleft()
            old, new = self.before.states[pair.before], self.now.states[pair.now]
            if old.ended and new.ended and urgency_of(new) < min(urgency_of(old), _STOPS):
                finding = self._finding(pair)
                if (finding.at, finding.about) not in found:
                    found.add((finding.at, finding.about))
                    yield finding
            if min(self.before.highest[pair.before][0], _STOPS) <= self.now.lowest[pair.now][0]:
                continue
            for further, before, now in self._next(pair, old, new):
                if further not in self._ways:
                    self._ways[further] = (pair, before, now)
                    waiting.append(further)

    def _too_large(self) -> Finding:
        """Names the questions whose answers wait the longest until the flow of now comes to them."""
        held = Counter(step for pair in self._ways for step, _ in pair.held)
        moved = ", ".join(f"`{step}`" for step, _ in held.most_common(MOST_NAMED))
        flow = self.now.compiled.flow
        what = (
            f"more than {self.most:,} pairs of states: the change is too large to be compared as a whole. Most come of "
            f"questions that stand elsewhere now: {moved}; compare with a version between, or move fewer at a time"
        )
        return Finding("P15", flow.id, flow.id, flow.mark, what)

    def _next(self, pair: _Pair, old: State, new: State) -> Iterator[tuple[_Pair, Way, Way]]:
        held = next((value for step, value in pair.held if step == new.step), None)
        if held is not None:
            rest = _without(pair.held, (new.step, held))
            ask = new.walk.open
            if not isinstance(ask, Ask) or not fits(ask, held):
                yield _Pair(pair.before, pair.now, rest), [], []
                return
            cell = self.now.compiled.cells[new.step].cell(held)
            yield self._pair(pair.before, new.next[cell], rest), [], [self.now.answer(new, cell)]
        elif not old.ended and (new.ended or self._may_still_answer(old, new.step)):
            for cell, target in enumerate(old.next):
                step, value = self.before.answer(old, cell)
                given = (self.renamed.get(step, step), value)
                yield self._pair(target, pair.now, (*pair.held, given)), [(step, value)], []
        else:
            for cell, target in enumerate(new.next):
                yield self._pair(pair.before, target, pair.held), [], [self.now.answer(new, cell)]

    def _pair(self, before: int, now: int, held: Held) -> _Pair:
        """The pair, without answers that the flow of now has no question for any more."""
        new, places = self.now.states[now], self.now.compiled.step_place
        ahead = tuple(one for one in held if not new.ended and places.get(one[0], -1) >= new.walk.reached)
        return _Pair(before, now, ahead)

    def _may_still_answer(self, old: State, step: str) -> bool:
        """Whether the flow of before still comes to a question of now."""
        ahead = old.walk.flow.steps[old.walk.reached :]
        return any(self.renamed.get(one.id, one.id) == step for one in ahead)

    def _finding(self, pair: _Pair) -> Finding:
        before, now = self._conversation(pair)
        flow = self.now.compiled.flow
        raised = play(self.before.compiled.flow, before.answers, traits=before.traits).raised
        rule = raised[0].id if raised else "otherwise"
        was, level = (urgency_of(side) for side in (self.before.states[pair.before], self.now.states[pair.now]))
        mark = next((r.mark for flag in flow.flags for r in flag.rules if r.id == rule), flow.mark)
        what = (
            f"what came to `{level_called(was)}` by `{rule}` now comes to `{level_called(level)}`; "
            "mend it, or list it under `milder` with a reason"
        )
        return Finding("P10", flow.id, rule, mark, what, now, before, about=level_called(level))

    def _conversation(self, pair: _Pair) -> tuple[Talk, Talk]:
        before: Way = []
        now: Way = []
        at: _Pair = pair
        while True:
            earlier, old, new = self._ways[at]
            before, now = [*old, *before], [*new, *now]
            if earlier is None:
                break
            at = earlier
        first, second = self.before.states[at.before], self.now.states[at.now]
        return self.before.talk(first, before), self.now.talk(second, now)


def _renamed(leaf: LeafCondition, names: Mapping[str, str]) -> LeafCondition:
    return replace(leaf, step=names.get(leaf.step, leaf.step))


def _without(held: Held, one: tuple[str, Value]) -> Held:
    at = held.index(one)
    return (*held[:at], *held[at + 1 :])
