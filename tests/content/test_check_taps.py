"""How many taps a check takes of somebody with plain trouble (docs/clinical.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bonewise.dialogue import event as e
from bonewise.dialogue.person import Turn
from bonewise.flow.answers import Answers
from bonewise.flow.model import Ask, Value
from bonewise.flow.play import answer, play
from bonewise.flow.state import SAME
from tests.dialogue.calm import calm, calm_answer
from tests.dialogue.conversation import KNOWN, PAUSE, WORLD, Conversation


def taps(check: str, traits: frozenset[str], again: bool = False) -> int:
    """The taps after the one that says whom it is about; `again` if the profile was asked before."""
    first = calm_answers(check, traits, kept={})
    if not again:
        return len(first)
    keep = {step.id for step in WORLD.flows.flows[check].steps if isinstance(step, Ask) and step.keep}
    kept = {answered.step: answered.value for answered in first if answered.step in keep}
    return len(calm_answers(check, traits, kept))


def calm_answers(check: str, traits: frozenset[str], kept: Mapping[str, Value]) -> Answers:
    """The answers of somebody of whom this is kept."""
    flow, answers = WORLD.flows.flows[check], ()
    while (state := play(flow, answers, kept=kept, traits=traits)).open is not None:
        step = state.open
        value = SAME if step.id == "profile" else calm_answer(check, step.id, step)
        answers = answer(flow, answers, (value,) if value == "none" else value, kept=kept, traits=traits)
    return answers


class Tapped(Conversation):
    """A conversation that counts the taps."""

    taps = 0

    def does(self, event: e.Event, *, pause: timedelta = PAUSE) -> Turn:
        self.taps += isinstance(event, e.Press)
        return super().does(event, pause=pause)


@pytest.mark.parametrize("adult", [True, None])
@pytest.mark.parametrize("check", ["tingling", "back"])
def test_plain_tingling_or_back_pain_takes_at_most_18_taps_from_whom_it_is_about_to_the_result(
    check: str, adult: bool | None
) -> None:
    talk = Tapped({**KNOWN, "adult": adult})
    talk.commands(f"start go-{check}")
    talk.presses(f"go:{check}.self" if adult else f"go:{check}.adult")
    calm(talk, "end")
    assert talk.result.level in {"self_care", "routine"}
    assert talk.taps <= 18


@pytest.mark.parametrize(("check", "first", "later"), [("back", 17, 14), ("weakness", 15, 15), ("falls", 13, 13)])
def test_plain_trouble_takes_as_many_taps_as_the_clinical_page_says(check: str, first: int, later: int) -> None:
    assert taps(check, frozenset()) == first + 1
    assert taps(check, frozenset({"adult"})) == first
    assert taps(check, frozenset({"adult"}), again=True) == later


GATED = sorted(
    name
    for name, flow in WORLD.flows.flows.items()
    if flow.kind == "check" and any(step.id == "life.signs" and step.when is None for step in flow.steps)
)


@pytest.mark.parametrize("check", GATED)
def test_both_gates_take_somebody_well_at_most_six_taps(check: str) -> None:
    answers = calm_answers(check, frozenset({"adult"}), kept={})
    gates = [answered for answered in answers if answered.step.startswith(("life.", "spine_nerves."))]
    assert len(gates) <= 6
