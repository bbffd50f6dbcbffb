"""On small flows the prover finds exactly what walking every conversation finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonewise.flow.condition import questions
from bonewise.flow.evaluate import holds
from bonewise.flow.model import SKIPPED, UNSURE, Ask, Flow, Level, Value
from bonewise.proof.against import compare
from bonewise.proof.asked_once import asked_once
from bonewise.proof.compiled import Compiled
from bonewise.proof.explore import State
from bonewise.proof.finding import Finding
from bonewise.proof.graph import Graph, urgency_of
from bonewise.proof.prove import explore, prove
from tests.flow.flow_samples import flows
from tests.proof import brute_force as brute

calm = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large])


def led_to(graph: Graph, state: State, walk: brute.Concrete) -> State:
    """The end to which the graph leads by the answers of a walk; what no longer matters gets any answer."""
    given_: dict[str, list[Value]] = defaultdict(list)
    for answered in (*walk.from_profile, *walk.answers):
        given_[answered.step].append(answered.value)
    while not state.ended:
        values = given_[state.step]
        cell = graph.compiled.cells[state.step].cell(values.pop(0)) if values else 0
        state = graph.states[state.next[cell]]
    return state


def ends(flow: Flow) -> Iterator[brute.Concrete]:
    for traits in brute.TRAITS:
        yield from (walk for walk in brute.walks(brute.start(flow, traits)) if walk.open is None)


def found(flow: Flow, code: str) -> dict[str, list[Finding]]:
    by_place: dict[str, list[Finding]] = defaultdict(list)
    for finding in prove(flow):
        if finding.code == code:
            by_place[finding.at].append(finding)
    return by_place


@calm
@given(flows().filter(lambda flow: brute.size(flow) <= 100))
@pytest.mark.long
def test_a_question_asked_again_leads_nowhere_else_than_one_that_is_asked_once(flow: Flow) -> None:
    once = asked_once(flow)
    for walk in ends(flow):
        counted = tuple({answered.step: answered for _, answered in walk.used}.values())
        assert brute.urgency(brute.start(once, walk.known.traits, counted)) == brute.urgency(walk)


@calm
@given(brute.small_flows())
def test_every_conversation_comes_to_the_level_that_the_graph_leads_to(flow: Flow) -> None:
    graph, _ = explore(Compiled(flow))
    for walk in ends(flow):
        state = led_to(graph, graph.start(walk.known.traits), walk)
        assert urgency_of(state) == brute.urgency(walk), walk.answers


@calm
@given(brute.small_flows(most=300), st.data())
def test_a_kept_answer_leads_to_where_the_same_answer_leads_if_it_is_given(flow: Flow, data: st.DataObject) -> None:
    graph, _ = explore(Compiled(flow))
    asks = [step for step in flow.steps if isinstance(step, Ask) and step.keep]
    kept = {ask.id: data.draw(st.sampled_from(brute.values(ask))) for ask in asks if data.draw(st.booleans())}
    for traits in brute.TRAITS:
        for walk in brute.walks(brute.start(flow, traits, kept=kept)):
            if walk.open is None:
                assert urgency_of(led_to(graph, graph.start(traits), walk)) == brute.urgency(walk), walk.answers


@calm
@given(brute.small_flows())
def test_what_is_called_dead_is_what_no_conversation_reaches(flow: Flow) -> None:
    reached: set[str] = set()
    nothing_raised = False
    for traits in brute.TRAITS:
        for walk in brute.walks(brute.start(flow, traits)):
            reached.update(part.id for part in (*walk.raised, *walk.said))
            if walk.open is not None:
                reached.add(walk.open.id)
            else:
                reached.update(card.id for card in flow.cards if card.when and holds(card.when, walk.known))
                nothing_raised = nothing_raised or not walk.raised
    rules = [rule for flag in flow.flags for rule in flag.rules]
    parts = {part.id for part in (*flow.steps, *rules, *flow.cards)}
    dead = set(found(flow, "P4")) - {"otherwise", "f"}
    assert dead == parts - reached
    always = any(not questions(rule.when, flow.facts) for rule in rules)
    assert ("otherwise" in found(flow, "P4")) == (not nothing_raised and not always)


@calm
@given(brute.small_flows())
def test_not_sure_on_a_flag_is_found_where_a_conversation_ends_with_nothing_raised(flow: Flow) -> None:
    read = {step for flag in flow.flags for rule in flag.rules for step in questions(rule.when, flow.facts)}
    shortest: dict[str, int] = {}
    for walk in ends(flow):
        if walk.known.level not in {None, Level.SELF_CARE}:
            continue
        for step, value in walk.known.values.items():
            if step in read and value in {SKIPPED, UNSURE, (UNSURE,)}:
                shortest[step] = min(shortest.get(step, 99), len(walk.answers))
    findings = found(flow, "P6")
    assert set(findings) == set(shortest)
    for step, several in findings.items():
        assert min(len(finding.talk.answers) for finding in several if finding.talk) == shortest[step]


@calm
@given(brute.small_flows(most=200))
def test_a_worse_answer_that_comes_out_milder_is_found_where_there_is_one(flow: Flow) -> None:
    compiled = Compiled(flow)
    milder = {
        ask.id
        for traits in brute.TRAITS
        for walk in brute.walks(brute.start(flow, traits))
        if isinstance(ask := walk.open, Ask) and brute.comes_out_milder(walk, compiled.cells[ask.id])
    }
    assert set(found(flow, "P3")) == milder


@st.composite
def changes(draw: st.DrawFn) -> tuple[Flow, Flow]:
    """A flow, and the same with a flag, a step's condition or a question taken away."""
    before = draw(brute.small_flows(most=300))
    steps, flags = list(before.steps), list(before.flags)
    match draw(st.sampled_from(["flag", "when", "order"])):
        case "flag" if flags:
            flags.pop(draw(st.integers(0, len(flags) - 1)))
        case "when":
            at = draw(st.integers(0, len(steps) - 1))
            steps[at] = replace(steps[at], when=None)
        case _:
            flags = flags[::-1]
    return before, replace(before, steps=tuple(steps), flags=tuple(flags))


@calm
@given(changes())
def test_a_milder_level_than_before_is_found_where_there_is_one(change: tuple[Flow, Flow]) -> None:
    before, now = change
    both = set(Compiled(before).traits()) & set(Compiled(now).traits())
    milder = any(
        brute.urgency(new) < min(brute.urgency(old), brute.STOPS)
        for traits in both
        for old in brute.walks(brute.start(before, traits))
        if old.open is None
        for new in brute.walks(brute.start(now, traits, old.answers))
        if new.open is None
    )
    assert any(finding.code == "P10" for finding in compare(before, now)) == milder
