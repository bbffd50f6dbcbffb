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


class _Ahead(NamedTuple):
    """What lies before a step.

    `rules`: those that earlier answers have touched and later ones still decide, most urgent first. `gates`: the places
    of the conditions of the steps to come. `telling`: the places of all conditions by which states at this step differ.
    """

    rules: tuple[RuleFormula, ...]
    gates: tuple[int, ...]
    telling: tuple[int, ...]


@dataclass
class Keys:
    """Makes keys: after walks of one key the same is asked, and the same answers lead to the same levels.

    `watch`: places of further conditions that are to be told apart.
    """

    compiled: Compiled
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
        rough = (walk.reached, known.urgency, watched, telling)
        found = self._known.get(rough)
        if found is None:
            found = self._known[rough] = (*rough[:3], *self._needed(walk.reached, known))
        return found

    def _needed(self, place: int, known: Residual) -> tuple[Hashable, Hashable]:
        at_level = self.compiled.formulas.at_level
        asked = tuple([at_level(known.left[gate], known.urgency) for gate in self._ahead[place].gates])
        return self._raised_later(place, known), asked

    def _raised_later(self, place: int, known: Residual) -> Hashable:
        """What may still raise the level, without what something more urgent makes superfluous."""
        formulas, urgency = self.compiled.formulas, known.urgency
        kept: list[tuple[int, bool, int]] = []
        seen: set[int] = set()
        stopping: set[int] = set()
        for rule, at, own in self._ahead[place].rules:
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
        return tuple(sorted(kept))

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
            gates=gates,
            telling=(*(rule.place for rule in straddling), *(gate for gate in gates if touched(gate))),
        )

    def _gates(self, place: int) -> list[int]:
        compiled = self.compiled
        gates: list[int] = []
        for step in compiled.flow.steps[place + 1 :]:
            waits = isinstance(step, Ask) or (isinstance(step, Say) and step.button is not None)
            if waits and step.when is not None:
                gates.append(compiled.place[id(step.when)])
            if isinstance(step, Say) and step.button is not None and step.by is not None:
                gates.append(compiled.place[id(compiled.plan.has_text[step.id])])
        return gates

    @cached_property
    def gates_on(self) -> list[list[int]]:
        """For each question the places of the conditions on it that decide what is asked."""
        gates = set(self._gates(-1))
        return [[place for place in places if place in gates] for places in self.compiled.on]

    @cached_property
    def watched_on(self) -> list[list[int]]:
        """For each question the places of the conditions on it that are watched."""
        return [[place for place in places if place in self.watch] for places in self.compiled.on]
