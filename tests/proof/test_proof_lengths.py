"""No check asks more questions than a person answers to the end (P16)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bonewise.dialogue.traits import EXCLUSIVE
from bonewise.flow.answers import Answers
from bonewise.flow.model import Ask, Flow
from bonewise.flow.play import play
from bonewise.proof.compiled import Compiled
from bonewise.proof.lengths import MOST_QUESTIONS, Longest
from bonewise.proof.prove import explore, prove
from tests.flow.flow_samples import flows
from tests.proof import brute_force as brute
from tests.proof.repository import edited, line_of, load, shipped

calm = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large])

CHECKS = sorted(name for name, flow in shipped().flows.items() if flow.kind == "check")


def longest(flow: Flow) -> Longest:
    return Longest(explore(Compiled(flow, exclusive=EXCLUSIVE))[0])


def asked(flow: Flow, answers: Answers) -> int:
    """How many of the answers are to questions; the rest are taps on Go on."""
    asks = {step.id for step in flow.steps if isinstance(step, Ask)}
    return sum(answered.step in asks for answered in answers)


def one_more(count: int) -> str:
    return "".join(f"  - {{ask: more_{number}, one: yes_no}}\n" for number in range(count))


@calm
@given(flows().filter(lambda flow: brute.size(flow) <= 100))
def test_the_longest_conversation_is_the_longest_of_all_that_there_are(flow: Flow) -> None:
    talks = [walk.answers for traits in brute.TRAITS for walk in brute.walks(brute.start(flow, traits))]
    assert longest(flow).questions == max(asked(flow, answers) for answers in talks)


@pytest.mark.parametrize("name", CHECKS)
def test_the_longest_conversation_of_a_check_can_be_had_and_is_short_enough(name: str) -> None:
    flow = shipped().flows[name]
    found = longest(flow)
    talk = found.talk()
    state = play(flow, talk.answers, traits=talk.traits)
    assert state.answers == talk.answers
    assert state.open is None
    assert asked(flow, talk.answers) == found.questions <= MOST_QUESTIONS


LENGTHENED = [
    ("foot_check", "  - {ask: colour, one: yes_no"),
    ("bone_risk", "  - {ask: parent_hip, one: yes_no"),
    ("visit_notes", "  - {ask: who, one"),
]
"""Checks, and the question before which more are put."""


@pytest.mark.parametrize(("name", "place"), LENGTHENED, ids=[name for name, _ in LENGTHENED])
def test_a_check_with_one_question_too_many_is_found_with_its_longest_conversation(
    name: str, place: str, tmp_path: Path
) -> None:
    before = longest(shipped().flows[name]).questions
    for more in (MOST_QUESTIONS - before, MOST_QUESTIONS - before + 1):
        flow = edited(tmp_path / str(more), (f"{name}.yml", place, one_more(more) + place)).flows[name]
        too_long = [finding for finding in prove(flow) if finding.code == "P16"]
        assert len(too_long) == (more > MOST_QUESTIONS - before)
    [finding] = too_long
    assert finding.talk is not None
    assert asked(flow, finding.talk.answers) == MOST_QUESTIONS + 1
    assert str(finding.mark).startswith(line_of(tmp_path / str(more), f"{name}.yml", f"flow: {name}"))
    assert (finding.at, finding.severity) == (name, "error")


def test_a_task_may_ask_more(tmp_path: Path) -> None:
    edited(tmp_path)
    task = "flow: ask_much\nversion: 1\nkind: task\nsteps:\n" + one_more(MOST_QUESTIONS + 1)
    (tmp_path / "ask_much.yml").write_text(task, encoding="utf-8")
    findings = prove(load(tmp_path).flows["ask_much"])
    assert "P16" not in {finding.code for finding in findings}
