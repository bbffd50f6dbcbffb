"""A flow that is too large to be explored is told why (P15)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonewise.proof.compiled import Compiled
from bonewise.proof.prove import explore, prove
from tests.proof.repository import edited, shipped

FOOT, BONES, WEAKNESS, TINGLING = "foot_check.yml", "bone_risk.yml", "weakness.yml", "tingling.yml"
Edit = tuple[str, str, str]

TOO_LARGE: list[tuple[str, Edit, list[tuple[str, str]]]] = [
    (
        "foot_check",
        (FOOT, "  RF46: {when", "  pairs: {when: PAIRS, level: same_day, source: editorial}\n  RF46: {when"),
        [
            ("skin: {has_any: [hot_swollen]}", "told: {has_any: [night]}"),
            ("skin: {has_any: [sore]}", "told: {has_any: [walking]}"),
            ("skin: {has_any: [unhealed]}", "told: {has_any: [amputation]}"),
            ("with_it: {has_any: [smelly]}", "told: {has_any: [dry]}"),
        ],
    ),
    (
        "bone_risk",
        (BONES, "  untreated: {when", "  pairs: {when: PAIRS, level: soon, source: editorial}\n  untreated: {when"),
        [
            ("periods: {has_any: [blocked]}", "life: {has_any: [thin]}"),
            ("illnesses: {has_any: [gut]}", "life: {has_any: [smoke]}"),
            ("illnesses: {has_any: [gland]}", "life: {has_any: [alcohol]}"),
            ("medicines: {has_any: [fits]}", "life: {has_any: [still]}"),
        ],
    ),
    (
        "weakness",
        (WEAKNESS, "  spreads: {when", "  pairs: {when: PAIRS, level: soon, source: editorial}\n  spreads: {when"),
        [
            ("cord: {has_any: [clumsy]}", "signs: {has_any: [muscles]}"),
            ("cord: {has_any: [shock]}", "signs: {has_any: [numb_feet]}"),
            ("now: {has_any: [hip]}", "signs: {has_any: [tablet]}"),
        ],
    ),
]
"""Rules that keep early answers undecided until a late question, where `PAIRS` of one and the other raise them."""


@pytest.mark.parametrize(("name", "edit", "pairs"), TOO_LARGE, ids=[name for name, _, _ in TOO_LARGE])
def test_a_rule_that_stays_undecided_for_long_makes_a_flow_too_large(
    name: str, edit: Edit, pairs: list[tuple[str, str]], tmp_path: Path
) -> None:
    fits = len(explore(Compiled(shipped().flows[name]))[0].states)
    when = ", ".join(f"{{all: [{{{early}}}, {{{late}}}]}}" for early, late in pairs)
    flow = edited(tmp_path, (*edit[:2], edit[2].replace("PAIRS", f"{{any: [{when}]}}"))).flows[name]
    [finding] = prove(flow, most=fits)
    assert (finding.code, finding.flow) == ("P15", name)


def test_a_flow_with_too_many_states_is_told_what_stays_undecided() -> None:
    [finding] = prove(shipped().flows["foot_check"], most=200)
    assert finding.code == "P15"
    assert "more than 200 states, most of them at `" in finding.message
    assert "undecided of `" in finding.message


def test_more_options_than_can_be_explored_are_named(tmp_path: Path) -> None:
    options = [f"sign_{number}" for number in range(13)]
    text = "{ask: many_signs, many: [" + ", ".join(options) + "]}\n"
    told = ", ".join(f"{{many_signs: {{has_any: [{option}]}}}}" for option in options)
    edits = (
        (TINGLING, "  - {ask: cancer, one", f"  - {text}  - {{ask: cancer, one"),
        (TINGLING, "        - {course: unsure}\n", f"        - {{course: unsure}}\n        - {{any: [{told}]}}\n"),
    )
    [finding] = [finding for finding in prove(edited(tmp_path, *edits).flows["tingling"]) if finding.code == "P15"]
    assert "13 options of `many_signs`" in finding.message
