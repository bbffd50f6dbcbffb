"""The facts of a flow and of the blocks it uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bonewise.flow import condition as c
from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields
from bonewise.flow.grammar import ID
from bonewise.flow.load_conditions import Conditions, Context
from bonewise.strict_yaml import Item

Part = tuple[str | None, Fields]
"""A block's name and keys, or None and the flow's own."""


def fact_items(parts: Iterable[Part]) -> dict[str, tuple[Item, Context]]:
    """The facts by full name, unread."""
    found = ((Context(block), item) for block, fields in parts for item in fields.items("facts"))
    return {context.full(item.key): (item, context) for context, item in found}


def read_facts(items: Mapping[str, tuple[Item, Context]], conditions: Conditions) -> dict[str, c.Condition]:
    """The facts by full name. Those that lead back to themselves are faults, and left out."""
    facts: dict[str, c.Condition] = {}
    for name, (item, context) in items.items():
        if ID.fullmatch(item.key) is None:
            conditions.faults.add(item.mark, f"a fact cannot be called `{item.key}`: small letters, digits and _")
        condition = conditions.read(item.value, context)
        if condition is not None:
            facts[name] = condition
    circling = {name: circle for name in facts if (circle := _circle(name, facts))}
    _report(circling, items, conditions.faults)
    return {name: condition for name, condition in facts.items() if name not in circling}


def _report(circling: Mapping[str, list[str]], items: Mapping[str, tuple[Item, Context]], faults: Faults) -> None:
    for name, circle in circling.items():
        way = " → ".join(f"`{step}`" for step in circle)
        faults.add(items[name][0].mark, f"the fact `{name}` leads back to itself: {way}")


def _circle(start: str, facts: Mapping[str, c.Condition]) -> list[str]:
    """The shortest way from a fact back to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for name in _named(facts[way[-1]]):
            if name == start:
                return [*way, start]
            if name in facts and name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _named(condition: c.Condition) -> list[str]:
    if isinstance(condition, c.FactIs):
        return [condition.fact]
    return [name for part in c.parts(condition) for name in _named(part)]
