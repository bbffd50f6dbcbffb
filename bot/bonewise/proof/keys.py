"""What two walks must have in common for the same to follow from both: the key of a state."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from bonewise.flow.model import Ask, Say
from bonewise.flow.walk import Walk
from bonewise.proof.compiled import Compiled, RuleFormula
from bonewise.proof.formulas import TRUE
from bonewise.proof.residual import Residual


class _Gate(NamedTuple):
    """The condition of a step to come; `question` is None for a text that waits for its button."""

    question: int | None
    when: int


class _Ahead(NamedTuple):
    """What lies before a step.

    `rules`: those that earlier answers have touched and later ones still decide, most urgent first. `untouched`: the
    other rules to come. `gates`: the conditions of the steps to come, the last one first. `telling`: the places of
    all conditions by which states at this step differ.
    """

    rules: tuple[RuleFormula, ...]
    untouched: tuple[RuleFormula, ...]
    gates: tuple[_Gate, ...]
    telling: tuple[int, ...]


@dataclass
class Keys:
    """Makes keys: from walks of one key the same answers lead to the same levels.

    A question whose answer no longer matters may be asked after one of them and not after the other, unless it is in
    `must_ask` (a bit for each question, by the urgency reached). `watch`: places of further conditions that are to be
    told apart.
    """

    compiled: Compiled
    must_ask: tuple[int, ...]
    watch: tuple[int, ...] = ()
    _known: dict[Hashable, tuple[Hashable, ...]] = field(default_factory=dict)

    def of(self, walk: Walk[Residual]) -> tuple[Hashable, ...]:
        """The key of a walk that waits or has ended."""
        known = walk.known
        left = known.left
        watched = tuple([left[place] for place in self.watch])
        if walk.open is None:
            return (None, walk.stopped, known.urgency, watched)
        telling = tuple([left[place] for place in self._ahead[walk.reached].telling])
        rough = (walk.reached, walk.again, known.urgency, watched, telling)
        found = self._known.get(rough)
        if found is None:
            found = self._known[rough] = (*rough[:4], *self._needed(walk.reached, known))
        return found

    def _needed(self, place: int, known: Residual) -> tuple[Hashable, Hashable]:
        formulas = self.compiled.formulas
        raised_later, live = self._raised_later(place, known)
        live |= self.must_ask[known.urgency + 1]
        whens: list[int] = []
        for question, when in self._ahead[place].gates:
            if question is None or live >> question & 1:
                formula = formulas.at_level(known.left[when], known.urgency)
                whens.append(formula)
                live |= formulas.reads[formula]
        return raised_later, tuple(whens)

    def _raised_later(self, place: int, known: Residual) -> tuple[Hashable, int]:
        """What may still raise the level, without what something more urgent makes superfluous; and what that reads."""
        formulas, urgency = self.compiled.formulas, known.urgency
        ahead = self._ahead[place]
        live = 0
        for rule, at, own in ahead.untouched:
            if own > urgency or rule.stop:
                live |= formulas.reads[known.left[at]]
        kept: list[tuple[int, bool, int]] = []
        seen: set[int] = set()
        stopping: set[int] = set()
        for rule, at, own in ahead.rules:
            formula = known.left[at]
            if formula <= TRUE or (own <= urgency and not rule.stop):
                continue
            for single in formulas.disjuncts(formula):
                above = stopping if rule.stop else seen
                if single in above or not above.isdisjoint(formulas.conjuncts(single)):
                    continue
                seen.add(single)
                if rule.stop:
                    stopping.add(single)
                kept.append((own, rule.stop, single))
                live |= formulas.reads[single]
        return tuple(sorted(kept)), live

    @cached_property
    def _ahead(self) -> list[_Ahead]:
        return [self._look_ahead(place) for place in range(len(self.compiled.flow.steps))]

    def _look_ahead(self, place: int) -> _Ahead:
        compiled = self.compiled
        past = sum(1 << compiled.question[ask.id] for ask in compiled.asks if compiled.step_place[ask.id] < place)
        future = ~past

        def touched(at: int) -> bool:
            return compiled.asks_person[at] or bool(compiled.reads[at] & past)

        rules = [rule for rule in compiled.rules if compiled.reads[rule.place] & future]
        gates = tuple(self._gates(place))
        straddling = sorted((rule for rule in rules if touched(rule.place)), key=lambda rule: -rule.urgency)
        return _Ahead(
            rules=tuple(straddling),
            untouched=tuple(rule for rule in rules if not touched(rule.place)),
            gates=gates,
            telling=(*(rule.place for rule in straddling), *(gate.when for gate in gates if touched(gate.when))),
        )

    def _gates(self, place: int) -> list[_Gate]:
        compiled = self.compiled
        gates: list[_Gate] = []
        for step in reversed(compiled.flow.steps[place + 1 :]):
            if isinstance(step, Say) and step.button is not None and step.by is not None:
                gates.append(_Gate(None, compiled.place[id(compiled.plan.has_text[step.id])]))
            if step.when is None or not (isinstance(step, Ask) or (isinstance(step, Say) and step.button is not None)):
                continue
            question = compiled.question[step.id] if isinstance(step, Ask) else None
            gates.append(_Gate(question, compiled.place[id(step.when)]))
        return gates

    @cached_property
    def gates_on(self) -> list[list[int]]:
        """For each question the places of the conditions on it that decide what is asked."""
        gates = {gate.when for gate in self._gates(-1)}
        return [[place for place in places if place in gates] for places in self.compiled.on]

    @cached_property
    def watched_on(self) -> list[list[int]]:
        """For each question the places of the conditions on it that are watched."""
        return [[place for place in places if place in self.watch] for places in self.compiled.on]
