"""What a walk needs to know of a flow beforehand: worked out once per flow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bonewise.flow.condition import Any, Condition, Is, LevelBelow, leaves, questions
from bonewise.flow.model import Ask, Flow, One, Rule, Say

NEVER = Any(())


@dataclass(frozen=True, slots=True)
class Plan:
    """`follows`: the questions that belong to the question right before them, and the id of that question.

    `rules_on`: for each question the rules that read it; `rules_always`: those that no question decides.
    `flag_of`: for each rule, by identity, the place of its flag.
    `has_text`: for each `say` with `by`, the condition that one of its texts is picked.
    """

    follows: Mapping[str, str]
    rules_on: Mapping[str, tuple[Rule, ...]]
    rules_always: tuple[Rule, ...]
    flag_of: Mapping[int, int]
    has_text: Mapping[str, Condition]


@lru_cache(maxsize=1024)
def plan(flow: Flow) -> Plan:
    """The plan of a flow. A flow is equal only to itself, so it is worked out once for each loaded flow."""
    on: dict[str, list[Rule]] = defaultdict(list)
    always: list[Rule] = []
    for rule in (rule for flag in flow.flags for rule in flag.rules):
        read = questions(rule.when, flow.facts)
        for step in read:
            on[step].append(rule)
        if not read or any(isinstance(leaf, LevelBelow) for leaf in leaves(rule.when, flow.facts)):
            always.append(rule)
    rules_on = {step: tuple(rules) for step, rules in on.items()}
    return Plan(_follows(flow), rules_on, tuple(always), _flag_of(flow), _has_text(flow))


def _follows(flow: Flow) -> dict[str, str]:
    asks = [step for step in flow.steps if isinstance(step, Ask)]
    return {
        ask.id: before.id
        for before, ask in pairwise(asks)
        if ask.when is not None and before.id in questions(ask.when, flow.facts)
    }


def _flag_of(flow: Flow) -> dict[int, int]:
    return {id(rule): place for place, flag in enumerate(flow.flags) for rule in flag.rules}


def _has_text(flow: Flow) -> dict[str, Condition]:
    by = {step.id: flow.ask(step.by) for step in flow.steps if isinstance(step, Say) and step.by is not None}
    return {
        say: Is(ask.id, ask.kind.options) if ask is not None and isinstance(ask.kind, One) else NEVER
        for say, ask in by.items()
    }
