"""What a condition says of one question, checked against the kind of the question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bonewise.flow import condition as c
from bonewise.flow.faults import Faults
from bonewise.flow.fields import words
from bonewise.flow.grammar import COUNTRY, OPTION
from bonewise.flow.model import NONE, SKIPPED, UNSURE, Ask, Many, Number, One, Place, Text
from bonewise.strict_yaml import Item, Mapping, Node, Scalar

_HAS = {"has_any": "any", "has_all": "all", "has_none": "none"}
_ANY = re.compile(r"(?s).*")


@dataclass(frozen=True, slots=True)
class Placed:
    """A question, its place among the flow's steps, and whether a `when` stands before it."""

    ask: Ask
    place: int
    may_be_unasked: bool


def read_leaf(item: Item, placed: Placed, faults: Faults) -> c.Condition | None:
    """The condition that `item` (a question and what is said of it) means, or None after a fault."""
    ask = placed.ask
    if isinstance(ask.kind, Text):
        faults.add(item.mark, f"`{item.key}` is free text, which no condition can read")
        return None
    if not isinstance(item.value, Mapping):
        return _is(item, ask, faults)
    keys = [part.key for part in item.value]
    if keys and set(keys) <= {"min", "max"}:
        return _between(item, item.value, ask, faults)
    if keys == ["count"]:
        return _chosen(item, item.value.items[0], ask, faults)
    if len(keys) == 1 and keys[0] in _HAS:
        return _has(item, item.value.items[0], placed, faults)
    faults.add(item.value.mark, "say one thing of a question: an answer, {min, max}, or one of {has_any}, {has_all}, {has_none}, {count}")  # fmt: skip  # noqa: E501
    return None


def _is(item: Item, ask: Ask, faults: Faults) -> c.Condition | None:
    if isinstance(ask.kind, Number) and not ask.skip:
        faults.add(item.value.mark, f"`{item.key}` is a number: say {{min: …, max: …}}")
        return None
    known = _answers(ask)
    values = words(item.value, f"the answer to `{item.key}`", faults, _ANY)
    for value in values:
        if value.text in known or (isinstance(ask.kind, Place) and COUNTRY.fullmatch(value.text)):
            continue
        faults.unknown(value.mark, f"answer to `{item.key}`:", value.text, known)
    return c.Is(ask.id, tuple(value.text for value in values)) if values else None


def _answers(ask: Ask) -> tuple[str, ...]:
    skipped = (SKIPPED,) if ask.skip else ()
    return (*ask.kind.options, *skipped) if isinstance(ask.kind, One | Many) else skipped


def _between(item: Item, node: Mapping, ask: Ask, faults: Faults) -> c.Condition | None:
    if not isinstance(ask.kind, Number):
        faults.add(node.mark, f"`{item.key}` is no number, so it has no `min` or `max`")
        return None
    low, high = (_bound(node.get(key), key, ask.kind, faults) for key in ("min", "max"))
    if low is not None and high is not None and low > high:
        faults.add(node.mark, "`min` is above `max`")
    return c.Between(ask.id, low, high)


def _bound(node: Node | None, key: str, number: Number, faults: Faults) -> float | None:
    if node is None:
        return None
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        faults.add(node.mark, f"`{key}` must be a number")
        return None
    if not number.min <= value <= number.max:
        faults.add(node.mark, f"`{key}` lies outside what can be answered, {number.min:g} to {number.max:g}")
    return value


def _has(item: Item, part: Item, placed: Placed, faults: Faults) -> c.Condition | None:
    ask = placed.ask
    if not isinstance(ask.kind, Many):
        faults.add(part.mark, f"`{part.key}` needs a question with many answers; write {{{item.key}: answer}}")
        return None
    if part.key == "has_none" and placed.may_be_unasked:
        faults.add(part.mark, f"`has_none` over `{item.key}`, which may not have been asked; name the answers that count instead")  # fmt: skip  # noqa: E501
    options = words(part.value, f"`{part.key}`", faults, OPTION)
    for option in options:
        if option.text not in ask.kind.options:
            faults.unknown(option.mark, f"option of `{item.key}`:", option.text, ask.kind.options)
    return c.Has(ask.id, _HAS[part.key], tuple(option.text for option in options)) if options else None


def _chosen(item: Item, part: Item, ask: Ask, faults: Faults) -> c.Condition | None:
    if not isinstance(ask.kind, Many):
        faults.add(part.mark, f"`count` needs a question with many answers, which `{item.key}` is not")
        return None
    countable = Number(0, len(set(ask.kind.options) - {NONE, UNSURE}))
    keys = {inner.key for inner in part.value} if isinstance(part.value, Mapping) else set()
    if not isinstance(part.value, Mapping) or not keys or not keys <= {"min", "max"}:
        faults.add(part.value.mark, "`count` needs `min` or `max`")
        return None
    low, high = (_bound(part.value.get(key), key, countable, faults) for key in ("min", "max"))
    return c.Chosen(ask.id, None if low is None else int(low), None if high is None else int(high))
