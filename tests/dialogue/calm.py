"""A check answered without a sign, so that a test can come to the question it is about."""

from __future__ import annotations

from collections.abc import Mapping

from bonewise.flow.model import Ask, Many, One, Value
from tests.dialogue.conversation import Conversation

SHARED: Mapping[str, Value] = {"adult": "yes", "adult.over_18": "yes", "age": "from_50"}
CALM: Mapping[str, Mapping[str, Value]] = {
    "tingling": {"where": ("both_legs",), "started": "longer", "pattern": "toes_first", "explained": "known"},
    "back": {"age": "from_18", "start": "slow", "where": "low", "birth_sex": "male", "since": "four_weeks"},
    "weakness": {"what": "balance", "since": "longer", "help": "checked"},
    "falls": {"fell": "longer", "birth_sex": "male"},
}
"""What somebody answers who has nothing worse than an old tingling in the toes, or a sore low back for some weeks.

To all other questions none or no.
"""


def calm(talk: Conversation, until: str, but: Mapping[str, Value] | None = None) -> None:
    """Answer so, but for these answers, until this step is open, or to the `end`."""
    left = dict(but or {})
    while talk.step != until and not (until == "end" and talk.step is None):
        step = talk.state.open
        assert step is not None, f"{until} was never asked"
        if step.id in left and not talk.state.again:
            talk.answers(step.id, left.pop(step.id))
        else:
            talk.answers(step.id, (but or {}).get(step.id) or calm_answer(talk.session.flow, step.id, step))
    assert not left, f"never asked: {', '.join(left)}"


def calm_answer(flow: str, name: str, step: object) -> Value:
    """What this person answers to one question."""
    known = {**SHARED, **CALM.get(flow, {})}
    if name in known:
        return known[name]
    assert isinstance(step, Ask)
    assert isinstance(step.kind, Many | One)
    return "none" if "none" in step.kind.options else "no"
