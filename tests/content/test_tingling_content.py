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
OTHER = frozenset({"about_other"})
PROFILE = {"age", "cancer", "health", "health_more"}

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
    "age": "from_65",
    "cancer": "no",
    "health": ("none",),
    "health_more": ("none",),
    "where": ("both_legs",),
    "started": "longer",
    "climbing": "no",
    "weak": "no",
    "cord": ("none",),
    "neck": "no",
    "cord_more": "no",
    "calcium_signs": ("none",),
    "medicines": ("none",),
    "baby": "no",
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


CASES: list[tuple[str, Level, Mapping[str, Value]]] = [
    ("toes_first", Level.ROUTINE, {}),
    ("life.RF01", Level.EMERGENCY, {"life.signs": ("stroke",), "life.stroke_over": UNSURE}),
    ("life.RF01b", Level.SAME_DAY, {"life.signs": ("stroke",), "life.stroke_over": "gone"}),
    ("life.RF02", Level.EMERGENCY, {"life.signs": ("breathing",)}),
    ("life.RF04", Level.EMERGENCY, {"life.pains": ("chest", "sore_chest"), "life.sore_with": "no"}),
    ("life.RF04b", Level.SOON, {"life.pains": ("sore_chest",), "life.sore_with": "no"}),
    ("life.RF04b_today", Level.SAME_DAY, {"life.pains": ("sore_chest",), "life.sore_with": "fall"}),
    ("life.RF05", Level.EMERGENCY, {"life.pains": ("tear",)}),
    ("life.RF06", Level.EMERGENCY, {"life.signs": ("cold_limb",)}),
    ("life.RF12", Level.EMERGENCY, {"life.signs": ("legs_gone",)}),
    ("life.U1_signs", Level.EMERGENCY, {"life.signs": (UNSURE,)}),
    ("spine_nerves.RF07", Level.EMERGENCY, {"spine_nerves.saddle": "yes", "spine_nerves.saddle_new": UNSURE}),
    ("spine_nerves.RF08", Level.EMERGENCY, {"spine_nerves.bladder": "yes", "spine_nerves.bladder_new": "new_or_worse"}),
    ("spine_nerves.RF09", Level.EMERGENCY, {"spine_nerves.bowel": "yes", "spine_nerves.bowel_new": UNSURE}),
    ("spine_nerves.RF11", Level.EMERGENCY, {"spine_nerves.both_legs": "yes", "spine_nerves.both_legs_new": UNSURE}),
    ("spine_nerves.RF11c", Level.SOON, {"spine_nerves.both_legs": "yes", "spine_nerves.both_legs_new": "old_and_same"}),
    ("spine_nerves.RF11d", Level.ROUTINE, {"spine_nerves.both_legs": "yes", "spine_nerves.both_legs_new": "old_eases"}),
    ("spine_nerves.U1_one", Level.SAME_DAY, {"spine_nerves.bowel": UNSURE}),
    ("spine_nerves.U1_two", Level.EMERGENCY, {"spine_nerves.bowel": UNSURE, "spine_nerves.saddle": UNSURE}),
    ("RF01_unsure", Level.EMERGENCY, {"where": ("elsewhere",), "one_side": UNSURE}),
    ("RF03", Level.EMERGENCY, {"started": "four_weeks", "climbing": UNSURE}),
    ("RF03_weak", Level.EMERGENCY, {"weak": "both_sides", "weak_since": "four_weeks"}),
    ("RF03b", Level.SAME_DAY, {"started": "week", "climbing": "numb_only"}),
    ("RF12b", Level.SAME_DAY, {"weak": UNSURE, "weak_since": UNSURE}),
    ("RF12c", Level.SOON, {"weak": "one_side", "weak_since": "longer", "weak_longer": "unchecked"}),
    ("RF12c_help", Level.SAME_DAY, {"weak": "one_side", "weak_since": "longer", "weak_longer": "needs_help"}),
    ("RF13", Level.EMERGENCY, {"cord": ("clumsy", "unsteady"), "started": UNSURE, "neck": "no"}),
    ("RF13b", Level.SOON, {"cord": ("clumsy", "unsteady")}),
    ("RF13b_today", Level.SAME_DAY, {"cord": ("clumsy", "unsteady"), "cord_more": UNSURE}),
    ("RF14a", Level.EMERGENCY, {"cancer": UNSURE, "cord": ("band",)}),
    ("RF14b", Level.EMERGENCY, {"cancer": "yes", "cord": ("unsteady",)}),
    ("RF14c", Level.EMERGENCY, {"cancer": "yes", "started": "two_weeks"}),
    ("RF14_old", Level.SAME_DAY, {"cancer": "yes"}),
    ("RF38", Level.SAME_DAY, {"cancer": "yes", "started": "week", "medicines": ("chemo_numb",)}),
    ("RF32", Level.SAME_DAY, {"health": ("bone_jab",), "calcium_signs": ("cramps",)}),
    ("RF32", Level.SAME_DAY, {"health": ("kidney",), "where": ("both_arms", "mouth")}),
    ("RF33", Level.EMERGENCY, {"health": ("neck_gland",), "calcium_signs": ("severe",)}),
    ("RF33_today", Level.SAME_DAY, {"where": ("mouth",), "calcium_signs": ("severe",)}),
    ("RF37", Level.EMERGENCY, {"medicines": ("chemo_fever",)}),
    ("RF39", Level.SAME_DAY, {"medicines": ("floxacin",)}),
    ("RF42", Level.SAME_DAY, {"medicines": ("laughing_gas",)}),
    ("mood.RF43", Level.CRISIS, {"also": ("hard_to_bear",), "mood.thoughts": UNSURE}),
    ("mood.RF44", Level.SAME_DAY, {"also": ("hard_to_bear",), "mood.thoughts": "no"}),
    ("RF45_eye", Level.EMERGENCY, {"also": ("rash",), "rash": "eye_or_neck"}),
    ("RF45_old", Level.SOON, {"also": ("rash",), "rash": "old"}),
    ("RF45_weak", Level.SAME_DAY, {"also": ("rash",), "rash": "old", "health_more": ("weak_defence",)}),
    ("RF46", Level.SAME_DAY, {"also": ("calf",)}),
    ("RF49", Level.SOON, {"course": ("spread",)}),
    ("RF50", Level.SOON, {"course": ("faint",)}),
    ("RF51", Level.SAME_DAY, {"also": ("severe_pain",)}),
    ("RF52_hurt", Level.EMERGENCY, {"where": ("both_legs", "both_arms"), "neck": "yes", "neck_hurt": UNSURE}),
    ("RF54_ill", Level.EMERGENCY, {"age": "from_18", "baby": "very_ill"}),
    ("RF54", Level.SAME_DAY, {"age": "from_18", "baby": "pregnant"}),
    ("bone", Level.SOON, {"health_more": ("weak_bones",), "started": "two_weeks"}),
    ("b12_new", Level.SOON, {"health": ("b12",), "started": "four_weeks"}),
    ("walking_less", Level.SOON, {"pattern": "heavy_legs", "course": ("worse",)}),
    ("cause", Level.ROUTINE, {"health_more": ("diabetes",), "pattern": "none"}),
    ("no_clear_cause", Level.ROUTINE, {"pattern": "none"}),
]


