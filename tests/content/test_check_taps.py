"""How many taps a check takes of somebody with plain trouble (docs/clinical.md)."""

from __future__ import annotations

import pytest

from bonewise.flow.model import Ask
from bonewise.flow.play import answer, play
from bonewise.flow.state import SAME
from tests.dialogue.calm import calm_answer
from tests.dialogue.conversation import WORLD


def taps(check: str, traits: frozenset[str], again: bool = False) -> int:
    """The taps after the one that says whom it is about; `again` if the profile was asked before."""
    flow, answers = WORLD.flows.flows[check], ()
    asks = [step for step in flow.steps if isinstance(step, Ask) and step.keep and step.when is None]
    kept = {ask.id: calm_answer(check, ask.id, ask) for ask in asks} if again else {}
    kept = {step: (value,) if value == "none" else value for step, value in kept.items()}
    while (state := play(flow, answers, kept=kept, traits=traits)).open is not None:
        step = state.open
        value = SAME if step.id == "profile" else calm_answer(check, step.id, step)
        answers = answer(flow, answers, (value,) if value == "none" else value, kept=kept, traits=traits)
    return len(answers)


@pytest.mark.parametrize(("check", "first", "later"), [("back", 17, 14), ("weakness", 15, 15), ("falls", 13, 13)])
def test_plain_trouble_takes_as_many_taps_as_the_clinical_page_says(check: str, first: int, later: int) -> None:
    assert taps(check, frozenset()) == first + 1
    assert taps(check, frozenset({"adult"})) == first
    assert taps(check, frozenset({"adult"}), again=True) == later
