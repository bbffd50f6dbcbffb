"""What conditions come to, in Kleene's three values."""

from __future__ import annotations

import pytest
from flow_samples import conditions, fitting, flows
from hypothesis import given
from hypothesis import strategies as st

from bonewise.flow import condition as c
from bonewise.flow.evaluate import Known, grounds, holds
from bonewise.flow.model import Ask, Flow, Level

YES, NO, OPEN = c.Is("asked", ("a",)), c.Is("asked", ("b",)), c.Is("later", ("a",))
KNOWN = Known(values={"asked": "a", "unasked": None, "many": ("x", "unsure"), "n": 5, "skipped": "skipped"})


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        (YES, True),
        (NO, False),
        (OPEN, None),
        (c.Is("unasked", ("a",)), False),
        (c.Is("many", ("x", "y")), True),
        (c.Is("many", ("y",)), False),
        (c.Is("skipped", ("skipped",)), True),
        (c.Between("n", 5, 5), True),
        (c.Between("n", 6, None), False),
        (c.Between("n", None, 4), False),
        (c.Between("skipped", 0, None), False),
        (c.Has("many", "any", ("x", "y")), True),
        (c.Has("many", "all", ("x", "y")), False),
        (c.Has("many", "all", ("x",)), True),
        (c.Has("many", "none", ("y",)), True),
        (c.Has("many", "none", ("x",)), False),
        (c.Has("skipped", "none", ("x",)), False),
        (c.Chosen("many", 1, 1), True),
        (c.Chosen("many", 2, None), False),
        (c.All((YES, OPEN)), None),
        (c.All((NO, OPEN)), False),
        (c.All((OPEN, NO)), False),
        (c.Any((YES, OPEN)), True),
        (c.Any((NO, OPEN)), None),
        (c.Any((NO, NO)), False),
        (c.Count((YES, YES, OPEN), 2), True),
        (c.Count((YES, NO, OPEN), 2), None),
        (c.Count((NO, NO, OPEN), 2), False),
        (c.Not(YES), False),
        (c.Not(OPEN), None),
    ],
)
def test_a_condition_is_unknown_until_it_is_decided(condition: c.Condition, value: bool | None) -> None:
    assert holds(condition, KNOWN) is value


@pytest.mark.parametrize(
    ("condition", "steps"),
    [
        (YES, ["asked"]),
        (NO, []),
        (OPEN, []),
        (c.Any((NO, YES, c.Between("n", 5, 5))), ["asked", "n"]),
        (c.All((YES, c.Not(c.Is("n", ("a",))))), ["asked"]),
        (c.All((YES, c.Has("many", "none", ("y",)))), ["asked"]),
        (c.All((YES, OPEN)), []),
        (c.Count((YES, NO, c.Has("many", "any", ("x",))), 2), ["asked", "many"]),
        (c.Person("none", ("adult",)), []),
    ],
)
def test_the_grounds_of_what_holds_are_the_answers_that_make_it_hold(condition: c.Condition, steps: list[str]) -> None:
    assert list(grounds(condition, KNOWN)) == steps
    assert list(grounds(c.FactIs("f"), Known(KNOWN.values, {"f": condition}))) == steps


def test_facts_are_looked_up_and_the_unknown_one_is_false() -> None:
    known = Known(values={"asked": "a"}, facts={"f": YES, "g": c.FactIs("f")})
    assert holds(c.FactIs("g"), known) is True
    assert holds(c.FactIs("h"), known) is False


def test_the_level_so_far_is_below_any_while_nothing_was_raised() -> None:
    assert holds(c.LevelBelow("routine"), Known()) is True
    assert holds(c.LevelBelow("same_day"), Known(level=Level.SOON)) is True
    assert holds(c.LevelBelow("same_day"), Known(level=Level.SAME_DAY)) is False


def test_a_person_has_any_all_or_none_of_the_traits() -> None:
    known = Known(traits=frozenset({"adult"}))
    assert holds(c.Person("any", ("adult", "reminders")), known) is True
    assert holds(c.Person("all", ("adult", "reminders")), known) is False
    assert holds(c.Person("none", ("reminders",)), known) is True


@given(flows(), st.data())
def test_what_is_decided_stays_decided_when_more_is_known(flow: Flow, data: st.DataObject) -> None:
    asks = [step for step in flow.steps if isinstance(step, Ask)]
    condition = data.draw(conditions(asks))
    known = Known(facts=flow.facts)
    before = holds(condition, known)
    for ask in asks:
        known.values[ask.id] = data.draw(st.none() if ask.when and data.draw(st.booleans()) else fitting(ask))
        after = holds(condition, known)
        assert before is None or after is before
        before = after
    assert before is not None


def test_questions_are_read_through_facts() -> None:
    condition = c.All((c.FactIs("f"), c.Not(c.Between("n", 1, None)), c.LevelBelow("soon")))
    assert c.questions(condition, {"f": c.Any((YES, OPEN))}) == {"asked", "later", "n"}
