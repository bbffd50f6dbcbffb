"""Which questions the red flags rest on."""

from __future__ import annotations

from bonewise.flow.model import Ask, Level
from bonewise.proof.compiled import Compiled


def unsure_questions(compiled: Compiled) -> list[Ask]:
    """The questions that a rule reads and that can be answered with not sure, or skipped."""
    read = 0
    for rule in compiled.rules:
        read |= compiled.reads[rule.place]
    return [ask for number, ask in enumerate(compiled.asks) if read >> number & 1 and compiled.cells[ask.id].unsure]


def must_ask(compiled: Compiled, gates: list[Ask]) -> tuple[int, ...]:
    """By the urgency reached (first: none) the questions that are told apart by whether they are asked at all."""
    always = sum(1 << compiled.question[ask.id] for ask in gates)
    low = always
    for ask in unsure_questions(compiled):
        low |= 1 << compiled.question[ask.id]
    return tuple(low if urgency <= Level.SELF_CARE.urgency else always for urgency in range(-1, len(Level)))
