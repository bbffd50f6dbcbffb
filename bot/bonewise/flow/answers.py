"""A session's answers: what a walk through a flow is folded from."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from bonewise.flow.model import Value


class Answered(NamedTuple):
    """One answer to one step. A step that was asked again has two, the second of which counts."""

    step: str
    value: Value


Answers: TypeAlias = tuple[Answered, ...]
