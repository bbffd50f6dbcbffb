"""Which questions the red flags rest on."""

from __future__ import annotations

from bonewise.flow.model import Ask
from bonewise.proof.compiled import Compiled


def unsure_questions(compiled: Compiled) -> list[Ask]:
    """The questions that a rule reads and that can be answered with not sure, or skipped."""
    read = 0
    for rule in compiled.rules:
        read |= compiled.reads[rule.place]
    return [ask for number, ask in enumerate(compiled.asks) if read >> number & 1 and compiled.cells[ask.id].unsure]
