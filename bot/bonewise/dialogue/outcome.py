"""What an action of a flow is given, and what it can ask for besides what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bonewise.flow.model import AnswerOf, Do, Value


@dataclass(frozen=True, slots=True)
class Reopen:
    """The action cannot be done with this answer: ask that question again, with this note."""

    step: str
    note: str


@dataclass(frozen=True, slots=True)
class Then:
    """The link that opens when the flow ends is this one."""

    to: str


Arguments: TypeAlias = Mapping[str, Value | bool | None]
Outcome: TypeAlias = Reopen | Then | None


def asked_for(do: Do, argument: str) -> str:
    """The question whose answer is an action's argument."""
    named = do.arguments[argument]
    return named.step if isinstance(named, AnswerOf) else ""
