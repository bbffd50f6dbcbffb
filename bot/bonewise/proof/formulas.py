"""Conditions in a form that shrinks as questions are answered, each formula kept once and known by a number.

A formula comes to exactly what `flow.evaluate.holds` says of its condition: it is true or false as soon as that is,
and no sooner. So nothing is simplified that three-valued logic would still leave open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

FALSE, TRUE = 0, 1
UNASKED = -1
"""The cell of a question that was passed without being asked."""


class Leaf(NamedTuple):
    """The answer to a question lies in one of these cells (a bit for each)."""

    question: int
    cells: int


class Below(NamedTuple):
    """The level reached so far has a lower urgency than this."""

    urgency: int


class Not(NamedTuple):
    of: int


class AtLeast(NamedTuple):
    """So many of these hold. `of` is sorted, and has a formula twice if it counts twice."""

    least: int
    of: tuple[int, ...]

    @property
    def is_any(self) -> bool:
        return self.least == 1

    @property
    def is_all(self) -> bool:
        return self.least == len(self.of)


Node = Leaf | Below | Not | AtLeast | bool


class _Settled(dict[int, int]):
    """What is left of each formula after one answer, made when it is first asked for."""

    def __init__(self, formulas: Formulas, question: int, cell: int) -> None:
        super().__init__()
        self._made = (formulas, question, cell)

    def __missing__(self, formula: int) -> int:
        formulas, question, cell = self._made
        found = self[formula] = formulas.settle(formula, question, cell)
        return found


class Formulas:
    """All formulas of a flow."""

    def __init__(self) -> None:
        self.nodes: list[Node] = [False, True]
        self.reads: list[int] = [0, 0]  # for each formula the questions it reads, a bit for each
        self._numbers: dict[tuple[type, Node], int] = {}
        self._settled: dict[tuple[int, int], _Settled] = {}
        self._at_level: dict[tuple[int, int], int] = {}

    def leaf(self, question: int, cells: int) -> int:
        """The formula of a leaf."""
        return self._number(Leaf(question, cells), 1 << question)

    def below(self, urgency: int) -> int:
        """The formula that the level is below this urgency."""
        return self._number(Below(urgency), 0)

    def negated(self, of: int) -> int:
        """The formula that this one does not hold."""
        return 1 - of if of <= TRUE else self._number(Not(of), self.reads[of])

    def at_least(self, least: int, of: Iterable[int]) -> int:
        """The formula that so many of these hold."""
        parts = list(of)
        least -= parts.count(TRUE)
        open_ = [part for part in parts if part > TRUE]
        if least <= 0:
            return TRUE
        if least > len(open_):
            return FALSE
        if least == 1:
            return self._joined(open_, is_any=True)
        if least == len(open_):
            return self._joined(open_, is_any=False)
        return self._number(AtLeast(least, tuple(sorted(open_))), self._reads_of(open_))

    def disjuncts(self, formula: int) -> tuple[int, ...]:
        """The formulas of which any one makes this one hold."""
        node = self.nodes[formula]
        return node.of if isinstance(node, AtLeast) and node.is_any else (formula,)

    def conjuncts(self, formula: int) -> tuple[int, ...]:
        """The formulas that must all hold for this one to hold."""
        node = self.nodes[formula]
        return node.of if isinstance(node, AtLeast) and node.is_all else (formula,)

    def after(self, formula: int, question: int, cell: int) -> int:
        """What is left of the formula once the question's answer lies in this cell (or is `UNASKED`)."""
        return self.settled(question, cell)[formula]

    def settled(self, question: int, cell: int) -> Mapping[int, int]:
        """The same for every formula; for whoever asks of many, as a look-up is quicker than a call."""
        found = self._settled.get((question, cell))
        if found is None:
            found = self._settled[question, cell] = _Settled(self, question, cell)
        return found

    def at_level(self, formula: int, urgency: int, *, below: int | None = None) -> int:
        """What is left once a level of this urgency is reached; -1 is none.

        A level only rises: what asks for one below it is false for good, and the rest is `below` (TRUE: as it stands
        now), or stays open when that is None.
        """
        key = (formula, urgency * 2 + (below is None))
        found = self._at_level.get(key)
        if found is None:
            found = self._at_level[key] = self._see_level(formula, urgency, below)
        return found

    def settle(self, formula: int, question: int, cell: int) -> int:
        """What `after` looks up, made for the first time."""
        if not self.reads[formula] >> question & 1:
            return formula
        match self.nodes[formula]:
            case Leaf(_, cells):
                return TRUE if cell != UNASKED and cells >> cell & 1 else FALSE
            case Not(of):
                return self.negated(self.after(of, question, cell))
            case AtLeast(least, of):
                return self.at_least(least, [self.after(part, question, cell) for part in of])
            case _:
                return formula

    def _see_level(self, formula: int, urgency: int, below: int | None) -> int:
        match self.nodes[formula]:
            case Below(limit):
                return FALSE if urgency >= limit else formula if below is None else below
            case Not(of):
                return self.negated(self.at_level(of, urgency, below=below))
            case AtLeast(least, of):
                return self.at_least(least, [self.at_level(part, urgency, below=below) for part in of])
            case _:
                return formula

    def _joined(self, parts: list[int], is_any: bool) -> int:
        inner = self.disjuncts if is_any else self.conjuncts
        flat = {single for part in parts for single in inner(part)}
        kept = self._without_implied(self._merged(flat, is_any), is_any)
        if len(kept) == 1:
            return kept[0]
        return self._number(AtLeast(1 if is_any else len(kept), tuple(sorted(kept))), self._reads_of(kept))

    def _merged(self, parts: set[int], is_any: bool) -> set[int]:
        """One leaf for each question."""
        cells: dict[int, int] = {}
        rest: set[int] = set()
        for part in parts:
            node = self.nodes[part]
            if not isinstance(node, Leaf):
                rest.add(part)
            elif node.question in cells:
                before = cells[node.question]
                cells[node.question] = before | node.cells if is_any else before & node.cells
            else:
                cells[node.question] = node.cells
        return rest | {self.leaf(question, mask) for question, mask in cells.items()}

    def _without_implied(self, parts: set[int], is_any: bool) -> list[int]:
        """Without those that another one makes superfluous: `x or (x and y)` is x, and so the other way round."""
        inner = self.conjuncts if is_any else self.disjuncts
        return [part for part in parts if len(found := inner(part)) == 1 or not parts.intersection(found)]

    def _reads_of(self, parts: Iterable[int]) -> int:
        reads = 0
        for part in parts:
            reads |= self.reads[part]
        return reads

    def _number(self, node: Node, reads: int) -> int:
        key = (type(node), node)  # nodes are tuples, and equal to those of another type
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.nodes)
            self.nodes.append(node)
            self.reads.append(reads)
        return number
