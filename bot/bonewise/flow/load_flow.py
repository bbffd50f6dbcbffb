"""One flow, put together from its file and the blocks it uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bonewise.flow import condition as c
from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields, word
from bonewise.flow.grammar import ABOUT, FLOW, FLOW_KINDS, LEVELS, REFERENCE, REVIEW, TAKES
from bonewise.flow.load_conditions import Conditions
from bonewise.flow.load_do import check_answered
from bonewise.flow.load_facts import Part, fact_items, read_facts
from bonewise.flow.load_flags import FlagReader, check_distinct, read_accepts, read_milder
from bonewise.flow.load_layout import Layout
from bonewise.flow.load_names import Names, check_known
from bonewise.flow.load_pictures import check_pictures
from bonewise.flow.load_steps import StepReader, place_questions
from bonewise.flow.model import Ask, Card, Flag, Flow, Level, Offer, Review, Say, Step
from bonewise.strict_yaml import Node

_OF_CHECKS = ("fresh", "flags", "cards", "otherwise", "offers", "accept", "milder")


@dataclass(frozen=True, slots=True)
class _Parts:
    """Everything in a flow that has conditions."""

    steps: tuple[Step, ...]
    facts: Mapping[str, c.Condition]
    flags: tuple[Flag, ...]
    cards: tuple[Card, ...]
    offers: tuple[Offer, ...]


def read_flow(node: Node, names: Names, faults: Faults) -> Flow:
    """The flow that a file holds; only to be used if no fault was found."""
    fields = Fields(node, FLOW, "a flow", faults)
    layout = Layout(fields.id("flow"), names, faults)
    layout.lay(fields)
    parts = _read_parts(layout, fields, names, faults)
    kind = fields.choice("kind", FLOW_KINDS)
    if kind is not None:
        _check_kind(fields, kind, parts)
        check_pictures(kind, parts.steps, faults)
    return Flow(
        id=layout.flow,
        version=fields.whole("version") or 1,
        kind=kind or "task",
        mark=fields.mark,
        steps=parts.steps,
        about=_about(fields),
        fresh=fields.seconds("fresh"),
        takes=dict(_takes(fields)),
        gates=tuple(used.id for used in layout.blocks if used.gate),
        facts=parts.facts,
        flags=parts.flags,
        cards=parts.cards,
        otherwise=_otherwise(fields),
        offers=parts.offers,
        accept=tuple(read_accepts(fields, _findable(parts), faults)),
        milder=tuple(read_milder(fields, faults)),
        renamed=dict(_renamed(fields, {step.id for step in parts.steps})),
        reviewed=_reviewed(fields),
    )


def _read_parts(layout: Layout, fields: Fields, names: Names, faults: Faults) -> _Parts:
    written: list[Part] = [*((used.id, used.fields) for used in layout.blocks), (None, fields)]
    asks = place_questions(layout.steps, names)
    items = fact_items(written)
    conditions = Conditions(asks, frozenset(items), names.traits, faults)
    facts = read_facts(items, conditions)
    steps = StepReader(asks, names, conditions, faults)
    flags = FlagReader(layout.flow, names, conditions, faults)
    parts = _Parts(
        steps=tuple(step for laid in layout.steps if (step := steps.read(laid)) is not None),
        facts=facts,
        flags=tuple(flag for block, part in written for flag in flags.flags(part, block)),
        cards=tuple(flags.cards(fields)),
        offers=tuple(flags.offers(fields)),
    )
    conditions.check_fact_uses(facts)
    _check_gates(layout, parts.steps, fields, faults)
    check_answered(parts.steps, names, faults)
    check_distinct(parts.flags, {step.id for step in parts.steps}, faults)
    return parts


def _check_gates(layout: Layout, steps: tuple[Step, ...], fields: Fields, faults: Faults) -> None:
    """Check that red flags are asked anew each time, and again when a check is resumed late."""
    kept = [step.id for step in steps if isinstance(step, Ask) and step.keep]
    for used in (used for used in layout.blocks if used.gate):
        if fields.node("fresh") is None:
            faults.add(used.mark, "a gate is asked again after a while; write how long, such as `fresh: 6h`")
        for step in (step for step in kept if step.startswith(f"{used.id}.")):
            faults.add(used.mark, f"a gate is asked anew each time, but `{step}` has `keep`")


def _findable(parts: _Parts) -> Iterator[str]:
    """The names of everything that a finding can be about."""
    yield from (step.id for step in parts.steps)
    yield from (rule.id for flag in parts.flags for rule in flag.rules)
    yield from (card.id for card in parts.cards)


def _check_kind(fields: Fields, kind: str, parts: _Parts) -> None:
    faults = fields.faults
    if kind == "check" and "otherwise" not in fields:
        faults.add(fields.mark, "a check needs `otherwise`: the level when no flag is raised")
    if kind == "page":
        for step in parts.steps:
            if not isinstance(step, Say) or step.button is not None:
                faults.add(step.mark, "a page has only `say` without a button; what waits for an answer is a `task`")
    for key in (key for key in _OF_CHECKS if kind != "check" and key in fields):
        faults.add(fields.key_mark(key), f"only a check has `{key}`")
    if kind != "check" and parts.flags and "flags" not in fields:
        faults.add(fields.mark, "only a check can use a block with flags")


def _about(fields: Fields) -> tuple[str, ...]:
    about = fields.words("about")
    for person in about:
        check_known(person.mark, "person", person.text, ABOUT, fields.faults)
    return tuple(person.text for person in about) or ("self",)


def _takes(fields: Fields) -> Iterator[tuple[str, str]]:
    for item in fields.items("takes"):
        kind = word(item.value, f"`{item.key}`", fields.faults)
        if kind is not None:
            check_known(kind.mark, "type", kind.text, TAKES, fields.faults)
            yield item.key, kind.text


def _renamed(fields: Fields, steps: set[str]) -> Iterator[tuple[str, str]]:
    for item in fields.items("renamed"):
        new = word(item.value, f"`{item.key}`", fields.faults, REFERENCE)
        if item.key in steps:
            fields.faults.add(item.mark, f"`{item.key}` is a step still, so it was not renamed")
        if new is not None:
            check_known(new.mark, "step", new.text, steps, fields.faults)
            yield item.key, new.text


def _otherwise(fields: Fields) -> Level | None:
    level = fields.choice("otherwise", LEVELS)
    return Level(level) if level else None


def _reviewed(fields: Fields) -> Review | None:
    node = fields.node("reviewed")
    if node is None:
        return None
    review = Fields(node, REVIEW, "`reviewed`", fields.faults)
    return Review(review.sentence("by"), review.day("date") or "", review.sentence("shape"))
