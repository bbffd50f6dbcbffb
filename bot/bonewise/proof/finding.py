"""What the prover reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bonewise.flow.answers import Answered, Answers
from bonewise.flow.model import Mark

PROPERTIES = {
    "P0": "every file can be read, and every text is there",
    "P1": "every way through a flow ends, and of a check in a level",
    "P2": "a red flag is never undercut, and no gate is gone round",
    "P3": "a worse answer never lowers the level",
    "P4": "everything in a flow can be reached",
    "P6": "not sure or skipped on a red flag never ends in the lowest level",
    "P8": "every screen can be shown in every language, about every subject",
    "P9": "every screen keeps the limits with the longest words that can fill it in",
    "P10": "no answers come to a milder level than before",
    "P13": "to leave never reads as an all-clear",
    "P14": "what is accepted is still found",
    "P15": "a flow is small enough to be explored whole",
    "P16": "a check is short enough to be finished",
}
"""What each code says holds."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, and what has to hold of the person for it."""

    answers: Answers
    traits: frozenset[str] = frozenset()

    def __str__(self) -> str:
        person = [f"({', '.join(sorted(self.traits))})"] if self.traits else []
        return " → ".join((*person, *map(_said, self.answers))) or "(at once)"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a flow: where, what is wrong and what to do, and the shortest conversation that shows it.

    `at` is the step, rule or card that an `accept` names. `other` is a second conversation that this one is held
    against.
    """

    code: str
    flow: str
    at: str
    mark: Mark
    message: str
    talk: Talk | None = None
    other: Talk | None = None
    severity: str = "error"  # error | warning
    about: str = ""  # what tells it from another finding of the same code at the same place

    def lines(self) -> Iterable[str]:
        """As text: first where and what, then the conversations."""
        code = "" if self.code == "P0" else f"{self.code} {self.flow}".strip() + ": "
        yield f"{self.mark}: {code}{self.message}"
        if self.talk is not None:
            yield f"    {self.talk}"
        if self.other is not None:
            yield f"    against {self.other}"


def _said(answered: Answered) -> str:
    value = answered.value
    return f"{answered.step}={'+'.join(value) if isinstance(value, tuple) else value}"
