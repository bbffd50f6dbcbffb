"""The flags, cards, offers and acceptances of a flow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields
from bonewise.flow.grammar import ACCEPT, CARD, FLAG, LEVELS, MILDER, OFFER, REFERENCE, RULE
from bonewise.flow.load_conditions import Conditions, Context
from bonewise.flow.load_names import Names, check_known, read_sources
from bonewise.flow.model import FUNCTIONS, Accept, Card, Flag, Level, Milder, Offer, Rule
from bonewise.strict_yaml import Item, Node, Sequence


@dataclass(frozen=True, slots=True)
class FlagReader:
    """Reads what follows from the answers of one flow."""

    flow: str
    names: Names
    conditions: Conditions
    faults: Faults

    def flags(self, fields: Fields, block: str | None) -> Iterator[Flag]:
        """The flags of the flow itself or of a block."""
        for item in fields.items("flags"):
            name = self._name(item, "flag")
            rules = tuple(self._rules(item, name, block))
            if rules:
                self._check_order(rules)
                yield Flag(Context(block).full(name), rules)

    def cards(self, fields: Fields) -> Iterator[Card]:
        """What the result explains."""
        for item in fields.items("cards"):
            name, card = self._name(item, "card"), Fields(item.value, CARD, "a card", self.faults)
            when = card.node("when")
            condition = None if when is None else self.conditions.read(when, Context(level=True))
            key = f"{self.flow}.cards.{name}"
            yield Card(name, key, condition, read_sources(card, self.names), item.mark)

    def offers(self, fields: Fields) -> Iterator[Offer]:
        """The next steps under a result."""
        for item in fields.items("offers"):
            check_known(item.mark, "flow or function", item.key, self.names.flows | {*FUNCTIONS}, self.faults)
            offer = Fields(item.value, OFFER, "an offer", self.faults)
            when = offer.node("when")
            condition = None if when is None else self.conditions.read(when, Context(level=True))
            yield Offer(item.key, condition, item.mark)

    def _name(self, item: Item, what: str) -> str:
        if FLAG.fullmatch(item.key) is None:
            self.faults.add(item.mark, f"a {what} cannot be called `{item.key}`: letters, digits and _, at most 32")
        return item.key

    def _rules(self, item: Item, flag: str, block: str | None) -> Iterator[Rule]:
        nodes = item.value.items if isinstance(item.value, Sequence) else (item.value,)
        if not nodes:
            self.faults.add(item.mark, f"the flag `{flag}` has no rule")
        for node in nodes:
            yield from self._rule(node, flag, block)

    def _rule(self, node: Node, flag: str, block: str | None) -> Iterator[Rule]:
        fields = Fields(node, RULE, "a rule of a flag", self.faults)
        when, level = fields.node("when"), fields.choice("level", LEVELS)
        sources = read_sources(fields, self.names)
        name = Context(block).full(fields.id("id", FLAG) or flag)
        condition = None if when is None else self.conditions.read(when, Context(block))
        stop = fields.flag("stop")
        if level is not None and Level(level).stops and not stop:
            self.faults.add(fields.key_mark("level"), f"`{level}` cannot wait for more questions; write `stop: true`")
        if condition is not None and level is not None:
            key = name if block else f"{self.flow}.{name}"
            yield Rule(name, key, condition, Level(level), stop, sources, fields.mark)

    def _check_order(self, rules: tuple[Rule, ...]) -> None:
        for before, rule in pairwise(rules):
            if rule.level.urgency > before.level.urgency:
                self.faults.add(rule.mark, f"`{rule.level}` stands below `{before.level}`; the most urgent comes first")


def check_distinct(flags: Iterable[Flag], steps: Collection[str], faults: Faults) -> None:
    """Check that no rule has the texts of another flag's rule, or of a step."""
    owner: dict[str, str] = {}
    for flag in flags:
        for rule in flag.rules:
            if rule.id in steps:
                faults.add(rule.mark, f"`{rule.id}` is the name of a step too, and their texts would clash")
            if owner.setdefault(rule.id, flag.id) != flag.id:
                faults.add(rule.mark, f"`{rule.id}` belongs to the flag `{owner[rule.id]}` already")


def read_accepts(fields: Fields, known: Iterable[str], faults: Faults) -> Iterator[Accept]:
    """The accepted findings; each is `at` a step, rule or card."""
    known = frozenset(known)
    for node in fields.list("accept"):
        accept = Fields(node, ACCEPT, "an `accept`", faults)
        at = accept.word("at", REFERENCE)
        if at is not None:
            check_known(at.mark, "step, rule or card", at.text, known, faults)
            finding = accept.id("finding", FLAG)
            yield Accept(finding, at.text, accept.sentence("because"), accept.mark)


def read_milder(fields: Fields, faults: Faults) -> Iterator[Milder]:
    """The rules whose answers may come to a milder level than in the version before, where they may be gone now."""
    for node in fields.list("milder"):
        milder = Fields(node, MILDER, "a `milder`", faults)
        level = milder.choice("to", LEVELS)
        if level is not None:
            yield Milder(milder.id("rule", REFERENCE), Level(level), milder.sentence("because"), milder.mark)
