"""Prove a flow: explore it whole, and report each fault with the shortest conversation that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from bonewise.flow.model import Flow
from bonewise.proof.asked_once import with_second_answers
from bonewise.proof.cells import TooManyError
from bonewise.proof.compiled import Compiled, Exclusive
from bonewise.proof.dead_ends import find_dead_ends
from bonewise.proof.explore import MOST_STATES, Explorer, TooManyStatesError
from bonewise.proof.finding import Finding
from bonewise.proof.graph import Graph
from bonewise.proof.keys import Keys
from bonewise.proof.on_the_way import OnTheWay
from bonewise.proof.reach import find_dead
from bonewise.proof.results import Worse, find_unsure


def prove(flow: Flow, exclusive: Exclusive = (), most: int = MOST_STATES) -> list[Finding]:
    """All faults of a loaded flow, sorted by place, less those that it accepts with a reason.

    `exclusive`: sets of traits of which at most one holds of a person. `most`: how many states are explored.
    """
    try:
        findings = list(_find(flow, exclusive, most))
    except (TooManyError, TooManyStatesError) as error:
        return [Finding("P15", flow.id, flow.id, flow.mark, str(error))]
    told = (with_second_answers(finding, flow, flow) for finding in _not_accepted(flow, findings))
    return sorted(told, key=lambda finding: (finding.mark, finding.code))


def explore(compiled: Compiled, most: int = MOST_STATES) -> tuple[Graph, OnTheWay]:
    """All states of a flow, and what was seen on the way to them. Raises `TooManyStatesError`."""
    on_the_way = OnTheWay(compiled)
    explorer = Explorer(compiled, Keys(compiled), on_the_way.see, most=most)
    return Graph(compiled, explorer.explore(), explorer.starts), on_the_way


def _find(flow: Flow, exclusive: Exclusive, most: int) -> Iterator[Finding]:
    compiled = Compiled(flow, exclusive=exclusive)
    graph, on_the_way = explore(compiled, most)
    yield from on_the_way.findings
    yield from find_dead_ends(graph)
    yield from find_dead(compiled, on_the_way)
    yield from find_unsure(graph)
    yield from Worse(graph).find()


def _not_accepted(flow: Flow, findings: list[Finding]) -> Iterator[Finding]:
    found = {(finding.code, finding.at) for finding in findings}
    accepted = {(accept.finding, accept.at) for accept in flow.accept}
    yield from (finding for finding in findings if (finding.code, finding.at) not in accepted)
    for accept in flow.accept:
        if (accept.finding, accept.at) not in found:
            what = f"accepts {accept.finding} at `{accept.at}`, which is not found any more; remove it"
            yield Finding("P14", flow.id, accept.at, accept.mark, what)