@pytest.mark.parametrize(("rule", "level", "given"), CASES, ids=lambda part: part if isinstance(part, str) else "")
def test_each_sign_ends_in_the_level_of_the_table(rule: str, level: Level, given: Mapping[str, Value]) -> None:
    state, _ = walk(given=given)
    assert state.level is level
    assert rule in [raised.id for raised in state.raised]


OLD_BLADDER: Mapping[str, Value] = {
    "spine_nerves.bladder": "yes",
    "spine_nerves.bladder_new": "old_and_same",
    "spine_nerves.bladder_checked": "no",
    "spine_nerves.bladder_long": "yes",
}


def test_old_trouble_with_pee_alone_can_wait_some_days_but_not_with_a_leg_sign() -> None:
    assert walk(given={**OLD_BLADDER, "where": ("both_arms",)})[0].level is Level.SOON
    assert walk(given=OLD_BLADDER)[0].level is Level.SAME_DAY
    for pattern in ("heavy_legs", "one_line"):
        assert walk(given={**OLD_BLADDER, "where": ("both_arms",), "pattern": pattern})[0].level is Level.SAME_DAY


def test_an_old_sign_that_a_doctor_has_checked_is_never_self_care() -> None:
    state, _ = walk(KNOWN, {**OLD_BLADDER, "spine_nerves.bladder_checked": "yes"})
    assert state.level is Level.ROUTINE


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


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({"someone.signs": ("danger",)}, Level.EMERGENCY),
        ({"someone.signs": ("muddled",), "someone.muddled_since": UNSURE}, Level.EMERGENCY),
        ({"someone.signs": ("muddled",), "someone.muddled_since": "slow"}, Level.SAME_DAY),
        ({"someone.signs": (UNSURE,)}, Level.SAME_DAY),
        ({}, Level.ROUTINE),
    ],
)
def test_a_caregiver_is_asked_what_is_new_since_last_week(given: Mapping[str, Value], level: Level) -> None:
    assert walk(given=given, traits=OTHER)[0].level is level


