"""Whether every conversation can go on to its end (P1)."""

from __future__ import annotations

from collections.abc import Iterator

from bonewise.flow.model import Ask
from bonewise.proof.finding import Finding, Talk
from bonewise.proof.graph import Graph


def find_dead_ends(graph: Graph) -> Iterator[Finding]:
    """P1: questions with no answer that leads on, and answers that would reopen a question that was not asked."""
    flow = graph.compiled.flow
    found: set[tuple[str, str]] = set()
    for state in graph.states:
        ask = state.walk.open
        if not isinstance(ask, Ask):
            continue
        talk = Talk(state.answers, state.traits)
        if not state.next and (ask.id, "") not in found:
            found.add((ask.id, ""))
            what = (
                f"every answer to `{ask.id}` reopens another question, so nothing leads on; give it one that does not"
            )
            yield Finding("P1", flow.id, ask.id, ask.mark, what, talk)
        for answer, target in ask.edit.items():
            if target not in state.walk.asked and (ask.id, answer) not in found:
                found.add((ask.id, answer))
                what = f"`{answer}` reopens `{target}`, which was not asked then, so nothing happens; ask it always"
                yield Finding("P1", flow.id, ask.id, ask.mark, what, talk)
