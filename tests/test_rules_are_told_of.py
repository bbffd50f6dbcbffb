"""Every rule of every check is told of by the conversations and the tables of tests/levels.

Each is raised in one that lists it under `because`, and there is a near miss of each: one that ends without it although

- it says all its reasons, so that it would fail if the rule were raised,
- one other answer to one question that was asked would raise the rule, and
- to that question it gives something nearer than what somebody without any sign says (`calm`), where there is such an
  answer that does not raise the rule either.

A rule of a block is the same in all checks that use it, so one check is enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bonewise.flow.condition import questions
from bonewise.flow.evaluate import Known, holds
from bonewise.flow.model import NONE, SKIPPED, UNSURE, Ask, Flow, Many, One, Rule, Value
from tests.dialogue.calm import calm_answer
from tests.dialogue.conversation import WORLD
from tests.folded import everything, replay


@dataclass(frozen=True, slots=True)
class Ended:
    """What a case said and came to."""

    name: str
    flow: Flow
    known: Known
    because: frozenset[str]


@cache
def ended() -> tuple[Ended, ...]:
    """Every case that says all reasons with which it ends."""
    found = []
    for one in everything():
        flow = WORLD.flows.flows[one.flow]
        expected = one.talk[-1].get("expect", {})
        if "because" in expected:
            found.append(Ended(one.name, flow, replay(one, flow).state.known, frozenset(expected["because"])))
    return tuple(found)


def rules() -> Iterator[tuple[Flow, Rule]]:
    """Every rule of every check, a block's only once."""
    seen: set[str] = set()
    for flow in WORLD.flows.flows.values():
        for rule in (rule for flag in flow.flags for rule in flag.rules):
            if rule.key not in seen:
                seen.add(rule.key)
                yield flow, rule


def of(rule: Rule) -> Iterator[tuple[Ended, Rule]]:
    """The cases of the checks that have the rule, each with the rule as it stands there."""
    for one in ended():
        for own in (own for flag in one.flow.flags for own in flag.rules if own.key == rule.key):
            yield one, own


def is_near_miss(one: Ended, rule: Rule) -> bool:
    """Whether the case is a near miss of the rule."""
    if rule.id in one.because or holds(rule.when, one.known):
        return False
    asked = [one.flow.ask(step) for step in questions(rule.when, one.flow.facts) if one.known.values.get(step)]
    return any(ask is not None and _is_one_answer_away(one, rule, ask) for ask in asked)


def _is_one_answer_away(one: Ended, rule: Rule, ask: Ask) -> bool:
    given = one.known.values[ask.id]
    others = [value for value in _answers(ask, given) if value != given]
    raising = [value for value in others if _raises(one, rule, ask, value)]
    nearer = [value for value in others if value not in raising and value != _calm(one.flow, ask)]
    return bool(raising) and (given != _calm(one.flow, ask) or not nearer)


def _raises(one: Ended, rule: Rule, ask: Ask, value: Value) -> bool:
    known = one.known
    return holds(rule.when, Known({**known.values, ask.id: value}, known.facts, known.traits, known.level)) is True


def _answers(ask: Ask, given: Value | None) -> Iterator[Value]:
    """Each single answer; of a list also what is ticked and one more."""
    options = ask.kind.options if isinstance(ask.kind, One | Many) else ()
    for option in options:
        yield (option,) if isinstance(ask.kind, Many) else option
        if isinstance(ask.kind, Many) and isinstance(given, tuple) and not {NONE, UNSURE} & {option, *given}:
            yield tuple(o for o in options if o in {option, *given})
    if ask.skip:
        yield SKIPPED


def _calm(flow: Flow, ask: Ask) -> Value:
    calm = calm_answer(flow.id, ask.id, ask)
    return (calm,) if isinstance(ask.kind, Many) and isinstance(calm, str) else calm


def test_every_rule_is_raised_in_a_case() -> None:
    assert [rule.key for _, rule in rules() if not any(own.id in one.because for one, own in of(rule))] == []


def test_every_rule_that_rests_on_an_answer_is_nearly_raised_in_a_case() -> None:
    resting = (rule for flow, rule in rules() if questions(rule.when, flow.facts))
    assert [rule.key for rule in resting if not any(is_near_miss(one, own) for one, own in of(rule))] == []
