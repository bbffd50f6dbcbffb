"""A check answered without a sign, so that a test can come to the question it is about."""

from __future__ import annotations

from collections.abc import Mapping

from bonewise.flow.model import Ask, Many, One, Value
from tests.dialogue.conversation import Conversation

CALM: Mapping[str, Value] = {
    "adult": "yes",
    "adult.over_18": "yes",
    "age": "from_50",
    "where": ("both_legs",),
    "started": "longer",
    "pattern": "toes_first",
    "explained": "known",
}
"""The answers of somebody whose toes have tingled for months; to all other questions none or no."""


def calm(talk: Conversation, until: str) -> None:
    """Answer as somebody with an old tingling in the toes, until this step is open, or to the `end`."""
    while talk.step != until and not (until == "end" and talk.step is None):
        step = talk.state.open
        assert step is not None, f"{until} was never asked"
        talk.answers(step.id, _calm_answer(step.id, step))


def _calm_answer(name: str, step: object) -> Value:
    if name in CALM:
        return CALM[name]
    assert isinstance(step, Ask)
    assert isinstance(step.kind, Many | One)
    return "none" if "none" in step.kind.options else "no"
