"""A review holds for the shape that was reviewed: its logic, not its words or places."""

from __future__ import annotations

from dataclasses import replace

from tests.dialogue.conversation import WORLD

from bonewise.flow import condition as c
from bonewise.flow.model import Ask, Flag, Flow, Level, Review, Rule
from bonewise.flow.shape import is_reviewed, shape
from bonewise.strict_yaml import Mark

TINGLING = WORLD.flows.flows["tingling"]


def reviewed(flow: Flow) -> Flow:
    return replace(flow, reviewed=Review("Dr A. Example", "2026-11-25", shape(flow)))


def test_a_review_of_the_flow_as_it_is_counts() -> None:
    assert is_reviewed(reviewed(TINGLING))
    assert not is_reviewed(TINGLING)


def test_a_flow_that_moves_in_its_file_keeps_its_review() -> None:
    moved = tuple(replace(step, mark=Mark("elsewhere", 99, 1)) for step in TINGLING.steps)
    assert is_reviewed(replace(reviewed(TINGLING), steps=moved))


def test_a_flow_that_asks_or_decides_otherwise_loses_it() -> None:
    flow = reviewed(TINGLING)
    fewer = replace(flow, steps=flow.steps[:-1])
    milder = replace(flow, otherwise=Level.ROUTINE)
    flag = flow.flags[0]
    rules = (replace(flag.rules[0], when=c.Not(flag.rules[0].when)), *flag.rules[1:])
    loose = replace(flow, flags=(Flag(flag.id, rules), *flow.flags[1:]))
    last = next(step for step in flow.steps if isinstance(step, Ask) and step.again)
    once = replace(flow, steps=tuple(replace(s, again=frozenset()) if s is last else s for s in flow.steps))  # type: ignore[call-arg]
    assert [is_reviewed(changed) for changed in (fewer, milder, loose, once)] == [False] * 4


def test_the_shape_is_the_same_in_every_run() -> None:
    rule = Rule("A", "x.A", c.Is("a", ("yes",)), Level.SOON, False, ("editorial",), Mark("f", 1, 1))
    flow = Flow("x", 1, "check", Mark("f", 1, 1), (), flags=(Flag("A", (rule,)),), otherwise=Level.ROUTINE)
    assert shape(flow) == "451ae2d8d424"
