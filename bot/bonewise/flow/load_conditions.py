"""Conditions as they stand in a file, read and checked against the questions and facts that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bonewise.flow import condition as c
from bonewise.flow.faults import Faults
from bonewise.flow.fields import entries, word, words
from bonewise.flow.grammar import LEVELS, REFERENCE
from bonewise.flow.load_leaves import Placed, read_leaf
from bonewise.strict_yaml import Item, Mark, Node, Scalar, Sequence
from bonewise.strict_yaml import Mapping as MappingNode

_WHICH = {"has_any": "any", "has_all": "all", "has_none": "none"}


@dataclass(frozen=True, slots=True)
class Context:
    """Where a condition stands.

    `block`: the block whose names it uses. `before`: the place of its step, which all questions it reads must come
    before. `level`: whether it may ask for the level. `negated`: whether a `not` stands around it.
    """

    block: str | None = None
    before: int | None = None
    level: bool = False
    negated: bool = False

    def full(self, name: str) -> str:
        """The name in the flow of something that is called `name` here."""
        return f"{self.block}.{name}" if self.block else name

    def here(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the flow's names that can be used here, as they are called here."""
        start = f"{self.block}." if self.block else ""
        return tuple(name.removeprefix(start) for name in names if name.startswith(start))


@dataclass
class Conditions:
    """Reads the conditions of one flow. `asks` and `fact_names` hold full names."""

    asks: Mapping[str, Placed]
    fact_names: frozenset[str]
    traits: frozenset[str]
    faults: Faults
    fact_uses: list[tuple[str, Mark, Context]] = field(default_factory=list)

    def read(self, node: Node, context: Context) -> c.Condition | None:
        """The condition, or None after a fault."""
        if not isinstance(node, MappingNode) or len(node.items) != 1:
            self.faults.add(node.mark, _one_key(node))
            return None
        item = node.items[0]
        match item.key:
            case "all" | "any":
                return self._joined(item, context)
            case "not":
                inner = self.read(item.value, replace(context, negated=True))
                return None if inner is None else c.Not(inner)
            case "count":
                return self._count(item, context)
            case "fact":
                return self._fact(item, context)
            case "level":
                return self._level(item, context)
            case "person":
                return self._person(item)
            case _:
                return self._question(item, context)

    def check_fact_uses(self, facts: Mapping[str, c.Condition]) -> None:
        """Check what facts read where they are used; `facts` must be free of circles."""
        for fact, mark, context in self.fact_uses:
            for leaf in c.leaves(c.FactIs(fact), facts):
                self._check_inner(leaf, fact, mark, context)

    def _check_inner(self, leaf: c.Condition, fact: str, mark: Mark, context: Context) -> None:
        if isinstance(leaf, c.Is | c.Between | c.Has | c.Chosen):
            placed = self.asks[leaf.step]
            if context.before is not None and placed.place >= context.before:
                self.faults.add(mark, f"the fact `{fact}` reads `{leaf.step}`, which is not asked before this step")
            if context.negated and placed.may_be_unasked:
                self.faults.add(mark, f"`not` over the fact `{fact}`, which reads `{leaf.step}`: {_UNASKED}")

    def _joined(self, item: Item, context: Context) -> c.Condition | None:
        of = self._several(item.value, f"`{item.key}`", context)
        if of is None:
            return None
        return c.All(of) if item.key == "all" else c.Any(of)

    def _several(self, node: Node, what: str, context: Context) -> tuple[c.Condition, ...] | None:
        if not isinstance(node, Sequence) or not node.items:
            self.faults.add(node.mark, f"{what} needs a list of conditions")
            return None
        read = [self.read(inner, context) for inner in node]
        return None if None in read else tuple(condition for condition in read if condition is not None)

    def _count(self, item: Item, context: Context) -> c.Condition | None:
        parts = {part.key: part.value for part in entries(item.value, "`count`", self.faults)}
        if set(parts) != {"of", "min"}:
            self.faults.add(item.mark, "`count` needs `of` (a list of conditions) and `min`, and nothing else")
            return None
        of = self._several(parts["of"], "`of`", context)
        least = parts["min"].value if isinstance(parts["min"], Scalar) else None
        if of is None:
            return None
        if isinstance(least, bool) or not isinstance(least, int) or not 1 <= least <= len(of):
            self.faults.add(parts["min"].mark, f"`min` must be a whole number from 1 to {len(of)}")
            return None
        return c.Count(of, least)

    def _fact(self, item: Item, context: Context) -> c.Condition | None:
        found = word(item.value, "`fact`", self.faults, REFERENCE)
        if found is None:
            return None
        full = context.full(found.text)
        if full not in self.fact_names:
            self.faults.unknown(found.mark, "fact", found.text, context.here(self.fact_names))
            return None
        self.fact_uses.append((full, found.mark, context))
        return c.FactIs(full)

    def _level(self, item: Item, context: Context) -> c.Condition | None:
        parts = list(entries(item.value, "`level`", self.faults))
        if [part.key for part in parts] != ["below"]:
            self.faults.add(item.mark, "`level` needs `below` and nothing else, as in {level: {below: same_day}}")
            return None
        found = word(parts[0].value, "`below`", self.faults)
        if found is None:
            return None
        if found.text not in LEVELS:
            self.faults.unknown(found.mark, "level", found.text, LEVELS)
            return None
        if not context.level:
            self.faults.add(item.mark, "a flag or fact cannot read the level: flags make it")
        return c.LevelBelow(found.text)

    def _person(self, item: Item) -> c.Condition | None:
        parts = list(entries(item.value, "`person`", self.faults))
        if len(parts) != 1 or parts[0].key not in _WHICH:
            self.faults.add(item.mark, "`person` needs one of `has_any`, `has_all`, `has_none`")
            return None
        traits = words(parts[0].value, f"`{parts[0].key}`", self.faults)
        for trait in traits:
            if trait.text not in self.traits:
                self.faults.unknown(trait.mark, "trait of a person", trait.text, self.traits)
        return c.Person(_WHICH[parts[0].key], tuple(trait.text for trait in traits)) if traits else None

    def _question(self, item: Item, context: Context) -> c.Condition | None:
        full = context.full(item.key)
        placed = self.asks.get(full)
        if placed is None:
            self.faults.unknown(item.mark, "question", item.key, context.here(self.asks))
            return None
        if context.before is not None and placed.place >= context.before:
            self.faults.add(item.mark, f"`{item.key}` is not asked before this step; move it up")
        if context.negated and placed.may_be_unasked:
            self.faults.add(item.mark, f"`not` over `{item.key}`: {_UNASKED}")
        return read_leaf(item, placed, self.faults)


_UNASKED = "it may not have been asked, and then the answer is not known; name the answers that count instead"


def _one_key(node: Node) -> str:
    if isinstance(node, MappingNode) and node.items:
        return "a condition has one key; join several with `all` or `any`"
    return "a condition is a mapping with one key, such as {question: answer}"
