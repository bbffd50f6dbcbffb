"""Small flows walked with every answer there is, to hold the prover against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType

from hypothesis import strategies as st

from bonewise.flow.answers import Answers
from bonewise.flow.condition import questions
from bonewise.flow.evaluate import Known
from bonewise.flow.model import NONE, PRESSED, SKIPPED, UNSURE, Ask, Flow, Level, Many, Number, One, Step, Value
from bonewise.flow.state import CONFIRMATIONS, Confirm, Open
from bonewise.flow.walk import Walk
from bonewise.proof.asked_once import asked_once
from bonewise.proof.cells import Cells
from tests.flow.flow_samples import flows

Concrete = Walk[Known]
MOST = 4000
STOPS = Level.EMERGENCY.urgency
TRAITS = (frozenset[str](), frozenset({"adult"}))


def values(step: Open) -> list[Value]:
    """Every answer to a step; of a number the whole ones and the halves."""
    if isinstance(step, Confirm):
        return [*CONFIRMATIONS]
    if not isinstance(step, Ask):
        return [PRESSED]
    found: list[Value] = []
    match step.kind:
        case One(options):
            found.extend(options)
        case Many(options):
            real = [option for option in options if option not in {NONE, UNSURE}]
            found.extend(some for size in range(1, len(real) + 1) for some in combinations(real, size))
            found.extend((option,) for option in options if option not in real)
        case Number(low, high):
            found.extend(half / 2 if half % 2 else half // 2 for half in range(int(low) * 2, int(high) * 2 + 1))
    return [*found, *([SKIPPED] if step.skip else [])]


def start(
    flow: Flow, traits: frozenset[str], answers: Answers = (), kept: Mapping[str, Value] = MappingProxyType({})
) -> Concrete:
    """The walk before any answer but these."""
    return Walk(flow, answers, kept, Known(facts=flow.facts, traits=traits))


def walks(walk: Concrete) -> Iterator[Concrete]:
    """A walk and all that follow from it."""
    yield walk
    if walk.open is not None:
        for value in values(walk.open):
            yield from walks(walk.after(value))


def size(flow: Flow) -> int:
    """At most so many conversations are there."""
    product = 1
    for step in flow.steps:
        if isinstance(step, Ask):
            product *= len(values(step))
    return product


def _ordered(step: Step, ordered: bool) -> Step:
    if not isinstance(step, Ask) or not ordered:
        return step
    match step.kind:
        case One() | Many():
            return replace(step, kind=replace(step.kind, worst="first"))
        case Number():
            return replace(step, kind=replace(step.kind, worse="more"))
        case _:
            return step


@st.composite
def small_flows(draw: st.DrawFn, most: int = MOST) -> Flow:
    """Flows with few enough conversations, asked once; some questions declare an order of their answers."""
    flow = asked_once(draw(flows().filter(lambda flow: size(flow) <= most)))
    return replace(flow, steps=tuple(_ordered(step, draw(st.booleans())) for step in flow.steps))


def urgency(walk: Concrete) -> int:
    """That of the level an ended walk comes to."""
    level = walk.known.level if walk.raised else walk.flow.otherwise
    return -1 if level is None else level.urgency


def place(walk: Concrete) -> tuple[bool, int]:
    """How far along the flow a walk is."""
    return (walk.open is None, walk.reached)


def comes_out_milder(walk: Concrete, cells: Cells) -> bool:
    """Whether a worse answer to the open question can come to a milder level than a better one."""
    following = follow_ups(walk.flow, walk.open.id) if walk.open else set()
    return any(
        milder(walk.after(cells.values[worse]), walk.after(cells.values[better]), following)
        for worse, better in cells.worse
    )


def follow_ups(flow: Flow, question: str) -> set[str]:
    """The questions whose condition reads this one, or reads one that follows up on it."""
    found = {question}
    for step in flow.steps:
        if isinstance(step, Ask) and step.when is not None and questions(step.when, flow.facts) & found:
            found.add(step.id)
    return found - {question}


def milder(worse: Concrete, better: Concrete, following: set[str]) -> bool:
    """Whether the worse side can come out milder, the questions of both being answered alike."""
    if worse.open is None and better.open is None:
        return min(urgency(worse), STOPS) < min(urgency(better), STOPS)
    if worse.open is not None and place(worse) < place(better):
        how = all if worse.open.id in following else any
        return how(milder(worse.after(value), better, following) for value in values(worse.open))
    if better.open is not None and place(better) < place(worse):
        return any(milder(worse, better.after(value), following) for value in values(better.open))
    open_ = worse.open
    return open_ is not None and any(
        milder(worse.after(value), better.after(value), following) for value in values(open_)
    )
