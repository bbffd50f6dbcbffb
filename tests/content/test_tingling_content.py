"""The check of tingling keeps to its clinical basis (docs/clinical.md): levels, and what is never done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from bonewise.dialogue.actions import ACTIONS
from bonewise.dialogue.providers import PROVIDERS
from bonewise.dialogue.traits import TRAITS
from bonewise.flow.condition import questions
from bonewise.flow.load import load_flows
from bonewise.flow.model import UNSURE, Ask, Flow, Level, Many, One, Value
from bonewise.flow.play import answer, play
from bonewise.flow.state import SAME, State
from tests.content.texts import words

ADULT = frozenset({"adult"})
PROFILE = {"cancer", "health", "health_more"}

PLAIN: Mapping[str, Value] = {
    "profile": SAME,
    "adult.over_18": "yes",
    "life.signs": ("none",),
    "life.pains": ("none",),
    "spine_nerves.saddle": "no",
    "spine_nerves.bladder": "no",
    "spine_nerves.bowel": "no",
    "spine_nerves.both_legs": "no",
    "someone.signs": ("none",),
    "under_18.signs": ("none",),
    "cancer": "no",
    "health": ("none",),
    "health_more": ("none",),
    "where": ("both_legs",),
    "started": "longer",
    "climbing": "no",
    "weak": "no",
    "cord": ("none",),
    "cord_more": "no",
    "calcium_signs": ("none",),
    "medicines": ("none",),
    "also": ("none",),
    "course": ("none",),
    "pattern": "toes_first",
    "causes": ("none",),
    "explained": "none",
}
"""Both feet tingle, toes first, for over six weeks, and nothing else."""

KNOWN: Mapping[str, Value] = {**PLAIN, "pattern": "none", "explained": "known"}
"""The mildest course: known to a doctor, unchanged."""


@cache
def tingling() -> Flow:
    root = Path(__file__).parents[2]
    flows = load_flows([root / "flows"], actions=ACTIONS, providers=frozenset(PROVIDERS), traits=TRAITS)
    return flows.flows["tingling"]


def walk(
    base: Mapping[str, Value] = PLAIN,
    given: Mapping[str, Value] | None = None,
    *,
    traits: frozenset[str] = ADULT,
    kept: Mapping[str, Value] | None = None,
) -> tuple[State, int]:
    """The end of the check with these answers, and the taps that it took after "Me"."""
    replies = {**base, **(given or {})}
    answers, taps = (), 0
    while (state := play(tingling(), answers, traits=traits, kept=kept)).open is not None:
        value = replies[state.open.id]
        taps += _taps(value)
        more = answer(tingling(), answers, value, traits=traits, kept=kept)
        assert more != answers, f"{value} does not answer {state.open.id}"
        answers = more
    return state, taps


def _taps(value: Value) -> int:
    ticked = isinstance(value, tuple) and value[0] not in {"none", UNSURE}
    return len(value) + 1 if ticked and isinstance(value, tuple) else 1


@pytest.mark.parametrize(
    ("child", "level"),
    [
        ({"under_18.age": "ten_to_17"}, Level.SOON),
        ({"under_18.age": "ten_to_17", "under_18.signs": ("night",)}, Level.SAME_DAY),
        ({"under_18.age": "ten_to_17", "under_18.signs": (UNSURE,)}, Level.SAME_DAY),
        ({"under_18.age": "under_10"}, Level.SAME_DAY),
        ({"life.signs": ("breathing",)}, Level.EMERGENCY),
    ],
)
def test_for_somebody_under_18_the_gates_run_and_the_rest_is_left_out(child: Mapping[str, Value], level: Level) -> None:
    state, _ = walk(given={"adult.over_18": "no", **child}, traits=frozenset())
    assert state.level is level
    assert "life.signs" in state.values
    assert "cancer" not in state.values


def _with_unsure() -> list[str]:
    return [
        step.id
        for step in tingling().steps
        if isinstance(step, Ask) and isinstance(step.kind, One | Many) and UNSURE in step.kind.options
    ]


@pytest.mark.parametrize("question", [q for q in _with_unsure() if q in KNOWN and q != "adult.over_18"])
def test_not_sure_never_ends_in_self_care(question: str) -> None:
    ask = tingling().ask(question)
    assert ask is not None
    value: Value = (UNSURE,) if isinstance(ask.kind, Many) else UNSURE
    more = {"neck_hurt": "no", "one_side": "no"}
    state, _ = walk(KNOWN, {**more, question: value}, traits=ADULT)
    assert question not in state.values or state.level is not Level.SELF_CARE


def test_a_red_flag_is_never_kept_in_the_profile() -> None:
    assert {step.id for step in tingling().steps if isinstance(step, Ask) and step.keep} == PROFILE


def test_the_plain_case_takes_as_many_taps_as_the_clinical_page_says() -> None:
    kept = {question: PLAIN[question] for question in PROFILE}
    assert walk(traits=frozenset())[1] == 18
    assert walk()[1] == 17
    assert walk(kept=kept)[1] == 16


def test_every_rule_names_its_source() -> None:
    assert [rule.id for flag in tingling().flags for rule in flag.rules if not rule.sources] == []


def _emergency_in_one_tap() -> list[str]:
    """Questions that follow up, one answer to which can end the check."""
    stopping = [rule for flag in tingling().flags for rule in flag.rules if rule.level.stops]
    read = {step for rule in stopping for step in questions(rule.when, tingling().facts)}
    gated = [step for step in tingling().steps if isinstance(step, Ask) and step.when is not None]
    lists = {"someone.signs", "calcium_signs", "course"}
    return [step.key for step in gated if step.id in read - lists]


def test_a_follow_up_that_can_end_in_an_emergency_says_so_on_its_own_screen() -> None:
    told = words()
    for key in _emergency_in_one_tap():
        assert "{emergency_number}" in told[f"{key}.ask"] + told.get(f"{key}.help", ""), key
