"""A flow made ready to be explored: its conditions as formulas, and the cells of each of its questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from bonewise.flow import condition as c
from bonewise.flow.evaluate import Known, holds
from bonewise.flow.model import Ask, Flow, Level, Rule, Say, Value
from bonewise.flow.plan import plan
from bonewise.proof.asked_once import asked_once
from bonewise.proof.cells import Cells, LeafCondition, cells_of
from bonewise.proof.formulas import FALSE, TRUE, UNASKED, Formulas


class RuleFormula(NamedTuple):
    """A rule of a flag, the place of its condition, and its urgency."""

    rule: Rule
    place: int
    urgency: int


Exclusive = Sequence[frozenset[str]]


@dataclass
class Compiled:
    """A flow with its conditions numbered by their place in `conditions`, and its questions by their place in `asks`.

    `told_apart`: further conditions on single questions, which the cells are to tell apart too.
    `exclusive`: sets of traits of which at most one holds of a person. Raises `TooManyError`.
    """

    flow: Flow
    told_apart: Sequence[LeafCondition] = ()
    exclusive: Exclusive = ()

    def __post_init__(self) -> None:
        self.asked_again = {step.id: step.again for step in self.flow.steps if isinstance(step, Ask) and step.again}
        self.flow = asked_once(self.flow)
        self.formulas = Formulas()
        self.plan = plan(self.flow)
        self.asks = [step for step in self.flow.steps if isinstance(step, Ask)]
        self.question = {ask.id: number for number, ask in enumerate(self.asks)}
        self.step_place = {step.id: place for place, step in enumerate(self.flow.steps)}
        self.conditions = list(_distinct(_conditions(self.flow)))
        self.place = {id(condition): place for place, condition in enumerate(self.conditions)}
        leaves = self._leaves_by_question()
        self.cells: dict[str, Cells] = {
            step.id: cells_of(step, leaves[step.id])
            for step in self.flow.steps
            if isinstance(step, Ask) or (isinstance(step, Say) and step.button is not None)
        }
        self.cell_of: list[dict[Value | None, int]] = [
            {None: UNASKED, **{value: cell for cell, value in enumerate(self.cells[ask.id].values)}}
            for ask in self.asks
        ]
        self.rules = [
            RuleFormula(rule, self.place[id(rule.when)], rule.level.urgency)
            for flag in self.flow.flags
            for rule in flag.rules
        ]
        self.reads = [self._reads(condition) for condition in self.conditions]
        self.asks_person = [self._asks_person(condition) for condition in self.conditions]
        self.on = [[p for p, reads in enumerate(self.reads) if reads >> q & 1] for q in range(len(self.asks))]
        self.rules_on = [
            [rule for rule in self.rules if self.reads[rule.place] >> q & 1] for q in range(len(self.asks))
        ]
        self.by_level = self._gated_by_level()
        self.names = {
            **{rule.place: rule.rule.id for rule in self.rules},
            **{self.place[id(step.when)]: step.id for step in self.flow.steps if step.when is not None},
        }

    def traits(self) -> list[frozenset[str]]:
        """Every possible set of those traits of a person that the flow's conditions ask for."""
        leaves = (leaf for condition in self.conditions for leaf in c.leaves(condition, self.flow.facts))
        asked = sorted({trait for leaf in leaves if isinstance(leaf, c.Person) for trait in leaf.traits})
        sets = (frozenset(some) for size in range(len(asked) + 1) for some in combinations(asked, size))
        return [some for some in sets if all(len(some & group) <= 1 for group in self.exclusive)]

    def start(self, traits: frozenset[str]) -> list[int]:
        """The formula of each condition for a person of whom this holds."""
        return [self._formula(condition, traits) for condition in self.conditions]

    def _formula(self, condition: c.Condition, traits: frozenset[str]) -> int:
        match condition:
            case c.Is() | c.Has() | c.Between() | c.Chosen():
                return self._leaf(condition)
            case c.FactIs(fact):
                facts = self.flow.facts
                return self._formula(facts[fact], traits) if fact in facts else FALSE
            case c.LevelBelow(level):
                return self.formulas.below(Level(level).urgency)
            case c.Person():
                return TRUE if holds(condition, Known(traits=traits)) else FALSE
            case c.Not(of):
                return self.formulas.negated(self._formula(of, traits))
            case c.Any(of) | c.All(of) | c.Count(of):
                parts = [self._formula(part, traits) for part in of]
                least = condition.min if isinstance(condition, c.Count) else 1
                return self.formulas.at_least(len(of) if isinstance(condition, c.All) else least, parts)

    def _leaf(self, leaf: LeafCondition) -> int:
        return self.formulas.leaf(self.question[leaf.step], self.cells[leaf.step].where(leaf))

    def _leaves_by_question(self) -> dict[str, list[LeafCondition]]:
        found: dict[str, dict[LeafCondition, None]] = defaultdict(dict)
        for leaf in (*leaves_of(self.flow), *self.told_apart):
            found[leaf.step][leaf] = None
        return defaultdict(list, {step: list(leaves) for step, leaves in found.items()})

    def _reads(self, condition: c.Condition) -> int:
        return sum(1 << self.question[step] for step in c.questions(condition, self.flow.facts))

    def _asks_person(self, condition: c.Condition) -> bool:
        return any(isinstance(leaf, c.Person) for leaf in c.leaves(condition, self.flow.facts))

    def _gated_by_level(self) -> dict[int, int]:
        """The questions that are left out at some level: for each the place of its condition."""
        return {
            self.question[ask.id]: self.place[id(ask.when)]
            for ask in self.asks
            if ask.when is not None
            and any(isinstance(leaf, c.LevelBelow) for leaf in c.leaves(ask.when, self.flow.facts))
        }


def leaves_of(flow: Flow) -> Iterator[LeafCondition]:
    """All that a flow's conditions say of single questions."""
    for condition in _conditions(flow):
        for leaf in c.leaves(condition, flow.facts):
            if isinstance(leaf, c.Is | c.Has | c.Between | c.Chosen):
                yield leaf


def _conditions(flow: Flow) -> Iterator[c.Condition]:
    """Every condition that is evaluated on the way or at the end."""
    yield from (rule.when for flag in flow.flags for rule in flag.rules)
    yield from (step.when for step in flow.steps if step.when is not None)
    yield from plan(flow).has_text.values()
    yield from (card.when for card in flow.cards if card.when is not None)
    yield from (offer.when for offer in flow.offers if offer.when is not None)


def _distinct(conditions: Iterator[c.Condition]) -> Iterator[c.Condition]:
    yield from {id(condition): condition for condition in conditions}.values()
