"""The answers to a question, put together into cells: those that every condition of the flow takes alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from bonewise.flow import condition as c
from bonewise.flow.evaluate import Known, holds
from bonewise.flow.model import (
    NONE,
    PRESSED,
    SKIPPED,
    UNSURE,
    Ask,
    Date,
    Many,
    Number,
    One,
    Place,
    Say,
    Text,
    Time,
    Value,
)

LeafCondition = c.Is | c.Has | c.Between | c.Chosen
MOST_TICKS = 12
"""So many options of a `many` can conditions tell apart: 4,096 sets of them."""

_SOME_ROW = "row"
_ANY_OF_ITS_KIND: dict[type, str] = {Date: "2026-01-01", Time: "09:00", Text: "text"}


class TooManyError(Exception):
    """A question has more answers to tell apart than can be explored."""


class _Kind(NamedTuple):
    """All that matters of an answer."""

    true: tuple[bool, ...]  # for each condition on it whether it holds
    unsure: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one question.

    `values`: for each cell the answer that stands for it, in the order in which the flow offers them. `ends`: which
    cells end the flow, as the person has no row. `unsure`: which are not sure or skipped. `worse`: pairs of cells, the
    first of which is worse.
    """

    step: Ask | Say
    leaves: tuple[LeafCondition, ...]
    values: tuple[Value, ...]
    kinds: Mapping[_Kind, int]
    ends: frozenset[int]
    unsure: tuple[int, ...]
    worse: tuple[tuple[int, int], ...]

    def cell(self, value: Value) -> int:
        """The cell of an answer. Raises `KeyError` if the question cannot be answered so."""
        return self.kinds[_kind(self.step, value, self.leaves)]

    def where(self, leaf: LeafCondition) -> int:
        """The cells in which a condition holds, a bit for each."""
        place = self.leaves.index(leaf)
        return sum(1 << cell for kind, cell in self.kinds.items() if kind.true[place])


def _kind(step: Ask | Say, value: Value, leaves: Iterable[LeafCondition]) -> _Kind:
    if isinstance(step, Say):
        return _Kind(())
    known = Known(values={step.id: value})
    true = tuple(holds(leaf, known) is True for leaf in leaves)
    return _Kind(true, _is_unsure(value), _has_no_row(step, value))


def cells_of(step: Ask | Say, leaves: Sequence[LeafCondition]) -> Cells:
    """The cells of a step's answers; `leaves` are all conditions on it. Raises `TooManyError`."""
    values: list[Value] = []
    kinds: dict[_Kind, int] = {}
    of: dict[Value, int] = {}
    for value in _values(step, leaves):
        kind = _kind(step, value, leaves)
        if kind not in kinds:
            kinds[kind] = len(values)
            values.append(value)
        of[value] = kinds[kind]
    return Cells(
        step,
        tuple(leaves),
        tuple(values),
        kinds,
        ends=frozenset(cell for kind, cell in kinds.items() if kind.ends),
        unsure=tuple(cell for kind, cell in kinds.items() if kind.unsure),
        worse=tuple(dict.fromkeys((of[a], of[b]) for a, b in _worse(step, list(of)) if of[a] != of[b])),
    )


def _is_unsure(value: Value) -> bool:
    return value in {SKIPPED, UNSURE, (UNSURE,)}


def _has_no_row(ask: Ask, value: Value) -> bool:
    return isinstance(ask.kind, One) and ask.kind.none is not None and value == NONE


def _values(step: Ask | Say, leaves: Sequence[LeafCondition]) -> Iterator[Value]:
    """Answers of every cell; those that reopen another question are none."""
    if isinstance(step, Say):
        yield PRESSED
        return
    yield from _of_kind(step, leaves)
    if step.skip:
        yield SKIPPED


def _of_kind(ask: Ask, leaves: Sequence[LeafCondition]) -> Iterator[Value]:
    match ask.kind:
        case One(options, provider=None):
            yield from (option for option in options if option not in ask.edit)
        case One():
            yield from (_SOME_ROW, NONE)
        case Many(options=ticks):
            yield from _ticked(ask, ticks, leaves)
        case Number() as number:
            yield from _numbers(number, leaves)
        case Place(offer):
            named = [value for leaf in leaves if isinstance(leaf, c.Is) for value in leaf.values if value != SKIPPED]
            yield from dict.fromkeys([*offer, *named, "ZZ"])
        case kind:
            yield _ANY_OF_ITS_KIND[type(kind)]


def _ticked(ask: Ask, options: tuple[str, ...], leaves: Sequence[LeafCondition]) -> Iterator[Value]:
    """Sets of options. Those that no condition names differ only by how many they are, if that counts at all."""
    real = [option for option in options if option not in {NONE, UNSURE}]
    named = {option for leaf in leaves for option in _options(leaf)}
    told_apart = [option for option in real if option in named]
    if len(told_apart) > MOST_TICKS:
        raise TooManyError(
            f"conditions tell {len(told_apart)} options of `{ask.id}` apart, at most {MOST_TICKS} can be explored: "
            "split the question in two"
        )
    others = [option for option in real if option not in named]
    counted = len(others) if any(isinstance(leaf, c.Chosen) for leaf in leaves) else min(1, len(others))
    for ticks in range(len(told_apart) + 1):
        for chosen in combinations(told_apart, ticks):
            for more in range(counted + 1):
                ticked = {*chosen, *others[:more]}
                if ticked:
                    yield tuple(option for option in options if option in ticked)
    yield from ((option,) for option in options if option not in real)


def _options(leaf: LeafCondition) -> tuple[str, ...]:
    match leaf:
        case c.Is(_, values):
            return values
        case c.Has(_, _, options):
            return options
        case _:
            return ()


def _numbers(number: Number, leaves: Sequence[LeafCondition]) -> Iterator[Value]:
    """The bounds that conditions name, and a number between each two."""
    bounds = {b for leaf in leaves if isinstance(leaf, c.Between) for b in (leaf.min, leaf.max) if b is not None}
    cuts = sorted({b for b in bounds if number.min <= b <= number.max} | {number.min, number.max})
    for low, high in pairwise(cuts):
        yield low
        yield _between(low, high)
    yield cuts[-1]


def _between(low: float, high: float) -> float:
    middle = (low + high) / 2
    whole = int(middle)
    return whole if low < whole < high else middle


def _worse(step: Ask | Say, values: list[Value]) -> Iterable[tuple[Value, Value]]:
    """Pairs of answers, the first of which is declared to be worse."""
    if isinstance(step, Say):
        return ()
    given = [value for value in values if value != SKIPPED]
    match step.kind:
        case Number(worse=("more" | "less") as worse):
            return pairwise(sorted(given, key=_size, reverse=worse == "more"))
        case One(worst="first"):
            return pairwise(given)
        case Many(worst="first") as many:
            return list(_worse_sets(many.options, given))
        case _:
            return ()


def _size(value: Value) -> float:
    return value if isinstance(value, int | float) else 0


def _worse_sets(options: tuple[str, ...], given: list[Value]) -> Iterator[tuple[Value, Value]]:
    """One option more is worse; of two single options the one that stands first."""
    sets = {frozenset(value): value for value in given if isinstance(value, tuple)}
    for chosen, value in sets.items():
        for option in chosen - {NONE, UNSURE}:
            fewer = sets.get(chosen - {option})
            if fewer is not None:
                yield value, fewer
    yield from pairwise(sets[single] for option in options if (single := frozenset({option})) in sets)