def _with_unsure() -> list[str]:
    return [
        step.id
        for step in tingling().steps
        if isinstance(step, Ask) and isinstance(step.kind, One | Many) and UNSURE in step.kind.options
    ]


@pytest.mark.parametrize("question", [q for q in _with_unsure() if q in KNOWN and q not in {"age", "adult.over_18"}])
def test_not_sure_never_ends_in_self_care(question: str) -> None:
    ask = tingling().ask(question)
    assert ask is not None
    value: Value = (UNSURE,) if isinstance(ask.kind, Many) else UNSURE
    more = {"weak_since": UNSURE, "neck_hurt": "no", "one_side": "no"}
    state, _ = walk(KNOWN, {**more, question: value}, traits=ADULT)
    assert question not in state.values or state.level is not Level.SELF_CARE


def test_self_care_needs_a_cause_that_explains_it() -> None:
    assert walk(KNOWN)[0].level is Level.SELF_CARE
    pressed = {"explained": "pressed", "started": "week"}
    assert walk(KNOWN, pressed)[0].level is Level.SELF_CARE
    assert walk(KNOWN, {"explained": "pressed"})[0].level is Level.ROUTINE


def test_a_red_flag_is_never_kept_in_the_profile() -> None:
    assert {step.id for step in tingling().steps if isinstance(step, Ask) and step.keep} == PROFILE


def test_the_plain_case_takes_as_many_taps_as_the_clinical_page_says() -> None:
    kept = {question: PLAIN[question] for question in PROFILE}
    assert walk(traits=frozenset())[1] == 20
    assert walk()[1] == 19
    assert walk(kept=kept)[1] == 16


def test_every_rule_names_its_source() -> None:
    assert [rule.id for flag in tingling().flags for rule in flag.rules if not rule.sources] == []


def _emergency_in_one_tap() -> list[str]:
    """Questions that follow up, one answer to which can end the check."""
    stopping = [rule for flag in tingling().flags for rule in flag.rules if rule.level.stops]
    read = {step for rule in stopping for step in questions(rule.when, tingling().facts)}
    gated = [step for step in tingling().steps if isinstance(step, Ask) and step.when is not None]
    return [step.key for step in gated if step.id in read and step.id not in {"someone.signs", "calcium_signs", "baby"}]


def test_a_follow_up_that_can_end_in_an_emergency_says_so_on_its_own_screen() -> None:
    told = words()
    silent = {
        "spine_nerves.saddle_checked",  # an old sign: urgent only together with a later answer
        "spine_nerves.bladder_checked",
        "spine_nerves.bowel_checked",
        "tingling.weak_longer",
        "tingling.neck",
    }
    for key in set(_emergency_in_one_tap()) - silent:
        assert "{emergency_number}" in told[f"{key}.ask"] + told.get(f"{key}.help", ""), key
