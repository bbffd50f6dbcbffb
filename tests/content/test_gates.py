"""No check takes over an old answer to a red flag: its gates are asked anew, and what is kept is a short list."""

from __future__ import annotations

import pytest

from bonewise.flow.model import Ask, Flow
from tests.dialogue.conversation import WORLD

CHECKS = [flow for flow in WORLD.flows.flows.values() if flow.kind == "check"]
GATES = {"life", "spine_nerves", "someone"}
KEPT = {"cancer", "health", "health_more", "age", "bones", "birth_sex", "thinner"}
"""What stays true of a person for months. A sign is never among it (clinical rule U6)."""
each_check = pytest.mark.parametrize("flow", CHECKS, ids=[flow.id for flow in CHECKS])


@each_check
def test_a_check_that_is_resumed_after_six_hours_asks_every_gate_again(flow: Flow) -> None:
    assert set(flow.gates) >= GATES
    assert flow.fresh is not None
    assert flow.fresh <= 6 * 3600


@each_check
def test_nothing_is_kept_but_what_stays_true(flow: Flow) -> None:
    assert {step.id for step in flow.steps if isinstance(step, Ask) and step.keep} <= KEPT
