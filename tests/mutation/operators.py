"""The small faults that are put into a check or a block: one change each, in what decides on a level."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bonewise.flow.model import UNSURE, Level
from bonewise.strict_yaml import Item, Mapping, Node, Scalar, Sequence
from tests.mutation.forget import without_option, without_question
from tests.mutation.tree import Path, at, changed, renamed, scalar, walk, words

LEVELS = [str(level) for level in Level]
"""Most urgent first."""

FLAGS_AND_LEVELS = ("drop a rule", "drop a flag", "lower a level", "raise a level", "swap two levels", "drop `stop`")
_LISTS = ("all", "any", "of")
_OPPOSITE = {"any": "all", "all": "any", "has_any": "has_all", "has_all": "has_any"}
_FEW = 2


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one small fault."""

    file: str  # under flows/
    line: int
    operator: str
    what: str
    tree: Node

    @property
    def name(self) -> str:
        """What is done to the file."""
        return f"{self.operator}: {self.what}"

    @property
    def key(self) -> str:
        """What it is called in the list of survivors; the line stays out, as it moves."""
        return f"{self.file} {self.name}"

    @property
    def place(self) -> str:
        """Where it is."""
        return f"flows/{self.file}:{self.line}"


Found = tuple[Node, str, Node]
"""The node that is changed, what is done to it, and the whole tree then."""


def mutants(file: str, tree: Node) -> Iterator[Mutant]:
    """Every mutant of a file, in a fixed order."""
    for operator, find in OPERATORS.items():
        seen: set[str] = set()
        for node, what, new in find(tree):
            if what not in seen:  # the same part twice in one condition: one of them stands for both
                seen.add(what)
                yield Mutant(file, node.mark.line, operator, what, new)


# --- rules and levels


def _rules(tree: Node) -> Iterator[tuple[Path, str, Mapping]]:
    """Every rule with its path and its id."""
    for path, node in walk(tree):
        if path[:1] == ("flags",) and isinstance(node, Mapping) and node.get("level") is not None:
            yield path, _said(node.get("id")) or str(path[1]), node


def _drop_rule(tree: Node) -> Iterator[Found]:
    for path, name, rule in _rules(tree):
        if len(path) > _FEW and len(at_list(tree, path[:-1])) > 1:
            yield rule, name, changed(tree, path, None)


def _drop_flag(tree: Node) -> Iterator[Found]:
    for flag in _items(tree, "flags"):
        yield flag.value, flag.key, changed(tree, ("flags", flag.key), None)


def _with_level(tree: Node, path: Path, level: str) -> Node:
    """The rule at another level, with the `stop` that such a level has to have, and no milder one has."""
    rule = at(tree, path)
    assert isinstance(rule, Mapping)
    was, stops = Level(_said(rule.get("level"))).stops, Level(level).stops
    tree = changed(tree, (*path, "level"), scalar(level, rule.mark))
    return tree if was == stops else changed(tree, (*path, "stop"), scalar(True, rule.mark) if stops else None)


def _shift(by: int) -> Callable[[Node], Iterator[Found]]:
    def find(tree: Node) -> Iterator[Found]:
        for path, name, rule in _rules(tree):
            level = _said(rule.get("level"))
            to = LEVELS.index(level) + by
            if 0 <= to < len(LEVELS):
                yield rule, f"{name} {level} -> {LEVELS[to]}", _with_level(tree, path, LEVELS[to])
        if isinstance(tree, Mapping) and (otherwise := tree.get("otherwise")) is not None:
            to = LEVELS.index(_said(otherwise)) + by
            if to < len(LEVELS):
                new = changed(tree, ("otherwise",), scalar(LEVELS[to], otherwise.mark))
                yield otherwise, f"otherwise {_said(otherwise)} -> {LEVELS[to]}", new

    return find


def _swap(tree: Node) -> Iterator[Found]:
    rules = list(_rules(tree))
    for (path, name, rule), (other_path, other_name, other) in pairwise(rules):
        one, two = _said(rule.get("level")), _said(other.get("level"))
        if one != two:
            yield rule, f"{name} and {other_name}", _with_level(_with_level(tree, path, two), other_path, one)


def _drop_stop(tree: Node) -> Iterator[Found]:
    for path, name, rule in _rules(tree):
        if rule.get("stop") is not None:
            yield rule, name, changed(tree, (*path, "stop"), None)


# --- conditions


def _conditions(tree: Node) -> Iterator[tuple[str, Path, Node]]:
    """Every condition that decides on a question or a level: whose it is, its path and itself."""
    for place, step in enumerate(at_list(tree, ("steps",))):
        if isinstance(step, Mapping) and (when := step.get("when")) is not None:
            name = _said(step.get("ask") or step.get("use"))
            if name:
                yield name, ("steps", place, "when"), when
    for fact in _items(tree, "facts"):
        yield fact.key, ("facts", fact.key), fact.value
    for path, name, rule in _rules(tree):
        yield name, (*path, "when"), at(rule, ("when",))


