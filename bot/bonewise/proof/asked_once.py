"""A flow in which nothing is asked once more.

What a conversation comes to depends on the answers that count, and the second answer can be any that the first can be.
So it is enough to explore a flow in which each question is asked once.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from bonewise.flow.evaluate import Known
from bonewise.flow.model import Ask, Flow
from bonewise.flow.walk import Walk
from bonewise.proof.finding import Finding, Talk


def asked_once(flow: Flow) -> Flow:
    """The flow with each question asked only once."""
    steps = (replace(step, again=frozenset()) if isinstance(step, Ask) else step for step in flow.steps)
    return replace(flow, steps=tuple(steps))


def with_second_answers(finding: Finding, flow: Flow, other: Flow) -> Finding:
    """A finding with its conversations as the flow, and the flow of the `other` one, have them."""
    talk = finding.talk and _asked_again(flow, finding.talk)
    against = finding.other and _asked_again(other, finding.other)
    return replace(finding, talk=talk, other=against)


def _asked_again(flow: Flow, talk: Talk) -> Talk:
    """What is asked once more is answered alike again, where the conversation does not say how."""
    walk = Walk(flow, (), {}, Known(facts=flow.facts, traits=talk.traits))
    following = [answered.step for answered in talk.answers[1:]]
    for (step, value), then in zip_longest(talk.answers, following):
        walk = walk.after(value)
        if walk.again and then != step:
            walk = walk.after(value)
    return Talk(walk.answers, talk.traits)
