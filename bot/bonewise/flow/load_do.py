"""The arguments of an action: literals, or answers to questions, each of the type that the action takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bonewise.flow import condition as c
from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields, Word
from bonewise.flow.grammar import ANSWER, DAY, HOUR
from bonewise.flow.load_layout import Laid
from bonewise.flow.load_leaves import Placed
from bonewise.flow.load_names import Names
from bonewise.flow.model import AnswerOf, Ask, Date, Do, Many, Number, One, Place, Step, Text, Time, Value
from bonewise.strict_yaml import Item, Node, Scalar, Sequence
from bonewise.strict_yaml import Mapping as MappingNode

Argument = Value | bool | AnswerOf
FindQuestion = Callable[[Word, Laid], Placed | None]

OPTIONAL = "?"
"""Stands behind the type of an argument that can be left out, or whose question may not have been asked."""

_KINDS: Mapping[str, tuple[type, ...]] = {
    "text": (One, Text, Place),
    "many": (Many,),
    "number": (Number,),
    "date": (Date,),
    "time": (Time,),
    "flag": (),
}
_LITERALS: Mapping[str, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str),
    "many": lambda value: isinstance(value, tuple),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "date": lambda value: isinstance(value, str) and DAY.fullmatch(value) is not None,
    "time": lambda value: isinstance(value, str) and HOUR.fullmatch(value) is not None,
    "flag": lambda value: isinstance(value, bool),
}

TYPES = tuple(_KINDS)
"""The types of arguments."""


def read_arguments(laid: Laid, types: Mapping[str, str], find: FindQuestion) -> dict[str, Argument]:
    """What stands under `with`; `types` are the action's arguments and their types."""
    arguments: dict[str, Argument] = {}
    for item in laid.fields.items("with"):
        if item.key not in types:
            laid.fields.faults.unknown(item.mark, f"argument of `{laid.id}`:", item.key, types)
            continue
        value = _Reader(laid, types[item.key], find).read(item)
        if value is not None:
            arguments[item.key] = value
    _check_complete(laid, types)
    return arguments


def check_answered(steps: tuple[Step, ...], names: Names, faults: Faults) -> None:
    """Check that wherever an action is done, the questions whose answers it cannot do without were asked."""
    asks = {step.id: step for step in steps if isinstance(step, Ask)}
    for do in (step for step in steps if isinstance(step, Do)):
        for argument, value in do.arguments.items():
            optional = names.actions[do.action][argument].endswith(OPTIONAL)
            if isinstance(value, AnswerOf) and not optional and not _sure(asks[value.step], do.when):
                faults.add(do.mark, f"`{value.step}` may not have been asked here; give this `do` the same `when`")


def _sure(ask: Ask, done_when: c.Condition | None) -> bool:
    """Whether the question was asked wherever the condition holds: it reads the answer, or is the question's own."""
    together = done_when.of if isinstance(done_when, c.All) else (done_when,)
    return ask.when is None or any(part == ask.when or _reads(part, ask.id) for part in together)


def _reads(condition: c.Condition | None, question: str) -> bool:
    return isinstance(condition, c.Is | c.Between | c.Has) and condition.step == question


def _check_complete(laid: Laid, types: Mapping[str, str]) -> None:
    given = {item.key for item in laid.fields.items("with")}
    for name, kind in types.items():
        if name not in given and not kind.endswith(OPTIONAL):
            laid.fields.faults.add(laid.fields.mark, f"`{laid.id}` needs the argument `{name}` under `with`")


class _Reader:
    """Reads one argument."""

    def __init__(self, laid: Laid, kind: str, find: FindQuestion) -> None:
        self.laid = laid
        self.kind = kind.removesuffix(OPTIONAL)
        self.find = find
        self.faults = laid.fields.faults

    def read(self, item: Item) -> Argument | None:
        if isinstance(item.value, MappingNode):
            question = Fields(item.value, ANSWER, f"`{item.key}`", self.faults).word("answer")
            placed = question and self.find(question, self.laid)
            if question is None or placed is None:
                return None
            self._check_answer(placed.ask, question)
            return AnswerOf(placed.ask.id)
        value = _literal(item.value)
        if value is None or not _LITERALS[self.kind](value):
            self.faults.add(item.value.mark, f"`{item.key}` must be of the type {self.kind}, or {{answer: question}}")
            return None
        return value

    def _check_answer(self, ask: Ask, question: Word) -> None:
        if not isinstance(ask.kind, _KINDS[self.kind]):
            self.faults.add(question.mark, f"the answer to `{question.text}` is not of the type {self.kind}")
        elif ask.skip and self.kind != "text":
            self.faults.add(question.mark, f"`{question.text}` can be skipped, but the action needs its answer")


def _literal(node: Node) -> Value | bool | None:
    if isinstance(node, Sequence):
        texts = [inner.value for inner in node if isinstance(inner, Scalar) and isinstance(inner.value, str)]
        return tuple(texts) if len(texts) == len(node.items) else None
    return node.value if isinstance(node, Scalar) else None