def _in_conditions(tree: Node) -> Iterator[tuple[str, Path, Node]]:
    """Every node within a condition: whose it is and where in it, its path in the file, and itself."""
    for owner, path, when in _conditions(tree):
        for inner, node in walk(when):
            where = ".".join(map(str, inner))
            yield f"{owner} {where}".rstrip(), (*path, *inner), node


def _bounds(tree: Node) -> Iterator[Found]:
    for where, path, node in _in_conditions(tree):
        if path[-1] in {"min", "max"} and isinstance(node, Scalar) and isinstance(node.value, int | float):
            for value in (node.value - 1, node.value + 1):
                yield node, f"{where} {node.value} -> {value}", changed(tree, path, Scalar(node.mark, value))


def _level_bounds(tree: Node) -> Iterator[Found]:
    for where, path, node in _in_conditions(tree):
        if path[-1] == "below" and isinstance(node, Scalar):
            at_level = LEVELS.index(str(node.value))
            for level in LEVELS[at_level - 1], LEVELS[at_level + 1]:
                yield node, f"{where} {node.value} -> {level}", changed(tree, path, scalar(level, node.mark))


def _any_all(tree: Node) -> Iterator[Found]:
    for where, path, node in _in_conditions(tree):
        key = str(path[-1])
        if key in _OPPOSITE and isinstance(node, Sequence) and len(node.items) > 1:
            yield node, where, renamed(tree, path, _OPPOSITE[key])


def _values(tree: Node) -> Iterator[tuple[str, Found]]:
    """Each value of a list of two or more."""
    for where, path, node in _in_conditions(tree):
        if isinstance(node, Sequence) and path[-1] not in _LISTS and len(node.items) > 1:
            for place, value in enumerate(words(node)):
                yield value, (node.items[place], f"{where} without {value}", changed(tree, (*path, place), None))


def _drop_part(tree: Node) -> Iterator[Found]:
    for where, path, node in _in_conditions(tree):
        if isinstance(node, Sequence) and path[-1] in _LISTS and len(node.items) > 1:
            for place, part in enumerate(node.items):
                yield part, f"{where} without {_short(part)}", changed(tree, (*path, place), None)


# --- questions


def _asks(tree: Node) -> Iterator[tuple[Path, str, Mapping]]:
    for place, step in enumerate(at_list(tree, ("steps",))):
        if isinstance(step, Mapping) and step.get("ask") is not None:
            yield ("steps", place), _said(step.get("ask")), step


def _options(tree: Node) -> Iterator[tuple[str, Found]]:
    for _, name, ask in _asks(tree):
        listed = ask.get("one") or ask.get("many")
        for option in words(listed) if isinstance(listed, Sequence) else ():
            yield option, (ask, f"{name} without {option}", without_option(tree, name, option))


def _drop_again(tree: Node) -> Iterator[Found]:
    for path, name, ask in _asks(tree):
        if ask.get("again") is not None:
            yield ask, name, changed(tree, (*path, "again"), None)


def _drop_ask(tree: Node) -> Iterator[Found]:
    for _, name, ask in _asks(tree):
        yield ask, name, without_question(tree, name)


def _only(find: Callable[[Node], Iterator[tuple[str, Found]]], *, unsure: bool) -> Callable[[Node], Iterator[Found]]:
    """Those that drop `unsure`, or those that drop anything else."""
    return lambda tree: (found for dropped, found in find(tree) if (dropped == UNSURE) is unsure)


OPERATORS: dict[str, Callable[[Node], Iterator[Found]]] = {
    "drop a rule": _drop_rule,
    "drop a flag": _drop_flag,
    "lower a level": _shift(1),
    "raise a level": _shift(-1),
    "swap two levels": _swap,
    "drop `stop`": _drop_stop,
    "move a bound": _bounds,
    "move `below`": _level_bounds,
    "swap any and all": _any_all,
    "drop a value": _only(_values, unsure=False),
    "drop `unsure` from a condition": _only(_values, unsure=True),
    "drop a part of a condition": _drop_part,
    "drop an option": _only(_options, unsure=False),
    "drop the option `unsure`": _only(_options, unsure=True),
    "drop `again`": _drop_again,
    "drop a question": _drop_ask,
}


def at_list(tree: Node, path: Path) -> tuple[Node, ...]:
    """The list at a path."""
    node = at(tree, path)
    assert isinstance(node, Sequence)
    return node.items


def _items(tree: Node, key: str) -> tuple[Item, ...]:
    node = tree.get(key) if isinstance(tree, Mapping) else None
    return node.items if isinstance(node, Mapping) else ()


def _said(node: Node | None) -> str:
    return str(node.value) if isinstance(node, Scalar) else ""


def _short(node: Node) -> str:
    """A condition in one line."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{item.key}: {_short(item.value)}" for item in node) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(map(_short, node)) + "]"
    return str(node.value)
