"""Prove a flow: explore it whole, and report each fault with the shortest conversation that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bonewise.flow.model import Flow
from bonewise.proof.asked_once import with_second_answers
from bonewise.proof.cells import TooManyError
from bonewise.proof.compiled import Compiled, Exclusive
from bonewise.proof.dead_ends import find_dead_ends
from bonewise.proof.explore import MOST_STATES, Explorer, TooManyStatesError
from bonewise.proof.finding import Finding, Talk
from bonewise.proof.formulas import FALSE
from bonewise.proof.graph import Graph
from bonewise.proof.keys import Keys
from bonewise.proof.lengths import find_too_long
from bonewise.proof.on_the_way import OTHER, OnTheWay, name_of, parts_of
from bonewise.proof.reach import find_dead
from bonewise.proof.results import Worse, find_unsure


@dataclass(frozen=True)
class Proof:
    """What was found of a flow, and the shortest conversations that were seen on the way.

    `shown`: by the name of a part (`name_of`) and whether the flow is about another. `never`: parts that nobody of
    whom that holds comes to.
    """

    findings: list[Finding]
    shown: Mapping[tuple[str, bool], Talk] = field(default_factory=dict)
    never: frozenset[tuple[str, bool]] = frozenset()


def prove(flow: Flow, exclusive: Exclusive = (), most: int = MOST_STATES) -> list[Finding]:
    """What `examine` finds."""
    return examine(flow, exclusive, most).findings


def examine(flow: Flow, exclusive: Exclusive = (), most: int = MOST_STATES) -> Proof:
    """All faults of a loaded flow, sorted by place, less those that it accepts with a reason.

    `exclusive`: sets of traits of which at most one holds of a person. `most`: how many states are explored.
    """
    try:
        compiled = Compiled(flow, exclusive=exclusive)
        graph, on_the_way = explore(compiled, most)
        findings = list(_find(graph, on_the_way))
    except (TooManyError, TooManyStatesError) as error:
        return Proof([Finding("P15", flow.id, flow.id, flow.mark, str(error))])
    told = (with_second_answers(finding, flow, flow) for finding in _not_accepted(flow, findings))
    left = sorted(told, key=lambda finding: (finding.mark, finding.code))
    return Proof(left, on_the_way.shown, frozenset(_never(compiled)))


def _never(compiled: Compiled) -> Iterator[tuple[str, bool]]:
    """The parts whose condition is false of everybody of whom it holds that the flow is, or is not, about another."""
    for other in (False, True):
        starts = [compiled.start(traits) for traits in compiled.traits() if (OTHER in traits) is other]
        for part in parts_of(compiled.flow) if starts else ():
            if part.when is not None and all(start[compiled.place[id(part.when)]] == FALSE for start in starts):
                yield name_of(part), other


def explore(compiled: Compiled, most: int = MOST_STATES) -> tuple[Graph, OnTheWay]:
    """All states of a flow, and what was seen on the way to them. Raises `TooManyStatesError`."""
    on_the_way = OnTheWay(compiled)
    explorer = Explorer(compiled, Keys(compiled), on_the_way.see, most=most)
    return Graph(compiled, explorer.explore(), explorer.starts), on_the_way


def _find(graph: Graph, on_the_way: OnTheWay) -> Iterator[Finding]:
    yield from on_the_way.findings
    yield from find_dead_ends(graph)
    yield from find_dead(graph.compiled, on_the_way)
    yield from find_unsure(graph)
    yield from find_too_long(graph)
    yield from Worse(graph).find()


def _not_accepted(flow: Flow, findings: list[Finding]) -> Iterator[Finding]:
    found = {(finding.code, finding.at) for finding in findings}
    accepted = {(accept.finding, accept.at) for accept in flow.accept}
    yield from (finding for finding in findings if (finding.code, finding.at) not in accepted)
    for accept in flow.accept:
        if (accept.finding, accept.at) not in found:
            what = f"accepts {accept.finding} at `{accept.at}`, which is not found any more; remove it"
            yield Finding("P14", flow.id, accept.at, accept.mark, what)
